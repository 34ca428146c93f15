/* same_rows.c - rows with the same bytes, among those that were measured.
 * See same_rows.h. Most tables have none, and few rows that look alike: so most rows are read once,
 * and not hashed.
 * SPDX-License-Identifier: MIT */
#include "measure/same_rows.h"

#include "base/bytes.h"
#include "base/error.h"
#include "rows/consumer.h"
#include "rows/pump.h"

#include <stdlib.h>

/* ---------------------------------------------------------------- rows that look alike */

/* All bits of the result hang on all of x's, and no two x have the same: numbers that people write
 * end in zeros. The constants are those of splitmix64 (Steele et al., 2014). */
static uint64_t mixed(uint64_t x)
{
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
    x = (x ^ x >> 27) * 0x94d049bb133111eb;
    return x ^ x >> 31;
}

/* A NaN is any NaN. */
static uint64_t bits_of(double x)
{
    return x != x ? UINT64_MAX : bits_of_double(x);
}

static int ascending(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* The places, in their order, of rows that look like another. */
static bool find_alike(repeats *alike, const row_trait *traits, uint64_t n, tokvec_error *err)
{
    uint64_t bytes;
    row_hash *looks = mul_u64(n, sizeof *looks, &bytes) && bytes <= PTRDIFF_MAX
                          ? malloc(bytes == 0 ? 1 : (size_t)bytes)
                          : NULL;
    if (looks == NULL)
        return error_no_memory(err, n * sizeof *looks);
    for (uint64_t i = 0; i < n; i++) {
        uint64_t norm = bits_of(traits[i].norm), mean = bits_of(traits[i].mean);
        looks[i] = (row_hash){mixed(norm + mixed(mean)), mixed(mean)};
    }
    bool good = repeats_find(alike, looks, n, err);
    free(looks);
    if (good)
        qsort(alike->members, (size_t)(alike->repeated + alike->groups), sizeof *alike->members,
              ascending);
    return good;
}

/* ---------------------------------------------------------------- their hashes */

typedef struct row_hashes {
    consumer base;
    const row_hash_key *key;
    size_t row_size;
    row_hash *of; /* each row has a place of its own, so that clones need not wait */
} row_hashes;

static bool hash_rows(consumer *c, const row_block *block, tokvec_error *err)
{
    (void)err;
    row_hashes *h = (row_hashes *)c;
    for (size_t i = 0; i < block->n; i++)
        h->of[block->first + i] =
            row_hash_of(h->key, (const char *)block->data + i * h->row_size, h->row_size);
    return true;
}

static bool share(consumer *clone)
{
    (void)clone;
    return true;
}

static bool nothing_to_take(consumer *c, consumer *clone, tokvec_error *err)
{
    (void)c;
    (void)clone;
    (void)err;
    return true;
}

static bool hash_list(row_hash *out, tokvec_table *table, const id_list *rows, unsigned threads,
                      tokvec_error *err)
{
    row_hash_key key;
    tokvec_dtype dtype = tokvec_table_dtype(table);
    row_hashes h = {.base = {.size = sizeof h,
                             .dtype = dtype,
                             .clone = share,
                             .rows = hash_rows,
                             .finish = nothing_to_take},
                    .key = &key,
                    .row_size = (size_t)tokvec_table_dim(table) * tokvec_dtype_size(dtype),
                    .of = out};
    return row_hash_new_key(&key, err) && pump_list(table, rows, &h.base, threads, err);
}

/* ---------------------------------------------------------------- both */

/* The rows at those places. */
static bool rows_at(id_list *out, const uint64_t *places, size_t n, const id_list *list,
                    tokvec_error *err)
{
    int64_t *ids = id_list_reserve(out, n, err);
    for (size_t i = 0; ids != NULL && i < n; i++) {
        ids[i] = (int64_t)places[i];
        if (list != NULL)
            id_list_get(list, places[i], 1, &ids[i]);
    }
    return ids != NULL && id_list_commit(out, n, err);
}

bool same_rows_find(repeats *r, const row_trait *traits, tokvec_table *table, const id_list *list,
                    unsigned threads, tokvec_error *err)
{
    repeats alike;
    id_list rows = {0};
    uint64_t all = list != NULL ? list->count : tokvec_table_rows(table);
    if (!find_alike(&alike, traits, all, err))
        return false;
    size_t n = (size_t)(alike.repeated + alike.groups);
    row_hash *hashes = calloc(n + 1, sizeof *hashes);
    bool good = hashes != NULL || error_no_memory(err, n * sizeof *hashes);
    if (good && n > 0)
        good = rows_at(&rows, alike.members, n, list, err) &&
               hash_list(hashes, table, &rows, threads, err);
    good = good && repeats_find(r, hashes, n, err);
    for (uint64_t i = 0; good && i < r->repeated + r->groups; i++)
        r->members[i] = alike.members[r->members[i]];
    free(hashes);
    id_list_free(&rows);
    repeats_free(&alike);
    return good;
}
