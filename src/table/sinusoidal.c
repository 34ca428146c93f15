/* sinusoidal.c - a table of sinusoidal positions.
 * See sinusoidal.h. Exponentials, sines and cosines are computed in double precision and rounded:
 * so they are the same whichever C library has computed them, but for one value in many millions.
 * SPDX-License-Identifier: MIT */
#include "table/sinusoidal.h"

#include "base/bytes.h"
#include "rng/libm.h"

#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 512 }; /* values that are rounded to the table's dtype together; even */

typedef struct sinusoidal {
    tokvec_table table;
    float frequencies[]; /* of columns 2i and 2i + 1 */
} sinusoidal;

/* The values of columns begin .. begin+n-1, begin being even. */
static void make_values(const sinusoidal *s, int64_t position, size_t begin, size_t n, float *out)
{
    float t = (float)position;
    for (size_t i = 0; i < n; i += 2) {
        double sine, cosine;
        float angle = t * s->frequencies[(begin + i) / 2];
        libm_sincos((double)angle, &sine, &cosine);
        out[i] = (float)sine;
        if (i + 1 < n)
            out[i + 1] = (float)cosine;
    }
}

static bool sinusoidal_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                            tokvec_error *err)
{
    const sinusoidal *s = (const sinusoidal *)table;
    size_t dim = (size_t)table->dim, size = tokvec_dtype_size(table->dtype);
    float values[AT_ONCE];
    char *to = out;
    for (size_t i = 0; i < n; i++) {
        for (size_t at = 0, some; at < dim; at += some, to += some * size) {
            some = dim - at < AT_ONCE ? dim - at : AT_ONCE;
            make_values(s, ids[i], at, some, values);
            if (!tokvec_convert(TOKVEC_FLOAT32, values, table->dtype, to, some, err))
                return false;
        }
    }
    return true;
}

static void sinusoidal_close(tokvec_table *table)
{
    free(table);
}

static const table_ops sinusoidal_ops = {.read = sinusoidal_read, .close = sinusoidal_close};

tokvec_table *sinusoidal_table(uint64_t dim, tokvec_dtype dtype, tokvec_error *err)
{
    static const double log_10000 = 9.210340371976184;
    uint64_t count = dim / 2 + dim % 2, bytes;
    sinusoidal *s = NULL;
    if (!libm_load(err))
        return NULL;
    if (mul_u64(count, sizeof *s->frequencies, &bytes) && bytes <= PTRDIFF_MAX - sizeof *s)
        s = malloc(sizeof *s + (size_t)bytes);
    if (s == NULL) {
        error_no_memory(err, dim);
        return NULL;
    }
    s->table = (tokvec_table){
        .ops = &sinusoidal_ops, .rows = INT64_MAX, .dim = dim, .dtype = dtype, .concurrent = true};
    float step = (float)(-log_10000 / (double)dim);
    for (uint64_t i = 0; i < count; i++) {
        float k = (float)(2 * i) * step;
        s->frequencies[i] = (float)libm_exp((double)k);
    }
    return &s->table;
}
