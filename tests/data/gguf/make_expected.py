#!/usr/bin/env python3
"""Writes expected.txt from the arrays that ggml's own to_float gave for the files here.

usage: make_expected.py FOLDER > expected.txt

FOLDER holds, for each X.gguf, X.f32.npy (the tensor token_embd.weight) and X.TENSOR.f32.npy;
X.f64.npy stands for the same tensor without narrowing. A line is: file, tensor, dtype, the 64-bit
FNV-1a of the values as little-endian bytes.
"""
import pathlib
import sys

import numpy


def fnv1a(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


for path in sorted(pathlib.Path(sys.argv[1]).glob("*.npy")):
    stem, _, rest = path.name.removesuffix(".npy").partition(".")
    tensor, _, kind = ("." + rest).rpartition(".")
    dtype = {"f32": "float32", "f64": "float64"}[kind]
    data = numpy.load(path).astype(numpy.dtype(dtype).newbyteorder("<"))
    name = tensor.lstrip(".") or "token_embd.weight"
    print(f"{stem}.gguf", name, dtype, f"{fnv1a(data.tobytes()):016x}")
