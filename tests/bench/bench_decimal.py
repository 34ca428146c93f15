"""bench_decimal.py - how fast numbers become decimal text.
Against numpy.savetxt and json.dumps, end to end, on one thread; python3 bench_decimal.py PROGRAM.
SPDX-License-Identifier: MIT"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import numpy

from measure import job

ROWS, DIM = 5000, 800
PEER_ROWS = 250  # the peers take twenty times as long; a part of the rows says enough
ROUNDS = 5
FLOAT64_TARGET = 3  # up to 17 digits, one number at a time, where savetxt prints 8


def matrices():
    random = numpy.random.default_rng(1)
    normal = random.standard_normal((ROWS, DIM))
    yield "embedding-like (std 0.02)", (normal * 0.02).astype(numpy.float32)
    yield "std 1", normal.astype(numpy.float32)
    bits = random.integers(0, 2**32, (ROWS, DIM), dtype=numpy.uint32)
    bits[bits & 0x7f800000 == 0x7f800000] = 0x3f9d70a4  # no nan: JSON has none
    yield "random bits", bits.view(numpy.float32)
    yield "float16", (normal * 0.02).astype(numpy.float16)
    yield "float64", normal * 0.02
    yield "int32", random.integers(-10**6, 10**6, (ROWS, DIM), dtype=numpy.int32)


def run(program, path, *arguments):
    """Processor seconds, which neighbours on the machine disturb less than those of the clock."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, "weight", "-j", "1", "-w", path, *arguments],
                   stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def timed(function):
    start = time.process_time()
    function()
    return time.process_time() - start


def savetxt(matrix):
    with open(os.devnull, "w", encoding="ascii") as null:
        numpy.savetxt(null, matrix[:PEER_ROWS], fmt="%.8g", delimiter=",")


def dumps(matrix):
    for row in matrix[:PEER_ROWS].tolist():
        json.dumps(row)


def jobs(program):
    """One dict a job. The peers print the same values; targets are ratios."""
    formats = {
        "csv": (["-f", "csv"], "numpy.savetxt %.8g", savetxt, 10),
        "jsonl": (["-f", "jsonl"], "json.dumps", dumps, 10),
        "text": (["--threshold", "inf"], "numpy.savetxt %.8g", savetxt, 10),
        "text, fixed": (["--threshold", "inf", "--sci-mode", "never"], "numpy.savetxt %.8g",
                        savetxt, 10),
    }
    seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, matrix in matrices():
            path = os.path.join(folder, "matrix.npy")
            numpy.save(path, matrix)
            for form, (arguments, peer, peer_run, target) in formats.items():
                if form != "csv" and name not in ("embedding-like (std 0.02)", "std 1"):
                    continue
                ours, theirs = [], []
                for _ in range(ROUNDS):  # interleaved
                    ours.append(run(program, path, *arguments))
                    theirs.append(timed(lambda: peer_run(matrix)) * ROWS / PEER_ROWS)
                tokvec_s, peer_s = statistics.median(ours), statistics.median(theirs)
                seconds[form, name] = tokvec_s
                if name == "float64":
                    target = FLOAT64_TARGET
                yield job(f"decimal: {form}, {name}, {matrix.size / 1e6:.0f} M values",
                          max(tokvec_s, 1e-9), peer_s, peer, None, at_least=target)
    most = ROWS * DIM / 45e6
    yield job("csv as above", seconds["csv", "std 1"], most, "45 million values a second", 1)
    yield job("text, fixed, as above", seconds["text, fixed", "std 1"], seconds["csv", "std 1"],
              "tokvec's csv", 1)


if __name__ == "__main__":
    for line in jobs(sys.argv[1]):
        print(line)
