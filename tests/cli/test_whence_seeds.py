#!/usr/bin/env python3
"""Round trips of whence: a seed's table is written, and its seed found again.

Each table that one of these lists of options draws is found with the seed it was drawn by, in the
shape and dtype it has, by the command that is printed: that one is run, and makes the same values.
"""
import argparse
import array
import json
import os
import shlex
import subprocess
import sys
import tempfile

parser = argparse.ArgumentParser()
parser.add_argument("--program", required=True)
PROGRAM = os.path.abspath(parser.parse_args().program)
# A sanitizer makes everything some ten times slower.
SLOW = b"__asan_init" in open(PROGRAM, "rb").read() or b"__tsan_init" in open(PROGRAM, "rb").read()
failed = total = 0

# How a table is drawn; what of that whence is told, as it is not among what it tries.
DRAWS = [
    ("", ""),
    ("--dtype float64", ""),
    ("--dtype float64 --as float32", "--dtype float64"),
    ("--as bfloat16", ""),
    ("--as float16", ""),
    ("--padding-idx 2", ""),
    ("--after 20x30", "--after 20x30"),
    ("--after skip:3000000", "--after skip:3000000"),
    ("--init normal:0,0.02", ""),
    ("--init normal:0,0.02 --dtype bfloat16", ""),
    ("--init normal:0,0.02 --as float16 --padding-idx 0", ""),
    ("--init uniform:-0.1,0.1", ""),
    ("--init uniform", ""),
    ("--init uniform:-0.05,0.05 --dtype float64", ""),
    ("--init uniform --dtype float16", ""),
    ("--init xavier_uniform", ""),
    ("--init xavier_normal --dtype bfloat16", ""),
    ("--init kaiming_uniform", ""),
    ("--init kaiming_normal --as bfloat16", ""),
    ("--init trunc_normal", ""),
    ("--init trunc_normal:0,0.02", ""),
    ("--dtype bfloat16", ""),
    ("--dtype float16", ""),
    ("--dtype bfloat16 --torch 2.12", ""),
    ("--dtype bfloat16 --torch 2.11", ""),
    ("--dtype float16 --torch 2.11", ""),
    ("--dtype float16 --torch 2.0", ""),
    ("--init normal:0,0.02 --after 300x20", "--after 300x20"),
    ("--init trunc_normal:0,0.02 --torch 2.11", ""),
    ("--rng numpy", ""),
    ("--rng numpy --as float32", ""),
    ("--rng numpy --dtype float32", ""),
    ("--rng numpy --init normal:0,0.02 --as bfloat16", ""),
    ("--rng numpy --init random", ""),
    ("--rng numpy-legacy", ""),
    ("--rng numpy-legacy --times 0.01 --as float32", ""),
    ("--rng numpy-legacy --init uniform:-0.05,0.05 --as float32", ""),
    ("--rng gensim", ""),
    ("--rng gensim --path dv.vectors", ""),
    ("--rng jax", ""),
    ("--rng jax --times 0.02", ""),
    ("--rng jax --jax-key split:1/2 --as bfloat16", ""),
    ("--rng jax --dtype bfloat16", ""),
    ("--rng jax --init uniform", ""),
    ("--rng jax-original --times 0.02", ""),
    ("--rng flax", ""),
    ("--rng flax --path Embed_0", ""),
    ("--rng flax --path blk/pos", "--path blk/pos"),
    ("--rng nnx --call 1", ""),
    ("--rng keras-jax", ""),
    ("--rng keras-jax --call 1", ""),
    ("--rng keras-jax --init uniform:-0.1,0.1", ""),
    ("--rng keras-tensorflow", ""),
    ("--rng tensorflow", ""),
    ("--rng tensorflow --init normal:0,0.02", ""),
    ("--rng mlx", ""),
    ("--rng mlx --call 2", ""),
    ("--rng mlx --init normal:0,0.02", ""),
]
SHAPES = [(70, 48), (9, 5), (301, 17)]
SEEDS = ["7", "1234"]


def run(*words):
    return subprocess.run([PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def fail(what, result):
    global failed
    failed += 1
    print(f"{what}: status {result.returncode}\n{result.stdout[:2000]}{result.stderr[:500]}")


def whence(path, *words):
    result = run("whence", path, "-f", "json", "--seeds", "0:1300", *words)
    return result, json.loads(result.stdout or b"[]")


def round_trip(draw, told, shape, seed, path):
    """The table is found, and what is printed makes it."""
    global total
    total += 1
    case = f"{draw} {shape} {seed}"
    words = ["weight", "--seed", seed, "-n", str(shape[0]), "-d", str(shape[1]),
             *shlex.split(draw)]
    made, values = run(*words, "-f", "safetensors", "-o", path), run(*words, "-f", "raw")
    if made.returncode != 0 or values.returncode != 0:
        fail(case, made)
        return
    result, lines = whence(path, *shlex.split(told))
    found = [x for x in lines if str(x["seed"]) == seed and x["rows_equal"] == shape[0]]
    if result.returncode != 0 or not found or any(x["rows"] != shape[0] for x in lines):
        fail(case, result)
        return
    for line in lines:
        words = shlex.split(line["command"])
        again = run(*words[1:], "-f", "raw")
        if words[0] != "tokvec" or again.returncode != 0 or again.stdout != values.stdout:
            fail(f"{case}: {line['command']}", again)


def changed(folder, rows, dim, which, expected, *words):
    """A table, drawn by seed 321, of which some rows have changed, is found by the others."""
    global total
    total += 1
    path = os.path.join(folder, "changed.npy")
    made = run("weight", "--seed", "321", "-n", str(rows), "-d", str(dim), "-f", "npy",
               "-o", path, *words)
    data = bytearray(open(path, "rb").read())
    size = rows * dim * 4
    values = array.array("f", bytes(data[-size:]))
    for row in range(rows):
        if which(row):
            for i in range(row * dim, row * dim + dim):
                values[i] = values[i] * 0.75 + 0.01
    data[-size:] = values.tobytes()
    open(path, "wb").write(data)
    result, lines = whence(path, *words)
    equal = [x["rows_equal"] for x in lines if x["seed"] == 321]
    if made.returncode != 0 or result.returncode != 1 or equal != [expected]:
        fail(f"changed {rows} x {dim}, {expected} rows left", result)


def not_found(folder, words, *told):
    global total
    total += 1
    path = os.path.join(folder, "other.npy")
    run("weight", "-n", "40", "-d", "24", "-f", "npy", "-o", path, *words)
    result, lines = whence(path, *told)
    if result.returncode != 1 or [x["rows_equal"] for x in lines] != [0]:
        fail(f"{words}: found", result)


with tempfile.TemporaryDirectory() as folder:
    for number, (draw, told) in enumerate(DRAWS):
        shape = SHAPES[number % len(SHAPES)]
        for other in [shape] if SLOW or number % 8 else SHAPES:
            seed = SEEDS[number % len(SEEDS)]
            round_trip(draw, told, other, seed, os.path.join(folder, "table.safetensors"))
    changed(folder, 500, 40, lambda row: row == 0, 499)
    changed(folder, 500, 40, lambda row: row % 10 != 3, 50)
    changed(folder, 3000, 64, lambda row: row < 2700, 300)
    changed(folder, 3000, 64, lambda row: row % 10 != 3, 300, "--after", "skip:1000000")
    changed(folder, 400, 5, lambda row: row < 300, 100)
    not_found(folder, ["--seed", "1301"])
    not_found(folder, ["--seed", "7", "--after", "3x5"])
    not_found(folder, ["--seed", "7"], "--after", "3x5")
print(f"{total} cases, {failed} failed")
sys.exit(failed != 0)
