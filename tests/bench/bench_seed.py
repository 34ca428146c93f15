#!/usr/bin/python3
"""Measures seeded tables against PyTorch.

usage: bench_seed.py PROGRAM        (with a Python that has torch)

Program and peer run in turns; the times are medians of several.
"""
import pathlib
import random
import statistics
import subprocess
import sys
import time

import measure

ROUNDS = 7


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(first, second, rounds=ROUNDS):
    """Medians of both; one run of each beforehand does not count."""
    times = [(seconds(first), seconds(second)) for _ in range(rounds + 1)][1:]
    return [statistics.median(t) for t in zip(*times)]


def runner(program, *arguments, text=None):
    command = [str(program), *map(str, arguments)]
    return lambda: subprocess.run(command, input=text, stdout=subprocess.DEVNULL, check=True)


def seeding(program, rows, dim, dtype, threads, target):
    import torch

    torch.set_num_threads(1)

    def layer():
        torch.manual_seed(1)
        torch.nn.Embedding(rows, dim, dtype=getattr(torch, dtype))

    mine = runner(program, "weight", "--seed", 1, "-n", rows, "-d", dim, "--dtype", dtype,
                  "-f", "raw", "-j", threads)
    ours, theirs = in_turns(mine, layer, 5)
    return measure.job(f"seed {rows} x {dim} {dtype}, {threads} thread{'s' * (threads > 1)}", ours,
                       theirs, "torch.nn.Embedding, 1 thread", None, at_least=target)


def few_rows(program):
    command = [program, "--seed", "1", "-n", "128256", "-d", "4096", "-f", "raw",
               "128255", "5", "100000", "77777"]
    (result,) = measure.compare(command, rounds=20)
    yield measure.job("4 rows of 128256 x 4096", result.seconds, 0.015, "limit", 1)
    yield measure.job("its memory", result.peak_kb / 1e3, 8, "limit", 1, unit="MB")


def many_rows(program, count, rows, dim, threads):
    ids = random.Random(1)
    text = " ".join(str(ids.randrange(rows)) for _ in range(count)).encode()
    table = ("--seed", 1, "-n", rows, "-d", dim, "-f", "raw", "-j", threads)
    ours, whole = in_turns(runner(program, *table, text=text), runner(program, "weight", *table))
    plural = "s" * (threads > 1)
    return measure.job(f"{count} random rows of {rows} x {dim}, {threads} thread{plural}", ours,
                       whole, "tokvec weight", 1)


def jobs(program):
    program = str(pathlib.Path(program).resolve())
    yield seeding(program, 50257, 768, "float32", 1, 4)
    yield seeding(program, 50257, 768, "float32", 2, 7)
    yield seeding(program, 65536, 2048, "float32", 1, 4)
    yield seeding(program, 65536, 2048, "float32", 2, 7)
    yield seeding(program, 50257, 768, "float64", 1, 2)
    yield from few_rows(program)
    for threads in (1, 2):
        yield many_rows(program, 1000, 128256, 4096, threads)
        yield many_rows(program, 30000, 128256, 4096, threads)
        yield many_rows(program, 10000, 50257, 768, threads)
        yield many_rows(program, 50257, 50257, 768, threads)


if __name__ == "__main__":
    for line in jobs(sys.argv[1]):
        print(line)
