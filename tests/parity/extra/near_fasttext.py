"""Neighbours and analogies in models trained here, against the fasttext module of Python, whose
scores are not shortened: get_nearest_neighbors and get_analogies."""
import json
import os
import pathlib
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import parity  # noqa: E402

run = parity.Run(cases=30)
fasttext, = parity.originals("fasttext")

NOISE = 3e-6          # of sums in float32
ANALOGY_NOISE = 4e-5  # fastText adds 1e-8 to norms, which are small in models of little training


def train_model(rng, text):
    low = rng.randrange(1, 4)
    return fasttext.train_unsupervised(
        text, model=rng.choice(("skipgram", "cbow")), dim=rng.choice((2, 5, 50, 300)), minn=low,
        maxn=rng.choice((0, low + 2)), bucket=rng.choice((50, 2000)), minCount=1, epoch=3,
        thread=1, lr=0.05, verbose=0)


def train(rng, case):
    words = ["".join(rng.choice("abcdeéжの") for _ in range(rng.randrange(1, 9)))
             for _ in range(rng.choice((30, 1000)))]
    text, path = run.path("text"), run.path(f"model{case}.bin")
    lines = [" ".join(rng.choices(words, k=12)) for _ in range(400)] + words
    pathlib.Path(text).write_text("\n".join(lines) + "\n", encoding="utf-8")
    try:
        model = train_model(rng, text)
    except RuntimeError as diverged:  # "Encountered NaN"
        print(diverged)
        return train(rng, case)
    norms = [float((model.get_word_vector(word).astype("f8") ** 2).sum()) ** 0.5 for word in words]
    if min(norms) < 1e-6 or max(norms) > 1e6:  # on the way there: squares leave float32
        return train(rng, case)
    model.save_model(path)
    return model, path, words


def ask(path, k, *words, stdin=b""):
    output = run.output("near", "-q", "-w", path, "-k", k, "-f", "jsonl", *words, stdin=stdin)
    found = []
    for line in output.decode().splitlines():
        a = json.loads(line) if line.startswith("{") else {"token": line, "score": 0, "rank": 1}
        if a["rank"] == 1:
            found.append([])
        found[-1].append((a["score"], a["token"]))
    return found


def same(got, wanted, noise):
    if len(got) != len(wanted):
        return False
    scores = {word: score for score, word in wanted}
    last = wanted[-1][0] if wanted else 0
    return (all(abs(a - b) < noise for (a, _), (b, _) in zip(got, wanted)) and
            all(abs(scores.get(word, last) - score) < noise for score, word in got))


def compare(case):
    rng = run.random
    model, path, words = train(rng, case)
    k = rng.choice((1, 10, 50))
    asked = rng.sample(words, 20)
    if model.f.getArgs().maxn > 0:
        asked += ["".join(rng.choices("abcdeéж", k=6)) for _ in range(10)]
    ours = ask(path, k, stdin="\n".join(asked).encode())
    run.equal(len(ours), len(asked), f"answers of model {case}")
    for word, got in zip(asked, ours):
        wanted = model.get_nearest_neighbors(word, k)
        run.equal(same(got, wanted, NOISE), True, f"'{word}': {got[:3]}, {wanted[:3]}")
    for _ in range(10):
        a, b, c = rng.sample(asked, 3)
        got, = ask(path, k, "--tokens", "--plus", a, "--minus", b, "--plus", c) or [[]]
        wanted = model.get_analogies(a, b, c, k)
        run.equal(same(got, wanted, ANALOGY_NOISE), True,
                  f"{a} - {b} + {c}: {got[:3]}, {wanted[:3]}")


for case in range(run.cases):
    compare(case)
run.end()
