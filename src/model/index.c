/* index.c - the index of a model in several files, model.safetensors.index.json and its like.
 * Its weight_map names for each tensor the file that holds it. A file is opened, by whichever
 * format it is of, when a tensor of it is wanted; one lookup so opens one file.
 * SPDX-License-Identifier: MIT */
#include "table/weights.h"

#include "io/path.h"
#include "model/folder_names.h"
#include "model/open.h"
#include "text/json.h"

#include <stdlib.h>
#include <string.h>

/* Format: huggingface.co/docs/transformers, "Sharded checkpoints". */
#define INDEX_SUFFIX ".index.json"
enum { SIZE_LIMIT = 1 << 25 }; /* the largest known, of 90,000 tensors, has 9 MB */
enum { METADATA_MAX = 1000 };  /* real ones have a few members */

/* A file of the model: the detail of the layouts of its tensors. */
typedef struct shard {
    char *path;
    tokvec_weights *weights;       /* NULL until it is opened */
    const tokvec_tensor **by_name; /* its tensors, sorted */
} shard;

/* weights->detail */
typedef struct index_state {
    shard *shards; /* sorted by path */
    size_t count;
} index_state;

/* Says what is wrong with the index, of which all of the JSON was good. Returns false. */
#define bad(weights, err, ...)                                                                   \
    (error_set(err, TOKVEC_BAD_FILE, __VA_ARGS__), error_where(err, "%s", (weights)->map->path), \
     error_hint(err, "fetch the index again, or name one of the weights files"))

/* ---- the text ------------------------------------------------------------------------------- */

/* Tables of numbers and vocabularies are JSON too: it takes the name, or the member that they do
 * not have. */
static format_grade index_recognise(const file_map *map)
{
    static const char member[] = "\"weight_map\"";
    enum { LOOK = 1 << 26 }; /* bytes, more than any index has */
    bool named = map->size > 0 && path_ends_in(map->path, INDEX_SUFFIX);
    uint64_t i = file_head(map, 3) == 3 && memcmp(map->data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (i < map->size && file_want(map, i, 1, NULL) &&
           memchr(" \t\r\n", map->data[i], 4) != NULL)
        i++;
    int first = i < map->size && file_want(map, i, 1, NULL) ? map->data[i] : -1;
    bool is = first == '{' || (named && first == '[');
    if (is && !named) {
        size_t look = (size_t)file_head(map, LOOK);
        is = memmem(map->data, look, member, sizeof member - 1) != NULL;
    }
    return is ? GRADE_CERTAIN : named ? GRADE_LIKELY : GRADE_NO;
}

/* Files lie beside the index. A name that leads elsewhere would have tokvec read what nobody has
 * named. */
static bool check_entry(const cJSON *entry, const tokvec_weights *weights, tokvec_error *err)
{
    const char *name = json_characters(entry);
    if (name == NULL)
        return bad(weights, err, "the weight_map has no file name for tensor '%s'", entry->string);
    if (name[0] != '\0' && strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
        strpbrk(name, "/\\") == NULL)
        return true;
    return bad(weights, err,
               "the weight_map names '%s' for tensor '%s', but no file of that name is beside it",
               name, entry->string);
}

static int by_path(const void *key, const void *item)
{
    return strcmp(key, ((const shard *)item)->path);
}

/* The different files of the weight_map, whose entries have been checked. */
static bool list_shards(index_state *state, const cJSON *map, const char *index_path,
                        tokvec_error *err)
{
    size_t n = json_count(map);
    const char **names = malloc((n + 1) * sizeof *names);
    state->shards = calloc(n + 1, sizeof *state->shards);
    bool good = names != NULL && state->shards != NULL;
    if (!good)
        error_no_memory(err, n * sizeof *state->shards);
    size_t count = 0;
    const cJSON *entry;
    if (good) {
        cJSON_ArrayForEach(entry, map) names[count++] = entry->valuestring;
        qsort(names, n, sizeof *names, folder_names_compare);
    }
    for (size_t i = 0; good && i < n; i++) {
        if (i > 0 && strcmp(names[i - 1], names[i]) == 0)
            continue;
        char *path = path_beside(index_path, names[i], err);
        good = path != NULL;
        if (good)
            state->shards[state->count++].path = path;
    }
    free(names);
    return good;
}

static bool add_tensors(tokvec_weights *weights, const cJSON *map, tokvec_error *err)
{
    const index_state *state = weights->detail;
    const cJSON *entry;
    cJSON_ArrayForEach(entry, map)
    {
        char *path = path_beside(weights->map->path, entry->valuestring, err);
        if (path == NULL)
            return false;
        shard *s = bsearch(path, state->shards, state->count, sizeof *s, by_path);
        free(path);
        tokvec_tensor tensor = {.name = entry->string, .dtype_name = "", .file = s->path};
        if (!weights_add(weights, &tensor, (tensor_layout){.detail = s}, err))
            return false;
    }
    return weights_check_names(weights, err);
}

static bool read_index(tokvec_weights *weights, const cJSON *json, tokvec_error *err)
{
    const cJSON *map = json_get(json, "weight_map");
    if (map == NULL) {
        bad(weights, err, "the JSON has no weight_map, so it indexes no weights");
        return error_hint(err, "name the weights file, the model's folder, or its .index.json");
    }
    if (!json_is_object(map))
        return bad(weights, err, "the weight_map is not an object");
    const cJSON *entry;
    cJSON_ArrayForEach(entry, json)
    {
        if (entry != map && strcmp(entry->string, "weight_map") == 0)
            return bad(weights, err,
                       "the weight_map is repeated, and readers differ in which counts");
    }
    cJSON_ArrayForEach(entry, map)
    {
        if (!check_entry(entry, weights, err))
            return false;
    }
    index_state *state = calloc(1, sizeof *state);
    if (state == NULL)
        return error_no_memory(err, sizeof *state);
    weights->detail = state;
    return list_shards(state, map, weights->map->path, err) && add_tensors(weights, map, err);
}

static bool index_read_header(tokvec_weights *weights, tokvec_error *err)
{
    cJSON *json = json_read(weights->map, SIZE_LIMIT, "the index", err);
    if (json == NULL)
        return false;
    bool good = read_index(weights, json, err);
    json_free(json);
    return good;
}

static bool index_metadata(tokvec_weights *weights, tokvec_visitor *visit, void *context,
                           tokvec_error *err)
{
    cJSON *json = json_read(weights->map, SIZE_LIMIT, "the index", err);
    const cJSON *item, *all = json_get(json, "metadata");
    if (json_count(all) > METADATA_MAX) {
        json_free(json);
        return bad(weights, err, "the index has more than 1000 members in its metadata");
    }
    cJSON_ArrayForEach(item, all)
    {
        if (json_get(all, item->string) != item)
            continue; /* of several of one name the last counts */
        tokvec_value value = {.key = item->string};
        double number = item->valuedouble;
        if (json_characters(item) != NULL)
            value = (tokvec_value){
                item->string, TOKVEC_VALUE_TEXT, "string", {.text = item->valuestring}};
        else if (json_is_true(item) || json_is_false(item))
            value = (tokvec_value){
                item->string, TOKVEC_VALUE_TRUTH, "bool", {.truth = json_is_true(item)}};
        else if (json_is_number(item) && number >= 0 && number < 0x1p53 &&
                 number == (double)(uint64_t)number)
            value = (tokvec_value){
                item->string, TOKVEC_VALUE_NATURAL, "number", {.natural = (uint64_t)number}};
        else if (json_is_number(item))
            value = (tokvec_value){item->string, TOKVEC_VALUE_REAL, "number", {.real = number}};
        else
            continue; /* nothing that the writers of indexes put there */
        visit(context, &value);
    }
    json_free(json);
    return json != NULL;
}

/* ---- the files ------------------------------------------------------------------------------ */

static bool open_shard(shard *s, const tokvec_weights *weights, tokvec_error *err)
{
    if (s->weights != NULL)
        return true;
    file_map *map = file_map_open(s->path, err);
    if (map == NULL)
        return error_hint(err, "it is a part of the model, as %s says; all belong in one folder",
                          weights->map->path);
    tokvec_weights *opened = open_weights(map, err);
    if (opened == NULL)
        return false;
    bool good = !weights_is_index(opened);
    if (!good)
        bad(weights, err, "the weight_map names an index as a file of the model");
    s->by_name = good ? weights_by_name(opened, err) : NULL;
    if (s->by_name == NULL) {
        tokvec_weights_close(opened);
        return false;
    }
    s->weights = opened;
    return true;
}

static int by_name(const void *key, const void *item)
{
    return strcmp(key, (*(const tokvec_tensor *const *)item)->name);
}

/* What the file of tensor `index` says of it; NULL and an error if it cannot be had. */
static const tokvec_tensor *find_in_shard(tokvec_weights *weights, size_t index, tokvec_error *err)
{
    const char *name = weights->tensors[index].name;
    shard *s = weights->layouts[index].detail;
    if (!open_shard(s, weights, err))
        return NULL;
    const tokvec_tensor *const *found =
        bsearch(name, s->by_name, s->weights->count, sizeof *s->by_name, by_name);
    if (found != NULL)
        return *found;
    error_set(err, TOKVEC_BAD_FILE,
              "the file holds no tensor '%s', though the model's index says so", name);
    error_where(err, "%s", s->path);
    error_hint(err, "fetch the file and %s again", weights->map->path);
    return NULL;
}

static bool index_complete(tokvec_weights *weights, size_t index, tokvec_error *err)
{
    const tokvec_tensor *found = find_in_shard(weights, index, err);
    return found != NULL && weights_fill_in(weights, index, found, err);
}

static bool index_locate(tokvec_weights **weights, size_t *index, tokvec_error *err)
{
    const tokvec_tensor *found = find_in_shard(*weights, *index, err);
    const shard *s = (*weights)->layouts[*index].detail;
    if (found == NULL)
        return false;
    *weights = s->weights;
    *index = (size_t)(found - s->weights->tensors);
    return true;
}

static void index_close(tokvec_weights *weights)
{
    index_state *state = weights->detail;
    if (state == NULL)
        return;
    for (size_t i = 0; i < state->count; i++) {
        free(state->shards[i].path);
        free(state->shards[i].by_name);
        tokvec_weights_close(state->shards[i].weights);
    }
    free(state->shards);
    free(state);
}

const weights_format index_format = {
    .name = "index",
    .suffixes = {INDEX_SUFFIX},
    .recognise = index_recognise,
    .read_header = index_read_header,
    .complete = index_complete,
    .locate = index_locate,
    .metadata = index_metadata,
    .close = index_close,
};
