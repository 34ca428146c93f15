"""Decimal numbers of csv, tsv, json and jsonl: they read back to the same value and are as short
as NumPy's repr, which is the shortest that does."""
import csv
import io
import json
import math

import parity

run = parity.Run(cases=60)
(numpy,) = parity.originals("numpy")

DTYPES = ("float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16",
          "uint32", "uint64", "bool")


def matrix(rng, dtype):
    shape = rng.choice(((rng.randrange(1, 30), rng.randrange(1, 30)), (1, 1), (400, 3), (2, 700)))
    dtype = numpy.dtype(dtype)
    n = shape[0] * shape[1]
    data = numpy.frombuffer(rng.randbytes(n * dtype.itemsize), "u1")
    if dtype == bool:
        return (data & 1).astype(bool).reshape(shape)
    array = data.view(dtype).reshape(shape)
    if dtype.kind != "f":
        return array
    r = numpy.random.default_rng(rng.getrandbits(63))
    kinds = (lambda: array,  # any pattern: all magnitudes, subnormals, nans
             lambda: r.standard_normal(shape), lambda: r.integers(-10**6, 10**6, shape),
             lambda: r.integers(0, 1000, shape) / 8, lambda: r.integers(0, 10**4, shape) / 100,
             lambda: 10.0 ** r.integers(-320, 308, shape), lambda: 2.0 ** r.integers(-1074, 1023, shape),
             lambda: numpy.nextafter(10.0 ** r.integers(-30, 30, shape), 0))
    with numpy.errstate(all="ignore"):
        return rng.choice(kinds)().astype(dtype)


def digits(text):
    """(the significant digits of a decimal number, their place): "1.50e-3" is ("15", -3)."""
    mantissa, _, exponent = text.lower().lstrip("-").partition("e")
    whole, _, fraction = mantissa.partition(".")
    place = int(exponent or 0) + len(whole) - 1
    joined = whole + fraction
    stripped = joined.lstrip("0")
    return stripped.rstrip("0"), place - (len(joined) - len(stripped)) if stripped else 0


def check_number(text, value, case):
    """One decimal number that stands for a float or integer."""
    if not isinstance(value, numpy.floating):
        run.equal(text, str(int(value)), case)
        return
    if not math.isfinite(value):
        run.equal(text, str(float(value)), case)
        return
    single = numpy.float32 if value.itemsize < 8 else numpy.float64  # as which it is printed
    run.equal(single(text).tobytes(), single(value).tobytes(), f"{case}: {text} read back")
    shortest = numpy.format_float_scientific(single(value), unique=True)
    run.equal(digits(text), digits(shortest), f"{case}: {text}, shortest is {shortest}")
    run.equal(text.startswith("-"), math.copysign(1, value) < 0, f"{case}: sign of {text}")


def check_delimited(path, array, separator, case):
    text = run.output("weight", "-w", path, "-f", {",": "csv", "\t": "tsv"}[separator]).decode()
    lines = list(csv.reader(io.StringIO(text), delimiter=separator))
    run.equal(lines[0], ["id"] + [str(j) for j in range(array.shape[1])], case)
    run.equal([line[0] for line in lines[1:]], [str(i) for i in range(len(array))], case)
    for line, row in zip(lines[1:], array):
        run.equal(len(line), len(row) + 1, case)
        for field, value in zip(line[1:], row):
            check_number(field, value, case)


class Number(str):
    """The text of a number in JSON."""


def read_json(text):
    def refuse(word):
        raise ValueError(f"{word} is no JSON")
    return json.loads(text, parse_float=Number, parse_int=Number, parse_constant=refuse)


def check_vectors(vectors, array, case):
    run.equal([len(row) for row in vectors], [array.shape[1]] * len(array), case)
    for row, values in zip(vectors, array):
        for got, value in zip(row, values):
            if value.dtype == bool:
                run.equal(got, bool(value), case)
            elif value.dtype.kind == "f" and not numpy.isfinite(value):
                run.equal(got, None, case)
            else:
                run.equal(type(got), Number, case)
                check_number(str(got), value, case)


def check_json(path, array, case):
    output, message, status = run.call("weight", "-w", path, "-f", "json")
    run.equal(status, 0, f"{case}: {message}")
    nulls = int((~numpy.isfinite(array)).sum()) if array.dtype.kind == "f" else 0
    run.equal(message.startswith(f"tokvec: warning: {nulls} value"), nulls > 0, f"{case}: {message}")
    whole = read_json(output)
    run.equal((whole["dtype"], [int(n) for n in whole["shape"]], [int(i) for i in whole["ids"]]),
              (array.dtype.name, list(array.shape), list(range(len(array)))), case)
    run.equal(whole["source"], {"file": path}, case)
    check_vectors(whole["vectors"], array, case)
    lines = [read_json(line) for line in
             run.output("weight", "-w", path, "-f", "jsonl").decode().splitlines()]
    run.equal([int(line["id"]) for line in lines], list(range(len(array))), case)
    check_vectors([line["vector"] for line in lines], array, case)


def check_nested(rng, path, array):
    """ids and vectors keep the shape of nested IDs, empty ones too."""
    shape = rng.choice(((2, 3), (1, 2, 2), (3, 1), (2, 0), (0,), (4,)))
    ids = numpy.array([rng.randrange(len(array)) for _ in range(int(numpy.prod(shape)))], int)
    ids = ids.reshape(shape)
    text = run.output("-w", path, "-f", "json", stdin=str(ids.tolist()).encode())
    whole = json.loads(text)
    case = f"{array.dtype} {array.shape} {ids.tolist()}"
    run.equal(whole["ids"], ids.tolist(), case)
    run.equal(whole["shape"], list(shape) + [array.shape[1]], case)
    rows = array[ids].astype("float32") if array.dtype == "float16" else array[ids]
    with numpy.errstate(all="ignore"):
        read = numpy.array(whole["vectors"], object)
    run.equal(read.shape[:len(shape)], shape, case)
    if array.dtype.kind != "f" or numpy.isfinite(rows).all():
        run.equal(numpy.array(whole["vectors"], rows.dtype).tobytes(), rows.tobytes(), case)


for number in range(run.cases):
    dtype = run.random.choice(DTYPES[:3] * 4 + DTYPES)
    array = matrix(run.random, dtype)
    path = run.path("table.npy")
    numpy.save(path, array)
    case = f"number {number}: {dtype} {array.shape}"
    check_delimited(path, array, run.random.choice(",\t"), case)
    check_json(path, array, case)
    check_nested(run.random, path, array)
run.end()
