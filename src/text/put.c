/* put.c - integers and JSON's strings into a sink.
 * See put.h.
 * SPDX-License-Identifier: MIT */
#include "text/put.h"

#include "base/utf8.h"
#include "text/decimal.h"

#include <stdio.h>

static size_t copy(char *out, const char *text, size_t length)
{
    memcpy(out, text, length);
    return length;
}

size_t put_json_character(const char **text, size_t left, char *out)
{
    static const char special[] = "\"\\\n\t\r", letters[] = "\"\\ntr";
    const char *c = *text;
    const char *found = memchr(special, *c, sizeof special - 1);
    size_t length = utf8_length(c, left);
    *text += length > 0 ? length : 1;
    if (found != NULL) {
        out[0] = '\\';
        out[1] = letters[found - special];
        return 2;
    }
    if (length == 1 && ((unsigned char)*c < 0x20 || *c == 0x7f)) {
        char code[PUT_JSON_CHARACTER_ROOM + 1];
        snprintf(code, sizeof code, "\\u%04x", (unsigned)*c);
        return copy(out, code, PUT_JSON_CHARACTER_ROOM);
    }
    if (length > 0)
        return copy(out, c, length);
    if (left < 2 || memcmp(c, "\xc0\x80", 2) != 0)
        return copy(out, "\xef\xbf\xbd", 3);
    ++*text;
    return copy(out, "\\u0000", PUT_JSON_CHARACTER_ROOM);
}

void put_json_text(sink *out, const char *bytes, size_t length)
{
    sink_char(out, '"');
    for (const char *end = bytes + length; bytes < end;)
        sink_advance(out, put_json_character(&bytes, (size_t)(end - bytes),
                                             sink_reserve(out, PUT_JSON_CHARACTER_ROOM)));
    sink_char(out, '"');
}

void put_json_string(sink *out, const char *text)
{
    put_json_text(out, text, strlen(text));
}

void put_int(sink *out, int64_t value)
{
    sink_advance(out, decimal_int64(value, sink_reserve(out, DECIMAL_ROOM)));
}

void put_uint(sink *out, uint64_t value)
{
    sink_advance(out, decimal_uint64(value, sink_reserve(out, DECIMAL_ROOM)));
}
