/* vocab.c - the calls that all vocabularies have in common.
 * Between text and tokens as they are stored; see tokvec.h and vocab.h.
 * SPDX-License-Identifier: MIT */
#include "table/vocab.h"

#include "base/array.h"
#include "base/nearest.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

void tokvec_vocab_close(tokvec_vocab *vocab)
{
    if (vocab == NULL)
        return;
    void *owner = vocab->owner;
    void (*release)(void *) = vocab->release;
    free(vocab->room);
    vocab->ops->close(vocab);
    if (release != NULL)
        release(owner);
}

void tokvec_vocab_set_raw(tokvec_vocab *vocab, bool raw)
{
    vocab->raw = raw;
}

uint64_t tokvec_vocab_count(tokvec_vocab *vocab)
{
    return vocab->ops->count(vocab);
}

bool tokvec_vocab_is_list(const tokvec_vocab *vocab)
{
    return vocab->listed;
}

int64_t tokvec_vocab_last_id(tokvec_vocab *vocab)
{
    int64_t id = -1;
    tokvec_text label;
    uint64_t count = tokvec_vocab_count(vocab);
    return count > 0 && tokvec_vocab_token(vocab, count - 1, &id, &label, NULL) ? id : -1;
}

bool vocab_no_label(int64_t id, tokvec_error *err)
{
    return error_set(err, TOKVEC_NOT_FOUND, "token ID %lld has no token string", (long long)id);
}

bool vocab_missing(tokvec_error *err)
{
    return error_set(err, TOKVEC_NOT_FOUND, "no such token");
}

/* n times `factor` bytes of working space, or NULL. */
static char *room_for(tokvec_vocab *vocab, size_t n, size_t factor, tokvec_error *err)
{
    if (n > PTRDIFF_MAX / factor - 1) {
        error_no_memory(err, UINT64_MAX);
        return NULL;
    }
    return array_reserve(&vocab->room, &vocab->reserved, n * factor + 1, 1, err) ? vocab->room
                                                                                 : NULL;
}

/* ---- from stored tokens to text ------------------------------------------------------------- */

/* Turns a stored token into what is shown. */
static bool show(tokvec_vocab *vocab, const stored_token *token, tokvec_text *label,
                 tokvec_error *err)
{
    enum { ESCAPED = 6 }; /* bytes for one that is no UTF-8 */
    bool decode = !vocab->raw && !token->plain && vocab->alphabet != ALPHABET_PLAIN;
    *label = token->text;
    if (!decode && utf8_valid(label->bytes, label->length))
        return true;
    char *escaped = room_for(vocab, label->length, ESCAPED + 1, err);
    if (escaped == NULL)
        return false;
    char *text = escaped + ESCAPED * label->length;
    alphabet kind = decode ? vocab->alphabet : ALPHABET_PLAIN;
    *label = (tokvec_text){text, alphabet_decode(kind, *label, text)};
    if (!utf8_valid(label->bytes, label->length))
        *label = (tokvec_text){escaped, alphabet_escape(*label, escaped)};
    return true;
}

bool tokvec_vocab_token(tokvec_vocab *vocab, uint64_t index, int64_t *id, tokvec_text *label,
                        tokvec_error *error)
{
    stored_token stored;
    if (vocab->ops->token != NULL)
        return vocab->ops->token(vocab, index, id, &stored, error) &&
               show(vocab, &stored, label, error);
    *id = (int64_t)index;
    return tokvec_vocab_label(vocab, (int64_t)index, label, error);
}

bool tokvec_vocab_label(tokvec_vocab *vocab, int64_t id, tokvec_text *label, tokvec_error *error)
{
    stored_token stored;
    return vocab->ops->label(vocab, id, &stored, error) && show(vocab, &stored, label, error);
}

/* ---- from text to stored tokens ------------------------------------------------------------- */

enum { SPELLINGS_MAX = 7 };

/* A way in which a token may be stored. */
typedef struct spelling {
    tokvec_text text;
    token_kind kind;
} spelling;

/* How a token may be stored, the likeliest first, in vocab->room: as text, which tokenizers look
 * for before all else; in the alphabet; as the user knows that it is stored. Returns how many. */
static size_t spell(tokvec_vocab *vocab, tokvec_text token, spelling *spellings, tokvec_error *err)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t n = token.length;
    size_t count = 0;
    alphabet kind = vocab->raw ? ALPHABET_PLAIN : vocab->alphabet;
    char *room = room_for(vocab, n + 2, 2 * ALPHABET_GROWTH + 1, err);
    if (room == NULL)
        return 0;
    if (kind != ALPHABET_PLAIN) {
        spellings[count++] = (spelling){token, TOKEN_PLAIN};
        tokvec_text spelt = {room, alphabet_encode(kind, token, room)};
        spellings[count++] = (spelling){spelt, TOKEN_SPELT};
    }
    room += ALPHABET_GROWTH * n;
    if (kind == ALPHABET_SENTENCEPIECE && n == 1) {
        unsigned char byte = (unsigned char)*token.bytes;
        char form[] = {'<', '0', 'x', digits[byte >> 4], digits[byte & 15], '>'};
        memcpy(room, form, sizeof form);
        spellings[count++] = (spelling){{room, sizeof form}, TOKEN_SPELT};
        room += sizeof form;
    }
    spellings[count++] = (spelling){token, TOKEN_ANY};
    size_t plain = alphabet_unescape(token, room);
    if (plain < n) {
        tokvec_text bytes = {room, plain};
        spellings[count++] = (spelling){bytes, TOKEN_ANY};
        room += n;
        if (kind != ALPHABET_PLAIN) {
            tokvec_text spelt = {room, alphabet_encode(kind, bytes, room)};
            spellings[count++] = (spelling){spelt, TOKEN_SPELT};
        }
    }
    return count;
}

/* One of the spellings of a token. */
static bool find_spelt(tokvec_vocab *vocab, tokvec_text token, int64_t *id, tokvec_error *err)
{
    spelling spellings[SPELLINGS_MAX];
    size_t count = spell(vocab, token, spellings, err);
    for (size_t i = 0; i < count; i++) {
        if (vocab->ops->find(vocab, spellings[i].text, spellings[i].kind, id, err))
            return true;
        if (err->code != TOKVEC_NOT_FOUND)
            return false;
    }
    return false;
}

/* The token with a space before it, or without the one that it has. */
static bool find_spaced(tokvec_vocab *vocab, const char *token, char *other)
{
    int64_t id;
    tokvec_error ignored;
    size_t length = strlen(token);
    if (token[0] == ' ')
        memcpy(other, token + 1, length);
    if (token[0] != ' ') {
        other[0] = ' ';
        memcpy(other + 1, token, length + 1);
    }
    return other[0] != '\0' &&
           find_spelt(vocab, (tokvec_text){other, strlen(other)}, &id, &ignored);
}

enum { NEAR_MAX = 63 }; /* as far as nearest_distance goes */

/* The token that differs from `wanted` the least, if it is near enough. */
static bool find_nearest(tokvec_vocab *vocab, const char *wanted, char *best)
{
    size_t length = strlen(wanted);
    size_t least = length / 3 + 1; /* must be less: one slip for every three letters */
    uint64_t count = tokvec_vocab_count(vocab);
    bool found = false;
    for (uint64_t i = 0; i < count && least > 1; i++) {
        int64_t id;
        tokvec_text token;
        char word[NEAR_MAX + 1];
        if (!tokvec_vocab_token(vocab, i, &id, &token, NULL))
            continue;
        size_t differ = token.length > length ? token.length - length : length - token.length;
        if (differ >= least || token.length > NEAR_MAX)
            continue;
        memcpy(word, token.bytes, token.length);
        word[token.length] = '\0';
        size_t distance = nearest_distance(wanted, word);
        if (distance < least && strlen(word) == token.length) {
            memcpy(best, word, token.length + 1);
            least = distance;
            found = true;
        }
    }
    return found;
}

static bool refuse(tokvec_vocab *vocab, tokvec_text token, tokvec_error *err)
{
    enum { SHOWN = 80 };
    char wanted[NEAR_MAX + 1], other[NEAR_MAX + 2];
    bool cut = token.length > SHOWN;
    error_set(err, TOKVEC_NOT_FOUND, "no token is '%.*s%s'", (int)(cut ? SHOWN : token.length),
              token.bytes, cut ? "..." : "");
    bool close = false;
    if (token.length <= NEAR_MAX && memchr(token.bytes, '\0', token.length) == NULL) {
        memcpy(wanted, token.bytes, token.length);
        wanted[token.length] = '\0';
        close = find_spaced(vocab, wanted, other) || find_nearest(vocab, wanted, other);
    }
    if (close)
        return error_hint(err, "did you mean '%s'?", other);
    return error_hint(err, "see the tokens with tokvec list --tokens");
}

bool tokvec_vocab_find(tokvec_vocab *vocab, tokvec_text token, int64_t *id, tokvec_error *error)
{
    tokvec_error local;
    if (find_spelt(vocab, token, id, &local))
        return true;
    if (local.code == TOKVEC_NOT_FOUND)
        return error != NULL && refuse(vocab, token, error);
    if (error != NULL)
        *error = local;
    return false;
}
