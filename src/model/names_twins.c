/* names_twins.c - the tables of an encoder and its decoder.
 * See names.h. Most models have one token embedding for both, and some files two copies of it.
 * SPDX-License-Identifier: MIT */
#include "model/names.h"

#include <stdlib.h>
#include <string.h>

/* Whether b has the name of a, but for "decoder." in place of "encoder.". */
static bool are_twins(const tokvec_tensor *a, const tokvec_tensor *b)
{
    static const char decoder[] = "decoder.", encoder[] = "encoder.";
    const size_t length = sizeof decoder - 1;
    const char *at = strstr(b->name, decoder);
    if (at == NULL)
        return false;
    const size_t before = (size_t)(at - b->name);
    return strncmp(a->name, b->name, before) == 0 &&
           strncmp(a->name + before, encoder, length) == 0 &&
           strcmp(a->name + before + length, at + length) == 0;
}

static tokvec_table *stored(tokvec_weights *weights, const tokvec_tensor *t)
{
    return weights_stored_table(weights, (size_t)(t - weights->tensors), false, NULL);
}

/* Compares rows spread over both tables, of the same shape and dtype. That of a model that was
 * trained with two differ nearly everywhere, and to go through all would take too long. */
static bool rows_differ(tokvec_table *a, tokvec_table *b)
{
    enum { LOOKS = 64 };
    const size_t bytes = (size_t)a->dim * tokvec_dtype_size(a->dtype);
    char *room = malloc(2 * bytes + 1);
    bool differ = false;
    for (uint64_t i = 0; room != NULL && !differ && i < LOOKS && i < a->rows; i++) {
        const uint64_t last = a->rows - 1;
        const int64_t id = (int64_t)(last < LOOKS ? i : last / (LOOKS - 1) * i);
        differ = tokvec_table_read(a, &id, 1, room, NULL) &&
                 tokvec_table_read(b, &id, 1, room + bytes, NULL) &&
                 memcmp(room, room + bytes, bytes) != 0;
    }
    free(room);
    return differ;
}

bool names_differ_as_twins(tokvec_weights *weights, const tokvec_tensor *a, const tokvec_tensor *b)
{
    if (!are_twins(a, b))
        return false;
    if (a->shape[0] != b->shape[0] || a->shape[1] != b->shape[1] || a->dtype != b->dtype)
        return true;
    tokvec_table *table_a = stored(weights, a), *table_b = stored(weights, b);
    bool differ = table_a != NULL && table_b != NULL && table_a->ops->prepare == NULL &&
                  table_b->ops->prepare == NULL && rows_differ(table_a, table_b);
    tokvec_table_close(table_a);
    tokvec_table_close(table_b);
    return differ;
}
