/* spacy.c - the words of spaCy's vectors.
 * See spacy.h.
 * SPDX-License-Identifier: MIT */
#include "vocab/spacy.h"

#include "codec/msgpack.h"
#include "io/path.h"
#include "text/json.h"
#include "vocab/vocab_list.h"

#include <stdlib.h>
#include <string.h>

typedef struct key_place {
    uint64_t key;
    uint32_t place; /* in the file, which is the order of spaCy's dictionary */
} key_place;

typedef struct spacy {
    tokvec_vocab base;
    key_place *keys; /* sorted, each once */
    size_t count;
    uint32_t *rows; /* by place */
    size_t places;
    char *strings;    /* path of strings.json */
    vocab_list *list; /* the words that have a row; NULL until they are asked for */
    bool missing;     /* there is no strings.json: only symbols are known */
    bool failed;      /* the words cannot be read; why says so */
    tokvec_error why;
} spacy;

/* ---- key2row -------------------------------------------------------------------------------- */

/* The next pair of the map. */
static bool read_pair(msgpack_reader *r, uint64_t *key, uint64_t *row, tokvec_error *err)
{
    msgpack_item k, v;
    uint64_t at = r->at;
    if (!msgpack_next(r, &k, err) || !msgpack_next(r, &v, err))
        return false;
    *key = k.number;
    *row = v.number;
    return (k.kind == MSGPACK_UNSIGNED && v.kind == MSGPACK_UNSIGNED && v.number < UINT32_MAX) ||
           file_map_bad(r->map, at, err, "a pair that is not a hash and a row");
}

/* Steps into the map; *count: of its pairs. */
static bool enter(const file_map *map, msgpack_reader *r, uint64_t *count, tokvec_error *err)
{
    msgpack_item item;
    *r = (msgpack_reader){.map = map, .at = 0, .end = map->size};
    if (!msgpack_next(r, &item, err))
        return false;
    *count = item.number;
    return item.kind == MSGPACK_MAP || file_map_bad(map, 0, err, "not a map");
}

static bool named_key2row(const file_map *map)
{
    const char *slash = strrchr(map->path, '/');
    return strcmp(slash == NULL ? map->path : slash + 1, "key2row") == 0;
}

/* By its name, what begins as a map is one, and reading it tells what is wrong with it. */
bool spacy_recognise(const file_map *map)
{
    msgpack_reader r;
    uint64_t count, key, row;
    if (file_head(map, 1) == 0 || map->data[0] < 0x80 || !enter(map, &r, &count, NULL))
        return false;
    if (named_key2row(map) || count == 0)
        return named_key2row(map);
    for (uint64_t i = 0; i < count; i++) {
        if (!read_pair(&r, &key, &row, NULL))
            return false;
    }
    return r.at == map->size;
}

static int by_key(const void *a, const void *b)
{
    const key_place *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* A key that comes again counts where it comes last, as in Python. */
static void drop_repeated(spacy *v)
{
    size_t kept = 0;
    for (size_t i = 0; i < v->count; i++) {
        if (i + 1 == v->count || v->keys[i + 1].key != v->keys[i].key)
            v->keys[kept++] = v->keys[i];
    }
    v->count = kept;
}

static bool read_keys(spacy *v, const file_map *map, tokvec_error *err)
{
    msgpack_reader r;
    uint64_t count, row;
    if (!enter(map, &r, &count, err))
        return false;
    if (count > VOCAB_LIST_MAX)
        return file_map_bad(map, 0, err, "it has more than %d words", VOCAB_LIST_MAX);
    v->keys = malloc(((size_t)count + 1) * sizeof *v->keys);
    v->rows = malloc(((size_t)count + 1) * sizeof *v->rows);
    if (v->keys == NULL || v->rows == NULL)
        return error_no_memory(err, count * sizeof *v->keys);
    for (; v->places < count; v->places++) {
        if (!read_pair(&r, &v->keys[v->places].key, &row, err))
            return false;
        v->keys[v->places].place = (uint32_t)v->places;
        v->rows[v->places] = (uint32_t)row;
    }
    v->count = v->places;
    qsort(v->keys, v->count, sizeof *v->keys, by_key);
    drop_repeated(v);
    return r.at == map->size || file_map_bad(map, r.at, err, "something follows the map");
}

/* The place of a key, or SIZE_MAX. */
static size_t place_of(const spacy *v, uint64_t key)
{
    size_t low = 0, high = v->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (v->keys[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < v->count && v->keys[low].key == key ? v->keys[low].place : SIZE_MAX;
}

/* ---- strings.json --------------------------------------------------------------------------- */

/* Notes the words of the list that have a row, each at its place. */
static bool read_strings(const spacy *v, const file_map *map, json_raw *words, tokvec_error *err)
{
    enum { CHANGING = 4 }; /* see json_unescape */
    json_scanner s = {.text = map->data, .size = (size_t)map->size};
    vocab_list *room = vocab_list_new(err);
    json_raw raw;
    bool good = room != NULL && file_want(map, 0, map->size, err) && json_enter(&s, '[');
    for (bool first = true; good && json_more(&s, ']', &first);) {
        good = json_string_raw(&s, &raw);
        char *text = good ? vocab_list_room(room, raw.length + CHANGING, err) : NULL;
        if (text == NULL) {
            good = false;
            break;
        }
        tokvec_text word = {raw.bytes, raw.length};
        if (raw.escaped)
            word = (tokvec_text){text, json_unescape(&raw, text)};
        size_t place = place_of(v, spacy_key(word));
        if (place != SIZE_MAX)
            words[place] = raw;
    }
    good = good && s.fault.what == NULL && json_end(&s);
    if (s.fault.what != NULL)
        file_map_bad(map, s.fault.offset, err, "the JSON: %s", s.fault.what);
    if (room != NULL)
        tokvec_vocab_close(&room->base);
    return good;
}

/* Symbols are not in strings.json. */
static void add_symbols(const spacy *v, json_raw *words)
{
    enum { SYMBOLS_END = 512 };
    for (size_t i = 0; i < v->count && v->keys[i].key < SYMBOLS_END; i++) {
        tokvec_text word = spacy_symbol_text(v->keys[i].key);
        if (word.bytes != NULL)
            words[v->keys[i].place] = (json_raw){word.bytes, word.length, false};
    }
}

static bool fill(vocab_list *list, const spacy *v, const json_raw *words, tokvec_error *err)
{
    enum { CHANGING = 4 };
    list->keep = true; /* words that share a row; the first one is its label */
    for (size_t i = 0; i < v->places; i++) {
        if (words[i].bytes == NULL)
            continue;
        char *room = vocab_list_room(list, words[i].length + CHANGING, err);
        if (room == NULL)
            return false;
        size_t length = words[i].length;
        if (words[i].escaped)
            length = json_unescape(&words[i], room);
        else if (length > 0)
            memcpy(room, words[i].bytes, length);
        if (!vocab_list_add(list, v->rows[i], length, err))
            return false;
    }
    return vocab_list_seal(list, false, err);
}

static bool read_words(spacy *v, tokvec_error *err)
{
    json_raw *words = calloc(v->places + 1, sizeof *words);
    vocab_list *list = words == NULL ? NULL : vocab_list_new(err);
    if (words == NULL)
        error_no_memory(err, (v->places + 1) * sizeof *words);
    bool there = list != NULL && path_is_file(v->strings);
    file_map *map = there ? file_map_open(v->strings, err) : NULL;
    bool good = list != NULL && (!there || (map != NULL && read_strings(v, map, words, err)));
    if (good)
        add_symbols(v, words);
    good = good && fill(list, v, words, err) && (map == NULL || file_map_intact(map, err));
    file_map_close(map);
    free(words);
    if (good)
        v->list = list;
    else if (list != NULL)
        tokvec_vocab_close(&list->base);
    v->missing = !there;
    return good;
}

/* Once: the words of the rows, as far as they are known. */
static bool need_words(spacy *v, tokvec_error *err)
{
    if (v->list == NULL && !v->failed)
        v->failed = !read_words(v, &v->why);
    if (v->failed && err != NULL)
        *err = v->why;
    return !v->failed;
}

/* ---- the vocabulary ------------------------------------------------------------------------- */

/* Where the words are not known, that of the keys, of which words_token says what is wrong. */
static uint64_t words_count(tokvec_vocab *vocab)
{
    spacy *v = (spacy *)vocab;
    return need_words(v, NULL) && !v->missing ? v->list->count : v->count;
}

static int64_t words_last_id(tokvec_vocab *vocab)
{
    const spacy *v = (const spacy *)vocab;
    int64_t last = -1;
    for (size_t i = 0; i < v->count; i++) {
        int64_t row = v->rows[v->keys[i].place];
        last = row > last ? row : last;
    }
    return last;
}

static bool refuse_missing(const spacy *v, tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_FILE, "strings.json, which has the words, is not beside key2row");
    error_where(err, "%s", v->strings);
    return error_hint(err, "fetch it");
}

static bool words_token(tokvec_vocab *vocab, uint64_t index, int64_t *id, stored_token *stored,
                        tokvec_error *err)
{
    spacy *v = (spacy *)vocab;
    return need_words(v, err) && (!v->missing || refuse_missing(v, err)) &&
           v->list->base.ops->token(&v->list->base, index, id, stored, err);
}

static bool words_label(tokvec_vocab *vocab, int64_t id, stored_token *stored, tokvec_error *err)
{
    spacy *v = (spacy *)vocab;
    return need_words(v, err) && v->list->base.ops->label(&v->list->base, id, stored, err);
}

static bool words_find(tokvec_vocab *vocab, tokvec_text stored, token_kind kind, int64_t *id,
                       tokvec_error *err)
{
    (void)kind;
    const spacy *v = (const spacy *)vocab;
    size_t place = place_of(v, spacy_key(stored));
    uint64_t symbol = place == SIZE_MAX ? spacy_symbol(stored) : SPACY_NO_SYMBOL;
    if (symbol != SPACY_NO_SYMBOL)
        place = place_of(v, symbol);
    if (place == SIZE_MAX)
        return vocab_missing(err);
    *id = v->rows[place];
    return true;
}

static void words_close(tokvec_vocab *vocab)
{
    spacy *v = (spacy *)vocab;
    if (v->list != NULL)
        tokvec_vocab_close(&v->list->base);
    free(v->keys);
    free(v->rows);
    free(v->strings);
    free(v);
}

static const vocab_ops words_ops = {.count = words_count,
                                    .last_id = words_last_id,
                                    .token = words_token,
                                    .label = words_label,
                                    .find = words_find,
                                    .close = words_close};

/* What vectors.cfg beside the file says: rows are those of words, unless it says otherwise. */
static bool check_mode(const file_map *map, tokvec_error *err)
{
    enum { CONFIG_MAX = 1 << 16 };
    cJSON *config;
    char *path = path_beside(map->path, "vectors.cfg", err);
    bool read = path != NULL && json_read_optional(path, CONFIG_MAX, &config, err);
    free(path);
    if (!read)
        return false;
    const char *mode = json_characters(json_get(config, "mode"));
    bool words = mode == NULL || strcmp(mode, "default") == 0;
    if (!words) {
        error_set(err, TOKVEC_UNSUPPORTED,
                  "the rows belong to parts of words (%.40s), not to words", mode);
        error_where(err, "%s", map->path);
        error_hint(err, "give the numbers of rows");
    }
    json_free(config);
    return words;
}

tokvec_vocab *spacy_open(const file_map *map, tokvec_error *err)
{
    if (!check_mode(map, err))
        return NULL;
    spacy *v = calloc(1, sizeof *v);
    if (v == NULL) {
        error_no_memory(err, sizeof *v);
        return NULL;
    }
    v->base.ops = &words_ops;
    v->strings = path_beside(map->path, "strings.json", err);
    if (v->strings != NULL && read_keys(v, map, err) && file_map_intact(map, err))
        return &v->base;
    words_close(&v->base);
    return NULL;
}
