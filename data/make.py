#!/usr/bin/env python3
"""Writes the small weights files of this folder: python3 make.py (needs NumPy).

model.safetensors  a GPT-2 that knows 12 tokens of 8 values: wte.weight, wpe.weight, ln_f.*
table.npy          one matrix, float16, 5 x 4

The others were written by other programs, and tests/data has them too: model.gguf by ggml,
checkpoint.pt by torch.save, arrays.npz by NumPy, fasttext.bin by fastText, sharded/ by safetensors.
"""
import json
import pathlib
import struct

import numpy

HERE = pathlib.Path(__file__).resolve().parent
DTYPES = {"float32": "F32", "float16": "F16"}


def save_safetensors(path, tensors):
    """As the safetensors library writes it: wide types first, then by name; header padded to 8."""
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, array in sorted(tensors.items(), key=lambda item: (-item[1].itemsize, item[0])):
        begin = len(data)
        data += array.tobytes()
        header[name] = {"dtype": DTYPES[array.dtype.name], "shape": list(array.shape),
                        "data_offsets": [begin, len(data)]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def main():
    random = numpy.random.RandomState(7)  # its stream never changes
    def normal(*shape):
        return (0.02 * random.standard_normal(shape)).astype("<f4")
    save_safetensors(HERE / "model.safetensors", {
        "wte.weight": normal(12, 8),
        "wpe.weight": normal(6, 8),
        "ln_f.weight": numpy.ones(8, "<f4"),
        "ln_f.bias": numpy.zeros(8, "<f2"),
    })
    numpy.save(HERE / "table.npy", random.randint(-32, 33, (5, 4)).astype("<f2") / 16)


main()
