/* items.c - the items and lists that the parser meets.
 * See items.h.
 * SPDX-License-Identifier: MIT */
#include "ids/items.h"

#include <stdio.h>
#include <string.h>

/* ---------------------------------------------------------------- errors */

bool ids_where(const ids_parser *p, uint64_t line, uint64_t column, tokvec_error *err)
{
    if (p->source == NULL)
        return error_where(err, "argument %u", p->argument);
    return error_where(err, "%s, line %llu, column %llu", p->source, (unsigned long long)line,
                       (unsigned long long)column);
}

uint64_t ids_column(const ids_parser *p, size_t at)
{
    return p->offset + at - p->line_offset + 1;
}

bool ids_bad_word(const ids_parser *p, const ids_word *w, tokvec_error *err, const char *what,
                  const char *hint)
{
    enum { SHOWN = 40 };
    char shown[SHOWN + 1];
    size_t length = w->length > SHOWN ? SHOWN : w->length;
    for (size_t i = 0; i < length; i++)
        shown[i] = w->text[i] == '\0' ? '?' : w->text[i];
    shown[length] = '\0';
    bool shorten = w->cut || w->length > SHOWN;
    error_set(err, TOKVEC_BAD_ID, "'%s%s' %s", shown, shorten ? "..." : "", what);
    ids_where(p, w->line, w->column, err);
    return error_hint(err, "%s", hint);
}

static bool bad_nesting(const ids_parser *p, size_t at, tokvec_error *err, const char *what)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "%s", what);
    ids_where(p, p->line, ids_column(p, at), err);
    return error_hint(err, "%s",
                      p->bags != NULL ? "a bag is a line of IDs, a list, or an inner list of a list"
                                      : "nested IDs must form a rectangle, as a tensor does");
}

/* ---------------------------------------------------------------- bags */

void ids_bags_start(ids_bags *b)
{
    b->items = 0;
    b->is_listed = b->is_json = false;
    b->fields = 0;
}

bool ids_bag_end_line(ids_parser *p, tokvec_error *err)
{
    ids_bags *b = p->bags;
    if (p->depth > 0 || ids_in_call(p))
        return true;
    bool good = b->is_listed || bag_list_end(&b->list, err);
    ids_bags_start(b);
    p->levels[0].after_item = false;
    return good;
}

/* A list is about to be opened. */
static bool may_open(const ids_parser *p, size_t at, tokvec_error *err)
{
    enum { DEEPEST = 2 };
    if (p->bags == NULL)
        return true;
    if (p->depth == DEEPEST)
        return bad_nesting(p, at, err, "the lists are nested too deeply for bags");
    return p->depth > 0 || p->bags->items == 0 ||
           bad_nesting(p, at, err, "a list is beside a number");
}

/* The list at p->depth is about to be closed. */
static bool close_bag(ids_parser *p, tokvec_error *err)
{
    if (p->bags == NULL)
        return true;
    p->bags->is_listed = true;
    return p->item_ndim != p->depth || bag_list_end(&p->bags->list, err);
}

/* ---------------------------------------------------------------- sequences */

/* Items are to follow outside all brackets, or a list: a sequence is either. */
static bool is_beside(const ids_parser *p, bool is_list)
{
    return p->sequences != NULL && p->depth == 0 && p->levels[0].items > 0 &&
           (p->first_ndim == 0) == is_list;
}

/* Whether the sequence that is open has positions for `count` more IDs. */
static bool check_positions(const ids_parser *p, uint64_t count, const ids_word *w,
                            tokvec_error *err)
{
    char what[80];
    const sequences *s = p->sequences;
    uint64_t room = s == NULL ? UINT64_MAX : sequences_room(s, p->list->count);
    if (count <= room)
        return true;
    uint64_t position = s->limit > s->first ? s->limit : s->first;
    snprintf(what, sizeof what, "has the position %llu%s", (unsigned long long)position,
             count > 1 ? " in it" : "");
    return ids_bad_word(p, w, err, what, p->position_hint);
}

/* The list at p->depth is about to be closed. */
static bool close_sequence(ids_parser *p, tokvec_error *err)
{
    return p->sequences == NULL || p->item_ndim != p->depth ||
           sequences_begin(p->sequences, p->list->count, err);
}

/* ---------------------------------------------------------------- items and lists */

/* A top-level item is complete: its shape is that of the first, or the text is not a rectangle. */
static void end_top_item(ids_parser *p, uint64_t count, unsigned ndim)
{
    bool first = p->levels[0].items == 0;
    p->levels[0].items += count;
    if (first)
        p->first_ndim = ndim;
    p->ragged |= p->first_ndim != ndim;
    for (unsigned i = 0; i < ndim && i < p->first_ndim; i++) {
        if (first)
            p->first_shape[i] = p->levels[i + 1].size;
        p->ragged |= p->first_shape[i] != p->levels[i + 1].size;
    }
}

void ids_count_flat(ids_parser *p, uint64_t count)
{
    if (count > 0)
        end_top_item(p, count, 0);
}

bool ids_add_items(ids_parser *p, uint64_t count, const ids_word *w, tokvec_error *err)
{
    ids_level *level = &p->levels[p->depth];
    if (!check_positions(p, count, w, err))
        return false;
    level->after_item = true;
    p->call_filled = true;
    p->call_ids += count;
    if (p->depth == 0 && p->list_line == p->line)
        return ids_bad_word(p, w, err, "follows a list on the same line",
                            "R prints [1] and the like in front of numbers: leave that out");
    if (is_beside(p, false))
        return ids_bad_word(p, w, err, "is beside a list",
                            "which sequence it belongs to is unclear");
    if (p->depth == 0) {
        if (p->bags != NULL)
            p->bags->items += count;
        p->call_number |= ids_in_call(p);
        end_top_item(p, count, 0);
        return true;
    }
    if (p->item_ndim > 0 && p->item_ndim != p->depth)
        return ids_bad_word(p, w, err, "is beside a list",
                            "nested IDs must form a rectangle, as a tensor does");
    p->item_ndim = p->depth;
    level->items += count;
    return true;
}

bool ids_open_list(ids_parser *p, char bracket, size_t at, tokvec_error *err)
{
    if (p->depth == IDS_MAX_DEPTH)
        return bad_nesting(p, at, err, "the IDs are nested too deeply");
    if (!may_open(p, at, err))
        return false;
    if (is_beside(p, true))
        return bad_nesting(p, at, err, "a list is beside a number");
    if (p->depth == 0) {
        p->item_ndim = 0;
        for (unsigned i = 1; i <= IDS_MAX_DEPTH; i++)
            p->levels[i].size_known = false;
    } else {
        if (p->item_ndim > 0 && p->item_ndim <= p->depth)
            return bad_nesting(p, at, err, "a list is beside a number");
        p->levels[p->depth].items++;
    }
    p->levels[p->depth].after_item = true;
    p->call_filled = true;
    ids_level *level = &p->levels[++p->depth];
    level->items = 0;
    level->after_item = false;
    level->bracket = bracket;
    return true;
}

bool ids_close_list(ids_parser *p, char bracket, size_t at, tokvec_error *err)
{
    ids_level *level = &p->levels[p->depth];
    char opening = bracket == ']' ? '[' : '(';
    if (bracket == ')' && p->depth == p->call_depth) {
        p->call_depth = IDS_NO_CALL;
        return p->call_filled || bad_nesting(p, at, err, "these brackets are empty");
    }
    if (p->depth == 0 || level->bracket != opening || p->depth == p->call_depth) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "'%c' has no matching '%c'", bracket, opening);
        ids_where(p, p->line, ids_column(p, at), err);
        return error_hint(err, "check the brackets");
    }
    if (p->item_ndim == 0) /* the first list to be closed is empty */
        p->item_ndim = p->depth;
    if (!close_bag(p, err) || !close_sequence(p, err))
        return false;
    if (level->size_known && level->size != level->items && p->bags == NULL)
        return bad_nesting(p, at, err, "lists of one level have different lengths");
    level->size = level->items;
    level->size_known = true;
    p->depth--;
    if (p->depth == 0) {
        p->list_line = p->line;
        end_top_item(p, 1, p->item_ndim);
    }
    return true;
}

bool ids_comma(ids_parser *p, size_t at, tokvec_error *err)
{
    ids_level *level = &p->levels[p->depth];
    if (!level->after_item) {
        error_set(err, TOKVEC_BAD_ID, "there is nothing before a comma");
        ids_where(p, p->line, ids_column(p, at), err);
        return error_hint(err, "give a token ID or take the comma out");
    }
    level->after_item = false;
    return true;
}

bool ids_add_word(ids_parser *p, const ids_word *w, int64_t id, tokvec_error *err)
{
    return ids_add_items(p, 1, w, err) && id_list_add(p->list, id, err);
}

/* ---------------------------------------------------------------- kept words */

void ids_begin_word(ids_parser *p, ids_state state, size_t at)
{
    p->state = state;
    p->token_line = p->line;
    p->token_column = ids_column(p, at);
}

void ids_keep_word(ids_parser *p, const char *text, size_t length)
{
    if (p->token_length < IDS_TOKEN_ROOM) {
        size_t room = IDS_TOKEN_ROOM - p->token_length;
        memcpy(p->token + p->token_length, text, length < room ? length : room);
    }
    p->token_length += length;
}

ids_word ids_kept_word(ids_parser *p)
{
    bool cut = p->token_length > IDS_TOKEN_ROOM;
    ids_word w = {p->token, cut ? IDS_TOKEN_ROOM : p->token_length, p->token_line, p->token_column,
                  cut};
    p->token_length = 0;
    p->state = IDS_BETWEEN;
    return w;
}

/* ---------------------------------------------------------------- shape */

bool ids_shape(const ids_parser *p, uint64_t *shape, unsigned *ndim, tokvec_error *err)
{
    if (p->ragged) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "the lists of IDs have different shapes");
        error_where(err, "%s", p->source == NULL ? "arguments" : p->source);
        return error_hint(err, "this format keeps the shape; jsonl, csv, tsv and raw do not");
    }
    *ndim = 0;
    if (p->first_ndim == 0 ? !(p->call_number && p->levels[0].items == 1) : p->levels[0].items > 1)
        shape[(*ndim)++] = p->levels[0].items;
    for (unsigned i = 0; i < p->first_ndim; i++)
        shape[(*ndim)++] = p->first_shape[i];
    return true;
}
