"""Measures the tables of other distributions and generators: PyTorch's against its own normal,
NumPy's and JAX's against the originals. For NumPy and JAX the environment variables TOKVEC_NUMPY
and TOKVEC_JAX name a Python that has them.
"""
import os
import statistics
import subprocess
import time

from measure import ORACLE, compare, empty_program, job, path, skipped

SIZE = (65536, 1024)
ROUNDS = int(os.environ.get("TOKVEC_ROUNDS", 7))
NUMPY = os.environ.get("TOKVEC_NUMPY", ORACLE)
JAX = os.environ.get("TOKVEC_JAX")

# What the program at d2d74ba took for float32 normal is to be compared with where it can be: the
# environment variable TOKVEC_BEFORE names it; otherwise the program is compared with itself.
BEFORE = os.environ.get("TOKVEC_BEFORE")

TIMED = """import sys, time
{setup}
best = []
for _ in range(3):
    start = time.perf_counter()
    {work}
    best.append(time.perf_counter() - start)
print(min(best))
"""

TORCH_LOOP = """import time, torch
torch.set_num_threads(1)
start = time.perf_counter()
for seed in range(20000):
    torch.manual_seed(seed)
    torch.randn(16)[0]
print((time.perf_counter() - start) / 20000)
"""

# The table in tokvec's options, and in NumPy.
NUMPY_TABLES = [
    (["numpy"], "numpy.random.default_rng(1).standard_normal(({v}, {d}))"),
    (["numpy", "--dtype", "float32"],
     "numpy.random.default_rng(1).standard_normal(({v}, {d}), dtype=numpy.float32)"),
    (["numpy", "--init", "normal:0,0.02"],
     "numpy.random.default_rng(1).normal(0, 0.02, ({v}, {d}))"),
    (["numpy", "--init", "random"], "numpy.random.default_rng(1).random(({v}, {d}))"),
    (["numpy", "--init", "random", "--dtype", "float32"],
     "numpy.random.default_rng(1).random(({v}, {d}), dtype=numpy.float32)"),
    (["numpy", "--init", "uniform:-0.1,0.1"],
     "numpy.random.default_rng(1).uniform(-0.1, 0.1, ({v}, {d}))"),
    (["numpy-legacy", "--init", "randn"], "numpy.random.RandomState(1).randn({v}, {d})"),
    (["numpy-legacy", "--init", "rand"], "numpy.random.RandomState(1).rand({v}, {d})"),
]

JAX_SETUP = """import os
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen={eigen}"
import jax
jax.config.update("jax_enable_x64", {x64})
key = jax.random.key(1)
draw = jax.jit(lambda k: jax.random.{name}(k, ({v}, {d}), "{dtype}"))
draw(key).block_until_ready()
"""


def table(*options, threads=1, shape=SIZE):
    return ["weight", "--seed", "1", "-n", str(shape[0]), "-d", str(shape[1]), *options, "-f",
            "raw", "-j", str(threads)]


def seconds_of(command):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def in_turns(mine, python, setup, work, environment=None):
    """Medians of the program's whole run, and of the work alone in Python."""
    script = TIMED.format(setup=setup, work=work)
    before = [] if environment is None else environment
    clean = ["env", "-u", "OPENBLAS_CORETYPE", "-u", "OPENBLAS_L2_SIZE", *before]
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(seconds_of(mine))
        printed = subprocess.run([*clean, python, "-c", script], stdout=subprocess.PIPE, text=True,
                                 check=True).stdout
        theirs.append(float(printed))
    return statistics.median(ours), statistics.median(theirs)


def torch_distributions(program):
    reference = [BEFORE or program, *table("--dtype", "float32")]
    name = "normal at d2d74ba" if BEFORE else "normal"
    inits = ["normal", "normal:0,0.02", "uniform", "uniform:-0.1,0.1", "xavier_normal",
             "xavier_uniform", "kaiming_normal", "kaiming_uniform", "zeros", "constant:0.5", "eye"]
    for init in inits:
        mine, normal = compare([program, *table("--init", init)], reference)
        yield job(f"torch, --init {init}, float32", mine.seconds, normal.seconds, name, 1.03)
    for dtype in ("bfloat16", "float16"):
        mine, normal = compare([program, *table("--dtype", dtype)], [program, *table()])
        yield job(f"torch, {dtype}", mine.seconds, normal.seconds, "float32", 1.03)
    mine, normal = compare([program, *table("--init", "trunc_normal")], [program, *table()])
    yield job("torch, --init trunc_normal, float32", mine.seconds, normal.seconds, "normal", 6)


def has(python, module):
    return python is not None and subprocess.run(
        [python, "-c", "import " + module], stderr=subprocess.DEVNULL, check=False).returncode == 0


def numpy_tables(program):
    if not has(NUMPY, "numpy"):
        yield skipped("NumPy's tables", "NumPy")
        return
    for options, python in NUMPY_TABLES:
        work = python.format(v=SIZE[0], d=SIZE[1])
        ours, theirs = in_turns([program, *table("--rng", *options)], NUMPY, "import numpy", work)
        yield job("--rng " + " ".join(options), ours, theirs, work.replace("numpy.random.", ""),
                  None, at_least=2)


def jax_tables(program):
    if not has(JAX, "jax"):
        yield skipped("JAX's tables", "JAX")
        return
    for threads in (1, 2):
        for dtype in ("float32", "bfloat16", "float64"):
            setup = JAX_SETUP.format(eigen=str(threads > 1).lower(), x64=dtype == "float64",
                                     name="normal", v=SIZE[0], d=SIZE[1], dtype=dtype)
            mine = [program, *table("--rng", "jax", "--dtype", dtype, threads=threads)]
            bound = ["taskset", "-c", "0"] if threads == 1 else []
            ours, theirs = in_turns(mine, JAX, setup, "draw(key).block_until_ready()", bound)
            yield job(f"--rng jax --dtype {dtype}, {threads} thread(s)", ours, theirs,
                      "jit(jax.random.normal)", None, at_least=1)


def single_rows(program):
    """Rows of a table of 2 GB, made by themselves, against the start of a program."""
    shape = (128256, 4096)
    ways = [[], ["--dtype", "bfloat16"], ["--init", "xavier_uniform"],
            ["--rng", "numpy", "--init", "random"], ["--rng", "numpy-legacy", "--init", "rand"],
            ["--rng", "gensim"], ["--rng", "jax"], ["--rng", "jax-original"], ["--rng", "flax"],
            ["--rng", "nnx"], ["--rng", "keras-jax"], ["--rng", "keras-tensorflow"],
            ["--rng", "mlx"]]
    size = ["--seed", "1", "-n", str(shape[0]), "-d", str(shape[1])]
    for options in ways:
        mine, empty = compare([program, *size, *options, "-f", "raw", "100000"], [empty_program()],
                              rounds=25)
        yield job("a row of 128256 x 4096, " + (" ".join(options) or "torch"), mine.seconds,
                  empty.seconds, "an empty program", 2)


def whence(program):
    """Seeds that are tried, against a loop in Python; and all 2^32, from 2^28."""
    table = path("whence.npy")
    shape = ["-n", "1000", "-d", "64"]
    subprocess.run([program, "weight", "--rng", "numpy", "--seed", str(1 << 40), *shape, "--as",
                    "float32", "-o", table], check=True)
    near, far = 1 << 23, 1 << 27  # so many that only the first values of the table are tried
    search = [program, "whence", "-q", "--rng", "torch", "--init", "normal", table]
    times = [[], [], []]
    for _ in range(ROUNDS):
        for seeds, took in ((near, times[0]), (far, times[1])):
            start = time.perf_counter()
            subprocess.run([*search, "--seeds", f"0:{seeds}"], check=False)
            took.append(time.perf_counter() - start)
        printed = subprocess.run([ORACLE, "-c", TORCH_LOOP], stdout=subprocess.PIPE, text=True,
                                 check=True).stdout
        times[2].append(float(printed))
    few, many, loop = map(statistics.median, times)
    seed = (many - few) / (far - near)
    yield job("whence, a seed of PyTorch, 2 threads", 1e9 * seed, 1e9 * loop,
              "torch.manual_seed, randn(16)", None, at_least=100, unit="ns")
    yield job("whence, 2^32 seeds of PyTorch, by these", (1 << 32) * seed, 600, "limit", 1)


def jobs(program):
    yield from torch_distributions(program)
    yield from whence(program)
    yield from numpy_tables(program)
    yield from jax_tables(program)
    yield from single_rows(program)
