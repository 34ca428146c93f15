/* shards_open.c - the files of a model that was saved in several, without the index of them.
 * See shards.h. Their names tell how many there are; each tensor is in one of them.
 * SPDX-License-Identifier: MIT */
#include "model/shards.h"

#include "model/open.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* weights->detail */
typedef struct shards_state {
    unsigned count;
    tokvec_weights *shards[];
} shards_state;

static tokvec_weights *open_shard(const char *path, unsigned number, tokvec_error *err)
{
    char digits[SHARDS_DIGITS + 8];
    char *other = strdup(path);
    if (other == NULL) {
        error_no_memory(err, strlen(path));
        return NULL;
    }
    char *slash = strrchr(other, '/');
    snprintf(digits, sizeof digits, "%05u", number % 100000);
    memcpy(strstr(slash == NULL ? other : slash, SHARDS_OF) - SHARDS_DIGITS, digits, SHARDS_DIGITS);
    file_map *map = file_map_open(other, err);
    if (map == NULL)
        error_hint(err, "it is one of the files of the model, which has no index: all are needed");
    free(other);
    return map == NULL ? NULL : open_weights(map, err);
}

static bool add_all(tokvec_weights *weights, tokvec_weights *shard, tokvec_error *err)
{
    bool good = true;
    for (size_t i = 0; good && i < shard->count; i++) {
        tokvec_tensor t = shard->tensors[i];
        t.file = shard->map->path;
        good = weights_complete(shard, i, err) &&
               weights_add(weights, &t, (tensor_layout){.detail = shard}, err);
    }
    return good;
}

static bool shards_read_header(tokvec_weights *weights, tokvec_error *err)
{
    unsigned number, count = 0;
    shards_number(weights->map->path, &number, &count);
    shards_state *state = calloc(1, sizeof *state + count * sizeof *state->shards);
    if (state == NULL)
        return error_no_memory(err, count * sizeof *state->shards);
    weights->detail = state;
    for (; state->count < count; state->count++) {
        tokvec_weights *shard = open_shard(weights->map->path, state->count + 1, err);
        state->shards[state->count] = shard;
        if (shard == NULL)
            return false;
        if (!add_all(weights, shard, err)) {
            state->count++;
            return false;
        }
    }
    return weights_check_names(weights, err);
}

static bool shards_locate(tokvec_weights **weights, size_t *index, tokvec_error *err)
{
    (void)err;
    tokvec_weights *shard = (*weights)->layouts[*index].detail;
    size_t before = *index;
    while (before > 0 && (*weights)->layouts[before - 1].detail == shard)
        before--;
    *index -= before;
    *weights = shard;
    return true;
}

static void shards_close(tokvec_weights *weights)
{
    shards_state *state = weights->detail;
    for (unsigned i = 0; state != NULL && i < state->count; i++)
        tokvec_weights_close(state->shards[i]);
    free(state);
}

static format_grade shards_recognise(const file_map *map)
{
    (void)map;
    return GRADE_NO; /* only the folder tells */
}

static const weights_format shards_format = {.name = "shards",
                                             .recognise = shards_recognise,
                                             .read_header = shards_read_header,
                                             .locate = shards_locate,
                                             .close = shards_close};

tokvec_weights *shards_open(const char *path, tokvec_error *err)
{
    return open_weights_of(path, &shards_format, err);
}
