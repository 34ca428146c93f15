/* json_text.c - walking through JSON text that has been checked, and the vectors in it.
 * See json_text.h.
 * SPDX-License-Identifier: MIT */
#include "formats/words/json_text.h"

#include "base/array.h"
#include "formats/words/blanks.h"
#include "text/lines.h"
#include "text/number.h"

#include <string.h>

bool json_is_text(const file_map *map)
{
    size_t size = (size_t)file_head(map, LINES_LOOK), begin = (size_t)blanks_begin(map);
    for (size_t i = 0; i < size; i++) {
        if (map->data[i] < ' ' && memchr("\t\n\r", map->data[i], 3) == NULL)
            return false;
    }
    while (begin < size && memchr(" \t\n\r", map->data[begin], 4) != NULL)
        begin++;
    bool may_be = begin == size || map->data[begin] == '[' || map->data[begin] == '{';
    return size > 0 && may_be && file_want(map, 0, map->size, NULL);
}

uint64_t json_begin(const file_map *map)
{
    return blanks_begin(map);
}

static bool check(const char *text, size_t size, int flags, json_fault *fault)
{
    json_scanner s = {.text = (const uint8_t *)text, .size = size, .flags = flags};
    if (json_skip(&s) && json_end(&s))
        return true;
    *fault = s.fault;
    return false;
}

bool json_check(const char *text, size_t size, json_fault *fault)
{
    return check(text, size, 0, fault);
}

bool json_check_but_lists(const char *text, size_t size, json_fault *fault)
{
    return check(text, size, JSON_FLAT_LISTS_UNREAD, fault);
}

/* The rest of a stretch, for the scanner. */
static json_scanner rest_of(const json_cursor *w)
{
    return (json_scanner){.text = (const uint8_t *)w->at,
                          .size = w->at < w->end ? (size_t)(w->end - w->at) : 0};
}

/* What is not JSON after all, since the file has changed, ends the stretch. */
static void go_on(json_cursor *w, const json_scanner *s)
{
    w->at = s->fault.what == NULL ? w->at + s->at : w->end;
}

tokvec_text json_take_string(json_cursor *w)
{
    json_scanner s = rest_of(w);
    json_raw raw = {"", 0, false};
    json_string_raw(&s, &raw);
    go_on(w, &s);
    return (tokvec_text){raw.bytes, raw.length};
}

/* What a number, true, false or null ends before. */
static const bool ends_scalar[UINT8_MAX + 1] = {
    [','] = true, [':'] = true,  [']'] = true,  ['}'] = true,
    [' '] = true, ['\t'] = true, ['\r'] = true, ['\n'] = true,
};

void json_skip_value(json_cursor *w)
{
    int c = json_look(w);
    if (c != '"' && c != '[' && c != '{') {
        while (w->at < w->end && !ends_scalar[(uint8_t)*w->at])
            w->at++;
        return;
    }
    json_scanner s = rest_of(w);
    s.flags = JSON_FLAT_LISTS_UNREAD;
    json_skip(&s);
    go_on(w, &s);
    while (w->at[-1] == ' ' || w->at[-1] == '\n' || w->at[-1] == '\r' || w->at[-1] == '\t')
        w->at--; /* the scanner goes on to the next character */
}

bool json_next_member(json_cursor *w, tokvec_text *key)
{
    if (!json_step_over(w, '{') && !json_step_over(w, ','))
        return false;
    if (json_look(w) != '"')
        return false;
    *key = json_take_string(w);
    json_step_over(w, ':');
    json_look(w);
    return true;
}

static bool is(tokvec_text text, const char *word)
{
    return text.length == strlen(word) && memcmp(text.bytes, word, text.length) == 0;
}

bool json_find_member(json_cursor object, const char *name, json_cursor *value)
{
    bool found = false;
    tokvec_text key;
    while (json_next_member(&object, &key)) {
        if (is(key, name)) {
            *value = object;
            found = true;
        }
        json_skip_value(&object);
    }
    return found;
}

bool json_find_named(json_cursor object, const char *const *names, json_cursor *value)
{
    for (; *names != NULL; names++) {
        if (json_find_member(object, *names, value))
            return true;
    }
    return false;
}

/* A list without texts, lists and objects in it. */
static bool is_vector(json_cursor value)
{
    if (!json_step_over(&value, '['))
        return false;
    int c;
    for (; json_is_scalar(c = json_look(&value)); json_step_over(&value, ','))
        json_skip_value(&value);
    return c == ']';
}

bool json_is_dictionary(json_cursor object)
{
    uint64_t members = 0;
    tokvec_text key;
    for (; json_next_member(&object, &key); json_skip_value(&object), members++) {
        if (!is_vector(object))
            return false;
    }
    return members > 1;
}

bool json_resolve(tokvec_text in, text_rows_room *room, tokvec_text *out, tokvec_error *err)
{
    const json_raw raw = {in.bytes, in.length, true};
    *out = in;
    if (in.length == 0 || memchr(in.bytes, '\\', in.length) == NULL)
        return true;
    if (!array_reserve(&room->bytes, &room->reserved, in.length + 4, 1, err))
        return false;
    *out = (tokvec_text){room->bytes, json_unescape(&raw, room->bytes)};
    return true;
}

/* ---------------------------------------------------------------- lists of numbers */

bool json_bad_at(const file_map *map, const char *at, tokvec_error *err, const char *what)
{
    return lines_bad(map, (uint64_t)(at - (const char *)map->data), err, "%s", what);
}

bool json_contradicts_at(const file_map *map, const char *at, tokvec_error *err, const char *what)
{
    json_bad_at(map, at, err, what);
    return error_hint(err, "correct it, or what it contradicts");
}

bool json_is_scalar(int c)
{
    return c == '-' || (c >= '0' && c <= '9') || c == 't' || c == 'f' || c == 'n';
}

static bool close_list(json_nested *n, unsigned depth, uint64_t length)
{
    if (!n->known[depth]) {
        n->known[depth] = true;
        n->shape[depth] = length;
    }
    return n->shape[depth] == length;
}

bool json_measure(const file_map *map, json_cursor *w, bool texts, json_nested *n,
                  tokvec_error *err)
{
    uint64_t lengths[JSON_NDIM_MAX] = {0};
    unsigned depth = 0;
    *n = (json_nested){.ndim = 0};
    do {
        int c = json_look(w);
        if (c == '[') {
            if (depth == JSON_NDIM_MAX)
                return json_bad_at(map, w->at, err, "lists are nested too deeply for a table");
            if (n->ndim > 0 && depth == n->ndim)
                return json_contradicts_at(map, w->at, err, "a list is where a number should be");
            lengths[depth++] = 0;
            w->at++;
            if (json_look(w) != ']')
                continue;
        } else if (json_is_scalar(c) || (texts && c == '"')) {
            if (n->ndim == 0)
                n->ndim = depth;
            if (depth != n->ndim)
                return json_contradicts_at(map, w->at, err, "a number is where a list should be");
            json_skip_value(w);
            lengths[depth - 1]++;
        } else {
            return json_bad_at(map, w->at, err, "neither a number nor a list of numbers");
        }
        while (depth > 0 && json_look(w) == ']') {
            if (!close_list(n, depth - 1, lengths[depth - 1]))
                return json_contradicts_at(map, w->at, err,
                                           "the list is not as long as those before it");
            w->at++;
            depth--;
            if (depth > 0)
                lengths[depth - 1]++;
        }
        if (depth > 0)
            json_step_over(w, ',');
    } while (depth > 0);
    for (; n->ndim < JSON_NDIM_MAX && n->known[n->ndim];)
        n->ndim++; /* lists that hold nothing have a depth all the same */
    return true;
}

/* One value as an element. null is what JSON has for nan. */
static const char *read_value(json_cursor *w, tokvec_dtype dtype, void *out)
{
    static const char nan_text[] = "nan";
    if (json_look(w) == 'n')
        return number_read(dtype, nan_text, nan_text + 3, out) == NULL ? NULL : w->at + 4;
    return number_read(dtype, w->at, w->end, out);
}

bool json_read_list(const text_rows *t, uint64_t values, uint64_t stop, void *out,
                    tokvec_error *err)
{
    const char *text = (const char *)t->map->data;
    json_cursor w = {text + values, text + stop};
    char *to = out;
    for (uint64_t i = 0; i < t->dim; i++, to += tokvec_dtype_size(t->dtype)) {
        if (json_look(&w) < 0 && i > 0)
            return json_contradicts_at(t->map, w.at, err,
                                       "the list is shorter than those before it");
        const char *value = w.at;
        const char *next = json_look(&w) < 0 ? NULL : read_value(&w, t->dtype, to);
        json_cursor rest = {next, w.end};
        if (next == NULL || (json_look(&rest) >= 0 && *rest.at != ','))
            return lines_bad(t->map, (uint64_t)(value - text), err, "this is not a valid %s number",
                             tokvec_dtype_name(t->dtype));
        w.at = rest.at;
        if (!json_step_over(&w, ',') && i + 1 < t->dim)
            return json_contradicts_at(t->map, w.at, err,
                                       "the list is shorter than those before it");
    }
    return json_look(&w) < 0 ||
           json_contradicts_at(t->map, w.at, err, "the list is longer than those before it");
}

bool json_read_row(text_rows *t, uint64_t row, void *out, tokvec_error *err)
{
    text_row r;
    return text_rows_get(t, row, &r, err) && json_read_list(t, r.values, r.end, out, err);
}
