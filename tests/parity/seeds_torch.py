"""Random calls of torch.nn.init against tokvec --seed --init, bit for bit: what the comparisons with
one PyTorch and with many share."""
import math
import warnings

warnings.simplefilter("ignore")

SIZES = (1, 2, 7, 15, 16, 17, 31, 32, 33, 47, 48, 624, 640, 1000)
NUMBERS = (0.0, -0.0, 1.0, 0.02, -0.5, 0.1, 3.0, 1e-3, 1e-8, 1e-40, 1e-320, 1e5, 1e30)
STDS = (1.0, 1.0, 0.02, 0.02, 0.5, 2.0, 0.0, 1e-3, 1e-5, 1e-7, 1e-42, 7.0, 300.0, 3e4, 1e38, -1.0,
        math.inf)
NONLINEARITIES = ("leaky_relu", "relu", "tanh", "selu", "linear", "sigmoid", "conv2d")


def number(rng):
    kind = rng.randrange(4)
    if kind == 0:
        return rng.choice(NUMBERS)
    if kind == 1:
        return rng.uniform(-3, 3)
    if kind == 2:
        return rng.choice((-1, 1)) * 10 ** rng.uniform(-12, 6)
    return round(rng.gauss(0, 1), 3)


def shape(rng):
    if rng.random() < 0.5:
        n = rng.choice(SIZES)
    else:
        n = int(10 ** rng.uniform(0, 4.5))
    rows = rng.choice([r for r in range(1, 40) if n % r == 0])
    return rng.choice(((rows, n // rows), (n // rows, rows)))


def bounds(rng):
    low = number(rng)
    width = rng.choice((abs(number(rng)), 2.0 ** rng.randrange(-24, 6), 0.0,
                        abs(low) * 2.0 ** -rng.randrange(4, 26)))
    return (low, low + width) if rng.random() < 0.95 else (low + width, low)


def parameters(rng, name):
    """As Python's arguments, some of those that there can be."""
    if name == "normal":
        std = rng.choice((rng.choice(STDS), abs(number(rng))))
        return (rng.choice((0.0, number(rng))), std)[:rng.choice((0, 1, 2, 2, 2))]
    if name == "uniform":
        return bounds(rng) if rng.random() < 0.85 else ()
    if name.startswith("xavier"):
        return (rng.choice((1.0, math.sqrt(2), abs(number(rng)), -1.0)),)[:rng.randrange(2)]
    if name.startswith("kaiming"):
        return (rng.choice((0, math.sqrt(5), number(rng))), rng.choice(("fan_in", "fan_out")),
                rng.choice(NONLINEARITIES))[:rng.randrange(4)]
    if name == "constant":
        return (rng.choice((number(rng), 65504.0, 65519.0, 3.4e38, 1e39, -math.inf, 1 + 2 ** -9)),)
    return ()


NAMES = ("normal", "normal", "normal", "uniform", "uniform", "xavier_normal", "xavier_uniform",
         "kaiming_normal", "kaiming_uniform", "constant", "ones", "zeros", "eye")


def raw(torch, tensor):
    views = {2: torch.int16, 4: torch.int32, 8: torch.int64}
    flat = tensor.detach().contiguous().reshape(-1)
    return flat.view(views[flat.element_size()]).numpy().tobytes()


def one_nan(torch, data, dtype):
    tensor = torch.frombuffer(bytearray(data), dtype=dtype)
    tensor[tensor.isnan()] = float("nan")
    return raw(torch, tensor)


def made(torch, seed, name, arguments, size, dtype):
    """Of torch.nn.Embedding's values for no name; None if PyTorch refuses."""
    torch.manual_seed(seed)
    try:
        if name is None:
            return torch.nn.Embedding(*size, dtype=dtype).weight.detach()
        return getattr(torch.nn.init, name + "_")(torch.empty(*size, dtype=dtype), *arguments)
    except (RuntimeError, ValueError, OverflowError):
        return None


def compare(run, torch, release):
    rng = run.random
    dtype = getattr(torch, rng.choice(("float32", "float64", "bfloat16", "float16")))
    seed = rng.choice((rng.randrange(2 ** 32), rng.randrange(-2 ** 63, 2 ** 64)))
    size, name = shape(rng), rng.choice((None, *NAMES))
    arguments = parameters(rng, name) if name is not None else ()
    if size == (1, 1) and name == "constant":
        return  # too large for 16 bits: refused, as all but one value is; here late releases do not
    wanted = made(torch, seed, name, arguments, size, dtype)
    options = ["--seed", seed, "-n", size[0], "-d", size[1], "--dtype", str(dtype)[6:]]
    if rng.random() < 0.2 and wanted is not None:
        factor = rng.choice((number(rng), -0.3, 1e39, 1.000488281250909))
        wanted = wanted * factor
        options.append(f"--times={factor!r}")
    if release is not None:
        options += ["--torch", release]
    if name is not None:
        texts = [a if isinstance(a, str) else repr(a) for a in arguments]
        options += ["--init", name + ":" * bool(texts) + ",".join(texts)]
    if wanted is None:
        _, message, status = run.call("weight", *options)
        run.equal((status, message.count("\n")), (2, 1), options + [message])
        return
    want = raw(torch, wanted)
    got = run.output("weight", "-f", "raw", *options)
    if got != want and len(got) == len(want):
        got, want = one_nan(torch, got, dtype), one_nan(torch, want, dtype)
    run.equal(got, want, options)
    if rng.random() < 0.2:
        rows = [rng.randrange(size[0]) for _ in range(5)]
        want = raw(torch, wanted[torch.tensor(rows)])
        got = run.output("-f", "raw", *options, *rows)
        if got != want and len(got) == len(want):
            got, want = one_nan(torch, got, dtype), one_nan(torch, want, dtype)
        run.equal(got, want, options + rows)
