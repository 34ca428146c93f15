/* packed_known.c - what is asked for every tensor that may be packed, found out once for a file.
 * See packed_known.h.
 * SPDX-License-Identifier: MIT */
#include "model/packed_known.h"

#include "io/path.h"
#include "model/config.h"
#include "model/shard.h"
#include "text/json.h"

#include <stdlib.h>
#include <string.h>

typedef struct known {
    size_t *by_name; /* count */
    size_t count;
    cJSON *config;
    tokvec_weights *index;      /* of files, that the file belongs to */
    bool has_config, has_index; /* was looked for */
} known;

static void close_known(void *kept)
{
    known *k = kept;
    free(k->by_name);
    json_free(k->config);
    tokvec_weights_close(k->index);
    free(k);
}

static known *known_of(const tokvec_weights *weights)
{
    return weights->kept;
}

/* ---- names ---------------------------------------------------------------------------------- */

/* By name, and tensors of one name in the order of the file. */
static int compare(const void *a, const void *b)
{
    const tokvec_tensor *x = *(const tokvec_tensor *const *)a;
    const tokvec_tensor *y = *(const tokvec_tensor *const *)b;
    int order = strcmp(x->name, y->name);
    return order != 0 ? order : (x > y) - (x < y);
}

static bool sort_names(const tokvec_weights *weights, known *k, tokvec_error *err)
{
    const size_t n = weights->count;
    const tokvec_tensor **sorted = malloc((n + 1) * sizeof *sorted);
    size_t *by_name = malloc((n + 1) * sizeof *by_name);
    bool good = (sorted != NULL && by_name != NULL) || error_no_memory(err, n * sizeof *sorted);
    for (size_t i = 0; good && i < n; i++)
        sorted[i] = &weights->tensors[i];
    if (good)
        qsort(sorted, n, sizeof *sorted, compare);
    for (size_t i = 0; good && i < n; i++)
        by_name[i] = (size_t)(sorted[i] - weights->tensors);
    free(sorted);
    if (!good) {
        free(by_name);
        return false;
    }
    free(k->by_name);
    k->by_name = by_name;
    k->count = n;
    return true;
}

bool packed_known_open(tokvec_weights *weights, tokvec_error *err)
{
    if (weights->kept == NULL) {
        weights->kept = calloc(1, sizeof(known));
        if (weights->kept == NULL)
            return error_no_memory(err, sizeof(known));
        weights->close_kept = close_known;
    }
    known *k = known_of(weights);
    return (k->by_name != NULL && k->count == weights->count) || sort_names(weights, k, err);
}

/* How many of the names come before those that begin so; with `after`, as well as these. */
static size_t count_before(const tokvec_weights *weights, const char *stem, size_t length,
                           bool after)
{
    const known *k = known_of(weights);
    size_t low = 0, high = k->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strncmp(weights->tensors[k->by_name[middle]].name, stem, length);
        if (order < 0 || (after && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

packed_names packed_names_of(const tokvec_weights *weights, const char *stem, size_t length)
{
    const size_t *by_name = known_of(weights)->by_name;
    return (packed_names){by_name + count_before(weights, stem, length, false),
                          by_name + count_before(weights, stem, length, true)};
}

/* ---- files beside it ------------------------------------------------------------------------ */

bool packed_config(tokvec_weights *weights, const cJSON **config, tokvec_error *err)
{
    known *k = known_of(weights);
    if (!k->has_config) {
        bool beside = weights->config == NULL && weights->map->path != NULL;
        char *path = beside ? path_beside(weights->map->path, "config.json", err) : NULL;
        k->has_config =
            (!beside || path != NULL) &&
            json_read_optional(beside ? path : weights->config, CONFIG_MAX_BYTES, &k->config, err);
        free(path);
    }
    *config = k->config;
    return k->has_config;
}

bool packed_index(tokvec_weights *weights, const tokvec_weights **index, tokvec_error *err)
{
    known *k = known_of(weights);
    if (!k->has_index)
        k->index = shard_index(weights);
    k->has_index = true;
    *index = k->index;
    return k->index == NULL || packed_known_open(k->index, err);
}
