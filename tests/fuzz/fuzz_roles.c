/* fuzz_roles.c - arbitrary bytes as the files that tell which tokens are special, and as a config.
 * All of them are in one folder and hold the same.
 * SPDX-License-Identifier: MIT */
#include "io/path.h"
#include "model/config.h"
#include "model/token_roles.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {
    "tokenizer.json",    "tokenizer_config.json", "special_tokens_map.json",
    "added_tokens.json", "config.json",           "generation_config.json"};
enum { FILES = 6, ROWS = 12 };

static char folder[] = "/tmp/fuzz-roles-XXXXXX";
static char *paths[FILES]; /* links to the first */
static tokvec_table *table;
static tokvec_vocab *vocab;

static void remove_folder(void)
{
    for (int i = 0; i < FILES; i++) {
        unlink(paths[i]);
        free(paths[i]);
    }
    rmdir(folder);
    tokvec_vocab_close(vocab);
    tokvec_table_close(table);
}

static void write_file(const char *path, const void *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL || (size > 0 && fwrite(data, size, 1, file) != 1) || fclose(file) != 0)
        abort();
}

static void make_folder(void)
{
    static const char words[] = "{\"<pad>\": 0, \"a\": 1, \"b\": 2, \"<0x00>\": 3, \"c\": 40}";
    const tokvec_seed_spec spec = {.vocab_size = ROWS, .dim = 1, .dtype = TOKVEC_FLOAT32};
    if (table != NULL)
        return;
    if (mkdtemp(folder) == NULL)
        abort();
    for (int i = 0; i < FILES; i++)
        paths[i] = path_in_folder(folder, names[i], NULL);
    write_file(paths[0], words, sizeof words - 1);
    vocab = tokvec_vocab_open(paths[0], NULL);
    table = tokvec_table_seed(&spec, NULL);
    if (vocab == NULL || table == NULL)
        abort();
    for (int i = 1; i < FILES; i++) {
        if (link(paths[0], paths[i]) != 0)
            abort();
    }
    atexit(remove_folder);
}

static void find_roles(tokvec_vocab *of)
{
    const token_sources from = {
        .table = table, .vocab = of, .vocab_file = paths[0], .folder = folder, .config = paths[4]};
    token_roles roles = {.rows = 0};
    if (!token_roles_find(&roles, &from, NULL))
        abort(); /* whatever they say */
    for (uint64_t row = 0; row < roles.rows; row++) {
        bool there = of == NULL || row < 4;
        if (((roles.of_row[row] & TOKEN_THERE) != 0) != there)
            abort(); /* they name no tokens that are not there */
    }
    if (roles.homeless_count != (of != NULL))
        abort();
    token_roles_free(&roles);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    config_claims claims;
    uint64_t shape[2] = {ROWS, 4};
    tokvec_tensor embedding = {.name = "wte.weight", .ndim = 2, .shape = shape};
    make_folder();
    write_file(paths[0], data, size);
    find_roles(NULL);
    find_roles(vocab);
    if (!config_read_claims(paths[4], &embedding, &claims, NULL))
        abort();
    return 0;
}
