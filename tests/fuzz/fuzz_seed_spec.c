/* fuzz_seed_spec.c - arbitrary texts as what says how a seeded table is drawn.
 * The bytes are lines: the size and a number of dtype first, then one word for each text that the
 * spec has, in the order below; what is missing or empty is not given.
 * SPDX-License-Identifier: MIT */
#include "tokvec.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROWS_MAX = 300, DIM_MAX = 40, TEXTS = 11 };

/* The next line of *text, which is cut there; NULL if there is none or it is empty. */
static const char *next_line(char **text)
{
    char *line = *text;
    if (line == NULL)
        return NULL;
    char *end = strchr(line, '\n');
    *text = end != NULL ? end + 1 : NULL;
    if (end != NULL)
        *end = '\0';
    return *line != '\0' ? line : NULL;
}

static tokvec_seed_spec read_spec(char *text)
{
    tokvec_seed_spec spec = {.vocab_size = 5, .dim = 3};
    unsigned rows, dim, dtype;
    const char *line = next_line(&text);
    if (line != NULL && sscanf(line, "%u %u %u", &rows, &dim, &dtype) == 3) {
        spec.vocab_size = rows % ROWS_MAX;
        spec.dim = dim % DIM_MAX;
        spec.dtype = (tokvec_dtype)(dtype % TOKVEC_DTYPE_COUNT);
    }
    const char **texts[TEXTS] = {&spec.seed_text, &spec.rng,   &spec.init, &spec.times,
                                 &spec.torch,     &spec.numpy, &spec.jax,  &spec.layer,
                                 &spec.after,     &spec.key,   &spec.path};
    for (size_t i = 0; i < TEXTS; i++)
        *texts[i] = next_line(&text);
    /* Since 2.12 trunc_normal_ rejects, for seconds where few values are accepted. */
    if ((spec.init != NULL && strstr(spec.init, "trunc") != NULL) ||
        (spec.after != NULL && strstr(spec.after, "trunc") != NULL))
        spec.torch = "2.11";
    spec.call = next_line(&text);
    spec.jit = next_line(&text) != NULL;
    return spec;
}

/* Any row is that of the whole table. */
static void compare_rows(tokvec_table *table)
{
    size_t rows = (size_t)tokvec_table_rows(table), dim = (size_t)tokvec_table_dim(table);
    size_t bytes = dim * tokvec_dtype_size(tokvec_table_dtype(table));
    uint8_t *whole = malloc(rows * bytes), *row = malloc(bytes);
    int64_t *ids = malloc(rows * sizeof *ids);
    if (whole == NULL || row == NULL || ids == NULL)
        abort();
    for (size_t i = 0; i < rows; i++)
        ids[i] = (int64_t)i;
    tokvec_error err;
    if (tokvec_table_read(table, ids, rows, whole, &err)) {
        for (size_t i = 0; i < rows; i += rows / 3 + 1) {
            const int64_t id = (int64_t)(rows - 1 - i);
            if (!tokvec_table_read(table, &id, 1, row, &err) ||
                memcmp(row, whole + (size_t)id * bytes, bytes) != 0)
                abort();
        }
    }
    free(ids);
    free(row);
    free(whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (text == NULL)
        abort();
    memcpy(text, data, size);
    text[size] = '\0';
    const tokvec_seed_spec spec = read_spec(text);
    tokvec_error err = {.code = TOKVEC_OK};
    tokvec_table *table = tokvec_table_seed(&spec, &err);
    if (table == NULL && (err.code == TOKVEC_OK || strchr(err.what, '\n') != NULL))
        abort(); /* each refusal has a reason, of one line */
    free(text);  /* the table does not need it */
    if (table != NULL)
        compare_rows(table);
    tokvec_table_close(table);
    return 0;
}
