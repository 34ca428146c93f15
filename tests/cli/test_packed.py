#!/usr/bin/env python3
"""Packed and scaled weights: tests/data/packed.

usage: test_packed.py --program PATH

expected.json: per folder the SHA-256 of the values that MLX, transformers, compressed-tensors,
model2vec or PyTorch makes of its tensor, in the dtype given, or that it is refused in one line.
Each is asked for by the folder and by the file, with and without the tensor's name, and row by row
in another order, on several threads.
"""
import argparse
import hashlib
import json
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "data" / "packed"


class Checker:
    def __init__(self, program):
        self.program = program
        self.total = self.failed = 0

    def run(self, *words):
        done = subprocess.run([self.program, *map(str, words)], timeout=60,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return done.stdout, done.stderr.decode(errors="replace"), done.returncode

    def expect(self, true, *details):
        self.total += 1
        if not true:
            self.failed += 1
            print("FAILED:", *details)

    def refused(self, words, answer):
        output, message, status = answer
        one_line = message.startswith("tokvec: ") and message.count("\n") == 1
        self.expect(status == 2 and output == b"" and one_line, words, answer)

    def values(self, entry, words):
        answer = self.run("weight", *words, "-f", "raw")
        digest = hashlib.sha256(answer[0]).hexdigest()
        self.expect(answer[2] == 0 and digest == entry["sha256"], words, answer[1:])
        self.expect(answer[1] == "", words, answer[1])
        rows, dim = entry["shape"]
        size = len(answer[0]) // rows if rows else 0
        turned = self.run(*words, *reversed(range(rows)), "-f", "raw", "-j", 3)
        whole = b"".join(answer[0][i * size:(i + 1) * size] for i in reversed(range(rows)))
        self.expect(turned[0] == whole, words, "rows in reverse", turned[1:])
        self.refused(words, self.run(*words, rows))
        about = json.loads(self.run(*words, 0, "-f", "json")[0])
        self.expect(about["dtype"] == entry["dtype"] and about["shape"] == [1, dim], words, about)

    def folder(self, entry):
        folder = FOLDER / entry["folder"]
        for source in folder, folder / "model.safetensors":
            for tensor in [], ["-t", entry["tensor"]]:
                words = ["-w", source, *tensor]
                if entry.get("refused"):
                    self.refused(words, self.run("weight", *words, "-f", "raw"))
                else:
                    self.values(entry, words)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    checker = Checker(parser.parse_args().program)
    for entry in json.loads((FOLDER / "expected.json").read_text()):
        checker.folder(entry)
    print(f"{checker.total} checks, {checker.failed} failed")
    sys.exit(checker.failed > 0)


if __name__ == "__main__":
    main()
