"""Figures of rows and the indicators of under-trained tokens, against NumPy's in float64: norms,
cosines, and the first principal component by the SVD, with eigenvalues far apart and close."""
import json
import math

import parity

run = parity.Run(cases=40)
(numpy,) = parity.originals("numpy")

DTYPES = ("float16", "float32", "float64", "int8", "int16", "int32", "uint8", "uint16")


def cosine_distance(rows, to):
    lengths = numpy.linalg.norm(rows, axis=1) * numpy.linalg.norm(to)
    return 1 - rows @ to / numpy.maximum(lengths, 1e-6)


def first_component(rows):
    """The direction, and by how many of the last bits rounding may turn it."""
    values, directions = numpy.linalg.svd(rows, full_matrices=False)[1:]
    second = values[1] if len(values) > 1 else 0
    return directions[0], values[0] / max(values[0] - second, 1e-300)


def with_spectrum(rng, n, d):
    """Rows whose two largest singular values are close, or a few large ones, or noise."""
    kind = rng.randrange(4)
    r = numpy.random.default_rng(rng.getrandbits(63))
    if kind == 0:
        return r.standard_normal((n, d)) * rng.choice((0.02, 1, 30))
    k = min(n - 1, d)
    values = numpy.geomspace(1, 10.0 ** -rng.randrange(1, 4), k)
    if kind == 1 and k > 1:
        values[1] = values[0] * (1 - 10.0 ** -rng.randrange(1, 5))
    left = r.standard_normal((n, k))
    left = numpy.linalg.qr(left - left.mean(0))[0]
    right = numpy.linalg.qr(r.standard_normal((d, k)))[0]
    return (left * values) @ right.T * math.sqrt(n) + rng.choice((0, 0.1, 10)) * r.standard_normal(d)


def random_table(rng):
    n, d = rng.randrange(3, 400), rng.choice((1, 2, 3, 15, 16, 17, 64, 100, 300))
    dtype = numpy.dtype(rng.choice(DTYPES))
    values = with_spectrum(rng, n, d)
    if dtype.kind in "iu":
        values = numpy.clip(values * 20 + (60 if dtype.kind == "u" else 0), 0 if dtype.kind == "u"
                            else -120, 120)
    values = values.astype(dtype)
    for _ in range(rng.randrange(3)):
        values[rng.randrange(n)] = 0
    return values


def near(got, wanted, within, case):
    got = [math.nan if value is None else value for value in got]
    off = numpy.abs(numpy.array(got, float) - wanted)
    off[numpy.isnan(got) & numpy.isnan(wanted)] = 0
    run.equal(bool((off <= within).all()), True,
              f"{case}: off by {off.max()}, {numpy.isnan(got).sum()} are null")


def compare(table, rng, case):
    path = run.path("table.npy")
    numpy.save(path, table)
    unused = sorted(rng.sample(range(len(table)), rng.randrange(1, min(9, len(table)))))
    output, message, status = run.call("stats", "-w", path, "--rows", "-f", "json", "--reference",
                                       ",".join(map(str, unused)), "-j", rng.choice((1, 2, 5)))
    rows = table.astype(float)
    mean = rows[unused].mean(0)
    if not mean.any():
        run.equal((status, "zero" in message), (2, True), case)
        return
    run.equal(status, 0, f"{case}: {message}")
    if status != 0:
        return
    lines = json.loads(output)
    columns = {key: [line[key] for line in lines] for key in lines[0]}
    lengths = numpy.linalg.norm(rows, axis=1)
    near(columns["norm"], lengths, 1e-13 * lengths, f"{case} norm")
    near(columns["mean"], rows.mean(1), 1e-14 * lengths, f"{case} mean")
    if table.shape[1] > 1:
        near(columns["std"], rows.std(1, ddof=1), 1e-13 * lengths, f"{case} std")
    run.equal(columns["min"], rows.min(1).tolist(), f"{case} min")
    run.equal(columns["max"], rows.max(1).tolist(), f"{case} max")
    with numpy.errstate(invalid="ignore"):
        whole = numpy.array([math.fsum(column) for column in rows.T]) / len(rows)
        near(columns["cosine_to_mean"], rows @ whole / (lengths * numpy.linalg.norm(whole)), 1e-12,
             f"{case} cosine_to_mean")
    near(columns["cosine_distance"], cosine_distance(rows, mean), 1e-12, f"{case} distance")
    compare_reduced(rows, mean, columns["cosine_distance_without_first_pc"], message, case)
    compare_centred(rows, unused, whole, columns["cosine_distance_centred"], message, case)
    apart = numpy.linalg.norm(rows - mean, axis=1)
    near(columns["l2_distance"], apart, 1e-13 * (apart + numpy.linalg.norm(mean)), f"{case} length")


def compare_reduced(rows, mean, got, message, case):
    """What is not sure to nine digits is null, and only that: where the bound is a hundred times
    below, there is a number."""
    null = numpy.array([value is None for value in got])
    if (rows == rows[0]).all():
        run.equal((bool(null.all()), "do not differ" in message), (True, True), case)
        return
    component, turns = first_component(rows - rows.mean(0))
    reduced = rows - numpy.outer(rows @ component, component)
    to = mean - (mean @ component) * component
    wanted = cosine_distance(reduced, to)
    lengths = numpy.maximum(numpy.linalg.norm(reduced, axis=1) * numpy.linalg.norm(to), 1e-6)
    sensitivity = (numpy.linalg.norm(rows, axis=1) * numpy.linalg.norm(to) +
                   numpy.linalg.norm(reduced, axis=1) * numpy.linalg.norm(mean)) / lengths
    error = turns * sensitivity * 2.0 ** -52
    run.equal(bool(null[error < 1e-12].any()), False, f"{case}: {null.sum()} null, {message}")
    if null.any():
        run.equal("null" in message, True, case)
    near(got, numpy.where(null, math.nan, wanted), 1e-9, f"{case} reduced")


def compare_centred(rows, unused, whole, got, message, case):
    """Likewise: what rounding of the means may do is far below nine digits of most rows."""
    null = numpy.array([value is None for value in got])
    centred = rows - whole
    to = numpy.array([math.fsum(column) for column in rows[unused].T]) / len(unused) - whole
    lengths = numpy.maximum(numpy.linalg.norm(centred, axis=1) * numpy.linalg.norm(to), 1e-6)
    rounded = (numpy.linalg.norm(whole) + numpy.linalg.norm(centred, axis=1)) * numpy.linalg.norm(to) + \
        numpy.linalg.norm(rows[unused], axis=1).max() * numpy.linalg.norm(centred, axis=1)
    run.equal(bool(null[rounded * 2.0 ** -52 < 1e-10 * lengths].any()), False,
              f"{case}: {null.sum()} centred are null, {message}")
    if null.any():
        run.equal("cosine_distance_centred is null" in message, True, case)
    wanted = cosine_distance(centred, to)
    near(got, numpy.where(null, math.nan, wanted), 1e-9, f"{case} centred")


# ---------------------------------------------------------------- histograms

def compare_histogram(table, rng, case):
    path = run.path("table.npy")
    odd = table.astype(float)
    if table.dtype.kind == "f":
        for value in (math.nan, math.inf, -math.inf):
            for _ in range(rng.randrange(3)):
                odd[rng.randrange(len(odd)), rng.randrange(odd.shape[1])] = value
    numpy.save(path, odd.astype(table.dtype))
    bins = rng.choice((1, 3, 20, 1000))
    lines = json.loads(run.output("stats", "-w", path, "--hist", "--bins", bins, "-f", "json", "-j",
                                  rng.choice((1, 4))))
    finite = odd[numpy.isfinite(odd)]
    counts, edges = numpy.histogram(finite, bins)
    regular = [line for line in lines if isinstance(line["bin"], int)]
    run.equal([line["count"] for line in regular], counts.tolist(), f"{case} {bins} counts")
    run.equal([line["from"] for line in regular], edges[:-1].tolist(), f"{case} {bins} from")
    run.equal([line["to"] for line in regular], edges[1:].tolist(), f"{case} {bins} to")
    others = {line["bin"]: line["count"] for line in lines if not isinstance(line["bin"], int)}
    wanted = {"nan": numpy.isnan(odd).sum(), "-inf": (odd == -math.inf).sum(),
              "inf": (odd == math.inf).sum()}
    run.equal(others, {key: int(count) for key, count in wanted.items() if count}, f"{case} others")


for number in range(run.cases):
    table = random_table(run.random)
    case = f"case {number}: {table.dtype} {table.shape}"
    compare(table, run.random, case)
    compare_histogram(table, run.random, case)
run.end()
