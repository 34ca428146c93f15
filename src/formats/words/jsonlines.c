/* jsonlines.c - tables as JSON, a row a line: what tokvec writes, and other programs.
 * Accepted are {"id": 7, "token": "word", "vector": [1, 2]} and [1, 2]; other members are ignored.
 * All lines must have the same of these members: the file is gone through when it is opened. The
 * numbers of a vector are looked at when it is read.
 * SPDX-License-Identifier: MIT */
#include "formats/words/json_text.h"

#include "formats/words/json_labels.h"
#include "io/path.h"
#include "text/lines.h"

#include <string.h>

/* ---------------------------------------------------------------- a line's members */

/* What programs call the vector, the token and the ID of a line, the surest name first. */
static const char *const vector_names[] = {"vector", "embedding", "values", NULL};
static const char *const token_names[] = {"token", "word", "text", "document", NULL};
static const char *const id_names[] = {"id", "token_id", "index", NULL};

enum { NONE = -1, BARE = -2, ID_NAMES = 3 };

typedef struct json_line {
    int vector; /* which of the names; NONE, or BARE: the line is a list */
    int token;
    bool two; /* vectors under different names */
    json_cursor vector_at, token_at;
    json_cursor ids[ID_NAMES]; /* .at is NULL: it has none */
} json_line;

static int name_of(tokvec_text key, const char *const *names)
{
    for (int i = 0; names[i] != NULL; i++) {
        if (key.length == strlen(names[i]) && memcmp(key.bytes, names[i], key.length) == 0)
            return i;
    }
    return NONE;
}

/* A list that can hold numbers. */
static bool may_be_vector(json_cursor value)
{
    if (!json_step_over(&value, '['))
        return false;
    int c = json_look(&value);
    return c != '"' && c != '{';
}

static void take_member(json_line *l, tokvec_text key, json_cursor value)
{
    int c = json_look(&value);
    int vector = name_of(key, vector_names), token = name_of(key, token_names);
    int id = name_of(key, id_names);
    if (vector != NONE && may_be_vector(value)) {
        l->two = l->two || (l->vector != NONE && l->vector != vector);
        l->vector = vector;
        l->vector_at = value;
    }
    /* Of several of one name the last counts, as most readers have it. */
    if (token != NONE && c != '[' && c != '{' && (l->token == NONE || token <= l->token)) {
        l->token = token;
        l->token_at = value;
    }
    if (id != NONE)
        l->ids[id] = value;
}

/* Goes through a line once. */
static json_line take_line(json_cursor at)
{
    json_line line = {.vector = NONE, .token = NONE};
    tokvec_text key;
    if (json_look(&at) == '[') {
        line.vector = BARE;
        line.vector_at = at;
        return line;
    }
    for (; json_next_member(&at, &key); json_skip_value(&at))
        take_member(&line, key, at);
    return line;
}

/* ---------------------------------------------------------------- rows in lines */

typedef struct json_lines {
    text_rows base;
    json_line like; /* the first line */
    int id;         /* which of its IDs rows go by; NONE */
    int word;       /* which of its IDs is text, and stands for the token it does not have; NONE */
} json_lines;

static bool bad_name(const file_map *map, const char *at, const char *name, bool there,
                     tokvec_error *err)
{
    lines_bad(map, (uint64_t)(at - (const char *)map->data), err,
              there ? "the line has the member '%s', which the first one does not have"
                    : "the line does not have the member '%s', as the first one does",
              name);
    return error_hint(err, "correct this line or the first one: all rows must have the same");
}

/* Whether a line has the members that the first one has. */
static bool is_like(const file_map *map, const char *at, const json_line *l, const json_line *first,
                    tokvec_error *err)
{
    if (l->two)
        return json_contradicts_at(map, at, err, "the line has two vectors");
    if (l->vector != first->vector && l->vector != BARE)
        return bad_name(map, at, first->vector == BARE ? "vector" : vector_names[first->vector],
                        false, err);
    if (l->vector != first->vector)
        return json_contradicts_at(map, at, err,
                                   "the line is a list, but the first one is an object");
    if (l->token != first->token)
        return first->token == NONE ? bad_name(map, at, token_names[l->token], true, err)
                                    : bad_name(map, at, token_names[first->token], false, err);
    for (int i = 0; i < ID_NAMES; i++) {
        if ((l->ids[i].at == NULL) != (first->ids[i].at == NULL))
            return bad_name(map, at, id_names[i], l->ids[i].at != NULL, err);
    }
    return true;
}

/* The line that begins at *start, after empty ones; *end becomes where it ends. */
static bool read_line(const file_map *map, uint64_t *start, uint64_t *end, json_line *line,
                      tokvec_error *err)
{
    const char *text = (const char *)map->data;
    json_cursor at = {text + *start, text + map->size};
    int c = json_look(&at);
    json_fault fault;
    *start = (uint64_t)(at.at - text);
    *end = lines_end(map, *start);
    if (!json_check_but_lists(at.at, (size_t)(*end - *start), &fault))
        return lines_bad(map, *start + fault.offset, err, "%s", fault.what);
    at.end = text + *end;
    *line = take_line(at);
    if ((c != '{' && c != '[') || line->vector == NONE)
        return json_bad_at(map, at.at, err, "the line has no list 'vector'");
    return true;
}

static bool line_scan(const text_rows *w, uint64_t row, uint64_t start, bool whole,
                      text_rows_room *room, text_row *out, tokvec_error *err)
{
    (void)row;
    const json_lines *t = (const json_lines *)w;
    const char *text = (const char *)w->map->data;
    json_cursor at = {text + start, text + w->map->size};
    json_line line;
    uint64_t end;
    if (json_look(&at) < 0)
        return file_map_changed(w->map, err);
    start = (uint64_t)(at.at - text);
    out->next = lines_next(w->map, lines_end(w->map, start));
    if (!whole)
        return true;
    if (!read_line(w->map, &start, &end, &line, err) ||
        !is_like(w->map, text + start, &line, &t->like, err))
        return false;
    out->values = (uint64_t)(line.vector_at.at + 1 - text);
    json_skip_value(&line.vector_at);
    out->end = (uint64_t)(line.vector_at.at - 1 - text);
    out->word = (tokvec_text){"", 0};
    out->id = NUMBERING_NO_ID;
    if (t->id != NONE && !json_take_id(line.ids[t->id], &out->id))
        return file_map_changed(w->map, err);
    if (!w->has_words)
        return true;
    return json_take_word(line.token != NONE ? line.token_at : line.ids[t->word], room, &out->word,
                          err);
}

/* Whether the vector from its bracket on is JSON. */
static bool check_vector(const file_map *map, json_cursor vector, tokvec_error *err)
{
    json_fault fault;
    uint64_t begin = (uint64_t)(vector.at - (const char *)map->data);
    return json_check(vector.at, (size_t)(vector.end - vector.at), &fault) ||
           lines_bad(map, begin + fault.offset, err, "%s", fault.what);
}

static bool line_read(text_rows *w, uint64_t row, void *out, tokvec_error *err)
{
    const char *text = (const char *)w->map->data;
    text_row r;
    return text_rows_get(w, row, &r, err) &&
           check_vector(w->map, (json_cursor){text + r.values - 1, text + r.end + 1}, err) &&
           json_read_list(w, r.values, r.end, out, err);
}

static const text_rows_kind line_kind = {
    .scan = line_scan, .read = line_read, .ids = text_rows_ids};

/* ---------------------------------------------------------------- opening */

bool json_are_lines(const file_map *map)
{
    const char *text = (const char *)map->data;
    if (!json_is_text(map))
        return false;
    json_cursor file = {text + json_begin(map), text + map->size};
    int first = json_look(&file);
    if ((first != '[' && first != '{'))
        return false;
    uint64_t end = lines_end(map, (uint64_t)(file.at - text));
    json_cursor line = {file.at, text + end}, rest = {text + end, text + map->size};
    json_fault fault;
    if ((first == '[' && json_look(&rest) != '[') ||
        !json_check(line.at, (size_t)(line.end - line.at), &fault) ||
        take_line(line).vector == NONE)
        return false;
    /* Words may be called as the vector is. */
    return first == '[' || json_look(&rest) >= 0 || !json_is_dictionary(line) ||
           path_ends_in(map->path, ".jsonl") || path_ends_in(map->path, ".ndjson");
}

/* All there is to know of the rows' names. */
typedef struct json_names {
    json_labels tokens, ids[ID_NAMES];
    const char *differ; /* a line with IDs that differ; NULL: there is none */
} json_names;

static void compare_ids(json_names *names, const json_line *line, const char *at)
{
    int64_t id, other;
    for (int i = 1; i < ID_NAMES && names->differ == NULL; i++) {
        for (int k = 0; k < i; k++) {
            if (line->ids[i].at != NULL && line->ids[k].at != NULL &&
                json_take_id(line->ids[i], &id) && json_take_id(line->ids[k], &other) &&
                id != other)
                names->differ = at;
        }
    }
}

static bool take_names(json_names *names, const file_map *map, const json_line *line,
                       const char *at, tokvec_error *err)
{
    if (line->token != NONE)
        json_labels_add(&names->tokens, line->token_at); /* words may be anything */
    for (int i = 0; i < ID_NAMES; i++) {
        const char *fault =
            line->ids[i].at == NULL ? NULL : json_labels_add(&names->ids[i], line->ids[i]);
        if (fault != NULL)
            return json_contradicts_at(map, line->ids[i].at, err, fault);
    }
    compare_ids(names, line, at);
    return true;
}

static bool go_through(json_lines *t, json_names *names, tokvec_error *err)
{
    const file_map *map = t->base.map;
    const char *text = (const char *)map->data;
    uint64_t end;
    json_cursor at = {text + t->base.next, text + map->size};
    for (; json_look(&at) >= 0; at.at = text + lines_next(map, end), t->base.count++) {
        json_line line;
        uint64_t start = (uint64_t)(at.at - text);
        if (!read_line(map, &start, &end, &line, err))
            return false;
        if (t->base.count == 0)
            t->like = line;
        if (!is_like(map, text + start, &line, &t->like, err) ||
            !take_names(names, map, &line, text + start, err))
            return false;
    }
    return t->base.count > 0 || lines_bad(map, 0, err, "the file has no rows");
}

/* Only the file's name tells its one line from words and their vectors. */
static bool may_be_words(const json_lines *t, tokvec_error *err)
{
    const char *text = (const char *)t->base.map->data;
    json_cursor line = {text + t->base.next, text + t->base.map->size};
    if (t->base.count > 1 || json_look(&line) != '{' || !json_is_dictionary(line))
        return false;
    json_bad_at(t->base.map, line.at, err,
                "the only line may be one vector, or have a vector in each member");
    error_hint(err, "if the members are words, give the file a name that ends in .json; if not, "
                    "leave out those that are not part of the table");
    return true;
}

/* Which members are IDs, and which are words. */
static bool choose_names(tokvec_weights *weights, json_lines *t, const json_names *names,
                         tokvec_error *err)
{
    text_rows *w = &t->base;
    unsigned ids = 0;
    for (int i = ID_NAMES - 1; i >= 0; i--) {
        if (names->ids[i].count == 0)
            continue;
        *(names->ids[i].no_ids ? &t->word : &t->id) = i;
        ids += !names->ids[i].no_ids;
    }
    if (ids > 1 && names->differ != NULL)
        return json_contradicts_at(w->map, names->differ, err, "the line has two IDs that differ");
    w->has_ids = t->id != NONE;
    w->has_words = t->like.token != NONE || t->word != NONE;
    if (t->like.token != NONE && !w->has_ids && !names->tokens.no_ids && names->tokens.odd)
        json_warn_of_numbers(weights);
    return true;
}

static bool jsonl_read_header(tokvec_weights *weights, tokvec_error *err)
{
    const file_map *map = weights->map;
    json_lines *t = (json_lines *)text_rows_new(weights, &line_kind, sizeof *t, err);
    json_names names = {.differ = NULL};
    if (t == NULL || !file_want(map, 0, map->size, err))
        return false;
    text_rows *w = &t->base;
    t->id = t->word = NONE;
    w->next = json_begin(map);
    if (weights->as.dtype != TOKVEC_NO_DTYPE)
        w->dtype = weights->as.dtype;
    if (!go_through(t, &names, err) || may_be_words(t, err) ||
        !choose_names(weights, t, &names, err))
        return false;
    json_cursor vector = t->like.vector_at;
    json_nested n;
    json_skip_value(&vector);
    vector = (json_cursor){t->like.vector_at.at, vector.at};
    if (!check_vector(map, vector, err) || !json_measure(map, &vector, false, &n, err))
        return false;
    if (n.ndim != 1)
        return json_bad_at(map, t->like.vector_at.at + 1, err,
                           "the vector is not a list of numbers");
    w->dim = n.shape[0];
    return text_rows_add_tensor(weights, 0, err);
}

static format_grade jsonl_recognise(const file_map *map)
{
    return json_are_lines(map) ? GRADE_LIKELY : GRADE_NO;
}

const weights_format jsonl_table_format = {
    .name = "jsonl",
    .suffixes = {".jsonl", ".ndjson"},
    .recognise = jsonl_recognise,
    .read_header = jsonl_read_header,
    TEXT_ROWS_FORMAT,
    .numbers_are_text = true,
};
