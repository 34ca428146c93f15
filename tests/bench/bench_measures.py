"""What is measured in tables of 1 GB: statistics, differences, digests; and how fast the commands
start. "A sum" is a plain loop over the words of the mapped file: the memory's own speed."""
import os
import statistics
import struct
import subprocess

from measure import HERE, ORACLE, compare, compiled, has_module, job, path, shell, skipped

ROWS, DIM = 262144, 1024  # 1 GB of float32

SUM = """#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
static const uint64_t *words;
static size_t count;
static int threads;
static uint64_t sums[64];
static void *part(void *argument)
{
    size_t i = (size_t)(intptr_t)argument;
    uint64_t sum = 0;
    for (size_t w = count * i / threads; w < count * (i + 1) / threads; w++)
        sum += words[w];
    sums[i] = sum;
    return NULL;
}
int main(int argc, char **argv)
{
    struct stat status;
    pthread_t other[64];
    int file = open(argv[1], O_RDONLY);
    uint64_t sum = 0;
    threads = argc > 2 ? atoi(argv[2]) : 1;
    if (fstat(file, &status) != 0)
        return 1;
    count = (size_t)status.st_size / 8;
    words = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (words == MAP_FAILED)
        return 1;
    for (int i = 1; i < threads; i++)
        pthread_create(&other[i], NULL, part, (void *)(intptr_t)i);
    part(NULL);
    for (int i = 0; i < threads; i++) {
        if (i > 0)
            pthread_join(other[i], NULL);
        sum += sums[i];
    }
    printf("%llu\\n", (unsigned long long)sum);
    return 0;
}
"""

NUMPY = """import sys, time
import numpy
table = numpy.load(sys.argv[1])
start = time.perf_counter()
table.min(), table.max(), table.mean(), table.std()
print(time.perf_counter() - start)
"""


def npy_header(descr, rows, dim):
    header = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({rows}, {dim}), }}"
    header = header.ljust(117) + "\n"
    return b"\x93NUMPY\x01\0" + struct.pack("<H", len(header)) + header.encode()


def make_tables(program):
    """Twice the same normally distributed numbers, in files of their own."""
    with open(path("table.npy"), "wb") as file:
        file.write(npy_header("<f4", ROWS, DIM))
    subprocess.run(shell(f"{program} weight --seed 1 -n {ROWS} -d {DIM} -f raw >> "
                         f"{path('table.npy')}"), check=True)
    subprocess.run(["cp", path("table.npy"), path("copy.npy")], check=True)


def sum_program():
    return compiled("sum", SUM, "-O3", "-march=native", "-D_GNU_SOURCE", "-lpthread")


def table_jobs(program):
    table, copy, plain = path("table.npy"), path("copy.npy"), sum_program()
    for threads in (1, 2):
        stats, bare = compare([program, "stats", "-w", table, "-j", str(threads)],
                              [plain, table, str(threads)], rounds=7, seconds=60)
        yield job(f"stats of 1 GB of float32, {threads} thread" + "s" * (threads > 1),
                  stats.seconds, bare.seconds, "a sum", 3)
    if has_module("numpy"):
        with open(path("numpy_stats.py"), "w", encoding="ascii") as file:
            file.write(NUMPY)
        peer = statistics.median(float(subprocess.run([ORACLE, path("numpy_stats.py"), table],
                                                      check=True, stdout=subprocess.PIPE).stdout)
                                 for _ in range(3))
        yield job("stats of 1 GB of float32, 2 threads", stats.seconds, peer,
                  "NumPy's min, max, mean, std in memory", None, at_least=5)
    else:
        yield skipped("stats", "NumPy")
    diff, cmp = compare([program, "diff", table, copy, "-j", "1"], ["cmp", table, copy], rounds=7,
                        seconds=60)
    yield job("diff of two files of 1 GB, 1 thread", diff.seconds, cmp.seconds, "cmp", 1)
    digest, openssl = compare([program, "digest", table],
                              ["openssl", "dgst", "-sha256", table], rounds=5, seconds=60)
    yield job("digest of 1 GB", digest.seconds, openssl.seconds, "openssl dgst -sha256", 1.1)


def start_jobs(program):
    data = os.path.join(HERE, "..", "..", "data")
    model = os.path.join(data, "model.safetensors")
    words = os.path.join(data, "glove.txt")
    lookup = [program, "-w", model, "3"]
    for name, command in (("stats", ["stats", "-w", model]), ("near", ["near", "-w", model, "3"]),
                          ("near, words", ["near", "-w", words, "king"]),
                          ("diff", ["diff", model, model]), ("check", ["check", model]),
                          ("a bag", ["-w", model, "--bag", "sum", "3", "4"])):
        mine, other = compare([program, *command], lookup, rounds=101)
        yield job(f"cold start of {name}", mine.seconds, other.seconds, "lookup", 1.2)
    digest, openssl = compare([program, "digest", model], ["openssl", "dgst", "-sha256", model],
                              rounds=51)
    yield job("cold start of digest", digest.seconds, openssl.seconds, "openssl dgst", 1)


def jobs(program):
    make_tables(program)
    yield from table_jobs(program)
    yield from start_jobs(program)
