"""Neighbours and analogies in random tables, against gensim's KeyedVectors.most_similar.

Place by place the same score within the noise of gensim's float32, and the same word unless another
one is as good.
"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import parity  # noqa: E402

run = parity.Run(cases=200)
np, gensim = parity.originals("numpy", "gensim")
from gensim.models import KeyedVectors  # noqa: E402

NOISE = 2e-6


def random_vectors(rng, draw):
    rows, dim = draw.choice((20, 300, 5000)), draw.choice((2, 8, 50, 300))
    table = (rng.standard_normal((rows, dim)) + draw.choice((0, 0, 1))).astype(np.float32)
    for _ in range(5):
        table[draw.randrange(rows)] = table[draw.randrange(rows)] * draw.choice((1, 2, -1))
    kv = KeyedVectors(dim)
    kv.add_vectors([f"w{i}" for i in range(rows)], table)
    return kv


def same(got, wanted):
    if len(got) != len(wanted):
        return False
    scores = dict(wanted)
    last = wanted[-1][1] if wanted else 0
    return (all(abs(a - b) < NOISE for (_, a), (_, b) in zip(got, wanted)) and
            all(abs(scores.get(word, last) - score) < NOISE for word, score in got))


def ask(path, k, words, stdin=b""):
    """{query: [(word, score)]}"""
    output = run.output("near", "-q", "-w", path, "-k", k, "-f", "jsonl", *words, stdin=stdin)
    found = {}
    for line in output.decode().splitlines():
        a = json.loads(line) if line.startswith("{") else {"query": line, "token": "", "score": 0}
        found.setdefault(a["query"], []).append((a["token"], a["score"]))
    return found


def compare(number):
    draw = run.random
    kv = random_vectors(np.random.default_rng(draw.getrandbits(32)), draw)
    path, binary = run.path("table"), draw.random() < 0.5
    kv.save_word2vec_format(path, binary=binary)
    kv = KeyedVectors.load_word2vec_format(path, binary=binary)
    k, first = draw.choice((1, 10, 40)), draw.choice((None, None, len(kv) // 2))
    options = [] if first is None else ["--first", first]
    case = f"case {number}: {kv.vectors.shape}, {k} of {first}"

    words = [f"w{draw.randrange(len(kv))}" for _ in range(draw.choice((1, 3, 20)))]
    found = ask(path, k, [*options, *words] if draw.random() < 0.5 else options,
                stdin="\n".join(words).encode())
    for word in dict.fromkeys(words):
        wanted = kv.most_similar(word, topn=k, restrict_vocab=first)
        got = found.get(word, [])[:len(wanted)]
        run.equal(same(got, wanted), True, f"{case}, {word}: {got[:3]}, {wanted[:3]}")

    plus = [f"w{draw.randrange(len(kv))}" for _ in range(draw.randrange(1, 4))]
    minus = [f"w{draw.randrange(len(kv))}" for _ in range(draw.randrange(3))]
    unit = kv.get_normed_vectors()
    total = sum(unit[kv.get_index(word)] * sign
                for words, sign in ((plus, 1), (minus, -1)) for word in words)
    if np.abs(total).max() < 1e-3:
        return  # zero, which is an error, or what rounding leaves of it
    terms = [t for word in plus for t in ("--plus", word)]
    terms += [t for word in minus for t in ("--minus", word)]
    got, = ask(path, k, [*options, *terms]).values() or [[]]
    wanted = kv.most_similar(plus, minus, topn=k, restrict_vocab=first)
    run.equal(same(got, wanted), True, f"{case}, {plus} - {minus}: {got[:3]}, {wanted[:3]}")

    vector = kv[plus[0]] * np.float32(3)
    text = " ".join(map(str, vector.tolist())) + "\n"
    got = ask(path, k, [*options, "--vectors"], stdin=text.encode()).get("0", [])
    wanted = kv.similar_by_vector(vector, topn=k, restrict_vocab=first)
    run.equal(same(got, wanted), True, f"{case}, vector: {got[:3]}, {wanted[:3]}")


print("gensim", gensim.__version__, "numpy", np.__version__)
for number in range(run.cases):
    compare(number)
run.end()
