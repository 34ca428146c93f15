/* gguf_metadata.c - the key/value pairs of a GGUF file as tokvec_weights_metadata gives them.
 * See gguf.h for going through them without copies.
 * SPDX-License-Identifier: MIT */
#include "formats/gguf/gguf.h"

#include "base/utf8_copy.h"

#include <stdlib.h>

/* What stays the same while the pairs are gone through. */
typedef struct tour {
    tokvec_visitor *visit;
    void *context;
    tokvec_error *err;
} tour;

/* Everything but lists. A text is copied: in the file it has no end of its own. */
static bool give_scalar(const tour *t, const char *key, const gguf_value *value, bool *go_on)
{
    tokvec_value given = {.key = key, .type = gguf_type_name(value->type)};
    char *text = NULL;
    switch (value->type) {
    case GGUF_STRING:
        text = utf8_copy(value->as.text.bytes, value->as.text.length, t->err);
        if (text == NULL)
            return false;
        given.kind = TOKVEC_VALUE_TEXT;
        given.as.text = text;
        break;
    case GGUF_INT8:
    case GGUF_INT16:
    case GGUF_INT32:
    case GGUF_INT64:
        given.kind = TOKVEC_VALUE_INTEGER;
        given.as.integer = value->as.integer;
        break;
    case GGUF_FLOAT32:
    case GGUF_FLOAT64:
        given.kind = TOKVEC_VALUE_REAL;
        given.as.real = value->as.real;
        break;
    case GGUF_BOOL:
        given.kind = TOKVEC_VALUE_TRUTH;
        given.as.truth = value->as.truth;
        break;
    default:
        given.kind = TOKVEC_VALUE_NATURAL;
        given.as.natural = value->as.natural;
        break;
    }
    *go_on = t->visit(t->context, &given);
    free(text);
    return true;
}

/* A value with all that is in it; lists nest no deeper than the header's check allows. */
static bool give(const tour *t, const gguf_cursor *cursor, const char *key, const gguf_value *value,
                 bool *go_on)
{
    if (value->type != GGUF_ARRAY)
        return give_scalar(t, key, value, go_on);
    tokvec_value list = {.key = key,
                         .kind = TOKVEC_VALUE_LIST,
                         .type = gguf_type_name(value->as.array.type),
                         .as.count = value->as.array.count};
    gguf_cursor elements = gguf_elements(cursor, value);
    bool within = t->visit(t->context, &list);
    gguf_value element;
    while (within && gguf_next_element(&elements, &element)) {
        if (!give(t, &elements, NULL, &element, &within))
            return false;
    }
    if (within && elements.left > 0)
        return false;
    list.key = NULL;
    list.kind = TOKVEC_VALUE_LIST_END;
    *go_on = t->visit(t->context, &list);
    return true;
}

bool gguf_metadata(tokvec_weights *weights, tokvec_visitor *visit, void *context, tokvec_error *err)
{
    tour t = {visit, context, err};
    gguf_cursor cursor = gguf_pairs(weights);
    cursor.err = err;
    tokvec_text name;
    gguf_value value;
    while (gguf_next_pair(&cursor, &name, &value)) {
        bool unused;
        char *key = utf8_copy(name.bytes, name.length, err);
        bool good = key != NULL && give(&t, &cursor, key, &value, &unused);
        free(key);
        if (!good)
            return false;
    }
    return cursor.left == 0;
}
