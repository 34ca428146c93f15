/* heading.c - tells a line of names of columns from a row of a table.
 * See heading.h.
 * SPDX-License-Identifier: MIT */
#include "table/heading.h"

#include "table/lines.h"

#include <string.h>
#include <strings.h>

static bool is_one_of(tokvec_text field, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (field.length == strlen(*names) &&
            (field.length == 0 || strncasecmp(field.bytes, *names, field.length) == 0))
            return true;
    }
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A natural number; with a fraction of zeros only if it is `wanted`. */
static bool read_label(tokvec_text field, uint64_t wanted, uint64_t *value)
{
    enum { DIGITS_MAX = 18 };
    size_t n = 0;
    *value = 0;
    for (; n < field.length && n < DIGITS_MAX && is_digit(field.bytes[n]); n++)
        *value = *value * 10 + (uint64_t)(field.bytes[n] - '0');
    if (n == 0 || (n > 1 && field.bytes[0] == '0'))
        return false;
    return n == field.length ||
           (field.length == n + 2 && *value == wanted && memcmp(field.bytes + n, ".0", 2) == 0);
}

/* What stands where a number has been left out, or one that is damaged. */
static bool is_spoilt_number(tokvec_text field)
{
    static const char *const missing[] = {"",    "NA", "N/A", "#N/A", "null", "none",
                                          "nil", "-",  "--",  "?",    NULL};
    static const char digits[] = "0123456789+-.,_eExX%' ";
    if (is_one_of(field, missing))
        return true;
    const char *at = field.bytes, *end = at + field.length;
    at += *at == '-' || *at == '+';
    const char *first = at;
    while (at < end && is_digit(*at))
        at++;
    if (at < end && (*at == '.' || *at == ','))
        return at > first || (at + 1 < end && is_digit(at[1]));
    while (at > first && at < end && memchr(digits, *at, sizeof digits - 1) != NULL)
        at++;
    return at > first && at == end;
}

static void add_label(heading *h, uint64_t value)
{
    h->from_zero += value == h->labels && h->from_zero == h->labels;
    h->from_one += value == h->labels + 1 && h->from_one == h->labels;
    if (h->labels == 0)
        h->rises = h->falls = true;
    else if (value <= h->last)
        h->rises = false;
    if (h->labels > 0 && value >= h->last)
        h->falls = false;
    h->last = value;
    h->labels++;
}

void heading_add(heading *h, tokvec_text field, bool is_number)
{
    static const char *const ids[] = {"id", "ids", "token_id", "tokenid", "index", "idx", NULL};
    static const char *const words[] = {"word",  "words",      "token", "tokens", "label",
                                        "text",  "name",       "term",  "key",    "node",
                                        "vocab", "Unnamed: 0", "",      NULL};
    uint64_t value;
    bool first = h->fields++ == 0;
    if (is_number) {
        if (read_label(field, h->labels, &value))
            add_label(h, value);
        else
            h->other = true;
        return;
    }
    if (first) {
        h->known_id = is_one_of(field, ids);
        h->known = h->known_id || is_one_of(field, words);
    }
    if (h->labels > 0 || (!first && is_spoilt_number(field)))
        h->other = true;
    else
        h->names++;
}

heading_is heading_judge(const heading *h, bool fractions)
{
    if (h->other)
        return h->known_id && h->names == 1 && h->labels == 0 ? HEADING_UNSURE : HEADING_ROW;
    if (h->fields < 2)
        return HEADING_ROW;
    if (h->labels == 0)
        return HEADING_NAMES;
    bool one_label = h->labels == 1;
    if (h->from_zero == h->labels && (h->names == 0 || !one_label || h->known))
        return HEADING_NAMES;
    if (h->from_one == h->labels && fractions && (!one_label || h->known))
        return HEADING_NAMES;
    if (!h->known || one_label)
        return HEADING_ROW;
    return h->rises || h->falls ? HEADING_NAMES : HEADING_UNSURE;
}

bool heading_unsure(const file_map *map, uint64_t at, tokvec_error *err)
{
    lines_bad(map, at, err, "the first line may name the columns or be a row");
    return error_hint(err, "name the columns of numbers 0, 1, 2, ...; or delete that line");
}
