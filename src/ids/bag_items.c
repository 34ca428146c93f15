/* bag_items.c - what is in a bag of text.
 * See bag_items.h.
 * SPDX-License-Identifier: MIT */
#include "ids/bag_items.h"

#include "ids/tokens.h"
#include "text/number.h"

#include <string.h>

/* ---------------------------------------------------------------- weights */

static bool take_weight(const ids_parser *p, const ids_word *w, const char *text, size_t length,
                        double *weight, tokvec_error *err)
{
    double value;
    const char *end = number_read(TOKVEC_FLOAT64, text, text + length, &value);
    if (length == 0 || end != text + length)
        return ids_bad_word(p, w, err, "does not have a valid weight",
                            "a weight is a decimal number such as 1, -0.25 or 1e-3");
    if (!p->bags->weigh(p->bags->dtype, value, weight))
        return ids_bad_word(p, w, err, "has a weight that is not finite in the table's dtype",
                            "give smaller weights");
    return true;
}

static bool is_range(const char *text, size_t length)
{
    bool has_digit = false;
    for (size_t i = 0; i < length; i++) {
        if (memchr("0123456789+-:", text[i], 13) == NULL)
            return false;
        has_digit |= text[i] >= '0' && text[i] <= '9';
    }
    return has_digit && memchr(text, ':', length) != NULL;
}

bool ids_bag_split(const ids_parser *p, const ids_word *w, ids_word *item, double *weight,
                   tokvec_error *err)
{
    const char *colon = memrchr(w->text, ':', w->length);
    *item = *w;
    if (colon == NULL || colon == w->text || w->cut)
        return ids_bad_word(p, w, err, "does not have a weight",
                            "write each item as ID:WEIGHT, such as 15496:0.5");
    item->length = (size_t)(colon - w->text);
    if (is_range(item->text, item->length))
        return ids_bad_word(p, w, err, "is a range with a weight", "write each ID with its own");
    return take_weight(p, w, colon + 1, w->length - item->length - 1, weight, err);
}

bool ids_bag_looks_like_ids(const char *text)
{
    return strpbrk(text, "0123456789") != NULL &&
           strspn(text, "0123456789+-.eE:,[]() \t\r\n\v\f") == strlen(text);
}

bool ids_bag_token(ids_parser *p, const char *text, tokvec_error *err)
{
    const ids_word w = {.text = text, .length = strlen(text), .line = 1, .column = 1};
    ids_word item;
    double weight;
    return ids_bag_split(p, &w, &item, &weight, err) && ids_add_token(p, &item, err) &&
           bag_list_add_weight(&p->bags->list, weight, err);
}

/* ---------------------------------------------------------------- fields between TABs */

/* Whether the next field is the weight of a token. */
static bool wants_weight(const ids_bags *b)
{
    return b->weighted && b->fields % 2 == 1;
}

static bool take_field(ids_parser *p, const ids_word *w, tokvec_error *err)
{
    ids_bags *b = p->bags;
    double weight;
    bool good = wants_weight(b) ? take_weight(p, w, w->text, w->length, &weight, err) &&
                                      bag_list_add_weight(&b->list, weight, err)
                                : ids_add_token(p, w, err);
    b->fields++;
    return good;
}

/* The line has no field more. */
static bool end_fields(ids_parser *p, tokvec_error *err)
{
    if (!wants_weight(p->bags))
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "the last token has no weight");
    ids_where(p, p->line, p->token_column, err);
    return error_hint(err, "write TOKEN, TAB, WEIGHT, TAB, TOKEN and so on");
}

/* The field that has been kept is complete, and its line with it. */
static bool end_last_field(ids_parser *p, bool newline, tokvec_error *err)
{
    ids_word w = ids_kept_word(p);
    if (newline && w.length > 0 && w.text[w.length - 1] == '\r')
        w.length--;                                        /* it belongs to the end of the line */
    bool is_empty = p->bags->fields == 0 && w.length == 0; /* of the whole line */
    return is_empty || (take_field(p, &w, err) && end_fields(p, err));
}

static bool begins_json(char second)
{
    return second == '"' || second == '[' || second == ']';
}

/* Whether the line, of which the first character is to come or has been kept, is an array: then
 * *at moves past its bracket if that is what has been kept. */
static bool open_json(ids_parser *p, const char *text, size_t size, size_t at, tokvec_error *err)
{
    ids_bags *b = p->bags;
    if (p->state == IDS_BETWEEN && b->fields == 0) {
        b->is_json = size - at > 1 && text[at] == '[' && begins_json(text[at + 1]);
    } else if (p->state == IDS_IN_LINE && b->fields == 0 && p->token_length == 1 &&
               p->token[0] == '[' && begins_json(text[at])) {
        ids_kept_word(p);
        b->is_json = true;
        return ids_open_list(p, '[', at, err); /* kept from the last piece: its place is near */
    }
    return true;
}

size_t ids_bag_fields(ids_parser *p, const char *text, size_t size, size_t at, tokvec_error *err)
{
    while (at < size) {
        if (!open_json(p, text, size, at, err))
            return SIZE_MAX;
        if (p->bags->is_json)
            return at;
        size_t end = at;
        while (end < size && text[end] != '\t' && text[end] != '\n')
            end++;
        if (p->state != IDS_IN_LINE)
            ids_begin_word(p, IDS_IN_LINE, at);
        ids_keep_word(p, text + at, end - at);
        if (end == size)
            return size;
        at = end + 1;
        if (text[end] == '\t') {
            const ids_word w = ids_kept_word(p);
            if (!take_field(p, &w, err))
                return SIZE_MAX;
            continue;
        }
        if (!end_last_field(p, true, err) || !ids_bag_end_line(p, err))
            return SIZE_MAX;
        ids_begin_line(p, at);
    }
    return at;
}

bool ids_bag_end_fields(ids_parser *p, tokvec_error *err)
{
    if (p->state != IDS_IN_LINE && p->bags->fields == 0)
        return true;
    if (p->state != IDS_IN_LINE) /* after a TAB */
        p->token_length = 0;
    return end_last_field(p, false, err);
}

bool ids_bag_field(ids_parser *p, const char *text, tokvec_error *err)
{
    const ids_word w = {.text = text, .length = strlen(text), .line = 1, .column = 1};
    return take_field(p, &w, err);
}

bool ids_bag_end_text(ids_parser *p, tokvec_error *err)
{
    const ids_bags *b = p->bags;
    bool begun =
        p->source != NULL ? p->offset > p->line_offset : b->items > 0 || b->list.count == 0;
    return end_fields(p, err) && (!begun || ids_bag_end_line(p, err));
}
