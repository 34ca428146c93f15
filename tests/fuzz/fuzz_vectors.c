/* fuzz_vectors.c - arbitrary text as query vectors.
 * However the text is cut into pieces, and whenever the vectors that are complete are taken away,
 * they, their labels and the error must be the same. The first two bytes choose the cuts and the
 * number of columns.
 * SPDX-License-Identifier: MIT */
#include "ids/vectors.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What came of a text, as text. */
typedef struct outcome {
    char *text;
    size_t length, capacity;
    uint64_t vectors;
    bool good;
    tokvec_error error;
} outcome;

static void note(outcome *o, const void *bytes, size_t n)
{
    if (n == 0)
        return;
    if (o->length + n > o->capacity) {
        o->capacity = 2 * (o->length + n);
        o->text = realloc(o->text, o->capacity);
        if (o->text == NULL)
            abort();
    }
    memcpy(o->text + o->length, bytes, n);
    o->length += n;
}

static void take(outcome *o, vectors_parser *p)
{
    for (uint64_t i = 0; i < p->count; i++) {
        const vector_label *label = &p->labels[i];
        for (uint64_t j = 0; j < p->dim; j++) {
            if (!isfinite(p->values[i * p->dim + j]))
                abort();
        }
        if (p->dim > 0)
            note(o, p->values + i * p->dim, p->dim * sizeof *p->values);
        if (label->has_id)
            note(o, &label->id, sizeof label->id);
        if (label->has_token) {
            if (label->token + label->length > p->text_length)
                abort();
            note(o, p->texts + label->token, label->length);
        }
    }
    o->vectors += p->count;
    vectors_clear(p);
}

/* Parses the text in pieces whose lengths come from a small generator; step 0: in one. */
static outcome parse(const char *text, size_t size, unsigned step, unsigned mode)
{
    outcome o = {.good = true};
    vectors_parser *p = calloc(1, sizeof *p);
    if (p == NULL)
        abort();
    p->dim = mode & 7;
    p->only_float64 = mode & 8;
    p->source = "text";
    unsigned state = step;
    for (size_t at = 0; o.good && at < size;) {
        state = state * 1103515245u + 12345u;
        size_t wanted = step == 0 ? size : 1 + (state >> 16) % step;
        size_t n = wanted < size - at ? wanted : size - at;
        char *piece = malloc(n); /* of just that size, for the sanitizer */
        if (piece == NULL)
            abort();
        memcpy(piece, text + at, n);
        o.good = vectors_parse(p, piece, n, &o.error);
        free(piece);
        at += n;
        take(&o, p);
    }
    o.good = o.good && vectors_parse_end(p, &o.error);
    take(&o, p);
    vectors_free(p);
    free(p);
    return o;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const char *text = (const char *)data + 2;
    unsigned mode = data[1];
    outcome whole = parse(text, size - 2, 0, mode);
    outcome cut = parse(text, size - 2, 1u + data[0] % 100u, mode);
    if (whole.good != cut.good || whole.vectors != cut.vectors || whole.length != cut.length ||
        (whole.length > 0 && memcmp(whole.text, cut.text, whole.length) != 0) ||
        memcmp(&whole.error, &cut.error, sizeof whole.error) != 0)
        abort();
    free(whole.text);
    free(cut.text);
    return 0;
}
