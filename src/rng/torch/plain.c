/* plain.c - fills of PyTorch's that draw nothing: constant_ and eye_.
 * See plain.h.
 * SPDX-License-Identifier: MIT */
#include "rng/torch/plain.h"

#include <stdlib.h>
#include <string.h>

typedef struct plain_table {
    generator generator;
    bool is_eye;
    uint64_t value; /* its bytes: on the diagonal, or everywhere */
} plain_table;

static void plain_start(const generator *g, generator_cursor *c)
{
    (void)g;
    c->at = 0;
}

/* Ones in row i at column i, as long as both are there. */
static void make_eye(const plain_table *t, size_t bytes, uint64_t begin, uint64_t end, uint8_t *out)
{
    uint64_t dim = t->generator.dim;
    memset(out, 0, (size_t)(end - begin) * bytes);
    for (uint64_t i = begin / dim; i < dim && i * dim + i < end; i++) {
        if (i * dim + i >= begin)
            memcpy(out + (size_t)(i * dim + i - begin) * bytes, &t->value, bytes);
    }
}

/* Twice as much each time. */
static void repeat(const void *value, size_t bytes, size_t size, uint8_t *out)
{
    memcpy(out, value, bytes);
    for (size_t done = bytes; done < size; done *= 2)
        memcpy(out + done, out, done < size - done ? done : size - done);
}

static bool plain_make(const generator *g, generator_cursor *c, uint64_t begin, uint64_t end,
                       void *out, tokvec_error *err)
{
    const plain_table *t = (const plain_table *)g;
    size_t bytes = tokvec_dtype_size(g->dtype);
    (void)err;
    if (t->is_eye)
        make_eye(t, bytes, begin, end, out);
    else
        repeat(&t->value, bytes, (size_t)(end - begin) * bytes, out);
    c->at = end;
    return true;
}

static void plain_close(generator *g)
{
    free(g);
}

static const generator_ops plain_ops = {
    .start = plain_start, .make = plain_make, .close = plain_close};

generator *plain_open(const torch_fill *fill, tokvec_error *err)
{
    plain_table *t = calloc(1, sizeof *t);
    if (t == NULL) {
        error_no_memory(err, sizeof *t);
        return NULL;
    }
    t->generator = (generator){.ops = &plain_ops,
                               .cursor_size = sizeof(generator_cursor),
                               .rows = fill->rows,
                               .dim = fill->dim,
                               .dtype = fill->dtype};
    t->is_eye = fill->draw == TORCH_EYE;
    double value = t->is_eye ? 1.0 : fill->a;
    if (fill->dtype == TOKVEC_FLOAT64) {
        memcpy(&t->value, &value, sizeof value);
    } else { /* by way of float32 to narrower ones */
        float narrow = (float)value;
        tokvec_convert(TOKVEC_FLOAT32, &narrow, fill->dtype, &t->value, 1, NULL);
    }
    return &t->generator;
}
