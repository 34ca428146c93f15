/* piece_ids.h - which IDs a model gives to the pieces of its SentencePiece model.
 * In Llama, ALBERT or T5 it is their places; models that came from fairseq, and Pegasus, put tokens
 * of their own before them, as BERTweet and PhoBERT do before the words of fairseq's list. Which it
 * is tell tokenizer_config.json and config.json beside the file, by the name of the tokenizer's
 * class or the model's type.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_PIECE_IDS_H
#define TOKVEC_MODEL_PIECE_IDS_H

#include "text/json.h"
#include "vocab/vocab_list.h"

typedef struct piece_class piece_class;

/* How the model in a folder numbers its pieces. Released by piece_ids_free. */
typedef struct piece_ids {
    const piece_class *class; /* NULL: one that is not known */
    cJSON *config;            /* tokenizer_config.json, or NULL */
    size_t pieces;
} piece_ids;

/* What has the IDs of a model with a SentencePiece model. */
typedef enum piece_numbers {
    PIECES_UNKNOWN,  /* the tokenizer's class is not known */
    PIECES_NUMBERED, /* its pieces */
    PIECES_ELSEWHERE /* another file */
} piece_numbers;

/* Finds out which of these it is in the folder. */
bool piece_ids_where(const char *folder, piece_numbers *where, tokvec_error *err);

/* Finds out how the model in the folder numbers its pieces, and gives each of the list its ID.
 * Fails, with an error, if it does not number them at all, but those of another file. */
bool piece_ids_number(piece_ids *ids, vocab_list *list, const char *folder, tokvec_error *err);

/* Adds the tokens that the class itself has, where none was added from the files in the folder;
 * the list is then to be sealed. */
bool piece_ids_complete(const piece_ids *ids, vocab_list *list, tokvec_error *err);

void piece_ids_free(piece_ids *ids);

#endif
