"""Many vectors at once in random tables, against faiss's flat indexes: inner product, distance, and
cosine as the inner product of rows of length 1.

Place by place the same score within the noise of faiss's float32, and the same row unless another
one is as good.
"""
import csv
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import parity  # noqa: E402

run = parity.Run(cases=60)
np, faiss = parity.originals("numpy", "faiss")


def indexed(table, queries, metric, k):
    """(scores, rows) as faiss has them; distances are squared there."""
    table, queries = table.copy(), queries.copy()
    if metric == "cosine":
        faiss.normalize_L2(table)
        faiss.normalize_L2(queries)
    index = (faiss.IndexFlatL2 if metric == "l2" else faiss.IndexFlatIP)(table.shape[1])
    index.add(table)
    scores, rows = index.search(queries, min(k, len(table)))
    return (np.sqrt(np.maximum(scores, 0)) if metric == "l2" else scores), rows


def same(got, scores, rows, noise):
    if len(got) != len(scores):
        return False
    known = dict(zip(rows.tolist(), scores.tolist()))
    last = scores[-1] if len(scores) else 0
    return (all(abs(score - b) < noise for (_, score), b in zip(got, scores)) and
            all(abs(known.get(row, last) - score) < noise for row, score in got))


def compare(number):
    draw, rng = run.random, np.random.default_rng(run.random.getrandbits(32))
    rows, dim = draw.choice((5, 300, 20000)), draw.choice((4, 32, 100, 384))
    table = rng.standard_normal((rows, dim)).astype(np.float32)
    queries = rng.standard_normal((draw.choice((1, 20, 300)), dim)).astype(np.float32)
    metric, k = draw.choice(("cosine", "dot", "l2")), draw.choice((1, 10, 100))
    np.save(run.path("table.npy"), table)
    text = "".join(str(query.tolist()) + "\n" for query in queries)
    output = run.output("near", "-q", "-w", run.path("table.npy"), "--vectors", "-k", k, "--by",
                        metric, "-f", "csv", stdin=text.encode())
    found = {}
    for a in csv.DictReader(output.decode().splitlines()):
        found.setdefault(int(a["query"]), []).append((int(a["id"]), float(a["score"])))
    # faiss's distances are a.a - 2 a.b + b.b in float32.
    noise = 2e-3 if metric == "l2" else 2e-6 if metric == "cosine" else 2e-6 * dim
    case = f"case {number}: {table.shape}, {len(queries)} queries, {k} by {metric}"
    for i, (scores, ids) in enumerate(zip(*indexed(table, queries, metric, k))):
        got = found.get(i, [])
        run.equal(same(got, scores, ids, noise), True,
                  f"{case}, {i}: {got[:3]}, {scores[:3]}, {ids[:3]}")


print("faiss", faiss.__version__, "numpy", np.__version__)
for number in range(run.cases):
    compare(number)
run.end()
