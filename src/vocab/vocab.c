/* vocab.c - the calls that all vocabularies have in common.
 * Between text and tokens as they are stored; see tokvec.h and vocab.h.
 * SPDX-License-Identifier: MIT */
#include "vocab/vocab.h"

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

bool tokvec_vocab_by_place(const tokvec_vocab *vocab)
{
    return vocab->by_place;
}

bool tokvec_vocab_is_list(const tokvec_vocab *vocab)
{
    return vocab->listed;
}

int64_t tokvec_vocab_last_id(tokvec_vocab *vocab)
{
    int64_t id = -1;
    tokvec_text label;
    if (vocab->ops->last_id != NULL)
        return vocab->ops->last_id(vocab);
    uint64_t count = tokvec_vocab_count(vocab);
    return count > 0 && tokvec_vocab_token(vocab, count - 1, &id, &label, NULL) ? id : -1;
}

bool vocab_no_label(int64_t id, tokvec_error *err)
{
    return error_set(err, TOKVEC_NOT_FOUND, "token ID %lld has no token string", (long long)id);
}

bool vocab_missing(tokvec_error *err)
{
    return error_set(err, TOKVEC_NOT_FOUND, "the vocabulary does not have this token");
}

bool vocab_expect(tokvec_vocab *vocab, const tokvec_text *tokens, size_t n, tokvec_error *err)
{
    return vocab->ops->expect == NULL || vocab->ops->expect(vocab, tokens, n, err);
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
static bool show(tokvec_vocab *vocab, stored_token stored, tokvec_text *token, tokvec_error *err)
{
    enum { ESCAPED = 6 }; /* bytes for one that is no UTF-8 */
    bool decode = !vocab->raw && !stored.plain && vocab->alphabet.kind != ALPHABET_PLAIN;
    *token = stored.text;
    if (!decode && utf8_valid(token->bytes, token->length))
        return true;
    char *escaped = room_for(vocab, token->length, ESCAPED + 1, err);
    if (escaped == NULL)
        return false;
    char *text = escaped + ESCAPED * token->length;
    static const alphabet plain = {.kind = ALPHABET_PLAIN};
    *token = (tokvec_text){text, alphabet_decode(decode ? &vocab->alphabet : &plain, *token, text)};
    if (!utf8_valid(token->bytes, token->length))
        *token = (tokvec_text){escaped, alphabet_escape(*token, escaped)};
    return true;
}

bool tokvec_vocab_token(tokvec_vocab *vocab, uint64_t index, int64_t *id, tokvec_text *label,
                        tokvec_error *error)
{
    stored_token stored;
    if (vocab->ops->token != NULL)
        return vocab->ops->token(vocab, index, id, &stored, error) &&
               show(vocab, stored, label, error);
    *id = (int64_t)index;
    return tokvec_vocab_label(vocab, (int64_t)index, label, error);
}

bool tokvec_vocab_label(tokvec_vocab *vocab, int64_t id, tokvec_text *label, tokvec_error *error)
{
    stored_token stored;
    return vocab->ops->label(vocab, id, &stored, error) && show(vocab, stored, label, error);
}

/* ---- from text to stored tokens ------------------------------------------------------------- */

/* How a token may be stored. */
typedef struct spelling {
    tokvec_text text;
    token_kind kind;
} spelling;

typedef struct spellings {
    spelling list[10]; /* the likeliest first */
    size_t count;
    char *room; /* what is left of it */
} spellings;

static void offer(spellings *s, tokvec_text text, token_kind kind)
{
    s->list[s->count++] = (spelling){text, kind};
}

/* The token in the alphabet; before it, as a word's end, of which it is the more likely reading. */
static void offer_encoded(spellings *s, const tokvec_vocab *vocab, tokvec_text token)
{
    size_t length = alphabet_encode(&vocab->alphabet, token, s->room);
    size_t end = vocab->word_end == NULL ? 0 : strlen(vocab->word_end);
    if (end > 0) {
        memcpy(s->room + length, vocab->word_end, end);
        offer(s, (tokvec_text){s->room, length + end}, TOKEN_SPELT);
    }
    offer(s, (tokvec_text){s->room, length}, TOKEN_SPELT);
    s->room += length + end;
}

/* The form <0x0A> of one byte. */
static void offer_byte(spellings *s, char byte)
{
    static const char digits[] = "0123456789ABCDEF";
    unsigned value = (unsigned char)byte;
    char form[] = {'<', '0', 'x', digits[value >> 4], digits[value & 15], '>'};
    memcpy(s->room, form, sizeof form);
    offer(s, (tokvec_text){s->room, sizeof form}, TOKEN_SPELT);
    s->room += sizeof form;
}

/* Tokenizers look for added tokens, which are plain, before they spell what is left. Last comes
 * the token as it is stored, and with the bytes that its forms <0xE4> stand for. */
static bool spell(tokvec_vocab *vocab, tokvec_text token, spellings *s, tokvec_error *err)
{
    enum { SPARE = 32 }; /* for the ends of words and a byte's form */
    size_t n = token.length;
    bool decode = !vocab->raw && vocab->alphabet.kind != ALPHABET_PLAIN;
    s->count = 0;
    s->room = room_for(vocab, n + SPARE, 2 * ALPHABET_GROWTH + 1, err);
    if (s->room == NULL)
        return false;
    if (decode) {
        offer(s, token, TOKEN_PLAIN);
        offer_encoded(s, vocab, token);
        if (vocab->alphabet.kind == ALPHABET_SENTENCEPIECE &&
            vocab->alphabet.bytes != BYTES_NEVER && n == 1)
            offer_byte(s, *token.bytes);
    } else if (!vocab->raw && vocab->word_end != NULL) {
        offer_encoded(s, vocab, token);
    }
    if (vocab->raw && vocab->alphabet.kind != ALPHABET_PLAIN)
        offer(s, token, TOKEN_PLAIN); /* of two that are stored alike the plain one counts */
    offer(s, token, TOKEN_ANY);
    size_t plain = alphabet_unescape(token, s->room);
    if (plain < n) {
        tokvec_text bytes = {s->room, plain};
        s->room += plain;
        offer(s, bytes, TOKEN_ANY);
        if (decode)
            offer_encoded(s, vocab, bytes);
    }
    return true;
}

/* Where there are several ways to spell a token: one that is shown so. */
static bool find_shown(tokvec_vocab *vocab, tokvec_text token, int64_t *id, tokvec_error *err)
{
    uint64_t count = tokvec_vocab_count(vocab);
    for (uint64_t i = 0; i < count; i++) {
        tokvec_text label;
        if (!tokvec_vocab_token(vocab, i, id, &label, err))
            return false;
        if (label.length == token.length &&
            (token.length == 0 || memcmp(label.bytes, token.bytes, token.length) == 0))
            return true;
    }
    return vocab_missing(err);
}

/* Whether a token may be stored in other spellings than those that spell() offers. */
static bool spelt_otherwise(const tokvec_vocab *vocab, tokvec_text token)
{
    enum { BYTE_FORM = 6 };
    const alphabet *a = &vocab->alphabet;
    bool byte = a->bytes == BYTES_IN_ANY_CASE && (token.length == 1 || token.length == BYTE_FORM);
    bool spaces = token.length > 0 && memchr(token.bytes, ' ', token.length) != NULL;
    return !vocab->raw &&
           (a->kind == ALPHABET_PYTHON || (a->kind == ALPHABET_SENTENCEPIECE && (byte || spaces)));
}

/* One of the spellings of a token. */
static bool find_spelt(tokvec_vocab *vocab, tokvec_text token, int64_t *id, tokvec_error *err)
{
    spellings s;
    if (!spell(vocab, token, &s, err))
        return false;
    for (size_t i = 0; i < s.count; i++) {
        if (vocab->ops->find(vocab, s.list[i].text, s.list[i].kind, id, err))
            return true;
        if (err->code != TOKVEC_NOT_FOUND)
            return false;
    }
    if (spelt_otherwise(vocab, token))
        return find_shown(vocab, token, id, err);
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

/* As <|endoftext|> and <s> are written. */
static bool is_special(tokvec_text token)
{
    return token.length > 2 && token.bytes[0] == '<' && token.bytes[token.length - 1] == '>';
}

static bool refuse(tokvec_vocab *vocab, tokvec_text token, tokvec_error *err)
{
    enum { SHOWN = 80 };
    char wanted[NEAR_MAX + 1], other[NEAR_MAX + 2];
    bool cut = token.length > SHOWN;
    error_set(err, TOKVEC_NOT_FOUND, "the vocabulary does not have the token '%.*s%s'",
              (int)(cut ? SHOWN : token.length), token.bytes, cut ? "..." : "");
    bool close = false;
    if (vocab->lacks != NULL && is_special(token))
        return error_hint(err, "%s", vocab->lacks);
    if (token.length <= NEAR_MAX && memchr(token.bytes, '\0', token.length) == NULL) {
        memcpy(wanted, token.bytes, token.length);
        wanted[token.length] = '\0';
        close = find_spaced(vocab, wanted, other) || find_nearest(vocab, wanted, other);
    }
    if (close)
        return error_hint(err, "did you mean '%s'?", other);
    return error_kind(err, TOKVEC_KIND_NO_TOKEN);
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
