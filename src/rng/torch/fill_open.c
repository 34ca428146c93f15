/* fill_open.c - generators of the values that one call of PyTorch's puts into a tensor.
 * See fill.h.
 * SPDX-License-Identifier: MIT */
#include "rng/torch/fill.h"

#include "rng/torch/plain.h"
#include "rng/torch/trunc_normal.h"
#include "rng/torch/values.h"

#include <stdlib.h>

/* A table of normal_ or uniform_. */
typedef struct torch_table {
    drawn drawn;
    torch_values values;
} torch_table;

static bool table_make(const generator *g, generator_cursor *c, uint64_t begin, uint64_t end,
                       void *out, tokvec_error *err)
{
    const torch_table *t = (const torch_table *)g;
    (void)err;
    torch_values_make(&t->values, &t->drawn, c, begin, end, out);
    c->at = end;
    return true;
}

static uint64_t table_draw_of(const drawn *d, uint64_t value)
{
    return torch_values_draw_of(&((const torch_table *)d)->values, value);
}

static void table_close(generator *g)
{
    torch_table *t = (torch_table *)g;
    torch_values_end(&t->values);
    t->drawn.draws->kind->close(t->drawn.draws);
    free(t);
}

static const generator_ops table_ops = {DRAWN_OPS, .make = table_make, .close = table_close};

static generator *open_drawn(const torch_fill *fill, const torch_place *at, engine *draws,
                             tokvec_error *err)
{
    torch_table *t = calloc(1, sizeof *t);
    if (t == NULL) {
        draws->kind->close(draws);
        error_no_memory(err, sizeof *t);
        return NULL;
    }
    t->drawn = (drawn){.generator = {.ops = &table_ops,
                                     .rows = fill->rows,
                                     .dim = fill->dim,
                                     .dtype = fill->dtype},
                       .draw_of = table_draw_of};
    drawn_use(&t->drawn, draws);
    if (!torch_values_begin(&t->values, fill, at, &t->drawn, err)) {
        table_close(&t->drawn.generator);
        return NULL;
    }
    return &t->drawn.generator;
}

static generator *open_plain(const torch_fill *fill, engine *draws, tokvec_error *err)
{
    draws->kind->close(draws);
    return plain_open(fill, err);
}

generator *torch_fill_open(const torch_fill *fill, const torch_place *at, engine *draws,
                           tokvec_error *err)
{
    switch (fill->draw) {
    case TORCH_CONSTANT:
    case TORCH_EYE: return open_plain(fill, draws, err);
    case TORCH_TRUNC_NORMAL: return torch_trunc_normal_open(fill, at, draws, err);
    default: return open_drawn(fill, at, draws, err);
    }
}
