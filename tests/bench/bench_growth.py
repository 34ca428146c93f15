"""What more work costs: time and peak memory for 1, 10 ... 10^8 IDs, and for tables of 10 MB to
10 GB. Each line compares with the line before, a tenth of the work; the peer's column says what
kind of growth that is."""
import os

from bench_start import sparse_safetensors
from bench_stream import write_ids
from measure import compare, job, path

FLAT, LINEAR = 1.5, 11  # by how much ten times the work may take longer


def kind(ratio):
    return "flat" if ratio <= FLAT else "at most linear" if ratio <= LINEAR else "more than linear"


def growth(names, results):
    """A line of time for each step, and one of memory for the last."""
    steps = list(zip(names[1:], results, results[1:]))
    for name, less, more in steps:
        yield job(name, more.seconds, less.seconds,
                  "a tenth: " + kind(more.seconds / less.seconds), LINEAR)
    name, less, more = steps[-1]
    yield job(name + ", peak memory", more.peak_kb / 1e3, less.peak_kb / 1e3,
              "a tenth: " + kind(more.peak_kb / less.peak_kb), FLAT, unit="MB")


def jobs(program):
    table = path("growth.npy")
    compare([program, "weight", "-n", "50000", "-d", "1", "-f", "npy", "-o", table], rounds=1)
    counts = [10**n for n in range(8)]
    inputs = ["<" + write_ids(f"{count}.ids", count, 50000) for count in counts]
    for form in ("csv", "raw"):
        results = compare(*([ids, program, "-w", table, "-f", form] for ids in inputs), rounds=3)
        yield from growth([f"{count} IDs to {form}" for count in counts], results)

    # A hundred million once, against ten million once: to raw, and to csv.
    most = "<" + write_ids("most.ids", 10**8, 50000)
    for form in ("raw", "csv"):
        results = compare(*([ids, program, "-w", table, "-f", form] for ids in (inputs[-1], most)),
                          rounds=1, seconds=1)
        yield from growth([f"10000000 IDs to {form}", f"100000000 IDs to {form}"], results)
    os.remove(most[1:])

    dim = 1024
    sizes = [10**n for n in (7, 8, 9, 10)]
    rows = [str(size // dim // 4) for size in sizes]
    names = [f"{size // 10**6} MB" for size in sizes]
    some = ["7", "99", "2000", "33", "-f", "raw"]
    files = [sparse_safetensors(f"{name}.safetensors", int(n), dim)
             for name, n in zip(names, rows)]
    results = compare(*([program, "-w", file, *some] for file in files), rounds=50)
    yield from growth([f"4 rows of a file of {name}" for name in names], results)
    seeded = ["-d", str(dim), "-f", "raw"]
    results = compare(*([program, "-n", n, *seeded, "5", str(int(n) - 1), "2000", "33"]
                        for n in rows), rounds=50)
    yield from growth([f"4 rows of a seeded table of {name}" for name in names], results)
    results = compare(*([program, "weight", "-n", n, *seeded] for n in rows), rounds=2)
    yield from growth([f"all of a seeded table of {name}" for name in names], results)
