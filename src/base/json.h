/* json.h - JSON from files that nobody vouches for.
 * A strict check of the whole text, then cJSON; what passes the check, cJSON reads faithfully.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_BASE_JSON_H
#define TOKVEC_BASE_JSON_H

#include "base/error.h"
#include "base/json_scan.h"

#include <cjson/cJSON.h>

/* Parses `size` bytes, if they justify the memory that it takes. Refuses what RFC 8259 does:
 * anything but white space after the value, bad UTF-8, lone surrogates, control characters in
 * strings, numbers out of a double's range. A "\u0000" in a string becomes the two bytes C0 80, so
 * that cJSON's C strings keep it. The caller releases the result with cJSON_Delete. On failure
 * NULL, and *fault tells. */
cJSON *json_parse(const char *text, size_t size, int flags, json_fault *fault);

#endif
