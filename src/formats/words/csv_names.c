/* csv_names.c - whether each column of numbers in a CSV or TSV is named as one.
 * See csv.h.
 * SPDX-License-Identifier: MIT
 *
 * Names of IDs and words tell columns that are not numbers. Where columns are counted, as dim_0,
 * dim_1,
 * ... are, one that is not tells itself. */
#include "formats/words/csv.h"

#include "formats/words/heading.h"
#include "text/lines.h"

#include <string.h>

/* A name and the number at its end, if it has one. */
typedef struct counted {
    tokvec_text stem;
    uint64_t number;
    bool has_number;
} counted;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static counted count_of(tokvec_text name)
{
    enum { DIGITS_MAX = 18 };
    counted c = {.stem = name};
    while (c.stem.length > 0 && name.length - c.stem.length < DIGITS_MAX &&
           is_digit(name.bytes[c.stem.length - 1]))
        c.stem.length--;
    for (size_t i = c.stem.length; i < name.length; i++)
        c.number = c.number * 10 + (uint64_t)(name.bytes[i] - '0');
    c.has_number = c.stem.length < name.length;
    return c;
}

static bool same(tokvec_text a, tokvec_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.bytes, b.bytes, a.length) == 0);
}

static bool follows(const counted *a, const counted *b)
{
    return a->has_number && b->has_number && b->number == a->number + 1 && same(a->stem, b->stem);
}

bool csv_names_follow(tokvec_text name, tokvec_text next)
{
    counted a = count_of(name), b = count_of(next);
    return follows(&a, &b);
}

static bool bad_name(const file_map *map, tokvec_text name, tokvec_error *err)
{
    enum { SHOWN = 40 };
    uint64_t at = (uint64_t)(name.bytes - (const char *)map->data);
    int shown = (int)(name.length < SHOWN ? name.length : SHOWN);
    if (heading_column_of(name) == HEADING_COLUMN_OTHER) {
        lines_bad(map, at, err,
                  "the column '%.*s' is neither an ID nor a word nor one of the numbers", shown,
                  name.bytes);
        return error_hint(err, "leave it out of the file");
    }
    lines_bad(map, at, err, "the column '%.*s' is not in front of the numbers", shown, name.bytes);
    return error_hint(err, "make it the first column, or leave it out");
}

bool csv_check_names(const file_map *map, uint64_t start, csv_dialect dialect, unsigned lead,
                     bool *repeated, tokvec_error *err)
{
    uint64_t stop;
    if (!csv_record_end(map, start, dialect, &stop, err))
        return false;
    const char *at = (const char *)map->data + start, *end = (const char *)map->data + stop;
    while (end > at && end[-1] == '\r')
        end--;
    counted last = {.has_number = false};
    tokvec_text odd = {NULL, 0}; /* name without a number */
    bool series = false, any = false;
    csv_field f;
    *repeated = false;
    for (uint64_t i = 0; csv_read_field(at, end, dialect, &f); i++) {
        at = f.next + 1;
        tokvec_text name = csv_trimmed(&f);
        if (i >= lead && name.length > 0) {
            if (heading_column_of(name) != HEADING_COLUMN_OTHER)
                return bad_name(map, name, err);
            counted c = count_of(name);
            series = series || (any && follows(&last, &c));
            *repeated = *repeated || (any && same(last.stem, c.stem) && last.number == c.number &&
                                      last.has_number == c.has_number);
            if (!c.has_number && odd.bytes == NULL)
                odd = name;
            last = c;
            any = true;
        }
        if (f.next >= end)
            break;
    }
    return !series || odd.bytes == NULL || bad_name(map, odd, err);
}
