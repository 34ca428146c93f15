/* vocab_open.c - opening a vocabulary by what is in its file.
 * A weights file that has token strings is one.
 * SPDX-License-Identifier: MIT */
#include "table/weights.h"

/* The token strings of a weights file, which then belongs to the vocabulary. */
static tokvec_vocab *of_weights(tokvec_weights *weights, const char *path, tokvec_error *err)
{
    tokvec_error local;
    tokvec_vocab *vocab = tokvec_weights_vocab(weights, &local);
    if (vocab != NULL) {
        weights->vocab = NULL;
        vocab->owned = weights;
        return vocab;
    }
    if (local.code == TOKVEC_OK) {
        error_set(&local, TOKVEC_NOT_FOUND, "the file has no token strings");
        error_where(&local, "%s", path);
    }
    if (err != NULL)
        *err = local;
    tokvec_weights_close(weights);
    return NULL;
}

tokvec_vocab *tokvec_vocab_open(const char *path, tokvec_error *error)
{
    tokvec_weights *weights = tokvec_weights_open(path, error);
    return weights == NULL ? NULL : of_weights(weights, path, error);
}
