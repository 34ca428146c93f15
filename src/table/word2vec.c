/* word2vec.c - word vectors as word2vec writes them, as text and binary, and as GloVe does.
 * Text: a line "COUNT DIM", which GloVe leaves out, then lines "WORD NUMBER NUMBER ...". Binary:
 * that first line, then for each word its bytes, a space and the float32, with or without a
 * newline behind them.
 * SPDX-License-Identifier: MIT */
#include "base/bytes.h"
#include "base/number.h"
#include "table/lines.h"
#include "table/words.h"

#include <stdlib.h>

enum {
    SAMPLE_LINES = 20,      /* by which a file without header is recognised */
    LOOK = 1 << 12,         /* bytes that tell text from binary */
    WORD_MAX = 1 << 16,     /* bytes of a word in a binary file */
    LINE_MAX_DIM = 1 << 20, /* numbers on a line without header */
};

/* ---------------------------------------------------------------- header */

typedef struct word2vec_header {
    uint64_t count, dim;
    uint64_t size; /* of the line, its newline included */
} word2vec_header;

/* A decimal integer of up to 18 digits; NULL if there is none. */
static const uint8_t *read_count(const uint8_t *at, const uint8_t *end, uint64_t *value)
{
    const uint8_t *first = at;
    *value = 0;
    for (; at < end && *at >= '0' && *at <= '9' && at - first < 19; at++)
        *value = *value * 10 + (uint64_t)(*at - '0');
    return at == first || at - first > 18 ? NULL : at;
}

static bool read_header_line(const file_map *map, word2vec_header *h)
{
    const uint8_t *at = map->data;
    const uint8_t *end = at + (map->size < 64 ? map->size : 64);
    at = read_count(at, end, &h->count);
    if (at == NULL || at == end || (*at != ' ' && *at != '\t'))
        return false;
    at = read_count(at + 1, end, &h->dim);
    while (at != NULL && at < end && (*at == ' ' || *at == '\t' || *at == '\r'))
        at++;
    if (at == NULL || at == end || *at != '\n')
        return false;
    h->size = (uint64_t)(at + 1 - map->data);
    return true;
}

/* ---------------------------------------------------------------- lines of text */

/* A line without what may stand behind its last number. */
static uint64_t trimmed(const file_map *map, uint64_t start, uint64_t end)
{
    while (end > start && memchr(" \t\r\n", map->data[end - 1], 4) != NULL)
        end--;
    return end;
}

/* The word is what comes before the last `dim` numbers: it may have spaces in it. */
static bool split_line(const words *w, uint64_t start, uint64_t end, words_row *out,
                       tokvec_error *err)
{
    const char *text = (const char *)w->map->data;
    end = trimmed(w->map, start, end);
    uint64_t spaces = lines_count_byte(text + start, (size_t)(end - start), ' ');
    if (spaces < w->dim)
        return lines_bad(w->map, start, err, "the line has %llu numbers behind its word, not %llu",
                         (unsigned long long)spaces, (unsigned long long)w->dim);
    const char *word_end = memchr(text + start, ' ', (size_t)(end - start));
    for (; spaces > w->dim; spaces--) {
        const char *more = word_end + 1;
        word_end = memchr(more, ' ', (size_t)(text + end - more));
    }
    out->word = (tokvec_text){text + start, (size_t)(word_end - text - (ptrdiff_t)start)};
    out->values = (uint64_t)(word_end + 1 - text);
    out->end = end;
    return true;
}

static bool text_step(const words *w, uint64_t row, uint64_t start, bool whole, words_room *room,
                      words_row *out, tokvec_error *err)
{
    (void)room;
    if (start >= w->map->size)
        return lines_bad(w->map, start, err, "the file ends after %llu of %llu words",
                         (unsigned long long)row, (unsigned long long)w->count);
    uint64_t end = lines_end(w->map, start);
    out->next = lines_next(w->map, end);
    if (row + 1 == w->count && lines_last(w->map, out->next) != out->next)
        return lines_bad(w->map, out->next, err,
                         "something follows the %llu words that the first line announces",
                         (unsigned long long)w->count);
    return !whole || split_line(w, start, end, out, err);
}

static bool text_read(words *w, uint64_t row, void *out, tokvec_error *err)
{
    tokvec_text word;
    uint64_t start;
    if (!words_word(w, row, &word, &start, err))
        return false;
    uint64_t values = start + word.length + 1;
    uint32_t length = w->marks[row].length; /* spares a search for the end of the line */
    uint64_t end = trimmed(w->map, values, length > 0 ? start + length : lines_end(w->map, start));
    return lines_numbers(w->map, values, end, ' ', w->dtype, w->dim, out, err);
}

static const words_kind text_kind = {.step = text_step, .read = text_read, .concurrent = true};

/* ---------------------------------------------------------------- binary records */

static bool binary_step(const words *w, uint64_t row, uint64_t start, bool whole, words_room *room,
                        words_row *out, tokvec_error *err)
{
    (void)whole;
    (void)room;
    const file_map *map = w->map;
    if (start < map->size && map->data[start] == '\n')
        start++;
    uint64_t left = map->size - start;
    if (left == 0)
        return file_map_bad(map, start, err, "the file ends after %llu of %llu words",
                            (unsigned long long)row, (unsigned long long)w->count);
    const uint8_t *word = map->data + start;
    const uint8_t *space = memchr(word, ' ', left < WORD_MAX ? (size_t)left : WORD_MAX);
    if (space == NULL)
        return file_map_bad(map, start, err, "word %llu has no end", (unsigned long long)row);
    out->word = (tokvec_text){(const char *)word, (size_t)(space - word)};
    out->values = start + out->word.length + 1;
    if (w->dim * sizeof(float) > map->size - out->values)
        return file_map_bad(map, out->values, err, "the file is cut in the vector of word %llu",
                            (unsigned long long)row);
    out->end = out->next = out->values + w->dim * sizeof(float);
    if (row + 1 == w->count && map->size - out->end > 1)
        return file_map_bad(map, out->end, err,
                            "something follows the %llu words that the first line announces",
                            (unsigned long long)w->count);
    return true;
}

static bool binary_read(words *w, uint64_t row, void *out, tokvec_error *err)
{
    words_row r;
    if (!words_get(w, row, &r, err))
        return false;
    memcpy(out, w->map->data + r.values, (size_t)(r.end - r.values));
    return true;
}

static const words_kind binary_kind = {.step = binary_step, .read = binary_read};

/* ---------------------------------------------------------------- recognising */

/* Text or binary: the bytes behind the header tell. Of a file that is neither, the text reader
 * says best what is wrong. */
static bool is_binary(const file_map *map, const word2vec_header *h)
{
    uint64_t left = map->size - h->size;
    size_t look = left < LOOK ? (size_t)left : LOOK;
    return h->count > 0 && !lines_are_text(map->data + h->size, look);
}

static bool word2vec_recognise(const file_map *map)
{
    word2vec_header h;
    return read_header_line(map, &h) && !is_binary(map, &h);
}

static bool binary_recognise(const file_map *map)
{
    word2vec_header h;
    return read_header_line(map, &h) && is_binary(map, &h);
}

/* How many fields of a line, counted from its end, are numbers; *fields are all. */
static uint64_t numbers_at_end(const char *line, size_t length, uint64_t *fields)
{
    uint64_t numbers = 0;
    bool only_numbers = true;
    *fields = 0;
    for (size_t end = length;;) {
        const char *space = end == 0 ? NULL : memrchr(line, ' ', end);
        size_t begin = space == NULL ? 0 : (size_t)(space + 1 - line);
        only_numbers = only_numbers && number_is(line + begin, end - begin);
        numbers += only_numbers;
        ++*fields;
        if (space == NULL || *fields > LINE_MAX_DIM)
            return numbers;
        end = begin - 1;
    }
}

/* What the first lines of a file without header have in common. */
typedef struct sample {
    uint64_t dim;
    unsigned lines;
    unsigned simple; /* lines whose word is one field */
    bool has_words;  /* some field that should be a word is no number */
} sample;

/* A word may have spaces and be a number, so the line with the fewest numbers at its end tells
 * the dimension. */
static sample look_at_lines(const file_map *map)
{
    sample s = {.dim = UINT64_MAX};
    uint64_t fields[SAMPLE_LINES];
    for (uint64_t at = 0; at < map->size && s.lines < SAMPLE_LINES;) {
        uint64_t line_end = lines_end(map, at);
        uint64_t end = trimmed(map, at, line_end);
        const char *line = (const char *)map->data + at;
        if (!lines_are_text((const uint8_t *)line, (size_t)(end - at)))
            return (sample){.dim = 0};
        uint64_t numbers = numbers_at_end(line, (size_t)(end - at), &fields[s.lines]);
        s.has_words = s.has_words || numbers < fields[s.lines];
        uint64_t most = fields[s.lines] - 1;
        numbers = numbers < most ? numbers : most;
        s.dim = numbers < s.dim ? numbers : s.dim;
        s.lines++;
        at = lines_next(map, line_end);
    }
    for (unsigned i = 0; i < s.lines; i++)
        s.simple += fields[i] == s.dim + 1;
    return s;
}

static bool glove_recognise(const file_map *map)
{
    word2vec_header h;
    size_t look = map->size < LOOK ? (size_t)map->size : LOOK;
    if (look == 0 || !lines_are_text(map->data, look) || read_header_line(map, &h))
        return false;
    /* Not those of the other text formats, nor the prose that ends its lines in a number. */
    sample s = look_at_lines(map);
    return s.lines > 0 && s.dim >= 2 && s.has_words && 2 * s.simple >= s.lines;
}

/* ---------------------------------------------------------------- opening */

/* The file is long enough for what the header says. */
static bool check_size(const file_map *map, const word2vec_header *h, uint64_t row_least,
                       tokvec_error *err)
{
    uint64_t left = map->size - h->size;
    uint64_t least;
    if (h->dim == 0)
        return lines_bad(map, 0, err, "the vectors have no numbers: dimension 0");
    if (h->count == 0 && lines_last(map, h->size) != h->size)
        return lines_bad(map, h->size, err,
                         "something follows the 0 words that the first line announces");
    if (h->count > 0 && (!mul_u64(h->count, row_least, &least) || least > left + 1))
        return lines_bad(map, 0, err,
                         "the file is too short for %llu words of %llu numbers, which its first "
                         "line announces",
                         (unsigned long long)h->count, (unsigned long long)h->dim);
    return true;
}

static bool start(tokvec_weights *weights, const words_kind *kind, const word2vec_header *h,
                  tokvec_error *err)
{
    words *w = words_new(weights, kind, sizeof *w, err);
    if (w == NULL)
        return false;
    w->has_words = true;
    w->count = h->count;
    w->dim = h->dim;
    w->next = h->size;
    if (weights->as.dtype != TOKVEC_NO_DTYPE)
        w->dtype = weights->as.dtype;
    return words_add_tensor(weights, h->size, err);
}

static bool word2vec_read_header(tokvec_weights *weights, tokvec_error *err)
{
    word2vec_header h;
    if (!read_header_line(weights->map, &h))
        return lines_bad(weights->map, 0, err, "the first line is not 'COUNT DIMENSION'");
    if (h.dim > weights->map->size) /* so that no sum below can wrap */
        return lines_bad(weights->map, 0, err, "the file is too short for vectors of %llu numbers",
                         (unsigned long long)h.dim);
    /* At least: a space and a digit a number, and a newline, which the last line may lack. */
    return check_size(weights->map, &h, 2 * h.dim + 1, err) && start(weights, &text_kind, &h, err);
}

static bool binary_read_header(tokvec_weights *weights, tokvec_error *err)
{
    word2vec_header h;
    if (!read_header_line(weights->map, &h))
        return lines_bad(weights->map, 0, err, "the first line is not 'COUNT DIMENSION'");
    if (h.dim > weights->map->size)
        return lines_bad(weights->map, 0, err, "the file is too short for vectors of %llu numbers",
                         (unsigned long long)h.dim);
    return check_size(weights->map, &h, sizeof(float) * h.dim + 1, err) &&
           start(weights, &binary_kind, &h, err);
}

static bool glove_read_header(tokvec_weights *weights, tokvec_error *err)
{
    sample s = look_at_lines(weights->map);
    if (s.lines == 0 || s.dim == 0)
        return lines_bad(weights->map, 0, err, "the lines are not each a word and its numbers");
    const word2vec_header h = {.count = lines_count(weights->map, 0), .dim = s.dim};
    return start(weights, &text_kind, &h, err);
}

const weights_format word2vec_format = {
    .name = "word2vec",
    .suffixes = {".vec"},
    .recognise = word2vec_recognise,
    .read_header = word2vec_read_header,
    .table = words_table,
    .close = words_close,
    .vocab = words_vocab_of,
    .numbers_are_text = true,
};

const weights_format word2vec_binary_format = {
    .name = "word2vec-binary",
    .suffixes = {".w2v"},
    .recognise = binary_recognise,
    .read_header = binary_read_header,
    .table = words_table,
    .close = words_close,
    .vocab = words_vocab_of,
};

const weights_format glove_format = {
    .name = "glove",
    .suffixes = {".glove"},
    .recognise = glove_recognise,
    .read_header = glove_read_header,
    .table = words_table,
    .close = words_close,
    .vocab = words_vocab_of,
    .numbers_are_text = true,
};
