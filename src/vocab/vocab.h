/* vocab.h - what a kind of vocabulary provides.
 * A kind knows tokens as they are stored; vocab.c turns them into text and back by the alphabet
 * that the kind names, and makes the messages.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_VOCAB_VOCAB_H
#define TOKVEC_VOCAB_VOCAB_H

#include "base/error.h"
#include "vocab/alphabet.h"

/* A token as it is stored. */
typedef struct stored_token {
    tokvec_text text;
    bool plain; /* text as it is, whatever the alphabet of the others: added and control tokens */
} stored_token;

/* Among which tokens one is looked for: all, those in the alphabet, those that are plain. */
typedef enum token_kind { TOKEN_ANY, TOKEN_SPELT, TOKEN_PLAIN } token_kind;

typedef struct vocab_ops {
    uint64_t (*count)(tokvec_vocab *vocab);
    /* As tokvec_vocab_last_id, where that takes less than all tokens; NULL: the last token's. */
    int64_t (*last_id)(tokvec_vocab *vocab);
    /* As tokvec_vocab_token, as it is stored; NULL: token `index` has the ID `index`. */
    bool (*token)(tokvec_vocab *vocab, uint64_t index, int64_t *id, stored_token *stored,
                  tokvec_error *err);
    /* As tokvec_vocab_label, as it is stored. */
    bool (*label)(tokvec_vocab *vocab, int64_t id, stored_token *stored, tokvec_error *err);
    /* The lowest ID of a token of that kind that is stored so. If there is none, err->code becomes
     * TOKVEC_NOT_FOUND (see vocab_missing); the caller makes the message. Where the alphabet is
     * ALPHABET_PLAIN, the kind is TOKEN_ANY. */
    bool (*find)(tokvec_vocab *vocab, tokvec_text stored, token_kind kind, int64_t *id,
                 tokvec_error *err);
    /* As vocab_expect; NULL: nothing is won by that. */
    bool (*expect)(tokvec_vocab *vocab, const tokvec_text *tokens, size_t n, tokvec_error *err);
    /* Releases what the vocabulary owns, and the vocabulary. */
    void (*close)(tokvec_vocab *vocab);
} vocab_ops;

/* The first member of every kind's own struct; what follows ops is 0 to begin with, but for the
 * alphabet, if the kind has one. */
struct tokvec_vocab {
    const vocab_ops *ops;
    alphabet alphabet;
    const char *word_end; /* what words end in, as "</w>" of CLIP; NULL: nothing */
    bool listed;          /* a bare list: nothing but its length ties it to a table */
    bool by_place;        /* see tokvec_vocab_by_place */
    bool counted;         /* a list of words and how often each was seen, without IDs */
    bool fairseq;         /* the same as fairseq keeps it, which has the IDs that it gives */
    bool raw;             /* show and take tokens as they are stored */
    const char *lacks;    /* what to do where a special token is missed; NULL: nothing else */
    char *room;           /* for labels and spellings; released by tokvec_vocab_close */
    size_t reserved;
    void *owner;                  /* what the vocabulary borrows from, if it goes with it */
    void (*release)(void *owner); /* called after close(); NULL: there is nothing to release */
};

/* "token ID 7 has no token string": for label() and, in short, for find(). Return false. */
bool vocab_no_label(int64_t id, tokvec_error *err);
bool vocab_missing(tokvec_error *err);

/* Tells which tokens will be looked for, so that a file that is read once is read once. */
bool vocab_expect(tokvec_vocab *vocab, const tokvec_text *tokens, size_t n, tokvec_error *err);

#endif
