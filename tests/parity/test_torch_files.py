#!/usr/bin/python3
"""Saves many tensors with torch.save, numpy.savez and numpy.savez_compressed, and compares the
bits that tokvec reads back with those that were saved.

usage: test_torch_files.py --program PATH [--seed N] [--files N]
"""
import argparse
import collections
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import zipfile

try:
    import numpy
    import torch
except ImportError as missing:
    print(missing)
    sys.exit(1 if os.environ.get("TOKVEC_REQUIRE_PARITY") else 77)

DTYPES = [torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int8, torch.int16,
          torch.int32, torch.int64, torch.uint8, torch.bool]


class Settings:
    """A class of the script that saved the checkpoint: tokvec must get by without it."""

    def __init__(self):
        self.rate, self.table = 0.1, numpy.arange(3)


def data_of(tensor):
    tensor = tensor.detach().contiguous()
    if tensor.dtype == torch.bfloat16:
        tensor = tensor.view(torch.int16)
    return tensor.numpy().tobytes()


def some_matrix(random):
    """Random bits of a random type, often as a view of something larger."""
    dtype = random.choice(DTYPES)
    rows, columns = random.randint(1, 40), random.randint(1, 24)
    count = (2 * rows + 3) * (3 * columns + 2)
    size = torch.empty(0, dtype=dtype).element_size()
    bits = numpy.frombuffer(random.randbytes(count * size), dtype=numpy.uint8).copy()
    if dtype == torch.bool:
        bits &= 1
    whole = torch.from_numpy(bits).view(torch.uint8 if size == 1 else dtype)
    whole = whole.to(torch.bool) if dtype == torch.bool else whole.view(dtype)
    whole = whole.reshape(2 * rows + 3, 3 * columns + 2)
    return random.choice([
        lambda: whole[:rows, :columns].clone(),
        lambda: whole[1:rows + 1, 2:columns + 2],
        lambda: whole[::2, 1::3],
        lambda: whole[:columns, :rows].t(),
        lambda: whole[:1].expand(rows, -1),
        lambda: whole[:, :1].expand(-1, columns),
        lambda: whole.flatten().as_strided((rows, columns), (1, 2), 3),
        lambda: whole.flatten()[5:5 + columns],
        lambda: whole[0, 0],
        lambda: whole[:0],
        lambda: torch.nn.Parameter(whole[:rows].clone(), requires_grad=False),
    ])()


def some_object(random, depth=0):
    kind = random.choice(["dict", "ordered", "list", "tuple", "leaf"]) if depth < 3 else "leaf"
    if kind == "leaf":
        return some_matrix(random)
    n = random.randint(1, 4)
    if kind in ("list", "tuple"):
        made = [some_object(random, depth + 1) for _ in range(n)]
        return made if kind == "list" else tuple(made)
    made = {} if kind == "dict" else collections.OrderedDict()
    for i in range(n):
        key = random.choice([f"key{i}", f"layer.{i}.weight", i, f"词{i}"])
        made[key] = some_object(random, depth + 1)
    made["note"] = random.choice([1.5, "text", None, 2**70, -3, (1, [2]), {"a": 1}, True, b"bytes",
                                  {1, 2}, argparse.Namespace(rate=0.1), numpy.float32(1.5),
                                  torch.float16, torch.Size([1, 2]), Settings(),
                                  collections.Counter("abca"), pathlib.PurePosixPath("a/b")])
    return made


def walk(value, path=""):
    if isinstance(value, torch.Tensor):
        yield path, value
    elif isinstance(value, (dict, list, tuple)):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from walk(item, f"{path}.{key}" if path else str(key))


class Check:
    def __init__(self, program):
        self.program, self.compared, self.failed = program, 0, 0

    def run(self, *arguments):
        return subprocess.run([self.program, *arguments], capture_output=True, timeout=60)

    def fail(self, *what):
        self.failed += 1
        print("FAILED", *what)

    def tensors(self, path, wanted, note):
        """wanted: name, dtype, shape and bytes of each."""
        listed = self.run("list", "-f", "json", path)
        if listed.returncode != 0:
            return self.fail(note, listed.stderr.decode())
        names = collections.Counter(name for name, *_ in wanted)
        shapes = {t["name"]: (t["dtype"], t["shape"]) for t in json.loads(listed.stdout)["tensors"]}
        for name, dtype, shape, data in wanted:
            if names[name] > 1:
                continue
            self.compared += 1
            if shapes.get(name) != (dtype, shape):
                self.fail(note, name, "is listed as", shapes.get(name), "not", dtype, shape)
            got = self.run("weight", "-w", path, "-t", name, "-f", "raw")
            if got.returncode != 0 or got.stdout != data:
                self.fail(note, name, dtype, shape, got.stderr.decode())
            if len(shape) == 2 and shape[0] > 0 and shape[1] > 0:
                ids = [random.randrange(shape[0]) for _ in range(4)]
                got = self.run("-w", path, "-t", name, "-f", "raw", *map(str, ids))
                row = len(data) // shape[0]
                if got.stdout != b"".join(data[i * row:][:row] for i in ids):
                    self.fail(note, name, "rows", ids, got.stderr.decode())


def pack_again(path, to):
    """The same archive with compressed members."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))


def check_torch(check, folder, number):
    made = some_object(random)
    wanted = [(name, str(t.dtype)[6:], list(t.shape), data_of(t)) for name, t in walk(made)]
    for protocol in (2, 3, 4, 5):
        for as_zip in (True, False):
            path = os.path.join(folder, f"{number}.pt")
            torch.save(made, path, pickle_protocol=protocol, _use_new_zipfile_serialization=as_zip)
            check.tensors(path, wanted, f"file {number}, protocol {protocol}, zip {as_zip}:")
    torch.save(made, path)
    packed = os.path.join(folder, f"{number}.packed.pt")
    pack_again(path, packed)
    check.tensors(packed, wanted, f"file {number}, packed:")


def check_numpy(check, folder, number):
    arrays = {}
    for i in range(random.randint(1, 5)):
        name = random.choice([f"array{i}", f"a/b{i}", f"词{i}"])
        array = numpy.frombuffer(random.randbytes(8 * 36 * 20), dtype=random.choice(
            "<f4 <f8 <f2 >f4 >f8 <i4 >i2 |i1 |u1 <u2 <u4 <u8 <i8".split()))
        array = array[:36 * 20].reshape(36, 20)[:, :random.randint(1, 20)]
        arrays[name] = random.choice([numpy.ascontiguousarray, numpy.asfortranarray])(array)
    if random.random() < 0.3:
        big = numpy.frombuffer(random.randbytes(4 * 700 * 90), dtype="<f4").reshape(700, 90)
        arrays["big"] = random.choice([numpy.ascontiguousarray, numpy.asfortranarray])(big)
    wanted = [(name, a.dtype.newbyteorder("<").name, list(a.shape),
               a.astype(a.dtype.newbyteorder("<")).tobytes()) for name, a in arrays.items()]
    for save in (numpy.savez, numpy.savez_compressed):
        path = os.path.join(folder, f"{number}.npz")
        save(path, words=numpy.array(["text", "beside"]), **arrays)
        check.tensors(path, wanted, f"{save.__name__} {number}:")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--files", type=int, default=12)
    arguments = parser.parse_args()
    print("seed", arguments.seed)
    random.seed(arguments.seed)
    check = Check(arguments.program)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(arguments.files):
            check_torch(check, folder, number)
            check_numpy(check, folder, number)
    print(check.compared, "tensors compared,", check.failed, "failures")
    return check.failed > 0 or check.compared == 0


sys.exit(main())
