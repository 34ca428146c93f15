/* csv_layout.c - which columns a CSV or TSV has, by its first two records.
 * See csv.h.
 * SPDX-License-Identifier: MIT
 *
 * Whether the first record is a header, heading.h tells; one may have a field less than the rows,
 * whose first column then has no name, as R writes it. In front of the numbers there may be IDs,
 * words and other texts. If one column holds lists of numbers, these are the vectors. */
#include "formats/words/csv.h"

#include "formats/words/blanks.h"
#include "formats/words/heading.h"
#include "text/lines.h"
#include "text/number.h"

#include <string.h>

/* A record's first fields, and what there is to know of the others. */
typedef struct record {
    csv_field first[CSV_LEAD_MAX];
    uint64_t fields, next;
    heading names;        /* if it is a record of those */
    uint64_t not_numbers; /* the number of the last field that is not a number, plus 1 */
    csv_field spoilt;     /* that field */
    uint64_t fractions;   /* fields with a point */
    uint64_t quoted;      /* numbers in quotes */
    uint64_t lists;       /* first fields that are lists of numbers: a bit for each */
} record;

/* So much of a field is shown. */
static int shown(const csv_field *f)
{
    enum { SHOWN = 40 };
    return (int)(f->length < SHOWN ? f->length : SHOWN);
}

static bool is_number(const csv_field *f, csv_dialect dialect)
{
    double unused;
    return csv_number(f, dialect, TOKVEC_FLOAT64, &unused);
}

static bool has_fraction(const csv_field *f, csv_dialect dialect)
{
    return memchr(f->text, '.', f->length) != NULL ||
           (dialect.separator != ',' && memchr(f->text, ',', f->length) != NULL);
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
            return lines_bad(map, (uint64_t)(at - text), err,
                             "a quoted field has no closing quote");
        bool number = is_number(&f, dialect);
        heading_add(&r->names, csv_trimmed(&f), number);
        r->fractions += number && f.length > 0 && has_fraction(&f, dialect);
        r->quoted += number && f.quoted;
        if (r->fields < CSV_LEAD_MAX) {
            r->first[r->fields] = f;
            r->lists |= (uint64_t)csv_is_number_list(&f) << r->fields;
        }
        r->fields++;
        if (!number) {
            r->not_numbers = r->fields;
            r->spoilt = f;
        }
        if (f.next >= end)
            return true;
    }
}

/* ---------------------------------------------------------------- comments */

uint64_t csv_first_line(const file_map *map)
{
    uint64_t at = blanks_begin(map);
    while (at < map->size && file_want(map, at, 1, NULL) && map->data[at] == '#')
        at = lines_next(map, lines_end(map, at));
    return at;
}

/* Whether a line that begins with '#' has a word there, and as many numbers behind it as a row. */
static bool may_be_row(const record *line, const record *row)
{
    tokvec_text word = csv_trimmed(&line->first[0]);
    for (word.bytes++, word.length--; word.length > 0 && *word.bytes == ' '; word.length--)
        word.bytes++;
    return line->fields == row->fields && line->not_numbers == 1 &&
           !number_is(word.bytes, word.length); /* "# 0" is not a word */
}

/* Where the file begins but for comments, as numpy.savetxt writes them: lines before a table of
 * nothing but numbers. With words in it, '#' may be one. */
static bool skip_comments(const file_map *map, csv_dialect dialect, uint64_t *start,
                          tokvec_error *err)
{
    uint64_t begin = blanks_begin(map), after = csv_first_line(map);
    record line, row;
    *start = begin;
    if (after == begin || lines_last(map, after) == after)
        return true;
    if (!read_record(map, after, dialect, &row, err))
        return false;
    if (row.not_numbers > 0 || row.fields < 2 ||
        (read_record(map, begin, dialect, &line, NULL) && may_be_row(&line, &row)))
        return true;
    *start = after;
    return true;
}

/* ---------------------------------------------------------------- headers */

/* Whether labels are in quotes, as texts are, and the numbers of rows are not. */
static bool quotes_tell(const record *first, const record *second)
{
    const heading *h = &first->names;
    return !h->other && h->labels >= 2 && first->quoted == h->labels && second->quoted == 0 &&
           second->fields > second->not_numbers;
}

/* The first column that holds lists; a record has one. */
static unsigned list_column(const record *r)
{
    return (unsigned)__builtin_ctzll(r->lists);
}

/* Whether the record's one list has just numbers behind it, and at most one before it: it may be
 * a word, and the numbers behind it the vector. */
static bool list_may_be_word(const record *r, csv_dialect dialect)
{
    if (r->lists != 1 && r->lists != 2)
        return false;
    unsigned at = list_column(r);
    return r->not_numbers == at + 1 && r->fields > at + 1 &&
           (at == 0 || is_number(&r->first[0], dialect));
}

/* Whether the record names columns of which one holds lists, as the second record does. */
static bool names_list(const record *first, const record *second)
{
    unsigned at = list_column(second);
    if (at >= first->fields)
        return false;
    const csv_field *f = &first->first[at];
    heading h = {.fields = 1};
    heading_add(&h, csv_trimmed(f), false);
    return !h.other && f->text[0] != '[' && f->text[0] != '{';
}

/* second: NULL if there is none. */
static heading_is judge(const record *first, const record *second, csv_dialect dialect)
{
    const heading *h = &first->names;
    if (first->lists > 0)
        return HEADING_ROW;
    if (second != NULL && second->lists > 0 && !list_may_be_word(second, dialect))
        return names_list(first, second) ? HEADING_NAMES : HEADING_ROW;
    if (second == NULL)
        return heading_judge(h, NULL);
    if (quotes_tell(first, second))
        return HEADING_NAMES;
    const heading_next next = {.first = csv_trimmed(&second->first[0]),
                               .some_points = second->fractions > 0,
                               .all_points =
                                   second->fractions > 0 && second->fractions >= h->labels};
    return heading_judge(h, &next);
}

/* ---------------------------------------------------------------- columns */

/* What one column in front of the vectors is. */
typedef struct column {
    const csv_field *name;  /* NULL: there is no header */
    const csv_field *value; /* in the first row; NULL: there are no rows */
    heading_column named;
    bool is_text;
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
    if (c.name != NULL)
        c.named = heading_column_of(csv_trimmed(c.name));
    c.is_text = c.value != NULL && c.value->length > 0 && !is_number(c.value, dialect);
    return c;
}

static bool is_of_ids(const column *c)
{
    return !c->is_text && c->named >= HEADING_COLUMN_NAMELESS && c->named <= HEADING_COLUMN_ID;
}

/* A name of IDs says more than one of an index, and that more than none; 'best' of those so far. */
static void take_ids(csv_layout *l, unsigned i, heading_column name, heading_column *best)
{
    if (l->has_ids && name <= *best)
        return;
    *best = name;
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
    heading_column best = HEADING_COLUMN_OTHER;
    bool texts = false;
    for (unsigned i = 0; i < CSV_LEAD_MAX && i + 1 < fields; i++) {
        column c = column_at(header, row, i, dialect);
        bool is_word = c.named == HEADING_COLUMN_WORD;
        bool before_word = c.name == NULL && i == 0 && fields > 2 && !c.is_text &&
                           !is_number(&row->first[1], dialect);
        bool is_id = is_of_ids(&c) || before_word;
        bool is_text = c.is_text && !l->has_words; /* a second one would be a damaged number */
        if (!is_id && !is_word && !is_text)
            return;
        l->lead++;
        if (is_id)
            take_ids(l, i, c.named, &best);
        if (is_id || (l->has_words && (!is_word || (texts && !c.is_text))))
            continue;
        take_words(l, i);
        texts = c.is_text; /* a column of text is words rather than one of numbers, as of labels */
    }
}

/* The columns beside a list: those that are named so, else the only one that is text. */
static void find_beside_list(csv_layout *l, const record *header, const record *row,
                             csv_dialect dialect)
{
    enum { NUMBERS = 1000 };
    unsigned texts = 0, text = 0, best = 0;
    heading_column best_id = HEADING_COLUMN_OTHER;
    for (unsigned i = 0; i < CSV_LEAD_MAX && i < row->fields; i++) {
        column c = column_at(header, row, i, dialect);
        if (i == list_column(row))
            continue;
        if (c.is_text) {
            texts++;
            text = i;
        }
        if (c.name == NULL ? i == 0 && row->fields <= 3 && !c.is_text : is_of_ids(&c))
            take_ids(l, i, c.named, &best_id);
        unsigned rank = c.name == NULL ? 0 : heading_word_rank(csv_trimmed(c.name));
        if (rank > 0 && !c.is_text)
            rank += NUMBERS; /* as of labels: text is words rather than they */
        if (rank > 0 && (best == 0 || rank < best)) {
            best = rank;
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
    if ((row->lists & (row->lists - 1)) != 0)
        return lines_bad(map, l->start, err, "%d columns hold lists of numbers",
                         __builtin_popcountll(row->lists)) ||
               error_hint(err, "write a file with one of them");
    l->has_list = true;
    l->lead = list_column(row);
    find_beside_list(l, header, row, dialect);
    tokvec_text list = csv_trimmed(&row->first[l->lead]);
    if (!csv_read_list(map, list.bytes + 1, list.bytes + list.length - 1, TOKVEC_FLOAT64, &l->dim,
                       NULL, err))
        return false;
    return l->dim > 0 || lines_bad(map, l->start, err, "the list has no numbers");
}

/* Takes those lists for words that stand in columns of words. Fails if a list may be one or the
 * other. */
static bool drop_words(record *row, const record *header, const file_map *map, csv_dialect dialect,
                       tokvec_error *err)
{
    if (header == NULL && list_may_be_word(row, dialect)) {
        lines_bad(map, (uint64_t)(row->first[list_column(row)].text - (const char *)map->data), err,
                  "the field may be a word or a list of numbers");
        return error_hint(err, "put a line of names before the rows: word, d0, d1, ...");
    }
    for (unsigned i = 0; header != NULL && i < CSV_LEAD_MAX && row->lists >> i != 0; i++) {
        column c = column_at(header, row, i, dialect);
        bool others = row->lists != (uint64_t)1 << i || row->not_numbers < row->fields;
        if (others && (c.named == HEADING_COLUMN_WORD || c.named == HEADING_COLUMN_NAMELESS))
            row->lists &= ~((uint64_t)1 << i);
    }
    return true;
}

static bool check_names(const csv_layout *l, const file_map *map, const record *header,
                        const record *row, csv_dialect dialect, tokvec_error *err)
{
    bool repeated;
    unsigned skipped = l->lead - (is_shorter(header, row) && l->lead > 0);
    if (!csv_check_names(map, blanks_begin(map), dialect, skipped, &repeated, err))
        return false;
    if (!repeated || row == NULL || row->names.other || row->names.labels == 0)
        return true;
    lines_bad(map, l->start, err, "this line may be column names, as the one before it is");
    return error_hint(err, "write a file with one line of names, all different");
}

/* Whether the words are one spoilt number: where no name says that they are words, the row below
 * has a number with a fraction there. next: that row. */
static bool is_spoilt(const csv_layout *l, const record *header, const record *row,
                      const record *next, csv_dialect dialect)
{
    unsigned i = l->word_column;
    if (!l->has_words || row == NULL || is_shorter(header, row) ||
        !column_at(header, row, i, dialect).is_text)
        return false;
    tokvec_text name = {"", 0};
    if (header != NULL) { /* counted as those of the numbers are: d0, d1 */
        name = csv_trimmed(&header->first[i]);
        if (i + 1 >= header->fields || i + 1 >= CSV_LEAD_MAX ||
            !csv_names_follow(name, csv_trimmed(&header->first[i + 1])))
            return false;
    }
    if (next == NULL) /* 0, 1 are all columns of some programs, those of words too */
        return name.length > 0 && (*name.bytes < '0' || *name.bytes > '9');
    return i < next->fields && is_number(&next->first[i], dialect) &&
           has_fraction(&next->first[i], dialect);
}

static bool not_number(const file_map *map, uint64_t field, const csv_field *f, tokvec_error *err)
{
    return lines_bad(map, (uint64_t)(f->text - (const char *)map->data), err,
                     "field %llu of the line is not a number: '%.*s'", (unsigned long long)field,
                     shown(f), f->text);
}

/* next: the row below, or NULL. */
static bool number_layout(csv_layout *l, const file_map *map, const record *header,
                          const record *row, const record *next, csv_dialect dialect,
                          tokvec_error *err)
{
    find_lead(l, header, row, dialect);
    if (is_spoilt(l, header, row, next, dialect))
        return not_number(map, l->word_column + 1, &row->first[l->word_column], err);
    if (header != NULL && !check_names(l, map, header, row, dialect, err))
        return false;
    uint64_t fields = row != NULL ? row->fields : header->fields;
    if (is_shorter(header, row) && (header->fields < 2 || l->lead == 0))
        return other_count(map, l, header, row, err);
    if (row != NULL && row->not_numbers > l->lead)
        return not_number(map, row->not_numbers, &row->spoilt, err);
    if (row == NULL && header->names.from_zero + l->lead != header->fields)
        return lines_bad(map, blanks_begin(map), err, "the file has no rows");
    if (row != NULL && header != NULL && header->names.labels >= 2 &&
        l->lead + header->names.labels > fields)
        return lines_bad(map, l->start, err, "field %u of the line is not a number", l->lead);
    l->dim = fields - l->lead;
    return true;
}

bool csv_read_layout(const file_map *map, csv_dialect dialect, csv_layout *l, tokvec_error *err)
{
    *l = (csv_layout){.start = blanks_begin(map)};
    record first, second;
    if (!skip_comments(map, dialect, &l->start, err))
        return false;
    if (lines_are_over(map, l->start))
        return lines_bad(map, 0, err, "the file has no rows");
    if (!read_record(map, l->start, dialect, &first, err))
        return false;
    bool alone = lines_are_over(map, first.next);
    if (!alone && !read_record(map, first.next, dialect, &second, err))
        return false;
    heading_is names = judge(&first, alone ? NULL : &second, dialect);
    if (names == HEADING_UNSURE)
        return heading_unsure(map, l->start, err);
    l->has_header = names == HEADING_NAMES;
    if (l->has_header)
        l->start = first.next;
    const record *header = l->has_header ? &first : NULL;
    record *row = !l->has_header ? &first : alone ? NULL : &second;
    if (header != NULL && row != NULL && header->fields != row->fields && !is_shorter(header, row))
        return other_count(map, l, header, row, err);
    if (header == NULL && !alone && first.fields != second.fields &&
        first.names.labels == first.fields) /* names of columns, perhaps */
        return lines_bad(map, first.next, err, "the line has %llu fields, the first one has %llu",
                         (unsigned long long)second.fields, (unsigned long long)first.fields);
    if (row != NULL && !drop_words(row, header, map, dialect, err))
        return false;
    if (row != NULL && row->lists > 0)
        return list_layout(l, map, header, row, dialect, err);
    record third;
    const record *next = header == NULL && !alone ? &second : NULL;
    if (header != NULL && !alone && lines_last(map, second.next) != second.next &&
        read_record(map, second.next, dialect, &third, NULL))
        next = &third;
    return number_layout(l, map, header, row, next, dialect, err);
}
