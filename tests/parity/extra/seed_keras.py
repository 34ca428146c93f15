"""Keras's Embedding layers after set_random_seed, bit for bit: on the backend of KERAS_BACKEND.

Cases are seeds, shapes, initializers, and how many layers that take a seed came before.
"""
import os

import seeded

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "jax")
run = seeded.Run(cases=400)
(keras,) = seeded.parity.originals("keras")
BACKEND = keras.backend.backend()
backend = __import__(BACKEND)
print(f"Keras {keras.__version__} on {BACKEND} {backend.__version__}", flush=True)

SEEDS = (0, 1, 42, 123, 2**31 - 1, 2**31, 2**32 - 1)
SHAPES = ((1, 1), (1, 2), (3, 1), (5, 3), (50, 7), (1, 4099), (257, 64), (5003, 17))
EARLIER = (lambda: keras.layers.Embedding(3, 2), lambda: keras.layers.Dense(4),
           lambda: keras.layers.Dropout(0.1))


NAMED = ("glorot_uniform", "he_uniform", "lecun_uniform", "glorot_normal", "he_normal",
         "lecun_normal")


def random_init(draw):
    """(Keras's, tokvec's)"""
    kind = draw.choice(("default", "uniform", "normal", "truncated_normal", "named"))
    a, b = sorted(draw.choice((draw.uniform(-2, 2), 10 ** draw.uniform(-6, 3))) for _ in "ab")
    mean = draw.choice((0.0, a)) if BACKEND == "tensorflow" else 0.0
    std = draw.choice((0.02, 10 ** draw.uniform(-4, 1)))
    if kind == "default":
        return "uniform", None
    if kind == "named":
        name = draw.choice(NAMED)
        return name, name
    if kind == "uniform":
        return keras.initializers.RandomUniform(a, b), f"uniform:{a!r},{b!r}"
    if kind == "normal":
        return keras.initializers.RandomNormal(mean, std), f"normal:{mean!r},{std!r}"
    return (keras.initializers.TruncatedNormal(mean, std), f"truncated_normal:{mean!r},{std!r}")


def compare(seed, shape, call, draw):
    keras.utils.set_random_seed(seed)
    for _ in range(call):
        draw.choice(EARLIER)()
    theirs, ours = random_init(draw)
    layer = keras.layers.Embedding(*shape, embeddings_initializer=theirs)
    layer.build()
    table = keras.ops.convert_to_numpy(layer.embeddings)
    options = ["--rng", f"keras-{BACKEND}", "--seed", seed]
    options += ["--call", call] if call or draw.random() < 0.5 else []
    options += ["--init", ours] if ours is not None else []
    run.table(table, options)


for seed in SEEDS:
    for shape in SHAPES:
        compare(seed, shape, 0, run.random)
for _ in range(run.cases):
    compare(run.random.choice((run.random.randrange(2**32), run.random.randrange(1000))),
            seeded.random_shape(run.random), run.random.choice((0, 0, 1, 2, 5, 30, 700)),
            run.random)
run.end()
