"""Word vectors by word, against fastText: one word out of a model, and as many as it has.

Makes its own files: a fastText model of 120 MB, and one with 100,000 words beside a .vec file of
170 MB with the same words, which fastText cannot open.
"""
import os
import random
import shutil
import statistics
import struct
import subprocess
import tempfile
import time

from measure import job, skipped

MAGIC, VERSION, SKIPGRAM = 793712314, 12, 2


def floats(rng, count):
    """`count` float32 such as embeddings have; one block of them over and over."""
    block = struct.pack("<4096f", *(rng.gauss(0, 0.3) for _ in range(4096)))
    return (block * (count // 4096 + 1))[:4 * count]


def write_model(path, rng, words, dim, buckets):
    maxn = 6 if buckets else 0
    with open(path, "wb") as file:
        file.write(struct.pack("<2i", MAGIC, VERSION))
        file.write(struct.pack("<12id", dim, 5, 5, 1, 5, 1, 2, SKIPGRAM, buckets, 3 if maxn else 0,
                               maxn, 100, 1e-4))
        file.write(struct.pack("<3i2q", len(words), len(words), 0, len(words), -1))
        for word in words:
            file.write(word.encode() + b"\0" + struct.pack("<qb", 1, 0))
        for rows in (len(words) + buckets, len(words)):
            file.write(struct.pack("<b2q", 0, rows, dim))
            file.write(floats(rng, rows * dim))


def write_vec(path, rng, words, dim):
    numbers = ["%.5g" % rng.gauss(0, 0.3) for _ in range(4099)]
    lines = [" ".join(numbers[at % 4099] for at in range(row, row + dim)) for row in range(997)]
    with open(path, "w", encoding="ascii") as file:
        file.write(f"{len(words)} {dim}\n")
        file.writelines(f"{word} {lines[row % 997]} \n" for row, word in enumerate(words))


def in_turns(source, rounds, *commands):
    """The median seconds of each command, with the file `source` on standard input and a file as
    output. They run in turns."""
    times = [[] for _ in commands]
    with tempfile.NamedTemporaryFile() as out:
        for _ in range(rounds):
            for command, taken in zip(commands, times):
                with open(source, "rb") as words:
                    out.seek(0)
                    out.truncate()
                    begin = time.perf_counter()
                    subprocess.run(command, stdin=words, stdout=out, check=True)
                    taken.append(time.perf_counter() - begin)
                assert os.path.getsize(out.name) > 0
    return [statistics.median(taken) for taken in times]


def row(name, ours, peer, at_least):
    return job(name, ours, peer, "fasttext print-word-vectors", None, at_least=at_least)


def jobs(program):
    if shutil.which("fasttext") is None:
        yield skipped("words out of files of vectors", "fasttext")
        return
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        model = os.path.join(folder, "model.bin")
        words = [f"word{number}" for number in range(20000)]
        write_model(model, rng, words, 300, 60000)
        source = os.path.join(folder, "asked")
        with open(source, "w", encoding="ascii") as file:
            file.write("word15000\n")
        fasttext = ["fasttext", "print-word-vectors", model]
        yield row("one word out of a 120 MB fastText model",
                  *in_turns(source, 9, [program, "-w", model, "--tokens", "-f", "jsonl"], fasttext),
                  30)
        os.remove(model)

        words = [f"word{number}" for number in range(100000)]
        vec = os.path.join(folder, "words.vec")
        write_model(model, rng, words, 200, 0)
        write_vec(vec, rng, words, 200)
        rng.shuffle(words)
        with open(source, "w", encoding="ascii") as file:
            file.write("\n".join(words) + "\n")
        ours = [program, "-w", vec, "--tokens", "-f", "csv"]
        yield row(f"100,000 words out of a {os.path.getsize(vec) / 1e6:.0f} MB .vec file",
                  *in_turns(source, 3, ours, fasttext), 10)


if __name__ == "__main__":
    import sys
    for line in jobs(os.path.abspath(sys.argv[1])):
        print(line)
