#!/usr/bin/env python3
"""Writes expected.txt from a manifest of files that torch.save or numpy wrote.

usage: make_expected.py FOLDER > expected.txt

FOLDER/manifest.json says of each file whether it must be read (ok true), be refused (false) or may
be either (null, left out here), and of each tensor of a good file its path, shape and the SHA-256
of its elements row by row, little-endian, as PyTorch or NumPy itself gave them. A line is: file,
"refused"; or file, SHA-256, number of dimensions, path. The files here are those of less than
12 KB.
"""
import json
import pathlib
import sys

here = pathlib.Path(__file__).parent
for record in json.loads((pathlib.Path(sys.argv[1]) / "manifest.json").read_text()):
    name = record["file"]
    if not (here / name).exists() and not (here.parent / "npz" / name).exists():
        continue
    if record["ok"] is False:
        print(name, "refused")
    if not record["ok"]:
        continue
    tensors = record.get("tensors")
    if tensors is None:
        tensors = {array["name"]: array for array in record["arrays"]}
    for path, tensor in tensors.items():
        if "\n" not in path and path == path.strip():
            print(name, tensor["sha256"], len(tensor["shape"]), path)
