/* vocab_tekken.c - the tekken.json of Mistral.
 * Tokens in base64 in the order of their ranks, special ones beside them, which come first: the ID
 * of a token is its rank and the number of special tokens. The configuration says how many IDs
 * there are; the file has more. As mistral-common reads it (tekken.py).
 * SPDX-License-Identifier: MIT */
#include "vocab/vocab_kinds.h"

#include <stdio.h>
#include <string.h>

/* What files of the first versions do not say. */
static const char *const first_specials[] = {"<unk>",
                                             "<s>",
                                             "</s>",
                                             "[INST]",
                                             "[/INST]",
                                             "[AVAILABLE_TOOLS]",
                                             "[/AVAILABLE_TOOLS]",
                                             "[TOOL_RESULTS]",
                                             "[/TOOL_RESULTS]",
                                             "[TOOL_CALLS]",
                                             "[IMG]",
                                             "<pad>",
                                             "[IMG_BREAK]",
                                             "[IMG_END]",
                                             "[PREFIX]",
                                             "[MIDDLE]",
                                             "[SUFFIX]",
                                             "[SYSTEM_PROMPT]",
                                             "[/SYSTEM_PROMPT]",
                                             "[TOOL_CONTENT]"};
enum { FIRST_SPECIALS = sizeof first_specials / sizeof *first_specials, LAST_FIRST_VERSION = 7 };

enum { SPECIALS_MAX = 1 << 16 }; /* real files have 1000 */

typedef struct reader {
    json_scanner s;
    vocab_list *list;
    tokvec_error *err;
    bool failed; /* err says why */
    bool has_config, has_size, has_count, has_vocab, has_specials;
    uint64_t size;         /* of the vocabulary: IDs that there are */
    uint64_t specials;     /* IDs of special tokens */
    uint64_t version;      /* 0: not known */
    uint64_t said, tokens; /* special tokens and others that the file has */
} reader;

static bool fault(reader *r, size_t at, const char *what)
{
    return json_fault_at(&r->s, at, what);
}

/* "v7": 7 */
static uint64_t version_of(const json_raw *text)
{
    uint64_t version = 0;
    enum { DIGITS_MAX = 6 };
    if (text->length < 2 || text->length > DIGITS_MAX || text->bytes[0] != 'v')
        return 0;
    for (size_t i = 1; i < text->length; i++) {
        if (text->bytes[i] < '0' || text->bytes[i] > '9')
            return 0;
        version = version * 10 + (uint64_t)(text->bytes[i] - '0');
    }
    return version;
}

static bool read_config(reader *r)
{
    json_raw key, version = {"", 0, false};
    if (r->has_config)
        return fault(r, r->s.at, "the member 'config' is repeated");
    r->has_config = true;
    if (!json_enter(&r->s, '{'))
        return false;
    for (bool first = true; json_more(&r->s, '}', &first);) {
        if (!json_key(&r->s, &key))
            return false;
        bool is_size = json_raw_is(&key, "default_vocab_size");
        bool is_count = json_raw_is(&key, "default_num_special_tokens");
        bool is_version = json_raw_is(&key, "version") && json_peek(&r->s) == '"';
        if (is_size      ? !json_unsigned(&r->s, &r->size)
            : is_count   ? !json_unsigned(&r->s, &r->specials)
            : is_version ? !json_string_raw(&r->s, &version)
                         : !json_skip(&r->s))
            return false;
        r->has_size |= is_size;
        r->has_count |= is_count;
    }
    r->version = version_of(&version);
    return r->s.fault.what == NULL;
}

/* A token of the list, as {"rank": 0, NAME: text, ...}. */
static bool read_entry(reader *r, const char *name, uint64_t *rank, json_raw *text)
{
    json_raw key;
    bool has_rank = false, has_text = false;
    size_t start = r->s.at;
    if (!json_enter(&r->s, '{'))
        return false;
    for (bool first = true; json_more(&r->s, '}', &first);) {
        if (!json_key(&r->s, &key))
            return false;
        bool is_rank = json_raw_is(&key, "rank"), is_text = json_raw_is(&key, name);
        if (is_rank   ? !json_unsigned(&r->s, rank)
            : is_text ? !json_string_raw(&r->s, text)
                      : !json_skip(&r->s))
            return false;
        has_rank |= is_rank;
        has_text |= is_text;
    }
    return r->s.fault.what == NULL &&
           ((has_rank && has_text) || fault(r, start, "a token without rank or text"));
}

static bool add(reader *r, int64_t id, size_t length)
{
    r->failed = !vocab_list_add(r->list, id, length, r->err);
    return !r->failed;
}

/* The room for a token; on failure the reader has failed. */
static char *room_for(reader *r, size_t length)
{
    enum { CHANGING = 4 }; /* see json_unescape */
    char *room = vocab_list_room(r->list, length + CHANGING, r->err);
    r->failed = room == NULL;
    return room;
}

/* A token with its rank for ID, until all special ones are known. */
static bool read_token(reader *r)
{
    uint64_t rank;
    json_raw text;
    size_t start = r->s.at;
    if (!read_entry(r, "token_bytes", &rank, &text))
        return false;
    char *room = room_for(r, text.length);
    if (room == NULL)
        return false;
    tokvec_text code = {text.bytes, text.length};
    if (text.escaped)
        code = (tokvec_text){room, json_unescape(&text, room)};
    size_t length = vocab_rules_base64(code, room); /* which reads ahead of what it writes */
    if (length == 0)
        return fault(r, start, "a token that is not base64");
    if (rank != r->tokens)
        return fault(r, start, "a token's rank is not its place");
    if (rank < 256 && (length != 1 || (unsigned char)*room != rank))
        return fault(r, start, "one of the first 256 tokens is not the byte of its rank");
    r->tokens++;
    return add(r, (int64_t)rank, length);
}

static bool read_vocab(reader *r)
{
    if (r->has_vocab)
        return fault(r, r->s.at, "the member 'vocab' is repeated");
    r->has_vocab = true;
    bool known = r->has_size && r->has_count && r->size >= r->specials;
    if (!json_enter(&r->s, '['))
        return false;
    for (bool first = true; json_more(&r->s, ']', &first);) {
        /* What is behind the end of the vocabulary is not looked at. */
        bool wanted = !known || r->tokens < r->size - r->specials;
        if (wanted ? !read_token(r) : !json_skip(&r->s))
            return false;
    }
    return r->s.fault.what == NULL;
}

static bool read_specials(reader *r)
{
    if (r->has_specials)
        return fault(r, r->s.at, "the member 'special_tokens' is repeated");
    r->has_specials = true;
    if (!json_enter(&r->s, '['))
        return false;
    r->list->origin = LIST_ADDED;
    for (bool first = true; json_more(&r->s, ']', &first);) {
        uint64_t rank;
        json_raw text;
        size_t start = r->s.at;
        if (!read_entry(r, "token_str", &rank, &text))
            return false;
        char *room = room_for(r, text.length);
        if (room == NULL)
            return false;
        if (rank != r->said)
            return fault(r, start, "a special token's rank is not its place");
        r->said++;
        if (!add(r, (int64_t)rank, json_unescape(&text, room)))
            return false;
    }
    r->list->origin = LIST_MODEL;
    return r->s.fault.what == NULL;
}

static bool read_members(reader *r)
{
    json_raw key;
    if (!json_enter(&r->s, '{'))
        return false;
    for (bool first = true; json_more(&r->s, '}', &first);) {
        if (!json_key(&r->s, &key))
            return false;
        bool null = json_peek(&r->s) == 'n';
        if (json_raw_is(&key, "config")                    ? !read_config(r)
            : json_raw_is(&key, "vocab")                   ? !read_vocab(r)
            : json_raw_is(&key, "special_tokens") && !null ? !read_specials(r)
                                                           : !json_skip(&r->s))
            return false;
    }
    return r->s.fault.what == NULL && json_end(&r->s);
}

/* ---- what all of it tells ------------------------------------------------------------------- */

static bool check(reader *r)
{
    if (!r->has_size || !r->has_count)
        return fault(r, 0, "its config does not say how many tokens there are");
    if (!r->has_specials && (r->version == 0 || r->version > LAST_FIRST_VERSION))
        return fault(r, 0, "it has no special_tokens, as only versions up to v7 may");
    if (!r->has_specials)
        r->said = FIRST_SPECIALS;
    if (r->said > r->specials)
        return fault(r, 0, "it has more special tokens than its config says");
    if (r->size < r->specials || r->size - r->specials > r->tokens)
        return fault(r, 0, "it has fewer tokens than its config says");
    if (r->specials > SPECIALS_MAX)
        return fault(r, 0, "its config says more special tokens than any model has");
    return true;
}

/* Tokens get the IDs behind the special ones; those beyond the end go. */
static void number(reader *r)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->list->count; i++) {
        list_token token = r->list->tokens[i];
        if (token.origin == LIST_MODEL)
            token.id += (int64_t)r->specials;
        if ((uint64_t)token.id < r->size)
            r->list->tokens[kept++] = token;
    }
    r->list->count = kept;
}

/* Special tokens that the file does not name. */
static bool add_specials(reader *r)
{
    char name[40];
    r->list->origin = LIST_ADDED;
    for (uint64_t id = r->has_specials ? r->said : 0; id < r->specials; id++) {
        const char *text = name;
        snprintf(name, sizeof name, "<SPECIAL_%llu>", (unsigned long long)id);
        if (!r->has_specials && id < FIRST_SPECIALS)
            text = first_specials[id];
        r->failed =
            !vocab_list_add_text(r->list, (int64_t)id, (tokvec_text){text, strlen(text)}, r->err);
        if (r->failed)
            return false;
    }
    r->list->origin = LIST_MODEL;
    return true;
}

static bool finish(reader *r)
{
    bool differ = false;
    number(r);
    if (!add_specials(r))
        return false;
    r->list->added_plain = r->list->apart = true;
    r->failed =
        !vocab_list_seal(r->list, false, r->err) || !vocab_list_differ(r->list, &differ, r->err);
    return !r->failed && (differ || fault(r, 0, "a token is repeated"));
}

bool vocab_is_tekken(const file_map *map, uint64_t start)
{
    json_scanner s = {.text = map->data, .size = (size_t)map->size, .at = (size_t)start};
    json_raw key;
    if (!json_enter(&s, '{'))
        return false;
    for (bool first = true; json_more(&s, '}', &first);) {
        bool inner = true;
        if (!json_key(&s, &key) || json_raw_is(&key, "model"))
            return false;
        if (json_raw_is(&key, "vocab"))
            return json_peek(&s) == '[' && json_enter(&s, '[') && json_more(&s, ']', &inner) &&
                   json_peek(&s) == '{';
        int value = json_peek(&s); /* no member is a number, as all are in a plain vocabulary */
        if (value == '-' || (value >= '0' && value <= '9') || !json_skip(&s))
            return false;
    }
    return false;
}

tokvec_vocab *vocab_tekken(const file_map *map, uint64_t start, tokvec_error *err)
{
    reader r = {.s = {.text = map->data, .size = (size_t)map->size, .at = (size_t)start},
                .list = vocab_list_new(err),
                .err = err};
    if (r.list == NULL)
        return NULL;
    vocab_list_expect(r.list, map->size);
    if (read_members(&r) && check(&r) && finish(&r))
        return &r.list->base;
    if (!r.failed)
        file_map_bad(map, r.s.fault.offset, err, "the tekken.json: %s", r.s.fault.what);
    tokvec_vocab_close(&r.list->base);
    return NULL;
}
