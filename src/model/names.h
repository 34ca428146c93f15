/* names.h - which tensor of a model is its token embedding.
 * By well-known names; where they do not decide, by being the only matrix.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_NAMES_H
#define TOKVEC_MODEL_NAMES_H

#include "model/names_match.h"
#include "table/weights.h"

/* The token embedding, with everything about it known, or NULL and an error that lists the
 * candidates. */
const tokvec_tensor *names_choose(tokvec_weights *weights, tokvec_error *err);

/* True if a model keeps its output head, a row a token too, under such a name. */
bool names_is_head(const char *name);

/* True if the rows of the tensor are those of tokens. */
bool names_are_tokens(tokvec_weights *weights, const tokvec_tensor *tensor);

/* The model's output head, plain or packed, if it is a tensor of its own beside the token
 * embedding; NULL if there is none. Everything about the tensors is known. */
const tokvec_tensor *names_head(const tokvec_weights *weights, const tokvec_tensor *embedding);

/* True if b, a matrix, is the decoder's table beside the encoder's, a, and another one: of another
 * shape, or of other values. */
bool names_differ_as_twins(tokvec_weights *weights, const tokvec_tensor *a, const tokvec_tensor *b);

/* The tensor that a safetensors file kept for a tied one that it dropped, of that name, or with
 * NULL of any token embedding's; NULL if its metadata tells of none. */
const tokvec_tensor *names_alias(tokvec_weights *weights, const char *name);

/* Fills in the error for a tensor name that is not there, with the nearest that is. */
void names_refuse(const tokvec_weights *weights, const char *name, tokvec_error *err);

#endif
