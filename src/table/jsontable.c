/* jsontable.c - tables as JSON: nested lists of numbers, and what tokvec writes itself.
 * The text is checked once; then the rows are read from it where they lie, since numbers must be
 * rounded once, to the dtype wanted, and a tree of them would be ten times the file.
 * SPDX-License-Identifier: MIT
 *
 * Accepted: [[1, 2], [3, 4]]; {"dtype": ..., "shape": ..., "vectors": [[...], ...]}, other members
 * ignored; {"word": [1, 2], ...}; and, a line each, {"token": "word", "vector": [1, 2]} or
 * [1, 2]. */
#include "base/bytes.h"
#include "base/number.h"
#include "table/json_text.h"
#include "table/lines.h"

#include <string.h>

enum { LOOK = 1 << 12 };

/* ---------------------------------------------------------------- rows in lists */

/* The numbers lie between the next bracket that opens and has no list in it, and the one that
 * closes. Strings, which could have brackets in them, have been refused. */
static bool list_step(const words *w, uint64_t row, uint64_t start, bool whole, words_room *room,
                      words_row *out, tokvec_error *err)
{
    (void)row;
    (void)whole;
    (void)room;
    const char *text = (const char *)w->map->data;
    const char *open = text + start;
    const char *close = memchr(open, ']', (size_t)(w->map->size - start));
    if (close == NULL)
        return json_bad_at(w->map, open, err, "the file has changed");
    open = memrchr(open, '[', (size_t)(close - open));
    if (open == NULL)
        return json_bad_at(w->map, close, err, "the file has changed");
    out->values = (uint64_t)(open + 1 - text);
    out->end = (uint64_t)(close - text);
    /* Over the brackets that close outer lists, to the comma or the end. */
    json_walk rest = {close + 1, text + w->map->size};
    while (json_step_over(&rest, ']'))
        continue;
    out->next = (uint64_t)(rest.at - text);
    return true;
}

static bool list_read(words *w, uint64_t row, void *out, tokvec_error *err)
{
    words_row r;
    return words_get(w, row, &r, err) && json_read_list(w, r.values, r.end, out, err);
}

/* The rows of an object with the members vectors and ids. */
typedef struct json_table {
    words base;
    uint64_t ids; /* where the lists of IDs begin */
} json_table;

/* The IDs, whose lists have been found to be as many as the rows. */
static bool list_ids(words *w, int64_t *out, tokvec_error *err)
{
    const char *text = (const char *)w->map->data;
    json_walk at = {text + ((const json_table *)w)->ids, text + w->map->size};
    for (uint64_t i = 0; i < w->count; i++) {
        int c;
        while ((c = json_look(&at)) == '[' || c == ']' || c == ',')
            at.at++;
        if (c < 0)
            return json_bad_at(w->map, at.at, err, "the file has changed");
        if (!json_read_id(w, at, &out[i], err))
            return false;
        json_skip_value(&at);
    }
    return file_map_intact(w->map, err);
}

static const words_kind list_kind = {.step = list_step, .read = list_read, .ids = list_ids};

/* ---------------------------------------------------------------- rows in members */

static bool member_step(const words *w, uint64_t row, uint64_t start, bool whole, words_room *room,
                        words_row *out, tokvec_error *err)
{
    (void)row;
    (void)whole;
    const char *text = (const char *)w->map->data;
    json_walk at = {text + start, text + w->map->size};
    tokvec_text key;
    if (!json_next_member(&at, &key) || json_look(&at) != '[')
        return json_bad_at(w->map, at.at, err, "the file has changed");
    out->values = (uint64_t)(at.at + 1 - text);
    json_skip_value(&at);
    out->end = (uint64_t)(at.at - 1 - text);
    json_look(&at);
    out->next = (uint64_t)(at.at - text);
    return json_resolve(key, room, &out->word, err);
}

static const words_kind member_kind = {.step = member_step, .read = list_read};

/* ---------------------------------------------------------------- opening */

static format_grade json_recognise(const file_map *map)
{
    const char *text = (const char *)map->data;
    size_t size = map->size < LOOK ? (size_t)map->size : LOOK;
    json_walk w = {text, text + size};
    int first = json_look(&w);
    if (!json_is_text(map) || json_are_lines(map) || (first != '[' && first != '{'))
        return GRADE_NO;
    w.at++;
    int second = json_look(&w);
    bool is = first == '{'
                  ? second == '"' || second == '}'
                  : second < 0 || second == '[' || second == ']' || json_is_scalar(second);
    return is ? GRADE_LIKELY : GRADE_NO;
}

/* The dtype that an object names, if text can be read as that; 8-bit floats fit float32. */
static void take_dtype(words *w, json_walk object)
{
    json_walk value = {NULL, NULL};
    char name[32];
    if (!json_find_member(object, "dtype", &value) || json_look(&value) != '"')
        return;
    tokvec_text text = json_take_string(&value);
    if (text.length >= sizeof name)
        return;
    memcpy(name, text.bytes, text.length);
    name[text.length] = '\0';
    tokvec_dtype dtype = tokvec_dtype_from_name(name);
    if (number_reads(dtype))
        w->dtype = dtype;
}

/* "shape" tells how wide rows are of which there are none. */
static void take_empty_shape(json_nested *n, json_walk object)
{
    json_walk value = {NULL, NULL};
    if (!json_find_member(object, "shape", &value) || json_look(&value) != '[')
        return;
    unsigned ndim = 0;
    uint64_t shape[JSON_NDIM_MAX];
    for (value.at++; ndim < JSON_NDIM_MAX && json_look(&value) != ']';
         json_step_over(&value, ',')) {
        const char *next = number_read(TOKVEC_UINT64, value.at, value.end, &shape[ndim]);
        if (next == NULL)
            return;
        value.at = next;
        ndim++;
    }
    if (ndim == 0 || shape[0] != 0)
        return;
    n->ndim = ndim;
    memcpy(n->shape, shape, ndim * sizeof *shape);
}

/* "ids" tells which IDs the rows belong to: one for each, nested as they are. */
static bool take_ids(words *w, const json_nested *n, json_walk object, tokvec_error *err)
{
    json_walk value = {NULL, NULL};
    json_nested ids = {.ndim = 0};
    if (!json_find_member(object, "ids", &value))
        return true;
    ((json_table *)w)->ids = (uint64_t)(value.at - (const char *)w->map->data);
    const char *begin = value.at;
    w->has_ids = true;
    json_walk first = value;
    while (json_look(&first) == '[')
        first.at++;
    if (json_look(&first) == '"') { /* texts are names, which rows do not go by */
        w->has_ids = false;
        return true;
    }
    if (json_look(&value) == '[' && !json_measure(w->map, &value, &ids, err))
        return false;
    bool same = ids.ndim + 1 == n->ndim || n->shape[0] == 0;
    for (unsigned i = 0; same && i < ids.ndim && n->shape[0] > 0; i++)
        same = ids.shape[i] == n->shape[i];
    return same || json_bad_at(w->map, begin, err, "there is not one ID for each vector");
}

static bool add_lists(tokvec_weights *weights, const json_nested *n, uint64_t begin,
                      tokvec_error *err)
{
    words *w = weights->detail;
    w->next = begin;
    w->dim = n->shape[n->ndim - 1];
    w->count = 1;
    for (unsigned i = 0; i + 1 < n->ndim; i++) {
        if (!mul_u64(w->count, n->shape[i], &w->count))
            return lines_bad(weights->map, begin, err, "the shape is too large");
    }
    const tokvec_tensor tensor = {
        .name = "",
        .dtype_name = tokvec_dtype_name(w->dtype),
        .dtype = w->dtype,
        .ndim = n->ndim,
        .shape = n->shape,
        .offset = begin,
        .bytes = weights->map->size - begin,
    };
    return weights_add(weights, &tensor, layout_contiguous(&tensor), err);
}

/* JSON of which the first member already shows that it is something else: a configuration,
 * perhaps. */
static bool no_table(const file_map *map, const char *at, tokvec_error *err)
{
    json_bad_at(map, at, err, "the JSON is neither a table of numbers nor an index of weights");
    static const char *const answers[] = {"data", "embeddings", "predictions", NULL};
    json_walk root = {(const char *)map->data, (const char *)map->data + map->size};
    json_walk found;
    if (json_look(&root) == '{' && json_find_named(root, answers, &found))
        return error_hint(err,
                          "of an answer of an embedding service take the vectors alone, as with "
                          "jq -c '.data | sort_by(.index)[].embedding'");
    if (json_step_over(&root, '[') && json_look(&root) == '{')
        return error_hint(err, "write the objects one a line, as with jq -c '.[]'");
    return error_hint(err, "name the weights file, the model's folder, or its .index.json");
}

/* What keeps the text from being one JSON document. */
static bool no_json(const file_map *map, const json_fault *fault, tokvec_error *err)
{
    const char *text = (const char *)map->data;
    json_walk rest = {text + fault->offset, text + map->size};
    json_walk whole = {text, text + map->size};
    lines_bad(map, fault->offset, err, "%s", fault->what);
    json_skip_value(&whole);
    int next = json_look(&rest);
    if (json_look(&whole) >= 0 && whole.at == rest.at && (next == '{' || next == '['))
        return error_hint(err, "write JSON values that follow one another one a line, as with "
                               "jq -c .");
    return false;
}

/* An object of words and their vectors. */
static bool add_members(tokvec_weights *weights, json_walk object, tokvec_error *err)
{
    words *w = weights->detail;
    tokvec_text key;
    w->kind = &member_kind;
    w->has_words = true;
    w->next = (uint64_t)(object.at - (const char *)w->map->data);
    for (json_walk at = object; json_next_member(&at, &key); w->count++) {
        json_nested n = {.ndim = 0};
        const char *value = at.at;
        bool good = *value == '[' && json_measure(w->map, &at, &n, err);
        if (w->count == 0 && (!good || n.ndim != 1))
            return no_table(w->map, value, err);
        if (*value != '[')
            return json_bad_at(w->map, value, err, "the value is no list of numbers");
        if (!good)
            return false;
        if (n.ndim != 1 || (w->count > 0 && n.shape[0] != w->dim))
            return json_bad_at(w->map, value, err, "the vector is not as long as those before it");
        w->dim = n.shape[0];
    }
    if (w->dim == 0)
        return no_table(w->map, object.at, err);
    return words_add_tensor(weights, w->next, err);
}

static bool json_read_header(tokvec_weights *weights, tokvec_error *err)
{
    const file_map *map = weights->map;
    const char *text = (const char *)map->data;
    json_fault fault;
    if (!json_check(text, (size_t)map->size, &fault))
        return no_json(map, &fault, err);
    words *w = words_new(weights, &list_kind, sizeof(json_table), err);
    if (w == NULL)
        return false;
    json_walk root = {text, text + map->size};
    bool is_object = json_look(&root) == '{';
    json_walk lists = root;
    if (is_object && !json_find_member(root, "vectors", &lists)) {
        if (weights->as.dtype != TOKVEC_NO_DTYPE)
            w->dtype = weights->as.dtype;
        return add_members(weights, root, err);
    }
    if (is_object)
        take_dtype(w, root);
    if (weights->as.dtype != TOKVEC_NO_DTYPE)
        w->dtype = weights->as.dtype;
    if (json_look(&lists) != '[')
        return json_bad_at(map, lists.at, err, "no list of numbers");
    uint64_t begin = (uint64_t)(lists.at - text);
    json_walk item = {lists.at + 1, lists.end};
    if (!is_object && json_look(&item) == '{')
        return no_table(map, item.at, err);
    json_nested n;
    if (!json_measure(map, &lists, &n, err))
        return false;
    if (n.shape[n.ndim - 1] == 0) {
        if (!is_object)
            return no_table(map, text + begin, err);
        take_empty_shape(&n, root);
    }
    return (!is_object || take_ids(w, &n, root, err)) && add_lists(weights, &n, begin, err);
}

const weights_format json_table_format = {
    .name = "json",
    .suffixes = {".json"},
    .recognise = json_recognise,
    .read_header = json_read_header,
    .table = words_table,
    .close = words_close,
    .vocab = words_vocab_of,
    .numbers_are_text = true,
};
