/* utf8.c - characters of UTF-8.
 * See utf8.h.
 * SPDX-License-Identifier: MIT */
#include "base/utf8.h"

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

bool utf8_valid(const char *text, size_t length)
{
    for (size_t at = 0, step = 0; at < length; at += step) {
        step = utf8_length(text + at, length - at);
        if (step == 0)
            return false;
    }
    return true;
}
