/* utf8_copy.c - names from files as texts.
 * See utf8_copy.h.
 * SPDX-License-Identifier: MIT */
#include "base/utf8_copy.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

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
