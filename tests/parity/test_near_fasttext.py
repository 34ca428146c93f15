"""Neighbours in models that fastText trains here, against what `fasttext nn` and `fasttext analogies`
print: every line, but for the noise of fastText's float32 in the score's last digits, and the order
of rows that it does not tell apart.
"""
import json
import pathlib
import shutil
import subprocess

import parity

run = parity.Run(cases=4)
if shutil.which("fasttext") is None:
    parity.skip("fasttext is not installed")

NOISE = 4e-6  # of sums in float32, in any order, and of six digits
ANALOGY_NOISE = 4e-5  # fastText adds 1e-8 to norms, which are small in models of little training


def train(rng, case):
    words = ["".join(rng.choice("abcdeéжの") for _ in range(rng.randrange(1, 9)))
             for _ in range(rng.choice((30, 300)))]
    text, model = run.path("text"), run.path(f"model{case}")
    lines = [" ".join(rng.choices(words, k=12)) for _ in range(400)] + words
    pathlib.Path(text).write_text("\n".join(lines) + "\n", encoding="utf-8")
    low = rng.randrange(1, 4)
    options = ["-dim", rng.choice((2, 5, 50)), "-minn", low, "-maxn", rng.choice((0, low + 2)),
               "-bucket", rng.choice((50, 2000)), "-minCount", 1, "-thread", 1, "-epoch", 2,
               "-lr", 0.1]
    subprocess.run(["fasttext", "skipgram", "-input", text, "-output", model, *map(str, options)],
                   check=True, capture_output=True)
    return model + ".bin", words, " ".join(map(str, options))


def answers_of(output, prompt, k):
    """[[(word, score)]] of what is printed after each prompt."""
    parts = [part for part in output.decode().split(prompt)[1:] if part.strip()]
    found = [[line.rsplit(" ", 1) for line in part.strip().split("\n") if " " in line]
             for part in parts]
    return [[(word, float(score)) for word, score in part][:k] for part in found]


def nn(model, words, k):
    done = subprocess.run(["fasttext", "nn", model, str(k)], input="\n".join(words).encode() + b"\n",
                          stdout=subprocess.PIPE)
    return answers_of(done.stdout, "Query word? ", k)


def analogies(model, triplets, k):
    """It repeats itself without end at the end of its input, so its output is closed on it."""
    process = subprocess.Popen(["fasttext", "analogies", model, str(k)], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    process.stdin.write(("\n".join(map(" ".join, triplets)) + "\n").encode())
    process.stdin.close()
    output = b"".join(process.stdout.readline() for _ in range(k * len(triplets) + 1))
    process.stdout.close()
    process.wait()
    return answers_of(output, "Query triplet (A - B + C)? ", k)


def ask(model, k, *words, stdin=b""):
    """[[(word, score)]] by query."""
    output, message, status = run.call("near", "-q", "-w", model, "-k", k, "-f", "jsonl", *words,
                                       stdin=stdin)
    run.equal((status, message), (0, ""), f"near {words}")
    found = []
    for line in output.decode().splitlines():
        a = json.loads(line)
        if a["rank"] == 1:
            found.append([])
        found[-1].append((a["token"], a["score"]))
    return found


def same(got, wanted, noise=NOISE):
    """Place by place the same score, and the same word unless its neighbours are as good."""
    if len(got) != len(wanted):
        return False
    near_enough = all(abs(a - b) < noise for (_, a), (_, b) in zip(got, wanted))
    scores = dict(wanted)
    last = wanted[-1][1] if wanted else 0
    return near_enough and all(abs(scores.get(word, last) - score) < noise for word, score in got)


def compare(rng, case):
    model, words, name = train(rng, case)
    k = rng.choice((1, 5, 10, 1000))
    asked = rng.sample(words, 15)
    if "-maxn 0" not in name:
        asked += ["".join(rng.choices("abcdeéж", k=5)) for _ in range(10)] + ["</s>"]
    ours = ask(model, k, stdin="\n".join(asked).encode())
    theirs = nn(model, asked, k)
    run.equal((len(ours), len(theirs)), (len(asked), len(asked)), f"answers of {name}")
    for word, got, wanted in zip(asked, ours, theirs):
        run.equal(same(got, wanted), True, f"'{word}', {k} of {name}: {got[:3]}, {wanted[:3]}")
    k = min(k, 10)
    triplets = [rng.sample(asked, 3) for _ in range(10)]
    theirs = analogies(model, triplets, k)
    run.equal(len(theirs), len(triplets), f"analogies of {name}")
    for (a, b, c), wanted in zip(triplets, theirs):
        got, = ask(model, k, "--tokens", "--plus", a, "--minus", b, "--plus", c) or [[]]
        run.equal(same(got, wanted, ANALOGY_NOISE), True, f"{a} - {b} + {c}, {k} of {name}: {got[:3]}, {wanted[:3]}")


for case in range(run.cases):
    compare(run.random, case)
run.end()
