#!/usr/bin/env python3
"""The digest of every tensor of every small file here is that of what tokvec weight -f raw prints,
in any number of threads, as stored and converted; and --check finds all lists right.

usage: test_digests.py --program PATH
"""
import argparse
import hashlib
import json
import pathlib
import subprocess
import sys

from every import STEP, every

TESTS = pathlib.Path(__file__).resolve().parents[1] / "data"
FOLDERS = [TESTS.parents[1] / "data", TESTS / "gguf", TESTS / "torch", TESTS / "packed",
           TESTS / "npz", TESTS / "npy", TESTS / "safetensors", TESTS / "fasttext"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = parser.parse_args().program
    failures, seen = [], 0

    def run(*arguments, stdin=b""):
        return subprocess.run([program, *map(str, arguments)], input=stdin, capture_output=True)

    def wrong(*what):
        failures.append(" ".join(map(str, what)))

    def compare(path, tensor, digest, options):
        name = ["-t", tensor]
        raw = run("weight", "-w", path, *name, *options, "-f", "raw")
        if raw.returncode != 0:
            wrong(path, tensor, "has a digest, but", raw.stderr)
        elif hashlib.sha256(raw.stdout).hexdigest() != digest:
            wrong(path, tensor, options, "has the digest", digest)

    def is_small(path):
        """A small file can have a tensor that never ends: of one value, for all its rows."""
        listing = run("list", path, "-f", "json")
        return listing.returncode == 0 and all(
            tensor["bytes"] < 1 << 20 for tensor in json.loads(listing.stdout)["tensors"])

    for folder in FOLDERS:
        for path in filter(is_small, every(sorted(folder.iterdir()))):
            for options in [], ["--as", "bfloat16"]:
                report = run("digest", "--all", path, "-f", "json", *options)
                if report.returncode == 2:
                    continue
                lines = [line for line in json.loads(report.stdout) if line["sha256"]]
                for line in lines[:1 if options else 3]:
                    compare(path, line["tensor"], line["sha256"], options)
                    seen += 1
                text = run("digest", "--all", path, "-j", 1, *options)
                if not options and text.stdout != run("digest", "--all", path, "-j", 8, *options).stdout:
                    wrong(path, "depends on the number of threads")
                if text.stdout.count(b"\n") != len(lines):
                    wrong(path, "has other tensors in text")
                if not lines:
                    continue
                check = run("digest", "--check", stdin=text.stdout)
                if check.returncode != 0 or check.stdout.count(b": OK\n") != len(lines):
                    wrong(path, options, "is not found right:", check.stdout, check.stderr)
    if seen * STEP < 100:
        wrong("only", seen, "tensors were compared")
    for failure in failures:
        print(failure)
    print(f"{seen} tensors compared, {len(failures)} failures")
    sys.exit(bool(failures))


main()
