"""torch.nn.init.trunc_normal_ of any release, bit for bit, and the generator's state after it.

In float32 and float64 up to 2.11 the wheels' erfinv is MKL's, which differs in the last bit of
some values: these are counted, and must be no more than that bit. See README.md.
"""
import math
import pathlib
import signal
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import parity  # noqa: E402

run = parity.Run(cases=400)
(torch,) = parity.originals("torch")
if "CPU capability usage: AVX2" not in torch.__config__.show():
    parity.skip("this processor does not run PyTorch's AVX2 path, whose bits tokvec has")
warnings.simplefilter("ignore")
torch.set_num_threads(1)

RELEASE = torch.__version__.split("+")[0]
INVERTS = tuple(map(int, RELEASE.split(".")[:2])) < (2, 12)
INTEGERS = {"float32": torch.int32, "float64": torch.int64, "bfloat16": torch.int16,
            "float16": torch.int16}
BITS = {"float32": 24, "float64": 53}
SECONDS = 4  # that PyTorch is waited for: with some bounds it would go on for days
inexact = {dtype: [0, 0] for dtype in BITS}  # values that differ, of how many
values = refused = endless = 0


def random_parameters(rng):
    """Mean, deviation and bounds: around the mean, beside it, far off, narrow, on one side only."""
    mean = rng.choice((0.0, 0.0, 0.5, -1.0, rng.gauss(0, 1), rng.gauss(0, 100), 1e-3))
    std = rng.choice((1.0, 0.02, 0.3, 10 ** rng.uniform(-4, 2)))
    wide, off = rng.uniform(0.2, 4), mean + std * rng.uniform(-4, 4)
    beside, far = mean + std * rng.uniform(0, 4), mean + std * rng.uniform(-9, 9)
    low, high = rng.choice((
        (-2.0, 2.0), (mean - wide * std, mean + wide * std), (off, off + std * wide),
        (beside, beside + std * rng.uniform(0, 6)), (far, far + std * 10 ** rng.uniform(-4, 0.3)),
        (-math.inf, mean + std * rng.uniform(-1, 3)), (mean + std * rng.uniform(-3, 0.5), math.inf),
        (beside, beside + std * rng.uniform(5, 30)), (off - std * wide, off),
        (mean + std, mean - std)))
    return mean, std, low, high


def random_shape(rng):
    kind = rng.randrange(4)
    if kind == 0:
        n = rng.randint(1, 15)
        dim = rng.choice([d for d in range(1, n + 1) if n % d == 0])
        return n // dim, dim
    return ((rng.randint(1, 40), rng.randint(1, 40)), (rng.randint(16, 200), rng.randint(1, 60)),
            (rng.randint(100, 600), rng.randint(16, 100)))[kind - 1]


def give_up(*_):
    raise TimeoutError


def original(seed, shape, dtype, parameters):
    """The table, or None where PyTorch refuses it; TimeoutError where it does not end."""
    torch.manual_seed(seed)
    table = torch.empty(*shape, dtype=getattr(torch, dtype))
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(SECONDS)
    try:
        return torch.nn.init.trunc_normal_(table, *parameters)
    except RuntimeError:
        return None
    finally:
        signal.alarm(0)


def count_inexact(dtype, want, got, mean):
    """Whether two tables differ in last bits of erfinv only: seen before the mean is added."""
    if len(got) != want.numel() * want.element_size():
        return got
    got = torch.frombuffer(bytearray(got), dtype=want.dtype).reshape(want.shape)
    inexact[dtype][0] += int((got != want).sum())
    inexact[dtype][1] += want.numel()
    size = (want.double() - mean).abs() + abs(mean)
    return bool(((got.double() - want.double()).abs() <= size * 2.0 ** (2 - BITS[dtype])).all())


def compare(seed, shape, dtype, parameters, rng):
    global values, refused, endless
    try:
        want = original(seed, shape, dtype, parameters)
    except TimeoutError:
        endless += 1
        return
    state = torch.get_rng_state()
    options = ["--seed", seed, "-n", shape[0], "-d", shape[1], "--dtype", dtype, "--torch",
               RELEASE, "--init", "trunc_normal:" + ",".join(map(repr, parameters))]
    if want is None:
        refused += 1
        run.equal(run.call("weight", "-f", "raw", *options)[2], 2, options)
        return
    values += want.numel()
    saved = run.path("state.pt")
    made = run.output("weight", "-f", "raw", "-j", rng.randint(1, 8), "--save-state", saved,
                      *options)
    raw = want.view(INTEGERS[dtype]).numpy().tobytes()
    if INVERTS and dtype in BITS:
        run.equal(count_inexact(dtype, want, made, parameters[0]), True, options)
    else:
        run.equal(made, raw, options)
    run.equal(torch.equal(torch.load(saved), state), True, options + ["state"])
    order = rng.sample(range(shape[0]), min(shape[0], rng.choice((1, 3, 50))))
    row = len(made) // shape[0]
    run.equal(run.output("-f", "raw", *options, *order),
              b"".join(made[i * row:(i + 1) * row] for i in order), options + order)


for _ in range(run.cases):
    compare(run.random.getrandbits(32), random_shape(run.random),
            run.random.choice(tuple(INTEGERS)), random_parameters(run.random), run.random)
for dtype, (differ, all_of) in inexact.items():
    if all_of:
        print(f"{dtype}: {differ} of {all_of} values differ in erfinv's last bit")
print(f"PyTorch {RELEASE}: {values} values; {refused} refused by both, {endless} endless in PyTorch")
run.end()
