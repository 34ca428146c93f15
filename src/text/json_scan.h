/* json_scan.h - going through JSON without building anything.
 * Strict (RFC 8259, valid UTF-8), without recursion and without memory: for the check before cJSON,
 * and for files of which only some members are wanted.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TEXT_JSON_SCAN_H
#define TOKVEC_TEXT_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Deepest nesting that is accepted; safetensors' reference reader has the same bound. */
enum { JSON_MAX_DEPTH = 127 };

/* Longer numbers than any that a double needs; cJSON does not take them. */
enum { JSON_LONG_NUMBER = 63 };

/* What a caller asks for beyond RFC 8259 and valid UTF-8. */
enum {
    /* Every number is a plain unsigned integer up to 2^53, which a double holds exactly. */
    JSON_UNSIGNED_ONLY = 1,
    /* Lists that json_flat_list knows are stepped over, whatever is in them. */
    JSON_FLAT_LISTS_UNREAD = 2,
};

/* What is wrong with a text, and at which byte of it. */
typedef struct json_fault {
    const char *what; /* NULL: nothing */
    size_t offset;
} json_fault;

/* A place in a text. Starts as {.text, .size, .flags}. The functions that return bool return
 * false with a fault, unless they say otherwise, and are not to be called after one. */
typedef struct json_scanner {
    const uint8_t *text;
    size_t size;
    size_t at;
    int flags;
    size_t escapes;     /* number of backslashes seen in strings */
    size_t nul_escapes; /* number of \u0000 */
    size_t values;      /* number of values that were stepped over, lists and objects too */
    size_t long_number; /* where one of JSON_LONG_NUMBER characters or more begins, plus 1 */
    json_fault fault;
} json_scanner;

/* Notes what is wrong at `offset`. Returns false. */
bool json_fault_at(json_scanner *s, size_t offset, const char *what);

/* The next character after white space, or -1 at the end. */
int json_peek(json_scanner *s);

/* The length of the list that text begins with, if no text, list or object is in it: a vector,
 * perhaps. 0: it is not such a list. Does not look at what is in it. */
size_t json_flat_list(const void *text, size_t size);

/* Steps over one value with all that is in it. */
bool json_skip(json_scanner *s);

/* Steps into a list or object by its bracket. Then, for each element:
 *     for (bool first = true; json_more(s, ']', &first);) ...
 * json_more steps over commas; it returns false also at the closing bracket, then without a fault.
 */
bool json_enter(json_scanner *s, char bracket);
bool json_more(json_scanner *s, char closing, bool *first);

/* A string as it stands between its quotes. */
typedef struct json_raw {
    const char *bytes;
    size_t length;
    bool escaped; /* has a backslash */
} json_raw;

bool json_string_raw(json_scanner *s, json_raw *out);

/* The name of a member, and its colon. */
bool json_key(json_scanner *s, json_raw *out);

/* An unsigned integer up to 2^53; anything else is a fault. */
bool json_unsigned(json_scanner *s, uint64_t *out);

/* The end of the text, white space aside; anything else is a fault. */
bool json_end(json_scanner *s);

/* What a string stands for, to out, which has room for raw->length + 4 bytes (it is never longer
 * than raw; the rest is for a text that somebody changes meanwhile). Returns the length. */
size_t json_unescape(const json_raw *raw, char *out);

/* True if a string is that word, written without escapes. Inline, as the length of nearly every
 * word is known to the compiler. */
static inline bool json_raw_is(const json_raw *raw, const char *word)
{
    return raw->length == strlen(word) && memcmp(raw->bytes, word, raw->length) == 0;
}

#endif
