#!/usr/bin/env python3
"""Writes the small SentencePiece models here by hand, good ones and those in bad/.

The folders llama, pegasus, t5 and xlmr are others': saved by the slow tokenizers of transformers
4.46 with models of sentencepiece 0.2.3; row i of their tables is [i, i / 4].
"""
import pathlib
import struct

HERE = pathlib.Path(__file__).resolve().parent
NORMAL, UNKNOWN, CONTROL, USER, UNUSED, BYTE = range(1, 7)


def varint(n, more=0):
    out = b""
    while n >= 128:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + (bytes([n]) if not more else bytes([n | 128]) + b"\x80" * (more - 1) + b"\x00")


def field(number, value, more=0):
    if isinstance(value, int):
        return varint(number << 3) + varint(value % 2**64)
    if isinstance(value, float):
        return varint(number << 3 | 5) + struct.pack("<f", value)
    return varint(number << 3 | 2) + varint(len(value), more) + value


def piece(text, kind=NORMAL, score=-1.0, more=0):
    text = text.encode() if isinstance(text, str) else text
    inner = field(1, text) + field(2, score) + (field(3, kind) if kind != NORMAL else b"")
    return field(1, inner, more)


BASE = [("<unk>", UNKNOWN), ("<s>", CONTROL), ("</s>", CONTROL), ("\u2581the", NORMAL), ("cat", NORMAL)]


def pieces(*more):
    return b"".join(piece(*p) for p in BASE + list(more))


def trainer(byte_fallback=False):
    return field(2, field(3, 2) + field(4, 12) + field(43, -1) + (field(35, 1) if byte_fallback else b""))


def all_bytes(count=256):
    return [(f"<0x{i:02X}>", BYTE) for i in range(count)]


GROUP = varint(9 << 3 | 3) + field(1, 5) + varint(4 << 3 | 3) + varint(4 << 3 | 4) + varint(9 << 3 | 4)
GOOD = {
    "kinds": pieces(("\u2581", NORMAL), ("zz", UNUSED), ("x y", USER), ("a \u2581b", USER), ("c\u2581d", USER),
                    ("\u2581ctl", CONTROL), (b"\xe3\x81", NORMAL), ("<0x41>", NORMAL), ("odd", 7), ("none", 0)) + trainer(),
    "bytes": pieces(*all_bytes(), ("B", NORMAL)) + trainer(True),
    "spec-first": trainer() + field(3, field(1, b"identity")) + pieces(),
    "only-pieces": pieces(),
    "bare-pieces": field(1, field(1, b"<unk>") + field(3, UNKNOWN)) + field(1, field(1, b"a")) + field(1, field(1, b"b")),
    "unknown-fields": field(77, 3) + field(78, b"xyz") + varint(79 << 3 | 1) + bytes(8) + GROUP + pieces() + field(80, 1.5) + GROUP,
    "long-varint": piece("<unk>", UNKNOWN, more=2) + piece("a", more=3),
    "last-counts": piece("<unk>", UNKNOWN) + field(1, field(3, CONTROL) + field(1, b"old") + field(1, b"new") + field(3, NORMAL)),
    "wrong-types": piece("<unk>", UNKNOWN) + field(1, field(1, 5) + field(1, b"a") + field(3, 1.0)) + field(1, 5),
    "control-and-normal": pieces(("both", NORMAL), ("both", CONTROL)),
    "twice-trained": pieces(*all_bytes()) + trainer(True) + trainer(),
}
BAD = {
    "cut-key": pieces() + b"\x92",
    "cut-piece": pieces()[:-3],
    "cut-trainer": (pieces() + trainer())[:-1],
    "zero-behind": pieces() + b"\0",
    "no-text": pieces() + field(1, field(2, 1.0)),
    "empty-text": pieces(("", NORMAL)),
    "repeated": pieces(("cat", NORMAL)),
    "repeated-user": pieces(("cat", USER)),
    "repeated-control": pieces(("<s>", CONTROL)),
    "no-unknown": piece("a") + piece("b"),
    "two-unknown": pieces(("<unk2>", UNKNOWN)),
    "zero-byte": pieces(("a\0b", NORMAL)),
    "nan-score": pieces(("a", NORMAL, float("nan"))),
    "bytes-alone": pieces(*all_bytes()) + trainer(),
    "byte-and-normal": pieces(*all_bytes(), ("<0x41>", NORMAL)) + trainer(True),
    "byte-missing": pieces(*all_bytes(255)) + trainer(True),
    "byte-in-small": pieces(("<0xab>", BYTE)) + trainer(True),
    "huge-length": pieces() + b"\x12" + varint(2**63 - 1),
    "huge-piece": pieces() + b"\x0a" + varint(2**31) + b"abc",
    "eleven-bytes": pieces() + b"\x18" + b"\x80" * 10 + b"\x01",
    "open-group": pieces() + varint(9 << 3 | 3) + field(1, 5),
    "wrong-group": pieces() + varint(9 << 3 | 3) + varint(8 << 3 | 4),
    "lone-group-end": pieces() + varint(9 << 3 | 4),
    "deep-groups": pieces() + varint(9 << 3 | 3) * 5000 + varint(9 << 3 | 4) * 5000,
    "field-zero": pieces() + b"\x00\x00",
    "wire-type-six": pieces() + b"\x1e\x00",
    "bad-normalizer": pieces() + field(3, b"\x0a\x7f"),
}

(HERE / "bad").mkdir(exist_ok=True)
for name, data in GOOD.items():
    (HERE / f"{name}.model").write_bytes(data)
for name, data in BAD.items():
    (HERE / "bad" / f"{name}.model").write_bytes(data)
