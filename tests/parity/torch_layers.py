"""Lists of layers that one generator of PyTorch's makes, for the program and for PyTorch.

A list is made of items; each knows how it is written for --after and what draws it in Python.
"""
import os
import re

import torch

DTYPES = ("float32", "float64", "bfloat16", "float16")
RELEASE = re.match(r"\d+\.\d+", torch.__version__).group()
VERSION = tuple(map(int, RELEASE.split(".")))


def own_dtype(rng):
    return rng.choice(DTYPES + ("float32",) * 3)


def suffix(dtype, rng):
    return "" if dtype == "float32" and rng.random() < 0.7 else f":{dtype}"


def random_size(rng, least=0):
    """Half of them so small that normals come in pairs."""
    if rng.random() < 0.5:
        return rng.randrange(least, 5), rng.randrange(least, 6)
    return rng.randrange(1, 60), rng.randrange(1, 70)


def embedding(rng):
    rows, dim = random_size(rng)
    dtype = own_dtype(rng)
    return (f"{rows}x{dim}{suffix(dtype, rng)}",
            lambda: torch.nn.Embedding(rows, dim, dtype=getattr(torch, dtype)))


def linear(rng):
    inputs, outputs = random_size(rng)
    dtype, bias = own_dtype(rng), rng.random() < 0.6
    text = suffix(dtype, rng)
    text = text if bias else rng.choice((":nobias" + text, text + ":nobias"))
    return (f"linear:{inputs}x{outputs}{text}",
            lambda: torch.nn.Linear(inputs, outputs, bias, dtype=getattr(torch, dtype)))


# As they are written, and called.
NORMALS = (("normal", "normal_", ()), ("normal:0,0.02", "normal_", (0, 0.02)),
           ("normal:1.5,0.3", "normal_", (1.5, 0.3)), ("xavier_normal", "xavier_normal_", ()),
           ("kaiming_normal:0.1,fan_out", "kaiming_normal_", (0.1, "fan_out")))
OTHERS = (("uniform", "uniform_", ()), ("uniform:-0.1,0.1", "uniform_", (-0.1, 0.1)),
          ("xavier_uniform:0.5", "xavier_uniform_", (0.5,)),
          ("kaiming_uniform:0,fan_in,relu", "kaiming_uniform_", (0, "fan_in", "relu")),
          ("zeros", "zeros_", ()), ("ones", "ones_", ()), ("constant:0.5", "constant_", (0.5,)))
TRUNCATED = (("trunc_normal", "trunc_normal_", ()),
             ("trunc_normal:0.1,0.5,-0.2,0.4", "trunc_normal_", (0.1, 0.5, -0.2, 0.4)),
             ("trunc_normal:0,1,2,3", "trunc_normal_", (0, 1, 2, 3)))


def random_init(rng, dtype, exact):
    """Of a table that is compared not what has last bits of MKL's own; nor what is refused."""
    truncated = VERSION >= (2, 12) or (not exact and (dtype != "float16" or VERSION >= (2, 1)))
    return rng.choice(NORMALS + OTHERS + (TRUNCATED if truncated else ()))


def draw_init(name, parameters, rows, dim, dtype):
    tensor = torch.empty(rows, dim, dtype=getattr(torch, dtype))
    with torch.no_grad():
        return getattr(torch.nn.init, name)(tensor, *parameters)


def init(rng):
    rows, dim = random_size(rng, least=1)
    dtype = own_dtype(rng)
    text, name, parameters = random_init(rng, dtype, exact=False)
    return (f"init:{text}:{rows}x{dim}{suffix(dtype, rng)}",
            lambda: draw_init(name, parameters, rows, dim, dtype))


def skip(rng):
    n = rng.choice((0, 1, 2, 7, 623, 624, 625, rng.randrange(10_000)))
    return f"skip:{n}", lambda: torch.empty(n).uniform_()


def random_item(rng):
    """(the text for --after, what draws the same)."""
    return rng.choice((embedding, embedding, linear, init, skip))(rng)


def random_table(rng):
    """(options of the program, what makes the same tensor)."""
    rows, dim = random_size(rng, least=1)
    dtype = own_dtype(rng)
    size = ["-n", rows, "-d", dim, "--dtype", dtype]
    kind = rng.choice(("embedding", "embedding", "linear", "linear.bias", "init"))
    if kind == "embedding":
        named = rng.choice(([], ["--layer", "embedding"]))
        return size + named, lambda: torch.nn.Embedding(rows, dim,
                                                        dtype=getattr(torch, dtype)).weight
    if kind == "init":
        text, name, parameters = random_init(rng, dtype, exact=True)
        return (size + ["--init", text],
                lambda: draw_init(name, parameters, rows, dim, dtype))
    attribute = "weight" if kind == "linear" else "bias"
    # The bias is drawn after the weight, and the state is compared that the weight leaves.
    with_bias = kind == "linear.bias"
    return (size + ["--layer", kind],
            lambda: getattr(torch.nn.Linear(dim, rows, with_bias, dtype=getattr(torch, dtype)),
                            attribute))


def raw(tensor):
    return tensor.detach().contiguous().view(torch.uint8).numpy().tobytes()


def begin(run, number):
    """Sets PyTorch's generator to a random place, and gives the options that name the same."""
    import numpy
    rng = run.random
    seed = rng.choice((0, 123, -1, 2**63 + 5, rng.randrange(-2**63, 2**64)))
    torch.manual_seed(seed)
    if rng.random() < 0.5:
        return ["--seed", seed]
    for _ in range(rng.randrange(3)):
        random_item(rng)[1]()
    state, path = torch.get_rng_state(), run.path(f"begin{number}")
    if rng.random() < 0.3:
        numpy.save(path + ".npy", state.numpy())
        return ["--state", path + ".npy"]
    if rng.random() < 0.3:
        torch.save(state, path, _use_new_zipfile_serialization=False)
    else:
        torch.save(state, path)
    return ["--state", path]


def load(path):
    """A state as torch.load reads it, in the strictest way."""
    if not os.path.exists(path):
        return torch.empty(0)  # the program has failed
    return torch.load(path, weights_only=True)


def compare(run, number):
    """One random list, and the table after it: its bits, and the state that is left."""
    rng, saved = run.random, run.path("saved.pt")
    if os.path.exists(saved):
        os.remove(saved)
    options = begin(run, number)
    items = [random_item(rng) for _ in range(rng.choice((0, 1, 2, 3, 5, 12)))]
    if items:
        options += ["--after", ",".join(text for text, _ in items)]
    table, make = random_table(rng)
    options += table + ["--torch", RELEASE]
    for _, draw in items:
        draw()
    wanted = raw(make())
    got = run.output("weight", "-f", "raw", *options, "--save-state", saved)
    run.equal(got, wanted, options)
    state = torch.get_rng_state()
    run.equal(load(saved).numpy().tobytes(), state.numpy().tobytes(), options + ["--save-state"])
    if not os.path.exists(saved):
        return
    # Whatever is printed, it is the state after the whole table.
    rows = 1 if "linear.bias" in table else table[1]
    run.output(rng.randrange(rows), *options, "--save-state", saved)
    run.equal(torch.equal(load(saved), state), True, options + ["ROW", "--save-state"])
    torch.set_rng_state(load(saved))
    fresh = torch.randn(3, dtype=torch.float64)
    torch.set_rng_state(state)
    run.equal(torch.equal(fresh, torch.randn(3, dtype=torch.float64)), True, "what comes next")
