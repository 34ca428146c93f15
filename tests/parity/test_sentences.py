"""Models that fastText trains here, against what `fasttext print-sentence-vectors` prints of them.

Models of words and supervised ones, with n-grams of letters and of words, quantised and pruned;
sentences of known and unknown words, labels and `</s>`, with all sorts of blanks.
"""
import pathlib
import shutil
import struct
import subprocess

import parity

run = parity.Run(cases=10)
if shutil.which("fasttext") is None:
    parity.skip("fasttext is not installed")

ALPHABETS = ("abcdefgh", "éèàüö", "日本語文", "жзий", "ab'-.", "<>_")
BLANKS = (b" ", b" ", b" ", b" ", b"\t", b"\r", b"\v", b"\f", b"  ")


def random_word(rng):
    alphabet = rng.choice(ALPHABETS) + rng.choice(ALPHABETS)
    return "".join(rng.choice(alphabet) for _ in range(rng.randrange(1, 7)))


def fasttext(*words, stdin=None):
    done = subprocess.run(["fasttext", *map(str, words)], input=stdin, timeout=120,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise RuntimeError(f"fasttext {words}: {done.stderr.decode(errors='replace')}")
    return done.stdout


def train(rng, case):
    """(path, words, labels, whether it is supervised, what it is)"""
    supervised = rng.random() < 0.6
    mark = rng.choice(("__label__", "__label__", "#")) if supervised else ""
    words = [random_word(rng) for _ in range(rng.randrange(20, 300))]
    labels = [f"{mark}{i}" for i in range(4)] if supervised else []
    lines = []
    for at in range(0, 6 * len(words), 8):
        line = [rng.choice(words) for _ in range(8)]
        lines.append(" ".join(([rng.choice(labels)] if labels else []) + line))
    source, model = run.path("text"), run.path(f"model{case}")
    pathlib.Path(source).write_text("\n".join(lines) + "\n", encoding="utf-8")
    low = rng.randrange(1, 4)
    high = rng.choice((0, low + rng.randrange(4)))
    dim = rng.randrange(1, 25)
    options = ["-dim", dim, "-minn", low if high else 0, "-maxn", high, "-minCount", 1, "-thread",
               1, "-bucket", rng.choice((1, 7, 1000, 5000)), "-epoch", 2, "-lr", 0.2, "-seed",
               rng.randrange(99)]
    mode = "supervised" if supervised else rng.choice(("skipgram", "cbow"))
    if supervised:
        options += ["-wordNgrams", rng.randrange(1, 5), "-label", mark]
    suffix = ".bin"
    try:
        fasttext(mode, "-input", source, "-output", model, *options)
        if supervised and rng.random() < 0.5:
            extra = ["-qnorm"] if rng.random() < 0.5 else []
            extra += ["-cutoff", rng.choice((300, 2000))] if rng.random() < 0.6 else []
            fasttext("quantize", "-output", model, "-input", source, "-dsub",
                     rng.randrange(1, dim + 1), *extra)
            suffix = ".ftz"
    except RuntimeError as failed:  # it diverged, or there are too few rows for 256 centroids
        if suffix == ".bin" and not pathlib.Path(model + suffix).exists():
            print(str(failed).strip().split("\n")[-1])
            return train(rng, case)
    return model + suffix, words, labels, supervised, f"{mode}{suffix} {options}"


def random_line(rng, words, labels):
    known = [rng.choice(words) for _ in range(rng.choice((0, 1, 2, 5, 30)))]
    others = [random_word(rng) for _ in range(rng.choice((0, 0, 1, 3)))]
    others += rng.sample(["</s>", "__label__zzz", "zzz", *labels], rng.choice((0, 0, 1, 2)))
    all_words = known + others
    rng.shuffle(all_words)
    line = rng.choice((b"", b"", b" "))
    for word in all_words:
        line += word.encode() + rng.choice(BLANKS)
    return line


def compare(rng, case):
    path, words, labels, supervised, name = train(rng, case)
    text = b"\n".join(random_line(rng, words, labels) for _ in range(60)) + rng.choice((b"", b"\n"))
    if supervised and rng.random() < 0.3:
        text = text.replace(b"\t", b"\0")
    printed = fasttext("print-sentence-vectors", path, stdin=text).decode().splitlines()
    raw = run.output("-w", path, "--bag", "sentence", "-f", "raw", "-j", rng.choice((1, 3)),
                     stdin=text)
    size = len(printed[0].split()) if printed else 1
    values = ["%.5g" % v for v in struct.unpack(f"<{len(raw) // 4}f", raw[:len(raw) // 4 * 4])]
    ours = [values[at:at + size] for at in range(0, len(values), size)]
    run.equal(len(ours), len(printed), f"sentences of {name}")
    for i, (vector, line) in enumerate(zip(ours, printed)):
        run.equal(vector, line.split(), f"sentence {i} of {name}")


for case in range(run.cases):
    compare(run.random, case)
run.end()
