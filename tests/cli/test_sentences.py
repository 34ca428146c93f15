#!/usr/bin/env python3
"""Vectors of sentences: tests/data/sentences.

usage: test_sentences.py --program PATH

expected.json: per model and text what fasttext 0.9.2 print-sentence-vectors printed, line by line,
and the bits of the float32 behind it by its definition. Each is asked for as lines that stream, as
a whole, on several threads, and through a pipe that gives a byte at a time.
"""
import argparse
import json
import os
import pathlib
import struct
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "data" / "sentences"


def run(program, model, *words, **how):
    return subprocess.run([program, "-w", FOLDER / model, "--bag", "sentence", *words],
                          capture_output=True, timeout=60, **how)


def drip(program, model, text):
    """What comes of a text that is written byte by byte."""
    tokvec = subprocess.Popen([program, "-w", FOLDER / model, "--bag", "sentence", "-f", "raw"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for i in range(len(text)):
        tokvec.stdin.write(text[i:i + 1])
        tokvec.stdin.flush()
    return tokvec.communicate(timeout=60)[0]


def five_digits(raw):
    return " ".join("%.5g" % value for value in struct.unpack(f"<{len(raw) // 4}f", raw))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = os.path.abspath(parser.parse_args().program)
    total = failed = 0
    for entry in json.loads((FOLDER / "expected.json").read_text()):
        model, path = entry["model"], FOLDER / entry["input"]
        text = path.read_bytes()
        rows = [b"".join(bytes.fromhex(b)[::-1] for b in line.split()) for line in entry["bits"]]
        assert [five_digits(row) for row in rows] == entry["printed"]
        wanted = b"".join(rows)
        npy = run(program, model, "-f", "npy", "-i", path)
        answers = {"raw": run(program, model, "-f", "raw", input=text).stdout,
                   "npy": npy.stdout[-len(wanted):],
                   "threads": run(program, model, "-f", "raw", "-j", "4", "-i", path).stdout,
                   "drip": drip(program, model, text)}
        lines = run(program, model, "-f", "jsonl", input=text).stdout.decode().splitlines()
        numbers = [json.loads(line) for line in lines]
        answers["jsonl"] = b"".join(struct.pack(f"<{len(n['vector'])}f", *n["vector"])
                                    for n in numbers)
        if [n["id"] for n in numbers] != list(range(len(rows))):
            answers["jsonl"] = b""
        for how, answer in answers.items():
            total += 1
            if answer != wanted:
                failed += 1
                print("FAILED:", model, entry["input"], how)
    print(f"{total} comparisons, {failed} failed")
    return failed > 0 or total == 0


if __name__ == "__main__":
    sys.exit(main())
