/* vocab_json.c - vocabularies in JSON.
 * An object from token to ID (GPT-2's encoder.json and vocab.json), a list of tokens, or the
 * tokenizer.json of Hugging Face, of which the added tokens and the model's vocabulary are taken.
 * SPDX-License-Identifier: MIT */
#include "base/json_scan.h"
#include "table/vocab_list.h"

#include <string.h>

typedef struct reader {
    json_scanner s;
    vocab_list *list;
    tokvec_error *err;                          /* where it is not the JSON that is wrong */
    bool failed;                                /* err says why */
    bool byte_level, sentencepiece, word_piece; /* what tokenizer.json says of its alphabet */
    bool has_model, tekken;
} reader;

/* A token of that ID. */
static bool add(reader *r, const json_raw *token, uint64_t id, bool plain)
{
    enum { CHANGING = 4 }; /* see json_unescape */
    if (id > UINT32_MAX)
        return json_fault_at(&r->s, r->s.at, "a token ID has 32 bits");
    char *room = vocab_list_room(r->list, token->length + CHANGING, r->err);
    size_t length = token->length;
    if (room != NULL && token->escaped)
        length = json_unescape(token, room);
    else if (room != NULL && length > 0)
        memcpy(room, token->bytes, length);
    r->failed = room == NULL || !vocab_list_add(r->list, (int64_t)id, length, plain, r->err);
    return !r->failed;
}

/* {"the": 0, ...} */
static bool read_object(reader *r)
{
    json_raw token;
    uint64_t id;
    size_t before = r->list->count;
    if (!json_enter(&r->s, '{'))
        return false;
    for (bool first = true; json_more(&r->s, '}', &first);) {
        if (!json_key(&r->s, &token) || !json_unsigned(&r->s, &id) || !add(r, &token, id, false))
            return false;
    }
    if (r->s.fault.what != NULL)
        return false;
    r->failed = !vocab_list_keep_last(r->list, before, r->err);
    return !r->failed;
}

/* ["the", ...] or, with scores, [["the", -3.5], ...] */
static bool read_list(reader *r)
{
    json_raw token;
    if (!json_enter(&r->s, '['))
        return false;
    uint64_t id = 0;
    for (bool first = true; json_more(&r->s, ']', &first); id++) {
        bool scored = json_peek(&r->s) == '[';
        bool inner = true;
        if (scored && (!json_enter(&r->s, '[') || !json_more(&r->s, ']', &inner)))
            return json_fault_at(&r->s, r->s.at, "a token and its score were expected");
        if (!json_string_raw(&r->s, &token) || !add(r, &token, id, false))
            return false;
        while (scored && json_more(&r->s, ']', &inner)) {
            if (!json_skip(&r->s))
                return false;
        }
        if (r->s.fault.what != NULL)
            return false;
    }
    return r->s.fault.what == NULL;
}

/* ---- tokenizer.json ------------------------------------------------------------------------- */

/* [{"id": 50256, "content": "<|endoftext|>", ...}, ...] */
static bool read_added(reader *r)
{
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
        if (!add(r, &token, id, true))
            return false;
    }
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
        r->has_model |= is_vocab;
        if (is_vocab  ? !(next == '[' ? read_list(r) : read_object(r))
            : is_type ? !json_string_raw(&r->s, &type)
                      : !json_skip(&r->s))
            return false;
        r->word_piece |= json_raw_is(&type, "WordPiece") || json_raw_is(&type, "WordLevel");
    }
    return r->s.fault.what == NULL;
}

/* The pre-tokenizer or the decoder: a step, or several in a list, each with its "type". Looks
 * for the types that tell how tokens are written. */
static bool read_steps(reader *r)
{
    size_t start = r->s.at;
    if (!json_skip(&r->s))
        return false;
    json_scanner inside = {.text = r->s.text, .size = r->s.at, .at = start};
    while (inside.at < inside.size) { /* string by string: it is JSON, as has been seen */
        const uint8_t *quote = memchr(inside.text + inside.at, '"', inside.size - inside.at);
        json_raw word;
        if (quote == NULL)
            break;
        inside.at = (size_t)(quote - inside.text);
        if (!json_string_raw(&inside, &word))
            break;
        r->byte_level |= json_raw_is(&word, "ByteLevel");
        r->sentencepiece |= json_raw_is(&word, "Metaspace") || json_raw_is(&word, "ByteFallback");
    }
    return true;
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
        r->tekken |= json_raw_is(&key, "vocab") && next == '[';
        if (json_raw_is(&key, "model") && next == '{')
            good = read_model(r);
        else if (json_raw_is(&key, "added_tokens") && next == '[')
            good = read_added(r);
        else if (json_raw_is(&key, "pre_tokenizer") || json_raw_is(&key, "decoder"))
            good = read_steps(r);
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

static bool read_any(reader *r)
{
    bool guess = true;
    if (json_peek(&r->s) == '[') {
        if (!read_list(r))
            return false;
        r->list->base.listed = true;
    } else if (is_plain(r->s)) {
        if (!read_object(r))
            return false;
    } else {
        if (!read_tokenizer(r))
            return false;
        if (r->tekken) {
            r->failed = true;
            error_set(r->err, TOKVEC_UNSUPPORTED, "the file is a tekken.json of Mistral");
            return error_hint(r->err,
                              "name the tokenizer.json beside it, which has the same tokens");
        }
        if (!r->has_model)
            return json_fault_at(&r->s, 0, "no tokenizer: it has no vocab in a model");
        guess = !r->byte_level && !r->sentencepiece && !r->word_piece;
    }
    if (!json_end(&r->s))
        return false;
    if (!guess)
        r->list->base.alphabet = r->byte_level      ? ALPHABET_BYTE_LEVEL
                                 : r->sentencepiece ? ALPHABET_SENTENCEPIECE
                                                    : ALPHABET_PLAIN;
    r->failed = !vocab_list_seal(r->list, guess, r->err);
    return !r->failed;
}

/* Behind a byte order mark, which JSON does not have but programs for Windows write. */
static json_scanner scanner_of(const file_map *map)
{
    bool marked = map->size >= 3 && memcmp(map->data, "\xef\xbb\xbf", 3) == 0;
    return (json_scanner){.text = map->data, .size = (size_t)map->size, .at = marked ? 3 : 0};
}

tokvec_vocab *vocab_json(const file_map *map, tokvec_error *err)
{
    reader r = {.s = scanner_of(map), .list = vocab_list_new(err), .err = err};
    if (r.list == NULL)
        return NULL;
    if (read_any(&r))
        return &r.list->base;
    if (!r.failed)
        file_map_bad(map, r.s.fault.offset, err, "the JSON: %s", r.s.fault.what);
    tokvec_vocab_close(&r.list->base);
    return NULL;
}

bool vocab_json_recognise(const file_map *map)
{
    /* A line such as "[PAD]" or "{" begins vocabularies of one token a line, too. */
    json_scanner s = scanner_of(map);
    int bracket = json_peek(&s);
    if (bracket != '{' && bracket != '[')
        return false;
    s.at++;
    int next = json_peek(&s);
    return next == '"' || (bracket == '{' ? next == '}' : next == '[' || next == ']');
}
