/* metadata.c - printing what a weights file says beside its tensors.
 * See metadata.h.
 * SPDX-License-Identifier: MIT */
#include "cli/metadata.h"

#include "print/cell.h"
#include "text/decimal.h"
#include "text/put.h"

#include <math.h>

enum {
    SHOWN_MAX = 3,    /* elements of a list, in lines */
    TEXT_MAX = 72,    /* columns of a text */
    ELEMENT_MAX = 20, /* columns of a text in a list */
    LEVELS_MAX = 8,   /* of lists in lists; deeper ones are left out */
};

/* A list that is open. */
typedef struct level {
    uint64_t printed, count; /* of its elements */
    const char *type;        /* and theirs */
} level;

/* One printing, and where in the nested lists it is. */
typedef struct printer {
    sink *out;
    bool json;
    size_t key_width; /* lines: of the longest key */
    size_t pairs;     /* printed so far */
    unsigned depth;   /* of lists */
    level levels[LEVELS_MAX];
} printer;

static void print_real(printer *p, const tokvec_value *value)
{
    double real = value->as.real;
    if (p->json && !isfinite(real)) {
        sink_text(p->out, "null");
        return;
    }
    char *at = sink_reserve(p->out, DECIMAL_ROOM);
    bool narrow = strcmp(value->type, "float32") == 0;
    sink_advance(p->out, narrow ? decimal_float32((float)real, at) : decimal_float64(real, at));
}

static void print_text(printer *p, const char *text)
{
    if (p->json) {
        put_json_string(p->out, text);
    } else if (p->depth > 0) {
        sink_text(p->out, "\"");
        cell_write(p->out, text, ELEMENT_MAX);
        sink_text(p->out, "\"");
    } else {
        cell_write(p->out, text, TEXT_MAX);
    }
}

static void print_scalar(printer *p, const tokvec_value *value)
{
    switch (value->kind) {
    case TOKVEC_VALUE_TEXT: print_text(p, value->as.text); break;
    case TOKVEC_VALUE_NATURAL: put_uint(p->out, value->as.natural); break;
    case TOKVEC_VALUE_INTEGER: put_int(p->out, value->as.integer); break;
    case TOKVEC_VALUE_REAL: print_real(p, value); break;
    case TOKVEC_VALUE_TRUTH: sink_text(p->out, value->as.truth ? "true" : "false"); break;
    case TOKVEC_VALUE_LIST:
    case TOKVEC_VALUE_LIST_END: break;
    }
}

static void begin_pair(printer *p, const char *key)
{
    if (p->json) {
        sink_text(p->out, p->pairs == 0 ? "\n  " : ",\n  ");
        put_json_string(p->out, key);
        sink_text(p->out, ": ");
    } else {
        for (size_t width = cell_write(p->out, key, TEXT_MAX); width < p->key_width + 2; width++)
            sink_text(p->out, " ");
    }
    p->pairs++;
}

static void begin_list(printer *p, const tokvec_value *list)
{
    sink_text(p->out, "[");
    p->levels[p->depth++] = (level){.count = list->as.count, .type = list->type};
}

/* Closes a list, and says how long it is if not all of it was printed. */
static void end_list(printer *p)
{
    const level *l = &p->levels[--p->depth];
    if (l->printed < l->count) {
        sink_text(p->out, l->printed > 0 ? ", ... " : "");
        put_uint(p->out, l->count);
        sink_text(p->out, " ");
        sink_text(p->out, l->type);
        sink_text(p->out, "s");
    }
    sink_text(p->out, "]");
}

/* Whether the elements of the list, or the rest of them, are printed. */
static bool wants_more(const printer *p)
{
    if (p->depth == 0 || p->json)
        return true;
    const level *l = &p->levels[p->depth - 1];
    return l->count <= 2 * SHOWN_MAX || l->printed < SHOWN_MAX;
}

static bool print_value(void *context, const tokvec_value *value)
{
    printer *p = context;
    if (value->kind == TOKVEC_VALUE_LIST_END) {
        end_list(p);
    } else {
        if (value->key != NULL)
            begin_pair(p, value->key);
        else if (p->levels[p->depth - 1].printed++ > 0)
            sink_text(p->out, ", ");
        if (value->kind == TOKVEC_VALUE_LIST)
            begin_list(p, value);
        else
            print_scalar(p, value);
    }
    if (p->depth == 0 && !p->json)
        sink_text(p->out, "\n");
    return p->depth < LEVELS_MAX && wants_more(p);
}

static bool measure_key(void *context, const tokvec_value *value)
{
    printer *p = context;
    size_t width = value->key == NULL ? 0 : cell_write(NULL, value->key, TEXT_MAX);
    if (width > p->key_width)
        p->key_width = width;
    return false;
}

bool metadata_lines(sink *out, tokvec_weights *weights, tokvec_error *err)
{
    printer p = {.out = out};
    return tokvec_weights_metadata(weights, measure_key, &p, err) &&
           tokvec_weights_metadata(weights, print_value, &p, err);
}

bool metadata_json(sink *out, tokvec_weights *weights, tokvec_error *err)
{
    printer p = {.out = out, .json = true};
    sink_text(out, "{");
    bool good = tokvec_weights_metadata(weights, print_value, &p, err);
    sink_text(out, "}");
    return good;
}
