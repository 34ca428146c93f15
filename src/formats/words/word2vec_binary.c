/* word2vec_binary.c - word vectors as word2vec writes them in its binary format.
 * A line "COUNT DIM", then for each word its bytes, a space and the float32, with or without a
 * newline behind them.
 * SPDX-License-Identifier: MIT
 *
 * A word with a space in it cannot be told from a shorter one: what is read then is rubbish, and
 * nothing in the format says so. Hence the look at whether words are text and values likely. */
#include "formats/words/word2vec.h"

#include "base/utf8.h"
#include "text/lines.h"

#include <math.h>
#include <string.h>

enum {
    WORD_MAX = 1 << 16, /* bytes of a word */
    VALUES_LOOK = 16,   /* values of a vector that are looked at */
    PHRASE_MAX = 256,   /* bytes of a word in which spaces are looked for */
};

/* ---------------------------------------------------------------- is it likely */

/* Values of embeddings are neither that large nor, but for 0, that small; of those that are read
 * from a wrong byte on, two thirds are, and spaces and letters always. */
static bool values_likely(const uint8_t *at, uint64_t dim)
{
    uint64_t n = dim < VALUES_LOOK ? dim : VALUES_LOOK;
    bool likely = true;
    for (uint64_t i = 0; i < n; i++) {
        float value;
        memcpy(&value, at + i * sizeof value, sizeof value);
        float size = fabsf(value);
        likely = likely && (size == 0 || (size > 1e-15F && size < 1e10F)); /* no NaN either */
    }
    return likely;
}

/* What stands where a word should: text, perhaps of another encoding than UTF-8; or something in
 * which there are bytes that no word has. */
typedef enum word_look { WORD_TEXT, WORD_OTHER } word_look;

static word_look look_at_word(const uint8_t *word, size_t length)
{
    return lines_are_text(word, length) && utf8_valid((const char *)word, length) ? WORD_TEXT
                                                                                  : WORD_OTHER;
}

/* The word that begins at `start`, behind a newline if there is one; false if it has no end. */
static bool word_at(const file_map *map, uint64_t *start, size_t *length)
{
    if (*start < map->size && file_want(map, *start, 1, NULL) && map->data[*start] == '\n')
        ++*start;
    uint64_t left = map->size - *start, stop = *start + (left < WORD_MAX ? left : WORD_MAX);
    uint64_t space = file_find(map, *start, stop, ' ');
    bool ended = space < stop && space < map->size;
    *length = ended ? (size_t)(space - *start) : 0;
    return ended;
}

/* Whether what follows a vector is a word in text, or the end of the file after the last row. */
static bool next_likely(const text_rows *w, uint64_t row, uint64_t end)
{
    size_t length;
    if (row + 1 == w->count)
        return file_ends_at(w->map, end + 1);
    return word_at(w->map, &end, &length) && look_at_word(w->map->data + end, length) == WORD_TEXT;
}

/* Whether row `row`, whose values seem to begin at `values`, makes sense if its word is longer and
 * ends at a later space. */
static bool longer_word_likely(const text_rows *w, uint64_t row, uint64_t values)
{
    const uint8_t *data = w->map->data;
    uint64_t bytes = w->dim * sizeof(float);
    uint64_t size = values + file_some(w->map, values, bytes + PHRASE_MAX);
    for (uint64_t at = values; at < size && at - values < PHRASE_MAX; at++) {
        if (data[at] < ' ' || data[at] == 0x7f)
            return false;
        uint64_t other = at + 1;
        if (data[at] != ' ' || bytes > size - other)
            continue;
        if (look_at_word(data + values, (size_t)(at - values)) == WORD_TEXT &&
            values_likely(data + other, w->dim) && next_likely(w, row, other + bytes))
            return true;
    }
    return false;
}

/* Refuses a row that makes more sense if its word has a space in it, or none at all. */
static bool check_row(const text_rows *w, uint64_t row, const text_row *r, tokvec_error *err)
{
    const file_map *map = w->map;
    bool likely = values_likely(map->data + r->values, w->dim);
    bool next = next_likely(w, row, r->end);
    if (likely && next)
        return true;
    bool longer = longer_word_likely(w, row, r->values);
    if (!longer && (likely || next))
        return true; /* the word that follows is of another encoding, or the values are odd */
    uint64_t start = r->values - r->word.length - 1;
    file_map_bad(map, start, err,
                 longer ? "word %llu has a space in it, at which the binary format ends words"
                        : "after word %llu there is neither a plausible vector nor another word",
                 (unsigned long long)row);
    return error_hint(err, "save the vectors as text%s, where words may have spaces",
                      longer ? "" : " if words have spaces in them");
}

/* ---------------------------------------------------------------- rows */

static bool binary_scan(const text_rows *w, uint64_t row, uint64_t start, bool whole,
                        text_rows_room *room, text_row *out, tokvec_error *err)
{
    (void)whole;
    (void)room;
    const file_map *map = w->map;
    size_t length;
    bool ended = start < map->size && word_at(map, &start, &length);
    if (start >= map->size)
        return file_map_bad(map, start, err, "the file ends after %llu of %llu words",
                            (unsigned long long)row, (unsigned long long)w->count);
    if (!ended)
        return file_map_bad(map, start, err, "word %llu has no end", (unsigned long long)row);
    out->word = (tokvec_text){(const char *)map->data + start, length};
    out->values = start + length + 1;
    if (file_some(map, out->values, w->dim * sizeof(float)) < w->dim * sizeof(float))
        return file_map_bad(map, out->values, err, "the file is cut in the vector of word %llu",
                            (unsigned long long)row);
    out->end = out->next = out->values + w->dim * sizeof(float);
    if (!file_want(map, start, out->end - start, err) || !check_row(w, row, out, err))
        return false;
    if (row + 1 == w->count && !file_ends_at(map, out->end + 1))
        return file_map_bad(map, out->end, err,
                            "something follows the %llu words that the first line announces",
                            (unsigned long long)w->count);
    return true;
}

static bool binary_read(text_rows *w, uint64_t row, void *out, tokvec_error *err)
{
    text_row r;
    if (!text_rows_get(w, row, &r, err))
        return false;
    memcpy(out, w->map->data + r.values, (size_t)(r.end - r.values));
    return true;
}

static const text_rows_kind binary_kind = {.scan = binary_scan, .read = binary_read};

/* ---------------------------------------------------------------- opening */

static format_grade binary_recognise(const file_map *map)
{
    word2vec_header h;
    bool is = word2vec_read_header(map, &h) && !word2vec_is_text(map, &h);
    return is ? GRADE_LIKELY : GRADE_NO;
}

static bool binary_read_header(tokvec_weights *weights, tokvec_error *err)
{
    const file_map *map = weights->map;
    word2vec_header h;
    if (!word2vec_read_header(map, &h))
        return lines_bad(map, 0, err, "the first line is not 'COUNT DIMENSION'");
    if (!word2vec_check_header(map, &h, err))
        return false;
    if (!word2vec_fits(map, &h, sizeof(float) * h.dim + 1))
        return word2vec_too_short(map, &h, err);
    text_rows *w = text_rows_new(weights, &binary_kind, sizeof *w, err);
    if (w == NULL)
        return false;
    w->has_words = true;
    w->count = h.count;
    w->dim = h.dim;
    w->next = h.size;
    return text_rows_add_tensor(weights, h.size, err);
}

const weights_format word2vec_binary_format = {
    .name = "word2vec-binary",
    .suffixes = {".w2v"},
    .recognise = binary_recognise,
    .read_header = binary_read_header,
    TEXT_ROWS_FORMAT,
    .one_pass = true,
};
