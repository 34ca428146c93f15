"""word2vec's binary format, against what was written: files with spaces in words are refused,
files with words of any other bytes are read, and no file is read wrongly.
"""
import struct

import parity

run = parity.Run(cases=60)

ODD = (b"caf\xe9", b"\xff", b"\xc3", b"\x0c", b"\x0cThe", b"\x01", b"\x7f", b"", b"a_b", b"\xe3\x81",
       "naïve_日本".encode(), b'"', b"\xc2\x85", b"a\x1fb", b"\t", b"1", b"</s>", b"0.5", b"###")
DIMS = (4, 5, 8, 16, 50, 300)


def word(rng, longest):
    return bytes(rng.choice(b"abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randint(1, longest)))


def write(path, words, rows, newline):
    with open(path, "wb") as file:
        file.write(b"%d %d\n" % (len(rows), len(rows[0])))
        for name, row in zip(words, rows):
            file.write(name + b" " + struct.pack(f"<{len(row)}f", *row) + newline)


def random_rows(rng, count, dim):
    scale = rng.choice((1, 0.05, 0.001, 100))
    rows = [[rng.gauss(0, scale) for _ in range(dim)] for _ in range(count)]
    if rng.random() < 0.2:
        rows[rng.randrange(count)] = [0.0] * dim
    return rows


for case in range(run.cases):
    rng, path = run.random, run.path("words.bin")
    newline, dim = rng.choice((b"", b"\n")), rng.choice(DIMS)

    words = list(ODD)
    rng.shuffle(words)
    rows = random_rows(rng, len(words), dim)
    write(path, words, rows, newline)
    wanted = b"".join(struct.pack(f"<{dim}f", *row) for row in rows)
    run.equal(run.output("weight", "-w", path, "-f", "raw"), wanted, f"odd words, {dim} values")

    words = [word(rng, 8) for _ in range(rng.randint(2, 8))]
    at = rng.randrange(len(words))
    for _ in range(rng.randint(1, 3)):
        words[at] += b" " + word(rng, 5)
    write(path, words, random_rows(rng, len(words), dim), newline)
    _, message, status = run.call("weight", "-w", path, "-f", "raw")
    run.equal((status, f"word {at} has a space in it" in message), (2, True),
              f"{words}, {dim} values: {message}")

run.end()
