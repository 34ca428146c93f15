/* vectors_object.c - a query vector in an object of JSON, as tokvec -f jsonl prints it.
 * A part of vectors.h.
 * SPDX-License-Identifier: MIT */
#include "ids/vectors.h"

#include "base/array.h"
#include "base/error.h"
#include "text/json_scan.h"
#include "text/number.h"

/* ---------------------------------------------------------------- places */

bool vectors_where_in_object(const vectors_parser *p, size_t offset, tokvec_error *err)
{
    uint64_t line = p->vector_line, column = p->vector_column + offset;
    for (size_t i = 0; i < offset; i++) {
        if (p->object[i] == '\n') {
            line++;
            column = offset - i;
        }
    }
    return vectors_where(p, line, column, err);
}

static bool bad_object(const vectors_parser *p, size_t offset, tokvec_error *err, const char *what)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "%s", what);
    vectors_where_in_object(p, offset, err);
    return error_hint(err, "an object is {\"id\": 7, \"token\": \"cat\", \"vector\": [0.5, 1]}, "
                           "with a number for each column");
}

/* ---------------------------------------------------------------- members */

typedef struct members {
    json_scanner scan;
    bool has_vector;
    vector_label label;
} members;

/* Steps over a value, which begins at *start. */
static bool skip_value(members *m, size_t *start)
{
    json_peek(&m->scan); /* blanks */
    *start = m->scan.at;
    return json_skip(&m->scan);
}

/* What was stepped over, without the blanks behind it. */
static tokvec_text value_text(const members *m, size_t start)
{
    const char *text = (const char *)m->scan.text;
    size_t end = m->scan.at;
    while (end > start && memchr(" \t\r\n", text[end - 1], 4) != NULL)
        end--;
    return (tokvec_text){text + start, end - start};
}

static bool take_vector(vectors_parser *p, members *m, tokvec_error *err)
{
    json_scanner *s = &m->scan;
    if (m->has_vector)
        return bad_object(p, s->at, err, "the object has two vectors");
    m->has_vector = true;
    if (!json_enter(s, '['))
        return false;
    for (bool first = true; json_more(s, ']', &first);) {
        size_t start;
        if (!skip_value(m, &start) || !vectors_add_number(p, value_text(m, start), start, err))
            return false;
    }
    return s->fault.what == NULL;
}

/* An integer; anything else is not an ID, and of no interest. */
static bool take_id(members *m)
{
    size_t start;
    if (!skip_value(m, &start))
        return false;
    tokvec_text text = value_text(m, start);
    const char *end = text.bytes + text.length;
    m->label.has_id = number_read(TOKVEC_INT64, text.bytes, end, &m->label.id) == end;
    return true;
}

static bool take_token(vectors_parser *p, members *m, tokvec_error *err)
{
    json_raw raw;
    size_t start;
    if (json_peek(&m->scan) != '"')
        return skip_value(m, &start); /* null, as of a row without one */
    if (!json_string_raw(&m->scan, &raw) ||
        !array_reserve(&p->texts, &p->text_capacity, p->text_length + raw.length + 4, 1, err))
        return false;
    m->label.has_token = true;
    m->label.token = p->text_length;
    m->label.length = json_unescape(&raw, p->texts + p->text_length);
    return true;
}

static bool take_member(vectors_parser *p, members *m, tokvec_error *err)
{
    json_raw key;
    size_t start;
    if (!json_key(&m->scan, &key))
        return false;
    if (json_raw_is(&key, "vector") || json_raw_is(&key, "embedding"))
        return take_vector(p, m, err);
    if (json_raw_is(&key, "id"))
        return take_id(m);
    if (json_raw_is(&key, "token"))
        return take_token(p, m, err);
    return skip_value(m, &start);
}

static bool take_members(vectors_parser *p, members *m, tokvec_error *err)
{
    if (!json_enter(&m->scan, '{'))
        return false;
    for (bool first = true; json_more(&m->scan, '}', &first);) {
        if (!take_member(p, m, err))
            return false;
    }
    return m->scan.fault.what == NULL;
}

bool vectors_take_object(vectors_parser *p, tokvec_error *err)
{
    members m = {.scan = {.text = (const uint8_t *)p->object, .size = p->object_length}};
    if (!take_members(p, &m, err))
        return m.scan.fault.what == NULL
                   ? false
                   : bad_object(p, m.scan.fault.offset, err, m.scan.fault.what);
    if (!m.has_vector)
        return bad_object(p, 0, err, "the object has no vector");
    if (!vectors_end_vector(p, err))
        return false;
    p->labels[p->count - 1] = m.label;
    if (m.label.has_token)
        p->text_length = m.label.token + m.label.length;
    return true;
}
