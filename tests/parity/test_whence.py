#!/usr/bin/env python3
"""Tables that PyTorch and NumPy draw are found by whence, with their seeds."""
import argparse
import json
import os
import subprocess
import sys
import tempfile

import numpy as np
import torch

parser = argparse.ArgumentParser()
parser.add_argument("--program", required=True)
PROGRAM = os.path.abspath(parser.parse_args().program)
failed = total = 0


def check(path, seed, rows, equal, *words):
    global failed, total
    total += 1
    done = subprocess.run([PROGRAM, "whence", path, "-f", "json", *words], stdout=subprocess.PIPE)
    lines = json.loads(done.stdout or b"[]")
    found = any(x["seed"] == seed and (x["rows"], x["rows_equal"]) == (rows, equal) for x in lines)
    if not found or done.returncode != (0 if equal == rows else 1):
        failed += 1
        print(f"{path} {words}: status {done.returncode}, {lines}")


with tempfile.TemporaryDirectory() as folder:
    model = os.path.join(folder, "model.pt")
    torch.manual_seed(31337)
    tokens, positions = torch.nn.Embedding(500, 64), torch.nn.Embedding(32, 64, padding_idx=3)
    head = torch.nn.Linear(64, 100)
    narrow = tokens.weight.detach().to(torch.bfloat16)
    trained = tokens.weight.detach().clone()
    trained[torch.arange(500) % 10 != 7] += 0.01
    torch.save({"tokens": tokens.weight.detach(), "positions": positions.weight.detach(),
                "head": head.weight.detach(), "narrow": narrow, "trained": trained}, model)
    check(model, 31337, 500, 500, "-t", "tokens")
    check(model, 31337, 500, 500, "-t", "narrow")
    check(model, 31337, 500, 50, "-t", "trained", "--rng", "torch")
    check(model, 31337, 32, 32, "-t", "positions", "--after", "500x64")
    check(model, 31337, 100, 100, "-t", "head", "--after", "500x64,32x64")

    array = os.path.join(folder, "array.npy")
    np.random.seed(99)
    np.save(array, (np.random.randn(200, 30) * 0.01).astype(np.float32))
    check(array, 99, 200, 200, "--seeds", "0:1000")
    np.save(array, np.random.default_rng(5).standard_normal((50, 8), dtype=np.float32))
    check(array, 5, 50, 50, "--seeds", "0:1000")
print(f"{total} tables, {failed} not found")
sys.exit(failed != 0)
