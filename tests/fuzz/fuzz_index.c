/* fuzz_index.c - arbitrary bytes as the index of a model in several files, and as its config.
 * The files that it may name are there, so that tensors are looked up and rows read.
 * SPDX-License-Identifier: MIT */
#include "base/bytes.h"
#include "io/path.h"
#include "model/config.h"
#include "model/open.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Two files of a model: the float32 tensor "a" of 2 x 2, and "b" of 1 x 2. */
static const char *const shard_names[] = {"a", "b"};
static const char *const headers[] = {
    "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}",
    "{\"b\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}",
};
static const size_t data_sizes[] = {16, 8};
enum { SHARDS = 2 };

static char folder[] = "/tmp/fuzz-index-XXXXXX";
static char *index_path;

static void write_shard(int i)
{
    static const uint8_t zeros[16] = {0};
    char *path = path_in_folder(folder, shard_names[i], NULL);
    FILE *file = fopen(path, "wb");
    uint64_t length = strlen(headers[i]);
    if (file == NULL || fwrite(&length, sizeof length, 1, file) != 1 ||
        fwrite(headers[i], (size_t)length, 1, file) != 1 ||
        fwrite(zeros, data_sizes[i], 1, file) != 1 || fclose(file) != 0)
        abort();
    free(path);
}

static void remove_folder(void)
{
    for (int i = 0; i < SHARDS; i++) {
        char *path = path_in_folder(folder, shard_names[i], NULL);
        unlink(path);
        free(path);
    }
    rmdir(folder);
    free(index_path);
}

static void make_folder(void)
{
    if (index_path != NULL)
        return;
    if (mkdtemp(folder) == NULL)
        abort();
    index_path = path_in_folder(folder, "model.safetensors.index.json", NULL);
    for (int i = 0; i < SHARDS; i++)
        write_shard(i);
    atexit(remove_folder);
}

static bool ignore(void *context, const tokvec_value *value)
{
    size_t *texts = context;
    *texts += value->kind == TOKVEC_VALUE_TEXT ? strlen(value->as.text) : 0;
    return true;
}

static void read_rows(tokvec_weights *weights, const tokvec_tensor *tensor)
{
    tokvec_table *table = tokvec_weights_table(weights, tensor, NULL);
    if (table == NULL)
        return;
    float row[2];
    int64_t id = (int64_t)tokvec_table_rows(table) - 1;
    if (!tokvec_table_read(table, &id, 1, row, NULL) || row[0] != 0.0f || row[1] != 0.0f)
        abort(); /* all rows of the files there are of two zeros */
    tokvec_table_close(table);
}

static void go_through(tokvec_weights *weights)
{
    size_t texts = 0;
    if (!tokvec_weights_metadata(weights, ignore, &texts, NULL))
        abort(); /* the JSON was good when it was opened */
    tokvec_error error;
    tokvec_weights_embedding(weights, &error);
    for (size_t i = 0; i < tokvec_weights_count(weights); i++)
        read_rows(weights, tokvec_weights_tensor(weights, i));
    tokvec_weights_complete(weights, &error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    make_folder();
    file_map *map = file_map_of_bytes(data, size, NULL);
    if (map == NULL)
        return 0;
    free(map->path);
    map->path = strdup(index_path);
    char warning[200];
    uint64_t shape[2] = {14, 4};
    tokvec_tensor embedding = {.name = "embedding.weight", .ndim = 2, .shape = shape};
    config_compare_map(map, &embedding, warning, sizeof warning);
    tokvec_error error;
    memset(&error, 0, sizeof error);
    tokvec_weights *weights = open_weights(map, &error);
    if (weights == NULL)
        return 0;
    if (strcmp(tokvec_weights_format(weights), "index") == 0)
        go_through(weights);
    tokvec_weights_close(weights);
    return 0;
}
