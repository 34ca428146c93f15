/* whence_draw.c - the values that a table would have if it were drawn in a certain way.
 * See whence_draw.h.
 * SPDX-License-Identifier: MIT */
#include "measure/whence_draw.h"

#include "base/dtype.h"
#include "rng/factor.h"

#include <stdlib.h>
#include <string.h>

bool whence_draw_open(whence_draw *d, const tokvec_seed_spec *spec, tokvec_dtype as,
                      tokvec_error *err)
{
    *d = (whence_draw){.as = as, .scaled = spec->times != NULL, .factor = 1};
    if (d->scaled && !factor_read(spec->times, &d->factor, err))
        return false;
    d->values = generator_open(spec, err);
    if (d->values == NULL)
        return false;
    const generator *g = d->values;
    bool fits = (g->rows == spec->vocab_size && g->dim == spec->dim) ||
                error_set(err, TOKVEC_BAD_ARGUMENT, "the table would be of another shape");
    d->at = fits ? generator_cursor_open(g, err) : NULL;
    if (d->at == NULL) {
        d->values->ops->close(d->values);
        return false;
    }
    d->scaled = d->scaled && !d->values->multiplied;
    d->factor = factor_narrow(d->factor, d->values->dtype, d->values->narrow_factor);
    return true;
}

void whence_draw_close(whence_draw *d)
{
    free(d->at);
    d->values->ops->close(d->values);
}

bool whence_draw_values(whence_draw *d, uint64_t first, size_t n, void *out, tokvec_error *err)
{
    double made[WHENCE_DRAW_MAX]; /* room for any dtype */
    tokvec_dtype dtype = d->values->dtype;
    if (!d->values->ops->make(d->values, d->at, first, first + n, made, err))
        return false;
    if (d->scaled)
        factor_multiply(dtype, d->factor, n, made);
    if (dtype != d->as)
        return tokvec_convert(dtype, made, d->as, out, n, err);
    memcpy(out, made, n * tokvec_dtype_size(dtype));
    return true;
}

uint64_t whence_draw_cost(const whence_draw *d, uint64_t value)
{
    const generator_ops *ops = d->values->ops;
    return ops->cost == NULL ? 0 : ops->cost(d->values, 0, value);
}

bool whence_draw_equal(tokvec_dtype dtype, const void *a, const void *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (dtype_element(dtype, a, i).real != dtype_element(dtype, b, i).real)
            return false;
    }
    return true;
}
