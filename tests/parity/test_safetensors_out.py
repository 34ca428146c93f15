"""The files that -f safetensors writes, read by the rules of the reference reader, written here in
NumPy and strict: what it refuses, the reference refuses. And what tokvec reads back of them."""
import json
import struct

import parity

run = parity.Run(cases=250)
(numpy,) = parity.originals("numpy")

# The codes of the format and the bytes of an element.
DTYPES = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1,
          "U64": 8, "U32": 4, "U16": 2, "U8": 1, "BOOL": 1, "F8_E4M3": 1, "F8_E5M2": 1,
          "F8_E8M0": 1, "F8_E4M3FNUZ": 1, "F8_E5M2FNUZ": 1}


class Refused(Exception):
    pass


def check(condition, why):
    if not condition:
        raise Refused(why)


def once(pairs):
    check(len({key for key, _ in pairs}) == len(pairs), "a key twice")
    return dict(pairs)


def parse(data):
    """{name: (code, shape, bytes)} and the metadata; every check of the reference, and that each
    tensor is aligned to its elements."""
    check(len(data) >= 8, "too short")
    (length,) = struct.unpack_from("<Q", data)
    check(length <= 100_000_000 and 8 + length <= len(data), "length of the header")
    check(length % 8 == 0, "header not padded")
    text = data[8:8 + length].decode("utf-8")
    check(text.startswith("{"), "header does not begin with a brace")
    check(text.rstrip(" ").endswith("}"), "padding is not of blanks")
    header = json.loads(text, object_pairs_hook=once)
    metadata = header.pop("__metadata__", {})
    check(all(isinstance(value, str) for value in metadata.values()), "metadata not of texts")
    tensors, end = {}, 0
    order = sorted(header.items(), key=lambda item: item[1]["data_offsets"])
    for name, entry in order:
        check(set(entry) == {"dtype", "shape", "data_offsets"}, "members of an entry")
        begin, after = entry["data_offsets"]
        check(begin == end, "hole or overlap")
        size = DTYPES[entry["dtype"]]
        elements = 1
        for n in entry["shape"]:
            check(type(n) is int and n >= 0, "shape")
            elements *= n
        check(elements * size == after - begin, "size")
        check((8 + length + begin) % size == 0, "alignment")
        tensors[name] = (entry["dtype"], entry["shape"],
                         data[8 + length + begin:8 + length + after])
        end = after
    check(8 + length + end == len(data), "length of the file")
    return tensors, metadata


def write(path, name, code, shape, data):
    header = json.dumps({name: {"dtype": code, "shape": shape, "data_offsets": [0, len(data)]}})
    header = header.encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(header)) + header + data)


def read(got, case):
    try:
        return parse(got)
    except (Refused, ValueError, KeyError, TypeError) as error:
        run.equal(f"{type(error).__name__}: {error}: {got[:300]!r}", "a file that is read", case)
        return None


def nested(rng, vocab_size):
    shape = rng.choice(((), (0,), (1,), (7,), (2, 3), (3, 1), (2, 2, 2)))
    return numpy.array([rng.randrange(vocab_size) for _ in range(int(numpy.prod(shape, dtype=int)))],
                       "i8").reshape(shape)


def loaded(rng):
    """Rows of a table of any dtype, bit for bit, and back."""
    code = rng.choice(list(DTYPES))
    rows, dim = rng.randrange(1, 30), rng.choice((0, 1, 2, 3, 7, 64, 1000))
    data = rng.randbytes(rows * dim * DTYPES[code])
    if code == "BOOL":
        data = bytes(byte & 1 for byte in data)
    name = rng.choice(("a", "wte.weight", 'q"\\\n\x7f', "é\U0001f642", "\0"))
    path = run.path("table.safetensors")
    write(path, name, code, [rows, dim], data)
    matrix = numpy.frombuffer(data, f"V{DTYPES[code]}").reshape(rows, dim)
    ids = nested(rng, rows)
    case = f"{code} {rows} x {dim} {name!r} {ids.tolist()}"
    got = run.output("-w", path, "-f", "safetensors", stdin=str(ids.tolist()).encode())
    parts = read(got, case)
    if parts is None:
        return
    tensors, metadata = parts
    shape = list(ids.shape) if ids.shape else [1]  # a bare number is a sequence of one
    run.equal(tensors.get("ids"), ("I64", shape, ids.tobytes()), case)
    run.equal(tensors.get("embeddings"), (code, [*shape, dim], matrix[ids].tobytes()), case)
    run.equal(metadata, {"format": "pt", "file": path, "tensor": name}, case)
    run.equal(len(tensors), 2, case)
    back(got, matrix[ids].tobytes(), case)


def back(got, data, case):
    """What was written from IDs of any shape opens again, as the rows that it has."""
    again = run.path("again.safetensors")
    with open(again, "wb") as file:
        file.write(got)
    output, message, status = run.call("weight", "-w", again, "-f", "raw")
    run.equal((status, output), (0, data), f"{case} read back: {message}")


def seeded(rng):
    """The same as -f npy, with --as and without, of lookups and of whole tables."""
    words = ["--seed", rng.getrandbits(64), "-n", rng.randrange(1, 50), "-d", rng.randrange(1, 50)]
    wanted = {"format": "pt", "seed": str(words[1]), "vocab_size": str(words[3]),
              "dim": str(words[5])}
    if rng.random() < 0.3:
        words += ["--padding-idx", -1]
        wanted["padding_idx"] = "-1"
    code = rng.choice(("float32", "float64", "float16", "bfloat16"))
    options = ["--as", code]
    command = rng.choice((["weight"], ["lookup", 0, "0:1", words[3] - 1]))
    case = f"{command} {words} {options}"
    parts = read(run.output(*command, *words, *options, "-f", "safetensors"), case)
    if parts is None:
        return
    tensors, metadata = parts
    raw = run.output(*command, *words, *options, "-f", "raw")
    rows = words[3] if command == ["weight"] else 3
    ids = list(range(rows)) if command == ["weight"] else [0, 0, words[3] - 1]
    short = {"float32": "F32", "float64": "F64", "float16": "F16", "bfloat16": "BF16"}[code]
    run.equal(tensors.get("embeddings"), (short, [rows, words[5]], raw), case)
    run.equal(tensors.get("ids"), ("I64", [rows], numpy.array(ids, "<i8").tobytes()), case)
    run.equal(metadata, wanted, case)


for _ in range(run.cases):
    loaded(run.random)
    seeded(run.random)
run.end()
