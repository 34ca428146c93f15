/* columns.c - tables of nothing but numbers with blanks between them.
 * As numpy.savetxt, MATLAB's save -ascii and many others write them: a row a line, the numbers
 * perhaps padded so that they stand in columns. What follows a '#' is a comment, and empty lines
 * mean nothing, as for numpy.loadtxt.
 * SPDX-License-Identifier: MIT */
#include "table/weights.h"

#include "formats/words/blanks.h"
#include "formats/words/heading.h"
#include "formats/words/text_rows.h"
#include "text/lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- rows */

/* A line that holds no row, as far as its beginning tells. */
static bool is_skipped(const file_map *map, uint64_t start, uint64_t end)
{
    const uint8_t *data = map->data;
    uint64_t at = start;
    while (at < end && blanks_is((char)data[at]))
        at++;
    return end == start || (end == start + 1 && data[start] == '\r') ||
           (at < end && data[at] == '#');
}

/* The next line from `start` on that holds a row; false if there is none. */
static bool next_row(const file_map *map, uint64_t *start, uint64_t *end)
{
    while (*start < map->size) {
        *end = lines_end(map, *start);
        if (!is_skipped(map, *start, *end))
            return true;
        *start = lines_next(map, *end);
    }
    return false;
}

/* The end of a row's numbers on its line. What follows a number at once is not a comment: 1.#INF
 * is how some programs write infinity. */
static uint64_t numbers_end(const file_map *map, uint64_t start, uint64_t end)
{
    const uint8_t *line = map->data + start, *comment = line;
    do {
        comment = memchr(comment, '#', (size_t)(map->data + end - comment));
    } while (comment != NULL && comment > line && !blanks_is((char)comment[-1]) && comment++);
    return blanks_trim(map, start, comment == NULL ? end : (uint64_t)(comment - map->data));
}

static bool columns_scan(const text_rows *w, uint64_t row, uint64_t start, bool whole,
                         text_rows_room *room, text_row *out, tokvec_error *err)
{
    (void)room;
    uint64_t end;
    if (!next_row(w->map, &start, &end))
        return lines_bad(w->map, w->map->size, err, "the file ends after %llu of %llu rows",
                         (unsigned long long)row, (unsigned long long)w->count);
    out->next = lines_next(w->map, end);
    if (!whole)
        return true;
    out->word = (tokvec_text){(const char *)w->map->data + start, 0};
    out->values = start;
    out->end = numbers_end(w->map, start, end);
    return true;
}

static bool columns_read(text_rows *w, uint64_t row, void *out, tokvec_error *err)
{
    text_row r;
    return text_rows_get(w, row, &r, err) &&
           blanks_numbers(w->map, r.values, r.end, w->dtype, w->dim, out, err);
}

static const text_rows_kind columns_kind = {.scan = columns_scan, .read = columns_read};

/* ---------------------------------------------------------------- opening */

static blanks_line look_at_row(const file_map *map, uint64_t start, uint64_t end)
{
    const char *text = (const char *)map->data;
    return blanks_look(text + start, text + numbers_end(map, start, end));
}

/* Whether the line only counts its columns, as pandas does from 0 on and others from 1. */
static heading_is judge_names(const file_map *map, uint64_t start, uint64_t end)
{
    const char *text = (const char *)map->data;
    const char *stop = text + numbers_end(map, start, end);
    uint64_t fields = look_at_row(map, start, end).fields;
    uint64_t second = lines_next(map, end), second_end;
    if (fields < 2 || !next_row(map, &second, &second_end) ||
        look_at_row(map, second, second_end).fields != fields)
        return HEADING_ROW;
    heading h = {.fields = 0};
    heading_add_line(&h, text + start, stop);
    heading_next next =
        heading_next_line(text + second, text + numbers_end(map, second, second_end), fields);
    return heading_judge(&h, &next);
}

/* Whether all of a line, as of the names that R gives to columns, stands before rows of nothing
 * but numbers, as many. Names of words or IDs tell that the first column is not one of numbers. */
static bool is_names(const file_map *map, uint64_t start, uint64_t end)
{
    const char *text = (const char *)map->data;
    uint64_t second = lines_next(map, end), second_end;
    if (!next_row(map, &second, &second_end))
        return false;
    blanks_line line = look_at_row(map, start, end), row = look_at_row(map, second, second_end);
    heading h = {.fields = 0};
    heading_add_line(&h, text + start, text + numbers_end(map, start, end));
    bool told =
        text[start] == '"' || memchr(text + second, '.', (size_t)(second_end - second)) != NULL;
    return told && row.fields == line.fields && row.numbers == row.fields && row.fields > 1 &&
           h.names == h.fields && !h.other && !h.known;
}

/* One number a line is a list of something else, and a tab between each two of them TSV. */
static format_grade columns_recognise(const file_map *map)
{
    size_t look = (size_t)file_head(map, LINES_LOOK);
    uint64_t start = blanks_begin(map), end;
    if (look == 0 || !lines_are_text(map->data, look) || !next_row(map, &start, &end))
        return GRADE_NO;
    uint64_t line_end = end;
    if (end - start > LINES_LOOK) { /* a piece of a long line, up to a blank, tells enough */
        for (end = start + LINES_LOOK; end > start && !blanks_is((char)map->data[end]);)
            end--;
    }
    blanks_line line = look_at_row(map, start, end);
    bool is = line.fields > 1 && memchr(map->data + start, ' ', (size_t)(end - start)) != NULL &&
              lines_count_byte((const char *)map->data + start, (size_t)(end - start), '\t') + 1 !=
                  line.fields &&
              (line.numbers == line.fields || is_names(map, start, line_end));
    return is ? GRADE_MAYBE : GRADE_NO;
}

/* Whether some line may hold no row. */
static bool may_have_skipped(const file_map *map, uint64_t start)
{
    for (uint64_t at = start, end; (end = file_piece(map, at, NULL)) > at; at = end) {
        const uint8_t *text = map->data + (at > start ? at - 1 : at); /* pairs over its edge too */
        size_t size = (size_t)(map->data + end - text);
        if (memchr(text, '#', size) != NULL || memmem(text, size, "\n\n", 2) != NULL ||
            memmem(text, size, "\n\r", 2) != NULL)
            return true;
    }
    return false;
}

static uint64_t count_rows(const file_map *map, uint64_t start)
{
    uint64_t count = 0, end;
    if (!may_have_skipped(map, start))
        return lines_count(map, start);
    for (; next_row(map, &start, &end); start = lines_next(map, end))
        count++;
    return count;
}

/* ---------------------------------------------------------------- IDs among the numbers */

static int by_value(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* A field of digits alone; false if it is not. */
static bool take_natural(const char *text, const char *end, uint64_t *out)
{
    enum { DIGITS_MAX = 18 };
    const char *at = text;
    for (*out = 0; at < end && *at >= '0' && *at <= '9'; at++)
        *out = at - text < DIGITS_MAX ? *out * 10 + (uint64_t)(*at - '0') : 0;
    return at > text && at - text <= DIGITS_MAX && (at == end || blanks_is(*at));
}

/* Whether the rows begin with natural numbers, all different, and go on with others: as the nodes
 * of a graph do in files that have lost their first line. Programs that write matrices spell whole
 * numbers as the others, so that the first row mostly tells; of the rest a part is enough. */
static bool begins_with_ids(const file_map *map, uint64_t start)
{
    enum { ROWS_MOST = 1000 };
    const char *text = (const char *)map->data;
    uint64_t ids[ROWS_MOST], end;
    size_t count = 0;
    bool fractions = false;
    for (; count < ROWS_MOST && next_row(map, &start, &end); start = lines_next(map, end)) {
        const char *at = text + start, *stop = text + numbers_end(map, start, end);
        while (at < stop && blanks_is(*at))
            at++;
        if (!take_natural(at, stop, &ids[count++]))
            return false;
        fractions = fractions || memchr(at, '.', (size_t)(stop - at)) != NULL;
    }
    qsort(ids, count, sizeof *ids, by_value);
    for (size_t i = 1; i < count; i++) {
        if (ids[i] == ids[i - 1])
            return false;
    }
    return fractions && count > 1;
}

/* To be called with the shape known. */
static void warn_of_ids(tokvec_weights *weights, const text_rows *w, uint64_t start)
{
    if (begins_with_ids(weights->map, start))
        snprintf(weights->warning, sizeof weights->warning,
                 "the first column looks like IDs, but is read as numbers; with the line '%llu "
                 "%llu' in front of all others it is read as words",
                 (unsigned long long)w->count, (unsigned long long)(w->dim - 1));
}

static bool columns_read_header(tokvec_weights *weights, tokvec_error *err)
{
    const file_map *map = weights->map;
    uint64_t start = blanks_begin(map), end = 0;
    if (!next_row(map, &start, &end))
        return lines_bad(map, 0, err, "the file has no rows");
    if (is_names(map, start, end) ||
        judge_names(map, start, end) == HEADING_NAMES) { /* few programs name columns here */
        start = lines_next(map, end);
        next_row(map, &start, &end);
    }
    uint64_t dim = look_at_row(map, start, end).fields;
    uint64_t second = lines_next(map, end), second_end;
    if (next_row(map, &second, &second_end)) {
        uint64_t fields = look_at_row(map, second, second_end).fields;
        if (fields != dim && !lines_are_over(map, second))
            return lines_bad(map, second, err, "the line has %llu fields, the first one has %llu",
                             (unsigned long long)fields, (unsigned long long)dim);
    }
    text_rows *w = text_rows_new(weights, &columns_kind, sizeof *w, err);
    if (w == NULL)
        return false;
    w->dim = dim;
    w->next = start;
    w->count = count_rows(map, start);
    if (weights->as.dtype != TOKVEC_NO_DTYPE)
        w->dtype = weights->as.dtype;
    warn_of_ids(weights, w, start);
    return text_rows_add_tensor(weights, start, err);
}

const weights_format columns_format = {
    .name = "columns",
    .suffixes = {NULL},
    .recognise = columns_recognise,
    .read_header = columns_read_header,
    TEXT_ROWS_FORMAT,
    .numbers_are_text = true,
};
