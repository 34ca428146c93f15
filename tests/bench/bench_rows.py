"""Rows out of a mapped file: gathered in memory, written to a pipe and to a file."""
import os
import random
import statistics
import struct
import subprocess

from measure import HERE, ORACLE, compare, compiled, has_module, job, path, shell, skipped

ROWS, DIM, IDS = 50257, 768, 200000

PEER = f"""import sys, time
import numpy, torch
import warnings
warnings.simplefilter("ignore")  # that what is mapped cannot be written to
weight = torch.from_numpy(numpy.load(sys.argv[1], mmap_mode=sys.argv[4] if sys.argv[4:] else None))
ids = torch.from_numpy(numpy.fromfile(sys.argv[2], '<i8'))
out = torch.zeros({IDS}, {DIM})
torch.set_num_threads(int(sys.argv[3]))
times = []
for _ in range(9):
    start = time.perf_counter()
    torch.index_select(weight, 0, ids, out=out)
    times.append(time.perf_counter() - start)
print(sorted(times)[len(times) // 2])
"""

GATHER = f"""#include "tokvec.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
enum {{ IDS = {IDS}, DIM = {DIM}, RUNS = 9 }};
static tokvec_table *table;
static int64_t ids[IDS];
static float *out;
static int threads;
static void *share(void *argument)
{{
    size_t n = IDS / (size_t)threads, first = n * (size_t)(intptr_t)argument;
    if (!tokvec_table_read(table, ids + first, n, out + first * DIM, NULL))
        exit(1);
    return NULL;
}}
static int by_size(const void *a, const void *b)
{{
    return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}}
int main(int argc, char **argv)
{{
    FILE *file = fopen(argv[2], "rb");
    double times[RUNS];
    table = tokvec_table_open(argv[1], NULL);
    threads = atoi(argv[3]);
    out = aligned_alloc(64, sizeof *out * IDS * DIM); /* as PyTorch aligns its tensors */
    if (argc != 4 || !file || !table || !out || fread(ids, 8, IDS, file) != IDS)
        return 1;
    memset(out, 0, sizeof *out * IDS * DIM);
    for (int run = 0; run < RUNS; run++) {{
        struct timespec from, to;
        pthread_t other[16];
        clock_gettime(CLOCK_MONOTONIC, &from);
        for (int i = 1; i < threads; i++)
            pthread_create(&other[i], NULL, share, (void *)(intptr_t)i);
        share(NULL);
        for (int i = 1; i < threads; i++)
            pthread_join(other[i], NULL);
        clock_gettime(CLOCK_MONOTONIC, &to);
        times[run] = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
    }}
    qsort(times, RUNS, sizeof *times, by_size);
    printf("%.9f\\n", times[RUNS / 2]);
    return 0;
}}
"""


def make_inputs():
    """A matrix as .npy, and random IDs as numbers and as text."""
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({ROWS}, {DIM}), }}"
    header = header.ljust(117) + "\n"
    rng = random.Random(1)
    row = rng.randbytes(DIM * 4)
    with open(path("weight.npy"), "wb") as file:
        file.write(b"\x93NUMPY\x01\0" + struct.pack("<H", len(header)) + header.encode())
        for _ in range(ROWS):
            file.write(row)
    ids = [rng.randrange(ROWS) for _ in range(IDS)]
    with open(path("ids.bin"), "wb") as file:
        file.write(struct.pack(f"<{IDS}q", *ids))
    with open(path("ids.txt"), "w", encoding="ascii") as file:
        file.write("\n".join(map(str, ids)) + "\n")


def printed_seconds(*commands):
    """The medians of what several runs of each print, which take turns."""
    times = [[] for _ in commands]
    for _ in range(5):
        for command, taken in zip(commands, times):
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
            taken.append(float(done.stdout))
    return [statistics.median(taken) for taken in times]


def gather_jobs(program):
    build = os.path.dirname(program)
    if not os.path.exists(os.path.join(build, "libtokvec.a")):
        yield skipped("gather", "libtokvec.a beside the program")
        return
    if not has_module("torch"):
        yield skipped("gather", "PyTorch")
        return
    include = os.path.join(HERE, "..", "..", "include")
    ours = compiled("gather", GATHER, "-D_GNU_SOURCE", "-I" + include, "-L" + build, "-ltokvec",
                    "-lcjson", "-lz", "-lm", "-lpthread")
    with open(path("peer.py"), "w", encoding="ascii") as file:
        file.write(PEER)
    for threads in (1, 2):
        words = [path("weight.npy"), path("ids.bin"), str(threads)]
        peer = [ORACLE, path("peer.py"), *words]
        mine, mapped, loaded = printed_seconds([ours, *words], [*peer, "r"], peer)
        name = f"gather {IDS} rows of {DIM}, {threads} thread" + "s" * (threads > 1)
        yield job(name, mine, mapped, "torch.index_select, the file mapped", 1)
        yield job(name, mine, loaded, "torch.index_select, in memory", 1)


def jobs(program):
    make_inputs()
    yield from gather_jobs(program)
    look_up = f"{program} -w {path('weight.npy')} -i {path('ids.txt')} -f"
    subprocess.run(shell(f"{look_up} raw > {path('rows.raw')}"), check=True)
    for name, end in (("a pipe", "| cat > /dev/null"), ("a file", f"> {path('out')}")):
        rows, cat = compare(shell(f"{look_up} raw {end}"), shell(f"cat {path('rows.raw')} {end}"),
                            rounds=7)
        yield job(f"random rows, raw, to {name}", rows.seconds, cat.seconds, "cat", 1.3)
        whole, cat = compare(shell(f"{program} weight -w {path('weight.npy')} -f raw {end}"),
                             shell(f"cat {path('weight.npy')} {end}"), rounds=7)
        yield job(f"the whole matrix, raw, to {name}", whole.seconds, cat.seconds, "cat", 1.3)
    if not has_module("numpy"):
        yield skipped("random rows, npy, to a file", "NumPy")
        return
    text = ("import sys, numpy; numpy.save(sys.argv[3], numpy.load(sys.argv[1], mmap_mode='r')"
            "[numpy.fromfile(sys.argv[2], '<i8')])")
    ours, theirs = compare(
        shell(f"{look_up} npy > {path('out')}"),
        [ORACLE, "-c", text, path("weight.npy"), path("ids.bin"), path("out.npy")], rounds=5)
    yield job("random rows, npy, to a file", ours.seconds, theirs.seconds, "NumPy", 1)
