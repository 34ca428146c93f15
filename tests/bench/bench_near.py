"""The nearest rows: one query against the memory's own speed, many against a BLAS, and whole runs
against the libraries that people use. For gensim, faiss and NumPy's own OpenBLAS the environment
variable TOKVEC_PEERS names a Python that has them."""
import os
import random
import shutil
import subprocess

from bench_measures import npy_header, sum_program
from measure import ORACLE, compare, job, path, shell, skipped

PEERS = os.environ.get("TOKVEC_PEERS", ORACLE)
LLM, WORDS, DIM, QUERIES = (128256, 4096), 400000, 300, 1000

# The product alone, in blocks of rows: neither loading, nor normalising, nor choosing the best.
PRODUCT = f"""import sys
import numpy
table = numpy.load(sys.argv[1], mmap_mode="r")
queries = table[:{QUERIES} * 101:101].T.copy()
out = numpy.empty((8000, {QUERIES}), numpy.float32)
for row in range(0, {WORDS}, 8000):
    numpy.matmul(table[row:row + 8000], queries, out=out)
"""

# What importing and mapping takes, which is not counted as the product.
IMPORT = f"""import sys
import numpy
table = numpy.load(sys.argv[1], mmap_mode="r")
queries = table[:{QUERIES} * 101:101].T.copy()
"""

GENSIM = """import sys
import numpy
from gensim.models import KeyedVectors
table = numpy.load(sys.argv[1])
vectors = KeyedVectors(table.shape[1])
vectors.vectors = table
vectors.index_to_key = [str(i) for i in range(len(table))]
vectors.key_to_index = {key: i for i, key in enumerate(vectors.index_to_key)}
for i in range(int(sys.argv[2])):
    for key, score in vectors.most_similar(str(101 * i)):
        print(101 * i, key, score)
"""

FAISS = """import sys
import faiss
import numpy
faiss.omp_set_num_threads(int(sys.argv[3]))
table = numpy.load(sys.argv[1])
faiss.normalize_L2(table)
index = faiss.IndexFlatIP(table.shape[1])
index.add(table)
scores, ids = index.search(table[:int(sys.argv[2]) * 101:101], 11)
for i in range(len(ids)):
    for score, key in zip(scores[i], ids[i]):
        if key != 101 * i:
            print(101 * i, key, score)
"""


def peer_has(module):
    return subprocess.run([PEERS, "-c", "import " + module], stderr=subprocess.DEVNULL,
                          check=False).returncode == 0


def script(name, text):
    with open(path(name), "w", encoding="ascii") as file:
        file.write(text)
    return path(name)


def single(count):
    """Libraries of the peers on that many threads."""
    return [f"{name}={count}" for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")]


def one_query(program):
    rows, dim = LLM
    table = path("llm.safetensors")
    subprocess.run([program, "weight", "--seed", "1", "-n", str(rows), "-d", str(dim), "--as",
                    "bfloat16", "-o", table], check=True)
    for threads in ("1", "2"):
        near, bare = compare([program, "near", "-w", table, "1000", "-j", threads],
                             [sum_program(), table, threads], rounds=11, seconds=60)
        yield job(f"near, one query over {rows} x {dim} bfloat16, {threads} thread(s)",
                  near.seconds, bare.seconds, "a sum", 1.5)
    os.remove(table)


def many_queries(program, table):
    ids = [str(101 * i) for i in range(QUERIES)]
    if not peer_has("numpy"):
        yield skipped("near, many queries", "NumPy")
        return
    product, imports = script("product.py", PRODUCT), script("import.py", IMPORT)
    for threads in ("1", "2"):
        python = ["env", *single(threads), PEERS]
        near, whole, before = compare([program, "near", "-w", table, *ids, "-j", threads],
                                      [*python, product, table], [*python, imports, table],
                                      rounds=3, seconds=120)
        yield job(f"near, {QUERIES} queries over {WORDS} x {DIM} float32, {threads} thread(s)",
                  near.seconds, whole.seconds - before.seconds, "NumPy's BLAS, the product", 2)


def from_start(program, table):
    for name, text, counts in (("gensim", GENSIM, (1, 20)), ("faiss", FAISS, (1, QUERIES))):
        if not peer_has(name):
            yield skipped("near, from start to output", name)
            continue
        peer = script(f"peer_{name}.py", text)
        for count in counts:
            ids = [str(101 * i) for i in range(count)]
            near, other = compare([program, "near", "-w", table, *ids, "-j", "2"],
                                  ["env", *single(2), PEERS, peer, table, str(count), "2"],
                                  rounds=3, seconds=120)
            yield job(f"near, from start to output, {count} queries", near.seconds, other.seconds,
                      name, 1)


def fasttext_model(words):
    """A model of the size that fastText makes by default: 2,000,000 n-grams of 100 values."""
    text = path("words.txt")
    syllables = ["ka", "lo", "mi", "ter", "ing", "son", "ra", "de", "un", "pro", "vi", "sta"]
    source = random.Random(1)
    with open(text, "w", encoding="ascii") as file:
        for i in range(words):
            word = "".join(source.choices(syllables, k=source.randint(2, 6)))
            file.write(word + ("\n" if i % 20 == 19 else " "))
    subprocess.run(["fasttext", "skipgram", "-input", text, "-output", path("words"), "-minCount",
                    "1", "-epoch", "1", "-thread", "2"], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    with open(text, encoding="ascii") as file:
        return path("words.bin"), file.read().split()[0]


def cold(program):
    if shutil.which("fasttext") is None:
        yield skipped("near, a word of a fastText model", "fasttext")
        return
    model, word = fasttext_model(100000)
    near, other = compare([program, "near", "-w", model, "--tokens", word],
                          shell(f"echo {word} | fasttext nn {model} 10"), rounds=5, seconds=60)
    yield job("near, a word of a fastText model", near.seconds, other.seconds, "fasttext nn", None,
              at_least=20)
    os.remove(model)


def jobs(program):
    yield from one_query(program)
    yield from cold(program)
    table = path("words.npy")
    with open(table, "wb") as file:
        file.write(npy_header("<f4", WORDS, DIM))
    subprocess.run(shell(f"{program} weight --seed 1 -n {WORDS} -d {DIM} -f raw >> {table}"),
                   check=True)
    yield from many_queries(program, table)
    yield from from_start(program, table)
    os.remove(table)
