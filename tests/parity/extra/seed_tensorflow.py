"""TensorFlow's random operations, bit for bit: stateless ones, and those after set_seed.

Cases are seeds, shapes, distributions, and how many operations came before.
"""
import os

import seeded

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
run = seeded.Run(cases=600)
(tf,) = seeded.parity.originals("tensorflow")
print(f"TensorFlow {tf.__version__}", flush=True)

PAIRS = ((0, 0), (0, 7), (7, 0), (-1, 1), (2**31, -2**31), (2**63 - 1, -2**63))
SEEDS = (0, 1, 42, -1, -42, 2**31 - 2, 2**31 - 1, 2**31, 2**32, 2**40 + 5, 2**62 + 2**31,
         2**64 - 1, -2**63)
SHAPES = ((1, 1), (1, 2), (3, 1), (5, 3), (50, 7), (1, 4099), (257, 64), (5003, 17))


def random_call(draw):
    """(operation, its arguments, tokvec's distribution)"""
    a, b = sorted(draw.choice((draw.uniform(-2, 2), 10 ** draw.uniform(-3, 3))) for _ in "ab")
    std = draw.choice((0.02, 1.0, 10 ** draw.uniform(-3, 2)))
    return draw.choice((("normal", {}, None),
                        ("normal", {}, "normal"),
                        ("normal", {"mean": a, "stddev": std}, f"normal:{a!r},{std!r}"),
                        ("truncated_normal", {}, "truncated_normal"),
                        ("truncated_normal", {"mean": a, "stddev": std},
                         f"truncated_normal:{a!r},{std!r}"),
                        ("uniform", {}, "uniform"),
                        ("uniform", {"minval": a, "maxval": b}, f"uniform:{a!r},{b!r}")))


def compare_stateless(pair, shape, draw):
    name, arguments, init = random_call(draw)
    array = getattr(tf.random, "stateless_" + name)(shape, seed=pair, **arguments).numpy()
    options = ["--rng", "tensorflow", "--seed", f"{pair[0]},{pair[1]}"]
    run.table(array, options + (["--init", init] if init else []))


def compare_after_set_seed(seed, shape, call, draw):
    tf.random.set_seed(seed)
    for _ in range(call):
        name, arguments, _ = random_call(draw)
        getattr(tf.random, name)((2, draw.randrange(1, 9)), **arguments)
    name, arguments, init = random_call(draw)
    array = getattr(tf.random, name)(shape, **arguments).numpy()
    options = ["--rng", "tensorflow", "--seed", seed]
    options += ["--call", call] if call or draw.random() < 0.5 else []
    run.table(array, options + (["--init", init] if init else []))


for shape in SHAPES:
    for pair in PAIRS:
        compare_stateless(pair, shape, run.random)
    for seed in SEEDS:
        compare_after_set_seed(seed, shape, 0, run.random)
for _ in range(run.cases // 2):
    shape = seeded.random_shape(run.random)
    compare_stateless((run.random.randrange(-2**63, 2**63), run.random.randrange(-1000, 1000)),
                      shape, run.random)
    compare_after_set_seed(run.random.randrange(-2**31, 2**64), shape,
                           run.random.choice((0, 0, 1, 2, 5, 30, 700)), run.random)
run.end()
