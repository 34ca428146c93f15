/* json_labels.c - what names the rows of a table in JSON: their IDs, and their words.
 * See json_labels.h.
 * SPDX-License-Identifier: MIT */
#include "formats/words/json_labels.h"

#include "text/number.h"

#include <stdio.h>

bool json_text_is_id(tokvec_text text, int64_t *id)
{
    const char *end = text.bytes + text.length;
    if (text.length == 0 || *text.bytes < '0' || *text.bytes > '9' ||
        (*text.bytes == '0' && text.length > 1))
        return false;
    return number_read(TOKVEC_INT64, text.bytes, end, id) == end;
}

/* A value that is neither a list nor an object, without its quotes. */
static tokvec_text scalar_text(json_cursor value)
{
    if (json_look(&value) == '"')
        return json_take_string(&value);
    const char *begin = value.at;
    json_skip_value(&value);
    return (tokvec_text){begin, (size_t)(value.at - begin)};
}

bool json_take_id(json_cursor value, int64_t *id)
{
    *id = NUMBERING_NO_ID;
    return json_look(&value) == 'n' || json_text_is_id(scalar_text(value), id);
}

const char *json_labels_add(json_labels *l, json_cursor value)
{
    int c = json_look(&value);
    uint64_t row = l->count++;
    int64_t id;
    bool is_id = json_take_id(value, &id);
    if (c == 'n')
        return NULL;
    l->no_ids = l->no_ids || !is_id;
    l->no_texts = l->no_texts || c != '"';
    l->odd = l->odd || (is_id && (uint64_t)id != row);
    if (!l->no_ids || !l->no_texts)
        return NULL;
    if (c == '"')
        return "the ID is text, but one before it is a number";
    return is_id ? "the ID is a number, but one before it is text"
                 : "the ID is not an integer from 0 to 2^63-1";
}

bool json_take_word(json_cursor value, text_rows_room *room, tokvec_text *word, tokvec_error *err)
{
    int c = json_look(&value);
    *word = (tokvec_text){"", 0};
    if (c == 'n')
        return true;
    *word = scalar_text(value);
    return c != '"' || json_resolve(*word, room, word, err);
}

void json_warn_of_numbers(tokvec_weights *weights)
{
    snprintf(weights->warning, sizeof weights->warning,
             "the words of this table are numbers, but not the numbers of its rows: a number "
             "without quotes is a row, not a word");
}
