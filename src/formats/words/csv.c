/* csv.c - tables as CSV and TSV, also those of countries that write a comma for the point.
 * Every record is a row: in front of its numbers there may be an ID, a word and other texts, and
 * before all rows a record with the names of the columns. Or one column holds vectors as text.
 * Fields of CSV may be quoted as in RFC 4180; words in TSV that tokvec wrote have escapes instead.
 * A column of IDs says which IDs the rows belong to.
 * SPDX-License-Identifier: MIT */
#include "formats/words/csv.h"

#include "text/lines.h"
#include "text/number.h"

#include <string.h>

typedef struct csv {
    text_rows base;
    csv_dialect dialect;
    csv_layout layout;
} csv;

/* ---------------------------------------------------------------- rows */

/* A natural number, or nothing: then the row has no ID. */
static bool read_id(const file_map *map, const csv_field *f, int64_t *out, tokvec_error *err)
{
    tokvec_text t = csv_trimmed(f);
    const char *end = t.bytes + t.length;
    *out = NUMBERING_NO_ID;
    if (t.length == 0)
        return true;
    if (*t.bytes >= '0' && *t.bytes <= '9' && number_read(TOKVEC_INT64, t.bytes, end, out) == end)
        return true;
    return lines_bad(map, (uint64_t)(f->text - (const char *)map->data), err,
                     "'%.*s' is not a token ID", (int)(f->length < 40 ? f->length : 40), f->text);
}

/* What a column that is neither number nor list is good for. */
static bool take_column(const csv *c, unsigned column, const csv_field *f, text_rows_room *room,
                        text_row *out, tokvec_error *err)
{
    const csv_layout *l = &c->layout;
    if (l->has_words && column == l->word_column &&
        !csv_field_text(f, c->dialect, room, &out->word, err))
        return false;
    return !l->has_ids || column != l->id_column || read_id(c->base.map, f, &out->id, err);
}

/* Goes over the record's columns up to the last that is wanted. */
static bool split_list(const csv *c, uint64_t start, text_rows_room *room, text_row *out,
                       tokvec_error *err)
{
    const csv_layout *l = &c->layout;
    const file_map *map = c->base.map;
    const char *text = (const char *)map->data;
    const char *at = text + start, *end = text + out->end;
    unsigned last = l->lead;
    if (l->has_words && l->word_column > last)
        last = l->word_column;
    if (l->has_ids && l->id_column > last)
        last = l->id_column;
    for (unsigned i = 0; i <= last; i++) {
        csv_field f;
        if (!csv_read_field(at, end, c->dialect, &f) || (f.next >= end && i < last))
            return lines_bad(map, start, err, "the line has fewer than %u fields", last + 1);
        at = f.next + 1;
        if (i != l->lead) {
            if (!take_column(c, i, &f, room, out, err))
                return false;
            continue;
        }
        if (!csv_is_list(&f))
            return lines_bad(map, (uint64_t)(f.text - text), err,
                             "the field is not a list of numbers");
        tokvec_text list = csv_trimmed(&f);
        out->values = (uint64_t)(list.bytes + 1 - text);
        out->end = (uint64_t)(list.bytes + list.length - 1 - text);
    }
    return true;
}

static bool split_numbers(const csv *c, uint64_t start, text_rows_room *room, text_row *out,
                          tokvec_error *err)
{
    const file_map *map = c->base.map;
    const char *text = (const char *)map->data;
    const char *at = text + start, *end = text + out->end;
    for (unsigned i = 0; i < c->layout.lead; i++) {
        csv_field f;
        if (!csv_read_field(at, end, c->dialect, &f) || f.next >= end)
            return lines_bad(map, start, err, "the line has no numbers");
        if (!take_column(c, i, &f, room, out, err))
            return false;
        at = f.next + 1;
    }
    out->values = (uint64_t)(at - text);
    return true;
}

static bool csv_scan(const text_rows *w, uint64_t row, uint64_t start, bool whole,
                     text_rows_room *room, text_row *out, tokvec_error *err)
{
    (void)row;
    const csv *c = (const csv *)w;
    const char *text = (const char *)w->map->data;
    if (!csv_record_end(w->map, start, c->dialect, &out->end, err))
        return false;
    out->next = lines_next(w->map, out->end);
    if (!whole)
        return true;
    while (out->end > start && text[out->end - 1] == '\r')
        out->end--;
    out->word = (tokvec_text){text + start, 0};
    out->id = NUMBERING_NO_ID;
    return c->layout.has_list ? split_list(c, start, room, out, err)
                              : split_numbers(c, start, room, out, err);
}

/* Numbers in quotes, or with a comma for their point. */
static bool read_fields(const csv *c, const text_row *r, void *out, tokvec_error *err)
{
    const text_rows *w = &c->base;
    const char *text = (const char *)w->map->data;
    const char *at = text + r->values, *end = text + r->end;
    char *to = out;
    for (uint64_t i = 0; i < w->dim; i++, to += tokvec_dtype_size(w->dtype)) {
        csv_field f;
        bool last = i + 1 == w->dim;
        if (!csv_read_field(at, end, c->dialect, &f) || (f.next >= end) != last)
            return lines_bad(w->map, (uint64_t)(at - text), err,
                             "the line does not have %llu numbers", (unsigned long long)w->dim);
        if (!csv_number(&f, c->dialect, w->dtype, to))
            return lines_bad(
                w->map, (uint64_t)(f.text - text), err, "'%.*s' is not a valid %s number",
                (int)(f.length < 40 ? f.length : 40), f.text, tokvec_dtype_name(w->dtype));
        at = f.next + 1;
    }
    return true;
}

static bool csv_read(text_rows *w, uint64_t row, void *out, tokvec_error *err)
{
    const csv *c = (const csv *)w;
    text_row r;
    if (!text_rows_get(w, row, &r, err))
        return false;
    const char *values = (const char *)w->map->data + r.values;
    size_t size = (size_t)(r.end - r.values);
    if (c->layout.has_list)
        return csv_read_list(w->map, values, values + size, w->dtype, &w->dim, out, err);
    char comma = c->dialect.separator == ',' ? '"' : ',';
    if (memchr(values, '"', size) != NULL || memchr(values, comma, size) != NULL)
        return read_fields(c, &r, out, err);
    return lines_numbers(w->map, r.values, r.end, c->dialect.separator, w->dtype, w->dim, out, err);
}

static const text_rows_kind csv_kind = {.scan = csv_scan, .read = csv_read, .ids = text_rows_ids};

/* ---------------------------------------------------------------- opening */

/* Control characters are those of words in quotes, or this is not text. */
static bool looks_like_text(const file_map *map, csv_dialect dialect)
{
    size_t look = (size_t)file_head(map, LINES_LOOK);
    bool quoted = false;
    for (size_t i = 0; i < look; i++) {
        if (map->data[i] == '"' && dialect.quotes == CSV_QUOTES_RECORD)
            quoted = !quoted;
        else if (!quoted && !lines_are_text(&map->data[i], 1))
            return false;
    }
    return look > 0;
}

/* Without it, the file has one column, whatever separates others. */
static bool in_first_line(const file_map *map, char separator)
{
    size_t look = (size_t)file_head(map, LINES_LOOK);
    uint64_t begin = csv_first_line(map);
    if (begin >= look)
        return false;
    const uint8_t *text = map->data + begin, *end = memchr(text, '\n', look - (size_t)begin);
    size_t length = end == NULL ? look - (size_t)begin : (size_t)(end - text);
    return memchr(text, separator, length) != NULL;
}

/* A word and one number a line, without a header, is a vocabulary with scores or counts. */
static format_grade recognise(const file_map *map, char separator)
{
    csv_dialect dialect = csv_dialect_of(map, separator);
    csv_layout l;
    if (separator != ',' && !in_first_line(map, separator))
        return GRADE_NO;
    bool is = looks_like_text(map, dialect) && csv_read_layout(map, dialect, &l, NULL) &&
              (l.has_list || (l.dim + l.lead > 1 && (l.has_header || !l.has_words || l.dim > 1)));
    return is ? GRADE_MAYBE : GRADE_NO;
}

/* How many rows there are. Where no field is quoted, they are the lines. */
static bool count_rows(csv *c, tokvec_error *err)
{
    text_rows *w = &c->base;
    const file_map *map = w->map;
    uint64_t last = lines_last(map, w->next);
    if (c->dialect.quotes != CSV_QUOTES_RECORD || file_find(map, w->next, last, '"') == last) {
        w->count = lines_count(map, w->next);
        return true;
    }
    for (uint64_t at = w->next; at < last; w->count++) {
        if (!csv_record_end(map, at, c->dialect, &at, err))
            return false;
        at = lines_next(map, at);
    }
    return true;
}

static bool read_header(tokvec_weights *weights, char separator, tokvec_error *err)
{
    csv_layout l;
    csv_dialect dialect = csv_dialect_of(weights->map, separator);
    if (!csv_read_layout(weights->map, dialect, &l, err))
        return false;
    csv *c = (csv *)text_rows_new(weights, &csv_kind, sizeof *c, err);
    if (c == NULL)
        return false;
    c->dialect = dialect;
    c->layout = l;
    c->base.has_ids = l.has_ids;
    c->base.has_words = l.has_words;
    c->base.dim = l.dim;
    c->base.next = l.start;
    if (weights->as.dtype != TOKVEC_NO_DTYPE)
        c->base.dtype = weights->as.dtype;
    return count_rows(c, err) && text_rows_add_tensor(weights, l.start, err);
}

static format_grade csv_recognise(const file_map *map)
{
    return recognise(map, ',');
}

static bool csv_read_header(tokvec_weights *weights, tokvec_error *err)
{
    return read_header(weights, ',', err);
}

static format_grade tsv_recognise(const file_map *map)
{
    return recognise(map, '\t');
}

static bool tsv_read_header(tokvec_weights *weights, tokvec_error *err)
{
    return read_header(weights, '\t', err);
}

static format_grade semicolon_recognise(const file_map *map)
{
    return recognise(map, ';');
}

static bool semicolon_read_header(tokvec_weights *weights, tokvec_error *err)
{
    return read_header(weights, ';', err);
}

const weights_format csv_table_format = {
    .name = "csv",
    .suffixes = {".csv"},
    .recognise = csv_recognise,
    .read_header = csv_read_header,
    TEXT_ROWS_FORMAT,
    .numbers_are_text = true,
};

const weights_format tsv_table_format = {
    .name = "tsv",
    .suffixes = {".tsv"},
    .recognise = tsv_recognise,
    .read_header = tsv_read_header,
    TEXT_ROWS_FORMAT,
    .numbers_are_text = true,
};

const weights_format semicolon_table_format = {
    .name = "csv",
    .suffixes = {".csv"},
    .recognise = semicolon_recognise,
    .read_header = semicolon_read_header,
    TEXT_ROWS_FORMAT,
    .numbers_are_text = true,
};
