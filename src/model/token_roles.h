/* token_roles.h - which rows of a table belong to tokens, and which of these are never words.
 * Special tokens, and those that vocabularies reserve, may well have rows that no training touched.
 * By the vocabulary, and by what the files of a model say: tokenizer.json, tokenizer_config.json,
 * special_tokens_map.json, added_tokens.json, config.json, generation_config.json, and the pairs of
 * a GGUF file.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_TOKEN_ROLES_H
#define TOKVEC_MODEL_TOKEN_ROLES_H

#include "table/weights.h"

/* Of a row, to be added; none: it has no token. */
enum {
    TOKEN_THERE = 1,
    TOKEN_ADDED = 2,   /* to a vocabulary that was there before */
    TOKEN_SPECIAL = 4, /* bos, eos, pad and their like; reserved ones; bytes that no text has */
    TOKEN_STAND_IN = 8 /* stands for a picture or a sound, whose vectors come from elsewhere */
};

/* A token whose ID no row has. */
typedef struct token_homeless {
    int64_t id;
    uint8_t role;
} token_homeless;

/* Where roles are looked for; all is borrowed, only while it is looked at. */
typedef struct token_sources {
    tokvec_weights *weights;
    tokvec_table *table;
    tokvec_vocab *vocab;    /* NULL: every row is taken for that of a token */
    bool by_row;            /* the vocabulary's IDs are numbers of rows */
    const char *vocab_file; /* that may be a tokenizer.json; or NULL */
    const char *folder;     /* with the files of a tokenizer; or NULL */
    const char *config;     /* path of the model's config.json; or NULL */
} token_sources;

/* Starts as {0}; released by token_roles_free. */
typedef struct token_roles {
    uint8_t *of_row; /* one a row */
    uint64_t rows;
    token_homeless *homeless; /* in the order of their IDs */
    size_t homeless_count, homeless_capacity;
} token_roles;

bool token_roles_find(token_roles *roles, const token_sources *from, tokvec_error *err);
void token_roles_free(token_roles *roles);

/* ---- between the files token_roles*.c ------------------------------------------------------- */

/* Adds to what is known of the token with that ID, as files of the model number it. */
void token_roles_add(token_roles *roles, const token_sources *from, int64_t id, uint8_t role);

/* Adds what the files say. What is wrong with them is not told here: it changes no number. False,
 * with an error, without memory. */
bool token_roles_of_files(token_roles *roles, const token_sources *from, tokvec_error *err);

#endif
