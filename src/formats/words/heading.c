/* heading.c - tells a line of names of columns from a row of a table.
 * See heading.h.
 * SPDX-License-Identifier: MIT */
#include "formats/words/heading.h"

#include "formats/words/blanks.h"
#include "text/lines.h"
#include "text/number.h"

#include <string.h>
#include <strings.h>

/* Which of the names the field is, from 1 on; 0: none. */
static unsigned is_one_of(tokvec_text field, const char *const *names)
{
    for (unsigned i = 0; names[i] != NULL; i++) {
        if (field.length == strlen(names[i]) &&
            (field.length == 0 || strncasecmp(field.bytes, names[i], field.length) == 0))
            return i + 1;
    }
    return 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ---------------------------------------------------------------- names of columns */

/* node_id, "item id", movieId */
static bool ends_in_id(tokvec_text name)
{
    if (name.length < 4 || strncasecmp(name.bytes + name.length - 2, "id", 2) != 0)
        return false;
    char before = name.bytes[name.length - 3], i = name.bytes[name.length - 2];
    return memchr("_-. ", before, 4) != NULL || (i == 'I' && before >= 'a' && before <= 'z');
}

/* "Unnamed: 0.1": an index that pandas has written twice. */
static bool is_unnamed_again(tokvec_text name)
{
    static const char begin[] = "Unnamed: 0.";
    return name.length >= sizeof begin && memcmp(name.bytes, begin, sizeof begin - 1) == 0;
}

unsigned heading_word_rank(tokvec_text name)
{
    static const char *const words[] = {"token", "word", "tokens", "words", "label", "text",
                                        "name",  "term", "key",    "vocab", NULL};
    unsigned rank = is_one_of(name, words);
    const char *part = name.length == 0 ? NULL : memrchr(name.bytes, '_', name.length);
    if (rank > 0 || part == NULL)
        return rank;
    part++; /* word_name */
    size_t length = (size_t)(name.bytes + name.length - part);
    rank = is_one_of((tokvec_text){part, length}, words);
    return rank == 0 ? 0 : rank + sizeof words / sizeof *words;
}

heading_column heading_column_of(tokvec_text name)
{
    static const char *const nameless[] = {"", "Unnamed: 0", NULL};
    static const char *const index[] = {"index", "idx", NULL};
    static const char *const ids[] = {"id", "ids", "token_id", "tokenid", NULL};
    static const char *const some_id[] = {"node", "vertex", NULL};
    if (is_one_of(name, nameless) || is_unnamed_again(name))
        return HEADING_COLUMN_NAMELESS;
    if (is_one_of(name, index))
        return HEADING_COLUMN_INDEX;
    if (is_one_of(name, ids))
        return HEADING_COLUMN_ID;
    if (is_one_of(name, some_id) || ends_in_id(name))
        return HEADING_COLUMN_SOME_ID;
    return heading_word_rank(name) > 0 ? HEADING_COLUMN_WORD : HEADING_COLUMN_OTHER;
}

/* ---------------------------------------------------------------- fields */

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

static void add_label(heading *h, tokvec_text field, uint64_t value)
{
    h->decimal = h->decimal || memchr(field.bytes, '.', field.length) != NULL;
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
    uint64_t value;
    bool first = h->fields++ == 0;
    if (is_number) {
        if (read_label(field, h->labels, &value))
            add_label(h, field, value);
        else
            h->other = true;
        return;
    }
    if (first) {
        heading_column is = heading_column_of(field);
        h->known_id = is >= HEADING_COLUMN_INDEX && is <= HEADING_COLUMN_ID;
        h->known = is != HEADING_COLUMN_OTHER;
    }
    if (h->labels > 0 || (!first && is_spoilt_number(field)))
        h->other = true;
    else
        h->names++;
}

/* ---------------------------------------------------------------- lines with blanks */

static const char *field_end(const char *at, const char *end)
{
    while (at < end && !blanks_is(*at))
        at++;
    return at;
}

void heading_add_line(heading *h, const char *text, const char *end)
{
    for (const char *at = text; at < end;) {
        const char *stop = field_end(at, end);
        tokvec_text field = {at, (size_t)(stop - at)};
        bool is_number = number_is(at, field.length);
        if (field.length >= 2 && *at == '"' && stop[-1] == '"')
            field = (tokvec_text){at + 1, field.length - 2}; /* R puts names in quotes */
        if (stop > at)
            heading_add(h, field, is_number);
        at = stop + 1;
    }
}

heading_next heading_next_line(const char *text, const char *end, uint64_t numbers)
{
    while (text < end && blanks_is(*text))
        text++;
    uint64_t points = lines_count_byte(text, (size_t)(end - text), '.');
    return (heading_next){.first = {text, (size_t)(field_end(text, end) - text)},
                          .some_points = points > 0,
                          .all_points = points > 0 && points >= numbers};
}

/* ---------------------------------------------------------------- the line */

/* Whether the next line goes on counting where this one ends: then both are rows. */
static bool goes_on(const heading *h, const heading_next *next)
{
    double value;
    const char *end = next->first.bytes + next->first.length;
    return h->labels == h->fields &&
           number_read(TOKVEC_FLOAT64, next->first.bytes, end, &value) == end &&
           value == (double)h->fields;
}

/* Labels 0, 1, 2, ... without a known name before them: as pandas names columns, if the rows have
 * other numbers than these. */
static heading_is judge_counted(const heading *h, const heading_next *next)
{
    if (next != NULL && goes_on(h, next))
        return HEADING_ROW;
    return next != NULL && next->some_points && !h->decimal ? HEADING_NAMES : HEADING_UNSURE;
}

heading_is heading_judge(const heading *h, const heading_next *next)
{
    if (h->other)
        return h->known_id && h->names == 1 && h->labels == 0 ? HEADING_UNSURE : HEADING_ROW;
    if (h->fields < 2)
        return HEADING_ROW;
    if (h->labels == 0)
        return HEADING_NAMES;
    bool one_label = h->labels == 1;
    if (h->from_zero == h->labels && h->known)
        return HEADING_NAMES;
    if (h->from_zero == h->labels && !one_label)
        return judge_counted(h, next);
    if (h->from_one == h->labels && next != NULL && next->all_points && (!one_label || h->known))
        return HEADING_NAMES;
    if (!h->known || one_label)
        return HEADING_ROW;
    return h->rises || h->falls ? HEADING_NAMES : HEADING_UNSURE;
}

bool heading_unsure(const file_map *map, uint64_t at, tokvec_error *err)
{
    lines_bad(map, at, err, "the first line may be column names or a row");
    return error_hint(err, "if it is a row, put a line of names before it: d0, d1, ...; if not, "
                           "delete it or use such names");
}
