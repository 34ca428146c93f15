/* gguf_vocab.c - the token strings of a GGUF file as a vocabulary.
 * Each string says only where the next one begins, so the places of some are noted on the way to
 * those that were asked for. Copied they are only if many are looked for.
 * SPDX-License-Identifier: MIT */
#include "formats/gguf/gguf.h"

#include "base/array.h"
#include "io/file_map.h"
#include "vocab/vocab_list.h"

#include <stdlib.h>
#include <string.h>

enum {
    STRIDE = 64,   /* of the tokens whose place is noted */
    SCANS_MAX = 4, /* finds that go through the file, before there is a copy with an index */
};

typedef struct gguf_vocab_kind {
    tokvec_vocab base;
    gguf_cursor start; /* at the first token */
    gguf_cursor types; /* at the type of the first token; with none left, there are no types */
    uint64_t *places;  /* in the file: of the tokens 0, STRIDE, 2 * STRIDE, ... */
    size_t count, capacity;
    gguf_cursor here; /* after the token that was asked for last */
    vocab_list *copy; /* NULL until it pays */
    unsigned finds;
} gguf_vocab_kind;

static uint64_t gguf_vocab_count(tokvec_vocab *vocab)
{
    return ((gguf_vocab_kind *)vocab)->start.left;
}

/* Steps over a token. Fails only if somebody has changed the file meanwhile. */
static bool next_token(const gguf_vocab_kind *v, gguf_cursor *cursor, tokvec_text *token,
                       tokvec_error *err)
{
    gguf_value value;
    if (!gguf_next_element(cursor, &value))
        return file_map_intact(v->start.map, err) &&
               file_map_bad(v->start.map, cursor->at, err,
                            "the token strings have changed since the file was opened");
    *token = (tokvec_text){value.as.text.bytes, value.as.text.length};
    return true;
}

/* Types of tokens, by the numbers of gguf.TokenType. */
enum { TYPE_NONE = 0, TYPE_UNKNOWN = 2, TYPE_USER_DEFINED = 4, TYPE_BYTE = 6 };

static int64_t type_of(const gguf_vocab_kind *v, uint64_t id)
{
    enum { TYPE_BYTES = 4 };
    gguf_cursor cursor = v->types;
    gguf_value value;
    if (id >= cursor.left)
        return TYPE_NONE;
    cursor.at += id * TYPE_BYTES;
    cursor.left -= id;
    if (!gguf_next_element(&cursor, &value))
        return TYPE_NONE;
    return value.type == GGUF_INT32 ? value.as.integer : (int64_t)value.as.natural;
}

/* Whether a token is text as it is: an unknown, control or user-defined one, as converters write
 * their spaces as such; or <0x0a> in small letters, unless its type says that it is a byte. */
static bool is_plain(const gguf_vocab_kind *v, uint64_t id, tokvec_text token)
{
    int64_t type = type_of(v, id);
    bool small =
        alphabet_is_byte(token, BYTES_IN_ANY_CASE) && !alphabet_is_byte(token, BYTES_IN_CAPITALS);
    return (type >= TYPE_UNKNOWN && type <= TYPE_USER_DEFINED) || (small && type != TYPE_BYTE);
}

/* Stands at the token of note `note`, and notes what it comes by. */
static bool go_to(gguf_vocab_kind *v, size_t note, gguf_cursor *cursor, tokvec_error *err)
{
    tokvec_text passed;
    size_t known = note < v->count ? note : v->count - 1;
    *cursor = v->start;
    cursor->at = v->places[known];
    cursor->left -= (uint64_t)known * STRIDE;
    for (; known < note; known++) {
        for (int i = 0; i < STRIDE; i++) {
            if (!next_token(v, cursor, &passed, err))
                return false;
        }
        if (!array_reserve(&v->places, &v->capacity, v->count + 1, sizeof *v->places, err))
            return false;
        v->places[v->count++] = cursor->at;
    }
    return true;
}

static bool gguf_vocab_label(tokvec_vocab *vocab, int64_t id, stored_token *stored,
                             tokvec_error *err)
{
    gguf_vocab_kind *v = (gguf_vocab_kind *)vocab;
    uint64_t count = v->start.left;
    if (v->copy != NULL)
        return v->copy->base.ops->label(&v->copy->base, id, stored, err);
    if (id < 0 || (uint64_t)id >= count)
        return vocab_no_label(id, err);
    bool next = (uint64_t)id == count - v->here.left; /* after the last one that was asked for */
    if (!next && !go_to(v, (size_t)(id / STRIDE), &v->here, err))
        return false;
    while (count - v->here.left <= (uint64_t)id) {
        if (!next_token(v, &v->here, &stored->text, err))
            return false;
    }
    stored->plain = is_plain(v, (uint64_t)id, stored->text);
    /* Asking the system for each would take longer than all the rest, if all are gone through. */
    return (next && id % STRIDE != 0 && v->here.left > 0) || file_map_intact(v->start.map, err);
}

static bool find_in_file(const gguf_vocab_kind *v, tokvec_text stored, token_kind kind, int64_t *id,
                         tokvec_error *err)
{
    gguf_cursor cursor = v->start;
    tokvec_text token = {NULL, 0};
    while (cursor.left > 0) {
        if (!next_token(v, &cursor, &token, err))
            return false;
        uint64_t index = v->start.left - cursor.left - 1;
        if (token.length == stored.length && memcmp(token.bytes, stored.bytes, token.length) == 0 &&
            (kind == TOKEN_ANY || is_plain(v, index, token) == (kind == TOKEN_PLAIN))) {
            *id = (int64_t)index;
            return file_map_intact(v->start.map, err);
        }
    }
    return file_map_intact(v->start.map, err) && vocab_missing(err);
}

static bool fill(vocab_list *list, const gguf_vocab_kind *v, tokvec_error *err)
{
    tokvec_text token = {NULL, 0};
    gguf_cursor cursor = v->start;
    list->keep = list->added_plain = true;
    for (int64_t id = 0; cursor.left > 0; id++) {
        if (!next_token(v, &cursor, &token, err))
            return false;
        list->origin = is_plain(v, (uint64_t)id, token) ? LIST_ADDED : LIST_MODEL;
        if (!vocab_list_add_text(list, id, token, err))
            return false;
    }
    return file_map_intact(v->start.map, err) && vocab_list_seal(list, false, err);
}

static bool gguf_vocab_find(tokvec_vocab *vocab, tokvec_text stored, token_kind kind, int64_t *id,
                            tokvec_error *err)
{
    gguf_vocab_kind *v = (gguf_vocab_kind *)vocab;
    if (v->finds < SCANS_MAX || v->start.left > VOCAB_LIST_MAX) {
        v->finds += v->finds < SCANS_MAX;
        return find_in_file(v, stored, kind, id, err);
    }
    if (v->copy == NULL) {
        vocab_list *copy = vocab_list_new(err);
        if (copy == NULL || !fill(copy, v, err)) {
            tokvec_vocab_close(copy == NULL ? NULL : &copy->base);
            return false;
        }
        v->copy = copy;
    }
    return v->copy->base.ops->find(&v->copy->base, stored, kind, id, err);
}

static void gguf_vocab_close(tokvec_vocab *vocab)
{
    gguf_vocab_kind *v = (gguf_vocab_kind *)vocab;
    tokvec_vocab_close(v->copy == NULL ? NULL : &v->copy->base);
    free(v->places);
    free(v);
}

static const vocab_ops gguf_vocab_ops = {
    .count = gguf_vocab_count,
    .label = gguf_vocab_label,
    .find = gguf_vocab_find,
    .close = gguf_vocab_close,
};

/* The alphabet by the name that llama.cpp gives the tokenizer. */
static alphabet_kind alphabet_of(tokvec_text model)
{
    if (gguf_text_is(model, "gpt2"))
        return ALPHABET_BYTE_LEVEL;
    if (gguf_text_is(model, "rwkv"))
        return ALPHABET_PYTHON;
    /* Unigram ("t5") and BPE ("llama"), as well as WordPiece ("bert"), which llama.cpp's
     * converter rewrites with U+2581 before words. */
    if (gguf_text_is(model, "llama") || gguf_text_is(model, "t5") || gguf_text_is(model, "bert") ||
        gguf_text_is(model, "gemma4"))
        return ALPHABET_SENTENCEPIECE;
    return ALPHABET_PLAIN;
}

/* What the pairs say of how the tokens are stored. */
static void read_pairs(gguf_vocab_kind *v, const tokvec_weights *weights)
{
    gguf_cursor pairs = gguf_pairs(weights);
    tokvec_text key;
    gguf_value value;
    while (gguf_next_pair(&pairs, &key, &value)) {
        if (gguf_text_is(key, "tokenizer.ggml.model") && value.type == GGUF_STRING)
            v->base.alphabet.kind = alphabet_of(value.as.text);
        if (gguf_text_is(key, "tokenizer.ggml.token_type") && value.type == GGUF_ARRAY) {
            gguf_cursor types = gguf_elements(&pairs, &value);
            if (types.element == GGUF_INT32 || types.element == GGUF_UINT32)
                v->types = types;
        }
    }
}

tokvec_vocab *gguf_vocab(tokvec_weights *weights, tokvec_error *err)
{
    gguf_cursor start;
    if (!gguf_tokens(weights, &start))
        return NULL;
    gguf_vocab_kind *v = calloc(1, sizeof *v);
    if (v == NULL || !array_reserve(&v->places, &v->capacity, 1, sizeof *v->places, err)) {
        free(v);
        error_no_memory(err, sizeof *v);
        return NULL;
    }
    v->base.ops = &gguf_vocab_ops;
    v->base.alphabet.bytes = BYTES_IN_ANY_CASE; /* where is_plain() lets them be */
    read_pairs(v, weights);
    v->start = start;
    v->here = start;
    v->places[v->count++] = start.at;
    return &v->base;
}
