/* utf8.c - characters of UTF-8.
 * See utf8.h.
 * SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include "base/bytes.h"

#include <string.h>

size_t utf8_length(const char *text, size_t left)
{
    const unsigned char *c = (const unsigned char *)text;
    if (left == 0)
        return 0;
    if (c[0] < 0x80)
        return 1;
    size_t length = c[0] >= 0xf0 ? 4 : c[0] >= 0xe0 ? 3 : 2;
    if (c[0] < 0xc2 || c[0] > 0xf4 || left < length)
        return 0;
    for (size_t i = 1; i < length; i++) {
        if ((c[i] & 0xc0) != 0x80)
            return 0;
    }
    bool overlong = (c[0] == 0xe0 && c[1] < 0xa0) || (c[0] == 0xf0 && c[1] < 0x90);
    bool beyond = (c[0] == 0xed && c[1] >= 0xa0) || (c[0] == 0xf4 && c[1] >= 0x90);
    return overlong || beyond ? 0 : length;
}

uint32_t utf8_code(const char *text, size_t length)
{
    const unsigned char *c = (const unsigned char *)text;
    uint32_t code = length == 1 ? c[0] : c[0] & (0xffu >> (length + 1));
    for (size_t i = 1; i < length; i++)
        code = code << 6 | (c[i] & 0x3f);
    return code;
}

/* Unicode's general categories Cc, Cf, Zl and Zp, first to last; of Cf without the signs that are
 * seen (Prepended_Concatenation_Mark), with what is reserved between the others. */
static bool is_control(uint32_t code)
{
    static const uint32_t ranges[][2] = {
        {0x0000, 0x001f},   {0x007f, 0x009f},   {0x00ad, 0x00ad},   {0x061c, 0x061c},
        {0x180e, 0x180e},   {0x200b, 0x200f},   {0x2028, 0x202e},   {0x2060, 0x206f},
        {0xfeff, 0xfeff},   {0xfff9, 0xfffb},   {0x13430, 0x1343f}, {0x1bca0, 0x1bca3},
        {0x1d173, 0x1d17a}, {0xe0000, 0xe007f},
    };
    size_t at = 0;
    while (at < sizeof ranges / sizeof *ranges && code > ranges[at][1])
        at++;
    return at < sizeof ranges / sizeof *ranges && code >= ranges[at][0];
}

size_t utf8_visible(const char *text, size_t left)
{
    size_t length = utf8_length(text, left);
    return length == 0 || is_control(utf8_code(text, length)) ? 0 : length;
}

void utf8_one_line(char *text)
{
    char *out = text;
    for (const char *at = text, *end = text + strlen(text); at < end;) {
        size_t length = utf8_length(at, (size_t)(end - at));
        size_t visible = utf8_visible(at, (size_t)(end - at));
        if (visible > 0)
            memmove(out, at, visible);
        else
            *out = '?';
        out += visible > 0 ? visible : 1;
        at += length > 0 ? length : 1;
    }
    *out = '\0';
}

bool utf8_valid(const char *text, size_t length)
{
    for (size_t at = 0, step = 0; at < length; at += step) {
        while (length - at >= 8 && (load_le64(text + at) & UINT64_C(0x8080808080808080)) == 0)
            at += 8; /* ASCII */
        if (at == length)
            break;
        step = utf8_length(text + at, length - at);
        if (step == 0)
            return false;
    }
    return true;
}
