/* json.c - JSON from files that nobody vouches for.
 * cJSON alone is too forgiving (bad UTF-8, numbers such as 00 or +1, strings cut at NUL), so the
 * text is checked first, by a scanner that goes by RFC 8259 without building anything.
 * SPDX-License-Identifier: MIT */
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

/* A copy of the text in which each \u0000 is the bytes C0 80. Since the text is valid UTF-8,
 * they stand for nothing else. */
static char *rewrite_nuls(const char *text, size_t size, size_t *new_size)
{
    char *copy = malloc(size);
    if (copy == NULL)
        return NULL;
    size_t out = 0;
    for (size_t i = 0; i < size;) {
        if (size - i >= 6 && memcmp(text + i, "\\u0000", 6) == 0) {
            copy[out++] = (char)0xc0;
            copy[out++] = (char)0x80;
            i += 6;
        } else {
            size_t take = text[i] == '\\' ? 2 : 1; /* so that \\u0000 is not taken for one */
            memcpy(copy + out, text + i, take);
            out += take;
            i += take;
        }
    }
    *new_size = out;
    return copy;
}

/* What all values together may take in memory, and about what one does. */
enum { JSON_FAIR_MEMORY = 48 << 20, JSON_FAIR_FACTOR = 7, JSON_VALUE_BYTES = 128 };

cJSON *json_parse(const char *text, size_t size, int flags, json_fault *fault)
{
    json_scanner s = {.text = (const uint8_t *)text, .size = size, .flags = flags};
    if (!json_skip(&s) || !json_end(&s)) {
        *fault = s.fault;
        return NULL;
    }
    if (s.values > (JSON_FAIR_MEMORY + JSON_FAIR_FACTOR * size) / JSON_VALUE_BYTES) {
        *fault = (json_fault){.what = "more values than a document of its size may have (in "
                                      "memory, 48 MB and 7 times its size)",
                              .offset = size};
        return NULL;
    }
    cJSON *json;
    if (s.nul_escapes == 0) {
        json = cJSON_ParseWithLength(text, size);
    } else {
        size_t length = 0;
        char *copy = rewrite_nuls(text, size, &length);
        json = copy == NULL ? NULL : cJSON_ParseWithLength(copy, length);
        free(copy);
    }
    if (json == NULL && s.long_number > 0)
        *fault = (json_fault){.what = "a number of over 60 digits", .offset = s.long_number - 1};
    else if (json == NULL)
        *fault = (json_fault){.what = "out of memory", .no_memory = true};
    return json;
}
