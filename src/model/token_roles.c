/* token_roles.c - which rows of a table belong to tokens, and which of these are never words.
 * See token_roles.h. What a token is called tells where no file does.
 * SPDX-License-Identifier: MIT */
#include "model/token_roles.h"

#include "base/array.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- names */

/* Words in the names of tokens that vocabularies keep free, between brackets: "[unused5]",
 * "<|reserved_special_token_3|>", "<extra_id_7>", "<SPECIAL_20>", "[PAD151936]", ">>UNUSED_1<<". */
static const char *const reserved[] = {
    "unused",     "reserved", "extra_", "placeholder", "place\xe2\x96\x81",
    "dummy",      "special_", "spare",  "not_used",    "blank_",
    "madeupword", "pad",      "control"};

/* What tokens without meaning of their own are called, between brackets. */
static const char *const roles_by_name[] = {"s",       "/s",  "bos", "eos",  "bot",   "eot", "unk",
                                            "unknown", "sep", "cls", "mask", "start", "end"};

static const char *const stand_ins[] = {"image", "img", "vision", "video", "audio", "speech"};

#define HAS_ANY(text, words) has_any(text, words, sizeof(words) / sizeof *(words))
static bool has_any(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcasestr(text, words[i]) != NULL)
            return true;
    }
    return false;
}

static bool is_any(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(text, words[i]) == 0)
            return true;
    }
    return false;
}

/* The name between brackets, in place; NULL: there are none. With bars inside them, those of the
 * Latin or the full width, it is a control token in any case. */
static char *unwrap(char *text, size_t length, bool *bars)
{
    static const char wide[] = "\xef\xbd\x9c"; /* U+FF5C */
    static const char *const brackets[] = {"<>", "[]", "><"};
    size_t i = 0;
    while (i < 3 && (text[0] != brackets[i][0] || text[length - 1] != brackets[i][1]))
        i++;
    if (length < 3 || i == 3)
        return NULL;
    text[length - 1] = '\0';
    text++;
    length -= 2;
    *bars = length > 2 && text[0] == '|' && text[length - 1] == '|';
    *bars |= length > 6 && memcmp(text, wide, 3) == 0 && memcmp(text + length - 3, wide, 3) == 0;
    return text;
}

/* "madeupword0002" of fairseq, which pads its lists of words. */
static bool is_made_up(const char *text)
{
    static const char start[] = "madeupword";
    const size_t length = sizeof start - 1;
    return strncmp(text, start, length) == 0 && text[length] != '\0' &&
           strspn(text + length, "0123456789") == strlen(text + length);
}

static uint8_t role_of_name(tokvec_text name)
{
    enum { LONGEST = 99 };
    char text[LONGEST + 1];
    bool bars = false;
    if (name.length == 0 || name.length > LONGEST || memchr(name.bytes, '\0', name.length) != NULL)
        return 0;
    memcpy(text, name.bytes, name.length);
    text[name.length] = '\0';
    if (is_made_up(text))
        return TOKEN_SPECIAL;
    const char *inner = unwrap(text, name.length, &bars);
    if (inner == NULL)
        return 0;
    uint8_t role = HAS_ANY(inner, stand_ins) ? TOKEN_STAND_IN : 0;
    if (bars || HAS_ANY(inner, reserved) ||
        is_any(inner, roles_by_name, sizeof roles_by_name / sizeof *roles_by_name))
        role |= TOKEN_SPECIAL;
    return role;
}

/* A single byte that is no character of its own: SentencePiece has one for each, and uses those
 * of what no other token writes; in byte-level vocabularies some never occur in UTF-8, and others
 * hardly ever alone. */
static bool is_rare_byte(const alphabet *a, tokvec_text stored)
{
    enum { SPELLING_MAX = 8 };
    char out[SPELLING_MAX];
    if (a->kind == ALPHABET_PLAIN || stored.length == 0 || stored.length > SPELLING_MAX)
        return false;
    if (a->kind == ALPHABET_SENTENCEPIECE)
        return a->bytes != BYTES_NEVER && alphabet_is_byte(stored, a->bytes);
    if (alphabet_decode(a, stored, out) != 1)
        return false;
    unsigned char byte = (unsigned char)out[0];
    return byte >= 0x7f || (byte < 0x20 && !isspace(byte));
}

/* ---------------------------------------------------------------- rows */

static bool find_row(const token_sources *from, int64_t id, int64_t *row)
{
    if (!from->by_row)
        return tokvec_table_find(from->table, id, row);
    *row = id;
    return id >= 0 && (uint64_t)id < tokvec_table_rows(from->table);
}

static int by_id(const void *key, const void *item)
{
    int64_t a = *(const int64_t *)key, b = ((const token_homeless *)item)->id;
    return (a > b) - (a < b);
}

void token_roles_add(token_roles *roles, const token_sources *from, int64_t id, uint8_t role)
{
    int64_t row;
    if (find_row(from, id, &row)) {
        roles->of_row[row] |= role;
        return;
    }
    token_homeless *none =
        roles->homeless_count == 0
            ? NULL
            : bsearch(&id, roles->homeless, roles->homeless_count, sizeof *roles->homeless, by_id);
    if (none != NULL)
        none->role |= role;
}

static bool add_token(token_roles *roles, const token_sources *from, int64_t id, uint8_t role,
                      tokvec_error *err)
{
    int64_t row;
    if (find_row(from, id, &row)) {
        roles->of_row[row] |= role;
        return true;
    }
    size_t n = roles->homeless_count;
    if (!array_reserve(&roles->homeless, &roles->homeless_capacity, n + 1, sizeof *roles->homeless,
                       err))
        return false;
    roles->homeless[roles->homeless_count++] = (token_homeless){id, role};
    return true;
}

/* All tokens of the vocabulary, as they are stored. */
static bool read_vocab(token_roles *roles, const token_sources *from, tokvec_error *err)
{
    tokvec_vocab *vocab = from->vocab;
    const uint64_t count = tokvec_vocab_count(vocab);
    for (uint64_t i = 0; i < count; i++) {
        int64_t id;
        tokvec_text stored;
        if (!tokvec_vocab_token(vocab, i, &id, &stored, err))
            return false;
        uint8_t role = TOKEN_THERE | role_of_name(stored);
        if (is_rare_byte(&vocab->alphabet, stored))
            role |= TOKEN_SPECIAL;
        if (!add_token(roles, from, id, role, err))
            return false;
    }
    return true;
}

bool token_roles_find(token_roles *roles, const token_sources *from, tokvec_error *err)
{
    roles->rows = tokvec_table_rows(from->table);
    roles->of_row = roles->rows < SIZE_MAX ? malloc((size_t)roles->rows + 1) : NULL;
    if (roles->of_row == NULL)
        return error_no_memory(err, roles->rows);
    memset(roles->of_row, from->vocab == NULL ? TOKEN_THERE : 0, (size_t)roles->rows);
    if (from->vocab == NULL)
        return token_roles_of_files(roles, from, err);
    const bool raw = from->vocab->raw;
    tokvec_vocab_set_raw(from->vocab, true);
    bool good = read_vocab(roles, from, err) && token_roles_of_files(roles, from, err);
    tokvec_vocab_set_raw(from->vocab, raw);
    return good;
}

void token_roles_free(token_roles *roles)
{
    free(roles->of_row);
    free(roles->homeless);
    *roles = (token_roles){.rows = 0};
}
