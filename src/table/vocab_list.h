/* vocab_list.h - a vocabulary in memory.
 * For files that are read from end to end: those of JSON, and those of one token a line.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_VOCAB_LIST_H
#define TOKVEC_TABLE_VOCAB_LIST_H

#include "base/file_map.h"
#include "table/vocab.h"

/* More tokens than any model has, and few enough to be kept. */
enum { VOCAB_LIST_MAX = 1 << 24 };

typedef struct list_token {
    int64_t id;
    size_t offset, length; /* of its bytes in the text of all */
    bool plain;            /* as stored_token.plain */
} list_token;

/* Made by vocab_list_new, filled, then sealed; released by tokvec_vocab_close. */
typedef struct vocab_list {
    tokvec_vocab base;
    list_token *tokens; /* once sealed, in the order of their IDs */
    size_t count, capacity;
    char *text;
    size_t used, reserved; /* of text */
    uint32_t *slots;       /* of a hash table: 1 + index of a token, or 0; NULL until it pays */
    size_t slot_count;     /* a power of two */
    unsigned finds;
} vocab_list;

vocab_list *vocab_list_new(tokvec_error *err);

/* Room for a token of `length` bytes; write it there before adding it. NULL on failure. */
char *vocab_list_room(vocab_list *list, size_t length, tokvec_error *err);

/* Adds the token that stands in the room. */
bool vocab_list_add(vocab_list *list, int64_t id, size_t length, bool plain, tokvec_error *err);

/* Adds a copy of a token. */
bool vocab_list_copy(vocab_list *list, int64_t id, stored_token token, tokvec_error *err);

/* Of the tokens from number `first` on that read alike, only the last stays: the way of an object
 * of JSON with the same key twice, in Python as in all tokenizers. */
bool vocab_list_keep_last(vocab_list *list, size_t first, tokvec_error *err);

/* Ends the filling. Of the tokens that were added for one ID, the first is its label. With
 * `guess`, chooses the alphabet by how many tokens begin with the character for a space. */
bool vocab_list_seal(vocab_list *list, bool guess, tokvec_error *err);

/* The kinds of files; NULL and an error if it is none. They borrow map only while they read. */
tokvec_vocab *vocab_json(const file_map *map, tokvec_error *err);
tokvec_vocab *vocab_lines(const file_map *map, tokvec_error *err);

/* True if the file begins as the JSON of a vocabulary does. */
bool vocab_json_recognise(const file_map *map);

#endif
