#!/usr/bin/env python3
"""Tables that PyTorch drew are drawn bit for bit, by each release that drew them, as whole tables
and row by row in any order; at the processor's level and at the lowest.

usage: test_seed_torch.py --program PATH
"""
import argparse
import hashlib
import os
import pathlib
import random
import subprocess
import sys

from every import STEP, every

CASES = pathlib.Path(__file__).resolve().parents[1] / "data" / "seeds" / "torch_init.releases"
SIZE = {"float32": 4, "float64": 8, "bfloat16": 2, "float16": 2}


def releases_of(lines):
    """The releases that were tried, in their order: the last line of comment."""
    return [line for line in lines if line.startswith("#")][-1][1:].split()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = parser.parse_args().program
    lines = CASES.read_text().splitlines()
    known, failures, seen = releases_of(lines), [], 0
    chance = random.Random(14)
    baseline = {**os.environ, "TOKVEC_CPU": "baseline"}

    def run(*arguments, env=None):
        return subprocess.run([program, *map(str, arguments)], capture_output=True, env=env)

    def some_rows(options, shape, size, table):
        rows = [chance.randrange(shape[0]) for _ in range(5)]
        row = shape[1] * size
        want = b"".join(table[i * row:(i + 1) * row] for i in rows)
        return run(*options, "-f", "raw", *rows).stdout == want

    for line in every(line for line in lines if not line.startswith("#")):
        span, seed, dtype, shape, init, padding, digest = line.split()
        shape = tuple(map(int, shape.split("x")))
        first, last = map(known.index, span.split(".."))
        options = ["--seed", seed, "-n", shape[0], "-d", shape[1], "--dtype", dtype]
        options += ["--init", init] if init != "-" else []
        options += ["--padding-idx", padding] if padding != "-" else []
        for release in known[first:last + 1]:
            command = [*options, "--torch", release]
            made = run("weight", "-f", "raw", *command)
            seen += 1
            if digest == "refused":
                if made.returncode != 2 or made.stderr.count(b"\n") != 1:
                    failures.append((command, "is not refused in one line"))
            elif hashlib.sha256(made.stdout).hexdigest() != digest:
                failures.append((command, "is another table", made.stderr))
        if digest == "refused":
            continue
        command = options + ["--torch", known[chance.randint(first, last)]]
        if run("weight", "-f", "raw", *command, env=baseline).stdout != made.stdout:
            failures.append((command, "depends on the processor's level"))
        if not some_rows(options + ["--torch", known[last]], shape, SIZE[dtype], made.stdout):
            failures.append((command, "has other rows one by one"))
    if seen * STEP < 5000:
        failures.append(f"only {seen} tables were compared")
    for failure in failures[:20]:
        print(failure)
    print(f"{seen} tables compared, {len(failures)} failures")
    sys.exit(bool(failures))


main()
