/* factor.c - multiplying the values of a table by a number.
 * See factor.h.
 * SPDX-License-Identifier: MIT */
#include "rng/factor.h"

#include "text/number.h"

#include <string.h>

bool factor_read(const char *text, double *factor, tokvec_error *err)
{
    const char *end = text + strlen(text);
    if (number_read(TOKVEC_FLOAT64, text, end, factor) == end && *factor - *factor == 0.0)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not a valid factor", text);
    return error_hint(err, "give a finite number");
}

double factor_narrow(double factor, tokvec_dtype dtype, bool narrow)
{
    uint8_t narrowed[sizeof(float)];
    float single = (float)factor;
    if (dtype == TOKVEC_FLOAT64)
        return factor;
    if (narrow) {
        tokvec_convert(TOKVEC_FLOAT32, &single, dtype, narrowed, 1, NULL);
        tokvec_convert(dtype, narrowed, TOKVEC_FLOAT32, &single, 1, NULL);
    }
    return (double)single;
}

static void multiply_floats(float factor, size_t n, float *values)
{
    for (size_t i = 0; i < n; i++)
        values[i] *= factor;
}

/* In float32, some at a time. */
static void multiply_narrow(tokvec_dtype dtype, float factor, size_t n, uint16_t *values)
{
    float wide[256];
    for (size_t i = 0; i < n; i += sizeof wide / sizeof *wide) {
        size_t part = n - i < sizeof wide / sizeof *wide ? n - i : sizeof wide / sizeof *wide;
        tokvec_convert(dtype, values + i, TOKVEC_FLOAT32, wide, part, NULL);
        multiply_floats(factor, part, wide);
        tokvec_convert(TOKVEC_FLOAT32, wide, dtype, values + i, part, NULL);
    }
}

void factor_multiply(tokvec_dtype dtype, double factor, size_t n, void *values)
{
    if (dtype == TOKVEC_FLOAT64) {
        double *wide = values;
        for (size_t i = 0; i < n; i++)
            wide[i] *= factor;
    } else if (dtype == TOKVEC_FLOAT32) {
        multiply_floats((float)factor, n, values);
    } else {
        multiply_narrow(dtype, (float)factor, n, values);
    }
}
