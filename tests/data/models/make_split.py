"""Writes split/: a GGUF model in two parts, a float32 matrix of 1 x 2 in each.

usage: make_split.py (in its own folder)
"""
import struct


def text(value):
    return struct.pack("<Q", len(value)) + value


for number, name in enumerate((b"output.weight", b"token_embd.weight")):
    data = b"GGUF" + struct.pack("<IQQ", 3, 1, 2)
    data += text(b"split.no") + struct.pack("<IH", 2, number)
    data += text(b"split.count") + struct.pack("<IH", 2, 2)
    data += text(name) + struct.pack("<IQQIQ", 2, 2, 1, 0, 0)
    data += bytes(-len(data) % 32) + struct.pack("<ff", number, number + 0.5)
    with open(f"split/tiny-0000{number + 1}-of-00002.gguf", "wb") as file:
        file.write(data)
