"""bench_vocabularies.py - opening a vocabulary of 256,000 tokens, the whole program, cold.

usage: bench_vocabularies.py PROGRAM

Each job looks up one row with its label, and one token, with a vocabulary of its own. The peer is
the same row by its ID without a label; the target is what opening may add: 15 ms for the binary and
line kinds, a 500th of a second for each MB of JSON.
"""
import base64
import json
import pathlib
import random
import struct
import sys

import measure

TOKENS, MOST, JSON_PER_S = 256_000, 0.015, 500e6


def words():
    """Distinct words of the lengths that real tokens have, a space before half of them."""
    chance = random.Random(1)
    made = {bytes([i]).decode("latin-1"): None for i in range(33, 127)}
    while len(made) < TOKENS - 300:
        length = min(1 + int(chance.expovariate(1 / 5.5)), 40)
        word = "".join(chance.choice("etaoinshrdlucmfwypvbgkqjxzETAOIN0123456789éя") for _ in range(length))
        made[(" " if chance.random() < 0.5 else "") + word] = None
    return list(made)


def varint(n):
    out = b""
    while n >= 128:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + bytes([n])


def piece(text, score, kind=1):
    text = text.encode()
    inner = b"\x0a" + varint(len(text)) + text + b"\x15" + struct.pack("<f", score) + (b"\x18" + varint(kind) if kind != 1 else b"")
    return b"\x0a" + varint(len(inner)) + inner


def sentencepiece(tokens):
    special = [piece("<unk>", 0, 2), piece("<s>", 0, 3), piece("</s>", 0, 3)]
    return b"".join(special + [piece(t.replace(" ", "\u2581"), -i) for i, t in enumerate(tokens)])


def gguf(tokens):
    def text(t):
        t = t.encode()
        return struct.pack("<Q", len(t)) + t
    stored = [text(t.replace(" ", "Ġ")) for t in tokens]
    pairs = [text("tokenizer.ggml.model") + struct.pack("<I", 8) + text("gpt2"),
             text("tokenizer.ggml.tokens") + struct.pack("<IIQ", 9, 8, len(tokens)) + b"".join(stored)]
    header = b"GGUF" + struct.pack("<IQQ", 3, 1, len(pairs)) + b"".join(pairs)
    header += text("token_embd.weight") + struct.pack("<IQQIQ", 2, 4, len(tokens), 0, 0)
    return header + b"\0" * (-len(header) % 32) + bytes(16 * len(tokens))


def ranks(tokens):
    return b"".join(base64.b64encode(t.encode()) + b" %d\n" % i for i, t in enumerate(tokens))


def tokenizer(tokens):
    stored = [t.replace(" ", "Ġ") for t in tokens]
    merges = [[t[:len(t) // 2], t[len(t) // 2:]] for t in stored if len(t) > 1]
    return json.dumps({
        "version": "1.0", "added_tokens": [{"id": 0, "content": tokens[0], "special": True}],
        "pre_tokenizer": {"type": "ByteLevel"}, "decoder": {"type": "ByteLevel"},
        "model": {"type": "BPE", "vocab": {t: i for i, t in enumerate(stored)}, "merges": merges},
    }, ensure_ascii=False, indent=2).encode()


def vocab(tokens):
    return json.dumps({t.replace(" ", "Ġ"): i for i, t in enumerate(tokens)}, ensure_ascii=False).encode()


def tekken(tokens):
    every = [bytes([i]) for i in range(256)] + [t.encode() for t in tokens if len(t) > 1]
    return json.dumps({
        "config": {"pattern": ".", "num_vocab_tokens": len(every), "default_vocab_size": 100 + len(every),
                   "default_num_special_tokens": 100, "version": "v11"},
        "vocab": [{"rank": i, "token_bytes": base64.b64encode(t).decode(),
                   "token_str": t.decode("utf-8", "replace")} for i, t in enumerate(every)],
        "special_tokens": [{"rank": 0, "token_str": "<unk>", "is_control": True}]}).encode()


KINDS = [("GGUF", "gguf", gguf), ("SentencePiece", "model", sentencepiece), ("tiktoken", "tiktoken", ranks),
         ("tokenizer.json", "json", tokenizer), ("vocab.json", "json", vocab), ("tekken.json", "json", tekken)]


def write_table(path):
    header = ("{'descr': '<f4', 'fortran_order': False, 'shape': (%d, 4), }" % TOKENS).ljust(117) + "\n"
    path.write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + bytes(16 * TOKENS))


def jobs(program):
    folder = pathlib.Path(measure.folder())
    table, tokens = folder / "table.npy", words()
    write_table(table)
    plain = [program, "-q", "-w", str(table), "5", "-f", "jsonl", "--no-labels"]
    for name, suffix, make in KINDS:
        path = folder / f"{name}.{suffix}"
        path.write_bytes(make(tokens))
        size = path.stat().st_size
        extra = size / JSON_PER_S if suffix == "json" else MOST
        start = [program, "-q", "-w", str(table), "--vocab", str(path), "-f", "jsonl"]
        for what, word in (("one label", "5"), ("one token", tokens[TOKENS // 2])):
            peer, ours = measure.compare(plain, start + ["--", word])
            line = measure.job(f"{name}, {TOKENS} tokens, {size / 1e6:.1f} MB: {what}", ours.seconds, peer.seconds,
                               "tokvec by ID, without labels", 1)
            line.update(target=extra, met=ours.seconds - peer.seconds <= extra)
            yield line


if __name__ == "__main__":
    for job in jobs(sys.argv[1]):
        print(f"{job['job']:60} {job['tokvec_s'] * 1e3:7.2f} ms, by ID {job['peer_s'] * 1e3:6.2f} ms, "
              f"may add {job['target'] * 1e3:6.2f} ms: {'met' if job['met'] else 'NOT MET'}")
