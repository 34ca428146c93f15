/* token_roles_files.c - what the files of a model say of its tokens.
 * See token_roles.h. A tokenizer.json may be large, and is gone through without being built; the
 * others are small.
 * SPDX-License-Identifier: MIT */
#include "model/token_roles.h"

#include "io/path.h"
#include "text/json.h"

#include <stdlib.h>

enum { FILE_MAX_BYTES = 1 << 24 }; /* of a file that is small in all models */

typedef struct reader {
    token_roles *roles;
    const token_sources *from;
    tokvec_error *err;
    bool failed; /* *err tells why */
} reader;

static void fail(reader *r, const tokvec_error *why)
{
    r->failed = true;
    if (r->err != NULL)
        *r->err = *why;
}

/* ---------------------------------------------------------------- tokenizer.json */

/* {"id": 50256, "content": "<|endoftext|>", "special": true, ...} */
static bool read_added_token(json_scanner *s, reader *r)
{
    uint64_t id = 0;
    bool has_id = false, special = false;
    if (!json_enter(s, '{'))
        return false;
    for (bool first = true; json_more(s, '}', &first);) {
        json_raw key;
        if (!json_key(s, &key))
            return false;
        bool is_id = json_raw_is(&key, "id");
        if (json_raw_is(&key, "special"))
            special = json_peek(s) == 't';
        if (is_id ? !json_unsigned(s, &id) : !json_skip(s))
            return false;
        has_id |= is_id;
    }
    if (has_id)
        token_roles_add(r->roles, r->from, (int64_t)id,
                        (uint8_t)(TOKEN_ADDED | (special ? TOKEN_SPECIAL : 0)));
    return s->fault.what == NULL;
}

static bool read_added_tokens(json_scanner *s, reader *r)
{
    if (!json_enter(s, '['))
        return false;
    for (bool first = true; json_more(s, ']', &first);) {
        if (!read_added_token(s, r))
            return false;
    }
    return s->fault.what == NULL;
}

static void read_tokenizer(const file_map *map, reader *r)
{
    json_scanner s = {.text = map->data, .size = (size_t)map->size};
    json_raw key;
    if (!file_want(map, 0, map->size, NULL) || json_peek(&s) != '{' || !json_enter(&s, '{'))
        return;
    for (bool first = true; json_more(&s, '}', &first);) {
        if (!json_key(&s, &key))
            return;
        bool added = json_raw_is(&key, "added_tokens") && json_peek(&s) == '[';
        if (added ? !read_added_tokens(&s, r) : !json_skip(&s))
            return;
    }
}

static void open_tokenizer(const char *path, reader *r)
{
    tokvec_error why = {.code = TOKVEC_OK};
    file_map *map = path == NULL ? NULL : file_map_open(path, &why);
    if (map != NULL)
        read_tokenizer(map, r);
    else if (why.code == TOKVEC_NO_MEMORY)
        fail(r, &why);
    file_map_close(map);
}

/* ---------------------------------------------------------------- small files */

/* What cJSON_ArrayForEach goes through: nothing of another type. */
static const cJSON *object_of(const cJSON *value)
{
    return json_is_object(value) ? value : NULL;
}

static const cJSON *list_of(const cJSON *value)
{
    return json_is_list(value) ? value : NULL;
}

static bool ends_in(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static void add_number(reader *r, const cJSON *value)
{
    double id = json_is_number(value) ? value->valuedouble : -1;
    if (id >= 0 && id < 0x1p53 && id == (double)(int64_t)id)
        token_roles_add(r->roles, r->from, (int64_t)id, TOKEN_SPECIAL);
}

/* "pad_token_id": 0, "eos_token_id": [1, 106], and, in models of several parts, those of the one
 * for text. */
static void read_config(reader *r, const cJSON *config)
{
    const cJSON *member, *item;
    for (int part = 0; part < 2; part++) {
        const cJSON *object = part == 0 ? config : json_get(config, "text_config");
        cJSON_ArrayForEach(member, object_of(object))
        {
            if (!ends_in(member->string, "_token_id") && !ends_in(member->string, "_token_index"))
                continue;
            add_number(r, member);
            cJSON_ArrayForEach(item, list_of(member)) add_number(r, item);
        }
    }
}

/* A token as text, or as {"content": text}. Whoever makes up words for every text has no special
 * ones. */
static void add_text(reader *r, const cJSON *value)
{
    const char *text = json_characters(json_is_object(value) ? json_get(value, "content") : value);
    int64_t id;
    tokvec_error why = {.code = TOKVEC_OK};
    if (text == NULL || r->from->vocab == NULL || tokvec_table_makes_rows(r->from->table))
        return;
    if (tokvec_vocab_find(r->from->vocab, (tokvec_text){text, strlen(text)}, &id, &why)) {
        token_roles_add(r->roles, r->from, id, TOKEN_SPECIAL);
    } else if (why.code != TOKVEC_NOT_FOUND) {
        fail(r, &why);
    }
}

/* "pad_token": "<pad>", "additional_special_tokens": ["<a>", "<b>"], and the same by name. */
static void read_names(reader *r, const cJSON *object)
{
    const cJSON *member, *item;
    cJSON_ArrayForEach(member, object_of(object))
    {
        if (ends_in(member->string, "_token"))
            add_text(r, member);
        if (!ends_in(member->string, "special_tokens"))
            continue;
        cJSON_ArrayForEach(item, member) add_text(r, item);
    }
}

/* "added_tokens_decoder": {"151643": {"content": "<|endoftext|>", "special": true}, ...} */
static void read_tokenizer_config(reader *r, const cJSON *config)
{
    const cJSON *entry, *all = json_get(config, "added_tokens_decoder");
    cJSON_ArrayForEach(entry, object_of(all))
    {
        char *end;
        long long id = strtoll(entry->string, &end, 10);
        bool special = json_is_true(json_get(entry, "special"));
        if (end != entry->string && *end == '\0')
            token_roles_add(r->roles, r->from, id,
                            (uint8_t)(TOKEN_ADDED | (special ? TOKEN_SPECIAL : 0)));
    }
    read_names(r, config);
}

/* {"<|im_start|>": 151644, ...} */
static void read_added_list(reader *r, const cJSON *object)
{
    const cJSON *member;
    cJSON_ArrayForEach(member, object_of(object))
    {
        if (json_is_number(member) && member->valuedouble >= 0 && member->valuedouble < 0x1p53)
            token_roles_add(r->roles, r->from, (int64_t)member->valuedouble, TOKEN_ADDED);
    }
}

typedef void read_json(reader *r, const cJSON *json);

/* Reads one that need not be there. */
static void read_small(reader *r, const char *path, read_json *read)
{
    cJSON *json = NULL;
    r->failed =
        r->failed || path == NULL || !json_read_optional(path, FILE_MAX_BYTES, &json, r->err);
    if (!r->failed)
        read(r, json);
    json_free(json);
}

static void read_in_folder(reader *r, const char *name, read_json *read)
{
    char *path = path_in_folder(r->from->folder, name, r->err);
    read_small(r, path, read);
    free(path);
}

static void read_folder(reader *r)
{
    char *path = path_in_folder(r->from->folder, "tokenizer.json", r->err);
    if (path == NULL)
        r->failed = true;
    open_tokenizer(path, r);
    free(path);
    read_in_folder(r, "tokenizer_config.json", read_tokenizer_config);
    read_in_folder(r, "special_tokens_map.json", read_names);
    read_in_folder(r, "added_tokens.json", read_added_list);
}

static void read_model(reader *r)
{
    char *path = path_beside(r->from->config, "generation_config.json", r->err);
    read_small(r, r->from->config, read_config);
    read_small(r, path, read_config);
    free(path);
}

/* ---------------------------------------------------------------- GGUF */

typedef struct gguf_visit {
    reader *r;
    bool in_types;
    int64_t next; /* ID that the next type is of */
} gguf_visit;

static bool number_of(const tokvec_value *value, int64_t *out)
{
    if (value->kind == TOKVEC_VALUE_INTEGER)
        *out = value->as.integer;
    else if (value->kind == TOKVEC_VALUE_NATURAL && value->as.natural <= INT64_MAX)
        *out = (int64_t)value->as.natural;
    else
        return false;
    return true;
}

/* Types of tokens, by the numbers of gguf.TokenType. */
static uint8_t role_of_type(int64_t type)
{
    enum { UNKNOWN = 2, CONTROL, USER_DEFINED, UNUSED, BYTE };
    return type == USER_DEFINED ? TOKEN_ADDED : type >= UNKNOWN && type <= BYTE ? TOKEN_SPECIAL : 0;
}

static bool look_at_pair(void *context, const tokvec_value *value)
{
    static const char start[] = "tokenizer.ggml.";
    gguf_visit *v = context;
    int64_t number;
    if (value->kind == TOKVEC_VALUE_LIST) {
        v->in_types = value->key != NULL && strcmp(value->key, "tokenizer.ggml.token_type") == 0;
        v->next = 0;
        return v->in_types;
    }
    if (value->kind == TOKVEC_VALUE_LIST_END || !number_of(value, &number))
        return true;
    if (value->key == NULL)
        token_roles_add(v->r->roles, v->r->from, v->next++, role_of_type(number));
    else if (strncmp(value->key, start, sizeof start - 1) == 0 && ends_in(value->key, "_token_id"))
        token_roles_add(v->r->roles, v->r->from, number, TOKEN_SPECIAL);
    return true;
}

/* ---------------------------------------------------------------- all of them */

bool token_roles_of_files(token_roles *roles, const token_sources *from, tokvec_error *err)
{
    reader r = {roles, from, err, false};
    gguf_visit visit = {.r = &r};
    if (from->weights != NULL && strcmp(tokvec_weights_format(from->weights), "gguf") == 0 &&
        !tokvec_weights_metadata(from->weights, look_at_pair, &visit, err))
        return false;
    open_tokenizer(from->vocab_file, &r);
    if (from->folder != NULL)
        read_folder(&r);
    if (from->config != NULL)
        read_model(&r);
    return !r.failed;
}
