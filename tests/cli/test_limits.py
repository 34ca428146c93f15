#!/usr/bin/env python3
"""Time and memory of opening files that are made to take much of both.

Each is read, or refused in one line, within 8 bytes of memory for each of its own beyond 64 MB,
and within a time that is generous for a slow machine.
"""
import argparse
import io
import json
import os
import resource
import struct
import subprocess
import sys
import tempfile
import zipfile

SECONDS, FIXED, FACTOR = 10, 64 << 20, 8
parser = argparse.ArgumentParser()
parser.add_argument("--program", required=True)
PROGRAM = os.path.abspath(parser.parse_args().program)
# What a sanitizer adds is not the program's.
SANITIZED = b"__asan_init" in open(PROGRAM, "rb").read() or \
    b"__tsan_init" in open(PROGRAM, "rb").read()
failed = total = 0


def check(case, path, *words, output=1 << 20, status=None):
    """Runs the program with the file; output: bytes that it may print."""
    global failed, total
    total += 1
    size = os.path.getsize(path)
    # Of address space, in which the file itself is mapped and some 32 MB of code and stacks.
    space = None if SANITIZED else FIXED + (FACTOR + 1) * size + (32 << 20)

    def bound():
        if space is not None:
            resource.setrlimit(resource.RLIMIT_AS, (space, space))

    try:
        done = subprocess.run([PROGRAM, *words], capture_output=True, stdin=subprocess.DEVNULL,
                              preexec_fn=bound, timeout=SECONDS * (10 if SANITIZED else 1))
    except subprocess.TimeoutExpired:
        failed += 1
        print(f"FAILED: {case}: over {SECONDS} s")
        return
    problems = []
    if done.returncode not in ((0, 2) if status is None else (status,)):
        problems.append(f"status {done.returncode}")
    message = done.stderr
    if done.returncode == 2 and (not message.startswith(b"tokvec: ") or message.count(b"\n") != 1):
        problems.append(f"said {message[:300]}")
    if b"out of memory" in message:
        problems.append(f"needs more than {space} bytes: {message[:300]}")
    if len(done.stdout) > output:
        problems.append(f"printed {len(done.stdout)} bytes")
    if problems:
        failed += 1
        print(f"FAILED: {case}: {'; '.join(problems)}")


def write(name, *pieces):
    with open(name, "wb") as file:
        for piece in pieces:
            file.write(piece)
    return name


def safetensors(name, header, data=b""):
    return write(name, struct.pack("<Q", len(header)), header, data)


def tensor(shape, begin=0, end=0):
    return {"dtype": "F32", "shape": shape, "data_offsets": [begin, end]}


def safetensors_files():
    for shape in ([2**52, 0], [2**40, 3, 0], [2**52, 0, 7], [0, 2**52]):
        path = safetensors("empty", json.dumps({"w": tensor(shape)}).encode())
        for form in ("text", "json", "csv", "npy", "safetensors"):
            check(f"shape {shape} as {form}", path, "weight", "-w", path, "-f", form)
    many = b",".join(b'"layer.%d.w":{"dtype":"F32","shape":[0,1],"data_offsets":[0,0]}' % i
                     for i in range(100000))
    path = safetensors("many", b"{" + many + b"}")
    check("100,000 tensors", path, "-w", path, "-t", "layer.7.x", "0", status=2)
    check("100,000 tensors, listed", path, "list", path, output=9 << 20, status=0)
    path = safetensors("numbers", b'{"__metadata__":{},"a":[' + b"1," * 5000000 + b"1]}")
    check("a list of numbers for a tensor", path, "list", path, status=2)
    lists = b'{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0],"x":[' + b"[],"*3000000 + b"[]]}}"
    path = safetensors("lists", lists)
    check("lists that nobody wants", path, "list", path, status=0)
    wide = {f"t{i}": tensor([0]) for i in range(3000)}
    wide["x" * 1000000] = tensor([0])
    path = safetensors("wide", json.dumps(wide).encode())
    check("one name of a million letters", path, "list", path, output=3 << 20, status=0)
    dots = {"a." * 200000 + "b": tensor([1, 1], 0, 4), "c": tensor([1, 1], 4, 8)}
    path = safetensors("dots", json.dumps(dots).encode(), bytes(8))
    check("a name of 200,000 parts", path, "-w", path, "-t", "foo", "0", status=2)


def pickles():
    def checkpoint(name, pickle, method=zipfile.ZIP_DEFLATED):
        with zipfile.ZipFile(name, "w", method) as archive:
            archive.writestr("x/data.pkl", pickle)
            archive.writestr("x/data/0", bytes(64))
        return name
    storage = b"(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0" + b"0X\3\0\0\0cpuK\x10tQ"
    one = b"ctorch._utils\n_rebuild_tensor_v2\n(" + storage + b"K\0K\1\x85K\1\x85\x89" + \
        b"ccollections\nOrderedDict\n)RtR"
    for name, body in {"nones": b"(" + b"N" * (30 << 20) + b"l",
                       "tuples": b"(" + b")" * (30 << 20) + b"l",
                       "objects": b"ccollections\nOrderedDict\nq\0(" + b"h\0)R" * (7 << 20) + b"l",
                       "one tensor again and again": b"(" + one + b"q\0" + b"h\0" * (7 << 20) + b"l",
                       "memo": b"N" + b"".join(b"r" + struct.pack("<I", i) for i in range(1 << 21)),
                       }.items():
        check(f"a deflated pickle: {name}", checkpoint("x.pt", b"\x80\2" + body + b"."), "list",
              "x.pt")
        stored = b"\x80\2" + body[:4 << 20] + (b"l." if body.endswith(b"l") else b".")
        check(f"a stored pickle: {name}", checkpoint("y.pt", stored, zipfile.ZIP_STORED), "list",
              "y.pt", output=64 << 20)


def npy_header(shape, order="False", pad=0):
    text = f"{{'descr': '<f4', 'fortran_order': {order}, 'shape': {shape}, }}".encode()
    text += b" " * pad + b"\n"
    return b"\x93NUMPY\2\0" + struct.pack("<I", len(text)) + text


def archives():
    with zipfile.ZipFile("headers.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        member = npy_header("(1, 1)", pad=1000000) + bytes(4)
        for i in range(150):
            archive.writestr(f"a{i}.npy", member)
    check("150 headers of a megabyte", "headers.npz", "list", "headers.npz")
    with zipfile.ZipFile("fortran.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("w.npy", npy_header("(1500000, 2)", "True") + bytes(12000000))
    check("Fortran order", "fortran.npz", "weight", "-w", "fortran.npz", "-f", "raw",
          output=12000000, status=0)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for i in range(20000):
            archive.writestr(f"{i}", b"")
    write("many.zip", buffer.getvalue())
    check("a zip of 20,000 members", "many.zip", "list", "many.zip", status=2)


def documents():
    os.mkdir("model")
    header = json.dumps({"wte.weight": tensor([2, 1], 0, 8)}).encode()
    safetensors("model/model.safetensors", header, bytes(8))
    write("model/config.json", b'{"x":[' + b"1," * 5000000 + b'1],"vocab_size":2}')
    check("a long config.json", "model/config.json", "-w", "model", "0")
    write("model.safetensors.index.json", b'{"metadata":{"x":[' + b"1," * 5000000 +
          b'1]},"weight_map":{"a":"b.safetensors"}}')
    check("a long index", "model.safetensors.index.json", "list", "model.safetensors.index.json")
    write("table.json", b"[" + b"[1,2]," * 1000000 + b"[1,2]]")
    check("a table of a million rows", "table.json", "-w", "table.json", "7", status=0)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    safetensors_files()
    pickles()
    archives()
    documents()
    os.chdir("/")
print(f"{total} checks, {failed} failed")
sys.exit(failed > 0 or total == 0)
