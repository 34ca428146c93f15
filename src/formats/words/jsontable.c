/* jsontable.c - tables as JSON: nested lists of numbers, and what tokvec writes itself.
 * The text is checked once; then the rows are read from it where they lie, since numbers must be
 * rounded once, to the dtype wanted, and a tree of them would be ten times the file.
 * SPDX-License-Identifier: MIT
 *
 * Accepted: [[1, 2], [3, 4]]; {"dtype": ..., "shape": ..., "ids": ..., "tokens": ...,
 * "vectors": [[...], ...]}, other members ignored; and {"word": [1, 2], ...}. */
#include "table/weights.h"

#include "base/bytes.h"
#include "formats/words/json_labels.h"
#include "text/lines.h"
#include "text/number.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- rows in lists */

/* The rows of an object with lists of their IDs and their tokens. */
typedef struct json_table {
    text_rows base;
    uint64_t *ids, *tokens; /* where those of each row lie; NULL: there are none */
} json_table;

static json_cursor cursor_from(const text_rows *w, uint64_t at)
{
    const char *text = (const char *)w->map->data;
    return (json_cursor){text + at, text + w->map->size};
}

/* The numbers lie between the next bracket that opens and has no list in it, and the one that
 * closes. Strings, which could have brackets in them, have been refused. */
static bool list_scan(const text_rows *w, uint64_t row, uint64_t start, bool whole,
                      text_rows_room *room, text_row *out, tokvec_error *err)
{
    const json_table *t = (const json_table *)w;
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
    json_cursor rest = {close + 1, text + w->map->size};
    while (json_step_over(&rest, ']'))
        continue;
    out->next = (uint64_t)(rest.at - text);
    out->word = (tokvec_text){"", 0};
    return !whole || t->tokens == NULL ||
           json_take_word(cursor_from(w, t->tokens[row]), room, &out->word, err);
}

static bool list_ids(text_rows *w, int64_t *out, tokvec_error *err)
{
    const json_table *t = (const json_table *)w;
    for (uint64_t i = 0; i < w->count; i++) {
        if (!json_take_id(cursor_from(w, t->ids[i]), &out[i]))
            return file_map_changed(w->map, err);
    }
    return file_map_intact(w->map, err);
}

static void list_release(text_rows *w)
{
    json_table *t = (json_table *)w;
    free(t->ids);
    free(t->tokens);
}

static const text_rows_kind list_kind = {
    .scan = list_scan, .read = json_read_row, .ids = list_ids, .release = list_release};

/* ---------------------------------------------------------------- rows in members */

static bool member_scan(const text_rows *w, uint64_t row, uint64_t start, bool whole,
                        text_rows_room *room, text_row *out, tokvec_error *err)
{
    (void)row;
    (void)whole;
    const char *text = (const char *)w->map->data;
    json_cursor at = {text + start, text + w->map->size};
    tokvec_text key;
    if (!json_next_member(&at, &key) || json_look(&at) != '[')
        return json_bad_at(w->map, at.at, err, "the file has changed");
    out->values = (uint64_t)(at.at + 1 - text);
    json_skip_value(&at);
    out->end = (uint64_t)(at.at - 1 - text);
    json_look(&at);
    out->next = (uint64_t)(at.at - text);
    out->id = NUMBERING_NO_ID;
    return json_resolve(key, room, &out->word, err) &&
           (!w->has_ids || json_text_is_id(out->word, &out->id) || file_map_changed(w->map, err));
}

static const text_rows_kind member_kind = {
    .scan = member_scan, .read = json_read_row, .ids = text_rows_ids};

/* ---------------------------------------------------------------- opening */

static format_grade json_recognise(const file_map *map)
{
    const char *text = (const char *)map->data;
    if (!json_is_text(map))
        return GRADE_NO;
    json_cursor w = {text + json_begin(map), text + file_head(map, LINES_LOOK)};
    int first = json_look(&w);
    if (json_are_lines(map) || (first != '[' && first != '{'))
        return GRADE_NO;
    w.at++;
    int second = json_look(&w);
    bool is = first == '{' ? second == '"' || second == '}'
                           : second < 0 || second == '[' || second == ']' || json_is_scalar(second);
    return is ? GRADE_LIKELY : GRADE_NO;
}

/* The dtype that an object names, if text can be read as that; 8-bit floats fit float32. */
static void take_dtype(text_rows *w, json_cursor object)
{
    json_cursor value = {NULL, NULL};
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

static bool contradicts(const text_rows *w, json_cursor value, const char *name, tokvec_error *err)
{
    lines_bad(w->map, (uint64_t)(value.at - (const char *)w->map->data), err,
              "'%s' does not fit the vectors", name);
    return error_hint(err, "correct it, or leave it out");
}

/* "shape" must be that of the vectors; where there are none, it tells how wide they would be. */
static bool check_shape(const text_rows *w, json_nested *n, json_cursor object, tokvec_error *err)
{
    json_cursor value = {NULL, NULL};
    if (!json_find_member(object, "shape", &value) || json_look(&value) != '[')
        return true;
    json_cursor item = {value.at + 1, value.end};
    unsigned ndim = 0;
    uint64_t shape[JSON_NDIM_MAX];
    bool same = true;
    for (; same && json_look(&item) != ']'; json_step_over(&item, ',')) {
        int64_t length;
        same = ndim < JSON_NDIM_MAX && json_take_id(item, &length) && length >= 0;
        if (same)
            shape[ndim++] = (uint64_t)length;
        json_skip_value(&item);
    }
    bool empty = n->shape[n->ndim - 1] == 0;
    same = same && (empty ? ndim >= n->ndim : ndim == n->ndim) &&
           memcmp(shape, n->shape, n->ndim * sizeof *shape) == 0;
    if (!same)
        return contradicts(w, value, "shape", err);
    n->ndim = ndim;
    memcpy(n->shape, shape, ndim * sizeof *shape);
    return true;
}

static bool check_dim(const text_rows *w, const json_nested *n, json_cursor object,
                      tokvec_error *err)
{
    json_cursor value = {NULL, NULL};
    int64_t dim;
    return !json_find_member(object, "dim", &value) || !json_take_id(value, &dim) || dim < 0 ||
           (uint64_t)dim == n->shape[n->ndim - 1] || contradicts(w, value, "dim", err);
}

/* Whether names are nested as the rows are. */
static bool fits_rows(const json_nested *names, const json_nested *n)
{
    for (unsigned i = 0; i + 1 < n->ndim; i++) {
        if (n->shape[i] == 0)
            return true;
        if (i >= names->ndim || names->shape[i] != n->shape[i])
            return false;
    }
    return names->ndim + 1 == n->ndim;
}

/* What an object says of the names of its rows. */
typedef struct row_names {
    const char *const *members; /* of which it may have one; ends with NULL */
    const char *fewer;          /* what to say where they are not as many as the rows */
    bool are_ids;
    uint64_t *places; /* where those of each row lie; NULL: there are none */
    json_labels labels;
} row_names;

/* The only one of the members that there is and that is not null. */
static bool find_names(const text_rows *w, json_cursor object, const row_names *names,
                       json_cursor *value, bool *found, tokvec_error *err)
{
    *found = false;
    for (const char *const *member = names->members; *member != NULL; member++) {
        json_cursor other;
        if (!json_find_member(object, *member, &other) || json_look(&other) == 'n')
            continue;
        if (*found)
            return json_contradicts_at(w->map, other.at, err,
                                       "two members give the IDs or the tokens of the rows");
        *found = true;
        *value = other;
    }
    return true;
}

/* Notes where the names lie: one for each row, nested as they are. */
static bool take_names(const text_rows *w, const json_nested *n, json_cursor object,
                       row_names *names, tokvec_error *err)
{
    const char *text = (const char *)w->map->data, *fault;
    json_cursor item = {NULL, NULL};
    json_nested nested = {.ndim = 0};
    bool found;
    if (!find_names(w, object, names, &item, &found, err))
        return false;
    if (!found)
        return true;
    json_cursor end = item;
    int c = json_look(&item);
    if (c == '[' && !json_measure(w->map, &end, true, &nested, err))
        return false;
    if (c == '{' || !fits_rows(&nested, n))
        return json_contradicts_at(w->map, item.at, err, names->fewer);
    if (w->count == 0)
        return true;
    names->places = calloc((size_t)w->count, sizeof *names->places);
    if (names->places == NULL)
        return error_no_memory(err, w->count * sizeof *names->places);
    for (uint64_t i = 0; i < w->count; i++, json_skip_value(&item)) {
        while ((c = json_look(&item)) == '[' || c == ']' || c == ',')
            item.at++;
        names->places[i] = (uint64_t)(item.at - text);
        fault = json_labels_add(&names->labels, item);
        if (names->are_ids && fault != NULL)
            return json_contradicts_at(w->map, item.at, err, fault);
    }
    return true;
}

/* Whether the vectors are bags, as lookup writes them: each was made of the rows of several IDs,
 * and has none itself but its number. */
static bool are_bags(json_cursor object)
{
    json_cursor origin, bag;
    return json_find_member(object, "source", &origin) && json_look(&origin) == '{' &&
           json_find_member(origin, "bag", &bag) && json_look(&bag) == '"';
}

/* The rows' IDs, and their tokens. IDs that are text are tokens, if there are no others. */
static bool take_all_names(tokvec_weights *weights, const json_nested *n, json_cursor object,
                           tokvec_error *err)
{
    static const char *const id_members[] = {"ids", "token_ids", "index", NULL};
    static const char *const token_members[] = {"tokens", "words", NULL};
    json_table *t = weights->detail;
    text_rows *w = &t->base;
    row_names ids = {
        .members = id_members, .fewer = "there is not one ID for each vector", .are_ids = true};
    row_names tokens = {.members = token_members,
                        .fewer = "there is not one token for each vector"};
    bool good = (are_bags(object) || take_names(w, n, object, &ids, err)) &&
                take_names(w, n, object, &tokens, err);
    bool ids_are_words = ids.labels.no_ids && tokens.places == NULL;
    t->tokens = ids_are_words ? ids.places : tokens.places;
    t->ids = ids_are_words ? NULL : ids.places;
    w->has_words = t->tokens != NULL;
    w->has_ids = t->ids != NULL && !ids.labels.no_ids;
    if (w->has_words && !w->has_ids && tokens.labels.odd && !tokens.labels.no_ids)
        json_warn_of_numbers(weights);
    return good;
}

static bool count_rows(text_rows *w, const json_nested *n, uint64_t begin, tokvec_error *err)
{
    w->next = begin;
    w->dim = n->shape[n->ndim - 1];
    w->count = 1;
    for (unsigned i = 0; i + 1 < n->ndim; i++) {
        if (!mul_u64(w->count, n->shape[i], &w->count))
            return lines_bad(w->map, begin, err, "the shape is too large");
    }
    return true;
}

static bool add_lists(tokvec_weights *weights, const json_nested *n, tokvec_error *err)
{
    const text_rows *w = weights->detail;
    const tokvec_tensor tensor = {
        .name = "",
        .dtype_name = tokvec_dtype_name(w->dtype),
        .dtype = w->dtype,
        .ndim = n->ndim,
        .shape = n->shape,
        .offset = w->next,
        .bytes = weights->map->size - w->next,
    };
    return weights_add(weights, &tensor, layout_contiguous(&tensor), err);
}

/* JSON of which the first member already shows that it is something else: a configuration,
 * perhaps. */
static bool no_table(const file_map *map, const char *at, tokvec_error *err)
{
    json_bad_at(map, at, err, "the JSON is neither a table of numbers nor an index of weights");
    static const char *const answers[] = {"data", "embeddings", "predictions", NULL};
    const char *text = (const char *)map->data;
    json_cursor root = {text + json_begin(map), text + map->size}, found;
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
    json_cursor rest = {text + fault->offset, text + map->size};
    json_cursor whole = {text + json_begin(map), text + map->size};
    lines_bad(map, fault->offset, err, "%s", fault->what);
    json_skip_value(&whole);
    int next = json_look(&rest);
    if (json_look(&whole) >= 0 && whole.at == rest.at && (next == '{' || next == '['))
        return error_hint(err, "write JSON values that follow one another one a line, as with "
                               "jq -c .");
    return false;
}

/* Words must differ, since most readers would have the last of each. */
static bool check_words(text_rows *w, tokvec_error *err)
{
    uint64_t row, start;
    bool unique;
    if (!text_rows_unique(w, &unique, &row, err))
        return false;
    tokvec_text word;
    if (unique || !text_rows_word(w, row, &word, &start, err))
        return unique;
    return json_contradicts_at(w->map, (const char *)w->map->data + start, err,
                               "a word is repeated");
}

/* An object of words and their vectors. Words that are all numbers are IDs too: Python has
 * numbers as keys, JSON does not. */
static bool add_members(tokvec_weights *weights, json_cursor object, tokvec_error *err)
{
    text_rows *w = weights->detail;
    json_labels names = {.count = 0};
    tokvec_text key;
    w->kind = &member_kind;
    w->has_words = true;
    w->next = (uint64_t)(object.at - (const char *)w->map->data);
    for (json_cursor at = object; json_next_member(&at, &key); w->count++) {
        json_nested n = {.ndim = 0};
        const char *value = at.at;
        bool good = *value == '[' && json_measure(w->map, &at, false, &n, err);
        if (w->count == 0 && (!good || n.ndim != 1))
            return no_table(w->map, value, err);
        if (*value != '[')
            return json_bad_at(w->map, value, err, "the value is not a list of numbers");
        if (!good)
            return false;
        if (n.ndim != 1 || (w->count > 0 && n.shape[0] != w->dim))
            return json_contradicts_at(w->map, value, err,
                                       "the vector is not as long as those before it");
        w->dim = n.shape[0];
        json_labels_add(&names, (json_cursor){key.bytes - 1, object.end});
    }
    if (w->dim == 0)
        return no_table(w->map, object.at, err);
    w->has_ids = !names.no_ids;
    if (w->has_ids && names.odd)
        snprintf(weights->warning, sizeof weights->warning,
                 "all words of this table are numbers, so they are taken as the IDs of its rows");
    return check_words(w, err) && text_rows_add_tensor(weights, w->next, err);
}

/* Words and vectors, of which one is called "vectors": these may be a table's. */
static bool may_be_table(const file_map *map, json_cursor object, tokvec_error *err)
{
    static const char *const others[] = {"ids", "shape", NULL};
    json_cursor found;
    if (!json_find_member(object, "vectors", &found) || !json_find_named(object, others, &found))
        return false;
    json_bad_at(map, object.at, err, "the members may be those of one table, or words");
    error_hint(err, "write the vectors as a list of lists, or the words one a line, as "
                    "{\"token\": ..., \"vector\": [...]}");
    return true;
}

/* The table that is a list of lists, perhaps with all that an object says about it. */
static bool add_matrix(tokvec_weights *weights, json_cursor root, json_cursor lists, bool is_object,
                       tokvec_error *err)
{
    const file_map *map = weights->map;
    text_rows *w = weights->detail;
    uint64_t begin = (uint64_t)(lists.at - (const char *)map->data);
    json_cursor item = {lists.at + 1, lists.end};
    if (json_look(&lists) != '[')
        return json_bad_at(map, lists.at, err, "no list of numbers");
    if (!is_object && json_look(&item) == '{')
        return no_table(map, item.at, err);
    json_nested n;
    if (!json_measure(map, &lists, false, &n, err))
        return false;
    if (n.shape[n.ndim - 1] == 0 && !is_object)
        return no_table(map, root.at, err);
    return (!is_object || (check_shape(w, &n, root, err) && check_dim(w, &n, root, err))) &&
           count_rows(w, &n, begin, err) &&
           (!is_object || take_all_names(weights, &n, root, err)) && add_lists(weights, &n, err);
}

static bool json_read_header(tokvec_weights *weights, tokvec_error *err)
{
    const file_map *map = weights->map;
    if (!file_want(map, 0, map->size, err))
        return false;
    uint64_t begin = json_begin(map);
    json_cursor root = {(const char *)map->data + begin, (const char *)map->data + map->size};
    json_fault fault;
    if (!json_check(root.at, (size_t)(map->size - begin), &fault)) {
        fault.offset += (size_t)begin;
        return no_json(map, &fault, err);
    }
    text_rows *w = text_rows_new(weights, &list_kind, sizeof(json_table), err);
    if (w == NULL)
        return false;
    bool is_object = json_look(&root) == '{';
    json_cursor lists = root;
    bool is_words =
        is_object && (!json_find_member(root, "vectors", &lists) || json_is_dictionary(root));
    if (is_object && !is_words)
        take_dtype(w, root);
    if (weights->as.dtype != TOKVEC_NO_DTYPE)
        w->dtype = weights->as.dtype;
    if (is_words)
        return !may_be_table(map, root, err) && add_members(weights, root, err);
    return add_matrix(weights, root, lists, is_object, err);
}

const weights_format json_table_format = {
    .name = "json",
    .suffixes = {".json"},
    .recognise = json_recognise,
    .read_header = json_read_header,
    TEXT_ROWS_FORMAT,
    .numbers_are_text = true,
};
