"""Text output against print() of PyTorch, byte for byte.

PyTorch 1.13 and 2.x print alike but for two things, in which tokvec follows 2.x: an explicit
sci_mode is chosen before the width is measured, and edgeitems 0 shows "[...]" and the size. The
formatter of 1.13 is Python; here it is changed to do as 2.x does.
"""
import parity

run = parity.Run(cases=450)
numpy, torch = parity.originals("numpy", "torch")

import torch._tensor_str as tensor_str  # noqa: E402

OPTIONS = tensor_str.PRINT_OPTS


class Formatter(tensor_str._Formatter):
    """That of 1.13, with the width that the notation in use needs."""

    def __init__(self, tensor):
        super().__init__(tensor)
        if OPTIONS.sci_mode is None or not tensor.dtype.is_floating_point:
            return
        useful = tensor[torch.isfinite(tensor) & (tensor != 0)].tolist()
        if not useful:
            self.sci_mode = False
            return
        self.max_width = 1
        self.max_width = max(len(self.format(value)) for value in useful)


torch.set_printoptions(sci_mode=False)
if repr(torch.tensor([1.0, 2000.5])) != "tensor([   1.0000, 2000.5000])":
    tensor_str._Formatter = Formatter


def printed(tensor, dtype=None):
    """What print() writes. dtype: its name, where PyTorch itself has no such type."""
    text = repr(tensor) if dtype is None and OPTIONS.edgeitems > 0 else compose(tensor, dtype)
    return (text + "\n").encode()


def compose(tensor, dtype):
    """A printed tensor put together by hand, with a dtype or a size that 1.13 does not print."""
    first = "Parameter containing:\n" if isinstance(tensor, torch.nn.Parameter) else ""
    name = dtype or str(tensor.dtype)[len("torch."):]
    suffixes = []
    silent = ("float32",) if tensor.numel() == 0 else ("float32", "int64", "bool")
    if tensor.dim() != 1 if tensor.numel() == 0 else OPTIONS.edgeitems == 0:
        suffixes.append(f"size={tuple(tensor.shape)}")
    if name not in silent:
        suffixes.append(f"dtype=torch.{name}")
    if tensor.grad_fn is not None:
        suffixes.append("grad_fn=<EmbeddingBackward0>")
    elif tensor.requires_grad:
        suffixes.append("requires_grad=True")
    cut = OPTIONS.edgeitems == 0 and tensor.numel() > OPTIONS.threshold
    body = "[...]" if cut else tensor_str._tensor_str(tensor.detach(), 7)
    return first + tensor_str._add_suffixes("tensor(" + body, suffixes, 7, False)


# ---------------------------------------------------------------- values

FLOATS = ("float32", "float64", "float16")
INTEGERS = ("int8", "int16", "int32", "int64", "uint8", "bool")
NEWER = ("uint16", "uint32", "uint64")  # PyTorch has them since 2.3


def values(rng, n):
    """n float64 numbers of one of the kinds that decide the notation."""
    r = numpy.random.default_rng(rng.getrandbits(63))
    normal = r.standard_normal(n)
    kinds = (
        lambda: normal,
        lambda: normal * 0.02,
        lambda: numpy.abs(normal) + 0.5,
        lambda: normal * 10.0 ** r.integers(-7, 9, n),
        lambda: normal * 10.0 ** rng.choice((-4, -5, -30, 4, 7, 30)),
        lambda: r.integers(-9, 10, n).astype(float),
        lambda: r.integers(-2000, 2001, n).astype(float),
        lambda: r.choice((1.0, -1.0, 1000.0, 1001.0, 999.0, 1e8, 1e8 + 8, -5.0), n),
        lambda: r.choice(rng.sample((1.0, 0.001, 1.0001, 1e-4, 0.99e-4, 99999992.0, 1e8), 3), n),
        lambda: (2 * r.integers(-60, 60, n) + 1) * 2.0 ** -rng.randrange(1, 9),  # ties
        lambda: numpy.zeros(n),
        lambda: r.integers(-50, 50, n) * 1e-45,
    )
    x = rng.choice(kinds)()
    if rng.random() < 0.25:
        special = rng.choice((0.0, -0.0, numpy.nan, numpy.inf, -numpy.inf))
        x = numpy.where(r.random(n) < rng.choice((0.1, 0.5, 1.0)), special, x)
    return x


def matrix(rng, dtype, shape):
    n = shape[0] * shape[1]
    if dtype in FLOATS:
        with numpy.errstate(over="ignore"):
            return values(rng, n).astype(dtype).reshape(shape)
    if dtype == "bool":
        return numpy.array([rng.random() < 0.5 for _ in range(n)], bool).reshape(shape)
    info = numpy.iinfo(dtype)
    most = rng.choice((2, 100, min(info.max, 2**63 - 1)))
    least = rng.choice((0, max(info.min, -most - 1)))
    most = min(most, info.max)
    return numpy.array([rng.randint(least, most) for _ in range(n)], dtype).reshape(shape)


def matrix_shape(rng):
    return rng.choice((
        (rng.randrange(1, 10), rng.randrange(1, 12)),
        (rng.randrange(1, 5), rng.randrange(60, 200)),
        (rng.randrange(30, 300), rng.randrange(1, 9)),
        (rng.randrange(20, 45), rng.randrange(20, 45)),
        (1, 1), (10, 100), (7, 143), (2, 501), (rng.randrange(1, 4), 0)))


# ---------------------------------------------------------------- options

def options(rng, count):
    """Options of set_printoptions; `count` elements will be printed."""
    if rng.random() < 0.4:
        return {}
    chosen = {}
    if rng.random() < 0.3:
        chosen["profile"] = rng.choice(("default", "short", "full"))
    if rng.random() < 0.4:
        chosen["precision"] = rng.choice((0, 1, 2, 3, 6, 8, 10, 17, 30))
    if rng.random() < 0.5:
        chosen["threshold"] = rng.choice((0, 5, 100, count, max(count - 1, 0), float("inf")))
    if rng.random() < 0.4:
        chosen["edgeitems"] = rng.choice((0, 1, 2, 4, 5, 10))
    if rng.random() < 0.4:
        chosen["linewidth"] = rng.choice((0, 1, 7, 8, 20, 40, 79, 81, 120, 200, 1000))
    if rng.random() < 0.4:
        chosen["sci_mode"] = rng.choice((True, False))
    return chosen


def words(chosen):
    given = []
    for name, value in chosen.items():
        given += ["--" + name.replace("_", "-"), str(value).lower()]
    run.random.shuffle(pairs := list(zip(given[::2], given[1::2])))
    return [word for pair in pairs for word in pair]


def set_options(chosen):
    torch.set_printoptions(profile="default")
    torch.set_printoptions(**chosen)


# ---------------------------------------------------------------- IDs

def random_ids(rng, rows):
    """(a list, nested or not, or one number; the same as words and as standard input)"""
    shape = rng.choice(((), (1,), (rng.randrange(2, 9),), (rng.randrange(20, 400),),
                        (rng.randrange(1, 5), rng.randrange(1, 7)),
                        (rng.randrange(1, 4), rng.randrange(1, 4), rng.randrange(1, 5)),
                        (8, 2, 9), (2, 1, 2, 2)))
    ids = numpy.array([rng.randrange(rows) for _ in range(int(numpy.prod(shape)))])
    return torch.from_numpy(ids.reshape(shape))


def give_ids(rng, ids):
    """The IDs in one of the forms that the program takes: (words, standard input)."""
    nested = str(ids.tolist())
    if ids.dim() == 0:
        return rng.choice((([f"tensor({nested})"], b""), ([], f"tensor({nested})\n".encode())))
    torch.set_printoptions(profile="full")
    forms = [([nested], b""), ([], nested.encode()), ([], repr(ids).encode()),
             ([], repr(ids.to(torch.int32)).encode()), ([repr(ids)], b"")]
    if ids.dim() == 1:
        flat = [str(i) for i in ids.tolist()]
        forms += [(flat, b""), ([], "\n".join(flat).encode()), ([], ", ".join(flat).encode())]
    return rng.choice(forms)


# ---------------------------------------------------------------- cases

def table_of(array):
    """The layer's weight as PyTorch 2.x has it; integers, which no layer can hold, plain."""
    if array.dtype.name in NEWER:
        return torch.from_numpy(array.astype("int64")), array.dtype.name
    weight = torch.from_numpy(array)
    return torch.nn.Parameter(weight, False) if weight.is_floating_point() else weight, None


def loaded(rng, number):
    dtype = rng.choice(FLOATS * 4 + INTEGERS + NEWER)
    array = matrix(rng, dtype, matrix_shape(rng))
    path = run.path("table.npy")
    numpy.save(path, array)
    weight, newer = table_of(array)
    if rng.random() < 0.5:
        chosen = options(rng, array.size)
        set_options(chosen)
        run.equal(run.output("weight", "-w", path, *words(chosen)), printed(weight, newer),
                  f"number {number}: weight {dtype} {array.shape} {chosen}")
        return
    ids = random_ids(rng, array.shape[0])
    given, stdin = give_ids(rng, ids)
    rows = weight.detach()[ids]
    to = rng.choice((None, None, None, "bfloat16", "float16", "float32", "float64"))
    if to == "bfloat16" and dtype not in ("float32", "float16"):
        to = "float16"  # PyTorch rounds twice on the way from float64, and NumPy has no bfloat16
    if to is not None and newer is None:
        with numpy.errstate(over="ignore"):
            rows = rows.bfloat16() if to == "bfloat16" else torch.from_numpy(rows.numpy().astype(to))
        given = ["--as", to] + given
    chosen = options(rng, rows.numel())
    set_options(chosen)
    run.equal(run.output("-w", path, *words(chosen), *given, stdin=stdin), printed(rows, newer),
              f"number {number}: {dtype} {array.shape} {chosen} {given} {stdin}")


def seeded(rng, number):
    shape = (rng.randrange(1, 60), rng.randrange(1, 40))
    seed = rng.randrange(-2**63, 2**64)
    dtype = rng.choice(("float32", "float32", "float64"))
    padding = rng.choice((None, None, rng.randrange(shape[0])))
    torch.manual_seed(seed)
    layer = torch.nn.Embedding(*shape, padding_idx=padding, dtype=getattr(torch, dtype))
    given = ["--seed", seed, "-n", shape[0], "-d", shape[1], "--dtype", dtype]
    if padding is not None:
        given += ["--padding-idx", padding]
    ids = random_ids(rng, shape[0])
    forms, stdin = give_ids(rng, ids)
    rows = layer(ids)
    chosen = options(rng, rows.numel())
    set_options(chosen)
    run.equal(run.output(*given, *words(chosen), *forms, stdin=stdin), printed(rows),
              f"number {number}: {given} {chosen} {forms} {stdin}")
    run.equal(run.output("weight", *given, *words(chosen)), printed(layer.weight),
              f"number {number}: weight {given} {chosen}")


for number in range(run.cases):
    (loaded if run.random.random() < 0.7 else seeded)(run.random, number)
run.end()
