/* csv.c - tables as CSV and TSV, and numbers in columns with spaces between them.
 * Every line is a row. In front of its numbers there may be an ID and a word, and before all rows
 * a line with the names of the columns. Fields of CSV may be quoted as in RFC 4180; words in TSV
 * have escapes instead.
 * SPDX-License-Identifier: MIT
 *
 * A column of IDs, which has no name or one such as id, says which IDs the rows belong to. The
 * first line is a header if its last field is no number, or if it is 0, 1, 2, ... alone or behind
 * names, as tokvec and pandas write it. */
#include "base/array.h"
#include "base/number.h"
#include "table/lines.h"
#include "table/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    LEAD_MAX = 3,   /* columns in front of the numbers: an index, an ID and a word */
    LOOK = 1 << 12, /* bytes that must look like text */
};

typedef struct csv {
    words base;
    char separator;
    unsigned lead;      /* columns in front of the numbers */
    unsigned column;    /* of the word, if base.has_words */
    unsigned id_column; /* if base.has_ids */
} csv;

/* ---------------------------------------------------------------- fields */

typedef struct field {
    const char *text; /* without its quotes */
    size_t length;
    bool quoted;
    const char *next; /* its separator or end of line, or the end of the file */
} field;

/* The field that begins at `at`; false if it has a quote that is not closed, or something behind
 * that. */
static bool read_field(const char *at, const char *end, char separator, field *out)
{
    if (at < end && *at == '"' && separator == ',') {
        const char *close = at + 1;
        while ((close = memchr(close, '"', (size_t)(end - close))) != NULL && close + 1 < end &&
               close[1] == '"')
            close += 2;
        if (close == NULL)
            return false;
        *out = (field){at + 1, (size_t)(close - at - 1), true, close + 1};
        return close + 1 == end || close[1] == separator || close[1] == '\n' || close[1] == '\r';
    }
    const char *next = at;
    while (next < end && *next != separator && *next != '\n')
        next++;
    *out = (field){at, (size_t)(next - at), false, next};
    if (out->length > 0 && at[out->length - 1] == '\r' && (next == end || *next == '\n'))
        out->length--;
    return true;
}

/* The end of the record that begins at `start`: of its newline or of the file. */
static bool record_end(const file_map *map, uint64_t start, char separator, uint64_t *out,
                       tokvec_error *err)
{
    const char *text = (const char *)map->data;
    *out = lines_end(map, start);
    if (separator != ',' || memchr(text + start, '"', (size_t)(*out - start)) == NULL)
        return true;
    const char *end = text + map->size;
    field f;
    for (const char *at = text + start;; at = f.next + 1) {
        if (!read_field(at, end, separator, &f))
            return lines_bad(map, (uint64_t)(at - text), err,
                             "a quoted field has no end, or something behind it");
        if (f.next < end && *f.next == '\r') /* behind a quote */
            f.next++;
        if (f.next == end || *f.next == '\n') {
            *out = (uint64_t)(f.next - text);
            return true;
        }
    }
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What a backslash and what follows it in TSV stand for; as tokvec writes: \t \n \r \\ \x1b.
 * Returns how many bytes that is, or 0 if the backslash is just one. */
static size_t tsv_escape(const char *at, size_t left, char *out)
{
    static const char letters[] = "tnr\\", meant[] = "\t\n\r\\";
    const char *found = left < 2 ? NULL : memchr(letters, at[1], sizeof letters - 1);
    if (found != NULL) {
        *out = meant[found - letters];
        return 2;
    }
    if (left < 4 || at[1] != 'x' || hex_digit(at[2]) < 0 || hex_digit(at[3]) < 0)
        return 0;
    *out = (char)(hex_digit(at[2]) << 4 | hex_digit(at[3]));
    return 4;
}

/* The text that a field stands for: doubled quotes are one in CSV, and TSV has escapes. */
static bool field_text(const field *f, char separator, words_room *room, tokvec_text *out,
                       tokvec_error *err)
{
    char special = separator == '\t' ? '\\' : '"';
    *out = (tokvec_text){f->text, f->length};
    if ((separator != '\t' && !f->quoted) || memchr(f->text, special, f->length) == NULL)
        return true;
    if (!array_reserve(&room->bytes, &room->reserved, f->length, 1, err))
        return false;
    size_t length = 0;
    for (size_t i = 0; i < f->length;) {
        char *to = &room->bytes[length++];
        size_t taken = 0;
        *to = f->text[i];
        if (*to == special)
            taken = special == '"' ? 2 : tsv_escape(f->text + i, f->length - i, to);
        i += taken > 0 ? taken : 1;
    }
    *out = (tokvec_text){room->bytes, length};
    return true;
}

/* ---------------------------------------------------------------- rows */

/* A natural number, or nothing: then the row has no ID. */
static bool read_id(const file_map *map, const field *f, int64_t *out, tokvec_error *err)
{
    const char *at = f->text, *end = f->text + f->length;
    while (at < end && *at == ' ')
        at++;
    while (end > at && end[-1] == ' ')
        end--;
    *out = NUMBERING_NO_ID;
    if (at == end)
        return true;
    if (*at >= '0' && *at <= '9' && number_read(TOKVEC_INT64, at, end, out) == end)
        return true;
    return lines_bad(map, (uint64_t)(f->text - (const char *)map->data), err,
                     "'%.*s' is not a token ID", (int)(f->length < 40 ? f->length : 40), f->text);
}

static bool csv_step(const words *w, uint64_t row, uint64_t start, bool whole, words_room *room,
                     words_row *out, tokvec_error *err)
{
    (void)row;
    const csv *c = (const csv *)w;
    const char *text = (const char *)w->map->data;
    if (!record_end(w->map, start, c->separator, &out->end, err))
        return false;
    out->next = lines_next(w->map, out->end);
    if (!whole)
        return true;
    while (out->end > start &&
           (text[out->end - 1] == '\r' || (text[out->end - 1] == ' ' && c->separator == ' ')))
        out->end--;
    const char *at = text + start, *end = text + out->end;
    out->word = (tokvec_text){at, 0};
    for (unsigned i = 0; i < c->lead; i++) {
        field f;
        if (!read_field(at, end, c->separator, &f) || f.next >= end)
            return lines_bad(w->map, start, err, "the line has no numbers");
        if (w->has_words && i == c->column && !field_text(&f, c->separator, room, &out->word, err))
            return false;
        if (w->has_ids && i == c->id_column && !read_id(w->map, &f, &out->id, err))
            return false;
        at = f.next + 1;
    }
    out->values = (uint64_t)(at - text);
    return true;
}

/* Numbers in quotes. */
static bool read_quoted(const csv *c, const words_row *r, void *out, tokvec_error *err)
{
    const words *w = &c->base;
    const char *text = (const char *)w->map->data;
    const char *at = text + r->values, *end = text + r->end;
    char *to = out;
    for (uint64_t i = 0; i < w->dim; i++, to += tokvec_dtype_size(w->dtype)) {
        field f;
        bool last = i + 1 == w->dim;
        if (!read_field(at, end, c->separator, &f) || (f.next == end) != last)
            return lines_bad(w->map, (uint64_t)(at - text), err, "the line has not %llu numbers",
                             (unsigned long long)w->dim);
        if (!lines_numbers(w->map, (uint64_t)(f.text - text), (uint64_t)(f.text - text) + f.length,
                           c->separator, w->dtype, 1, to, err))
            return false;
        at = f.next + 1;
    }
    return true;
}

static bool csv_read(words *w, uint64_t row, void *out, tokvec_error *err)
{
    const csv *c = (const csv *)w;
    words_row r;
    if (!words_get(w, row, &r, err))
        return false;
    const char *values = (const char *)w->map->data + r.values;
    if (c->separator == ',' && memchr(values, '"', (size_t)(r.end - r.values)) != NULL)
        return read_quoted(c, &r, out, err);
    return lines_numbers(w->map, r.values, r.end, c->separator, w->dtype, w->dim, out, err);
}

static const words_kind csv_kind = {.step = csv_step, .read = csv_read, .ids = words_ids};

/* ---------------------------------------------------------------- the columns */

/* What the first two records say. */
typedef struct layout {
    uint64_t start;  /* of the first row */
    uint64_t fields; /* in it, or in the header if there are no rows */
    unsigned lead, column, id_column;
    bool has_header, has_words, has_ids, has_rows;
} layout;

static bool is_number(const field *f)
{
    const char *text = f->text;
    size_t length = f->length;
    for (; length > 0 && *text == ' '; length--)
        text++;
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return number_is(text, length);
}

/* A record's first fields, and what there is to know of the others. */
typedef struct record {
    field first[LEAD_MAX];
    uint64_t fields, next;
    uint64_t sequence;    /* so many fields at the end are 0, 1, 2, ... */
    uint64_t not_numbers; /* the number of the last field that is none, plus 1 */
} record;

static bool is_count(const field *f, uint64_t value)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    return f->length == (size_t)length && memcmp(f->text, digits, f->length) == 0;
}

static bool read_record(const file_map *map, uint64_t start, char separator, record *r,
                        tokvec_error *err)
{
    *r = (record){.fields = 0};
    uint64_t record_stop;
    if (!record_end(map, start, separator, &record_stop, err))
        return false;
    r->next = lines_next(map, record_stop);
    const char *text = (const char *)map->data;
    const char *at = text + start, *end = text + record_stop;
    if (end > at && end[-1] == '\r')
        end--;
    while (end > at && end[-1] == ' ' && separator == ' ')
        end--;
    for (field f;; at = f.next + 1) {
        if (!read_field(at, end, separator, &f))
            return lines_bad(map, (uint64_t)(at - text), err, "a quoted field has no end");
        r->sequence = is_count(&f, r->sequence) ? r->sequence + 1 : is_count(&f, 0);
        if (r->fields < LEAD_MAX)
            r->first[r->fields] = f;
        r->fields++;
        if (!is_number(&f))
            r->not_numbers = r->fields;
        if (f.next >= end)
            return true;
    }
}

static bool named(const field *f, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (f->length == strlen(*names) && strncasecmp(f->text, *names, f->length) == 0)
            return true;
    }
    return false;
}

static const char *const id_names[] = {"id", "token_id", NULL};
static const char *const index_names[] = {"", "index", "Unnamed: 0", NULL};
static const char *const word_names[] = {"token", "word", "label", "text", NULL};

/* Which columns stand in front of the numbers: by their names, else by the first row. */
static void find_lead(layout *l, const record *header, const record *row)
{
    uint64_t fields = row != NULL ? row->fields : header->fields;
    for (unsigned i = 0; i < LEAD_MAX && i + 1 < fields; i++) {
        bool no_number = row != NULL && row->first[i].length > 0 && !is_number(&row->first[i]);
        bool is_index = header != NULL && named(&header->first[i], index_names) && !no_number;
        bool is_id = header != NULL && named(&header->first[i], id_names) && !no_number;
        bool is_word = header != NULL && named(&header->first[i], word_names);
        bool before_word =
            row != NULL && header == NULL && i == 0 && fields > 2 && !is_number(&row->first[1]);
        if (!is_index && !is_id && !is_word && !no_number && !before_word)
            return;
        l->lead++;
        if (is_id || ((is_index || before_word) && !l->has_ids)) {
            l->has_ids = true; /* an ID of its own says more than an index */
            l->id_column = i;
        }
        if (is_index || is_id || before_word || (l->has_words && !is_word))
            continue;
        l->has_words = true;
        l->column = i;
    }
}

static bool is_name(const field *f)
{
    return named(f, id_names) || named(f, index_names) || named(f, word_names);
}

/* A header's line: see the top of this file. */
static bool is_header(const record *first)
{
    if (first->fields < 2)
        return false;
    if (first->not_numbers == first->fields)
        return true;
    uint64_t lead = first->fields - first->sequence;
    return first->sequence > 0 && lead <= LEAD_MAX && first->not_numbers == lead &&
           (first->sequence > 1 || is_name(&first->first[0]));
}

static bool read_layout(const file_map *map, char separator, layout *l, tokvec_error *err)
{
    *l = (layout){.start = 0};
    if (map->size >= 3 && memcmp(map->data, "\xef\xbb\xbf", 3) == 0)
        l->start = 3; /* the mark that some programs put before UTF-8 */
    record first, second;
    uint64_t begin = l->start;
    if (lines_last(map, begin) == begin)
        return lines_bad(map, 0, err, "the file has no rows");
    if (!read_record(map, l->start, separator, &first, err))
        return false;
    l->has_header = separator != ' ' && is_header(&first);
    if (l->has_header) {
        l->start = first.next;
        l->has_rows = lines_last(map, l->start) != l->start;
        if (l->has_rows && !read_record(map, l->start, separator, &second, err))
            return false;
        find_lead(l, &first, l->has_rows ? &second : NULL);
    } else {
        l->has_rows = true;
        if (separator != ' ')
            find_lead(l, NULL, &first);
    }
    const record *row = l->has_header && l->has_rows ? &second : &first;
    l->fields = row->fields;
    if (l->has_header && first.fields != l->fields)
        return lines_bad(map, l->start, err, "the line has %llu fields, the header has %llu",
                         (unsigned long long)l->fields, (unsigned long long)first.fields);
    if (l->has_rows && row->not_numbers > l->lead)
        return lines_bad(map, l->start, err, "field %llu of the line is no number",
                         (unsigned long long)row->not_numbers);
    if (!l->has_rows && first.sequence + l->lead != first.fields)
        return lines_bad(map, begin, err, "the file has no rows");
    return true;
}

/* ---------------------------------------------------------------- opening */

/* A word and one number a line, without a header, is a vocabulary with scores or counts. */
static bool recognise(const file_map *map, char separator)
{
    size_t look = map->size < LOOK ? (size_t)map->size : LOOK;
    layout l;
    return look > 0 && lines_are_text(map->data, look) && read_layout(map, separator, &l, NULL) &&
           l.fields > 1 && (l.has_header || !l.has_words || l.fields - l.lead > 1);
}

/* How many rows there are. Where no field is quoted, they are the lines. */
static bool count_rows(csv *c, tokvec_error *err)
{
    words *w = &c->base;
    const file_map *map = w->map;
    uint64_t last = lines_last(map, w->next);
    if (c->separator != ',' || memchr(map->data + w->next, '"', (size_t)(last - w->next)) == NULL) {
        w->count = lines_count(map, w->next);
        return true;
    }
    for (uint64_t at = w->next; at < last; w->count++) {
        if (!record_end(map, at, c->separator, &at, err))
            return false;
        at = lines_next(map, at);
    }
    return true;
}

static bool read_header(tokvec_weights *weights, char separator, tokvec_error *err)
{
    layout l;
    if (!read_layout(weights->map, separator, &l, err))
        return false;
    csv *c = (csv *)words_new(weights, &csv_kind, sizeof *c, err);
    if (c == NULL)
        return false;
    c->separator = separator;
    c->lead = l.lead;
    c->column = l.column;
    c->id_column = l.id_column;
    c->base.has_ids = l.has_ids;
    c->base.has_words = l.has_words;
    c->base.dim = l.fields - l.lead;
    c->base.next = l.start;
    if (weights->as.dtype != TOKVEC_NO_DTYPE)
        c->base.dtype = weights->as.dtype;
    return count_rows(c, err) && words_add_tensor(weights, l.start, err);
}

static bool csv_recognise(const file_map *map)
{
    return recognise(map, ',');
}

static bool csv_read_header(tokvec_weights *weights, tokvec_error *err)
{
    return read_header(weights, ',', err);
}

static bool tsv_recognise(const file_map *map)
{
    return recognise(map, '\t');
}

static bool tsv_read_header(tokvec_weights *weights, tokvec_error *err)
{
    return read_header(weights, '\t', err);
}

static bool space_recognise(const file_map *map)
{
    return recognise(map, ' ');
}

static bool space_read_header(tokvec_weights *weights, tokvec_error *err)
{
    return read_header(weights, ' ', err);
}

const weights_format csv_table_format = {
    .name = "csv",
    .suffixes = {".csv"},
    .recognise = csv_recognise,
    .read_header = csv_read_header,
    .table = words_table,
    .close = words_close,
    .vocab = words_vocab_of,
    .numbers_are_text = true,
};

const weights_format tsv_table_format = {
    .name = "tsv",
    .suffixes = {".tsv"},
    .recognise = tsv_recognise,
    .read_header = tsv_read_header,
    .table = words_table,
    .close = words_close,
    .vocab = words_vocab_of,
    .numbers_are_text = true,
};

const weights_format space_table_format = {
    .name = "columns",
    .suffixes = {".txt"},
    .recognise = space_recognise,
    .read_header = space_read_header,
    .table = words_table,
    .close = words_close,
    .vocab = words_vocab_of,
    .numbers_are_text = true,
};
