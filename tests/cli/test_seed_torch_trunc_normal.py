#!/usr/bin/env python3
"""Tables that PyTorch's trunc_normal_ made are made bit for bit, by the rule of each release: as
whole tables, on many threads and at the lowest processor level, and row by row in any order.

usage: test_seed_torch_trunc_normal.py --program PATH
"""
import argparse
import hashlib
import os
import pathlib
import random
import subprocess
import sys

from every import STEP, every

CASES = (pathlib.Path(__file__).resolve().parents[1] / "data" / "seeds" /
         "torch_trunc_normal.releases")
SIZE = {"float32": 4, "float64": 8, "bfloat16": 2, "float16": 2}
INEXACT = "about 1 value in 4,000 differs in its last bit from the wheels'"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = parser.parse_args().program
    lines = CASES.read_text().splitlines()
    known = [line for line in lines if line.startswith("#")][-1][1:].split()
    chance, failures, seen = random.Random(8), [], 0
    baseline = {**os.environ, "TOKVEC_CPU": "baseline"}

    def run(*arguments, env=None):
        return subprocess.run([program, *map(str, arguments)], capture_output=True, env=env)

    def weight(options, env=None):
        return run("weight", "-f", "raw", *options, env=env)

    def in_any_order(options, rows, row, table):
        order = chance.sample(range(rows), min(rows, 60))
        want = b"".join(table[i * row:(i + 1) * row] for i in order)
        return run("-f", "raw", *options, *order).stdout == want

    for line in every(line for line in lines if not line.startswith("#")):
        span, seed, dtype, shape, init, digest = line.split()
        rows, dim = map(int, shape.split("x"))
        first, last = map(known.index, span.split(".."))
        options = ["--seed", seed, "-n", rows, "-d", dim, "--dtype", dtype, "--init", init]
        command = [*options, "--torch", known[first]]
        made = weight(command)
        seen += 1
        if digest == "refused":
            if made.returncode != 2 or made.stderr.count(b"\n") != 1:
                failures.append((command, "is not refused in one line"))
            continue
        inexact = INEXACT.encode() in made.stderr
        if not hashlib.sha256(made.stdout).hexdigest().startswith(digest):
            failures.append((command, "is another table", made.stderr))
        if inexact != (known.index("2.12.0") > first and dtype in ("float32", "float64")):
            failures.append((command, "warns wrongly", made.stderr))
        other = [*options, "--torch", known[chance.randint(first, last)]]
        for more in ([*other, "-j", "8"], [*other, "-j", "3"]):
            if weight(more).stdout != made.stdout:
                failures.append((more, "is not the first release's table"))
        if weight(command, env=baseline).stdout != made.stdout:
            failures.append((command, "depends on the processor's level"))
        if not in_any_order(command, rows, dim * SIZE[dtype], made.stdout):
            failures.append((command, "has other rows one by one"))
    if seen * STEP < 500:
        failures.append(f"only {seen} tables were compared")
    for failure in failures[:20]:
        print(failure)
    print(f"{seen} tables compared, {len(failures)} failures")
    sys.exit(bool(failures))


main()
