"""Whatever tokvec writes of a table opens again and is the same, value for value; and text tables
that Python writes are read as Python's own float() and NumPy's float32 read them.
"""
import csv
import io
import json
import math
import struct
from fractions import Fraction

import parity

run = parity.Run(cases=20)
(numpy,) = parity.originals("numpy")

SIZES = {"float32": 4, "float64": 8, "float16": 2, "bfloat16": 2, "float8_e4m3fn": 1,
         "float8_e5m2": 1, "bool": 1, "int8": 1, "int16": 2, "int32": 4, "int64": 8, "uint8": 1,
         "uint16": 2, "uint32": 4, "uint64": 8}
HELP = run.output("--help").decode()
TEXT = [name for name in ("csv", "tsv", "json", "jsonl", "vec") if f"\n  {name} " in HELP]
BINARY = [name for name in ("npy", "raw", "safetensors") if f"\n  {name} " in HELP]
SHIFTS = {"float32": (23, 8), "float64": (52, 11), "float16": (10, 5), "bfloat16": (7, 8),
          "float8_e4m3fn": (3, 4), "float8_e5m2": (2, 5)}


def finite(dtype, value):
    """Bits that are neither nan nor infinite: JSON has no words for those."""
    if dtype not in SHIFTS:
        return value & 1 if dtype == "bool" else value
    shift, width = SHIFTS[dtype]
    ones = (1 << width) - 1
    return value & ~(1 << shift) if value >> shift & ones == ones else value


def random_bytes(rng, dtype, count):
    size = SIZES[dtype]
    values = (finite(dtype, rng.getrandbits(8 * size)) for _ in range(count))
    return b"".join(value.to_bytes(size, "little") for value in values)


def there_and_back(rng, dtype, form):
    dim, rows = rng.randrange(1, 40), rng.randrange(1, 12)
    skip = rng.randrange(20)
    data = random_bytes(rng, dtype, rows * dim)
    source, path = run.path("source"), run.path("table." + form)
    with open(source, "wb") as file:
        file.write(rng.randbytes(skip) + data)
    raw = ("-w", source, "--dtype", dtype, "-d", dim, "--offset", skip)
    case = f"{dtype} {rows} x {dim} as {form}"
    run.equal(run.output("weight", *raw, "-f", "raw"), data, f"{case}: bare values")
    with open(path, "wb") as file:
        file.write(run.output("weight", *raw, "-f", form))
    back, wanted = ("-w", path), data
    if form == "raw":
        back += ("--dtype", dtype, "-d", dim)
    elif form != "safetensors" and dtype.startswith("float8") or \
            form == "npy" and dtype == "bfloat16":  # become float32
        wanted = run.output("weight", *raw, "--as", "float32", "-f", "raw")
    elif form in TEXT and (form != "json" or rng.random() < 0.5):
        back += ("--dtype", dtype)
    run.equal(run.output("weight", *back, "-f", "raw"), wanted, f"{case}: again")


for case in range(run.cases // 10):
    for dtype in SIZES:
        for form in TEXT + BINARY:
            there_and_back(run.random, dtype, form)


# ---------------------------------------------------------------- numbers as Python writes them

def random_number(rng):
    """A text and the kind of float it has come from."""
    bits = rng.getrandbits(64)
    double = struct.unpack("<d", bits.to_bytes(8, "little"))[0]
    single = struct.unpack("<f", (bits & 0xffffffff).to_bytes(4, "little"))[0]
    value = rng.choice((double, single, rng.gauss(0, 1), rng.gauss(0, 1e-3), 0.0, -0.0))
    if not math.isfinite(value):
        value = 1.0
    style = rng.choice(("%r", "%.6f", "%.9g", "%.18e", "%.0f", "%.4e", "%.25g"))
    return style % value


def python_table(rng):
    dim, rows = rng.randrange(2, 9), rng.randrange(1, 9)
    texts = [[random_number(rng) for _ in range(dim)] for _ in range(rows)]
    words = [rng.choice(("a", 'say "x"', "a,b", "é\n", "x y", "日")) + str(row)
             for row in range(rows)]
    form = rng.choice(("csv", "pandas", "json", "words.json", "columns", "vec", "glove"))
    if form == "columns":
        texts[0][0] = "0.5"  # two integers on the first line are the header of word2vec
    if form in ("columns", "glove"):
        words = [f"w{row}" for row in range(rows)]
    if form == "glove" and rows > 2:  # most words have no spaces in them
        words[1] = "x y 2"
    if form == "vec":
        words = [word.replace("\n", "") for word in words]
    out = io.StringIO(newline="")
    if form == "csv":
        csv.writer(out, quoting=rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))).writerows(
            [[word, *row] for word, row in zip(words, texts)])
    elif form == "pandas":
        csv.writer(out).writerows([["", *range(dim)],
                                   *([word, *row] for word, row in zip(words, texts))])
    elif form == "json":
        out.write(json.dumps([[float(text) for text in row] for row in texts],
                             indent=rng.choice((None, 1))))
    elif form == "words.json":
        out.write(json.dumps({word: [float(text) for text in row]
                              for word, row in zip(words, texts)}))
    else:
        if form == "vec":
            out.write(f"{rows} {dim}\n")
        end = rng.choice(("\n", " \n", "\r\n"))
        for word, row in zip(words, texts):
            out.write(("" if form == "columns" else word + " ") + " ".join(row) + end)
    return out.getvalue(), texts, words, form


def compare_python_table(rng):
    text, texts, words, form = python_table(rng)
    path = run.path("table")
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    rounded = [[float(value) for value in row] for row in texts]
    with numpy.errstate(over="ignore", under="ignore"):
        single = numpy.array([[float32(value) for value in row] for row in texts], "<f4")
    case = f"{form}: {text}"
    dtype = ("--dtype", "float64")
    run.equal(run.output("weight", "-w", path, *dtype, "-f", "raw"),
              numpy.array(rounded, "<f8").tobytes(), f"float64 {case}")
    if "json" not in form:  # json.dumps has rounded to float64 before
        run.equal(run.output("weight", "-w", path, "-f", "raw"), single.tobytes(), case)
    if form not in ("json", "columns"):
        row = rng.randrange(len(words))
        if "\n" not in words[row]:
            run.equal(run.output("-w", path, *dtype, "--tokens", "-f", "raw",
                                 stdin=words[row].encode() + b"\n"),
                      numpy.array(rounded[row], "<f8").tobytes(), f"'{words[row]}' in {case}")


def float32(text):
    """The float32 nearest to a decimal, rounded once."""
    with numpy.errstate(over="ignore", under="ignore"):
        near = numpy.float32(float(text))
    if not numpy.isfinite(near):
        return near
    exact = Fraction(text)
    candidates = [near, numpy.nextafter(near, numpy.float32(-math.inf)),
                  numpy.nextafter(near, numpy.float32(math.inf))]
    candidates = [value for value in candidates if numpy.isfinite(value)]
    best = min(candidates, key=lambda value: (abs(Fraction(float(value)) - exact),
                                              value.view("<u4") & 1))
    return math.copysign(abs(best), -1.0 if text.startswith("-") else 1.0)


for case in range(run.cases * 5):
    compare_python_table(run.random)
run.end()
