/* word2vec_header.c - the first line of word2vec's files.
 * See word2vec.h.
 * SPDX-License-Identifier: MIT */
#include "formats/words/word2vec.h"

#include "base/bytes.h"
#include "base/utf8.h"
#include "formats/words/blanks.h"
#include "text/lines.h"

#include <string.h>

enum {
    HEADER_MAX = 1 << 7 /* bytes of the line */
};

/* A decimal integer of up to 18 digits; NULL if there is none. */
static const char *read_count(const char *at, const char *end, uint64_t *value)
{
    const char *first = at;
    *value = 0;
    for (; at < end && *at >= '0' && *at <= '9' && at - first < 19; at++)
        *value = *value * 10 + (uint64_t)(*at - '0');
    return at == first || at - first > 18 ? NULL : at;
}

static const char *skip(const char *at, const char *end)
{
    while (at < end && (blanks_is(*at) || *at == '\r'))
        at++;
    return at;
}

/* Two or three integers, and no more on the line. */
static bool read_line(const file_map *map, word2vec_header *h)
{
    uint64_t values[3] = {0, 0, 0};
    uint64_t start = blanks_begin(map);
    const char *text = (const char *)map->data;
    const char *at = text + start;
    const char *end = text + file_head(map, start + HEADER_MAX);
    unsigned n = 0;
    while (n < 3) {
        const char *next = read_count(at, end, &values[n]);
        if (next == NULL)
            return false;
        n++;
        at = skip(next, end);
        if (at == end || (*at != '\n' && at == next))
            return false;
        if (*at == '\n')
            break;
    }
    if (n < 2 || *at != '\n')
        return false;
    *h = (word2vec_header){
        .count = values[0], .dim = values[1], .size = (uint64_t)(at + 1 - text), .numbers = n};
    return true;
}

/* The line behind the header; if it is too long to be looked at, one of very many fields. */
static blanks_line second_line(const file_map *map, const word2vec_header *h)
{
    enum { LINE_MAX_LOOK = 1 << 22 };
    const char *text = (const char *)map->data + h->size;
    uint64_t left = map->size - h->size;
    uint64_t look = h->size + (left < LINE_MAX_LOOK ? left : LINE_MAX_LOOK);
    uint64_t stop = file_find(map, h->size, look, '\n');
    if (stop == look && look < map->size)
        return (blanks_line){.fields = UINT64_MAX};
    return blanks_look(text, (const char *)map->data + blanks_trim(map, h->size, stop));
}

/* Whether the first line may also be the first row of a table of whole numbers: then the second
 * one has as many fields, all of them numbers. */
static bool is_row(const file_map *map, const word2vec_header *h, const blanks_line *second)
{
    if (second->fields != h->numbers || second->numbers != h->numbers)
        return false;
    return h->dim + 1 != h->numbers || lines_count(map, h->size) != h->count;
}

bool word2vec_read_header(const file_map *map, word2vec_header *h)
{
    if (map->size == 0 || !read_line(map, h))
        return false;
    blanks_line second = second_line(map, h);
    return !is_row(map, h, &second) && (h->numbers == 2 || second.fields > h->dim);
}

/* ---------------------------------------------------------------- text or binary */

bool word2vec_is_text(const file_map *map, const word2vec_header *h)
{
    uint64_t left = map->size - h->size;
    size_t look = left < LINES_LOOK ? (size_t)left : LINES_LOOK;
    const uint8_t *rows = map->data + h->size;
    if (h->count == 0 || (file_want(map, h->size, look, NULL) && lines_are_text(rows, look) &&
                          utf8_valid((const char *)rows, look)))
        return true;
    /* There may be control characters or another encoding in the words of text, and few binary
     * values may have none: then the first row tells. */
    blanks_line first = second_line(map, h);
    return h->dim > 0 && first.numbers >= h->dim && first.fields + first.begins_blank > h->dim;
}

/* ---------------------------------------------------------------- checks */

bool word2vec_fits(const file_map *map, const word2vec_header *h, uint64_t row_least)
{
    uint64_t least;
    return h->count == 0 ||
           (mul_u64(h->count, row_least, &least) && least <= map->size - h->size + 1);
}

bool word2vec_too_short(const file_map *map, const word2vec_header *h, tokvec_error *err)
{
    return lines_bad(map, 0, err,
                     "the file is too short for %llu words of %llu numbers, which its first line "
                     "announces",
                     (unsigned long long)h->count, (unsigned long long)h->dim);
}

bool word2vec_check_header(const file_map *map, const word2vec_header *h, tokvec_error *err)
{
    enum { VALUE_MAX = 8 }; /* bytes of a value in memory */
    uint64_t bytes;
    if (h->dim > map->size) /* so that no sum with it can wrap */
        return lines_bad(map, 0, err, "the file is too short for vectors of %llu numbers",
                         (unsigned long long)h->dim);
    if (h->dim == 0)
        return lines_bad(map, 0, err, "the vectors have no numbers: dimension 0");
    if (!mul_u64(h->count, h->dim * VALUE_MAX, &bytes) || bytes > INT64_MAX)
        return word2vec_too_short(map, h, err);
    return true;
}
