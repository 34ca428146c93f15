/* value_style.c - how print() of a torch.Tensor writes single values, the same for all.
 * See value_style.h.
 * SPDX-License-Identifier: MIT */
#include "print/value_style.h"

#include "base/dtype.h"
#include "print/extent.h"
#include "print/values.h"
#include "text/decimal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Writes one float as the style has it, without padding. Returns its length. */
static size_t float_text(value_style *s, double value)
{
    char *out = s->text;
    if (isnan(value)) {
        memcpy(out, "nan", 3); /* printf would show its sign */
        return 3;
    }
    if (s->kind == STYLE_SCIENTIFIC)
        return decimal_scientific(value, s->precision, out, s->room);
    if (s->kind == STYLE_FIXED)
        return decimal_fixed(value, s->precision, out, s->room);
    size_t length = decimal_fixed(value, 0, out, s->room);
    if (isfinite(value))
        out[length++] = '.';
    return length;
}

/* The width that the longest text of a style needs. In each notation that is the text of a value
 * nearest to or farthest from zero, on one of its sides. */
static void measure_floats(value_style *s, const extent *x)
{
    for (size_t i = 0; i < 4; i++) {
        bool there = i < 2 ? x->above : x->below;
        size_t length = there ? float_text(s, x->extremes[i]) : 0;
        s->width = length > s->width ? length : s->width;
    }
}

static void choose_for_floats(value_style *s, const print_options *options, const uint8_t *values,
                              uint64_t n)
{
    const extent x = extent_of(s->dtype, values, n);
    s->kind = STYLE_WHOLE;
    s->width = 1;
    s->precision = options->precision;
    if (!x.any)
        return;
    bool scientific = x.greatest / x.least > 1000.0 || x.greatest > 1e8 || x.least < 1e-4;
    if (options->sci_mode != SCI_AUTO)
        scientific = options->sci_mode == SCI_ALWAYS;
    s->kind = scientific ? STYLE_SCIENTIFIC : x.integral ? STYLE_WHOLE : STYLE_FIXED;
    measure_floats(s, &x);
}

size_t value_style_text(value_style *s, const uint8_t *values, size_t index)
{
    if (s->kind == STYLE_INTEGER)
        return value_plain(s->dtype, values, index, s->text);
    element e = dtype_element(s->dtype, values, index);
    if (s->kind != STYLE_BOOL)
        return float_text(s, e.real);
    memcpy(s->text, e.magnitude ? "True" : "False", e.magnitude ? 4 : 5);
    return e.magnitude ? 4 : 5;
}

void value_style_choose(value_style *s, const print_options *options, const uint8_t *values,
                        uint64_t n)
{
    if (tokvec_dtype_is_float(s->dtype)) {
        choose_for_floats(s, options, values, n);
        return;
    }
    s->kind = s->dtype == TOKVEC_BOOL ? STYLE_BOOL : STYLE_INTEGER;
    s->width = 1;
    for (uint64_t i = 0; i < n; i++) {
        size_t length = value_style_text(s, values, (size_t)i);
        s->width = length > s->width ? length : s->width;
    }
}

bool value_style_start(value_style *s, tokvec_dtype dtype, int precision, tokvec_error *err)
{
    s->dtype = dtype;
    s->room = decimal_fixed_room(precision);
    s->text = malloc(s->room);
    return s->text != NULL || error_no_memory(err, s->room);
}
