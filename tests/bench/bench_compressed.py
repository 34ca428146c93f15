"""Compressed word vectors, against the tools that unpack them: one word out of a .vec.gz, and out
of a member of a zip archive, each the last one, so that all of it must be gone through.

Makes its own files: a table of 30 MB, compressed.
"""
import gzip
import os
import random
import shutil
import zipfile

from measure import compare, job, path, skipped

WORDS, DIM = 40000, 100


def write_table(name):
    rng = random.Random(3)
    rows = [" ".join(f"{rng.gauss(0, 0.3):.5f}" for _ in range(DIM)) for _ in range(3001)]
    with open(path(name), "w", encoding="ascii") as file:
        file.write(f"{WORDS} {DIM}\n")
        file.writelines(f"w{i} {rows[i % len(rows)]}\n" for i in range(WORDS))
    return path(name)


def against(name, command, peer, target, limit_kb=None):
    if shutil.which(peer[0]) is None:
        return skipped(name, peer[0])
    ours, theirs = compare(command, peer, rounds=5)
    if limit_kb is not None and ours.peak_kb > limit_kb:
        raise RuntimeError(f"{name}: {ours.peak_kb} kB of memory")
    return job(name, ours.seconds, theirs.seconds, peer[0], target)


def jobs(program):
    table = write_table("words.vec")
    with open(table, "rb") as file, gzip.open(table + ".gz", "wb", compresslevel=6) as packed:
        shutil.copyfileobj(file, packed)
    archive = path("words.zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(table, "words.100d.txt")
        packed.writestr("first.vec", "1 2\na 0.5 1.5\n")
    size = os.path.getsize(table) // 1000000
    last = f"w{WORDS - 1}"
    yield against(f"the last word of {size} MB in .vec.gz", [program, "-w", table + ".gz", last],
                  ["zcat", table + ".gz"], 1.1, limit_kb=64000)
    yield against(f"the last word of {size} MB in a zip archive",
                  [program, "-w", archive, "-t", "words.100d.txt", last],
                  ["unzip", "-p", archive, "words.100d.txt"], 1.1, limit_kb=64000)
    first, all_of_it = compare([program, "-w", archive, "-t", "words.100d.txt", "w0"],
                               [program, "-w", archive, "-t", "words.100d.txt", last], rounds=5)
    yield job("the first word in a zip archive", first.seconds, all_of_it.seconds,
              "the last word", 0.2)
