/* philox.c - Philox 4x32-10.
 * See philox.h.
 * SPDX-License-Identifier: MIT */
#include "rng/philox.h"

#include "base/dispatch.h"

#include <stdlib.h>
#include <string.h>

enum {
    ROUNDS = 10,
    LANES = 16, /* groups that are made side by side */
};

typedef struct philox {
    engine engine;
    philox_start start;
} philox;

DISPATCH_INLINE void cipher(const philox_start *start, uint64_t first, uint64_t step,
                            uint32_t *restrict out)
{
    uint32_t a[LANES], b[LANES], c[LANES], d[LANES];
    uint32_t key0 = start->key[0], key1 = start->key[1];
    for (uint32_t i = 0; i < LANES; i++) {
        a[i] = (uint32_t)(first + i * step);
        b[i] = (uint32_t)((first + i * step) >> 32);
        c[i] = start->upper[0];
        d[i] = start->upper[1];
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < LANES; i++) {
            uint64_t p = (uint64_t)a[i] * 0xd2511f53u, q = (uint64_t)c[i] * 0xcd9e8d57u;
            a[i] = (uint32_t)(q >> 32) ^ b[i] ^ key0;
            b[i] = (uint32_t)q;
            c[i] = (uint32_t)(p >> 32) ^ d[i] ^ key1;
            d[i] = (uint32_t)p;
        }
        key0 += 0x9e3779b9u;
        key1 += 0xbb67ae85u;
    }
    for (int i = 0; i < LANES; i++) {
        out[PHILOX_GROUP * i] = a[i];
        out[PHILOX_GROUP * i + 1] = b[i];
        out[PHILOX_GROUP * i + 2] = c[i];
        out[PHILOX_GROUP * i + 3] = d[i];
    }
}

DISPATCH_VARIANTS(cipher,
                  (const philox_start *start, uint64_t first, uint64_t step,
                   uint32_t *restrict out),
                  (start, first, step, out))

void philox_groups(const philox_start *start, uint64_t first, uint64_t step, size_t n,
                   uint32_t *out)
{
    uint32_t made[LANES * PHILOX_GROUP];
    for (; n >= LANES; n -= LANES) {
        DISPATCH(cipher, (start, first, step, out));
        first += LANES * step;
        out += LANES * PHILOX_GROUP;
    }
    if (n == 0)
        return;
    DISPATCH(cipher, (start, first, step, made));
    memcpy(out, made, n * PHILOX_GROUP * sizeof *out);
}

/* ---------------------------------------------------------------- the engine */

static void philox_begin(const engine *e, engine_cursor *c)
{
    (void)e;
    c->at = 0;
}

static void philox_seek(const engine *e, engine_cursor *c, uint64_t draw)
{
    (void)e;
    c->at = draw;
}

static void philox_fill(const engine *e, engine_cursor *c, size_t n, uint32_t *out)
{
    const philox_start *start = &((const philox *)e)->start;
    while (n > 0) {
        uint32_t group[PHILOX_GROUP];
        size_t from = (size_t)(c->at % PHILOX_GROUP), part = n - n % PHILOX_GROUP;
        if (from == 0 && part > 0) {
            philox_groups(start, c->at / PHILOX_GROUP, 1, part / PHILOX_GROUP, out);
        } else {
            part = PHILOX_GROUP - from < n ? PHILOX_GROUP - from : n;
            philox_groups(start, c->at / PHILOX_GROUP, 1, 1, group);
            memcpy(out, group + from, part * sizeof *out);
        }
        c->at += part;
        out += part;
        n -= part;
    }
}

static uint64_t philox_cost(uint64_t from, uint64_t to)
{
    (void)from;
    (void)to;
    return 0;
}

static uint64_t philox_checkpoints_cost(const engine *e)
{
    (void)e;
    return 0;
}

static void philox_close(engine *e)
{
    free(e);
}

static const engine_kind philox_kind = {
    .cursor_size = sizeof(engine_cursor),
    .start = philox_begin,
    .seek = philox_seek,
    .fill = philox_fill,
    .cost = philox_cost,
    .checkpoints_cost = philox_checkpoints_cost,
    .close = philox_close,
};

engine *philox_engine_open(const philox_start *start, tokvec_error *err)
{
    philox *p = malloc(sizeof *p);
    if (p == NULL) {
        error_no_memory(err, sizeof *p);
        return NULL;
    }
    *p = (philox){.engine = {&philox_kind}, .start = *start};
    return &p->engine;
}
