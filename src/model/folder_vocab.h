/* folder_vocab.h - the vocabulary in a model's folder.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_FOLDER_VOCAB_H
#define TOKVEC_MODEL_FOLDER_VOCAB_H

#include "table/weights.h"

/* Opens the vocabulary that tokenizers keep in a folder, with the tokens that were added to it.
 * TOKVEC_NOT_FOUND: there is none. */
tokvec_vocab *folder_vocab_open(const char *folder, tokvec_error *err);

/* Makes of the vocabulary in a file that of the model in the folder: gives pieces the IDs that they
 * have there, and adds the tokens that were added. */
bool folder_vocab_settle(tokvec_vocab *vocab, const char *folder, tokvec_error *err);

/* The path of the first file in the folder that is named as a vocabulary, which the caller frees;
 * NULL without an error (code TOKVEC_OK) if there is none. */
char *folder_vocab_path(const char *folder, tokvec_error *err);

/* The same for the file that folder_vocab_open takes, which may be fairseq's list beside it. */
char *folder_vocab_taken(const char *folder, tokvec_error *err);

/* The folder that has the vocabulary of weights, near them; the caller frees it. NULL, and without
 * an error (code TOKVEC_OK), if there is none. */
char *folder_vocab_beside(const tokvec_weights *weights, tokvec_error *err);

/* True for the name of a vocabulary. */
bool folder_vocab_is_name(const char *name);

/* True if a file of that name has tokens that were added to a tokenizer. */
bool folder_vocab_is_added(const char *name);

#endif
