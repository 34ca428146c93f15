/* parts_open.c - all parts of a model that was split among machines, opened as one.
 * See parts.h. The first part tells the tensors, the others have their rows or columns.
 * SPDX-License-Identifier: MIT */
#include "model/parts.h"

#include "base/bytes.h"
#include "io/path.h"
#include "model/names.h"
#include "model/open.h"
#include "table/joined.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How a tensor is split. */
typedef enum split { SPLIT_UNKNOWN, SPLIT_NOT, SPLIT_ROWS, SPLIT_COLUMNS } split;

/* weights->detail */
typedef struct parts_state {
    unsigned count;
    tokvec_weights **parts;
    split *splits; /* of each tensor */
} parts_state;

/* ---- how it is split ------------------------------------------------------------------------ */

/* As Llama's own loaders have it: ColumnParallelLinear has rows of a weight, RowParallelLinear
 * columns. The token embedding alone differs from one release to the next. */
static split of_meta(const tokvec_tensor *t, unsigned count, const parts_whole *whole)
{
    static const char *const rows[] = {"output.weight",          "attention.wq.weight",
                                       "attention.wk.weight",    "attention.wv.weight",
                                       "feed_forward.w1.weight", "feed_forward.w3.weight"};
    static const char *const columns[] = {"attention.wo.weight", "feed_forward.w2.weight"};
    if (t->ndim == 1)
        return SPLIT_NOT;
    if (t->ndim != 2)
        return SPLIT_UNKNOWN;
    if (names_is_embedding(t->name))
        return t->shape[1] == 0 || whole->columns == 0 ? SPLIT_UNKNOWN
               : whole->columns == t->shape[1]         ? SPLIT_ROWS
               : whole->columns / t->shape[1] == count && whole->columns % t->shape[1] == 0
                   ? SPLIT_COLUMNS
                   : SPLIT_UNKNOWN;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (path_ends_in(t->name, rows[i]))
            return SPLIT_ROWS;
    }
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (path_ends_in(t->name, columns[i]))
            return SPLIT_COLUMNS;
    }
    return SPLIT_UNKNOWN;
}

/* Megatron's and NeoX' vocabulary is split by rows; other weights have several parts side by side
 * in their rows, or none. */
static split of_megatron(const tokvec_tensor *t)
{
    bool of_tokens = path_ends_in(t->name, "word_embeddings.weight") ||
                     path_ends_in(t->name, "output_layer.weight");
    return of_tokens && t->ndim == 2 ? SPLIT_ROWS : SPLIT_UNKNOWN;
}

/* ---- the parts ------------------------------------------------------------------------------ */

static tokvec_weights *open_part(const char *path, unsigned number, tokvec_error *err)
{
    char *other = parts_path(path, number, err);
    file_map *map = other == NULL ? NULL : file_map_open(other, err);
    if (other != NULL && map == NULL)
        error_hint(err, "it is a part of the model; all belong in one folder");
    free(other);
    return map == NULL ? NULL : open_weights(map, err);
}

static bool add_joined(tokvec_weights *weights, size_t index, tokvec_error *err)
{
    parts_state *state = weights->detail;
    tokvec_tensor t = state->parts[0]->tensors[index];
    const split how = state->splits[index];
    uint64_t shape[2];
    tensor_layout layout = {.unusable = state->parts[0]->layouts[index].unusable};
    if (how == SPLIT_UNKNOWN)
        layout.unusable = "is in parts that tokvec does not know how to join";
    if (how == SPLIT_ROWS || how == SPLIT_COLUMNS) {
        unsigned axis = how == SPLIT_COLUMNS;
        memcpy(shape, t.shape, sizeof shape);
        if (!mul_u64(shape[axis], state->count, &shape[axis]) ||
            !mul_u64(t.bytes, state->count, &t.bytes))
            return file_map_bad(weights->map, 0, err, "tensor '%s' is too large", t.name);
        t.shape = shape;
    }
    t.file = weights->map->path;
    return weights_add(weights, &t, layout, err);
}

static bool parts_read_header(tokvec_weights *weights, tokvec_error *err)
{
    const char *path = weights->map->path;
    parts_whole whole;
    parts_state *state = calloc(1, sizeof *state);
    if (state == NULL)
        return error_no_memory(err, sizeof *state);
    weights->detail = state;
    unsigned count = parts_count(path);
    state->parts = calloc(count, sizeof *state->parts);
    if (state->parts == NULL)
        return error_no_memory(err, count * sizeof *state->parts);
    for (; state->count < count; state->count++) {
        state->parts[state->count] = open_part(path, state->count, err);
        if (state->parts[state->count] == NULL)
            return false;
    }
    tokvec_weights *first = state->parts[0];
    state->splits = calloc(first->count + 1, sizeof *state->splits);
    if (state->splits == NULL)
        return error_no_memory(err, first->count * sizeof *state->splits);
    if (!parts_sizes(first, &whole, err))
        return false;
    bool good = true;
    for (size_t i = 0; good && i < first->count; i++) {
        const tokvec_tensor *t = &first->tensors[i];
        state->splits[i] = parts_are_of_meta(path) ? of_meta(t, count, &whole) : of_megatron(t);
        good = weights_complete(first, i, err) && add_joined(weights, i, err);
    }
    return good;
}

/* ---- joining -------------------------------------------------------------------------------- */

/* The stored rows of a tensor in one of the parts, which has the shape of the first's. */
static tokvec_table *open_in_part(tokvec_weights *part, const tokvec_tensor *like,
                                  tokvec_error *err)
{
    for (size_t i = 0; i < part->count; i++) {
        const tokvec_tensor *t = &part->tensors[i];
        if (strcmp(t->name, like->name) != 0)
            continue;
        if (t->ndim == 2 && tokvec_dtype_is_float(t->dtype) && t->dtype == like->dtype &&
            tokvec_dtype_size(t->dtype) > 1 && /* which have scales beside them */
            t->shape[0] == like->shape[0] && t->shape[1] == like->shape[1])
            return weights_stored_table(part, i, false, err);
        error_set(err, TOKVEC_BAD_FILE,
                  "tensor '%.250s' has another shape or dtype than in the other parts of the model",
                  t->name);
        error_where(err, "%s", part->map->path);
        error_hint(err, "fetch all parts of one model again");
        return NULL;
    }
    error_set(err, TOKVEC_BAD_FILE, "the part does not have tensor '%.250s', as the first has",
              like->name);
    error_where(err, "%s", part->map->path);
    error_hint(err, "fetch all parts of one model again");
    return NULL;
}

/* Parts at the end may be missing: then the token embedding is not whole, and no other tensor is.
 * Meta's params.json tells how many rows it has, the norm how many columns. */
static bool check_whole(const tokvec_weights *weights, tokvec_error *err)
{
    const parts_state *state = weights->detail;
    parts_whole whole;
    if (!parts_sizes(state->parts[0], &whole, err))
        return false;
    for (size_t i = 0; i < weights->count; i++) {
        const tokvec_tensor *t = &weights->tensors[i];
        if (!names_is_embedding(t->name) || t->ndim != 2)
            continue;
        if (state->splits[i] == SPLIT_UNKNOWN)
            error_set(err, TOKVEC_NOT_FOUND,
                      "the %u parts do not make the whole of '%.200s': others are missing",
                      state->count, t->name);
        else if (state->splits[i] == SPLIT_ROWS && whole.rows > t->shape[0])
            error_set(err, TOKVEC_NOT_FOUND,
                      "the %u parts have %llu of the %llu rows of '%.200s': others are missing",
                      state->count, (unsigned long long)t->shape[0], (unsigned long long)whole.rows,
                      t->name);
        else
            continue;
        error_where(err, "%s", weights->map->path);
        return error_hint(err, "fetch them, or name the file whose part is wanted");
    }
    return true;
}

static tokvec_table *parts_table(tokvec_weights *weights, size_t index, tokvec_error *err)
{
    parts_state *state = weights->detail;
    const tokvec_tensor *like = &state->parts[0]->tensors[index];
    const split how = state->splits[index];
    if (how == SPLIT_NOT)
        return weights_stored_table(state->parts[0], index, false, err);
    if (!check_whole(weights, err))
        return NULL;
    tokvec_table **tables = calloc(state->count, sizeof *tables);
    unsigned opened = 0;
    if (tables == NULL)
        error_no_memory(err, state->count * sizeof *tables);
    while (tables != NULL && opened < state->count) {
        tables[opened] = open_in_part(state->parts[opened], like, err);
        if (tables[opened] == NULL)
            break;
        opened++;
    }
    tokvec_table *joined = NULL;
    if (tables != NULL && opened == state->count)
        joined =
            joined_table(tables, opened, how == SPLIT_ROWS ? JOINED_ROWS : JOINED_COLUMNS, err);
    for (unsigned i = 0; opened < state->count && i < opened; i++)
        tokvec_table_close(tables[i]);
    free(tables);
    return joined;
}

static void parts_close(tokvec_weights *weights)
{
    parts_state *state = weights->detail;
    if (state == NULL)
        return;
    for (unsigned i = 0; i < state->count; i++)
        tokvec_weights_close(state->parts[i]);
    free(state->parts);
    free(state->splits);
    free(state);
}

static format_grade parts_recognise(const file_map *map)
{
    (void)map;
    return GRADE_NO; /* only the folder tells */
}

static const weights_format parts_format = {.name = "parts",
                                            .recognise = parts_recognise,
                                            .read_header = parts_read_header,
                                            .table = parts_table,
                                            .close = parts_close};

bool parts_are_joined(const tokvec_weights *weights)
{
    return weights->format == &parts_format;
}

tokvec_weights *parts_open(const char *path, tokvec_error *err)
{
    return open_weights_of(path, &parts_format, err);
}
