/* whence_numbers.c - the numbers that people write where a measurement says about so much.
 * See whence_numbers.h.
 * SPDX-License-Identifier: MIT */
#include "measure/whence_numbers.h"

#include "text/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The number that a text of digits spells, in whatever locale. */
static double value_of(const char *text)
{
    double value = 0;
    number_read(TOKVEC_FLOAT64, text, text + strlen(text), &value);
    return value;
}

/* As few digits as read back to the same number. */
static void write_number(double value, char out[WHENCE_NUMBER_SIZE])
{
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(out, WHENCE_NUMBER_SIZE, "%.*g", digits, value);
        if (value_of(out) == value)
            return;
    }
}

void whence_numbers_shortest(double low, double high, char out[WHENCE_NUMBER_SIZE])
{
    double middle = low + (high - low) / 2;
    if (low <= 0 && high >= 0) {
        snprintf(out, WHENCE_NUMBER_SIZE, "0");
        return;
    }
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(out, WHENCE_NUMBER_SIZE, "%.*g", digits, middle);
        double value = value_of(out);
        if (value >= low && value <= high)
            return;
    }
}

static void add_text(whence_numbers *out, const char *text)
{
    for (size_t i = 0; i < out->count; i++) {
        if (strcmp(out->text[i], text) == 0)
            return;
    }
    if (out->count < WHENCE_NUMBERS_MAX)
        snprintf(out->text[out->count++], WHENCE_NUMBER_SIZE, "%s", text);
}

static void add_usual(whence_numbers *out, const whence_range *r, double value)
{
    char text[WHENCE_NUMBER_SIZE];
    bool near = value >= r->low * (1 - r->slack) && value <= r->high * (1 + r->slack);
    if (!near)
        return;
    write_number(value, text);
    add_text(out, text);
}

void whence_numbers_find(whence_numbers *out, const whence_range *r, bool bound)
{
    static const double round[] = {1,    0.02, 0.01,  0.1,   0.05,  0.001, 0.002, 0.005, 0.006,
                                   0.03, 0.04, 0.014, 0.015, 0.025, 0.2,   0.25,  0.3,   0.5,
                                   0.08, 2,    1e-4,  1e-5,  0.008, 0.003, 10};
    char text[WHENCE_NUMBER_SIZE];
    double rows = (double)r->rows, dim = (double)r->dim;
    const double formulas[] = {1 / sqrt(dim),  bound ? 0.5 / dim : 1 / dim, sqrt(2 / (rows + dim)),
                               sqrt(2 / dim),  sqrt(6 / (rows + dim)),      sqrt(3 / dim),
                               1 / sqrt(rows), sqrt(2.0 / (5 * dim))};
    out->count = 0;
    for (size_t i = 0; i < sizeof round / sizeof *round; i++)
        add_usual(out, r, round[i]);
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++)
        add_usual(out, r, formulas[i]);
    if (bound)
        add_usual(out, r, 1 / dim);
    if (!(r->low > 0))
        return;
    whence_numbers_shortest(r->low, r->high, text);
    add_text(out, text);
}
