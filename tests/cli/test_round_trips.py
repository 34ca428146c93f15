#!/usr/bin/env python3
"""What tokvec writes it reads again: every format, every dtype, every shape of token IDs.

json, npy and safetensors keep values, dtype and nested shape; csv, tsv, jsonl and vec keep rows,
order, IDs and tokens, told the dtype; raw keeps the bytes, told dtype and dimension. JSON has
neither nan nor infinities: they come back as nan.

usage: test_round_trips.py --program PATH
"""
import argparse
import concurrent.futures
import itertools
import json
import math
import os
import pathlib
import struct
import subprocess
import sys
import tempfile

DIM, ROWS = 3, 6

# The safetensors code, and the letter of struct; bit patterns where struct has no letter.
DTYPES = {
    "float32": ("F32", "f"), "float64": ("F64", "d"), "float16": ("F16", "e"),
    "bfloat16": ("BF16", "H"), "float8_e4m3fn": ("F8_E4M3", "B"), "float8_e5m2": ("F8_E5M2", "B"),
    "bool": ("BOOL", "B"), "int8": ("I8", "b"), "int16": ("I16", "h"), "int32": ("I32", "i"),
    "int64": ("I64", "q"), "uint8": ("U8", "B"), "uint16": ("U16", "H"), "uint32": ("U32", "I"),
    "uint64": ("U64", "Q"),
}
FLOATS = ("float32", "float64", "float16", "bfloat16", "float8_e4m3fn", "float8_e5m2")
# Smallest subnormal, smallest normal, largest, and two with all digits.
FLOAT_VALUES = {
    "float32": (2.0 ** -149, 2.0 ** -126, (2 - 2.0 ** -23) * 2.0 ** 127, 1 / 3, -16777215.0),
    "float64": (2.0 ** -1074, 2.0 ** -1022, sys.float_info.max, 1 / 3, -9007199254740991.0),
    "float16": (2.0 ** -24, 2.0 ** -14, 65504.0, 1 / 3, -2047.0),
    "bfloat16": (0x0001, 0x0080, 0x7f7f, 0x3eab, 0xc2ff),
    "float8_e4m3fn": (0x01, 0x08, 0x7e, 0x2b, 0xb7),
    "float8_e5m2": (0x01, 0x04, 0x7b, 0x35, 0xb6),
}
SPECIAL = {  # -0.0, nan, inf, -inf
    "bfloat16": (0x8000, 0x7fc0, 0x7f80, 0xff80), "float8_e4m3fn": (0x80, 0x7f, 0x7f, 0x7f),
    "float8_e5m2": (0x80, 0x7e, 0x7c, 0xfc),
}
SHAPES = {  # text of the IDs: the IDs, their shape
    "tensor(3)": ([3], []),
    "4": ([4], [1]),
    "5 0 5 2": ([5, 0, 5, 2], [4]),
    "[[1, 5, 0], [5, 2, 4]]": ([1, 5, 0, 5, 2, 4], [2, 3]),
    "[[[1], [5]], [[5], [3]], [[0], [0]]]": ([1, 5, 5, 3, 0, 0], [3, 2, 1]),
    "": ([], [0]),
}
TOKENS = ["the", "", " ", "two words", "\n", "\r", "\t", "\"", "\"q\"", "\\", "\\n", ",", "a,\"b\"\nc",
          "\0", "\x1b[0m", "\x7f", "\ufeff", "\u2028", "7", "-0.5", "1:3", "#", "\u00e9", "<0x0A>",
          "B64:dGhl", "[1]", "{}", "...", "id"]
FORMATS = ("json", "npy", "safetensors", "csv", "tsv", "jsonl", "vec", "raw")


def values_of(dtype):
    if dtype in FLOATS:
        special = SPECIAL.get(dtype, (-0.0, math.nan, math.inf, -math.inf))
        values = list(FLOAT_VALUES[dtype] + special)
    elif dtype == "bool":
        values = [0, 1]
    else:
        bits = 8 * struct.calcsize(DTYPES[dtype][1])
        low = 0 if dtype[0] == "u" else -(2 ** (bits - 1))
        values = [low, low + 2 ** bits - 1, 0, 1, 77]
    return list(itertools.islice(itertools.cycle(values), DIM * ROWS))


class Test:
    def __init__(self, program, folder):
        self.program = program
        self.folder = pathlib.Path(folder)
        self.failures = []

    def run(self, *arguments, text=None):
        done = subprocess.run([self.program, *map(str, arguments)], capture_output=True,
                              input=b"" if text is None else text.encode())
        if done.returncode != 0:
            raise AssertionError(f"{' '.join(map(str, arguments))}: {done.stderr.decode()}")
        return done.stdout

    def source(self, dtype):
        code, letter = DTYPES[dtype]
        data = struct.pack(f"<{DIM * ROWS}{letter}", *values_of(dtype))
        header = json.dumps({"t": {"dtype": code, "shape": [ROWS, DIM],
                                   "data_offsets": [0, len(data)]}}).encode()
        path = self.folder / f"{dtype}.safetensors"
        path.write_bytes(struct.pack("<Q", len(header)) + header + data)
        return path

    def rows(self, data, letter, ids):
        table = struct.unpack(f"<{DIM * ROWS}{letter}", data)
        return [table[i * DIM:(i + 1) * DIM] for i in ids]

    def check(self, dtype, text, fmt):
        ids, shape = SHAPES[text]
        source = self.folder / f"{dtype}.safetensors"
        out = self.folder / f"{dtype}-{list(SHAPES).index(text)}.{fmt}"
        self.run("-w", source, "-f", fmt, "-o", out, text=text)
        # The dtype that comes back, and what has to be said for it.
        wide = dtype.startswith("float8") and fmt not in ("safetensors", "raw")
        back = "float32" if wide or (fmt == "npy" and dtype == "bfloat16") else dtype
        told = []
        if fmt in ("csv", "tsv", "jsonl", "vec"):
            told = ["--dtype", back]
        elif fmt == "raw":
            told = ["--dtype", back, "--dim", DIM]
        if not ids and fmt in ("jsonl", "raw"):
            assert out.read_bytes() == b"", "no IDs are no bytes"
            return
        if back == dtype:
            data = source.read_bytes()[-DIM * ROWS * struct.calcsize(DTYPES[dtype][1]):]
        else:
            data = self.run("weight", "-w", source, "-f", "raw", "--as", back)
        letter = DTYPES[back][1]
        wanted = [v for row in self.rows(data, letter, ids) for v in row]
        raw = self.run("weight", "-w", out, *told, "-f", "raw")
        got = struct.unpack(f"<{len(wanted)}{letter}", raw)
        no_specials = fmt in ("json", "jsonl")
        for a, b in zip(wanted, got):
            assert self.same(a, b, back, no_specials), f"{a!r} came back as {b!r}"
        # Shape, dtype and IDs.
        tensor, = [t for t in json.loads(self.run("list", out, *told, "-f", "json"))["tensors"]
                   if t["name"] != "ids"]
        assert tensor["dtype"] == back, f"dtype {tensor['dtype']}"
        keeps = fmt in ("json", "npy", "safetensors")
        assert tensor["shape"] == (shape if keeps else [len(ids)]) + [DIM], f"{tensor['shape']}"
        if fmt in ("json", "safetensors", "csv", "tsv", "jsonl"):
            lines = self.run("weight", "-w", out, *told, "-f", "csv").decode().split("\n")[1:-1]
            assert [int(line.split(",")[0]) for line in lines] == ids, f"IDs {lines}"
            for i in ids[:2]:
                one = self.run("-w", out, *told, "-f", "raw", i)
                assert one == raw[ids.index(i) * len(one):][:len(one)], f"row of ID {i}"

    def same(self, a, b, dtype, no_specials):
        if dtype == "bfloat16" and isinstance(a, int):
            a, b = (struct.unpack("<f", struct.pack("<I", v << 16))[0] for v in (a, b))
        if isinstance(a, float) and (math.isnan(a) or (no_specials and math.isinf(a))):
            return math.isnan(b)
        return a == b and (not isinstance(a, float) or math.copysign(1, a) == math.copysign(1, b))

    def check_tokens(self, fmt):
        """Tokens come back with their rows, whatever characters they have."""
        source = self.folder / f"tokens-to-{fmt}.jsonl"
        out = self.folder / f"tokens.{fmt}"
        ids = [3 * i % 100 for i in range(len(TOKENS))]
        source.write_text("".join(json.dumps({"id": ids[i], "token": t, "vector": [i, 0.5]}) + "\n"
                                  for i, t in enumerate(TOKENS)))
        self.run("weight", "-w", source, "-f", fmt, "-o", out)
        lines = self.run("weight", "-w", out, "-f", "jsonl").decode().split("\n")[:-1]
        got = [json.loads(line) for line in lines]
        assert [g["token"] for g in got] == TOKENS, [g["token"] for g in got]
        assert [g["vector"] for g in got] == [[i, 0.5] for i in range(len(TOKENS))]
        if fmt != "vec":  # which has no room for IDs
            assert [g["id"] for g in got] == ids
        for i, token in enumerate(TOKENS):
            if "\0" not in token:  # which no argument can hold
                found = self.run("-w", out, "-f", "jsonl", "--tokens", "--", token)
                assert json.loads(found)["vector"] == [i, 0.5], token

    def attempt(self, check, *arguments):
        try:
            check(*arguments)
        except (AssertionError, ValueError, struct.error) as fault:
            self.failures.append(f"{arguments}: {fault}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = os.path.abspath(parser.parse_args().program)
    with tempfile.TemporaryDirectory() as folder:
        test = Test(program, folder)
        for dtype in DTYPES:
            test.source(dtype)
        jobs = [(test.check, case) for case in itertools.product(DTYPES, SHAPES, FORMATS)
                if case[0] in ("float32", "float64") or case[1].startswith(("5", "[[1"))]
        jobs += [(test.check_tokens, (fmt,)) for fmt in ("csv", "tsv", "jsonl", "vec")]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for done in [pool.submit(test.attempt, check, *case) for check, case in jobs]:
                done.result()
    for failure in test.failures:
        print(failure)
    return 1 if test.failures else 0


if __name__ == "__main__":
    sys.exit(main())
