/* blanks.c - lines of fields with blanks between them: one space, runs of spaces, tabs.
 * See blanks.h.
 * SPDX-License-Identifier: MIT */
#include "formats/words/blanks.h"

#include "text/lines.h"
#include "text/number.h"

#include <string.h>

uint64_t blanks_begin(const file_map *map)
{
    return file_head(map, 3) == 3 && memcmp(map->data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

uint64_t blanks_trim(const file_map *map, uint64_t start, uint64_t end)
{
    while (end > start && memchr(" \t\r\n", map->data[end - 1], 4) != NULL)
        end--;
    return end;
}

uint64_t blanks_count(const char *text, size_t size)
{
    enum { AT_ONCE = 255 }; /* that a byte can count, so that the loop runs on vectors of bytes */
    uint64_t count = 0;
    for (size_t i = 0; i < size;) {
        size_t n = size - i < AT_ONCE ? size - i : AT_ONCE;
        uint8_t part = 0;
        for (size_t k = 0; k < n; k++)
            part = (uint8_t)(part + blanks_is(text[i + k]));
        count += part;
        i += n;
    }
    return count;
}

/* ---------------------------------------------------------------- fields */

/* The first byte of the field that ends at `end`. */
static const char *field_begin(const char *text, const char *end)
{
    while (end > text && !blanks_is(end[-1]))
        end--;
    return end;
}

static const char *skip_back(const char *text, const char *end)
{
    while (end > text && blanks_is(end[-1]))
        end--;
    return end;
}

const char *blanks_last(const char *text, const char *end, uint64_t n)
{
    const char *begin = end;
    for (uint64_t i = 0; i < n; i++) {
        end = i == 0 ? end : skip_back(text, begin);
        begin = field_begin(text, end);
        if (begin == end)
            return NULL;
    }
    return begin;
}

blanks_line blanks_look(const char *text, const char *end)
{
    blanks_line line = {.begins_blank = end > text && blanks_is(*text)};
    bool numbers = true;
    const char *after = NULL; /* where the field behind this one begins */
    while (end > text) {
        const char *begin = field_begin(text, end);
        if (begin == end)
            break;
        numbers = numbers && number_is(begin, (size_t)(end - begin));
        if (numbers && after != NULL) {
            line.runs = line.runs || after - end > 1;
            line.tabs = line.tabs || memchr(end, '\t', (size_t)(after - end)) != NULL;
        }
        line.numbers += numbers;
        line.fields++;
        after = begin;
        end = skip_back(text, begin);
    }
    return line;
}

/* ---------------------------------------------------------------- numbers */

static inline const char *skip(const char *at, const char *end)
{
    while (at < end && blanks_is(*at))
        at++;
    return at;
}

/* Says what stands where a number should. */
static bool no_number(const file_map *map, const char *at, const char *end, tokvec_dtype dtype,
                      tokvec_error *err)
{
    enum { SHOWN = 40 };
    const char *stop = at;
    while (stop < end && !blanks_is(*stop))
        stop++;
    size_t length = (size_t)(stop - at);
    lines_bad(map, (uint64_t)(at - (const char *)map->data), err,
              "'%.*s%s' is not a valid %s number", (int)(length < SHOWN ? length : SHOWN), at,
              length > SHOWN ? "..." : "", tokvec_dtype_name(dtype));
    const char *comma = memchr(at, ',', length);
    const char *colon = memchr(at, ':', length);
    if (comma != NULL && comma + 1 < stop)
        return error_hint(err, "numbers need a decimal point in place of the comma");
    if (colon != NULL && number_is(at, (size_t)(colon - at)) &&
        number_is(colon + 1, (size_t)(stop - colon - 1)))
        return error_hint(err, "pairs of index and value are not read; write every number out");
    return false;
}

bool blanks_numbers(const file_map *map, uint64_t at, uint64_t end, tokvec_dtype dtype, uint64_t n,
                    void *out, tokvec_error *err)
{
    const char *text = (const char *)map->data;
    const char *stop = text + end, *next = text + (at < end ? at : end);
    char *to = out;
    size_t size = tokvec_dtype_size(dtype);
    for (uint64_t i = 0; i < n; i++, to += size) {
        const char *number = skip(next, stop);
        if (number == stop)
            return lines_bad(map, end, err, "the line ends after %llu of %llu numbers",
                             (unsigned long long)i, (unsigned long long)n);
        next = dtype == TOKVEC_FLOAT32 ? number_quick_float32(number, stop, (float *)to) : NULL;
        if (next == NULL)
            next = number_read(dtype, number, stop, to);
        if (next == NULL || (next < stop && !blanks_is(*next)))
            return no_number(map, number, stop, dtype, err);
    }
    next = skip(next, stop);
    return next == stop || lines_bad(map, (uint64_t)(next - text), err,
                                     "the line has more than %llu numbers", (unsigned long long)n);
}
