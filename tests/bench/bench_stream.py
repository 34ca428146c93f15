"""Streams: IDs in, rows out."""
import os
import random

from measure import compare, job, path


def write_ids(name, count, rows):
    rng = random.Random(2)
    block = "".join(f"{rng.randrange(rows)}\n" for _ in range(min(count, 100000)))
    with open(path(name), "w", encoding="ascii") as file:
        for _ in range(max(1, count // 100000)):
            file.write(block)
    return path(name)


def jobs(program):
    table = path("stream.npy")
    ids = write_ids("stream.ids", 10**7, 50000)
    compare([program, "weight", "-n", "50000", "-d", "1", "-f", "npy", "-o", table], rounds=1)
    stream, = compare([program, "-w", table, "-i", ids, "-f", "raw", "-j", "1"], rounds=5)
    yield job("10 million IDs to raw, 1 value a row", stream.seconds, os.path.getsize(ids) / 2e8,
              "200 MB/s", 1)

    wide = path("wide.npy")
    compare([program, "weight", "-n", "20000", "-d", "768", "-f", "npy", "-o", wide], rounds=1)
    some = write_ids("some.ids", 20000, 20000)
    text = [program, "-w", wide, "-i", some, "-f", "csv", "-j"]
    one, two = compare([*text, "1"], [*text, "2"], rounds=7)
    yield job("15 million values to csv, 2 threads", two.seconds, one.seconds, "1 thread", None,
              at_least=1.8)
