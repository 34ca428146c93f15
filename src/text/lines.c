/* lines.c - text files, line by line, straight out of memory.
 * See lines.h.
 * SPDX-License-Identifier: MIT */
#include "text/lines.h"

#include "text/number.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

uint64_t lines_end(const file_map *map, uint64_t start)
{
    return file_find(map, start, map->size, '\n');
}

uint64_t lines_next(const file_map *map, uint64_t end)
{
    return end < map->size ? end + 1 : end;
}

uint64_t lines_count_byte(const char *text, size_t size, char byte)
{
    enum { AT_ONCE = 255 }; /* that a byte can count, so that the loop runs on vectors of bytes */
    uint64_t count = 0;
    for (size_t i = 0; i < size;) {
        size_t n = size - i < AT_ONCE ? size - i : AT_ONCE;
        uint8_t part = 0;
        for (size_t k = 0; k < n; k++)
            part = (uint8_t)(part + (text[i + k] == byte));
        count += part;
        i += n;
    }
    return count;
}

uint64_t lines_last(const file_map *map, uint64_t start)
{
    uint64_t end = map->size;
    while (end > start && file_want(map, end - 1, 1, NULL) &&
           memchr(" \t\r\n", map->data[end - 1], 4) != NULL)
        end--;
    return end;
}

static bool is_blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool lines_are_over(const file_map *map, uint64_t at)
{
    for (uint64_t end; (end = file_piece(map, at, NULL)) > at;) {
        for (; at < end; at++) {
            if (!is_blank(map->data[at]))
                return false;
        }
    }
    return true;
}

/* How often a newline occurs from `start` to `stop`; *last, if it does, is the last of them. */
static uint64_t count_newlines(const file_map *map, uint64_t start, uint64_t stop, uint64_t *last)
{
    uint64_t count = 0;
    while (start < stop) {
        uint64_t end = file_piece(map, start, NULL);
        end = end < stop ? end : stop;
        if (end == start)
            break;
        const char *text = (const char *)map->data + start;
        count += lines_count_byte(text, (size_t)(end - start), '\n');
        const char *found = last == NULL ? NULL : memrchr(text, '\n', (size_t)(end - start));
        if (found != NULL)
            *last = start + (uint64_t)(found - text);
        start = end;
        file_release(map, start);
    }
    return count;
}

/* The same as below of a text whose end is not known. */
static uint64_t count_to_the_end(const file_map *map, uint64_t start)
{
    uint64_t before = 0, after = 0; /* newlines before and behind the last byte that is not blank */
    bool any = false;
    for (uint64_t end; (end = file_piece(map, start, NULL)) > start; start = end) {
        const char *text = (const char *)map->data;
        uint64_t last = end;
        while (last > start && is_blank(map->data[last - 1]))
            last--;
        if (last > start) {
            before += after + lines_count_byte(text + start, (size_t)(last - start), '\n');
            after = 0;
            any = true;
        }
        after += lines_count_byte(text + last, (size_t)(end - last), '\n');
        file_release(map, end);
    }
    return any ? before + 1 : 0;
}

uint64_t lines_count(const file_map *map, uint64_t start)
{
    if (file_is_open_ended(map))
        return count_to_the_end(map, start);
    uint64_t last = lines_last(map, start);
    if (last == start)
        return 0;
    return 1 + count_newlines(map, start, last, NULL);
}

bool lines_are_text(const uint8_t *data, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if ((data[i] < 0x20 && data[i] != '\t' && data[i] != '\n' && data[i] != '\r') ||
            data[i] == 0x7f)
            return false;
    }
    return true;
}

bool lines_bad(const file_map *map, uint64_t offset, tokvec_error *err, const char *format, ...)
{
    if (err == NULL)
        return false;
    char what[sizeof err->what];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    uint64_t newline = UINT64_MAX;
    uint64_t line = count_newlines(map, 0, offset, &newline) + 1;
    uint64_t column = offset - (newline + 1) + 1;
    error_set(err, TOKVEC_BAD_FILE, "%s", what);
    error_where(err, "%s, line %llu, column %llu", map->path, (unsigned long long)line,
                (unsigned long long)column);
    return error_hint(err, "the file is damaged or of another kind; fetch or save it again");
}

/* Says what stands where a number should. */
static bool no_number(const file_map *map, uint64_t at, uint64_t end, char separator,
                      tokvec_dtype dtype, tokvec_error *err)
{
    enum { SHOWN = 40 };
    const char *text = (const char *)map->data + at;
    size_t length = (size_t)(end - at);
    const char *stop = memchr(text, separator, length);
    if (stop != NULL)
        length = (size_t)(stop - text);
    if (length == 0)
        return lines_bad(map, at, err, "a number is missing");
    return lines_bad(map, at, err, "'%.*s%s' is not a valid %s number",
                     (int)(length < SHOWN ? length : SHOWN), text, length > SHOWN ? "..." : "",
                     tokvec_dtype_name(dtype));
}

/* Spaces around a number mean nothing where something else separates numbers. */
static inline const char *skip_padding(const char *at, const char *end, char separator)
{
    while (at < end && *at == ' ' && separator != ' ')
        at++;
    return at;
}

bool lines_numbers(const file_map *map, uint64_t at, uint64_t end, char separator,
                   tokvec_dtype dtype, uint64_t n, void *out, tokvec_error *err)
{
    const char *text = (const char *)map->data;
    const char *stop = text + end, *next = text + at;
    char *to = out;
    size_t size = tokvec_dtype_size(dtype);
    for (uint64_t i = 0; i < n; i++, to += size) {
        bool last = i + 1 == n;
        const char *number = skip_padding(next, stop, separator);
        next = dtype == TOKVEC_FLOAT32 ? number_quick_float32(number, stop, (float *)to) : NULL;
        if (next == NULL)
            next = number_read(dtype, number, stop, to);
        if (next != NULL)
            next = skip_padding(next, stop, separator);
        if (next == NULL || (next < stop && *next != separator))
            return no_number(map, (uint64_t)(number - text), end, separator, dtype, err);
        if (next < stop && last)
            return lines_bad(map, (uint64_t)(next - text), err,
                             "the line has more than %llu numbers", (unsigned long long)n);
        if (next == stop && !last)
            return lines_bad(map, end, err, "the line ends after %llu of %llu numbers",
                             (unsigned long long)i + 1, (unsigned long long)n);
        next += !last;
    }
    return true;
}
