/* json.h - JSON from files that nobody vouches for.
 * A strict check of the whole text, then cJSON; what passes the check, cJSON reads faithfully.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_BASE_JSON_H
#define TOKVEC_BASE_JSON_H

#include "base/error.h"

#include <cjson/cJSON.h>

/* What a caller asks for beyond RFC 8259 and valid UTF-8. */
enum {
    /* Every number is a plain unsigned integer up to 2^53, which a double holds exactly. */
    JSON_UNSIGNED_ONLY = 1,
};

/* Deepest nesting that is accepted; safetensors' reference reader has the same bound. */
enum { JSON_MAX_DEPTH = 127 };

/* What is wrong with a text, and at which byte of it. */
typedef struct json_fault {
    const char *what;
    size_t offset;
} json_fault;

/* Parses `size` bytes. Refuses what RFC 8259 does: anything but white space after the value,
 * bad UTF-8, lone surrogates, control characters in strings, numbers out of a double's range.
 * A "\u0000" in a string becomes the two bytes C0 80, so that cJSON's C strings keep it. The
 * caller releases the result with cJSON_Delete. On failure NULL, and *fault tells. */
cJSON *json_parse(const char *text, size_t size, int flags, json_fault *fault);

/* Only checks the text, as json_parse does: for values too large to build. */
bool json_check(const char *text, size_t size, int flags, json_fault *fault);

#endif
