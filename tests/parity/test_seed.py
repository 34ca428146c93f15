"""Seeded tables against torch.manual_seed and torch.nn.Embedding, bit for bit."""
import math

import parity

run = parity.Run(cases=200)
(torch,) = parity.originals("torch")
if "CPU capability usage: AVX2" not in torch.__config__.show():
    parity.skip("this processor does not run PyTorch's AVX2 path, whose bits tokvec has")

SEEDS = (0, 1, 123, -1, 2**32 - 1, 2**32, 2**32 + 123, 2**31, 2**63, 2**64 - 1, -2**63, -2**31)
# Below 16 values, around it, multiples of 16 and not, around a block of 624 words, larger.
SHAPES = ((1, 1), (1, 2), (3, 1), (1, 15), (5, 3), (3, 5), (16, 1), (1, 16), (17, 1), (1, 31),
          (2, 16), (6, 3), (13, 3), (39, 16), (625, 1), (78, 8), (25, 50), (1, 1248), (1000, 257),
          (5003, 16))


def random_shape(rng):
    most = 10 ** rng.uniform(0, 4.7)  # values
    rows = int(10 ** rng.uniform(0, 3.5))
    return max(1, min(rows, int(most))), max(1, int(most / rows))


def few_doubles(n, log_of_complement):
    """Fewer than 16 values of normal_() in float64, from the generator as it stands."""
    uniform = torch.rand((n + 1) // 2 * 2, dtype=torch.float64).tolist()
    values = []
    for u1, u2 in zip(uniform[::2], uniform[1::2]):
        radius = math.sqrt(-2.0 * log_of_complement(u2))
        theta = 2.0 * math.pi * u1
        values += [radius * math.cos(theta), radius * math.sin(theta)]
    return torch.tensor(values[:n], dtype=torch.float64)


def make_layer(seed, shape, dtype, padding):
    """The layer; where PyTorch 1.13 differs from 2.x, with the weight that 2.x gives: 1.13 has
    log(1 - u2) where 2.x has log1p(-u2), which shows in float64 only."""
    torch.manual_seed(seed)
    layer = torch.nn.Embedding(*shape, padding_idx=padding, dtype=getattr(torch, dtype))
    n = shape[0] * shape[1]
    if n >= 16 or dtype != "float64":
        return layer
    ways = []
    for log_of_complement in (lambda u: math.log1p(-u), lambda u: math.log(1.0 - u)):
        torch.manual_seed(seed)
        weight = few_doubles(n, log_of_complement).reshape(shape)
        if padding is not None:
            weight[padding] = 0
        ways.append(weight)
    run.equal(any(torch.equal(layer.weight, way) for way in ways), True,
              f"PyTorch's own values for seed {seed}, {shape}, known in one of two ways")
    return torch.nn.Embedding.from_pretrained(ways[0])


def compare(seed, shape, dtype, padding, rng):
    layer = make_layer(seed, shape, dtype, padding)
    weight = layer.weight.detach()
    options = ["--seed", seed, "-n", shape[0], "-d", shape[1], "--dtype", dtype]
    if padding is not None:
        options += ["--padding-idx", padding]
    got = run.output("weight", "-f", "raw", *options)
    run.equal(got, weight.numpy().tobytes(), options)
    # Single rows are made another way than the whole matrix.
    ids = [rng.randrange(shape[0]) for _ in range(rng.choice((1, 2, 7)))]
    ids += rng.sample((0, shape[0] - 1), rng.randrange(3))
    got = run.output("-f", "raw", *options, *ids)
    run.equal(got, layer(torch.tensor(ids)).detach().numpy().tobytes(), options + ids)


for seed in SEEDS:
    for shape in SHAPES:
        compare(seed, shape, "float32", None, run.random)
for shape in SHAPES:
    compare(run.random.choice(SEEDS), shape, "float64", None, run.random)
    for padding in {0, -1, shape[0] - 1, -shape[0]}:
        compare(123, shape, run.random.choice(("float32", "float64")), padding, run.random)
for _ in range(run.cases):
    shape = random_shape(run.random)
    padding = run.random.choice((None, run.random.randrange(-shape[0], shape[0])))
    compare(run.random.randrange(-2**63, 2**64), shape,
            run.random.choice(("float32", "float32", "float64")), padding, run.random)
run.end()
