"""Large seeded tables against numpy.random of NumPy's own wheels, and gensim's vectors if it is there.

Float32 normals of the tail that the C library's log1pf makes other (glibc before 2.41) are counted
apart, each after a check that it is that.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import parity  # noqa: E402

run = parity.Run(cases=10)
(numpy,) = parity.originals("numpy")
import numpy_draws as draws  # noqa: E402

try:
    import gensim
except ImportError:
    gensim = None

rng = run.random
SHAPES = ((1000, 500), (50257, 10), (1, 500000), (500000, 1))
values = log1pf_values = 0


def compare(options, table):
    global values, log1pf_values
    options = [*options, *draws.OPTIONS, "-n", table.shape[0], "-d", table.shape[1]]
    got = run.output("weight", "-f", "raw", "-j", rng.choice((1, 2, 5)), *options)
    wrong, known = draws.unexplained(got, table)
    run.equal(wrong, 0, options)
    values += table.size
    log1pf_values += known


def compare_gensim():
    words = [[f"w{i}" for i in range(2000)]]
    seed = rng.getrandbits(32)
    model = gensim.models.FastText(vector_size=100, seed=seed, min_count=1, bucket=1000)
    model.build_vocab(words)
    for path in ("wv.vectors_vocab", "wv.vectors_ngrams"):
        table = getattr(model.wv, path[3:])
        compare(["--rng", "gensim", "--seed", seed, "--path", path], table)
    tagged = [gensim.models.doc2vec.TaggedDocument(words[0], [i]) for i in range(100)]
    model = gensim.models.Doc2Vec(vector_size=50, seed=seed, min_count=1)
    model.build_vocab(tagged)
    compare(["--rng", "gensim", "--seed", seed, "--path", "dv.vectors"], model.dv.vectors)
    compare(["--rng", "gensim", "--seed", seed, "--path", "wv.vectors"], model.wv.vectors)
    compare(["--rng", "gensim", "--seed", seed], model.wv.vectors)


for _ in range(run.cases):
    shape = rng.choice(SHAPES)
    seed, text = draws.random_seed(rng, True)
    for init, call in draws.legacy_calls(rng):
        compare(["--rng", "numpy-legacy", "--seed", text] + (["--init", init] if init else []),
                call(numpy.random.RandomState(seed), shape))
    seed, text = draws.random_seed(rng, False)
    for init, dtype, call in draws.default_calls(rng):
        compare(["--rng", "numpy", "--seed", text, "--dtype", dtype] +
                (["--init", init] if init else []), call(numpy.random.default_rng(seed), shape))
    if gensim is not None:
        compare_gensim()
print(f"NumPy {numpy.__version__}, gensim {gensim.__version__ if gensim else 'not there'}: "
      f"{values} values, of which {log1pf_values} are other by the C library's log1pf alone")
run.end()
