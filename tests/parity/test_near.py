"""Neighbours in random tables, against their definition in NumPy's long double.

All places and all digits: rows by their score as float32, then by their number. Tables have rows of
zeros, equal and parallel rows, nans and infinities, large and small numbers.
"""
import csv

import parity

run = parity.Run(cases=120)
np, = parity.originals("numpy")
DTYPES = ("f4", "f4", "f4", "f8", "f2", "i1", "i4", "u2")
METRICS = ("cosine", "cosine", "dot", "l2")


def random_table(rng, draw):
    rows, dim = draw.choice((1, 2, 9, 70, 600)), draw.choice((1, 2, 3, 8, 31, 100, 300))
    dtype = draw.choice(DTYPES)
    if dtype[0] in "iu":
        return rng.integers(0 if dtype[0] == "u" else -100, 100, (rows, dim)).astype(dtype)
    table = rng.standard_normal((rows, dim)) * 10.0 ** draw.choice((0, 0, 0, -3, 3))
    if dtype == "f4" and draw.random() < 0.2:
        table *= 10.0 ** draw.choice((-35, 33))
    table = table.astype(dtype)
    for _ in range(draw.randrange(4)):
        at, of = draw.randrange(rows), draw.randrange(rows)
        factor = draw.choice((1, 1, 2, -1, 0, 0, 3))
        with np.errstate(over="ignore"):
            table[at] = table[of] * np.dtype(dtype).type(factor)
    if draw.random() < 0.2:
        table[draw.randrange(rows), draw.randrange(dim)] = draw.choice((np.nan, np.inf, -np.inf))
    return table


def scores_of(table, query, metric):
    """In long double, rounded once; nan where there is none."""
    x, q = table.astype(np.longdouble), query.astype(np.longdouble)
    with np.errstate(all="ignore"):
        if metric == "l2":
            scores = np.sqrt(((x - q) ** 2).sum(axis=1))
        else:
            scores = (x * q).sum(axis=1)
        if metric == "cosine":
            scores = scores / (np.sqrt((x * x).sum(axis=1)) * np.sqrt((q * q).sum()))
        scores[~np.isfinite(x).all(axis=1)] = np.nan
        return scores.astype(np.float32)


def best(table, query, metric, k, without, first):
    scores = scores_of(table, query, metric)
    rows = [row for row in range(min(first or len(table), len(table)))
            if row not in without and not np.isnan(scores[row])]
    rows.sort(key=lambda row: (scores[row] if metric == "l2" else -scores[row], row))
    return [(row, scores[row]) for row in rows[:k]]


def useful(query, metric):
    return np.isfinite(query.astype("f8")).all() and (metric != "cosine" or query.any())


def unit(row):
    row = row.astype(np.longdouble)
    return row / np.sqrt((row * row).sum()) if row.any() else row


def ask(words, text, wanted, case):
    """The program's answers, query by query, or None if it failed."""
    output, message, status = run.call("near", "-f", "csv", "-q", *words, stdin=text.encode())
    if wanted is None:
        run.equal(status, 2, case + f": {message}")
        return
    answers = csv.DictReader(output.decode().splitlines())
    got = [(a["query"], int(a["rank"]), int(a["id"]), np.float32(a["score"])) for a in answers]
    run.equal(got, [(query, rank + 1, row, score) for query, hits in wanted
                    for rank, (row, score) in enumerate(hits)], case + f": {message}")


def by_row(table, options, draw, case):
    metric, k, first, words = options
    rows = [draw.randrange(len(table)) for _ in range(draw.choice((1, 1, 3, 20)))]
    wanted = [(str(row), best(table, table[row], metric, k, {row}, first)) for row in rows]
    if not all(useful(table[row], metric) for row in rows):
        wanted = None
    if draw.random() < 0.5:
        ask([*words, *rows], "", wanted, case)
    elif wanted is not None:
        ask(words, "".join(f"{row}\n" for row in rows), wanted, case)


def by_vector(table, options, draw, rng, case):
    metric, k, first, words = options
    dim = table.shape[1]
    queries = rng.standard_normal((draw.choice((1, 4, 30)), dim))
    wide = table.dtype not in ("f4", "f2") or draw.random() < 0.5
    if not wide:
        queries = queries.astype("f4")
    wanted = [(str(i), best(table, query, metric, k, (), first)) for i, query in enumerate(queries)]
    lines = [[repr(float(value)) if wide else str(value) for value in query] for query in queries]
    form = draw.randrange(3)
    text = ("".join(" ".join(line) + "\n" for line in lines) if form == 0 else
            "".join("[" + ", ".join(line) + "]\n" for line in lines) if form == 1 else
            "[" + ",\n".join("[" + ", ".join(line) + "]" for line in lines) + "]")
    ask([*words, "--vectors"], text, wanted, case)


def by_terms(table, options, draw, case):
    metric, k, first, words = options
    terms = [(draw.choice((1, 1, -1)), draw.randrange(len(table)))
             for _ in range(draw.choice((1, 2, 3, 5)))]
    if not all(np.isfinite(table[row].astype("f8")).all() for _, row in terms):
        return
    query = sum(sign * unit(table[row]) for sign, row in terms)
    name = " ".join(f"{'+' if sign > 0 else '-'} {row}" for sign, row in terms).removeprefix("+ ")
    wanted = [(name, best(table, query, metric, k, {row for _, row in terms}, first))]
    if np.abs(query).max() < 1e-14:
        wanted = None
    elif np.abs(query).max() < 1e-3:
        return  # what rounding leaves of parallel rows
    for sign, row in terms:
        words = [*words, "--plus" if sign > 0 else "--minus", row]
    ask(words, "", wanted, case)


def one_case(number):
    draw, rng = run.random, np.random.default_rng(run.random.getrandbits(32))
    table = random_table(rng, draw)
    path = run.path("table.npy")
    np.save(path, table)
    metric, k = draw.choice(METRICS), draw.choice((1, 3, 10, 10000))
    first = draw.choice((0, 0, 1, len(table) // 2))
    words = ["-w", path, "-k", k, "--by", metric, "-j", draw.choice((1, 2, 4))]
    words += ["--first", first] if first else []
    options = metric, k, first, words
    case = f"case {number}: {table.dtype} {table.shape} {words[2:]}"
    kind = draw.randrange(3)
    if kind == 0:
        by_row(table, options, draw, case + " by row")
    elif kind == 1:
        by_vector(table, options, draw, rng, case + " by vector")
    else:
        by_terms(table, options, draw, case + " by terms")


for number in range(run.cases):
    one_case(number)
run.end()
