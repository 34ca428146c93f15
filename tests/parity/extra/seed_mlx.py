"""MLX's tables on a Linux CPU after mx.random.seed, bit for bit.

Cases are seeds, shapes, distributions, dtypes, and how many draws came before.
"""
import seeded

run = seeded.Run(cases=600)
np, mlx = seeded.parity.originals("numpy", "mlx")
import mlx.core as mx  # noqa: E402
import mlx.nn as nn  # noqa: E402

mx.set_default_device(mx.cpu)
print(f"MLX {mx.__version__}", flush=True)

SEEDS = (0, 1, 42, 2**31, 2**32 - 1, 2**32, 2**40 + 5, 2**63, 2**64 - 1)
SHAPES = ((1, 1), (1, 2), (3, 1), (5, 3), (50, 7), (1, 4099), (257, 64), (5003, 17))
DTYPES = ("float32", "float16", "bfloat16")


def bits(array):
    return np.array(array.view(mx.uint16) if array.dtype == mx.bfloat16 else array)


def draw_one(shape, draw):
    """(MLX's array, tokvec's options)"""
    kind = draw.choice(("layer", "normal", "scaled", "uniform", "between"))
    if kind == "layer":
        return nn.Embedding(*shape).weight, []
    name = draw.choice(DTYPES)
    options = ["--dtype", name]
    dtype = getattr(mx, name)
    a, b = sorted(draw.choice((draw.uniform(-2, 2), 10 ** draw.uniform(-3, 3))) for _ in "ab")
    std = draw.choice((0.02, 0.0, 10 ** draw.uniform(-6, 2)))
    if kind == "normal":
        return mx.random.normal(shape, dtype=dtype), options + ["--init", "normal"]
    if kind == "scaled":
        loc = draw.choice((0.0, a))
        mean = {"loc": loc} if loc != 0.0 else {}
        return (mx.random.normal(shape, dtype=dtype, scale=std, **mean),
                options + ["--init", f"normal:{loc!r},{std!r}"])
    if kind == "uniform":
        return mx.random.uniform(shape=shape, dtype=dtype), options + ["--init", "uniform"]
    return (mx.random.uniform(a, b, shape, dtype=dtype),
            options + ["--init", f"uniform:{a!r},{b!r}"])


def compare(seed, shape, call, draw):
    mx.random.seed(seed)
    for _ in range(call):
        draw_one((draw.randrange(1, 5), draw.randrange(1, 5)), draw)
    array, options = draw_one(shape, draw)
    options += ["--call", call] if call or draw.random() < 0.5 else []
    run.table(bits(array), ["--rng", "mlx", "--seed", seed, *options])


for seed in SEEDS:
    for shape in SHAPES:
        compare(seed, shape, 0, run.random)
for _ in range(run.cases):
    compare(run.random.randrange(2**64), seeded.random_shape(run.random),
            run.random.choice((0, 0, 1, 2, 5, 30, 700)), run.random)
run.end()
