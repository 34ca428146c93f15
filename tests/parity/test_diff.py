"""tokvec diff against NumPy, torch.isclose and torch.testing.assert_close: all pairs of dtypes."""
import decimal
import itertools
import json
import math
import struct

import parity

run = parity.Run(cases=40)
numpy, torch = parity.originals("numpy", "torch")

NAMES = {"f4": "F32", "f8": "F64", "f2": "F16", "bf": "BF16", "i1": "I8", "i2": "I16", "i4": "I32",
         "i8": "I64", "u1": "U8", "u2": "U16", "u4": "U32", "u8": "U64", "?": "BOOL"}
TORCH = {"f4": torch.float32, "f8": torch.float64, "f2": torch.float16, "bf": torch.bfloat16,
         "i1": torch.int8, "i2": torch.int16, "i4": torch.int32, "i8": torch.int64,
         "u1": torch.uint8, "?": torch.bool}
decimal.getcontext().prec = 60
decimal.getcontext().Emax, decimal.getcontext().Emin = 10**6, -10**6


# ---------------------------------------------------------------- tables

def stored(dtype, raw):
    """The values of stored numbers, a bfloat16 being a uint16: as Python numbers."""
    if dtype == "bf":
        raw = (raw.astype("u4") << 16).view("f4")
    if raw.dtype.kind == "f":
        return raw.astype("f8")
    return numpy.array([int(x) for x in raw.flat], object).reshape(raw.shape)


def from_float(dtype, values):
    """The nearest stored numbers, roughly, for integers by cutting."""
    if dtype == "bf":
        return (values.astype("f4").view("u4") >> 16).astype("u2")
    if dtype == "?":
        return values > 0
    if dtype[0] == "u":
        return numpy.abs(values * 50).astype(dtype)
    return (values * 50).astype(dtype) if dtype[0] == "i" else values.astype(dtype)


def any_bits(dtype, shape):
    size = math.prod(shape) * (2 if dtype == "bf" else numpy.dtype(dtype).itemsize)
    data = run.random.randbytes(size)
    if dtype == "?":
        data = bytes(byte & 1 for byte in data)
    return numpy.frombuffer(data, "u2" if dtype == "bf" else dtype).reshape(shape).copy()


def write(name, dtype, raw):
    """A safetensors file, which has all the dtypes."""
    data = raw.tobytes()
    header = json.dumps({"t": {"dtype": NAMES[dtype], "shape": raw.shape,
                               "data_offsets": [0, len(data)]}}).encode()
    path = run.path(name)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(header)) + header + data)
    return path


def make_pair(of_a, of_b, kind, rng):
    """Two tables that are near each other, have odd values, or are anything at all."""
    shape = run.random.randrange(1, 30), run.random.choice((1, 3, 7, 8, 9, 16, 33, 600))
    if kind == "any":
        return any_bits(of_a, shape), any_bits(of_b, shape)
    values = rng.standard_normal(shape)
    values[rng.random(shape[0]) < 0.1] = 0
    near = values * (1 + 1e-3 * rng.standard_normal(shape) * (rng.random(shape) < 0.2))
    a, b = from_float(of_a, values), from_float(of_b, near)
    if kind == "odd":
        for raw, dtype in (a, of_a), (b, of_b):
            if dtype[0] == "f":
                for value in numpy.nan, numpy.inf, -numpy.inf, -0.0:
                    raw[rng.random(shape) < 0.03] = value
        if of_a == of_b:
            same = rng.random(shape[0]) < 0.5
            a[same] = b[same]
    return a, b


# ---------------------------------------------------------------- what is expected

def bits_of(raw):
    return raw.view("u1").reshape(*raw.shape, -1)


def distance(x, y, same):
    """|x - y| exactly, rounded once if they are integers; nearly so of an integer and a float."""
    if same or x == y:
        return 0.0
    if isinstance(x, int) and isinstance(y, int):
        return float(abs(x - y))
    if isinstance(x, int) != isinstance(y, int) and math.isfinite(x) and math.isfinite(y):
        return float(abs(decimal.Decimal(x) - decimal.Decimal(y)))
    return abs(float(x) - float(y))


def cosine_of(a, b):
    """None for rows that are zero or not finite."""
    a, b = [float(x) for x in a], [float(y) for y in b]
    if not all(map(math.isfinite, a + b)) or not any(a) or not any(b):
        return None
    a, b = map(decimal.Decimal, a), map(decimal.Decimal, b)
    pairs = list(zip(a, b))
    ab, aa, bb = (sum(values) for values in zip(*((x * y, x * x, y * y) for x, y in pairs)))
    return float(ab / (aa.sqrt() * bb.sqrt()))


def relative_length(apart, b):
    """None where there is no reference."""
    b = [float(y) for y in b]
    if not any(apart):
        return 0.0
    if not all(map(math.isfinite, b)) or not any(b):
        return None
    return float((sum(d * d for d in apart) / sum(y * y for y in map(decimal.Decimal, b))).sqrt())


def largest(values):
    values = list(values)
    return math.nan if any(map(math.isnan, values)) else max(values)


def expected(a, b, same_bits, options):
    """By the definitions, value by value."""
    bits, nan, atol, rtol = (options[k] for k in ("bits", "nan", "atol", "rtol"))
    different, apart = numpy.zeros(a.shape, bool), numpy.zeros(a.shape)
    for at in itertools.product(*map(range, a.shape)):
        x, y = a[at], b[at]
        same = same_bits[at] if bits else nan and x != x and y != y
        d = apart[at] = distance(x, y, same)
        finite = math.isfinite(d) and math.isfinite(y)
        close = not bits and finite and d <= atol + rtol * abs(float(y))
        different[at] = not (same if bits else d == 0 or close)
    relative = [d / abs(float(y)) if d else 0.0
                for d, y in zip(apart.flat, b.flat) if y != 0]
    cosines = [c for c in map(cosine_of, a, b) if c is not None]
    places = numpy.argwhere(different)
    most = largest(apart.flat)
    finite = numpy.isfinite(apart).all()
    exact = [decimal.Decimal(float(d)) for d in apart.flat] if finite else []
    return {
        "equal": not different.any(), "values": a.size, "different": int(different.sum()),
        "rows_different": int(different.any(1).sum()),
        "first": None if len(places) == 0 else [*map(int, places[0])],
        "max_abs": most, "max_abs_at": [*map(int, numpy.argwhere(
            numpy.isnan(apart) if math.isnan(most) else apart == most)[0])],
        "max_rel": largest(relative) if relative else None,
        "rel_undefined": a.size - len(relative),
        "mean_abs": float(sum(exact) / a.size) if finite else most,
        "rmse": float((sum(d * d for d in exact) / a.size).sqrt()) if finite else most,
        "cosine_min": min(cosines) if cosines else None,
        "cosine_mean": math.fsum(cosines) / len(cosines) if cosines else None,
        "cosine_undefined": len(a) - len(cosines),
        "cosine": cosine_of(a.flat, b.flat),
        "relative_frobenius": relative_length(exact, b.flat) if finite else most,
    }


EXACT = ("equal", "values", "different", "rows_different", "max_abs_at", "rel_undefined",
         "cosine_undefined")


def is_near(got, wanted, slack):
    if got is None or wanted is None:
        return got is wanted or (got is None and not math.isfinite(wanted))
    return math.isclose(got, wanted, rel_tol=1e-12, abs_tol=slack)


def compare(report, wanted, case):
    for name in EXACT:
        run.equal(report[name], wanted[name], f"{case}: {name}")
    first = report["first"] and [report["first"]["row"], report["first"]["column"]]
    run.equal(first, wanted["first"], f"{case}: first")
    for name in "max_abs", "max_rel", "mean_abs", "rmse", "cosine_min", "cosine_mean", "cosine", \
            "relative_frobenius":
        near = is_near(report[name], wanted[name], 1e-14 if name.startswith("cosine") else 0)
        run.equal(report[name] if not near else None, wanted[name] if not near else None,
                  f"{case}: {name}")


# ---------------------------------------------------------------- cases

def torch_of(dtype, raw):
    if dtype == "bf":
        return torch.from_numpy(raw.view("i2").copy()).view(torch.bfloat16)
    return torch.from_numpy(raw.copy())


def is_close(of_a, a, of_b, b, nan):
    try:
        torch.testing.assert_close(torch_of(of_a, a), torch_of(of_b, b), equal_nan=nan,
                                   check_dtype=False)
        return True
    except AssertionError:
        return False


def options_of(kind, of_a, of_b):
    """The words for a random rule, and what it is."""
    rule = {"bits": False, "nan": run.random.random() < 0.5, "atol": 0.0, "rtol": 0.0}
    words = ["--equal-nan"] * rule["nan"]
    choice = run.random.choice(("exact", "tolerances", "bits" if of_a == of_b else "exact"))
    if choice == "tolerances":
        rule["atol"], rule["rtol"] = run.random.choice(((1e-8, 1e-5), (0.0, 1e-3), (0.02, 0.0)))
        words += ["--atol", rule["atol"], "--rtol", rule["rtol"]]
    if choice == "bits":
        return ["--bits"], {**rule, "bits": True, "nan": False}
    return words, rule


def check(of_a, of_b, kind, rng):
    a, b = make_pair(of_a, of_b, kind, rng)
    paths = write("a.safetensors", of_a, a), write("b.safetensors", of_b, b)
    words, rule = options_of(kind, of_a, of_b)
    case = f"{of_a} {of_b} {kind} {a.shape} {' '.join(map(str, words))}"
    output, message, status = run.call("diff", *paths, "-f", "json", *words)
    if status not in (0, 1):
        run.equal(message, "", case)
        return
    report = json.loads(output)
    run.equal(status, 0 if report["equal"] else 1, f"{case}: status")
    same_bits = (bits_of(a) == bits_of(b)).all(-1) if of_a == of_b else None
    with numpy.errstate(all="ignore"):
        wanted = expected(stored(of_a, a), stored(of_b, b), same_bits, rule)
    compare(report, wanted, case)
    if not rule["bits"] and of_a[0] in "fb" and of_b[0] in "fb":
        close = numpy.isclose(stored(of_a, a), stored(of_b, b), rule["rtol"], rule["atol"],
                              rule["nan"])
        run.equal(report["different"], int((~close).sum()), f"{case}: numpy.isclose")
    if of_a in TORCH and of_b in TORCH and kind != "any":
        nan = rule["nan"]
        _, _, status = run.call("diff", *paths, "-q", "--close", *["--equal-nan"] * nan)
        run.equal(status == 0, is_close(of_a, a, of_b, b, nan), f"{case}: assert_close")
    for others in ("-j1", "-j5"):
        run.equal(run.call("diff", *paths, "-f", "json", *words, others)[0], output, case)


def main():
    rng = numpy.random.default_rng(run.seed)
    pairs = [*itertools.product(NAMES, NAMES)]
    kinds = "near", "odd", "any"
    for of_a, of_b in run.random.sample(pairs, min(len(pairs), run.cases)) + \
            [(name, name) for name in NAMES]:
        for kind in kinds:
            check(of_a, of_b, kind, rng)
    run.end()


numpy.seterr(all="ignore")
main()
