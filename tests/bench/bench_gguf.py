#!/usr/bin/env python3
"""How long tokvec takes to open a GGUF file with a large tokenizer, and how fast it decodes a
matrix to the end of its own output.

usage: bench_gguf.py --program PATH
"""
import argparse
import os
import random
import struct
import subprocess
import tempfile
import time

STRING, ARRAY = 8, 9
TYPES = {"F32": (0, 1, 4), "Q8_0": (8, 32, 34), "Q4_0": (2, 32, 18), "Q4_K": (12, 256, 144),
         "Q6_K": (14, 256, 210), "IQ2_XS": (17, 256, 74)}


def text(value):
    return struct.pack("<Q", len(value)) + value


def strings(key, values):
    return text(key) + struct.pack("<IIQ", ARRAY, STRING, len(values)) + b"".join(map(text, values))


def write(path, kind, rows, dim, tokens):
    number, elements, size = TYPES[kind]
    rng = random.Random(1)
    words = [rng.randbytes(rng.randrange(1, 14)) for _ in range(tokens)]
    pairs = [strings(b"tokenizer.ggml.tokens", words),
             strings(b"tokenizer.ggml.merges", [word + b" x" for word in words])]
    header = b"GGUF" + struct.pack("<IQQ", 3, 1, len(pairs)) + b"".join(pairs)
    header += text(b"token_embd.weight") + struct.pack("<IQQIQ", 2, dim, rows, number, 0)
    with open(path, "wb") as file:
        file.write(header + bytes(-len(header) % 32))
        row = rng.randbytes(dim // elements * size)
        for _ in range(rows):
            file.write(row)
    return len(header)


def fastest(runs, *command):
    best = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - start)
    return best


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = parser.parse_args().program
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.gguf")
        idle = fastest(50, program, "--version")
        print(f"the program alone: {1e3 * idle:.2f} ms")
        size = write(path, "F32", 8, 64, 150_000)
        took = fastest(50, program, "-w", path, "-f", "raw", "7")
        print(f"one row behind a header of {size} bytes (150000 tokens, 150000 merges): "
              f"{1e3 * took:.2f} ms, so the header takes {1e3 * (took - idle):.2f} ms")
        rows, dim = 16384, 4096
        for kind in TYPES:
            write(path, kind, rows, dim, 10)
            took = fastest(5, program, "weight", "-w", path, "-f", "raw")
            print(f"{kind:8} {rows * dim * 4 / took / 1e9:6.2f} GB of float32 a second to /dev/null")


if __name__ == "__main__":
    main()
