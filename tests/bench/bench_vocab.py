#!/usr/bin/env python3
"""Measures what a vocabulary of 150,000 tokens adds to a lookup.

usage: bench_vocab.py PROGRAM

Each job runs the program with the vocabulary and, as its peer, the same lookup by ID without it;
the times are the best of several. "target" is what may be added, in seconds.
"""
import json
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import time

TOKENS, ROUNDS = 150_000, 15
ADDED_MAX, NOTHING = 0.060, 0.002
MANY, EACH = 20_000, 2e-6  # tokens looked up in one run, and what each may add


def words():
    """Distinct byte-level tokens of the lengths that real ones have."""
    chance = random.Random(1)
    made = {}
    while len(made) < TOKENS:
        length = min(1 + int(chance.expovariate(1 / 5.5)), 40)
        word = "".join(chance.choice("etaoinshrdlucmfwypvbgkqjxzETAOIN0123456789") for _ in range(length))
        made[("Ġ" if chance.random() < 0.5 else "") + word] = None
    return list(made)


def write_tokenizer(path, tokens):
    merges = [[t[:len(t) // 2], t[len(t) // 2:]] for t in tokens]
    path.write_text(json.dumps({
        "version": "1.0", "truncation": None,
        "added_tokens": [{"id": TOKENS + i, "content": f"<|special_{i}|>", "special": True} for i in range(100)],
        "pre_tokenizer": {"type": "ByteLevel"}, "decoder": {"type": "ByteLevel"},
        "model": {"type": "BPE", "vocab": {t: i for i, t in enumerate(tokens)}, "merges": merges},
    }, ensure_ascii=False, indent=2), encoding="utf-8")


def write_gguf(path, tokens, dim=8):
    def text(t):
        t = t.encode()
        return struct.pack("<Q", len(t)) + t
    pairs = [text("tokenizer.ggml.model") + struct.pack("<I", 8) + text("gpt2"),
             text("tokenizer.ggml.tokens") + struct.pack("<IIQ", 9, 8, len(tokens)) + b"".join(map(text, tokens))]
    header = b"GGUF" + struct.pack("<IQQ", 3, 1, len(pairs)) + b"".join(pairs)
    header += text("token_embd.weight") + struct.pack("<IQQIQ", 2, dim, len(tokens), 0, 0)
    path.write_bytes(header + b"\0" * (-len(header) % 32) + bytes(4 * dim * len(tokens)))


def best(command, text=None):
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run(command, input=text, stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    return min(times)


def jobs(program):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        tokens = words()
        tokenizer, gguf = folder / "tokenizer.json", folder / "model.gguf"
        write_tokenizer(tokenizer, tokens)
        write_gguf(gguf, tokens)
        shown = [t.replace("Ġ", " ") for t in tokens]
        some = random.Random(2).choices(range(TOKENS), k=MANY)
        ids, lines = "\n".join(map(str, some)).encode(), "\n".join(shown[i] for i in some).encode()
        for name, table in (("tokenizer.json", ["-n", str(TOKENS), "-d", "8", "--vocab", str(tokenizer)]),
                            ("GGUF", ["-w", str(gguf)])):
            plain = [program] + (table[:4] if name != "GGUF" else table)
            named = [program] + table
            last = str(TOKENS - 1)
            for job, command, text, peer_command, peer_text, target in (
                    ("not used", named + [last], None, plain + [last], None, NOTHING),
                    ("one label", named + [last, "-f", "jsonl"], None,
                     plain + [last, "-f", "jsonl", "--no-labels"], None, ADDED_MAX),
                    ("one token", named + [shown[-1]], None, plain + [last], None, ADDED_MAX),
                    ("one token and its label", named + [shown[-1], "-f", "csv"], None,
                     plain + [last, "-f", "csv", "--no-labels"], None, ADDED_MAX),
                    (f"{MANY} tokens and labels", named + ["--tokens", "-f", "csv"], lines,
                     plain + ["-f", "csv", "--no-labels"], ids, ADDED_MAX + MANY * EACH)):
                ours, peer = best(command, text), best(peer_command, peer_text)
                yield {"job": f"{name}, {TOKENS} tokens: {job}", "tokvec_s": ours, "peer_s": peer,
                       "peer": "tokvec by ID, without labels", "ratio": ours / peer, "target": target,
                       "met": ours - peer <= target}


if __name__ == "__main__":
    for job in jobs(sys.argv[1]):
        print(f"{job['job']:60} {job['tokvec_s'] * 1e3:8.2f} ms, by ID {job['peer_s'] * 1e3:8.2f} ms: "
              f"{'met' if job['met'] else 'NOT MET'}")
