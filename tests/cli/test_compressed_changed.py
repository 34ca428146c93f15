#!/usr/bin/env python3
"""A compressed file that is written to while it is read gives no row of what was written.

usage: test_compressed_changed.py --program PATH
"""
import argparse
import gzip
import os
import subprocess
import sys
import tempfile

ROWS, ROW = 60000, 9000  # in the same step of unpacking as what ends before it


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = parser.parse_args().program
    text = f"{ROWS} 20\n" + "".join(
        f"w{i} " + " ".join(f"{i % 97}.{j:02}" for j in range(20)) + "\n" for i in range(ROWS))
    # Stored blocks: a change in place is one of the content.
    data = gzip.compress(text.encode(), 0, mtime=0)
    at = data.index(b"\nw%d " % ROW) + len(b"\nw%d " % ROW)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "words.vec.gz")
        with open(path, "wb") as file:
            file.write(data)
        os.utime(path, (1, 1))
        reader = subprocess.Popen([program, "-w", path, "-f", "jsonl"], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        reader.stdin.write(b"3\n")
        reader.stdin.flush()
        first = reader.stdout.readline()
        with open(path, "r+b") as file:
            file.seek(at)
            file.write(b"9")
        rest, message = reader.communicate(b"%d\n" % ROW)
    good = first.startswith(b'{"id": 3,') and rest == b"" and reader.returncode == 2
    if not good or b"changed" not in message:
        print(first, rest, message, reader.returncode)
    sys.exit(not good)


main()
