"""Seeded tables against numpy.random: default_rng, and seed and RandomState, bit for bit."""
import parity

run = parity.Run(cases=60)
(numpy,) = parity.originals("numpy")
import numpy_draws as draws  # noqa: E402

rng = run.random


def random_shape():
    most = 10 ** rng.uniform(0, 4.5)
    rows = int(10 ** rng.uniform(0, 3.3))
    return max(1, min(rows, int(most))), max(1, int(most / rows))


def compare(options, table):
    options = [*options, *draws.OPTIONS, "-n", table.shape[0], "-d", table.shape[1]]
    got = run.output("weight", "-f", "raw", *options)
    wrong, known = draws.unexplained(got, table)
    run.equal((wrong, len(got)), (0, table.nbytes), options)
    ids = [rng.randrange(table.shape[0]) for _ in range(rng.choice((1, 2, 9)))]
    got = run.output("-f", "raw", *options, *ids)
    if known == 0:
        run.equal(got, table[ids].tobytes(), options + ids)


for _ in range(run.cases):
    seed, text = draws.random_seed(rng, True)
    for init, call in draws.legacy_calls(rng):
        table = call(numpy.random.RandomState(seed), random_shape())
        compare(["--rng", "numpy-legacy", "--seed", text] + (["--init", init] if init else []), table)
    seed, text = draws.random_seed(rng, False)
    for init, dtype, call in draws.default_calls(rng):
        table = call(numpy.random.default_rng(seed), random_shape())
        compare(["--rng", "numpy", "--seed", text, "--dtype", dtype] +
                (["--init", init] if init else []), table)

for seed in range(3):  # what people write
    numpy.random.seed(seed)
    table = numpy.random.randn(50, 7) * 0.01
    compare(["--rng", "numpy-legacy", "--seed", seed, "--times", "0.01"], table)
    compare(["--rng", "numpy-legacy", "--seed", seed, "--times", "0.01", "--as", "float32"],
            table.astype(numpy.float32))
run.end()
