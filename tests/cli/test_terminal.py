#!/usr/bin/env python3
"""What a terminal and standard error get of names and tokens that are made to move its cursor.

Files and pipes keep the bytes that the format has; errors and warnings are one line of visible
UTF-8 wherever they go.
"""
import argparse
import json
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import unicodedata

HOSTILE = ("a\x1b]0;owned\x07b\x9b31mc\u202edef\u2028g\x7fh\u0085i\u200fj\u2066k\rl\nm"
           "\u200bn\ufeffo\u00adp\u2060q\U000e0041r\U0001d173s")
SEEN = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
parser = argparse.ArgumentParser()
parser.add_argument("--program", required=True)
PROGRAM = os.path.abspath(parser.parse_args().program)
failed = total = 0


def expect(good, *case):
    global failed, total
    total += 1
    if not good:
        failed += 1
        print("FAILED:", *map(repr, case))


def on_terminal(*words):
    """All that the program writes to a terminal that is its standard output and error."""
    master, slave = pty.openpty()
    with subprocess.Popen([PROGRAM, *words], stdout=slave, stderr=slave,
                          stdin=subprocess.DEVNULL) as process:
        os.close(slave)
        got = b""
        try:
            while piece := os.read(master, 1 << 16):
                got += piece
        except OSError:
            pass  # the last to write to it has gone
        os.close(master)
    return got.replace(b"\r\n", b"\n"), process.returncode


def piped(*words):
    done = subprocess.run([PROGRAM, *words], capture_output=True, stdin=subprocess.DEVNULL)
    return done.stdout, done.stderr


def visible(got, *case):
    text = got.decode(errors="surrogateescape")
    bad = [c for c in text if c not in "\n\t" + SEEN and
           unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    expect(not bad, case, bad, got)


def one_line(message, *case):
    visible(message, *case)
    expect(message.count(b"\n") == 1 and message.startswith(b"tokvec: "), case, message)


def safetensors(path, names):
    entries = {name: {"dtype": "F32", "shape": [1, 2], "data_offsets": [8 * i, 8 * i + 8]}
               for i, name in enumerate(names)}
    header = json.dumps(entries).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(header)) + header + bytes(8 * len(names)))


def weights():
    os.mkdir("model")
    safetensors("model/model.safetensors", [HOSTILE + ".wte.weight"])
    with open("model/config.json", "w") as file:
        file.write('{"vocab_size": 7, "hidden_size": 2}')
    one_line(piped("-w", "model", "0", "-f", "csv")[1], "warning")
    safetensors("two", [HOSTILE, "x" * 639 + "\u00e9" * 400])
    for words in (["-w", "two", "0"], ["-w", "two", "-t", HOSTILE, "5"],
                  ["-w", "two", "-t", b"\xff\xc3" + b"\xe2\x82", "0"],
                  ["-w", "two", "-t", "no" + HOSTILE, "0"], ["-w", HOSTILE, "0"], ["--" + HOSTILE],
                  ["-w", "two", "-t", "\u20ac" * 700, "0"], ["-f", HOSTILE, "0"], [HOSTILE]):
        one_line(piped(*words)[1], words)
        visible(on_terminal(*words)[0], words)
    for words in (["list", "two"], ["list", "two", "-f", "json"],
                  ["-w", "two", "-t", HOSTILE, "0", "-f", "json"]):
        got, status = on_terminal(*words)
        expect(status == 0, words, got)
        visible(got, words)
        if words[-1] == "json":
            expect(json.loads(got) == json.loads(piped(*words)[0]), words, got)
    expect("c\u202ed".encode() in piped("list", "two", "-f", "json")[0], "a pipe has the bytes")


def tokens():
    with open("vocab.json", "w") as file:
        json.dump({HOSTILE: 0, "b\u0085" * 60000: 1, "z": 2}, file)
    for form in ("text", "json"):
        words = ["list", "--tokens", "vocab.json", "-f", form]
        visible(on_terminal(*words)[0], words)
    got = json.loads(on_terminal(*words)[0])
    expect(got["tokens"][0]["token"] == HOSTILE, got["tokens"][0])
    expect(got["tokens"][1]["token"] == "b\u0085" * 60000, "over several blocks")
    for form in ("csv", "tsv", "json", "jsonl", "vec"):
        words = ["--vocab", "vocab.json", "-f", form, "0", "2"]
        visible(on_terminal(*words)[0], words)
        expect("\u202e".encode() in piped(*words)[0], words)
    one_line(piped("--vocab", "vocab.json", "no" + HOSTILE)[1], "no such token")


def ordinary():
    got, _ = on_terminal("3")
    expect(re.fullmatch(rb"tensor\(\[\[-0\.4015,  0\.9666, -1\.1481\]\], .*\)\n", got), got)
    with open("vocab.txt", "w") as file:
        file.write("caf\u00e9\n\u65e5\u672c\n\U0001f600\n")
    expect("\u65e5\u672c\n2\t\U0001f600\n".encode() in
           on_terminal("list", "--tokens", "vocab.txt")[0], "characters beyond ASCII")


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    weights()
    tokens()
    ordinary()
    os.chdir("/")
print(f"{total} checks, {failed} failed")
sys.exit(failed > 0 or total == 0)
