#!/usr/bin/env python3
"""Layers that one generator of PyTorch's made one after the other, whose digests are known from
PyTorch's own wheels: each as the table after those before it, and the generator's place at the end.

tests/data/seeds/torch_layers.json: lists of layers, each an item for --after, and the options for
the table that it is, where its digest is known. What the generator gives after the list is either
the digest of its state, or a double normal, and then the low 24 bits of three outputs.

usage: test_seed_layers.py --program PATH
"""
import argparse
import hashlib
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile

from every import STEP, every

CASES = pathlib.Path(__file__).resolve().parents[1] / "data/seeds/torch_layers.json"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = parser.parse_args().program
    failures, tables = [], 0

    def raw(level, *options):
        done = subprocess.run([program, "weight", "-f", "raw", *map(str, options)],
                              env=dict(os.environ, TOKVEC_CPU=level), capture_output=True)
        return done.stdout if done.returncode == 0 else done.stderr

    def equal(got, wanted, *what):
        if got != wanted:
            failures.append(f"{' '.join(map(str, what))}: {got} is not {wanted}")

    def after(items):
        return ["--after", ",".join(items)] if items else []

    def check_end(case, begin, items, level):
        if "state_sha256" in case:
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder) / "state.pt"
                # The last layer as the table: the state is the one after it.
                raw(level, *begin, *after(items[:-1]), *case["layers"][-1]["table"].split(),
                    "--save-state", path)
                saved = path.read_bytes()
                at = saved.find(struct.pack("<Q", case["seed"]))
                state = hashlib.sha256(saved[at:at + 5056]).hexdigest()
            equal(state, case["state_sha256"], case["name"], "state")
            return
        normal = raw(level, *begin, *after(items), "-n", 1, "-d", 1, "--dtype", "float64")
        equal(normal[::-1].hex(), case["next_double_normal"], begin, items, "normal")
        uniform = raw(level, *begin, *after(items + ["1x1:float64"]), "-n", 1, "-d", 3,
                      "--init", "uniform")
        if len(uniform) == 12:
            uniform = [int(u * 2**24) for u in struct.unpack("<3f", uniform)]
        equal(uniform, case["then_low24"], begin, items, "uniform")

    for case in every(json.loads(CASES.read_text())):
        for release in case["torch"]:
            level = ("", "baseline", "avx2")[tables % 3]
            begin = ["--seed", case["seed"], "--torch", release]
            items = []
            for layer in case["layers"]:
                if "sha256" in layer:
                    got = raw(level, *begin, *after(items), *layer["table"].split())
                    equal(hashlib.sha256(got).hexdigest(), layer["sha256"], begin, items, layer)
                    tables += 1
                items.append(layer["item"])
            check_end(case, begin, items, level)
    print(f"{tables} tables")
    sys.exit("\n".join(failures[:20]) if failures or tables * STEP < 100 else 0)


main()
