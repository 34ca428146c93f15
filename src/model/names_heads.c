/* names_heads.c - which tensor of a model is its output head.
 * See names.h.
 * SPDX-License-Identifier: MIT */
#include "model/names.h"

#include "model/packed.h"

#include <stdio.h>
#include <string.h>

/* Names that are those of nothing else; others may be classifiers', which have other shapes. */
static bool is_surely_head(const char *name)
{
    static const char *const parts[] = {"lm_head", "embed_out", "predictions.decoder"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strstr(name, parts[i]) != NULL)
            return true;
    }
    return false;
}

/* Also by the name of its codes. */
static bool is_head(const char *name)
{
    char plain[300];
    size_t stem = packed_stem(name);
    if (names_is_head(name))
        return true;
    int n = snprintf(plain, sizeof plain, "%.*s.weight", (int)(stem < 200 ? stem : 200), name);
    return stem > 0 && n > 0 && names_is_head(plain);
}

const tokvec_tensor *names_head(const tokvec_weights *weights, const tokvec_tensor *embedding)
{
    const tokvec_tensor *found = NULL;
    for (size_t i = 0; i < weights->count; i++) {
        const tokvec_tensor *t = &weights->tensors[i];
        if (t == embedding || t->ndim != 2 || embedding->ndim != 2 || !is_head(t->name))
            continue;
        if (t->shape[0] == embedding->shape[0] && t->shape[1] == embedding->shape[1])
            return t;
        if (found == NULL && is_surely_head(t->name))
            found = t;
    }
    return found;
}
