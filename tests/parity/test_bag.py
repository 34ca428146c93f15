"""Bags, against torch.nn.EmbeddingBag and, of bfloat16, against its definition.

PyTorch 1.13 as Debian builds it makes the same bits as the wheels of float32, float64 and float16;
of bfloat16 it makes no bags. The wheels themselves are compared by extra/bag_torch.py.
"""
import parity

torch, numpy = parity.originals("torch", "numpy")
import bags  # noqa: E402, after it is known that torch is there

run = parity.Run(cases=150)


def right(case):
    return case.by_definition() if case.dtype == "bfloat16" else case.by_torch()


def compare_text(rng):
    """What print() shows of a layer that is seeded here."""
    seed, rows, dim = rng.randrange(1000), rng.randrange(1, 20), rng.randrange(1, 9)
    mode = rng.choice(("sum", "mean", "max"))
    padding = rng.choice((None, rng.randrange(rows)))
    torch.manual_seed(seed)
    layer = torch.nn.EmbeddingBag(rows, dim, mode=mode, padding_idx=padding)
    ids = [[rng.randrange(rows) for _ in range(3)] for _ in range(rng.randrange(1, 5))]
    options = [] if padding is None else ["--padding-idx", padding]
    text = run.output("--seed", seed, "-n", rows, "-d", dim, "--bag", mode, *options,
                      stdin=str(ids).encode())
    run.equal(text.decode(), f"{layer(torch.tensor(ids))}\n", f"text of {mode}, {ids}, {options}")


bags.compare(run, run.random, list(bags.DTYPES), right)
for _ in range(run.cases // 5):
    compare_text(run.random)
run.end()
