/* json_text.h - walking through JSON text that has been checked, and the vectors in it.
 * Numbers must be rounded once, to the dtype wanted, and a tree of them would be ten times the
 * file: so they are read where they lie.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_WORDS_JSON_TEXT_H
#define TOKVEC_FORMATS_WORDS_JSON_TEXT_H

#include "formats/words/text_rows.h"
#include "text/json_scan.h"

#include <string.h>

enum { JSON_NDIM_MAX = 64 };

/* Whether the file begins as text in JSON that may hold a table. All of it has been asked for then:
 * the tables of JSON are gone through to the end when they are opened. */
bool json_is_text(const file_map *map);

/* Whether the first line is a vector's, and not the whole of a document. */
bool json_are_lines(const file_map *map);

/* Where the text begins, behind a byte order mark. */
uint64_t json_begin(const file_map *map);

/* Whether the text is one JSON value; all that follows relies on that. */
bool json_check(const char *text, size_t size, json_fault *fault);

/* The same but for what is in lists of numbers, which is most of a table; it is enough for all that
 * does not go into them. */
bool json_check_but_lists(const char *text, size_t size, json_fault *fault);

/* A stretch of JSON that has been checked. All functions that walk through it rely on that. */
typedef struct json_cursor {
    const char *at, *end;
} json_cursor;

/* The next character that is not a space, without stepping over it; -1 at the end. */
static inline int json_look(json_cursor *w)
{
    while (w->at < w->end && memchr(" \n\r\t", *w->at, 4) != NULL)
        w->at++;
    return w->at < w->end ? (unsigned char)*w->at : -1;
}

static inline bool json_step_over(json_cursor *w, char wanted)
{
    if (json_look(w) != wanted)
        return false;
    w->at++;
    return true;
}

/* A string, without its quotes. */
tokvec_text json_take_string(json_cursor *w);

/* Any value, however deep. */
void json_skip_value(json_cursor *w);

/* Goes into an object: *w must be at its brace. Then each call steps to the value of the next
 * member, which the caller must pass over. */
bool json_next_member(json_cursor *w, tokvec_text *key);

/* The value of a member; of several of that name the last, as most readers have it. */
bool json_find_member(json_cursor object, const char *name, json_cursor *value);

/* The value of the first of these names that the object has; they end with NULL. */
bool json_find_named(json_cursor object, const char *const *names, json_cursor *value);

/* Whether all of several members are lists of numbers: words and their vectors. */
bool json_is_dictionary(json_cursor object);

/* Resolves the escapes of a string, in `room` if there are any. */
bool json_resolve(tokvec_text in, text_rows_room *room, tokvec_text *out, tokvec_error *err);

/* As lines_bad. */
bool json_bad_at(const file_map *map, const char *at, tokvec_error *err, const char *what);

/* The same where all that is there can be read, but one thing contradicts another. */
bool json_contradicts_at(const file_map *map, const char *at, tokvec_error *err, const char *what);

/* Whether a value that begins so can stand in a vector: numbers, true, false, null. */
bool json_is_scalar(int c);

/* The rows of nested lists. */
typedef struct json_nested {
    unsigned ndim;
    uint64_t shape[JSON_NDIM_MAX];
    bool known[JSON_NDIM_MAX]; /* how long the lists at that depth are */
} json_nested;

/* Goes through nested lists of numbers, with `texts` also of strings, which must be rectangular;
 * w is at the first bracket. */
bool json_measure(const file_map *map, json_cursor *w, bool texts, json_nested *n,
                  tokvec_error *err);

/* The numbers of the list between two brackets: t->dim elements of t->dtype. */
bool json_read_list(const text_rows *t, uint64_t values, uint64_t stop, void *out,
                    tokvec_error *err);

/* The same for a row, as text_rows_kind.read. */
bool json_read_row(text_rows *t, uint64_t row, void *out, tokvec_error *err);

#endif
