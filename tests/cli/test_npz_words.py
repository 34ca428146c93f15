#!/usr/bin/env python3
"""Words beside the vectors of .npz files stand beside their rows, and CRC-32s are heeded.
SPDX-License-Identifier: MIT"""
import argparse
import io
import pathlib
import struct
import subprocess
import sys
import tempfile
import zipfile

WORDS = ["a", "b\u00e9\U0001f600", "the cat"]


def array(descr, shape, content):
    head = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}".encode()
    head += b" " * (-(len(head) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head + content


def text(words, descr="<U8"):
    size = int(descr[2:])
    if descr[1] == "S":
        content = b"".join(word.encode().ljust(size, b"\0") for word in words)
    else:
        code = "utf-32-be" if descr[0] == ">" else "utf-32-le"
        content = b"".join(word.encode(code).ljust(4 * size, b"\0") for word in words)
    return array(descr, f"({len(words)},)", content)


def vectors(rows=3, start=0):
    return array("<f4", f"({rows}, 2)", struct.pack(f"<{2 * rows}f",
                                                    *range(start, start + 2 * rows)))


class Checker:
    def __init__(self, program, folder):
        self.program, self.path, self.faults = program, folder / "x.npz", 0

    def write(self, members, method=zipfile.ZIP_STORED):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", method) as archive:
            for name, value in members.items():
                archive.writestr(name + ".npy", value)
        self.path.write_bytes(content.getvalue())

    def expect(self, what, arguments, output, message="", status=None):
        done = subprocess.run([self.program, *arguments, "-w", self.path, "-f", "tsv"],
                              capture_output=True, text=True)
        status = (2 if message else 0) if status is None else status
        right = message in done.stderr if message else done.stderr == ""
        if done.returncode != status or not right or (output is not None and done.stdout != output):
            self.faults += 1
            print(f"{what} {arguments}: {done.returncode} {done.stdout!r} {done.stderr!r}")


LABELLED = "id\ttoken\t0\t1\n" + "".join(f"{i}\t{WORDS[i]}\t{2 * i}.0\t{2 * i + 1}.0\n"
                                         for i in range(3))
BARE = "id\t0\t1\n0\t0.0\t1.0\n"


def check_words(c):
    for descr in "<U8", ">U8", "|S12", "<U300":
        for method in zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED:
            for name in "words", "vocab", "tokens", "index", "labels":
                c.write({"vectors": vectors(), name: text(WORDS, descr)}, method)
                c.expect((descr, method, name), ["0", "1", "2"], LABELLED)
                c.expect((descr, method, name), [*WORDS], LABELLED)
                c.expect((descr, method, name), ["no"], "",
                         "the vocabulary does not have the token 'no'")
    c.write({"vectors": vectors(), "labels": text(["x", "x", "y"]), "words": text(WORDS)})
    c.expect("two lists", [*WORDS], LABELLED)


def check_others(c):
    """What cannot be the rows' words is left alone."""
    for name, value in (("words", text(WORDS[:2])), ("names", text(WORDS)),
                        ("words", array("<c8", "(3,)", bytes(24))),
                        ("words", array("|O", "(3,)", b"\x80\x04N.")),
                        ("words", array("<U0", "(3,)", b"")),
                        ("words", array("<U1", "(3, 1)", b"a\0\0\0" * 3)),
                        ("words", array("<U1", "(3,)", b"a\0\0\0" * 2))):
        c.write({"vectors": vectors(), name: value})
        c.expect(name, ["0"], BARE)
        c.expect(name, ["a"], "", "is not an integer")
    c.write({"one": vectors(), "two": vectors(start=4), "words": text(WORDS)})
    c.expect("two matrices", ["-t", "one", "0"], BARE)
    c.write({"words": text(WORDS)})
    c.expect("no vectors", ["0"], "", "elements of type str")
    c.write({"vectors": vectors(), "words": array("<U1", "(3,)", b"\0\0\x11\0" * 3)})
    c.expect("no character", ["0"], None, "not a Unicode character")
    c.write({"vectors": vectors(), "words": text(WORDS, "<U20000")})
    c.expect("too long", ["0"], BARE, "no labels", status=0)


def check_crc(c):
    """Small members are checked at once, large ones when all of their rows are read."""
    for rows, one in (3, 2), (200000, 0):
        c.write({"vectors": vectors(rows)})
        content = bytearray(c.path.read_bytes())
        content[content.rindex(b"\n") + 9 if rows == 3 else 800000] ^= 1
        c.path.write_bytes(content)
        c.expect(f"one of {rows}", ["0"], None if one else BARE, "CRC-32" if one else "")
        c.expect(f"all of {rows}", ["weight"], None, "CRC-32")
        c.expect(f"all of {rows}", ["weight", "-j", "1"], None, "CRC-32")
    c.write({"vectors": vectors(), "words": text(WORDS)})
    content = bytearray(c.path.read_bytes())
    content[content.index("the cat".encode("utf-32-le"))] ^= 1
    c.path.write_bytes(content)
    c.expect("words", ["a"], "", "CRC-32")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = str(pathlib.Path(parser.parse_args().program).resolve())
    with tempfile.TemporaryDirectory() as name:
        c = Checker(program, pathlib.Path(name))
        for check in check_words, check_others, check_crc:
            check(c)
    return c.faults > 0


if __name__ == "__main__":
    sys.exit(main())
