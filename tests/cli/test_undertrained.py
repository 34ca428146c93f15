#!/usr/bin/env python3
"""The indicators of under-trained tokens, against those that NumPy's SVD gives for a small table,
whatever the threads, the processor and the form of the reference.
SPDX-License-Identifier: MIT"""
import argparse
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile

parser = argparse.ArgumentParser()
parser.add_argument("--program", required=True)
program = parser.parse_args().program
data = pathlib.Path(__file__).resolve().parent.parent / "data" / "undertrained"
expected = json.loads((data / "expected.json").read_text())
unused = expected.pop("unused")
faults = 0


def rows(*words, level="avx512"):
    done = subprocess.run([program, "stats", "--rows", "-f", "jsonl", *words], text=True,
                          capture_output=True, env={**os.environ, "TOKVEC_CPU": level})
    if done.returncode != 0 or done.stderr:
        sys.exit(f"{words}: {done.returncode} {done.stderr}")
    return done.stdout


def check(what, got, wanted):
    global faults
    if abs(got - wanted) > 1e-12 * max(1, abs(wanted)):
        print(f"{what}: {got!r}, not {wanted!r}")
        faults += 1


def same(what, got, wanted):
    global faults
    if got != wanted:
        print(f"{what}: {got!r}, not {wanted!r}")
        faults += 1


ranges = ("-w", str(data / "a.npy"), "--reference", "5:8,20")
first = rows(*ranges)
lines = [json.loads(line) for line in first.splitlines()]
for key, values in expected.items():
    same(key, len(lines), len(values))
    for line, value in zip(lines, values):
        check(f"{key} of {line['id']}", line[key], value)

for words in ("-j", "1"), ("-j", "8"):
    for level in "baseline", "avx2", "avx512":
        same(f"{words} {level}", rows(*ranges, *words, level=level), first)
for reference in " ".join(map(str, unused)), "[20, 5:7, 6, 7]":  # each counts once
    same(reference, rows(*ranges[:2], "--reference", reference), first)

# Each key, either way: as Python sorts, what has no value last, equals in the order of the rows.
for key in lines[0]:
    if key != "token":
        for reverse in False, True:
            words = ("--sort", key, *["--reverse"] * reverse)
            order = sorted(lines, key=lambda line: line[key] or 0, reverse=reverse)
            order.sort(key=lambda line: line[key] is None)
            got = rows(*ranges, *words)
            same(words, [json.loads(line) for line in got.splitlines()], order)
            for top in 1, 5, 23, 24, 25, 10**18:
                same((*words, top), rows(*ranges, *words, "--top", str(top)),
                     "".join(got.splitlines(True)[:top]))
same("--top", rows(*ranges, "--top", "7", "-j", "2"), "".join(first.splitlines(True)[:7]))

# The squares of a row are more than float64 holds: it has no angles, which is not to say 1.
with tempfile.TemporaryDirectory() as folder:
    table = pathlib.Path(folder) / "large.f64"
    table.write_bytes(struct.pack("<8d", 1, 0.5, 0.25, 1, 3e160, 1e160, 2, 1))
    done = subprocess.run([program, "stats", "--rows", "-f", "jsonl", "-w", str(table), "-d", "2",
                           "--dtype", "float64", "--reference", "0:2"],
                          text=True, capture_output=True)
    large = json.loads(done.stdout.splitlines()[2])
    for key in "cosine_distance", "cosine_distance_without_first_pc", "cosine_distance_centred":
        same(f"{key} of a large row", large[key], None)
sys.exit(faults > 0)
