/* vocab.h - what a kind of vocabulary provides.
 * A kind knows tokens as they are stored; vocab.c turns them into text and back by the alphabet
 * that the kind names, and makes the messages.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_VOCAB_H
#define TOKVEC_TABLE_VOCAB_H

#include "base/error.h"
#include "table/alphabet.h"

typedef struct vocab_ops {
    uint64_t (*count)(tokvec_vocab *vocab);
    /* As tokvec_vocab_token, as it is stored; NULL: token `index` has the ID `index`. */
    bool (*token)(tokvec_vocab *vocab, uint64_t index, int64_t *id, tokvec_text *stored,
                  tokvec_error *err);
    /* As tokvec_vocab_label, as it is stored. */
    bool (*label)(tokvec_vocab *vocab, int64_t id, tokvec_text *stored, tokvec_error *err);
    /* The lowest ID of a token that is stored so. If there is none, err->code becomes
     * TOKVEC_NOT_FOUND (see vocab_missing); the caller makes the message. */
    bool (*find)(tokvec_vocab *vocab, tokvec_text stored, int64_t *id, tokvec_error *err);
    /* Releases what the vocabulary owns, and the vocabulary. */
    void (*close)(tokvec_vocab *vocab);
} vocab_ops;

/* The first member of every kind's own struct; what follows ops is 0 to begin with, but for the
 * alphabet, if the kind has one. */
struct tokvec_vocab {
    const vocab_ops *ops;
    alphabet alphabet;
    bool raw;   /* show and take tokens as they are stored */
    char *room; /* for labels and spellings; released by tokvec_vocab_close */
    size_t reserved;
    void *owner;                  /* what the vocabulary borrows from, if it goes with it */
    void (*release)(void *owner); /* called after close(); NULL: there is nothing to release */
};

/* "token ID 7 has no token string": for label() and, in short, for find(). Return false. */
bool vocab_no_label(int64_t id, tokvec_error *err);
bool vocab_missing(tokvec_error *err);

#endif
