/* jsontable.c - tables as JSON: nested lists of numbers, and what tokvec writes itself.
 * The text is checked once; then the rows are read from it where they lie, since numbers must be
 * rounded once, to the dtype wanted, and a tree of them would be ten times the file.
 * SPDX-License-Identifier: MIT
 *
 * Accepted: [[1, 2], [3, 4]]; {"dtype": ..., "shape": ..., "vectors": [[...], ...]}, other members
 * ignored; {"word": [1, 2], ...}; and, a line each, {"token": "word", "vector": [1, 2]} or
 * [1, 2]. */
#include "base/array.h"
#include "base/bytes.h"
#include "base/json_scan.h"
#include "base/number.h"
#include "table/lines.h"
#include "table/words.h"

#include <string.h>

enum {
    LOOK = 1 << 12,
    NDIM_MAX = 64,
};

static bool check(const char *text, size_t size, json_fault *fault)
{
    json_scanner s = {.text = (const uint8_t *)text, .size = size};
    if (json_skip(&s) && json_end(&s))
        return true;
    *fault = s.fault;
    return false;
}

/* A stretch of JSON that has been checked. All functions that walk through it rely on that. */
typedef struct walk {
    const char *at, *end;
} walk;

static inline bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static inline int look(walk *w)
{
    while (w->at < w->end && is_space(*w->at))
        w->at++;
    return w->at < w->end ? (unsigned char)*w->at : -1;
}

static bool step_over(walk *w, char wanted)
{
    if (look(w) != wanted)
        return false;
    w->at++;
    return true;
}

/* A string, without its quotes. */
static tokvec_text take_string(walk *w)
{
    const char *begin = ++w->at;
    while (w->at < w->end && *w->at != '"')
        w->at += *w->at == '\\' ? 2 : 1;
    tokvec_text text = {begin, (size_t)(w->at - begin)};
    w->at++;
    return text;
}

/* What a number, true, false or null ends before. */
static const bool ends_scalar[UINT8_MAX + 1] = {
    [','] = true, [':'] = true,  [']'] = true,  ['}'] = true,
    [' '] = true, ['\t'] = true, ['\r'] = true, ['\n'] = true,
};

/* What begins or ends something that other values can be in. */
static const bool is_bracket[UINT8_MAX + 1] = {
    ['"'] = true, ['['] = true, [']'] = true, ['{'] = true, ['}'] = true,
};

static inline const char *find(const char *at, const char *end, const bool set[UINT8_MAX + 1])
{
    while (at < end && !set[(uint8_t)*at])
        at++;
    return at;
}

/* Any value, however deep. */
static void skip_value(walk *w)
{
    uint64_t depth = 0;
    int c = look(w);
    if (c < 0 || !is_bracket[c]) {
        w->at = find(w->at, w->end, ends_scalar);
        return;
    }
    do {
        w->at = find(w->at, w->end, is_bracket);
        if (w->at >= w->end)
            return;
        if (*w->at == '"') {
            take_string(w);
            continue;
        }
        depth += *w->at == '[' || *w->at == '{' ? 1 : UINT64_MAX;
        w->at++;
    } while (depth > 0);
}

/* Goes into an object: *w must be at its brace. Then each call of next_member steps to the value
 * of the next member, which the caller must pass over. */
static bool next_member(walk *w, tokvec_text *key)
{
    if (!step_over(w, '{') && !step_over(w, ','))
        return false;
    if (look(w) != '"')
        return false;
    *key = take_string(w);
    step_over(w, ':');
    look(w);
    return true;
}

static bool is(tokvec_text text, const char *word)
{
    return text.length == strlen(word) && memcmp(text.bytes, word, text.length) == 0;
}

/* The value of a member; of several of that name the last, as most readers have it. */
static bool find_member(walk object, const char *name, walk *value)
{
    bool found = false;
    tokvec_text key;
    while (next_member(&object, &key)) {
        if (is(key, name)) {
            *value = object;
            found = true;
        }
        skip_value(&object);
    }
    return found;
}

/* Resolves the escapes of a string. */
static bool unescape(tokvec_text in, words_room *room, tokvec_text *out, tokvec_error *err)
{
    const json_raw raw = {in.bytes, in.length, true};
    *out = in;
    if (in.length == 0 || memchr(in.bytes, '\\', in.length) == NULL)
        return true;
    if (!array_reserve(&room->bytes, &room->reserved, in.length + 4, 1, err))
        return false;
    *out = (tokvec_text){room->bytes, json_unescape(&raw, room->bytes)};
    return true;
}

/* ---------------------------------------------------------------- lists of numbers */

/* The rows of nested lists. */
typedef struct nested {
    unsigned ndim;
    uint64_t shape[NDIM_MAX];
    bool known[NDIM_MAX]; /* how long the lists at that depth are */
} nested;

static bool bad_at(const file_map *map, const char *at, tokvec_error *err, const char *what)
{
    return lines_bad(map, (uint64_t)(at - (const char *)map->data), err, "%s", what);
}

/* What can stand in a vector: numbers, true, false, null. */
static bool is_scalar(int c)
{
    return c == '-' || (c >= '0' && c <= '9') || c == 't' || c == 'f' || c == 'n';
}

static bool close_list(nested *n, unsigned depth, uint64_t length)
{
    if (!n->known[depth]) {
        n->known[depth] = true;
        n->shape[depth] = length;
    }
    return n->shape[depth] == length;
}

/* Goes through nested lists, which must be rectangular; w is at the first bracket. */
static bool measure(const file_map *map, walk *w, nested *n, tokvec_error *err)
{
    uint64_t lengths[NDIM_MAX] = {0};
    unsigned depth = 0;
    *n = (nested){.ndim = 0};
    do {
        int c = look(w);
        if (c == '[') {
            if (depth == NDIM_MAX)
                return bad_at(map, w->at, err, "lists are nested too deeply for a table");
            if (n->ndim > 0 && depth == n->ndim)
                return bad_at(map, w->at, err, "a list stands where a number should");
            lengths[depth++] = 0;
            w->at++;
            if (look(w) != ']')
                continue;
        } else if (is_scalar(c)) {
            if (n->ndim == 0)
                n->ndim = depth;
            if (depth != n->ndim)
                return bad_at(map, w->at, err, "a number stands where a list should");
            skip_value(w);
            lengths[depth - 1]++;
        } else {
            return bad_at(map, w->at, err, "neither a number nor a list of numbers");
        }
        while (depth > 0 && look(w) == ']') {
            if (!close_list(n, depth - 1, lengths[depth - 1]))
                return bad_at(map, w->at, err, "the list is not as long as those before it");
            w->at++;
            depth--;
            if (depth > 0)
                lengths[depth - 1]++;
        }
        if (depth > 0)
            step_over(w, ',');
    } while (depth > 0);
    for (; n->ndim < NDIM_MAX && n->known[n->ndim];)
        n->ndim++; /* lists that hold nothing have a depth all the same */
    return true;
}

/* One value as an element. null is what JSON has for nan. */
static const char *read_value(walk *w, tokvec_dtype dtype, void *out)
{
    static const char nan_text[] = "nan";
    if (look(w) == 'n')
        return number_read(dtype, nan_text, nan_text + 3, out) == NULL ? NULL : w->at + 4;
    return number_read(dtype, w->at, w->end, out);
}

/* The numbers of the list between two brackets. */
static bool read_list(const words *t, uint64_t values, uint64_t stop, void *out, tokvec_error *err)
{
    const char *text = (const char *)t->map->data;
    walk w = {text + values, text + stop};
    char *to = out;
    for (uint64_t i = 0; i < t->dim; i++, to += tokvec_dtype_size(t->dtype)) {
        if (look(&w) < 0 && i > 0)
            return bad_at(t->map, w.at, err, "the list is shorter than those before it");
        const char *value = w.at;
        const char *next = look(&w) < 0 ? NULL : read_value(&w, t->dtype, to);
        walk rest = {next, w.end};
        if (next == NULL || (look(&rest) >= 0 && *rest.at != ','))
            return lines_bad(t->map, (uint64_t)(value - text), err, "this is no %s number",
                             tokvec_dtype_name(t->dtype));
        w.at = rest.at;
        if (!step_over(&w, ',') && i + 1 < t->dim)
            return bad_at(t->map, w.at, err, "the list is shorter than those before it");
    }
    return look(&w) < 0 || bad_at(t->map, w.at, err, "the list is longer than those before it");
}

/* An ID or, as null or nothing, none. */
static bool read_id(const words *w, walk at, int64_t *out, tokvec_error *err)
{
    int c = look(&at);
    const char *end = find(at.at, at.end, ends_scalar);
    *out = NUMBERING_NO_ID;
    if (c == 'n')
        return true;
    if (c >= '0' && c <= '9' && number_read(TOKVEC_INT64, at.at, end, out) == end)
        return true;
    return lines_bad(w->map, (uint64_t)(at.at - (const char *)w->map->data), err,
                     "the ID is not a natural number of 63 bits");
}

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
        return bad_at(w->map, open, err, "the file has changed");
    open = memrchr(open, '[', (size_t)(close - open));
    if (open == NULL)
        return bad_at(w->map, close, err, "the file has changed");
    out->values = (uint64_t)(open + 1 - text);
    out->end = (uint64_t)(close - text);
    /* Over the brackets that close outer lists, to the comma or the end. */
    walk rest = {close + 1, text + w->map->size};
    while (step_over(&rest, ']'))
        continue;
    out->next = (uint64_t)(rest.at - text);
    return true;
}

static bool list_read(words *w, uint64_t row, void *out, tokvec_error *err)
{
    words_row r;
    return words_get(w, row, &r, err) && read_list(w, r.values, r.end, out, err);
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
    walk at = {text + ((const json_table *)w)->ids, text + w->map->size};
    for (uint64_t i = 0; i < w->count; i++) {
        int c;
        while ((c = look(&at)) == '[' || c == ']' || c == ',')
            at.at++;
        if (c < 0)
            return bad_at(w->map, at.at, err, "the file has changed");
        if (!read_id(w, at, &out[i], err))
            return false;
        skip_value(&at);
    }
    return file_map_unchanged(w->map, err);
}

static const words_kind list_kind = {.step = list_step, .read = list_read, .ids = list_ids};

/* ---------------------------------------------------------------- rows in members */

static bool member_step(const words *w, uint64_t row, uint64_t start, bool whole, words_room *room,
                        words_row *out, tokvec_error *err)
{
    (void)row;
    (void)whole;
    const char *text = (const char *)w->map->data;
    walk at = {text + start, text + w->map->size};
    tokvec_text key;
    if (!next_member(&at, &key) || look(&at) != '[')
        return bad_at(w->map, at.at, err, "the file has changed");
    out->values = (uint64_t)(at.at + 1 - text);
    skip_value(&at);
    out->end = (uint64_t)(at.at - 1 - text);
    look(&at);
    out->next = (uint64_t)(at.at - text);
    return unescape(key, room, &out->word, err);
}

static const words_kind member_kind = {.step = member_step, .read = list_read};

/* ---------------------------------------------------------------- rows in lines */

/* What programs call the vector and the token of a line. */
static const char *const vector_names[] = {"vector", "embedding", "values", NULL};
static const char *const token_names[] = {"token", "word", "text", "document", NULL};

/* The value of the first of these names that the object has. */
static bool find_named(walk object, const char *const *names, walk *value)
{
    for (; *names != NULL; names++) {
        if (find_member(object, *names, value))
            return true;
    }
    return false;
}

/* A line's vector: its member, or all of it. */
static bool find_vector(walk line, walk *vector)
{
    *vector = line;
    return look(&line) == '[' ||
           (look(&line) == '{' && find_named(line, vector_names, vector) && look(vector) == '[');
}

static bool line_step(const words *w, uint64_t row, uint64_t start, bool whole, words_room *room,
                      words_row *out, tokvec_error *err)
{
    (void)row;
    const char *text = (const char *)w->map->data;
    uint64_t end = lines_end(w->map, start);
    out->next = lines_next(w->map, end);
    if (!whole)
        return true;
    json_fault fault;
    if (!check(text + start, (size_t)(end - start), &fault))
        return lines_bad(w->map, start + fault.offset, err, "%s", fault.what);
    walk line = {text + start, text + end};
    walk vector, token = {NULL, NULL}, id;
    if (!find_vector(line, &vector))
        return bad_at(w->map, text + start, err, "the line has no list 'vector'");
    look(&vector);
    out->values = (uint64_t)(vector.at + 1 - text);
    skip_value(&vector);
    out->end = (uint64_t)(vector.at - 1 - text);
    out->word = (tokvec_text){"", 0};
    out->id = NUMBERING_NO_ID;
    if (look(&line) != '{')
        return true;
    if (w->has_ids && find_member(line, "id", &id) && !read_id(w, id, &out->id, err))
        return false;
    if (!find_named(line, token_names, &token) || look(&token) != '"')
        return true;
    return unescape(take_string(&token), room, &out->word, err);
}

static bool line_read(words *w, uint64_t row, void *out, tokvec_error *err)
{
    words_row r;
    return words_get(w, row, &r, err) && read_list(w, r.values, r.end, out, err);
}

static const words_kind line_kind = {.step = line_step, .read = line_read, .ids = words_ids};

/* ---------------------------------------------------------------- opening */

/* Whether the first line, from `begin` on, is a vector's, and not the whole of a document. */
static bool are_lines(const file_map *map, uint64_t begin, bool list)
{
    const char *text = (const char *)map->data;
    uint64_t end = lines_end(map, begin);
    walk line = {text + begin, text + end}, vector;
    walk rest = {text + end, text + map->size};
    json_fault fault;
    return (!list || look(&rest) == '[') && check(line.at, (size_t)(line.end - line.at), &fault) &&
           find_vector(line, &vector);
}

static bool looks_like(const file_map *map, bool lines)
{
    size_t size = map->size < LOOK ? (size_t)map->size : LOOK;
    if (size == 0 || !lines_are_text(map->data, size))
        return false;
    walk w = {(const char *)map->data, (const char *)map->data + size};
    int first = look(&w);
    if (first != '[' && first != '{')
        return false;
    bool is_lines = are_lines(map, (uint64_t)(w.at - (const char *)map->data), first == '[');
    w.at++;
    int second = look(&w);
    if (first == '[')
        return lines == is_lines &&
               (second < 0 || second == '[' || second == ']' || is_scalar(second));
    return lines == is_lines && (second == '"' || second == '}');
}

static bool json_recognise(const file_map *map)
{
    return looks_like(map, false);
}

static bool jsonl_recognise(const file_map *map)
{
    return looks_like(map, true);
}

/* The dtype that an object names, if text can be read as that; 8-bit floats fit float32. */
static void take_dtype(words *w, walk object)
{
    walk value = {NULL, NULL};
    char name[32];
    if (!find_member(object, "dtype", &value) || look(&value) != '"')
        return;
    tokvec_text text = take_string(&value);
    if (text.length >= sizeof name)
        return;
    memcpy(name, text.bytes, text.length);
    name[text.length] = '\0';
    tokvec_dtype dtype = tokvec_dtype_from_name(name);
    if (number_reads(dtype))
        w->dtype = dtype;
}

/* "shape" tells how wide rows are of which there are none. */
static void take_empty_shape(nested *n, walk object)
{
    walk value = {NULL, NULL};
    if (!find_member(object, "shape", &value) || look(&value) != '[')
        return;
    unsigned ndim = 0;
    uint64_t shape[NDIM_MAX];
    for (value.at++; ndim < NDIM_MAX && look(&value) != ']'; step_over(&value, ',')) {
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
static bool take_ids(words *w, const nested *n, walk object, tokvec_error *err)
{
    walk value = {NULL, NULL};
    nested ids = {.ndim = 0};
    if (!find_member(object, "ids", &value))
        return true;
    ((json_table *)w)->ids = (uint64_t)(value.at - (const char *)w->map->data);
    const char *begin = value.at;
    w->has_ids = true;
    walk first = value;
    while (look(&first) == '[')
        first.at++;
    if (look(&first) == '"') { /* texts are names, which rows do not go by */
        w->has_ids = false;
        return true;
    }
    if (look(&value) == '[' && !measure(w->map, &value, &ids, err))
        return false;
    bool same = ids.ndim + 1 == n->ndim || n->shape[0] == 0;
    for (unsigned i = 0; same && i < ids.ndim && n->shape[0] > 0; i++)
        same = ids.shape[i] == n->shape[i];
    return same || bad_at(w->map, begin, err, "there is not one ID for each vector");
}

static bool add_lists(tokvec_weights *weights, const nested *n, uint64_t begin, tokvec_error *err)
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
    bad_at(map, at, err, "the JSON is neither a table of numbers nor an index of weights");
    static const char *const answers[] = {"data", "embeddings", "predictions", NULL};
    walk root = {(const char *)map->data, (const char *)map->data + map->size};
    walk found;
    if (look(&root) == '{' && find_named(root, answers, &found))
        return error_hint(err,
                          "of an answer of an embedding service take the vectors alone, as with "
                          "jq -c '.data | sort_by(.index)[].embedding'");
    if (step_over(&root, '[') && look(&root) == '{')
        return error_hint(err, "write the objects one a line, as with jq -c '.[]'");
    return error_hint(err, "name the weights file, the model's folder, or its .index.json");
}

/* What keeps the text from being one JSON document. */
static bool no_json(const file_map *map, const json_fault *fault, tokvec_error *err)
{
    const char *text = (const char *)map->data;
    walk rest = {text + fault->offset, text + map->size};
    walk whole = {text, text + map->size};
    lines_bad(map, fault->offset, err, "%s", fault->what);
    skip_value(&whole);
    int next = look(&rest);
    if (look(&whole) >= 0 && whole.at == rest.at && (next == '{' || next == '['))
        return error_hint(err, "write JSON values that follow one another one a line, as with "
                               "jq -c .");
    return false;
}

/* An object of words and their vectors. */
static bool add_members(tokvec_weights *weights, walk object, tokvec_error *err)
{
    words *w = weights->detail;
    tokvec_text key;
    w->kind = &member_kind;
    w->has_words = true;
    w->next = (uint64_t)(object.at - (const char *)w->map->data);
    for (walk at = object; next_member(&at, &key); w->count++) {
        nested n = {.ndim = 0};
        const char *value = at.at;
        bool good = *value == '[' && measure(w->map, &at, &n, err);
        if (w->count == 0 && (!good || n.ndim != 1))
            return no_table(w->map, value, err);
        if (*value != '[')
            return bad_at(w->map, value, err, "the value is no list of numbers");
        if (!good)
            return false;
        if (n.ndim != 1 || (w->count > 0 && n.shape[0] != w->dim))
            return bad_at(w->map, value, err, "the vector is not as long as those before it");
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
    if (!check(text, (size_t)map->size, &fault))
        return no_json(map, &fault, err);
    words *w = words_new(weights, &list_kind, sizeof(json_table), err);
    if (w == NULL)
        return false;
    walk root = {text, text + map->size};
    bool is_object = look(&root) == '{';
    walk lists = root;
    if (is_object && !find_member(root, "vectors", &lists)) {
        if (weights->as.dtype != TOKVEC_NO_DTYPE)
            w->dtype = weights->as.dtype;
        return add_members(weights, root, err);
    }
    if (is_object)
        take_dtype(w, root);
    if (weights->as.dtype != TOKVEC_NO_DTYPE)
        w->dtype = weights->as.dtype;
    if (look(&lists) != '[')
        return bad_at(map, lists.at, err, "no list of numbers");
    uint64_t begin = (uint64_t)(lists.at - text);
    walk item = {lists.at + 1, lists.end};
    if (!is_object && look(&item) == '{')
        return no_table(map, item.at, err);
    nested n;
    if (!measure(map, &lists, &n, err))
        return false;
    if (n.shape[n.ndim - 1] == 0) {
        if (!is_object)
            return no_table(map, text + begin, err);
        take_empty_shape(&n, root);
    }
    return (!is_object || take_ids(w, &n, root, err)) && add_lists(weights, &n, begin, err);
}

static bool jsonl_read_header(tokvec_weights *weights, tokvec_error *err)
{
    words *w = words_new(weights, &line_kind, sizeof *w, err);
    words_row first;
    if (w == NULL)
        return false;
    if (weights->as.dtype != TOKVEC_NO_DTYPE)
        w->dtype = weights->as.dtype;
    w->count = lines_count(weights->map, 0);
    if (w->count == 0)
        return lines_bad(weights->map, 0, err, "the file has no rows");
    if (!words_get(w, 0, &first, err))
        return false;
    w->has_words = first.word.length > 0;
    const char *text = (const char *)weights->map->data;
    walk id = {NULL, NULL};
    walk line = {text, text + lines_end(weights->map, 0)};
    look(&line);
    /* Texts as IDs are names, which rows do not go by. */
    w->has_ids = find_member(line, "id", &id) && look(&id) != '"';
    walk vector = {text + first.values - 1, text + first.end + 1};
    nested n;
    if (!measure(weights->map, &vector, &n, err))
        return false;
    if (n.ndim != 1)
        return bad_at(weights->map, text + first.values, err, "the vector is no list of numbers");
    w->dim = n.shape[0];
    return words_add_tensor(weights, 0, err);
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

const weights_format jsonl_table_format = {
    .name = "jsonl",
    .suffixes = {".jsonl"},
    .recognise = jsonl_recognise,
    .read_header = jsonl_read_header,
    .table = words_table,
    .close = words_close,
    .vocab = words_vocab_of,
    .numbers_are_text = true,
};
