/* bench_quant.c - how fast quantised rows are decoded, type by type.
 * Prints GB of float32 a second on one processor, the best of several runs over rows in the cache.
 * SPDX-License-Identifier: MIT */
#include "codec/quant.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { DIM = 8192, TYPE_NUMBERS = 64, RUNS = 15, REPEATS = 200 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(void)
{
    static uint8_t in[DIM * 9 / 8 + 1024];
    static float out[DIM];
    for (size_t i = 0; i < sizeof in; i++)
        in[i] = (uint8_t)rand();
    for (uint32_t number = 0; number < TYPE_NUMBERS; number++) {
        const quant_type *type = quant_find(number);
        if (type == NULL || type->decode == NULL)
            continue;
        double best = 1e9;
        for (int run = 0; run < RUNS; run++) {
            double start = now();
            for (int i = 0; i < REPEATS; i++)
                quant_decode(type, false, in, DIM / type->elements, out);
            double seconds = now() - start;
            best = seconds < best ? seconds : best;
        }
        printf("%-8s %6.2f GB/s\n", type->name, (double)REPEATS * sizeof out / best / 1e9);
    }
    return 0;
}
