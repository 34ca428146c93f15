/* jsonlines.c - tables as JSON, a row a line: what tokvec writes, and other programs.
 * Accepted are {"id": 7, "token": "word", "vector": [1, 2]} and [1, 2]; other members are ignored.
 * SPDX-License-Identifier: MIT */
#include "table/json_text.h"
#include "table/lines.h"

#include <string.h>

/* ---------------------------------------------------------------- rows in lines */

/* What programs call the vector and the token of a line. */
static const char *const vector_names[] = {"vector", "embedding", "values", NULL};
static const char *const token_names[] = {"token", "word", "text", "document", NULL};

/* A line's vector: its member, or all of it. */
static bool find_vector(json_walk line, json_walk *vector)
{
    *vector = line;
    return json_look(&line) == '[' ||
           (json_look(&line) == '{' && json_find_named(line, vector_names, vector) &&
            json_look(vector) == '[');
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
    if (!json_check(text + start, (size_t)(end - start), &fault))
        return lines_bad(w->map, start + fault.offset, err, "%s", fault.what);
    json_walk line = {text + start, text + end};
    json_walk vector, token = {NULL, NULL}, id;
    if (!find_vector(line, &vector))
        return json_bad_at(w->map, text + start, err, "the line has no list 'vector'");
    json_look(&vector);
    out->values = (uint64_t)(vector.at + 1 - text);
    json_skip_value(&vector);
    out->end = (uint64_t)(vector.at - 1 - text);
    out->word = (tokvec_text){"", 0};
    out->id = NUMBERING_NO_ID;
    if (json_look(&line) != '{')
        return true;
    if (w->has_ids && json_find_member(line, "id", &id) && !json_read_id(w, id, &out->id, err))
        return false;
    if (!json_find_named(line, token_names, &token) || json_look(&token) != '"')
        return true;
    return json_resolve(json_take_string(&token), room, &out->word, err);
}

static bool line_read(words *w, uint64_t row, void *out, tokvec_error *err)
{
    words_row r;
    return words_get(w, row, &r, err) && json_read_list(w, r.values, r.end, out, err);
}

static const words_kind line_kind = {.step = line_step, .read = line_read, .ids = words_ids};

/* ---------------------------------------------------------------- opening */

bool json_are_lines(const file_map *map)
{
    const char *text = (const char *)map->data;
    json_walk file = {text, text + map->size}, vector;
    int first = json_look(&file);
    if (!json_is_text(map) || (first != '[' && first != '{'))
        return false;
    uint64_t end = lines_end(map, (uint64_t)(file.at - text));
    json_walk line = {file.at, text + end}, rest = {text + end, text + map->size};
    json_fault fault;
    return (first == '{' || json_look(&rest) == '[') &&
           json_check(line.at, (size_t)(line.end - line.at), &fault) && find_vector(line, &vector);
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
    json_walk id = {NULL, NULL};
    json_walk line = {text, text + lines_end(weights->map, 0)};
    json_look(&line);
    /* Texts as IDs are names, which rows do not go by. */
    w->has_ids = json_find_member(line, "id", &id) && json_look(&id) != '"';
    json_walk vector = {text + first.values - 1, text + first.end + 1};
    json_nested n;
    if (!json_measure(weights->map, &vector, &n, err))
        return false;
    if (n.ndim != 1)
        return json_bad_at(weights->map, text + first.values, err,
                           "the vector is no list of numbers");
    w->dim = n.shape[0];
    return words_add_tensor(weights, 0, err);
}

static format_grade jsonl_recognise(const file_map *map)
{
    return json_are_lines(map) ? GRADE_LIKELY : GRADE_NO;
}

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
