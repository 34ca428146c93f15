"""Bags: 100,000 of 20 rows each, out of 400,000 x 300. tokvec is the whole run, from text of IDs to
raw vectors; the peer is the call of EmbeddingBag alone, everything in memory. TOKVEC_PEERS names a
Python with an official wheel of torch."""
import os
import random
import statistics
import subprocess

from bench_measures import npy_header
from measure import ORACLE, compare, job, path, shell, skipped

PEERS = os.environ.get("TOKVEC_PEERS", ORACLE)
ROWS, DIM, BAGS, SIZE = 400000, 300, 100000, 20

TORCH = f"""import sys, time
import numpy, torch
torch.set_num_threads(int(sys.argv[4]))
weight = torch.from_numpy(numpy.load(sys.argv[1]))
ids = torch.from_numpy(numpy.loadtxt(sys.argv[2], dtype=numpy.int64))
bag = torch.nn.EmbeddingBag.from_pretrained(weight, mode=sys.argv[3])
times = []
with torch.no_grad():
    for _ in range(5):
        start = time.perf_counter()
        bag(ids)
        times.append(time.perf_counter() - start)
print(sorted(times)[2])
"""


def make_inputs(program):
    with open(path("bag.npy"), "wb") as file:
        file.write(npy_header("<f4", ROWS, DIM))
    subprocess.run(shell(f"{program} weight --seed 1 -n {ROWS} -d {DIM} -f raw >> "
                         f"{path('bag.npy')}"), check=True)
    rng = random.Random(1)
    with open(path("bags.txt"), "w", encoding="ascii") as file:
        for _ in range(BAGS):
            file.write(" ".join(str(rng.randrange(ROWS)) for _ in range(SIZE)) + "\n")
    with open(path("torch_bag.py"), "w", encoding="ascii") as file:
        file.write(TORCH)


def jobs(program):
    if subprocess.run([PEERS, "-c", "import torch, numpy"], stderr=subprocess.DEVNULL,
                      check=False).returncode != 0:
        yield skipped("bags", "PyTorch")
        return
    make_inputs(program)
    for mode in ("sum", "mean", "max"):
        for threads in (1, 2):
            (mine,) = compare([program, "-w", path("bag.npy"), "--bag", mode, "-i",
                               path("bags.txt"), "-f", "raw", "-j", str(threads)], rounds=5)
            peer = statistics.median(
                float(subprocess.run([PEERS, path("torch_bag.py"), path("bag.npy"),
                                      path("bags.txt"), mode, str(threads)], check=True,
                                     stdout=subprocess.PIPE).stdout) for _ in range(3))
            yield job(f"{BAGS} bags of {SIZE} rows, {mode}, {threads} thread" + "s" * (threads > 1),
                      mine.seconds, peer, "EmbeddingBag's call in memory", 1)
