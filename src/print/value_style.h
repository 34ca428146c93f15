/* value_style.h - how print() of a torch.Tensor writes single values, the same for all.
 * All values that are shown decide the notation and the width.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_PRINT_VALUE_STYLE_H
#define TOKVEC_PRINT_VALUE_STYLE_H

#include "print/writer.h"

typedef struct value_style {
    enum { STYLE_INTEGER, STYLE_BOOL, STYLE_WHOLE, STYLE_FIXED, STYLE_SCIENTIFIC } kind;
    tokvec_dtype dtype;
    size_t width; /* of the longest text of useful values */
    int precision;
    char *text; /* room for one value; owned: free it */
    size_t room;
} value_style;

/* Makes room for a text. */
bool value_style_start(value_style *style, tokvec_dtype dtype, int precision, tokvec_error *err);

/* Chooses kind, width and precision for n values. */
void value_style_choose(value_style *style, const print_options *options, const uint8_t *values,
                        uint64_t n);

/* One of the values, without padding, into style->text. Returns its length. */
size_t value_style_text(value_style *style, const uint8_t *values, size_t index);

#endif
