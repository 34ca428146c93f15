/* fuzz_bags.c - arbitrary text as bags of token IDs, with and without weights.
 * However the text is cut into pieces, the bags, their weights and the error must be the same, and
 * so must they if complete bags are dropped between the pieces. The first two bytes choose the cuts
 * and the mode.
 * SPDX-License-Identifier: MIT */
#include "ids/parser.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 1000 };
enum { WEIGHTED = 1, TOKENS = 2, LINES = 4 }; /* bits of the mode */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Bags one after the other: the IDs of each, then -1; and the weights of all. */
typedef struct record {
    int64_t *ids;
    double *weights;
    size_t count, weight_count, room;
} record;

typedef struct outcome {
    ids_bags bags;
    ids_parser parser;
    record seen;
    bool good;
    tokvec_error error;
} outcome;

/* As tokvec_vocab_find: some tokens are unknown. */
static bool find(void *context, tokvec_text token, int64_t *id, tokvec_error *err)
{
    (void)context;
    uint64_t sum = token.length;
    for (size_t i = 0; i < token.length; i++)
        sum = sum * 31 + (unsigned char)token.bytes[i];
    *id = (int64_t)(sum % ROWS);
    return sum % 7 != 0 || error_set(err, TOKVEC_NOT_FOUND, "no such token");
}

static bool weigh(tokvec_dtype dtype, double value, double *weight)
{
    *weight = dtype == TOKVEC_FLOAT32 ? (double)(float)value : value;
    return isfinite(*weight);
}

static void add(record *r, int64_t id)
{
    if (r->count == r->room) {
        r->room = 2 * r->room + 64;
        r->ids = realloc(r->ids, r->room * sizeof *r->ids);
        r->weights = realloc(r->weights, r->room * sizeof *r->weights);
        if (r->ids == NULL || r->weights == NULL)
            abort();
    }
    r->ids[r->count++] = id;
}

/* Takes the complete bags over. */
static void take(outcome *o)
{
    bag_list *list = &o->bags.list;
    for (size_t b = 0; b < list->count; b++) {
        uint64_t at, end;
        bag_list_range(list, list->first + b, &at, &end);
        for (; at < end; at++) {
            int64_t id;
            id_list_get(&list->ids, at, 1, &id);
            if (id < 0 || id >= ROWS)
                abort();
            add(&o->seen, id);
            if (o->bags.weighted)
                o->seen.weights[o->seen.weight_count++] = list->weights[at];
        }
        add(&o->seen, -1);
    }
}

/* Parses the text in pieces whose lengths come from a small generator; step 0: in one. */
static outcome *parse(const char *text, size_t size, unsigned step, unsigned mode)
{
    outcome *o = calloc(1, sizeof *o);
    if (o == NULL)
        abort();
    o->bags.weighted = mode & WEIGHTED;
    o->bags.weigh = weigh;
    o->bags.dtype = TOKVEC_FLOAT32;
    o->parser.bags = &o->bags;
    o->parser.list = &o->bags.list.ids;
    o->parser.rows = ROWS;
    o->parser.range_hint = "valid are 0 to 999";
    o->parser.source = "text";
    o->parser.find = mode & (TOKENS | LINES) ? find : NULL;
    o->parser.lines = mode & LINES;
    ids_parser_start(&o->parser);
    unsigned state = step;
    o->good = true;
    for (size_t at = 0; o->good && at < size;) {
        state = state * 1103515245u + 12345u;
        size_t wanted = step == 0 ? size : 1 + (state >> 16) % step;
        size_t n = wanted < size - at ? wanted : size - at;
        char *piece = malloc(n); /* of just that size, for the sanitizer */
        if (piece == NULL)
            abort();
        memcpy(piece, text + at, n);
        o->good = ids_parse(&o->parser, piece, n, &o->error);
        free(piece);
        at += n;
        if (step % 2 == 1) {
            take(o);
            if (!bag_list_drop(&o->bags.list, NULL))
                abort();
        }
    }
    o->good = o->good && ids_parse_end(&o->parser, &o->error);
    take(o);
    if (o->good && o->bags.weighted && o->bags.list.weight_count != o->bags.list.ids.count)
        abort();
    return o;
}

static void release(outcome *o)
{
    bag_list_free(&o->bags.list);
    free(o->seen.ids);
    free(o->seen.weights);
    free(o);
}

static bool same(const void *a, const void *b, size_t n)
{
    return n == 0 || memcmp(a, b, n) == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const char *text = (const char *)data + 2;
    unsigned mode = data[1];
    outcome *whole = parse(text, size - 2, 0, mode);
    outcome *cut = parse(text, size - 2, 1u + data[0] % 100u, mode);
    const record *a = &whole->seen, *b = &cut->seen;
    if (whole->good != cut->good || a->count != b->count || a->weight_count != b->weight_count ||
        !same(a->ids, b->ids, a->count * sizeof *a->ids) ||
        !same(a->weights, b->weights, a->weight_count * sizeof *a->weights) ||
        memcmp(&whole->error, &cut->error, sizeof whole->error) != 0)
        abort();
    release(whole);
    release(cut);
    return 0;
}
