#!/usr/bin/env python3
"""Bags as torch.nn.EmbeddingBag makes them: tests/data/embedding_bag.

usage: test_embedding_bag.py --program PATH

wheels.json: what PyTorch's wheels for x86-64 (2.0.1 to 2.15.0) make of rows of a seeded table that
is rounded to a dtype: the SHA-256 of all values, and the bits of the first four. Each is asked for
as lines and as one nested list, with one thread and with more, at every level of instructions, and
of the float32 ones also without a file.
"""
import argparse
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "data" / "embedding_bag"
SIZES = {"float32": 4, "float64": 8, "float16": 2, "bfloat16": 2}


class Tester:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.total = self.failed = 0

    def run(self, *words, stdin=b"", level=None):
        done = subprocess.run([self.program, *map(str, words)], input=stdin, timeout=60,
                              capture_output=True,
                              env=dict(os.environ, **({"TOKVEC_CPU": level} if level else {})))
        if done.returncode != 0:
            print(words, done.stderr.decode())
        return done.stdout

    def table(self, case):
        """The options that name the table of a case, in a file."""
        seed, rows, dim = case["table"]
        path = os.path.join(self.folder, f"{seed}-{rows}x{dim}.{case['dtype']}.bin")
        if not os.path.exists(path):
            with open(path, "wb") as f:
                f.write(self.run("weight", "--seed", seed, "-n", rows, "-d", dim, "--as",
                                 case["dtype"], "-f", "raw"))
        return ["-w", path, "--dtype", case["dtype"], "--dim", dim]

    def check(self, case, values, how):
        self.total += 1
        size = SIZES[case["dtype"]]
        first = [values[i:i + size][::-1].hex() for i in range(0, 4 * size, size)]
        if hashlib.sha256(values).hexdigest() != case["sha256"] or first != case["first"]:
            self.failed += 1
            print("FAILED:", how, json.dumps(case)[:300], "got", first)

    def case(self, case):
        weighted = "weights" in case
        bags = case["bags"]
        if weighted:
            bags = [[f"{i}:{w!r}" for i, w in zip(*pair)] for pair in zip(bags, case["weights"])]
        lines = "".join(" ".join(map(str, bag)) + "\n" for bag in bags).encode()
        nested = "[" + ", ".join("[" + ", ".join(map(str, bag)) + "]" for bag in bags) + "]"
        options = ["--bag", case["mode"], "-f", "raw"]
        if weighted:
            options.append("--per-sample-weights")
        if case["padding_idx"] is not None:
            options += ["--padding-idx", case["padding_idx"]]
        table = self.table(case)
        self.check(case, self.run(*table, *options, stdin=lines), "lines")
        for level in ("baseline", "avx2"):
            self.check(case, self.run(*table, *options, stdin=lines, level=level), level)
        self.check(case, self.run(*table, *options, "-j", 3, stdin=nested.encode()), "nested")
        self.check(case, self.run(*table, *options, "-j", 1, "--", nested), "argument")
        seed, rows, dim = case["table"]
        if case["dtype"] == "float32" and case["padding_idx"] is None:
            self.check(case, self.run("--seed", seed, "-n", rows, "-d", dim, *options,
                                      stdin=lines), "seeded")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = os.path.abspath(parser.parse_args().program)
    with tempfile.TemporaryDirectory(prefix="tokvec-bag-") as folder:
        tester = Tester(program, folder)
        for case in json.loads((FOLDER / "wheels.json").read_text()):
            tester.case(case)
    print(f"{tester.total} comparisons, {tester.failed} failed")
    return tester.failed > 0 or tester.total == 0


if __name__ == "__main__":
    sys.exit(main())
