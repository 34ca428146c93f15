/* tokens.c - tokens in the place of their IDs.
 * See tokens.h.
 * SPDX-License-Identifier: MIT */
#include "ids/tokens.h"

#include "text/json_scan.h"

#include <stdio.h>
#include <string.h>

bool ids_look_like_ids(const char *text)
{
    static const char *const calls[] = {"tensor(", "torch.", "array(", "np.array(", "numpy.array("};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (strncmp(text, calls[i], strlen(calls[i])) == 0 && strchr(text, '(') != NULL)
            return true;
    }
    return strpbrk(text, "0123456789") != NULL &&
           strspn(text, "0123456789+-:,[]() \t\r\n\v\f") == strlen(text);
}

static bool is_range(const ids_word *w)
{
    for (size_t i = 0; i < w->length; i++) {
        if (memchr("0123456789+-:", w->text[i], 13) == NULL)
            return false;
    }
    return memchr(w->text, ':', w->length) != NULL;
}

bool ids_add_token(ids_parser *p, const ids_word *w, tokvec_error *err)
{
    tokvec_error unwanted;
    int64_t id = 0;
    if (w->cut)
        return ids_bad_word(p, w, err, "is too long for a token", "no model has tokens that long");
    if (err == NULL)
        err = &unwanted;
    err->code = TOKVEC_OK;
    if (p->find(p->find_context, (tokvec_text){w->text, w->length}, &id, err)) {
        if ((uint64_t)id < p->rows || p->rows_on_demand)
            return ids_add_word(p, w, id, err);
        char what[64];
        snprintf(what, sizeof what, "has the ID %lld, which is out of range", (long long)id);
        return ids_bad_word(p, w, err, what, p->range_hint);
    }
    if (err->code == TOKVEC_NOT_FOUND || err->code == TOKVEC_BAD_ID)
        return ids_where(p, w->line, w->column, err);
    if (err->code != TOKVEC_OK)
        return false;
    if (is_range(w) && !p->allow_ranges)
        return ids_bad_word(p, w, err, "is not an integer",
                            "ranges are for the command line; here each ID is written out");
    ids_bad_word(p, w, err, "is not an integer",
                 "token IDs are decimal integers such as 0 or 15496");
    return error_kind(err, TOKVEC_KIND_NO_VOCABULARY);
}

bool ids_parse_token(ids_parser *p, const char *text, tokvec_error *err)
{
    const ids_word w = {.text = text, .length = strlen(text), .line = 1, .column = 1};
    return ids_add_token(p, &w, err);
}

/* ---------------------------------------------------------------- in quotes */

/* The kept text is a string with its quotes. */
static bool end_quoted(ids_parser *p, tokvec_error *err)
{
    char room[IDS_TOKEN_ROOM + 4];
    ids_word w = ids_kept_word(p);
    json_scanner s = {.text = (const uint8_t *)w.text, .size = w.length};
    json_raw raw;
    if (!w.cut && !json_string_raw(&s, &raw))
        return ids_bad_word(p, &w, err, "is not a valid JSON string", s.fault.what);
    if (!w.cut) {
        w.length = json_unescape(&raw, room);
        w.text = room;
    }
    return ids_add_token(p, &w, err);
}

size_t ids_take_quoted(ids_parser *p, const char *text, size_t size, size_t at, tokvec_error *err)
{
    size_t start = at;
    if (p->state == IDS_BETWEEN)
        ids_begin_word(p, IDS_IN_QUOTES, at++);
    for (; at < size; at++) {
        char c = text[at];
        bool escaped = p->state == IDS_IN_ESCAPE;
        if (c == '\n' || (c == '"' && !escaped))
            break;
        p->state = c == '\\' && !escaped ? IDS_IN_ESCAPE : IDS_IN_QUOTES;
    }
    bool closed = at < size && text[at] == '"';
    ids_keep_word(p, text + start, at + closed - start);
    if (at == size)
        return size;
    if (closed && p->bags != NULL && p->bags->weighted) {
        ids_word w = ids_kept_word(p);
        ids_bad_word(p, &w, err, "does not have a weight",
                     "tokens with weights are not in quotes, but on lines: TOKEN, TAB, WEIGHT");
        return SIZE_MAX;
    }
    if (closed)
        return end_quoted(p, err) ? at + 1 : SIZE_MAX;
    ids_word w = ids_kept_word(p);
    ids_bad_word(p, &w, err, "has no closing quote", "a token in quotes ends on its line");
    return SIZE_MAX;
}

/* ---------------------------------------------------------------- one a line */

/* The line that has been kept is complete. */
static bool end_line(ids_parser *p, bool newline, tokvec_error *err)
{
    ids_word w = ids_kept_word(p);
    if (newline && w.length > 0 && w.text[w.length - 1] == '\r')
        w.length--; /* it belongs to the end of the line */
    return ids_add_token(p, &w, err);
}

bool ids_parse_lines(ids_parser *p, const char *text, size_t size, size_t at, tokvec_error *err)
{
    while (at < size) {
        const char *end = memchr(text + at, '\n', size - at);
        size_t length = end == NULL ? size - at : (size_t)(end - (text + at));
        if (p->state != IDS_IN_LINE)
            ids_begin_word(p, IDS_IN_LINE, at);
        ids_keep_word(p, text + at, length);
        at += length;
        if (end == NULL)
            break;
        if (!end_line(p, true, err))
            return false;
        at++;
        ids_begin_line(p, at);
    }
    p->offset += size;
    return true;
}

bool ids_end_lines(ids_parser *p, tokvec_error *err)
{
    return p->state != IDS_IN_LINE || end_line(p, false, err);
}
