/* json.c - JSON from files that nobody vouches for.
 * cJSON alone is too forgiving (bad UTF-8, numbers such as 00 or +1, strings cut at NUL), so the
 * text is checked first, by a scanner that goes by RFC 8259 without building anything.
 * SPDX-License-Identifier: MIT */
#include "text/json.h"

#include "base/library.h"
#include "base/text_of.h"

#include <stdlib.h>

#define FUNCTIONS(EACH) EACH(cJSON_ParseWithLength) EACH(cJSON_Delete) EACH(cJSON_Compare)
LIBRARY(cjson, "libcjson.so." TEXT_OF(CJSON_VERSION_MAJOR), FUNCTIONS)

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

static cJSON *hold(const char *text, size_t size, bool has_nuls)
{
    if (!has_nuls)
        return cjson.cJSON_ParseWithLength(text, size);
    size_t length = 0;
    char *copy = rewrite_nuls(text, size, &length);
    cJSON *json = copy == NULL ? NULL : cjson.cJSON_ParseWithLength(copy, length);
    free(copy);
    return json;
}

cJSON *json_parse(const char *text, size_t size, int flags, json_fault *fault, tokvec_error *err)
{
    json_scanner s = {.text = (const uint8_t *)text, .size = size, .flags = flags};
    *fault = (json_fault){.what = NULL};
    if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        *fault = (json_fault){.what = "a byte order mark, which no JSON begins with"};
        return NULL;
    }
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
    if (!library_load(&cjson_library, err))
        return NULL;
    cJSON *json = hold(text, size, s.nul_escapes > 0);
    if (json == NULL && s.long_number > 0)
        *fault = (json_fault){.what = "a number of over 60 digits", .offset = s.long_number - 1};
    else if (json == NULL)
        error_no_memory(err, size);
    return json;
}

void json_free(cJSON *json)
{
    if (json != NULL)
        cjson.cJSON_Delete(json);
}

cJSON *json_read(const file_map *map, uint64_t limit, const char *name, tokvec_error *err)
{
    json_fault fault;
    if (map->size > limit) {
        file_map_bad(map, limit, err, "%s has more than %llu bytes", name,
                     (unsigned long long)limit);
        return NULL;
    }
    if (!file_want(map, 0, map->size, err))
        return NULL;
    cJSON *json = json_parse((const char *)map->data, (size_t)map->size, 0, &fault, err);
    if (json == NULL && fault.what != NULL)
        file_map_bad(map, fault.offset, err, "%s: %s", name, fault.what);
    return json;
}

bool json_read_optional(const char *path, uint64_t limit, cJSON **out, tokvec_error *err)
{
    tokvec_error why = {.code = TOKVEC_OK};
    file_map *map = path == NULL ? NULL : file_map_open(path, &why);
    bool there = map != NULL && map->size > 0;
    *out = there ? json_read(map, limit, "the JSON", &why) : NULL;
    file_map_close(map);
    bool unknown =
        *out == NULL && (why.code == TOKVEC_NO_MEMORY || (there && why.code == TOKVEC_SYSTEM));
    if (unknown && err != NULL)
        *err = why;
    return !unknown;
}

/* ---- what is in a document ------------------------------------------------------------------ */

const cJSON *json_get(const cJSON *object, const char *name)
{
    const cJSON *member, *found = NULL;
    if (!json_is_object(object))
        return NULL;
    cJSON_ArrayForEach(member, object)
    {
        if (strcmp(member->string, name) == 0)
            found = member;
    }
    return found;
}

size_t json_count(const cJSON *value)
{
    const cJSON *item;
    size_t n = 0;
    cJSON_ArrayForEach(item, value) n++;
    return n;
}

bool json_equal(const cJSON *a, const cJSON *b)
{
    return cjson.cJSON_Compare(a, b, true);
}
