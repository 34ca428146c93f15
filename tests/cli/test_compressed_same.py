"""Compressed files give what the files in them give: every small file of words and tables, under
each compressor, and under a window so small that parts are released and unpacked again.
SPDX-License-Identifier: MIT"""
import argparse
import bz2
import glob
import gzip
import lzma
import os
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "data")
FOLDERS = ["words", "words_stream", "csv", "jsontable", "fasttext", "../../data"]
SUFFIXES = (".txt", ".vec", ".bin", ".csv", ".tsv", ".json", ".jsonl", ".emb", ".npy", ".safetensors")
LARGEST = 300_000
WINDOW = "1"  # the smallest: two pages are kept, one is released at a time


def zstd(data):
    if shutil.which("zstd") is None:
        return None
    return subprocess.run(["zstd", "-qc"], input=data, capture_output=True, check=True).stdout


PACKERS = {".gz": lambda b: gzip.compress(b, 1), ".bz2": bz2.compress,
           ".xz": lambda b: lzma.compress(b, preset=0), ".zst": zstd}


def result(program, arguments, window):
    environment = dict(os.environ)
    if window:
        environment["TOKVEC_WINDOW"] = window
    done = subprocess.run([program, *arguments], capture_output=True, env=environment, timeout=60)
    if done.returncode not in (0, 1, 2):
        sys.exit(f"{arguments}: status {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done


def commands(path, words):
    """A dozen, with PATH where the file stands."""
    yield ["-w", path, "2", "0", "1", "2", "0"]
    yield ["-w", path, "-f", "csv", "1"]
    yield ["diff", path, path]
    yield ["-w", path, "-f", "csv", *map(str, range(5900, 0, -411))]
    yield ["weight", "-w", path, "-f", "raw"]
    yield ["weight", "-w", path, "-f", "vec", "-j", "3"]
    yield ["stats", "-w", path]
    yield ["near", "-w", path, "1"]
    yield ["check", path]
    yield ["digest", path]
    yield ["list", path, "-f", "json"]
    yield ["list", path, "--tokens"]
    for some in ([words[-1], words[0], words[len(words) // 2]], [words[0]], ["no such word"]):
        yield ["-w", path, *some]


def generate(folder):
    """Files of which most is released, and not yet met again, when its end is reached."""
    draw = random.Random(3)
    rows = [(f"w{chr(97 + i % 26)}{i}", [round(draw.uniform(-1, 1), 3) for _ in range(6)])
            for i in range(6000)]
    lines = "".join(f"{word} {' '.join(map(str, row))}\n" for word, row in rows).encode()
    binary = b"".join(word.encode() + b" " + struct.pack("<6f", *row) for word, row in rows)
    header = b"6000 6\n"
    files = {"many.vec": header + lines, "many.txt": lines, "many.bin": header + binary}
    for name, data in files.items():
        with open(os.path.join(folder, name), "wb") as f:
            f.write(data)
    return [os.path.join(folder, name) for name in files]


def words_of(program, path):
    done = result(program, ["list", path, "--tokens", "-f", "jsonl"], None)
    words = re.findall(r'"token": ?"([A-Za-z][A-Za-z]*[0-9]*)"', done.stdout.decode(errors="replace"))
    return words or ["the", "of"]


def same(plain, packed, path, packed_path):
    """But for the size of the file, which nobody knows before it is unpacked."""
    def normal(data):
        text = data.replace(packed_path.encode(), path.encode())
        return re.sub(rb'"(?:bytes|compression)": ?[^,}]*,?\s*', b"", text)
    if plain.returncode != packed.returncode:
        return False
    return plain.returncode == 2 or normal(plain.stdout) == normal(packed.stdout)


def compare(program, folder, path, every):
    compared = 0
    failures = []
    name = os.path.basename(path)
    copy = os.path.join(folder, name)
    shutil.copyfile(path, copy)
    with open(copy, "rb") as f:
        data = f.read()
    words = words_of(program, copy)
    large = len(data) > 12000
    packers = list(PACKERS) if name == "many.vec" or "stream" in path else [list(PACKERS)[len(name) % 4]]
    wanted = [(c, result(program, c, None)) for c in commands(copy, words)]
    for suffix in packers:
        packed = PACKERS[suffix](data)
        if packed is None:
            continue
        with open(copy + suffix, "wb") as f:
            f.write(packed)
        for i, (command, plain) in enumerate(wanted):
            if (i + len(name)) % every != 0:
                continue
            changed = [copy + suffix if word == copy else word for word in command]
            for window in ([WINDOW, None] if i % 5 == 0 or large else [WINDOW]):
                compared += 1
                got = result(program, changed, window)
                if not same(plain, got, copy, copy + suffix):
                    failures.append((changed, window, plain, got))
    return compared, failures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = os.path.abspath(parser.parse_args().program)
    every = 3 if os.environ.get("TOKVEC_EVERY") else 1
    paths = [p for f in FOLDERS for p in sorted(glob.glob(os.path.join(DATA, f, "*")))
             if p.endswith(SUFFIXES) and os.path.getsize(p) <= LARGEST]
    compared, failures = 0, []
    with tempfile.TemporaryDirectory() as folder:
        generated = os.path.join(folder, "generated")
        os.mkdir(generated)
        paths += generate(generated)
        for path in paths:
            n, bad = compare(program, folder, path, every)
            compared += n
            failures += bad
    for command, window, plain, got in failures[:40]:
        print(f"TOKVEC_WINDOW={window} {' '.join(map(repr, command))}\n  plain {plain.returncode} "
              f"{plain.stdout[:150]} {plain.stderr[:200]}\n  packed {got.returncode} "
              f"{got.stdout[:150]} {got.stderr[:200]}")
    print(f"{compared} answers compared, of {len(paths)} files; {len(failures)} differ")
    return bool(failures) or compared < 300


if __name__ == "__main__":
    sys.exit(main())
