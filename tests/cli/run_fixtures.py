#!/usr/bin/env python3
"""Runs the program over tests/data/ and compares with tests/data/expected/.

usage: run_fixtures.py --program PATH

npy.json, safetensors.json: per file whether it must be read (ok true: the tensors with dtype,
shape and SHA-256 of their values are given), refused (false), or may be either (null).
print.json: tables and lookups with options; NAME.txt holds what PyTorch prints, 2.x where it
differs from 1.13 (a width under an explicit sci_mode).
seed.txt: digests of seeded tables.
"""
import argparse
import hashlib
import json
import pathlib
import subprocess
import sys

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"
EXPECTED = DATA / "expected"
SAFETENSORS_NAMES = {
    "F32": "float32", "F64": "float64", "F16": "float16", "BF16": "bfloat16", "I8": "int8",
    "I16": "int16", "I32": "int32", "I64": "int64", "U8": "uint8", "U16": "uint16",
    "U32": "uint32", "U64": "uint64", "BOOL": "bool", "F8_E4M3": "float8_e4m3fn",
    "F8_E5M2": "float8_e5m2"}


class Checker:
    def __init__(self, program):
        self.program = program
        self.total = self.failed = 0

    def run(self, *words, stdin=b""):
        done = subprocess.run([self.program, *words], input=stdin, timeout=60,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return done.stdout, done.stderr.decode(errors="replace"), done.returncode

    def expect(self, true, case, *details):
        self.total += 1
        if not true:
            self.failed += 1
            print("FAILED:", case, *details)

    def refused(self, case, output, message, status):
        one_line = message.startswith("tokvec: ") and message.count("\n") == 1
        self.expect(status == 2 and output == b"" and one_line, case, status, message)

    # ------------------------------------------------------------ weights files

    def file(self, folder, entry):
        path = str(DATA / folder / entry["file"])
        case = f"{folder}/{entry['file']} ({entry['note']})"
        answer = self.run("list", path, "-f", "json")
        if entry["ok"] is False or (entry["ok"] is None and answer[2] != 0):
            self.refused(case, *answer)
            self.refused(case, *self.run("weight", "-w", path, "-f", "raw"))
            return
        self.expect(answer[2] == 0, case, answer)
        if answer[2] != 0 or "tensors" not in entry:
            return
        listed = {tensor["name"]: tensor for tensor in json.loads(answer[0])["tensors"]}
        self.expect(set(listed) == {tensor["name"] for tensor in entry["tensors"]}, case,
                    list(listed))
        for tensor in entry["tensors"]:
            self.tensor(case, path, tensor, listed.get(tensor["name"], {}))
        chosen = [name for name, tensor in listed.items() if tensor["chosen"]]
        if "embedding" in entry:  # null: no telling which
            self.expect(chosen == [entry["embedding"]] if entry["embedding"] is not None
                        else chosen == [], case, "chose", chosen)

    def tensor(self, case, path, tensor, listed):
        case = f"{case}: {tensor['name']!r}"
        dtype = SAFETENSORS_NAMES.get(tensor["dtype"], tensor["dtype"])
        known = dtype != tensor["dtype"] or tensor["dtype"].islower()
        self.expect(listed.get("shape") == tensor["shape"], case, listed)
        if known:
            self.expect(listed.get("dtype") == dtype, case, listed)
        name = tensor["name"].encode().replace(b"\0", b"\xc0\x80")
        output, message, status = self.run("weight", "-w", path, "-f", "raw", "-t", name)
        if not known or dtype.startswith("complex"):
            self.refused(case, output, message, status)
            return
        self.expect(status == 0 and hashlib.sha256(output).hexdigest() == tensor["sha256"], case,
                    message)

    # ------------------------------------------------------------ text

    def printed(self, entry):
        words, stdin = [], b""
        if "seed" in entry:
            words += ["--seed", str(entry["seed"]), "-n", str(entry["vocab"]), "-d",
                      str(entry["dim"]), "--dtype", entry["dtype"]]
            if entry.get("padding_idx") is not None:
                words += ["--padding-idx", str(entry["padding_idx"])]
        else:
            words += ["-w", str(DATA / "print" / f"{entry['name']}.npy")]
        for name, value in entry["options"].items():
            words += ["--" + name.replace("_", "-"), str(value).lower()]
        if entry["kind"] == "lookup":
            ids = json.dumps(entry["ids"])
            stdin = (ids if ids.startswith("[") else f"tensor({ids})").encode()
        else:
            words.insert(0, "weight")
        output, message, status = self.run(*words, stdin=stdin)
        wanted = (DATA / "print" / f"{entry['name']}.txt").read_bytes()
        if entry["kind"] == "matrix" and entry["dtype"].startswith("float"):
            wanted = b"Parameter containing:\n" + wanted  # made from a bare tensor
        self.expect(output == wanted, entry["name"], entry["options"], message,
                    output.decode(), wanted.decode())

    # ------------------------------------------------------------ seeds

    def seeded(self, line):
        seed, vocab, dim, dtype, padding, digest = line.split()
        words = ["--seed", seed, "-n", vocab, "-d", dim, "--dtype", dtype]
        if padding != "-":
            words += ["--padding-idx", padding]
        output, message, _ = self.run("weight", "-f", "raw", *words)
        size = int(vocab) * int(dim) * (4 if dtype == "float32" else 8)
        self.expect(len(output) == size and hashlib.sha256(output).hexdigest() == digest, line,
                    message)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    checker = Checker(parser.parse_args().program)
    for folder in ("npy", "safetensors"):
        entries = json.loads((EXPECTED / f"{folder}.json").read_text())
        there = {path.name for path in (DATA / folder).iterdir()}
        checker.expect(there >= {entry["file"] for entry in entries}, folder, "lacks files")
        for entry in entries:
            checker.file(folder, entry)
    for entry in json.loads((EXPECTED / "print.json").read_text()):
        checker.printed(entry)
    for line in (EXPECTED / "seed.txt").read_text().splitlines():
        if not line.startswith("#"):
            checker.seeded(line)
    print(f"{checker.total} checks, {checker.failed} failed")
    return checker.failed > 0 or checker.total == 0


sys.exit(main())
