#!/usr/bin/env python3
"""make.py - writes into the current folder: shards/, a packed embedding in one of two shards
without an index; mapped.npz, a model2vec table of more than 1 MB with a bit flipped."""
import json
import os
import struct
import zipfile

NAME = "model.embed_tokens.weight"


def safetensors(path, tensors):
    header, data = {}, b""
    for name, (dtype, shape, values) in tensors.items():
        header[name] = {"dtype": dtype, "shape": shape,
                        "data_offsets": [len(data), len(data) + len(values)]}
        data += values
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def npy(descr, shape, data):
    text = repr({"descr": descr, "fortran_order": False, "shape": shape}).encode()
    text += b" " * (63 - (10 + len(text)) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + data


os.makedirs("shards", exist_ok=True)
safetensors("shards/model-00001-of-00002.safetensors",
            {NAME: ("I8", [4, 2], bytes(range(1, 9))),
             NAME + "_scale": ("F32", [4, 1], struct.pack("<4f", *[0.5] * 4))})
safetensors("shards/model-00002-of-00002.safetensors", {"x": ("F32", [1], bytes(4))})

ROWS = 200000
with zipfile.ZipFile("mapped.npz", "w") as archive:
    archive.writestr("embeddings.npy", npy("<f4", (ROWS, 2), bytes(8 * ROWS)))
    archive.writestr("mapping.npy",
                     npy("<i8", (ROWS,), b"".join(struct.pack("<q", i) for i in range(ROWS))))
with open("mapped.npz", "r+b") as file:
    file.seek(500003)
    file.write(b"\x01")
