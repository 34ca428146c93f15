/* vectors.c - query vectors out of text.
 * See vectors.h. The text is cut into numbers, brackets, commas and objects.
 * SPDX-License-Identifier: MIT */
#include "ids/vectors.h"

#include "base/array.h"
#include "base/error.h"
#include "text/number.h"

#include <math.h>
#include <stdlib.h>

enum { FLOAT32_DIGITS = 9 }; /* that a float32's shortest text has at most */

/* ---------------------------------------------------------------- errors */

bool vectors_where(const vectors_parser *p, uint64_t line, uint64_t column, tokvec_error *err)
{
    return error_where(err, "%s, line %llu, column %llu", p->source, (unsigned long long)line,
                       (unsigned long long)column);
}

/* The column, from 1, of the character at `at` in the current piece. */
static uint64_t column_of(const vectors_parser *p, size_t at)
{
    return p->offset + at - p->line_offset + 1;
}

static bool bad_place(const vectors_parser *p, size_t at, tokvec_error *err, const char *what,
                      const char *hint)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "%s", what);
    vectors_where(p, p->line + 1, column_of(p, at), err);
    return error_hint(err, "%s", hint);
}

static bool bad_length(const vectors_parser *p, const char *more, tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_ARGUMENT,
              "the vector has %s%llu number%s, but the table has %llu "
              "column%s",
              more, (unsigned long long)p->filled, p->filled == 1 ? "" : "s",
              (unsigned long long)p->dim, p->dim == 1 ? "" : "s");
    vectors_where(p, p->vector_line, p->vector_column, err);
    return error_hint(err, "give a number for each column, each vector on a line of its own or in "
                           "brackets");
}

static bool bad_number(const vectors_parser *p, tokvec_text word, size_t offset, tokvec_error *err,
                       const char *what)
{
    enum { SHOWN = 40 };
    char shown[SHOWN + 1];
    size_t length = word.length < SHOWN ? word.length : SHOWN;
    for (size_t i = 0; i < length; i++)
        shown[i] = word.bytes[i] == '\0' ? '?' : word.bytes[i];
    shown[length] = '\0';
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%s%s' %s", shown, word.length > SHOWN ? "..." : "", what);
    if (p->state == VECTORS_IN_OBJECT)
        vectors_where_in_object(p, offset, err);
    else
        vectors_where(p, p->word_line, p->word_column, err);
    if (memchr(word.bytes, '\0', length) != NULL)
        return error_hint(err, "the text may be UTF-16: convert it with iconv -f UTF-16 -t UTF-8");
    return error_hint(err, "a vector is of decimal numbers, such as 0.25 -1 3e-2");
}

/* ---------------------------------------------------------------- vectors */

/* How many digits of a number count: from the first that is not zero to the last. */
static unsigned significant_digits(tokvec_text word)
{
    unsigned all = 0, last = 0;
    for (size_t i = 0; i < word.length && (word.bytes[i] | 0x20) != 'e'; i++) {
        char c = word.bytes[i];
        if (c < '0' || c > '9' || (c == '0' && all == 0))
            continue;
        all++;
        if (c != '0')
            last = all;
    }
    return last;
}

static bool begin_number(vectors_parser *p, tokvec_error *err)
{
    if (p->filled == 0 && p->depth == 0 && p->state != VECTORS_IN_OBJECT) {
        p->vector_line = p->word_line;
        p->vector_column = p->word_column;
    }
    if (p->filled == p->dim)
        return bad_length(p, "more than ", err);
    return array_reserve(&p->values, &p->value_capacity,
                         (size_t)(p->count * p->dim + p->filled + 1), sizeof *p->values, err) &&
           array_reserve(&p->narrow, &p->narrow_capacity, (size_t)p->filled + 1, sizeof *p->narrow,
                         err);
}

bool vectors_add_number(vectors_parser *p, tokvec_text word, size_t offset, tokvec_error *err)
{
    const char *end = word.bytes + word.length;
    double value;
    float narrow = 0;
    if (number_read(TOKVEC_FLOAT64, word.bytes, end, &value) != end)
        return bad_number(p, word, offset, err, "is not a number");
    if (!isfinite(value))
        return bad_number(p, word, offset, err, "is not finite, so there are no neighbours");
    if (!begin_number(p, err))
        return false;
    if (!p->only_float64 && !p->wide)
        p->wide = significant_digits(word) > FLOAT32_DIGITS ||
                  number_read(TOKVEC_FLOAT32, word.bytes, end, &narrow) != end || !isfinite(narrow);
    p->values[p->count * p->dim + p->filled] = value;
    p->narrow[p->filled++] = narrow;
    return true;
}

bool vectors_end_vector(vectors_parser *p, tokvec_error *err)
{
    if (p->filled != p->dim)
        return bad_length(p, "", err);
    if (!array_reserve(&p->labels, &p->label_capacity, (size_t)p->count + 1, sizeof *p->labels,
                       err))
        return false;
    for (uint64_t i = 0; i < p->dim && !p->wide && !p->only_float64; i++)
        p->values[p->count * p->dim + i] = (double)p->narrow[i];
    p->labels[p->count++] = (vector_label){.has_id = false};
    p->filled = 0;
    p->wide = false;
    return true;
}

void vectors_clear(vectors_parser *p)
{
    if (p->filled > 0)
        memmove(p->values, p->values + p->count * p->dim, p->filled * sizeof *p->values);
    p->count = 0;
    p->text_length = 0;
}

void vectors_free(vectors_parser *p)
{
    free(p->values);
    free(p->labels);
    free(p->texts);
    free(p->narrow);
    free(p->object);
    *p = (vectors_parser){.dim = 0};
}

/* ---------------------------------------------------------------- lists and lines */

/* A list or object begins at `at`, where one may be. */
static bool begin_list(vectors_parser *p, size_t at, tokvec_error *err)
{
    vectors_level *level = &p->levels[p->depth];
    if (level->items == VECTORS_NUMBERS)
        return bad_place(p, at, err, "a list is beside a number",
                         "a vector is either a line of numbers or a list of them");
    level->items = VECTORS_LISTS;
    level->after_item = true;
    p->vector_line = p->line + 1;
    p->vector_column = column_of(p, at);
    return true;
}

static bool open_list(vectors_parser *p, size_t at, tokvec_error *err)
{
    if (!begin_list(p, at, err))
        return false;
    if (p->depth == VECTORS_MAX_DEPTH)
        return bad_place(p, at, err, "the lists are nested too deeply",
                         "give one vector a line, or a list of vectors");
    p->levels[++p->depth] = (vectors_level){.items = VECTORS_NOTHING};
    return true;
}

static bool close_list(vectors_parser *p, size_t at, tokvec_error *err)
{
    if (p->depth == 0)
        return bad_place(p, at, err, "']' has no matching '['", "check the brackets");
    if (p->levels[p->depth].items != VECTORS_LISTS && !vectors_end_vector(p, err))
        return false;
    p->depth--;
    return true;
}

static bool comma(vectors_parser *p, size_t at, tokvec_error *err)
{
    vectors_level *level = &p->levels[p->depth];
    if (!level->after_item)
        return bad_place(p, at, err, "there is nothing before a comma",
                         "give a number or take the comma out");
    level->after_item = false;
    return true;
}

/* Outside all lists a line of numbers is a vector. */
static bool end_line(vectors_parser *p, tokvec_error *err)
{
    if (p->depth > 0)
        return true;
    bool numbers = p->levels[0].items == VECTORS_NUMBERS;
    p->levels[0] = (vectors_level){.items = VECTORS_NOTHING};
    return !numbers || vectors_end_vector(p, err);
}

/* ---------------------------------------------------------------- words */

/* A byte order mark, as some editors put before UTF-8, is no part of the first word. */
static size_t mark_length(const vectors_parser *p, tokvec_text word)
{
    bool first = p->word_line == 1 && p->word_column == 1;
    return first && word.length >= 3 && memcmp(word.bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

static bool end_word(vectors_parser *p, tokvec_error *err)
{
    size_t kept = p->word_length < VECTORS_WORD_ROOM ? p->word_length : VECTORS_WORD_ROOM;
    tokvec_text word = {p->word, kept};
    size_t mark = mark_length(p, word);
    word.bytes += mark;
    word.length -= mark;
    p->state = VECTORS_BETWEEN;
    if (word.length == 0)
        return true;
    if (p->word_length > VECTORS_WORD_ROOM)
        return bad_number(p, word, 0, err, "is too long for a number");
    vectors_level *level = &p->levels[p->depth];
    if (level->items == VECTORS_LISTS)
        return bad_number(p, word, 0, err, "is beside a list");
    level->items = VECTORS_NUMBERS;
    level->after_item = true;
    return vectors_add_number(p, word, 0, err);
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_word(char c)
{
    return !is_blank(c) && c != ',' && c != '[' && c != ']' && c != '{' && c != '}';
}

/* Steps over a word, or as much of it as there is. */
static size_t keep_word(vectors_parser *p, const char *text, size_t size, size_t at)
{
    if (p->state != VECTORS_IN_WORD) {
        p->state = VECTORS_IN_WORD;
        p->word_length = 0;
        p->word_line = p->line + 1;
        p->word_column = column_of(p, at);
    }
    for (; at < size && is_word(text[at]); at++, p->word_length++) {
        if (p->word_length < VECTORS_WORD_ROOM)
            p->word[p->word_length] = text[at];
    }
    return at;
}

/* ---------------------------------------------------------------- objects */

static bool keep_in_object(vectors_parser *p, const char *text, size_t n, tokvec_error *err)
{
    enum { ROOM = 1 << 20, A_NUMBER = 64 }; /* for the label, and whatever stands beside it */
    size_t wanted = p->object_length + n;
    if (wanted > ROOM && (wanted - ROOM) / A_NUMBER > p->dim) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "the object is too long for one vector");
        vectors_where(p, p->vector_line, p->vector_column, err);
        return error_hint(err, "give each vector an object of its own");
    }
    if (!array_reserve(&p->object, &p->object_capacity, wanted, 1, err))
        return false;
    memcpy(p->object + p->object_length, text, n);
    p->object_length = wanted;
    return true;
}

static void step_in_object(vectors_parser *p, char c)
{
    if (p->in_string) {
        bool ends = c == '"' && !p->escaped;
        p->escaped = c == '\\' && !p->escaped;
        p->in_string = !ends;
    } else if (c == '"') {
        p->in_string = true;
    } else if (c == '{') {
        p->braces++;
    } else if (c == '}') {
        p->braces--;
    }
}

/* Steps over an object, or as much of it as there is. Returns the position after it, or SIZE_MAX
 * on failure. */
static size_t take_object(vectors_parser *p, const char *text, size_t size, size_t at,
                          tokvec_error *err)
{
    size_t start = at;
    if (p->state != VECTORS_IN_OBJECT) {
        if (!begin_list(p, at, err))
            return SIZE_MAX;
        p->state = VECTORS_IN_OBJECT;
        p->object_length = 0;
        p->in_string = p->escaped = false;
        p->braces = 0;
    }
    do {
        step_in_object(p, text[at]);
        if (text[at++] == '\n') {
            p->line++;
            p->line_offset = p->offset + at;
        }
    } while (at < size && p->braces > 0);
    if (!keep_in_object(p, text + start, at - start, err))
        return SIZE_MAX;
    if (p->braces > 0)
        return at;
    bool good = vectors_take_object(p, err);
    p->state = VECTORS_BETWEEN;
    return good ? at : SIZE_MAX;
}

/* ---------------------------------------------------------------- text */

/* Anything but words and objects. */
static bool take_mark(vectors_parser *p, char c, size_t at, tokvec_error *err)
{
    switch (c) {
    case '[': return open_list(p, at, err);
    case ']': return close_list(p, at, err);
    case ',': return comma(p, at, err);
    case '}': return bad_place(p, at, err, "'}' has no matching '{'", "check the brackets");
    case '\n':
        if (!end_line(p, err))
            return false;
        p->line++;
        p->line_offset = p->offset + at + 1;
        return true;
    default: return true;
    }
}

bool vectors_parse(vectors_parser *p, const char *text, size_t size, tokvec_error *err)
{
    size_t at = 0;
    while (at < size) {
        if (p->state == VECTORS_IN_OBJECT || (p->state == VECTORS_BETWEEN && text[at] == '{')) {
            at = take_object(p, text, size, at, err);
            if (at == SIZE_MAX)
                return false;
        } else if (is_word(text[at])) {
            at = keep_word(p, text, size, at);
        } else if (p->state == VECTORS_IN_WORD) {
            if (!end_word(p, err))
                return false;
        } else {
            if (!take_mark(p, text[at], at, err))
                return false;
            at++;
        }
    }
    p->offset += size;
    return true;
}

bool vectors_parse_end(vectors_parser *p, tokvec_error *err)
{
    if (p->state == VECTORS_IN_WORD && !end_word(p, err))
        return false;
    if (p->depth > 0 || p->state == VECTORS_IN_OBJECT) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "the input ends inside '%c'",
                  p->state == VECTORS_IN_OBJECT ? '{' : '[');
        vectors_where(p, p->vector_line, p->vector_column, err);
        return error_hint(err, "close the brackets");
    }
    return end_line(p, err);
}
