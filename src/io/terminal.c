/* terminal.c - text from files on its way to a terminal.
 * See terminal.h.
 * SPDX-License-Identifier: MIT */
#include "io/terminal.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* True if the bytes may be the beginning of a character that goes on after them. */
static bool is_unfinished(const char *text, size_t left)
{
    static const char after[] = "\x80\x80\x80"; /* the least, where any would do; else the most */
    char whole[8];
    if (left > 3)
        return false;
    memcpy(whole, text, left);
    memcpy(whole + left, after, 3);
    if (utf8_length(whole, left + 3) > left)
        return true;
    memset(whole + left, 0xbf, 3);
    return utf8_length(whole, left + 3) > left;
}

/* Writes to out what stands for what a terminal shall not get. JSON's own escape, so that JSON
 * stays JSON; JSON strings hold only whole characters. Returns its length. */
static size_t write_escape(const char *text, size_t length, char *out)
{
    enum { PAIR = 2 * TERMINAL_ESCAPE_ROOM }; /* only of characters of four bytes */
    if (length == 0)
        return (size_t)snprintf(out, TERMINAL_ESCAPE_ROOM, "\\x%02x", (unsigned char)text[0]);
    unsigned code = (unsigned)utf8_code(text, length);
    if (code <= 0xffff)
        return (size_t)snprintf(out, TERMINAL_ESCAPE_ROOM, "\\u%04x", code);
    return (size_t)snprintf(out, PAIR, "\\u%04x\\u%04x", 0xd7c0 + (code >> 10),
                            0xdc00 + (code & 0x3ff));
}

size_t terminal_filter(const char *text, size_t size, bool last, char *out, size_t *length)
{
    size_t at = 0;
    *length = 0;
    while (at < size) {
        size_t left = size - at, visible = utf8_visible(text + at, left);
        bool plain = text[at] == '\n' || text[at] == '\t';
        if (visible == 0 && !plain && !last && is_unfinished(text + at, left))
            break;
        if (visible > 0 || plain) {
            size_t n = plain ? 1 : visible;
            memcpy(out + *length, text + at, n);
            *length += n;
            at += n;
            continue;
        }
        size_t n = utf8_length(text + at, left);
        *length += write_escape(text + at, n, out + *length);
        at += n > 0 ? n : 1;
    }
    return at;
}
