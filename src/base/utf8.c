/* utf8.c - characters of UTF-8.
 * See utf8.h.
 * SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include "base/bytes.h"

#include <stdlib.h>
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

char *utf8_copy(const char *text, size_t length, tokvec_error *err)
{
    char *copy = malloc(3 * length + 1);
    if (copy == NULL) {
        error_no_memory(err, length);
        return NULL;
    }
    size_t to = 0;
    for (size_t at = 0; at < length;) {
        size_t step = utf8_length(text + at, length - at);
        const char *written = step == 0          ? "\xef\xbf\xbd"
                              : text[at] == '\0' ? "\xc0\x80"
                                                 : text + at;
        size_t size = step == 0 ? 3 : text[at] == '\0' ? 2 : step;
        memcpy(copy + to, written, size);
        to += size;
        at += step == 0 ? 1 : step;
    }
    copy[to] = '\0';
    return copy;
}
