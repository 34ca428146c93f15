/* vocab_list.h - a vocabulary in memory.
 * For files that are read from end to end: those of JSON, and those of one token a line.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_VOCAB_VOCAB_LIST_H
#define TOKVEC_VOCAB_VOCAB_LIST_H

#include "io/file_map.h"
#include "vocab/vocab.h"

#include <string.h>

/* More tokens than any model has, and few enough to be kept. */
enum { VOCAB_LIST_MAX = 1 << 24 };

/* Behind each token in the list so many bytes more can be read; and written, behind one that is
 * not yet added. */
enum { LIST_SLACK = 16 };

/* Where a token was said, the best source first: of two that read alike, only the token from the
 * better source stays. */
typedef enum list_origin {
    LIST_MODEL = 0, /* among those of the model, in its alphabet */
    LIST_ADDED,     /* among the added ones, as text */
    LIST_BESIDE     /* in a file of added tokens: counts only for an ID without a token */
} list_origin;

typedef struct list_token {
    int64_t id;
    size_t offset;   /* of its bytes in the text of all: rises in the order of adding */
    uint32_t length; /* of them */
    uint8_t origin;  /* a list_origin */
    bool dropped;    /* only while it is sealed */
} list_token;

/* Made by vocab_list_new, filled, then sealed; released by tokvec_vocab_close. */
typedef struct vocab_list {
    tokvec_vocab base;
    list_token *tokens; /* once sealed, in the order of their IDs */
    size_t count, capacity;
    char *text;
    size_t used, reserved; /* of text */
    uint32_t *slots;       /* of a hash table; NULL until it pays */
    size_t slot_count;     /* a power of two */
    unsigned finds;
    list_origin origin; /* of the tokens that are added next */
    bool added_plain;   /* tokens that are not of the model are text as it is */
    bool keep;          /* all tokens stay, whatever they read */
    bool unique;        /* of the model's tokens that read alike only the last counts, as of the
                           equal keys of a JSON object; otherwise each has its ID */
    bool apart;         /* tokens of the model and added ones that read alike both stay */
    bool finds_last;    /* of tokens that read alike and have each its ID, the last is found */
} vocab_list;

vocab_list *vocab_list_new(tokvec_error *err);

/* Takes room for the tokens of a file of that size at once: growing bit by bit takes longer than
 * reading. Memory is only what is then used. That there is none is no failure yet. */
void vocab_list_expect(vocab_list *list, uint64_t file_size);

/* Room for a token of `length` bytes; write it there before adding it. NULL on failure. */
static inline char *vocab_list_room(vocab_list *list, size_t length, tokvec_error *err);

/* Adds the token that stands in the room. */
static inline bool vocab_list_add(vocab_list *list, int64_t id, size_t length, tokvec_error *err);

/* A token to its room. `end` is behind the last byte that can be read after it: a short token in
 * the midst of others is copied with what comes next, which takes no call. */
static inline void vocab_list_copy(char *room, tokvec_text token, const char *end)
{
    if (token.length <= LIST_SLACK && end - token.bytes >= LIST_SLACK)
        memcpy(room, token.bytes, LIST_SLACK);
    else if (token.length > 0)
        memcpy(room, token.bytes, token.length);
}

/* Room for it, the token, and its addition in one. */
bool vocab_list_add_text(vocab_list *list, int64_t id, tokvec_text token, tokvec_error *err);

/* Ends the filling, until more is added. Of the tokens that were added for one ID, the first from
 * the best source is its label. With `guess`, chooses the alphabet by how many tokens begin with
 * the character for a space. */
bool vocab_list_seal(vocab_list *list, bool guess, tokvec_error *err);

/* Whether no two tokens read alike, but one of the model and one that is not. The list is sealed.
 */
bool vocab_list_differ(vocab_list *list, bool *differ, tokvec_error *err);

/* Adds `offset` to the ID of each token and drops those whose ID is then below `first`. The list is
 * sealed, and stays so. */
void vocab_list_shift(vocab_list *list, int64_t offset, int64_t first);

/* The list that a vocabulary is, or NULL if it is of another kind. */
vocab_list *vocab_list_of(tokvec_vocab *vocab);

/* ---- what is inline above ------------------------------------------------------------------- */

char *vocab_list_more_room(vocab_list *list, size_t length, tokvec_error *err);
bool vocab_list_more_tokens(vocab_list *list, tokvec_error *err);

static inline char *vocab_list_room(vocab_list *list, size_t length, tokvec_error *err)
{
    bool enough = length <= INT32_MAX && list->used + LIST_SLACK <= list->reserved &&
                  length <= list->reserved - list->used - LIST_SLACK;
    return enough ? list->text + list->used : vocab_list_more_room(list, length, err);
}

static inline bool vocab_list_add(vocab_list *list, int64_t id, size_t length, tokvec_error *err)
{
    if ((list->count == list->capacity || list->slots != NULL) &&
        !vocab_list_more_tokens(list, err))
        return false;
    list->tokens[list->count++] = (list_token){.id = id,
                                               .offset = list->used,
                                               .length = (uint32_t)length,
                                               .origin = (uint8_t)list->origin};
    list->used += length + 1; /* so that each has an offset of its own */
    return true;
}

#endif
