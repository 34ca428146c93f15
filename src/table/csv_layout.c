/* csv_layout.c - which columns a CSV or TSV has, by its first two records.
 * See csv.h.
 * SPDX-License-Identifier: MIT
 *
 * The first record is a header if its last field is no number, or if it is 0, 1, 2, ... alone or
 * behind names, as tokvec and pandas write it; a header may have a field less than the rows, whose
 * first column then has no name, as R writes it. In front of the numbers there may be IDs, words
 * and other texts. If one column holds lists of numbers, these are the vectors. */
#include "table/csv.h"

#include "base/number.h"
#include "table/blanks.h"
#include "table/lines.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* A record's first fields, and what there is to know of the others. */
typedef struct record {
    csv_field first[CSV_LEAD_MAX];
    uint64_t fields, next;
    uint64_t sequence;    /* so many fields at the end are 0, 1, 2, ... */
    uint64_t not_numbers; /* the number of the last field that is none, plus 1 */
    uint64_t lists;       /* fields that are lists */
    uint64_t list;        /* the last of them */
} record;

static bool is_number(const csv_field *f, csv_dialect dialect)
{
    double unused;
    return csv_number(f, dialect, TOKVEC_FLOAT64, &unused);
}

static bool is_count(const csv_field *f, uint64_t value)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    return f->length == (size_t)length && memcmp(f->text, digits, f->length) == 0;
}

static bool read_record(const file_map *map, uint64_t start, csv_dialect dialect, record *r,
                        tokvec_error *err)
{
    *r = (record){.fields = 0};
    uint64_t stop;
    if (!csv_record_end(map, start, dialect, &stop, err))
        return false;
    r->next = lines_next(map, stop);
    const char *text = (const char *)map->data;
    const char *at = text + start, *end = text + stop;
    if (end > at && end[-1] == '\r')
        end--;
    for (csv_field f;; at = f.next + 1) {
        if (!csv_read_field(at, end, dialect, &f))
            return lines_bad(map, (uint64_t)(at - text), err, "a quoted field has no end");
        r->sequence = is_count(&f, r->sequence) ? r->sequence + 1 : is_count(&f, 0);
        if (r->fields < CSV_LEAD_MAX) {
            r->first[r->fields] = f;
            if (csv_is_list(&f)) {
                r->lists++;
                r->list = r->fields;
            }
        }
        r->fields++;
        if (!is_number(&f, dialect))
            r->not_numbers = r->fields;
        if (f.next >= end)
            return true;
    }
}

/* ---------------------------------------------------------------- names of columns */

static const char *const id_names[] = {"id", "token_id", NULL};
static const char *const index_names[] = {"", "index", "Unnamed: 0", NULL};
static const char *const word_names[] = {"token", "word", "label", "text", NULL};

static bool named(const csv_field *f, const char *const *names)
{
    for (; *names != NULL; names++) {
        /* An empty field has no text. */
        if (f->length == strlen(*names) &&
            (f->length == 0 || strncasecmp(f->text, *names, f->length) == 0))
            return true;
    }
    return false;
}

static bool is_name(const csv_field *f)
{
    return named(f, id_names) || named(f, index_names) || named(f, word_names);
}

/* ---------------------------------------------------------------- headers */

/* Whether the second record goes on counting where the first one ends: then both are rows. */
static bool goes_on(const record *first, const record *second)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)first->fields);
    const csv_field *f = &second->first[0];
    return second->fields == first->fields && f->length == (size_t)length &&
           memcmp(f->text, digits, f->length) == 0;
}

/* second: NULL if there is none. */
static bool is_header(const record *first, const record *second)
{
    if (first->lists > 0)
        return false;
    if (second != NULL && second->lists > 0)
        return true;
    if (first->fields < 2)
        return false;
    if (first->not_numbers == first->fields)
        return true;
    uint64_t lead = first->fields - first->sequence;
    if (first->sequence == 0 || lead > CSV_LEAD_MAX || first->not_numbers != lead)
        return false;
    if (lead == 0)
        return second == NULL || !goes_on(first, second);
    return first->sequence > 1 || is_name(&first->first[0]);
}

/* ---------------------------------------------------------------- columns */

/* What one column in front of the vectors is. */
typedef struct column {
    const csv_field *name;  /* NULL: there is no header */
    const csv_field *value; /* in the first row; NULL: there are no rows */
    bool is_text;
    bool nameless; /* of a header that has a field less */
} column;

/* Whether the first column has no name, as R writes headers. */
static bool is_shorter(const record *header, const record *row)
{
    return header != NULL && row != NULL && header->fields + 1 == row->fields;
}

static column column_at(const record *header, const record *row, unsigned i, csv_dialect dialect)
{
    static const csv_field none = {.text = ""};
    bool shorter = is_shorter(header, row);
    column c = {.value = row == NULL ? NULL : &row->first[i]};
    if (header != NULL)
        c.name = !shorter ? &header->first[i] : i == 0 ? &none : &header->first[i - 1];
    c.is_text = c.value != NULL && c.value->length > 0 && !is_number(c.value, dialect);
    return c;
}

static void take_ids(csv_layout *l, unsigned i)
{
    l->has_ids = true;
    l->id_column = i;
}

static void take_words(csv_layout *l, unsigned i)
{
    l->has_words = true;
    l->word_column = i;
}

/* The columns in front of numbers: by their names, else by the first row. */
static void find_lead(csv_layout *l, const record *header, const record *row, csv_dialect dialect)
{
    uint64_t fields = row != NULL ? row->fields : header->fields;
    for (unsigned i = 0; i < CSV_LEAD_MAX && i + 1 < fields; i++) {
        column c = column_at(header, row, i, dialect);
        bool is_index = c.name != NULL && named(c.name, index_names) && !c.is_text;
        bool is_id = c.name != NULL && named(c.name, id_names) && !c.is_text;
        bool is_word = c.name != NULL && named(c.name, word_names);
        bool before_word =
            c.name == NULL && i == 0 && fields > 2 && !is_number(&row->first[1], dialect);
        bool is_text = c.is_text && !l->has_words; /* a second one would be a damaged number */
        if (!is_index && !is_id && !is_word && !is_text && !before_word)
            return;
        l->lead++;
        if (is_id || ((is_index || before_word) && !l->has_ids))
            take_ids(l, i); /* an ID of its own says more than an index */
        if (is_index || is_id || before_word || (l->has_words && !is_word))
            continue;
        take_words(l, i);
    }
}

/* How well a name fits a column of words; 0: not at all. */
static unsigned fits_words(const csv_field *name)
{
    for (unsigned i = 0; word_names[i] != NULL; i++) {
        if (named(name, (const char *const[]){word_names[i], NULL}))
            return i + 1;
    }
    return 0;
}

/* The columns beside a list: those that are named so, else the only one that is text. */
static void find_beside_list(csv_layout *l, const record *header, const record *row,
                             csv_dialect dialect)
{
    unsigned texts = 0, text = 0, best = 0;
    bool strong = false;
    for (unsigned i = 0; i < CSV_LEAD_MAX && i < row->fields; i++) {
        column c = column_at(header, row, i, dialect);
        if (i == row->list)
            continue;
        if (c.is_text) {
            texts++;
            text = i;
        }
        if (c.name == NULL ? i == 0 && row->fields <= 3 && !c.is_text
                           : !c.is_text && named(c.name, index_names) && !strong)
            take_ids(l, i);
        if (c.name != NULL && !c.is_text && named(c.name, id_names)) {
            strong = true;
            take_ids(l, i);
        }
        unsigned fit = c.name == NULL ? 0 : fits_words(c.name);
        if (fit > 0 && (best == 0 || fit < best)) {
            best = fit;
            take_words(l, i);
        }
    }
    if (best == 0 && texts == 1)
        take_words(l, text);
}

/* ---------------------------------------------------------------- the whole */

static bool other_count(const file_map *map, const csv_layout *l, const record *header,
                        const record *row, tokvec_error *err)
{
    return lines_bad(map, l->start, err, "the line has %llu fields, the header has %llu",
                     (unsigned long long)row->fields, (unsigned long long)header->fields);
}

static bool list_layout(csv_layout *l, const file_map *map, const record *header, const record *row,
                        csv_dialect dialect, tokvec_error *err)
{
    if (row->lists > 1)
        return lines_bad(map, l->start, err, "%llu columns hold lists of numbers",
                         (unsigned long long)row->lists) ||
               error_hint(err, "write a file with one of them");
    l->has_list = true;
    l->lead = (unsigned)row->list;
    find_beside_list(l, header, row, dialect);
    tokvec_text list = csv_trimmed(&row->first[row->list]);
    if (!csv_read_list(map, list.bytes + 1, list.bytes + list.length - 1, TOKVEC_FLOAT64, &l->dim,
                       NULL, err))
        return false;
    return l->dim > 0 || lines_bad(map, l->start, err, "the list has no numbers");
}

/* Where the columns of numbers are counted 0, 1, 2, ..., a column in front of them is none. */
static bool check_counted(const csv_layout *l, const file_map *map, const record *header,
                          tokvec_error *err)
{
    if (header->sequence < 2 || header->fields <= header->sequence + l->lead)
        return true;
    const csv_field *f = &header->first[l->lead];
    lines_bad(map, (uint64_t)(f->text - (const char *)map->data), err,
              "the column '%.*s' is neither an ID nor a word nor one of the numbers",
              (int)(f->length < 40 ? f->length : 40), f->text);
    return error_hint(err, "leave it out of the file");
}

static bool number_layout(csv_layout *l, const file_map *map, const record *header,
                          const record *row, csv_dialect dialect, tokvec_error *err)
{
    find_lead(l, header, row, dialect);
    uint64_t fields = row != NULL ? row->fields : header->fields;
    if (is_shorter(header, row) && (header->fields < 2 || l->lead == 0))
        return other_count(map, l, header, row, err);
    if (row != NULL && row->not_numbers > l->lead)
        return lines_bad(map, l->start, err, "field %llu of the line is no number",
                         (unsigned long long)row->not_numbers);
    if (row == NULL && header->sequence + l->lead != header->fields)
        return lines_bad(map, blanks_begin(map), err, "the file has no rows");
    if (row != NULL && header != NULL && header->sequence >= 2 &&
        l->lead + header->sequence > fields)
        return lines_bad(map, l->start, err, "field %u of the line is no number", l->lead);
    if (header != NULL && !is_shorter(header, row) && !check_counted(l, map, header, err))
        return false;
    l->dim = fields - l->lead;
    return true;
}

bool csv_read_layout(const file_map *map, csv_dialect dialect, csv_layout *l, tokvec_error *err)
{
    *l = (csv_layout){.start = blanks_begin(map)};
    record first, second;
    if (lines_last(map, l->start) == l->start)
        return lines_bad(map, 0, err, "the file has no rows");
    if (!read_record(map, l->start, dialect, &first, err))
        return false;
    bool alone = lines_last(map, first.next) == first.next;
    if (!alone && !read_record(map, first.next, dialect, &second, err))
        return false;
    l->has_header = is_header(&first, alone ? NULL : &second);
    if (l->has_header)
        l->start = first.next;
    const record *header = l->has_header ? &first : NULL;
    const record *row = !l->has_header ? &first : alone ? NULL : &second;
    if (header != NULL && row != NULL && header->fields != row->fields && !is_shorter(header, row))
        return other_count(map, l, header, row, err);
    if (row != NULL && row->lists > 0)
        return list_layout(l, map, header, row, dialect, err);
    return number_layout(l, map, header, row, dialect, err);
}
