"""Words and labels of spaCy's vectors, against spaCy's own look-ups.

Vocabularies made word by word, whole, pruned, resized, with words that share rows, and as a part of
a pipeline: each word has the row and the vector that Vectors.find gives, each row is labelled by
one of the words that have it, and by nothing if there is none.
"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import parity  # noqa: E402

run = parity.Run(cases=5)
np, spacy = parity.originals("numpy", "spacy")

draw = run.random
ODD = ["number", "root", "agent", "mark", "NOUN", "_", "the", "naïve", "日本", "New York", "a\tb",
       'x"y', "back\\slash", "\u2028", "emoji😀", "\x01ctl", "</s>", "42", "e\u0301", "é"]


def make(kind, folder):
    """The vocabulary, which then is in the folder, and its words."""
    nlp = spacy.blank("en")
    vocab = nlp.vocab
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ODD + list({"".join(draw.choices(letters, k=draw.randrange(1, 30))) for _ in range(800)})
    table = np.random.default_rng(draw.getrandbits(32)).standard_normal((len(words), 4), np.float32)
    vocab.reset_vectors(**({"width": 4} if kind in ("one by one", "resized", "pipeline") else
                           {"shape": (len(words), 4)}))
    for word, vector in zip(words, table):
        vocab.set_vector(word, vector)
    if kind == "resized":
        vocab.vectors.resize((len(words) + 100, 4))
    if kind == "pruned":
        vocab.prune_vectors(200)
    if kind == "shared":
        vocab.strings.add("also")
        vocab.vectors.add("also", row=5)
        words.append("also")
    (nlp if kind == "pipeline" else vocab).to_disk(folder)
    return vocab, words


def lines(*words):
    output = run.output("-f", "jsonl", *words).decode()
    if not output.startswith("{"):
        return [{"id": output, "vector": [], "token": None}]
    return [json.loads(line) for line in output.split("\n")[:-1]]


def compare(kind, number):
    folder = run.path(f"{kind}{number}".replace(" ", "_"))
    vocab, words = make(kind, folder)
    data, find = vocab.vectors.data, vocab.vectors.find
    got = lines("--tokens", "-w", folder, "--", *words)
    wanted = [(find(key=word), data[find(key=word)].tolist()) for word in words]
    run.equal([(g["id"], np.array(g["vector"], np.float32).tolist()) for g in got], wanted,
              f"{kind}: words")
    owners = {}
    for key, row in vocab.vectors.key2row.items():
        owners.setdefault(int(row), set()).add(vocab.strings[key])
    got = lines("-w", folder, f"0:{len(data)}")
    run.equal([g["id"] for g in got if g["token"] not in owners.get(g["id"], {None})], [],
              f"{kind}: labels")
    run.total += len(words) + len(data) - 2


for number in range(run.cases):
    for kind in ("one by one", "whole", "pruned", "resized", "shared", "pipeline"):
        compare(kind, number)
print(f"spaCy {spacy.__version__}")
run.end()
