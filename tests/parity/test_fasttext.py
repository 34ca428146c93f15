"""Models that fastText trains here, against what `fasttext print-word-vectors` prints of them.

Words of the vocabulary, words outside it, and the .vec file that fastText writes beside a
model; all five digits that fastText prints.
"""
import os
import pathlib
import shutil
import struct
import subprocess

import parity

run = parity.Run(cases=8)
if shutil.which("fasttext") is None:
    parity.skip("fasttext is not installed")

LICENCES = sorted(pathlib.Path("/usr/share/common-licenses").glob("*"))
ALPHABETS = ("abcdefghij", "éèàüöñ", "日本語文字", "жзийкл", "😀🎉🚀", "ab́ç'-.", "<>_")


def random_word(rng):
    alphabet = rng.choice(ALPHABETS) + rng.choice(ALPHABETS)
    return "".join(rng.choice(alphabet) for _ in range(rng.randrange(1, 9)))


def make_text(rng, labelled):
    words = [random_word(rng) for _ in range(rng.randrange(40, 400))]
    for licence in LICENCES[:3]:
        words += licence.read_text(errors="replace").split()[:rng.randrange(1500)]
    rng.shuffle(words)
    lines = []
    for at in range(0, len(words), 12):
        label = f"__label__{rng.randrange(4)} " if labelled else ""
        lines.append(label + " ".join(words[at:at + 12]))
    return "\n".join(lines * 4) + "\n", words


def fasttext(*words, stdin=None):
    done = subprocess.run(["fasttext", *map(str, words)], input=stdin, timeout=120,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise RuntimeError(f"fasttext {words}: {done.stderr.decode(errors='replace')}")
    return done.stdout


def lines_of(output):
    """{word: text of its numbers}; the first of a word counts."""
    found = {}
    for line in output.decode(errors="surrogateescape").split("\n"):
        word, _, numbers = line.partition(" ")
        if numbers:
            found.setdefault(word, numbers.split())
    return found


def five_digits(raw, dim):
    """What C++ prints of float32 with setprecision(5)."""
    values = struct.unpack(f"<{len(raw) // 4}f", raw)
    texts = ["%.5g" % value for value in values]
    return [texts[at:at + dim] for at in range(0, len(texts), dim)]


def train(rng, case):
    mode = rng.choice(("skipgram", "cbow", "supervised"))
    text, words = make_text(rng, mode == "supervised")
    source, model = run.path("text"), run.path(f"model{case}")
    pathlib.Path(source).write_text(text, encoding="utf-8")
    low = rng.randrange(1, 5)
    high = rng.choice((0, low + rng.randrange(4), low + rng.randrange(4)))
    dim = rng.randrange(1, 25)
    options = ["-dim", dim, "-minn", low if high else 0, "-maxn", high, "-bucket",
               rng.choice((1, 7, 1000, 5000)), "-minCount", rng.choice((1, 5)), "-thread", 1,
               "-epoch", rng.choice((0, 1, 2)), "-lr", 0.2, "-seed", rng.randrange(99)]
    try:
        fasttext(mode, "-input", source, "-output", model, *options)
    except RuntimeError as diverged:  # "Encountered NaN"
        print(str(diverged).strip().split("\n")[-1])
        return train(rng, case)
    suffix = ".bin"
    if mode == "supervised" and rng.random() < 0.7:
        options += ["quantize"]
        extra = ["-qnorm"] if rng.random() < 0.5 else []
        extra += ["-dsub", rng.randrange(1, dim + 1)]
        if rng.random() < 0.6:
            extra += ["-cutoff", rng.choice((50, 300, 2000))]
        try:
            fasttext("quantize", "-output", model, "-input", source, *extra)
            suffix = ".ftz"
        except RuntimeError as refused:  # too few rows for 256 centroids
            print(str(refused).strip().split("\n")[-1])
    return model, suffix, dim, words, f"{mode}{suffix} {' '.join(map(str, options))}"


def compare(rng, case):
    model, suffix, dim, words, name = train(rng, case)
    path = model + suffix
    dictionary = fasttext("dump", path, "dict").decode(errors="surrogateescape").split("\n")[1:]
    entries = [line.rsplit(" ", 2) for line in dictionary if line]
    known = [word for word, _, kind in entries if kind == "word"]
    labels = [word for word, _, kind in entries if kind == "label"]
    strangers = [random_word(rng) for _ in range(60)] + ["a", "é", "</s>", "日"] + rng.sample(
        words, 20)
    for label in labels[:2]:
        status = run.call("-w", path, "--tokens", stdin=label.encode())[2]
        run.equal(status, 2, f"label '{label}' of {name}")
    asked = known + strangers
    printed = lines_of(fasttext("print-word-vectors", path,
                                stdin="\n".join(asked).encode(errors="surrogateescape")))
    ours = five_digits(run.output("weight", "-w", path, "-f", "raw"), dim)
    run.equal(len(ours), len(known), f"rows of {name}")
    for word, vector in zip(known, ours):
        run.equal(vector, printed[word], f"'{word}' of {name}")
    tokens = "\n".join(strangers).encode(errors="surrogateescape") + b"\n"
    ours = five_digits(run.output("-w", path, "--tokens", "-f", "raw", stdin=tokens), dim)
    run.equal(len(ours), len(strangers), f"strangers of {name}")
    for word, vector in zip(strangers, ours):
        run.equal(vector, printed[word], f"stranger '{word}' of {name}")
    if suffix == ".bin":
        written = lines_of(pathlib.Path(model + ".vec").read_bytes())
        ours = five_digits(run.output("weight", "-w", model + ".vec", "-f", "raw"), dim)
        for word, vector in zip(known, ours):
            run.equal(vector, written[word], f"'{word}' of the .vec of {name}")


for case in range(run.cases):
    compare(run.random, case)
run.end()
