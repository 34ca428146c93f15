"""Sums of tokens' and positions' vectors, as PyTorch adds them: learned positions drawn by the same
generator, sinusoidal ones by their definition in double precision, and those of files.
"""
import json
import math
import struct

import parity

run = parity.Run(cases=120)
torch, numpy = parity.originals("torch", "numpy")
if "CPU capability usage: AVX2" not in torch.__config__.show():
    parity.skip("this processor does not run PyTorch's AVX2 path, whose bits tokvec has")

DTYPES = {"float32": "F32", "float64": "F64", "float16": "F16", "bfloat16": "BF16"}


def data(tensor):
    """A tensor's bytes; NumPy has no bfloat16."""
    return tensor.contiguous().view(torch.int16 if tensor.element_size() == 2 else
                                    tensor.dtype).numpy().tobytes()


def write_safetensors(path, tensors):
    header, body = {}, b""
    for name, tensor in tensors.items():
        raw = data(tensor)
        header[name] = {"dtype": DTYPES[str(tensor.dtype)[6:]], "shape": list(tensor.shape),
                        "data_offsets": [len(body), len(body) + len(raw)]}
        body += raw
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + body)


def sinusoidal(first, count, dim, dtype):
    """The tutorials' code, each step in float32, each function rounded once from a double."""
    f32 = numpy.float32
    step = f32(-math.log(10000.0) / dim)
    table = torch.zeros(count, dim)
    for i in range(0, dim, 2):
        div = f32(math.exp(float(f32(i) * step)))
        for t in range(count):
            angle = float(f32(first + t) * div)
            table[t, i] = math.sin(angle)
            if i + 1 < dim:
                table[t, i + 1] = math.cos(angle)
    return table.to(dtype)


def random_ids(rng, rows):
    """(IDs as a tensor, their text): flat, or nested in one to three levels."""
    shape = [rng.randrange(1, 5) for _ in range(rng.randrange(4))] + [rng.randrange(1, 12)]
    ids = torch.randint(rows, shape, generator=torch.Generator().manual_seed(rng.randrange(1000)))
    return ids, str(ids.tolist()) if len(shape) > 1 or rng.random() < 0.5 else \
        " ".join(map(str, ids.tolist()))


def compare(sums, words, text, case):
    """What print() shows, and the bytes, also in a format that streams and on several threads."""
    stdin = text.encode()
    case = f"{case}: {' '.join(map(str, words))} < {text}"
    run.equal(run.output(*words, stdin=stdin).decode(), f"{sums}\n", case)
    run.equal(run.output(*words, "-f", "raw", "-j", 3, stdin=stdin), data(sums.detach()), case)
    if sums.dtype == torch.float32:
        lines = run.output(*words, "-f", "tsv", stdin=stdin).decode().splitlines()[1:]
        got = [[numpy.float32(x) for x in line.split("\t")[1:]] for line in lines]
        run.equal(numpy.array(got).tobytes(), data(sums.detach()), f"{case}, tsv")


def compare_seeded(rng, learned):
    dtype = getattr(torch, rng.choice(("float32", "float64")))
    rows, dim = rng.randrange(16, 60), rng.randrange(1, 24)
    seed, offset = rng.randrange(1000), rng.choice((0, 0, 1, 17))
    ids, text = random_ids(rng, rows)
    count = offset + ids.shape[-1] + rng.randrange(3)
    torch.manual_seed(seed)
    tokens = torch.nn.Embedding(rows, dim, dtype=dtype)
    words = ["--seed", seed, "-n", rows, "-d", dim, "--dtype", str(dtype)[6:]]
    if offset > 0:
        words += ["--position-offset", offset]
    places = torch.arange(offset, offset + ids.shape[-1])
    if not learned:
        sums = tokens(ids) + sinusoidal(offset, ids.shape[-1], dim, dtype)
        compare(sums, words + ["--add-positions", "sinusoidal"], text, "sinusoidal")
        return
    if count * dim < 16 and dtype == torch.float64:
        return  # 1.13 has another logarithm there: test_seed.py
    positions = torch.nn.Embedding(count, dim, dtype=dtype)
    compare(tokens(ids) + positions(places), words + ["--add-positions", f"learned:{count}"], text,
            "learned")


def compare_drawn(rng):
    """Both tables are drawn in the same way, after whatever came before."""
    dtype = getattr(torch, rng.choice(("float32", "float64")))
    rows, dim, seed = rng.randrange(16, 60), rng.randrange(1, 24), rng.randrange(1000)
    init, words, parameters = rng.choice((("normal_", "normal:0,0.02", (0, 0.02)),
                                          ("uniform_", "uniform:-1,2", (-1, 2)),
                                          ("xavier_normal_", "xavier_normal", ()),
                                          ("kaiming_uniform_", "kaiming_uniform", ())))
    ids, text = random_ids(rng, rows)
    count = max(ids.shape[-1], 16)
    torch.manual_seed(seed)
    torch.nn.Embedding(7, 5)
    tokens, positions = (getattr(torch.nn.init, init)(torch.empty(n, dim, dtype=dtype), *parameters)
                         for n in (rows, count))
    factor = rng.choice((1, 0.5))
    sums = (tokens * factor)[ids] + (positions * factor)[torch.arange(ids.shape[-1])]
    words = ["--seed", seed, "-n", rows, "-d", dim, "--dtype", str(dtype)[6:], "--after", "7x5",
             "--init", words, "--times", factor, "--add-positions", f"learned:{count}", "-f", "raw"]
    run.equal(run.output(*words, stdin=text.encode()), data(sums), f"{words} {text}")


def compare_numpy(rng):
    """NumPy's generators go on from where the last table ended."""
    rows, dim, seed = rng.randrange(1, 60), rng.randrange(1, 24), rng.randrange(1000)
    library, init, dtype, draw = rng.choice((
        ("numpy", "standard_normal", "float64", lambda g, n: g.standard_normal((n, dim))),
        ("numpy", "random", "float32", lambda g, n: g.random((n, dim), dtype=numpy.float32)),
        ("numpy", "uniform:-1,1", "float64", lambda g, n: g.uniform(-1, 1, (n, dim))),
        ("numpy-legacy", "randn", "float64", lambda g, n: g.randn(n, dim)),
        ("numpy-legacy", "normal:0,0.02", "float64", lambda g, n: g.normal(0, 0.02, (n, dim)))))
    generator = (numpy.random.default_rng if library == "numpy" else numpy.random.RandomState)(seed)
    ids, text = random_ids(rng, rows)
    count = ids.shape[-1] + rng.randrange(3)
    tokens, positions = torch.from_numpy(draw(generator, rows)), draw(generator, count)
    sums = tokens[ids] + torch.from_numpy(positions)[torch.arange(ids.shape[-1])]
    compare(sums, ["--rng", library, "--seed", seed, "-n", rows, "-d", dim, "--init", init,
                   "--dtype", dtype, "--add-positions", f"learned:{count}"], text, "NumPy")


def compare_longest(rng):
    """Without a number there are as many positions as the longest list has."""
    rows, dim, seed = rng.randrange(4, 60), rng.randrange(4, 24), rng.randrange(1000)
    ids, text = random_ids(rng, rows)
    torch.manual_seed(seed)
    tokens = torch.nn.Embedding(rows, dim)
    positions = torch.nn.Embedding(ids.shape[-1], dim)
    sums = tokens(ids) + positions(torch.arange(ids.shape[-1]))
    words = ["--seed", seed, "-n", rows, "-d", dim, "--add-positions", "learned"]
    run.equal(run.output(*words, stdin=text.encode()).decode(), f"{sums}\n", f"{words} {text}")


def compare_file(rng):
    dtypes = [getattr(torch, name) for name in DTYPES]
    rows, dim, offset = rng.randrange(1, 60), rng.randrange(1, 40), rng.choice((0, 0, 3))
    ids, text = random_ids(rng, rows)
    # How the table is called, which row is position 0, and how many more rows there are.
    name, first, count = rng.choice((("wpe.weight", 0, 30), ("pos_emb.weight", 0, 19),
                                     ("embeddings.position_embeddings.weight", 0, 64),
                                     ("embeddings.position_embeddings.weight", 2, 66),
                                     ("model.decoder.embed_positions.weight", 2, 66),
                                     ("roberta.embeddings.position_embeddings.weight", 2, 40)))
    if first == 2:
        ids = ids.clamp(max=rows - 1).masked_fill(ids == 1, 0)  # RoBERTa's padding
        text = str(ids.tolist())
    tokens = torch.randn(rows, dim).to(rng.choice(dtypes))
    positions = torch.randn(count, dim).to(rng.choice((tokens.dtype, rng.choice(dtypes))))
    write_safetensors(run.path("model.safetensors"),
                      {"wte.weight": tokens, name: positions, "head": torch.zeros(3, dim)})
    places = torch.arange(first + offset, first + offset + ids.shape[-1])
    sums = tokens[ids] + positions[places]
    words = ["-w", run.path("model.safetensors"), "--position-offset"]
    compare(sums, [*words, offset, "--add-positions", "auto"], text, "auto")
    compare(sums, [*words, first + offset, "--add-positions", name], text, "by name")
    as_half = run.output(*words, offset, "--add-positions", "auto", "--as", "float16", "-f", "raw",
                         stdin=text.encode())
    # One rounding: PyTorch goes from float64 to float16 by way of float32.
    half = torch.from_numpy(sums.numpy().astype("float16")) if sums.dtype == torch.float64 else \
        sums.half()
    run.equal(as_half, data(half), f"as float16, {tokens.dtype} and {positions.dtype}")


torch.manual_seed(run.seed)
for _ in range(run.cases // 3):
    compare_seeded(run.random, learned=True)
    compare_seeded(run.random, learned=False)
    compare_file(run.random)
    compare_drawn(run.random)
    compare_numpy(run.random)
    compare_longest(run.random)
run.end()
