"""Cold start: the time from typing to the answer, against an empty C program and the notebook."""
import json
import struct

import bench_gguf
from measure import ORACLE, compare, empty_program, has_module, job, path, skipped

NOTEBOOK = """import torch
torch.manual_seed(123)
layer = torch.nn.Embedding(6, 3)
print(layer(torch.tensor([2, 3, 5, 1])))
"""


def sparse_safetensors(name, rows, dim):
    """A model of that size, of zeros that take no room on the disk."""
    size = rows * dim * 4
    header = json.dumps({"wte.weight": {"dtype": "F32", "shape": [rows, dim],
                                        "data_offsets": [0, size]}}).encode()
    header += b" " * (-len(header) % 8)
    with open(path(name), "wb") as file:
        file.write(struct.pack("<Q", len(header)) + header)
        file.truncate(8 + len(header) + size)
    return path(name)


def jobs(program):
    empty = [empty_program()]
    dim = 4096
    files = {gb: sparse_safetensors(f"{gb}.safetensors", int(gb * 1e9) // dim // 4, dim)
             for gb in (0.01, 4, 10)}
    rows = ["7", "99", "600", "33", "-f", "raw"]
    seeded, small, large, largest, floor = compare(
        [program, "2", "3", "5", "1"], *([program, "-w", files[gb], *rows] for gb in files), empty,
        rounds=600)
    yield job("start, seed 6 x 3, print 4 rows", seeded.seconds, floor.seconds, "empty program", 1.3)
    yield job("start, 4 rows of a 4 GB safetensors", large.seconds, floor.seconds, "empty program",
              2)
    yield job("the same of 10 GB", largest.seconds, small.seconds, "tokvec, 10 MB", 1.1)
    yield job("peak memory of that", largest.peak_kb / 1e3, 6, "the bound", 1, unit="MB")

    header = bench_gguf.write(path("model.gguf"), "Q8_0", 1000, 1024, 150000)
    opened, floor = compare([program, "-w", path("model.gguf"), *rows], empty, rounds=100)
    yield job(f"open a GGUF with {header / 1e6:.0f} MB of vocabulary", opened.seconds,
              floor.seconds, "empty program", 30)

    if not has_module("torch"):
        yield skipped("the notebook: seed 6 x 3, print 4 rows", "PyTorch")
        return
    with open(path("notebook.py"), "w", encoding="ascii") as file:
        file.write(NOTEBOOK)
    ours, theirs = compare([program, "2", "3", "5", "1"], [ORACLE, path("notebook.py")], rounds=7,
                           seconds=30)
    yield job("the notebook: seed 6 x 3, print 4 rows", ours.seconds, theirs.seconds,
              "Python + PyTorch", None, at_least=300)
