/* word2vec.c - word vectors as text, as word2vec writes them and as GloVe does.
 * A line "COUNT DIM", which GloVe leaves out, then lines "WORD NUMBER NUMBER ...". Words may have
 * spaces in them, and be numbers: the numbers of a row are the last DIM fields of its line, the
 * word is what comes before them.
 * SPDX-License-Identifier: MIT */
#include "formats/words/word2vec.h"

#include "formats/words/blanks.h"
#include "formats/words/heading.h"
#include "formats/words/spelling.h"
#include "text/lines.h"
#include "text/number.h"

#include <stdio.h>
#include <string.h>

enum {
    SAMPLE_LINES = 20, /* by which a file without header is recognised, and how words stand in it */
    SAMPLE_MOST = 1 << 23, /* bytes of them, but for the last */
    LINE_MOST = 1 << 24,   /* bytes of a line, for a file without header to be recognised */
};

typedef struct word_lines {
    text_rows base;
    uint64_t first;  /* where row 0 begins */
    bool has_header; /* so that rows have been announced, not counted */
    bool aligned;    /* blanks around words only fill columns */
    spelling spelt;
} word_lines;

/* ---------------------------------------------------------------- rows */

static bool short_line(const text_rows *w, uint64_t start, const char *text, const char *end,
                       tokvec_error *err)
{
    blanks_line line = blanks_look(text, end);
    uint64_t fields = line.fields + line.begins_blank;
    lines_bad(w->map, start, err, "the line has %llu numbers after its word, not %llu",
              (unsigned long long)(fields > 0 ? fields - 1 : 0), (unsigned long long)w->dim);
    const char *last = blanks_last(text, end, 1);
    if (last != NULL && line.numbers == 0 && memchr(last, ':', (size_t)(end - last)) != NULL)
        return error_hint(err, "sparse vectors, pairs of an index and a value, are not read");
    return false;
}

/* A number as vectors have them: in a word of several fields there may be a 7 or a 3.6, but hardly
 * one with a point and a sign or many digits. */
static bool is_value(const char *text, const char *end)
{
    enum { SHORT = 5 };
    size_t length = (size_t)(end - text);
    return memchr(text, '.', length) != NULL && number_is(text, length) &&
           (*text == '-' || length > SHORT);
}

/* Whether there are numbers in a word: then the line has too many, or is two. */
static bool has_values(tokvec_text word)
{
    const char *at = word.bytes, *end = at + word.length;
    for (bool first = true; at < end; first = false) {
        const char *stop = at;
        while (stop < end && !blanks_is(*stop))
            stop++;
        if (!first && stop > at && is_value(at, stop))
            return true;
        at = stop + 1;
    }
    return false;
}

/* What comes before the first number. */
static tokvec_text word_before(const word_lines *l, const char *text, const char *number)
{
    const char *begin = text, *end = number - 1;
    while (l->aligned && end > begin && blanks_is(end[-1]))
        end--;
    while (l->aligned && begin < end && blanks_is(*begin))
        begin++;
    if (begin == end) /* the word is blanks, or nothing */
        return (tokvec_text){text, (size_t)(number - 1 - text)};
    return (tokvec_text){begin, (size_t)(end - begin)};
}

/* Takes a line apart, with the word as it stands there. */
static bool split_line(const word_lines *l, uint64_t start, uint64_t line_end, text_row *out,
                       tokvec_error *err)
{
    const text_rows *w = &l->base;
    out->end = blanks_trim(w->map, start, line_end);
    const char *base = (const char *)w->map->data;
    const char *text = base + start, *end = base + out->end;
    const char *number = text;
    if (blanks_count(text, (size_t)(out->end - start)) == w->dim) { /* as in nearly all lines */
        while (number < end && !blanks_is(*number))
            number++;
        number = number < end ? number + 1 : NULL;
    } else {
        number = blanks_last(text, end, w->dim);
    }
    if (number == NULL || number == text)
        return short_line(w, start, text, end, err);
    out->values = (uint64_t)(number - base);
    out->word = word_before(l, text, number);
    return !has_values(out->word) ||
           lines_bad(w->map, start, err, "the line has more numbers after its word than %llu",
                     (unsigned long long)w->dim);
}

/* Where a header is wrong, there is something to do about it. */
static bool hint_header(uint64_t count, uint64_t dim, tokvec_error *err)
{
    return error_hint(err, "correct the first line to '%llu %llu', or delete it",
                      (unsigned long long)count, (unsigned long long)dim);
}

/* There is no row where one should begin. */
static bool no_row(const word_lines *l, uint64_t row, uint64_t start, tokvec_error *err)
{
    const text_rows *w = &l->base;
    if (!lines_are_over(w->map, start))
        return lines_bad(w->map, start, err, "the line is empty");
    lines_bad(w->map, start, err, "the file ends after %llu of %llu words", (unsigned long long)row,
              (unsigned long long)w->count);
    return l->has_header && row > 0 && hint_header(row, w->dim, err);
}

static bool too_many_rows(const text_rows *w, uint64_t start, tokvec_error *err)
{
    lines_bad(w->map, start, err, "something follows the %llu words that the first line announces",
              (unsigned long long)w->count);
    return err != NULL && hint_header(w->count + lines_count(w->map, start), w->dim, err);
}

static bool text_scan(const text_rows *w, uint64_t row, uint64_t start, bool whole,
                      text_rows_room *room, text_row *out, tokvec_error *err)
{
    const word_lines *l = (const word_lines *)w;
    const uint8_t *data = w->map->data;
    uint64_t end = start < w->map->size ? lines_end(w->map, start) : start;
    if (end == start || (end == start + 1 && data[start] == '\r'))
        return no_row(l, row, start, err);
    out->next = lines_next(w->map, end);
    if (row + 1 == w->count && !lines_are_over(w->map, out->next))
        return too_many_rows(w, out->next, err);
    return !whole ||
           (split_line(l, start, end, out, err) && spelling_read(l->spelt, room, &out->word, err));
}

/* Whether a line that has been passed over before still is one. */
static bool is_line(const word_lines *l, uint64_t start, uint64_t end)
{
    const file_map *map = l->base.map;
    return (start == l->first || map->data[start - 1] == '\n') &&
           (end == map->size || map->data[end - 1] == '\n');
}

static bool text_read(text_rows *w, uint64_t row, void *out, tokvec_error *err)
{
    const word_lines *l = (const word_lines *)w;
    if (!text_rows_reach(w, row, err))
        return false;
    text_rows_mark mark = *text_rows_mark_of(w, row);
    uint64_t end = mark.start + mark.length; /* spares a search for the end of the line */
    if (mark.length == 0)
        end = lines_next(w->map, lines_end(w->map, mark.start));
    text_row r = {.values = mark.start};
    uint64_t before = mark.start - (mark.start > 0); /* with the newline there */
    if (!file_want(w->map, before, end - before, err))
        return false;
    if (!is_line(l, mark.start, end))
        return file_map_changed(w->map, err);
    if (mark.word != 0) {
        r.values += mark.word - 1;
        if (r.values >= end || !blanks_is((char)w->map->data[r.values]))
            return file_map_changed(w->map, err);
        r.end = blanks_trim(w->map, r.values, end);
    } else if (!split_line(l, mark.start, end, &r, err)) {
        return false;
    }
    return blanks_numbers(w->map, r.values, r.end, w->dtype, w->dim, out, err);
}

static const text_rows_kind text_kind = {.scan = text_scan, .read = text_read, .concurrent = true};

/* ---------------------------------------------------------------- a sample of rows */

/* What the first rows have in common. */
typedef struct sample {
    uint64_t dim;
    uint64_t least; /* where a line begins that has no more numbers */
    unsigned lines;
    unsigned simple; /* lines whose word is one field */
    unsigned padded; /* lines with several blanks behind the word */
    unsigned base64; /* lines whose word is written so */
    unsigned quoted; /* lines whose word is in quotes */
    unsigned points; /* lines that begin with a number that has a point, or have an empty word */
    bool has_words;  /* some field that should be a word is not a number */
    bool runs, tabs; /* there are several blanks, or tabs, between numbers */
} sample;

/* How the word stands in front of `dim` numbers. */
static void look_at_word(const char *text, const char *end, uint64_t dim, sample *s)
{
    const char *number = blanks_last(text, end, dim);
    if (number == NULL || number == text)
        return;
    const char *stop = number - 1;
    s->base64 += spelling_is_base64((tokvec_text){text, (size_t)(stop - text)});
    while (stop > text && blanks_is(stop[-1]))
        stop--;
    s->padded += stop > text && number - stop > 1;
    s->quoted += stop - text > 2 && *text == '"' && stop[-1] == '"';
}

/* As lines of nothing but numbers do, and those of words hardly ever. */
static bool begins_blank_or_point(const char *text, const char *end)
{
    const char *stop = text;
    while (stop < end && !blanks_is(*stop))
        stop++;
    size_t length = (size_t)(stop - text);
    return length == 0 || (memchr(text, '.', length) != NULL && number_is(text, length));
}

/* A line as numpy writes it before rows of numbers: "# 0 1 2". As a word # has fractions. */
static bool is_comment(const char *text, const char *end)
{
    return text < end && (*text == '#' || *text == '%') &&
           memchr(text, '.', (size_t)(end - text)) == NULL;
}

/* Looks at the first lines from `begin` on. A dimension of 0 is not known: a word may have spaces
 * and be a number, so the line with the fewest numbers at its end tells it. */
static sample look_at_lines(const file_map *map, uint64_t begin, uint64_t dim)
{
    sample s = {.dim = dim == 0 ? UINT64_MAX : dim};
    struct {
        const char *text, *end;
        uint64_t fields;
    } lines[SAMPLE_LINES];
    for (uint64_t at = begin;
         at < map->size && s.lines < SAMPLE_LINES && at - begin < SAMPLE_MOST;) {
        uint64_t line_end = lines_end(map, at);
        const char *text = (const char *)map->data + at;
        const char *end = (const char *)map->data + blanks_trim(map, at, line_end);
        if (dim == 0 && (end - text > LINE_MOST ||
                         !lines_are_text((const uint8_t *)text, (size_t)(end - text))))
            return (sample){.dim = 0, .least = at};
        blanks_line line = blanks_look(text, end);
        uint64_t fields = line.fields + line.begins_blank;
        uint64_t most = fields > 0 ? fields - 1 : 0; /* the first is the word */
        most = line.numbers < most ? line.numbers : most;
        s.least = most < s.dim ? at : s.least;
        s.dim = dim == 0 && most < s.dim ? most : s.dim;
        s.has_words = s.has_words || (line.numbers < line.fields && !is_comment(text, end));
        s.runs = s.runs || line.runs;
        s.tabs = s.tabs || line.tabs;
        lines[s.lines].text = text;
        lines[s.lines].end = end;
        lines[s.lines++].fields = fields;
        at = lines_next(map, line_end);
    }
    for (unsigned i = 0; i < s.lines; i++) {
        s.simple += lines[i].fields == s.dim + 1;
        s.points += begins_blank_or_point(lines[i].text, lines[i].end);
        look_at_word(lines[i].text, lines[i].end, s.dim, &s);
    }
    return s;
}

/* ---------------------------------------------------------------- opening */

static word_lines *start(tokvec_weights *weights, uint64_t begin, uint64_t count, const sample *s,
                         tokvec_error *err)
{
    word_lines *l = (word_lines *)text_rows_new(weights, &text_kind, sizeof *l, err);
    if (l == NULL)
        return NULL;
    text_rows *w = &l->base;
    w->has_words = true;
    w->count = count;
    w->dim = s->dim;
    w->next = l->first = begin;
    /* A word may end in a blank. But where all do, or numbers stand in columns, blanks fill. */
    l->aligned = s->runs || (s->padded > 0 && (s->padded == s->lines || s->dim == 1));
    l->spelt = s->lines > 0 && s->base64 == s->lines ? SPELLING_BASE64 : SPELLING_FORMS;
    if (weights->as.dtype != TOKVEC_NO_DTYPE)
        w->dtype = weights->as.dtype;
    return l;
}

static format_grade word2vec_recognise(const file_map *map)
{
    word2vec_header h;
    bool is = word2vec_read_header(map, &h) && word2vec_is_text(map, &h);
    return is ? GRADE_LIKELY : GRADE_NO;
}

/* There are fewer rows than the header announces, as head leaves them. Those that are there can be
 * looked up. */
static bool note_missing(tokvec_weights *weights, word2vec_header *h, uint64_t *lines,
                         tokvec_error *err)
{
    enum { COUNT_MAX = 1 << 24 }; /* words; no file of vectors has had so many */
    *lines = lines_count(weights->map, h->size);
    const char *text = (const char *)weights->map->data;
    uint64_t first_end = blanks_trim(weights->map, h->size, lines_end(weights->map, h->size));
    if (*lines == 0 || blanks_look(text + h->size, text + first_end).numbers < h->dim ||
        *lines >= h->count || h->count > COUNT_MAX)
        return word2vec_too_short(weights->map, h, err);
    snprintf(weights->warning, sizeof weights->warning,
             "the first line announces %llu words, the file has %llu (%.500s); correct the line to "
             "'%llu %llu', or delete it",
             (unsigned long long)h->count, (unsigned long long)*lines, weights->map->path,
             (unsigned long long)*lines, (unsigned long long)h->dim);
    return true;
}

static bool text_read_header(tokvec_weights *weights, tokvec_error *err)
{
    const file_map *map = weights->map;
    word2vec_header h;
    if (!word2vec_read_header(map, &h))
        return lines_bad(map, 0, err, "the first line is not 'COUNT DIMENSION'");
    if (!word2vec_check_header(map, &h, err))
        return false;
    uint64_t lines = lines_are_over(map, h.size) ? 0 : 1;
    if (h.count == 0 && lines != 0) {
        lines_bad(map, h.size, err, "something follows the 0 words that the first line announces");
        return hint_header(lines_count(map, h.size), h.dim, err);
    }
    /* At least: a space and a digit a number, and a newline, which the last line may lack. */
    lines = 0;
    if (!word2vec_fits(map, &h, 2 * h.dim + 1) && !note_missing(weights, &h, &lines, err))
        return false;
    sample s = look_at_lines(map, h.size, h.dim);
    word_lines *l = start(weights, h.size, h.count, &s, err);
    if (l == NULL)
        return false;
    l->has_header = true;
    l->base.most = lines;
    return text_rows_add_tensor(weights, h.size, err);
}

/* Where the first row begins: behind a line of names of columns, if there is one. R writes a name
 * for each number, perhaps "" for the words too; pandas 0, 1, 2, ... */
static heading_is first_row(const file_map *map, uint64_t *out)
{
    const char *base = (const char *)map->data;
    uint64_t begin = blanks_begin(map), end = lines_end(map, begin);
    uint64_t next = lines_next(map, end), next_end = next < map->size ? lines_end(map, next) : next;
    *out = begin;
    if (next_end == next || end - begin > LINE_MOST || next_end - next > LINE_MOST)
        return HEADING_ROW;
    const char *stop = base + blanks_trim(map, begin, end);
    const char *second = base + next, *second_stop = base + blanks_trim(map, next, next_end);
    blanks_line names = blanks_look(base + begin, stop);
    blanks_line row = blanks_look(second, second_stop);
    uint64_t numbers = names.fields < row.fields ? names.fields : names.fields - 1;
    if (names.fields < 2 || names.fields > row.fields || numbers + 1 != row.fields ||
        row.numbers < numbers || numbers < 2)
        return HEADING_ROW;
    heading h = {.fields = 0};
    if (names.begins_blank && !row.begins_blank && names.fields < row.fields)
        heading_add(&h, (tokvec_text){"", 0}, false);
    heading_add_line(&h, base + begin, stop);
    heading_next next_line = heading_next_line(second, second_stop, numbers);
    heading_is is = heading_judge(&h, &next_line);
    if (is == HEADING_NAMES)
        *out = next;
    return is;
}

static format_grade glove_recognise(const file_map *map)
{
    word2vec_header h;
    size_t look = (size_t)file_head(map, LINES_LOOK);
    if (look == 0 || !lines_are_text(map->data, look) || word2vec_read_header(map, &h))
        return GRADE_NO;
    /* Not those of the other text formats, nor the prose that ends its lines in a number. */
    uint64_t begin;
    first_row(map, &begin);
    sample s = look_at_lines(map, begin, 0);
    bool is = s.lines > 0 && s.dim >= 2 && s.has_words && !s.tabs && 2 * s.simple >= s.lines &&
              2 * s.points < s.lines;
    return is ? GRADE_MAYBE : GRADE_NO;
}

static bool glove_read_header(tokvec_weights *weights, tokvec_error *err)
{
    uint64_t begin;
    if (first_row(weights->map, &begin) == HEADING_UNSURE)
        return heading_unsure(weights->map, begin, err);
    sample s = look_at_lines(weights->map, begin, 0);
    if (s.lines == 0 || s.dim == 0 || 2 * s.simple < s.lines)
        return lines_bad(weights->map, s.lines == 0 ? begin : s.least, err,
                         "the line is not a word and as many numbers as others have");
    word_lines *l = start(weights, begin, lines_count(weights->map, begin), &s, err);
    if (l == NULL)
        return false;
    if (l->spelt == SPELLING_FORMS)
        l->spelt = begin > blanks_begin(weights->map) &&
                           weights->map->data[blanks_begin(weights->map)] == '"'
                       ? SPELLING_R /* the names of columns are in quotes */
                   : s.lines > 1 && s.quoted == s.lines ? SPELLING_R /* all words are */
                                                        : SPELLING_QUOTED;
    return text_rows_add_tensor(weights, begin, err);
}

const weights_format word2vec_format = {
    .name = "word2vec",
    .suffixes = {".vec"},
    .recognise = word2vec_recognise,
    .read_header = text_read_header,
    TEXT_ROWS_FORMAT,
    .numbers_are_text = true,
    .one_pass = true,
};

const weights_format glove_format = {
    .name = "glove",
    .suffixes = {".glove", ".txt"},
    .recognise = glove_recognise,
    .read_header = glove_read_header,
    TEXT_ROWS_FORMAT,
    .numbers_are_text = true,
    .one_pass = true,
};
