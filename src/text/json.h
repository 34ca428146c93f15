/* json.h - documents of JSON that are held in memory: configurations, indexes and their like.
 * A strict check of the whole text, then cJSON, which is loaded for it; what passes the check,
 * cJSON reads faithfully. Where a document can be large, or only some of its members are wanted,
 * text/json_scan.h goes through it instead.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TEXT_JSON_H
#define TOKVEC_TEXT_JSON_H

#include "io/file_map.h"
#include "text/json_scan.h"

#include <cjson/cJSON.h>
#include <string.h>

/* Parses `size` bytes, if they justify the memory that it takes. Refuses what RFC 8259 does:
 * anything but white space around the value, a byte order mark too, bad UTF-8, lone surrogates,
 * control characters in strings, numbers out of a double's range. A "\u0000" in a string becomes
 * the two bytes C0 80, so that cJSON's C strings keep it. The caller releases the result with
 * json_free. On failure NULL, and *fault tells what is wrong with the text; or, where fault->what
 * is NULL, nothing is known to be, and *err says what was missing: memory, or cJSON. */
cJSON *json_parse(const char *text, size_t size, int flags, json_fault *fault, tokvec_error *err);
void json_free(cJSON *json); /* NULL is allowed */

/* The document in a file, of at most `limit` bytes. NULL and an error, of the code TOKVEC_BAD_FILE
 * if there is something wrong with the file. Messages call it `name`: "the index". */
cJSON *json_read(const file_map *map, uint64_t limit, const char *name, tokvec_error *err);

/* The document at a path where there need not be one: *out is NULL if there is none, or none that
 * is right. False, with an error, if there is not enough memory, or no cJSON, to tell. A path of
 * NULL is not one. */
bool json_read_optional(const char *path, uint64_t limit, cJSON **out, tokvec_error *err);

/* ---- what is in a document ------------------------------------------------------------------ */

/* Each of these takes NULL for a value that is not there. For the elements of a list and the
 * members of an object there is cJSON_ArrayForEach. */

static inline bool json_is(const cJSON *value, int type)
{
    return value != NULL && (value->type & 0xff) == type;
}

static inline bool json_is_object(const cJSON *value)
{
    return json_is(value, cJSON_Object);
}

static inline bool json_is_list(const cJSON *value)
{
    return json_is(value, cJSON_Array);
}

static inline bool json_is_number(const cJSON *value)
{
    return json_is(value, cJSON_Number);
}

static inline bool json_is_null(const cJSON *value)
{
    return json_is(value, cJSON_NULL);
}

static inline bool json_is_true(const cJSON *value)
{
    return json_is(value, cJSON_True);
}

static inline bool json_is_false(const cJSON *value)
{
    return json_is(value, cJSON_False);
}

/* The characters of a string; NULL if it is not one. */
static inline const char *json_characters(const cJSON *value)
{
    return json_is(value, cJSON_String) ? value->valuestring : NULL;
}

/* The member of an object; of several of that name the last, as in Python and most other readers.
 * NULL if there is none. */
const cJSON *json_get(const cJSON *object, const char *name);

/* The number of elements or members. */
size_t json_count(const cJSON *value);

/* Whether two values say the same. To be called once json_parse has succeeded. */
bool json_equal(const cJSON *a, const cJSON *b);

#endif
