"""What the tests of NumPy's seeded tables share: random calls, and what tokvec's options for them are.
"""
import ctypes
import math

import numpy

RELEASE = tuple(int(part) for part in numpy.__version__.split(".")[:2])
OPTIONS = ["--numpy", ".".join(map(str, RELEASE))]
PAIRS = ((0.0, 0.02), (0.5, 1.5), (-3.0, 1e-300), (1e300, 7.0), (0.0, 0.0), (-0.05, 0.05))


def random_seed(rng, legacy):
    """A seed, and how tokvec is told it."""
    def one():
        return rng.getrandbits(rng.choice((1, 4, 16, 31, 32) if legacy else (1, 8, 32, 33, 64, 200)))
    if rng.random() < 0.6:
        seed = one()
        return seed, str(seed)
    seeds = [one() for _ in range(rng.choice((1, 2, 3, 7)))]
    return seeds, ",".join(map(str, seeds)) + ("," if len(seeds) == 1 else "")


def random_range(rng):
    a, b = rng.choice(PAIRS) if rng.random() < 0.5 else (rng.gauss(0, 10), rng.gauss(0, 10))
    return a, b


def legacy_calls(rng):
    """(how tokvec calls it, the call) of each distribution."""
    a, b = random_range(rng)
    return (
        (None, lambda r, shape: r.randn(*shape)),
        ("randn", lambda r, shape: r.standard_normal(shape)),
        ("rand", lambda r, shape: r.random_sample(shape)),
        (f"normal:{a!r},{abs(b)!r}", lambda r, shape: r.normal(a, abs(b), shape)),
        (f"uniform:{a!r},{b!r}", lambda r, shape: r.uniform(a, b, shape)),
    )


def default_calls(rng):
    a, b = random_range(rng)
    low, high = min(a, b), max(a, b)
    return (
        (None, "float64", lambda r, shape: r.standard_normal(shape)),
        ("standard_normal", "float32", lambda r, shape: r.standard_normal(shape, dtype=numpy.float32)),
        ("random", "float64", lambda r, shape: r.random(shape)),
        ("random", "float32", lambda r, shape: r.random(shape, dtype=numpy.float32)),
        (f"normal:{a!r},{abs(b)!r}", "float64", lambda r, shape: r.normal(a, abs(b), shape)),
        (f"uniform:{low!r},{high!r}", "float64", lambda r, shape: r.uniform(low, high, shape)),
    )


# ---------------------------------------------------------------- the C library's log1pf

def function_of_floats(name):
    function = getattr(ctypes.CDLL("libm.so.6"), name)
    function.restype, function.argtypes = ctypes.c_float, [ctypes.c_float]
    return function


log1pf = function_of_floats("log1pf")
START, INVERSE = numpy.float32(3.6541528853610088), numpy.float32(0.27366123732975827203)


def tail(log):
    return START + -INVERSE * numpy.float32(log)


def is_log1pf(numpys, ours):
    """Whether two float32 normals of the tail differ because the C library's log1pf is one before
    glibc 2.41, which is not always the double one, rounded: a uniform gives both."""
    size = abs(float(numpys))
    if RELEASE < (1, 21) or size <= float(START) or (numpys < 0) != (ours < 0):
        return False
    bits = 2.0**24 if RELEASE >= (1, 22) else 2.0**23
    middle = round(-math.expm1(-(size - float(START)) / float(INVERSE)) * bits)
    for k in range(middle - 400, middle + 401):
        u = k / bits
        if 0.0 <= u < 1.0 and tail(log1pf(-u)) == abs(numpys) and tail(math.log1p(-u)) == abs(ours):
            return True
    return False


def unexplained(got, wanted):
    """How many values differ, but for those of the C library's log1pf; and how many are of it."""
    if len(got) != wanted.nbytes:
        return wanted.size, 0
    mine, kind = numpy.frombuffer(got, wanted.dtype), numpy.uint32 if wanted.itemsize == 4 else numpy.uint64
    theirs = wanted.reshape(-1)
    where = numpy.flatnonzero(mine.view(kind) != theirs.view(kind))
    known = 0
    if wanted.itemsize == 4:
        known = sum(is_log1pf(theirs[i], mine[i]) for i in where[:1000])
    return len(where) - known, known
