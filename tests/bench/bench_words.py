"""Word vectors by word, against fastText: one word out of a model, and as many as it has.

Makes its own files: a fastText model of 120 MB, and one with 100,000 words beside a .vec file of
170 MB with the same words, which fastText cannot open.
"""
import os
import random
import shutil
import struct
import subprocess
import tempfile
import time

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


def seconds(command, words, times):
    """The best of some runs, each with the words on standard input."""
    best = float("inf")
    for _ in range(times):
        begin = time.perf_counter()
        done = subprocess.run(command, input=words, stdout=subprocess.PIPE)
        best = min(best, time.perf_counter() - begin)
        assert done.returncode == 0 and len(done.stdout) > 0
    return best


def seconds_to_file(command, source, folder, times):
    best = float("inf")
    for _ in range(times):
        with open(source, "rb") as words, open(os.path.join(folder, "out"), "wb") as out:
            begin = time.perf_counter()
            subprocess.run(command, stdin=words, stdout=out, check=True)
            best = min(best, time.perf_counter() - begin)
    return best


def row(job, ours, peer, target):
    return dict(job=job, tokvec_s=ours, peer_s=peer, peer="fasttext print-word-vectors",
                ratio=peer / ours, target=target, met=peer / ours >= target)


def jobs(program):
    if shutil.which("fasttext") is None:
        return
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        model = os.path.join(folder, "model.bin")
        words = [f"word{number}" for number in range(20000)]
        write_model(model, rng, words, 300, 60000)
        word = b"word15000\n"
        yield row("one word out of a 120 MB fastText model",
                  seconds([program, "-w", model, "--tokens", "-f", "jsonl"], word, 20),
                  seconds(["fasttext", "print-word-vectors", model], word, 5), 30)
        os.remove(model)

        words = [f"word{number}" for number in range(100000)]
        vec, source = os.path.join(folder, "words.vec"), os.path.join(folder, "asked")
        write_model(model, rng, words, 200, 0)
        write_vec(vec, rng, words, 200)
        rng.shuffle(words)
        with open(source, "w", encoding="ascii") as file:
            file.write("\n".join(words) + "\n")
        ours = [program, "-w", vec, "--tokens", "-f", "csv"]
        yield row(f"100,000 words out of a {os.path.getsize(vec) / 1e6:.0f} MB .vec file",
                  seconds_to_file(ours, source, folder, 3),
                  seconds_to_file(["fasttext", "print-word-vectors", model], source, folder, 1), 10)


if __name__ == "__main__":
    import sys
    for job in jobs(os.path.abspath(sys.argv[1])):
        print(job)
