"""trunc_normal_ of PyTorch's releases before 2.12: bfloat16 bit for bit; float32 and float64, whose
erfinv is rounded correctly by tokvec only, within some units in the last place of it."""
import math
import warnings

import parity

run = parity.Run(cases=120)
(torch,) = parity.originals("torch")
RELEASE = tuple(map(int, torch.__version__.split(".")[:2]))
if RELEASE >= (2, 12):
    parity.skip("this PyTorch makes trunc_normal_ by the later rule")
warnings.simplefilter("ignore")
DIGITS = {"float32": 24, "float64": 53}


def random_parameters(rng):
    mean, std = rng.choice((0.0, 0.5, rng.gauss(0, 3))), rng.choice((1.0, 0.02, 10 ** rng.gauss(0, 1)))
    low = mean + std * rng.uniform(-4, 2)
    high = low + std * rng.uniform(0, 5)
    return (mean, std) + rng.choice(((low, high), (low, high), (-2.0, 2.0), (-math.inf, high),
                                     (low, math.inf)))


def close(got, want, mean, std, digits):
    """Within some units of erfinv, which the mean is added to, and what comes of a unit of erf: that
    is less exact in builds of PyTorch without MKL the nearer it is to 1."""
    size = (want.double() - mean).abs() + abs(mean)
    x = (want.double() - mean) / (std * math.sqrt(2))
    slack = size * 4 + std * torch.exp(x * x)
    return bool(((got.double() - want.double()).abs() <= slack * 2.0 ** (1 - digits)).all())


def compare(seed, shape, dtype, parameters):
    torch.manual_seed(seed)
    want = torch.empty(*shape, dtype=getattr(torch, dtype))
    bounds = [math.erf((x - parameters[0]) / parameters[1] / math.sqrt(2)) for x in parameters[2:]]
    if bounds[0] > bounds[1]:
        return
    torch.nn.init.trunc_normal_(want, *parameters)
    options = ["--seed", seed, "-n", shape[0], "-d", shape[1], "--dtype", dtype, "--torch",
               "%d.%d" % RELEASE, "--init", "trunc_normal:" + ",".join(map(repr, parameters))]
    made = run.output("weight", "-f", "raw", *options)
    if dtype == "bfloat16":
        run.equal(made, want.view(torch.int16).numpy().tobytes(), options)
    elif len(made) != want.numel() * want.element_size():
        run.equal(made, b"a table", options)
    else:
        got = torch.frombuffer(bytearray(made), dtype=want.dtype).reshape(shape)
        run.equal(close(got, want, *parameters[:2], DIGITS[dtype]), True, options)


for _ in range(run.cases):
    compare(run.random.getrandbits(32), (run.random.randint(1, 90), run.random.randint(1, 60)),
            run.random.choice(("bfloat16", "bfloat16", "float32", "float64")),
            random_parameters(run.random))
run.end()
