/* vocab_json.c - vocabularies in JSON.
 * An object from token to ID (GPT-2's encoder.json and vocab.json), a list of tokens, or the
 * tokenizer.json of Hugging Face, of which the added tokens and the model's vocabulary are taken.
 * SPDX-License-Identifier: MIT */
#include "vocab/vocab_kinds.h"

#include "vocab/token_steps.h"

#include <string.h>

static const char word_end[] = "</w>";

typedef struct reader {
    json_scanner s;
    vocab_list *list;
    tokvec_error *err;              /* where it is not the JSON that is wrong */
    bool failed;                    /* err says why */
    token_steps before, decoder;    /* what tokenizer.json says of its alphabet, */
    bool word_piece, byte_fallback; /* and its model */
    bool has_model, has_added;
    bool wordy;    /* words end in </w>, as tokenizer.json says */
    size_t ending; /* tokens that do */
    bool numbered; /* the list's tokens have numbers that are not scores, but unsigned integers */
} reader;

/* A token of that ID. */
static bool add(reader *r, const json_raw *token, uint64_t id)
{
    if (id > UINT32_MAX)
        return json_fault_at(&r->s, r->s.at, "a token ID must be less than 2^32");
    enum { CHANGING = 4 }; /* see json_unescape */
    const char *text_end = (const char *)r->s.text + r->s.size;
    char *room = vocab_list_room(r->list, token->length + CHANGING, r->err);
    size_t length = token->length;
    if (room != NULL && token->escaped)
        length = json_unescape(token, room);
    else if (room != NULL)
        vocab_list_copy(room, (tokvec_text){token->bytes, length}, text_end);
    const size_t end = sizeof word_end - 1;
    r->ending += room != NULL && length > end && memcmp(room + length - end, word_end, end) == 0;
    r->failed = room == NULL || !vocab_list_add(r->list, (int64_t)id, length, r->err);
    return !r->failed;
}

/* {"the": 0, ...} */
static bool read_object(reader *r)
{
    json_raw token;
    uint64_t id;
    r->list->unique = true;
    if (!json_enter(&r->s, '{'))
        return false;
    for (bool first = true; json_more(&r->s, '}', &first);) {
        if (!json_key(&r->s, &token) || !json_unsigned(&r->s, &id) || !add(r, &token, id))
            return false;
    }
    return r->s.fault.what == NULL;
}

/* Whether the value that has just been read is a number of digits alone. */
static bool is_digits(const reader *r, size_t start)
{
    for (size_t i = start; i < r->s.at; i++) {
        if (r->s.text[i] < '0' || r->s.text[i] > '9')
            return false;
    }
    return r->s.at > start;
}

/* ["the", ...] or, with scores, [["the", -3.5], ...] */
static bool read_list(reader *r)
{
    json_raw token;
    if (!json_enter(&r->s, '['))
        return false;
    uint64_t id = 0;
    size_t integers = 0;
    for (bool first = true; json_more(&r->s, ']', &first); id++) {
        bool scored = json_peek(&r->s) == '[';
        bool inner = true;
        if (scored && (!json_enter(&r->s, '[') || !json_more(&r->s, ']', &inner)))
            return json_fault_at(&r->s, r->s.at, "expected a token and its score");
        if (!json_string_raw(&r->s, &token) || !add(r, &token, id))
            return false;
        while (scored && json_more(&r->s, ']', &inner)) {
            json_peek(&r->s);
            size_t start = r->s.at;
            if (!json_skip(&r->s))
                return false;
            integers += is_digits(r, start);
        }
        if (r->s.fault.what != NULL)
            return false;
    }
    r->numbered = id > 1 && integers >= id;
    return r->s.fault.what == NULL;
}

/* ---- tokenizer.json ------------------------------------------------------------------------- */

/* [{"id": 50256, "content": "<|endoftext|>", ...}, ...] */
static bool read_added(reader *r)
{
    r->has_added = true;
    r->list->origin = LIST_ADDED;
    if (!json_enter(&r->s, '['))
        return false;
    for (bool first = true; json_more(&r->s, ']', &first);) {
        json_raw key, token;
        uint64_t id;
        bool has_id = false, has_token = false;
        size_t start = r->s.at;
        if (!json_enter(&r->s, '{'))
            return false;
        for (bool start_of_entry = true; json_more(&r->s, '}', &start_of_entry);) {
            if (!json_key(&r->s, &key))
                return false;
            bool is_id = json_raw_is(&key, "id"), is_token = json_raw_is(&key, "content");
            if (is_id      ? !json_unsigned(&r->s, &id)
                : is_token ? !json_string_raw(&r->s, &token)
                           : !json_skip(&r->s))
                return false;
            has_id |= is_id;
            has_token |= is_token;
        }
        if (r->s.fault.what != NULL)
            return false;
        if (!has_id || !has_token)
            return json_fault_at(&r->s, start, "an added token without id or content");
        if (!add(r, &token, id))
            return false;
    }
    r->list->origin = LIST_MODEL;
    return r->s.fault.what == NULL;
}

static bool read_model(reader *r)
{
    json_raw key;
    if (!json_enter(&r->s, '{'))
        return false;
    for (bool first = true; json_more(&r->s, '}', &first);) {
        if (!json_key(&r->s, &key))
            return false;
        int next = json_peek(&r->s);
        bool is_vocab = json_raw_is(&key, "vocab");
        bool is_type = json_raw_is(&key, "type") && next == '"';
        json_raw type = {"", 0, false};
        if (is_vocab && r->has_model)
            return json_fault_at(&r->s, r->s.at, "the member 'vocab' is repeated");
        r->has_model |= is_vocab;
        r->byte_fallback |= json_raw_is(&key, "byte_fallback") && next == 't';
        bool is_end = json_raw_is(&key, "end_of_word_suffix") && next == '"';
        json_raw end = {"", 0, false};
        if (is_vocab  ? !(next == '[' ? read_list(r) : read_object(r))
            : is_type ? !json_string_raw(&r->s, &type)
            : is_end  ? !json_string_raw(&r->s, &end)
                      : !json_skip(&r->s))
            return false;
        r->wordy |= json_raw_is(&end, word_end);
        r->word_piece |= json_raw_is(&type, "WordPiece") || json_raw_is(&type, "WordLevel");
    }
    return r->s.fault.what == NULL;
}

/* The members of the outermost object. */
static bool read_tokenizer(reader *r)
{
    json_raw key;
    if (!json_enter(&r->s, '{'))
        return false;
    for (bool first = true; json_more(&r->s, '}', &first);) {
        if (!json_key(&r->s, &key))
            return false;
        int next = json_peek(&r->s);
        bool good;
        if (json_raw_is(&key, "model") && next == '{')
            good = read_model(r);
        else if (json_raw_is(&key, "added_tokens") && next == '[' && !r->has_added)
            good = read_added(r);
        else if (json_raw_is(&key, "added_tokens") && next == '[')
            return json_fault_at(&r->s, r->s.at, "the member 'added_tokens' is repeated");
        else if (json_raw_is(&key, "vocab") && next == '[' && !r->has_model)
            r->has_model = good = read_list(r); /* sentence-transformers' WhitespaceTokenizer */
        else if (json_raw_is(&key, "pre_tokenizer"))
            good = token_steps_read(&r->s, &r->before);
        else if (json_raw_is(&key, "decoder"))
            good = token_steps_read(&r->s, &r->decoder);
        else
            good = json_skip(&r->s);
        if (!good)
            return false;
    }
    return r->s.fault.what == NULL;
}

/* ---- the kinds ------------------------------------------------------------------------------ */

/* Whether the first member of the object is a number, as in a plain vocabulary. */
static bool is_plain(json_scanner s)
{
    json_raw key;
    bool first = true;
    if (!json_enter(&s, '{') || !json_more(&s, '}', &first) || !json_key(&s, &key))
        return true; /* empty or wrong, which reading it will tell */
    int c = json_peek(&s);
    return c == '-' || (c >= '0' && c <= '9');
}

/* An object of words and how often each was seen: most of the numbers are repeated. */
static bool is_counts(const vocab_list *list)
{
    enum { ENOUGH = 8 };
    size_t distinct = 0;
    for (size_t i = 0; i < list->count; i++)
        distinct += i == 0 || list->tokens[i - 1].id != list->tokens[i].id;
    return list->count >= ENOUGH && distinct < list->count / 2;
}

/* Reads whatever it is. *plain: it is not a tokenizer, but only a vocabulary. */
static bool read_any(reader *r, bool *plain)
{
    int bracket = json_peek(&r->s);
    *plain = bracket == '[' || is_plain(r->s);
    if (bracket == '[' ? !read_list(r) : *plain ? !read_object(r) : !read_tokenizer(r))
        return false;
    if (!*plain && !r->has_model)
        return json_fault_at(&r->s, 0, "not a tokenizer: it has no model with a vocab");
    if (*plain && r->numbered)
        return json_fault_at(&r->s, 0, "a list of tokens with numbers, which may be IDs or counts");
    return json_end(&r->s);
}

/* What the file says of its alphabet; false: nothing. What the decoder says counts first, as it
 * makes text of tokens. */
static bool tell_alphabet(const reader *r, alphabet *a)
{
    const char *space = r->decoder.space[0] != '\0' ? r->decoder.space : r->before.space;
    bool bytes = r->decoder.byte_fallback;
    if (r->decoder.byte_level || r->before.byte_level) {
        a->kind = ALPHABET_BYTE_LEVEL;
    } else if (space[0] != '\0' || bytes) {
        a->kind = ALPHABET_SENTENCEPIECE;
        a->bytes = bytes ? BYTES_IN_ANY_CASE : r->byte_fallback ? BYTES_IN_CAPITALS : BYTES_NEVER;
        memcpy(a->space, space, sizeof a->space);
    }
    return a->kind != ALPHABET_PLAIN || r->word_piece;
}

/* Where the space is U+2581, which is in no text, added tokens have it too. */
static bool added_are_plain(const alphabet *a)
{
    return a->kind != ALPHABET_SENTENCEPIECE ||
           (a->space[0] != '\0' && strcmp(a->space, ALPHABET_MARK) != 0);
}

/* CLIP has a second form with </w> of most tokens, and only that is a word. */
static bool is_wordy(const reader *r, bool plain)
{
    enum { ONE_IN = 4 };
    return r->wordy || (plain && r->list->unique && r->ending * ONE_IN > r->list->count);
}

static bool finish(reader *r, bool plain)
{
    vocab_list *list = r->list;
    bool guess = plain || !tell_alphabet(r, &list->base.alphabet);
    if (!vocab_list_seal(list, guess, r->err))
        return false;
    list->finds_last = !plain; /* Unigram's list of pieces */
    list->added_plain = added_are_plain(&list->base.alphabet);
    list->base.word_end = is_wordy(r, plain) ? word_end : NULL;
    list->base.listed = plain && !list->unique;
    return true;
}

tokvec_vocab *vocab_json(const file_map *map, uint64_t start, tokvec_error *err)
{
    enum { CONFIG_MAX = 100 }; /* members of a configuration that has nothing but numbers */
    if (!file_want(map, 0, map->size, err))
        return NULL;
    if (vocab_is_tekken(map, start))
        return vocab_tekken(map, start, err);
    reader r = {.s = {.text = map->data, .size = (size_t)map->size, .at = (size_t)start},
                .list = vocab_list_new(err),
                .err = err};
    const char *hint = NULL, *other = NULL;
    bool plain;
    if (r.list == NULL)
        return NULL;
    vocab_list_expect(r.list, map->size);
    if (read_any(&r, &plain)) {
        if (!finish(&r, plain))
            r.failed = true;
        else if (plain && r.list->unique && is_counts(r.list))
            json_fault_at(&r.s, 0, "its numbers are repeated, as counts are, not IDs");
        else if (r.list->count == 0)
            json_fault_at(&r.s, 0, "it has no tokens");
    }
    bool good = !r.failed && r.s.fault.what == NULL;
    if (!r.failed && (!good || (plain && r.list->count <= CONFIG_MAX)))
        other = vocab_json_other(map, start, good, &hint);
    if (good && other == NULL)
        return &r.list->base;
    if (other != NULL) {
        error_set(err, TOKVEC_UNSUPPORTED, "the file is %s, not a vocabulary", other);
        error_where(err, "%s", map->path);
        error_hint(err, "%s", hint);
    } else if (!r.failed) {
        file_map_bad(map, r.s.fault.offset, err, "the JSON: %s", r.s.fault.what);
    }
    tokvec_vocab_close(&r.list->base);
    return NULL;
}

/* ---- added tokens in files beside a vocabulary ---------------------------------------------- */

/* {"151644": {"content": "<|im_start|>", ...}, ...} */
static bool read_decoder(reader *r)
{
    json_raw key, token;
    if (!json_enter(&r->s, '{'))
        return false;
    for (bool first = true; json_more(&r->s, '}', &first);) {
        uint64_t id = 0;
        bool has_token = false, digits = true;
        if (!json_key(&r->s, &key))
            return false;
        for (size_t i = 0; i < key.length && digits; i++) {
            digits = key.bytes[i] >= '0' && key.bytes[i] <= '9' && id <= UINT32_MAX;
            id = id * 10 + (uint64_t)(key.bytes[i] - '0');
        }
        size_t start = r->s.at;
        if (!json_enter(&r->s, '{'))
            return false;
        for (bool start_of_entry = true; json_more(&r->s, '}', &start_of_entry);) {
            json_raw name;
            if (!json_key(&r->s, &name))
                return false;
            bool is_token = json_raw_is(&name, "content");
            if (is_token ? !json_string_raw(&r->s, &token) : !json_skip(&r->s))
                return false;
            has_token |= is_token;
        }
        if (r->s.fault.what != NULL)
            return false;
        if (key.length == 0 || !digits || !has_token)
            return json_fault_at(&r->s, start, "an added token without ID or content");
        if (!add(r, &token, id))
            return false;
    }
    return r->s.fault.what == NULL;
}

/* A tokenizer_config.json, of which the one member counts. */
static bool read_config(reader *r, bool *found)
{
    json_raw key;
    if (!json_enter(&r->s, '{'))
        return false;
    for (bool first = true; json_more(&r->s, '}', &first);) {
        if (!json_key(&r->s, &key))
            return false;
        bool is_decoder = json_raw_is(&key, "added_tokens_decoder") && json_peek(&r->s) == '{';
        if (is_decoder && *found)
            return json_fault_at(&r->s, r->s.at, "the member 'added_tokens_decoder' is repeated");
        if (is_decoder ? !read_decoder(r) : !json_skip(&r->s))
            return false;
        *found |= is_decoder;
    }
    return r->s.fault.what == NULL;
}

bool vocab_json_added(vocab_list *list, const file_map *map, bool *found, tokvec_error *err)
{
    reader r = {.s = {.text = map->data, .size = (size_t)map->size}, .list = list, .err = err};
    bool unique = list->unique;
    if (!file_want(map, 0, map->size, err))
        return false;
    if (map->size >= 3 && memcmp(map->data, "\xef\xbb\xbf", 3) == 0)
        r.s.at = 3;
    list->origin = LIST_BESIDE;
    *found = false;
    bool good = is_plain(r.s) ? (*found = true, read_object(&r)) : read_config(&r, found);
    list->origin = LIST_MODEL;
    list->unique = unique;
    return (good && json_end(&r.s)) ||
           (!r.failed && file_map_bad(map, r.s.fault.offset, err, "the JSON: %s", r.s.fault.what));
}

bool vocab_json_recognise(const file_map *map, uint64_t start)
{
    /* A line such as "[PAD]", "[1]" or "{" begins vocabularies of one token a line, too. */
    json_scanner s = {.text = map->data, .size = (size_t)map->size, .at = (size_t)start};
    while (s.at < s.size && file_want(map, s.at, 1, NULL) &&
           memchr(" \t\r\n", map->data[s.at], 4) != NULL)
        s.at++;
    if (s.at == s.size || !file_want(map, s.at, 1, NULL))
        return false;
    int bracket = json_peek(&s);
    if ((bracket != '{' && bracket != '[') || !file_want(map, 0, map->size, NULL))
        return false;
    json_scanner whole = s;
    s.at++;
    int next = json_peek(&s);
    if (next == '"' || (bracket == '[' && next == '['))
        return true;
    return json_skip(&whole) && json_end(&whole);
}
