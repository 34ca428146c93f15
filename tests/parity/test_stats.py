"""stats against NumPy: random tables of all dtypes, with NaN and infinities, far from zero, of huge
and tiny values; and the same bytes for any number of threads and level of the processor."""
import csv
import json
import math
import os
import struct

import parity

run = parity.Run(cases=120)
(numpy,) = parity.originals("numpy")
numpy.seterr(all="ignore")
WIDE = numpy.longdouble

NPY = ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?")
QUANTILES = ("0.5", "0", "1", "0.1", "0.33", "0.667", "0.99", "1e-9", "0.9999")
SAFETENSORS = {"BF16": 2, "F8_E5M2": 1, "F8_E4M3": 1}


# ---------------------------------------------------------------- tables

def bfloat16_values(stored):
    return (stored.astype("u4") << 16).view("f4").astype("f8")


def e5m2_values(stored):
    return (stored.astype("u2") << 8).view("f2").astype("f8")


def e4m3_value(byte):
    exponent, mantissa = byte >> 3 & 15, byte & 7
    if byte & 127 == 127:
        return math.nan
    value = math.ldexp(mantissa, -9) if exponent == 0 else math.ldexp(8 + mantissa, exponent - 10)
    return -value if byte & 128 else value


def e4m3_values(stored):
    return numpy.array([e4m3_value(byte) for byte in range(256)])[stored]


VALUES = {"BF16": bfloat16_values, "F8_E5M2": e5m2_values, "F8_E4M3": e4m3_values}


def numbers(rng, shape):
    """float64 of one kind or another."""
    generator = numpy.random.RandomState(rng.getrandbits(32))
    x = generator.standard_normal(shape)
    kind = rng.randrange(6)
    if kind == 0:
        x = x + rng.choice((1e6, -3e4, 1e3, 10))
    elif kind == 1:
        x = x * 10.0 ** generator.randint(-12, 12, shape)
    elif kind == 2:
        x = numpy.round(x)
    elif kind == 3:
        x = x * rng.choice((1e-200, 1e-310, 1e180, 1e307, 1e-40))
    elif kind == 4:
        x = x * 0.02
    if x.size and rng.random() < 0.4:
        for value in rng.sample((math.nan, math.inf, -math.inf, 0.0, -0.0), rng.randrange(1, 5)):
            x[generator.rand(*shape) < rng.choice((1e-4, 0.01, 0.2))] = value
    for _ in range(rng.randrange(4) if x.size else 0):
        x[rng.randrange(shape[0])] = rng.choice((0.0, -0.0, 1.5, x[rng.randrange(shape[0])]))
    return x


def write_npy(rng, dtype, shape):
    x = numbers(rng, shape)
    if dtype == "?":
        array = x > 0
    elif dtype[0] in "iu":
        most = 2 ** min(53, 8 * int(dtype[1]) - (dtype[0] == "i")) - 1
        clean = numpy.nan_to_num(x * 30, nan=0.0, posinf=most, neginf=-most)
        array = numpy.clip(clean, 0 if dtype[0] == "u" else -most, most).astype(dtype)
    else:
        array = x.astype(dtype)
    path = run.path("table.npy")
    numpy.save(path, array)
    return path, array.astype("f8"), [row.tobytes() for row in array]


def write_safetensors(rng, dtype, shape):
    size = SAFETENSORS[dtype]
    kind = "u1" if size == 1 else "u2"
    data = rng.randbytes(shape[0] * shape[1] * size)
    stored = numpy.frombuffer(data, kind).reshape(shape).copy()
    if dtype == "BF16" and rng.random() < 0.7:
        stored = (numbers(rng, shape).astype("f4").view("u4") >> 16).astype("u2")
    header = json.dumps({"t": {"dtype": dtype, "shape": list(shape),
                               "data_offsets": [0, stored.nbytes]}}).encode()
    header += b" " * (-len(header) % 8)
    path = run.path("table.safetensors")
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(header)) + header + stored.tobytes())
    return path, VALUES[dtype](stored), [row.tobytes() for row in stored]


# ---------------------------------------------------------------- what is right

def scaled(x):
    """The values as long doubles about 1, and the factor: nothing overflows."""
    top = numpy.max(numpy.abs(x), initial=0)
    exponent = 0 if top == 0 else int(numpy.frexp(top)[1])
    return numpy.ldexp(x.astype(WIDE), -exponent), exponent


def norm(row):
    if numpy.isnan(row).any():
        return math.nan
    if numpy.isinf(row).any():
        return math.inf
    x, exponent = scaled(row)
    return float(numpy.ldexp(numpy.sqrt(numpy.sum(x * x)), exponent))


def mean_and_std(x):
    if not x.size:
        return None, None
    if not numpy.isfinite(x).all():
        return float(numpy.mean(x)), math.nan
    y, exponent = scaled(x.ravel())
    mean = numpy.sum(y) / WIDE(y.size)
    if y.size == 1:
        return float(x.ravel()[0]), math.nan
    std = numpy.sqrt(numpy.sum((y - mean) ** 2) / WIDE(y.size - 1))
    return float(numpy.ldexp(mean, exponent)), float(numpy.ldexp(std, exponent))


def groups_of(rows):
    places = {}
    for place, row in enumerate(rows):
        places.setdefault(row, []).append(place)
    return [group for group in places.values() if len(group) > 1]


def root_of_squares(x, n):
    """Of the sum of the squares over n."""
    if not x.size:
        return None
    if not numpy.isfinite(x).all():
        return math.nan if numpy.isnan(x).any() else math.inf
    y, exponent = scaled(x.ravel())
    return float(numpy.ldexp(numpy.sqrt(numpy.sum(y * y) / WIDE(n)), exponent))


def quantile(x, q):
    """NumPy's, but for what its arithmetic makes of infinities and of too large differences."""
    if not x.size:
        return None
    if numpy.isnan(x).any():
        return math.nan
    ordered = numpy.sort(x, axis=None)
    place = (x.size - 1) * q
    a = ordered[math.floor(place)]
    b = ordered[math.ceil(place)]
    if a == b or math.isinf(a) or math.isinf(b):
        return float(a if a == b else a + b)
    if math.isinf(b - a):
        return 2 * quantile(x / 2, q)
    return float(numpy.quantile(x, q))


def wanted(x, rows, finite):
    used = x[numpy.isfinite(x)] if finite else x
    mean, std = mean_and_std(used)
    norms = numpy.array([norm(row) for row in x])
    kept = norms[numpy.isfinite(norms)] if finite else norms
    groups = groups_of(rows)
    zero = (x == 0).all(axis=1).nonzero()[0].tolist()
    constant = [i for i, row in enumerate(x) if row.size == 0 or (row == row[0]).all()]
    repeated = sum(len(group) - 1 for group in groups)
    some, any_norm = used.size > 0, kept.size > 0
    return {
        "rows": len(x), "dim": x.shape[1], "count": x.size,
        "nan": int(numpy.isnan(x).sum()), "inf": int(numpy.isinf(x).sum()),
        "zeros": int((x == 0).sum()),
        "min": float(numpy.min(used)) if some else None,
        "max": float(numpy.max(used)) if some else None,
        "absmax": float(numpy.max(numpy.abs(used))) if some else None,
        "mean": mean, "std": std,
        "norm_min": float(numpy.min(kept)) if any_norm else None,
        "norm_median": float(numpy.median(kept)) if any_norm else None,
        "norm_max": float(numpy.max(kept)) if any_norm else None,
        "rms": root_of_squares(used, used.size), "norm": root_of_squares(used, 1),
        **{f"quantile_{q}": quantile(used, float(q)) for q in QUANTILES},
        "zero_rows": len(zero), "constant_rows": len(constant), "repeated_rows": repeated,
        "distinct_rows": len(x) - repeated, "zero_ids": zero, "constant_ids": constant,
        "repeated_groups": groups}, norms


def near(a, b, relative, absolute=0.0):
    if a is None or b is None:
        return a is b
    return a == b or math.isnan(a) and math.isnan(b) or abs(a - b) <= relative * abs(b) + absolute


def check(got, x, rows, finite, case):
    right, norms = wanted(x, rows, finite)
    size = numpy.max(numpy.abs(x[numpy.isfinite(x)]), initial=0)
    tiny = 5e-324 * 2
    for name, value in right.items():
        if name == "mean":
            same = near(got[name], value, 1e-15, 1e-15 * size + tiny)
        elif name in ("std", "norm_min", "norm_median", "norm_max", "rms", "norm"):
            same = near(got[name], value, 1e-12 if name == "std" else 1e-14, tiny)
        elif name in ("min", "max", "absmax") or name.startswith("quantile_"):
            same = near(got[name], value, 0)
        else:
            same = got[name] == value
        run.equal((name, got[name] if not same else value), (name, value), case)
    for end in ("norm_min", "norm_max"):
        place = got[end + "_id"]
        if place is None:
            run.equal(right[end], None, case)
            continue
        numpy_end = numpy.nanargmin if end == "norm_min" else numpy.nanargmax
        kept = numpy.where(numpy.isfinite(norms), norms, math.nan) if finite else norms
        first = int(numpy.isnan(kept).argmax() if numpy.isnan(kept).any() and not finite
                    else numpy_end(kept))
        run.equal(place == first or near(norms[place], norms[first], 1e-14, tiny), True,
                  f"{case}: {end}_id {place}, not {first}")


# ---------------------------------------------------------------- cases

def stats(path, words, threads="1", level="avx2"):
    os.environ["TOKVEC_CPU"] = level
    return run.output("stats", "-w", path, "-f", "json", "-j", threads, *words)


def scalars(path, words):
    """The fields of csv, which has NaN and infinities where JSON has null."""
    names, values = csv.reader(run.output("stats", "-w", path, "-f", "csv", *words)
                               .decode().splitlines())
    texts = ("file", "tensor", "dtype")
    return {name: None if value == "" else float(value) if "." in value or "n" in value
            or "e" in value else int(value)
            for name, value in zip(names, values) if name not in texts}


def one_case(rng, shape):
    if rng.random() < 0.7:
        dtype = rng.choice(NPY)
        path, x, rows = write_npy(rng, dtype, shape)
    else:
        dtype = rng.choice(sorted(SAFETENSORS))
        path, x, rows = write_safetensors(rng, dtype, shape)
    words = ["--finite"] if rng.random() < 0.5 else []
    words += ["--quantiles", ",".join(QUANTILES)]
    places = None
    if shape[0] and rng.random() < 0.2:
        places = [rng.randrange(shape[0]) for _ in range(rng.randrange(1, 9))]
        words += places
    case = f"{dtype} {shape} {words}"
    text = stats(path, words)
    for threads, level in (("8", "avx2"), ("3", "baseline"), ("1", "avx512")):
        run.equal(stats(path, words, threads, level), text, f"{case} -j {threads} {level}")
    if not text.startswith(b"{"):
        run.equal(text, b"an object", case)
        return
    got = json.loads(text) | scalars(path, words)
    if places is None:
        check(got, x, rows, "--finite" in words, case)
        return
    right, _ = wanted(x[places], [rows[i] for i in places], "--finite" in words)
    quantiles = [f"quantile_{q}" for q in QUANTILES]
    for name in ("rows", "count", "nan", "inf", "zeros", "min", "max", "repeated_rows", *quantiles):
        value = right[name]
        same = got[name] == value or near(got[name], value, 0)
        run.equal((name, got[name] if not same else value), (name, value), case)
    run.equal(got["repeated_groups"], [[places[i] for i in group]
                                       for group in right["repeated_groups"]], case)
    run.equal(got["zero_ids"], [places[i] for i in right["zero_ids"]], case)


def main():
    rng = run.random
    for shape in ((0, 5), (3, 0), (1, 1), (2, 1), (1, 20000), (7, 8193), (1, 3)):
        one_case(rng, shape)
    for _ in range(4):
        one_case(rng, (rng.randrange(500, 1500), rng.randrange(300, 400)))
    for _ in range(run.cases):
        one_case(rng, (rng.randrange(1, 60), rng.choice((1, 2, 3, 6, 15, 16, 17, 40, 100))))
    run.end()


main()
