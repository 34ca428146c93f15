#!/usr/bin/env python3
"""Compares what the program prints at the level of TOKVEC_CPU with what it prints at the baseline.

usage: compare_levels.py --program PATH

Every command must write the same bytes at both, whatever the processor does by itself: seeded
tables, numbers as text in every notation, quantised types, large gathers, conversions.
"""
import argparse
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def write_npy(path, descr, shape, data):
    header = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}".encode()
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    path.write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + data)


def write_tables(folder):
    """Tables of float32: any bits, numbers of one magnitude, whole numbers, and a long one."""
    rng = random.Random(1)
    write_npy(folder / "bits.npy", "<f4", (700, 37), rng.randbytes(700 * 37 * 4))
    for name, make in {"small": lambda: rng.gauss(0, 0.02),
                       "wide": lambda: rng.gauss(0, 1) * 10 ** rng.uniform(-30, 30),
                       "whole": lambda: float(rng.randrange(-5000, 5000)),
                       "tied": lambda: rng.randrange(-99999, 99999) / 2 ** rng.randrange(1, 17)}.items():
        values = [make() for _ in range(60 * 33)]
        write_npy(folder / f"{name}.npy", "<f4", (60, 33), struct.pack(f"<{len(values)}f", *values))
    write_npy(folder / "long.npy", "<f4", (300, 1000), rng.randbytes(300 * 1000 * 4))
    ids = "\n".join(str(i * 7919 % 300) for i in range(12000))  # 48 MB of rows
    (folder / "ids").write_text(ids)


def commands(folder):
    for dtype in "float32", "float64":
        for size in (6, 3), (5, 5), (129, 1), (1000, 37):
            yield ["weight", "-f", "raw", "-n", str(size[0]), "-d", str(size[1]), "--dtype", dtype]
        far = ["7", "99", "64000", "128255"]
        yield ["-n", "128256", "-d", "1024", "--dtype", dtype, "-f", "raw", *far]
        yield ["weight", "--seed", "7", "-n", "5000", "-d", "300", "--dtype", dtype, "-f", "raw", "-j", "3"]
    for table in "bits", "small", "wide", "whole", "tied":
        for form in "text", "csv", "jsonl", "json", "vec":
            yield ["weight", "-w", f"{folder}/{table}.npy", "-f", form]
        for precision in "0", "2", "6", "9":
            for notation in "true", "false":
                yield ["weight", "-w", f"{folder}/{table}.npy", "--profile", "full", "--precision",
                       precision, "--sci-mode", notation]
        for dtype in "float16", "bfloat16", "float64", "float8_e4m3fn", "float8_e5m2":
            yield ["weight", "-w", f"{folder}/{table}.npy", "-f", "raw", "--as", dtype]
    for form in "raw", "npy", "csv":
        yield ["-w", f"{folder}/long.npy", "-i", f"{folder}/ids", "-f", form]
    for model in sorted((ROOT / "tests/data/gguf").glob("*.gguf")):
        yield ["weight", "-w", str(model), "-f", "raw"]
        yield ["weight", "-w", str(model), "-f", "csv"]


def output(program, words, **environment):
    done = subprocess.run([program, *words], env=dict(os.environ, **environment), timeout=300,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.returncode, done.stdout, done.stderr


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = parser.parse_args().program
    total = failed = refused = 0
    with tempfile.TemporaryDirectory() as folder:
        write_tables(pathlib.Path(folder))
        for words in commands(folder):
            here, baseline = output(program, words), output(program, words, TOKVEC_CPU="baseline")
            total += 1
            refused += here[0] != 0
            if here != baseline:
                failed += 1
                print("FAILED:", *words, here[0], baseline[0], here[2], baseline[2])
            elif here[0] not in (0, 2) or (here[0] == 0 and here[1] == b""):
                failed += 1
                print("FAILED, not compared:", *words, here[0], here[2])
    print(f"{total} commands, {refused} refused, {failed} failed")
    return failed > 0 or refused > total // 10


sys.exit(main())
