/* fuzz_ids.c - arbitrary text as token IDs.
 * However the text is cut into pieces, the IDs, their shape and the error must be the same. The
 * first two bytes choose the cuts and the mode.
 * SPDX-License-Identifier: MIT */
#include "ids/parser.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS = 1000, AT_ONCE = 256, POSITIONS = 20, FIRST_POSITION = 3 };
enum { RANGES = 1, TOKENS = 2, LINES = 4, NO_VOCAB = 8, SEQUENCES = 16 }; /* bits of the mode */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What came of a text. */
typedef struct outcome {
    id_list list;
    sequences sequences;
    ids_parser parser;
    bool good, rectangle;
    uint64_t shape[IDS_MAX_DEPTH + 1];
    unsigned ndim;
    tokvec_error error;
} outcome;

/* As tokvec_vocab_find: some tokens are unknown, some have IDs out of range, and there may be no
 * vocabulary. */
static bool find(void *context, tokvec_text token, int64_t *id, tokvec_error *err)
{
    uint64_t sum = token.length;
    for (size_t i = 0; i < token.length; i++)
        sum = sum * 31 + (unsigned char)token.bytes[i];
    *id = (int64_t)(sum % (ROWS + 100));
    if (*(const unsigned *)context & NO_VOCAB)
        err->code = TOKVEC_OK;
    else if (sum % 7 == 0)
        error_set(err, TOKVEC_NOT_FOUND, "no such token");
    else
        return true;
    return false;
}

/* Parses the text in pieces whose lengths come from a small generator; step 0: in one. */
static outcome *parse(const char *text, size_t size, unsigned step, unsigned mode)
{
    outcome *o = calloc(1, sizeof *o);
    if (o == NULL)
        abort();
    o->parser.list = &o->list;
    o->parser.rows = ROWS;
    o->parser.range_hint = "valid are 0 to 999";
    o->parser.source = "text";
    o->parser.allow_ranges = mode & RANGES;
    o->parser.find = mode & (TOKENS | LINES | NO_VOCAB) ? find : NULL;
    o->parser.find_context = &mode;
    o->parser.lines = mode & LINES;
    o->sequences = (sequences){.first = FIRST_POSITION, .limit = POSITIONS};
    o->parser.sequences = mode & SEQUENCES ? &o->sequences : NULL;
    o->parser.position_hint = "valid are 0 to 19";
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
    }
    o->good = o->good && ids_parse_end(&o->parser, &o->error);
    o->rectangle = o->good && ids_shape(&o->parser, o->shape, &o->ndim, &o->error);
    return o;
}

static void compare_lists(const id_list *a, const id_list *b)
{
    if (a->count != b->count)
        abort();
    for (uint64_t at = 0; at < a->count; at += AT_ONCE) {
        int64_t x[AT_ONCE], y[AT_ONCE];
        size_t n = a->count - at < AT_ONCE ? (size_t)(a->count - at) : AT_ONCE;
        id_list_get(a, at, n, x);
        id_list_get(b, at, n, y);
        if (memcmp(x, y, n * sizeof *x) != 0)
            abort();
        for (size_t i = 0; i < n; i++) {
            if (x[i] < 0 || x[i] >= ROWS)
                abort();
        }
    }
}

/* Positions are the same, in range, and count within the lists of a rectangle. */
static void compare_positions(const outcome *a, const outcome *b)
{
    uint64_t length = a->ndim == 0 ? 1 : a->shape[a->ndim - 1];
    for (uint64_t at = 0; a->parser.sequences != NULL && at < a->list.count; at++) {
        int64_t x, y;
        if (sequences_get(&a->sequences, at, 1, &x) != x ||
            sequences_get(&b->sequences, at, 1, &y) != y || x != y || x < FIRST_POSITION ||
            x >= POSITIONS || (a->rectangle && (uint64_t)x != FIRST_POSITION + at % length))
            abort();
    }
}

/* The IDs fill the shape. */
static void check_shape(const outcome *o)
{
    uint64_t product = 1;
    for (unsigned i = 0; i < o->ndim; i++)
        product *= o->shape[i];
    if (o->rectangle && product != o->list.count)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const char *text = (const char *)data + 2;
    size_t length = size - 2;
    unsigned mode = data[1];
    outcome *whole = parse(text, length, 0, mode);
    outcome *cut = parse(text, length, 1u + data[0] % 100u, mode);
    if (whole->good != cut->good || whole->rectangle != cut->rectangle ||
        whole->ndim != cut->ndim || memcmp(whole->shape, cut->shape, sizeof whole->shape) != 0 ||
        memcmp(&whole->error, &cut->error, sizeof whole->error) != 0)
        abort();
    compare_lists(&whole->list, &cut->list);
    compare_positions(whole, cut);
    check_shape(whole);
    id_list_free(&whole->list);
    id_list_free(&cut->list);
    sequences_free(&whole->sequences);
    sequences_free(&cut->sequences);
    free(whole);
    free(cut);
    return 0;
}
