/* seeded.c - the weight of a freshly seeded torch.nn.Embedding, row by row.
 * A value depends only on the engine's outputs for its own group of 16, so a row is made by
 * moving the engine there; the whole matrix is made only when that is the cheaper way.
 * SPDX-License-Identifier: MIT */
#include "base/bytes.h"
#include "rng/normal.h"
#include "table/table.h"

#include <stdlib.h>

enum {
    CHECKPOINT_BLOCKS = 128, /* engine states are kept this many blocks apart */
    GROUPS_AT_ONCE = 2 * 39, /* values are made in pieces that stay in the L1 cache */
    WORDS_MAX = GROUPS_AT_ONCE * NORMAL_GROUP * 2,
};
/* The whole matrix is kept in memory only up to this size. */
static const uint64_t WHOLE_MAX_BYTES = UINT64_C(1) << 30;

typedef struct seeded_table {
    tokvec_table table;
    uint64_t values;          /* rows * dim */
    unsigned words_per_value; /* engine outputs that a value takes: 1, or 2 for float64 */
    int64_t padding_row;      /* or -1 */
    uint32_t seed;

    mt19937 engine;
    uint64_t block; /* the engine holds this block of outputs; the first is 1, the seed state 0 */

    mt19937 *checkpoints; /* [i] is the state at block i * CHECKPOINT_BLOCKS */
    size_t checkpoint_count, checkpoint_capacity;

    uint64_t twists; /* spent so far */
    uint64_t blocks; /* that the whole matrix takes */
    void *whole;     /* the whole matrix, once it has been made; small tables always are */
    bool whole_refused;
} seeded_table;

/* ---------------------------------------------------------------- the engine as a sequence */

/* Moves the engine to `block`. Without memory for checkpoints it is only slower. */
static void seek_block(seeded_table *t, uint64_t block)
{
    uint64_t nearest = block / CHECKPOINT_BLOCKS;
    if (nearest >= t->checkpoint_count)
        nearest = t->checkpoint_count == 0 ? 0 : t->checkpoint_count - 1;
    if (t->block > block || (t->checkpoint_count > 0 && nearest * CHECKPOINT_BLOCKS > t->block)) {
        if (t->checkpoint_count > 0)
            t->engine = t->checkpoints[nearest];
        else
            mt19937_seed(&t->engine, t->seed);
        t->block = nearest * CHECKPOINT_BLOCKS;
    }
    for (;;) {
        if (t->block == t->checkpoint_count * CHECKPOINT_BLOCKS) {
            if (t->checkpoint_count == t->checkpoint_capacity) {
                size_t room = t->checkpoint_capacity == 0 ? 1 : 2 * t->checkpoint_capacity;
                mt19937 *grown = realloc(t->checkpoints, room * sizeof *grown);
                if (grown != NULL) {
                    t->checkpoints = grown;
                    t->checkpoint_capacity = room;
                }
            }
            if (t->checkpoint_count < t->checkpoint_capacity)
                t->checkpoints[t->checkpoint_count++] = t->engine;
        }
        if (t->block == block)
            return;
        mt19937_twist(&t->engine);
        t->block++;
        t->twists++;
    }
}

/* Copies the engine's outputs number first .. first+n-1, untempered. */
static void read_words(seeded_table *t, uint64_t first, size_t n, uint32_t *out)
{
    while (n > 0) {
        seek_block(t, first / MT19937_BLOCK + 1);
        size_t at = (size_t)(first % MT19937_BLOCK);
        size_t take = MT19937_BLOCK - at < n ? MT19937_BLOCK - at : n;
        memcpy(out, t->engine.word + at, take * sizeof *out);
        out += take;
        first += take;
        n -= take;
    }
}

/* ---------------------------------------------------------------- values */

/* Makes `groups` groups of values from the engine's outputs from number `first` on. */
static void make_groups(seeded_table *t, uint64_t first, size_t groups, void *out)
{
    uint32_t words[WORDS_MAX];
    read_words(t, first, groups * NORMAL_GROUP * t->words_per_value, words);
    if (t->table.dtype == TOKVEC_FLOAT32)
        normal_float32(words, groups, out);
    else
        normal_float64(words, groups, out);
}

/* Values begin .. end-1 of the matrix in row-major order, padding row not regarded. All values
 * but the last 16 come from whole groups in order. If the number of values is no multiple of
 * 16, the last 16 are made once more, together, from the outputs after all others. */
static void make_values(seeded_table *t, uint64_t begin, uint64_t end, uint8_t *out)
{
    size_t size = tokvec_dtype_size(t->table.dtype);
    uint64_t tail = t->values % NORMAL_GROUP == 0 ? t->values : t->values - NORMAL_GROUP;
    double made[GROUPS_AT_ONCE * NORMAL_GROUP]; /* room for either dtype */
    for (uint64_t at = begin; at < end;) {
        uint64_t start; /* of the groups made in this step: which value, and which output */
        uint64_t word;
        size_t groups = 1;
        if (at >= tail) {
            start = tail;
            word = t->values;
        } else {
            start = word = at - at % NORMAL_GROUP;
            uint64_t limit = end < tail ? end : tail;
            uint64_t wanted = (limit - start + NORMAL_GROUP - 1) / NORMAL_GROUP;
            groups = wanted < GROUPS_AT_ONCE ? (size_t)wanted : GROUPS_AT_ONCE;
        }
        uint64_t stop = start + groups * NORMAL_GROUP;
        if (at < tail && stop > tail)
            stop = tail;
        if (stop > end)
            stop = end;
        make_groups(t, word * t->words_per_value, groups, made);
        size_t bytes = (size_t)(stop - at) * size;
        memcpy(out, (uint8_t *)made + (size_t)(at - start) * size, bytes);
        out += bytes;
        at = stop;
    }
}

static void make_row(seeded_table *t, int64_t id, uint8_t *out, size_t row_bytes)
{
    uint64_t begin = (uint64_t)id * t->table.dim;
    if (t->whole != NULL)
        memcpy(out, (const uint8_t *)t->whole + (size_t)id * row_bytes, row_bytes);
    else if (id == t->padding_row)
        memset(out, 0, row_bytes);
    else
        make_values(t, begin, begin + t->table.dim, out);
}

/* Seeking has cost as much as two passes over all blocks: makes the whole matrix, if it may be
 * that large and there is memory. */
static void make_whole(seeded_table *t)
{
    uint64_t bytes = t->values * tokvec_dtype_size(t->table.dtype);
    uint8_t *whole = bytes <= WHOLE_MAX_BYTES ? malloc((size_t)bytes) : NULL;
    if (whole == NULL) {
        t->whole_refused = true;
        return;
    }
    size_t row_bytes = (size_t)(bytes / t->table.rows);
    make_values(t, 0, t->values, whole);
    if (t->padding_row >= 0)
        memset(whole + (size_t)t->padding_row * row_bytes, 0, row_bytes);
    t->whole = whole;
}

/* ---------------------------------------------------------------- the table */

static bool seeded_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                        tokvec_error *err)
{
    (void)err;
    seeded_table *t = (seeded_table *)table;
    size_t row_bytes = (size_t)table->dim * tokvec_dtype_size(table->dtype);
    for (size_t i = 0; i < n; i++) {
        if (t->whole == NULL && !t->whole_refused && t->twists > 2 * t->blocks)
            make_whole(t);
        make_row(t, ids[i], (uint8_t *)out + i * row_bytes, row_bytes);
    }
    return true;
}

static const void *seeded_row(const tokvec_table *table, int64_t id)
{
    const seeded_table *t = (const seeded_table *)table;
    size_t row_bytes = (size_t)table->dim * tokvec_dtype_size(table->dtype);
    return t->whole == NULL ? NULL : (const uint8_t *)t->whole + (size_t)id * row_bytes;
}

static void seeded_close(tokvec_table *table)
{
    seeded_table *t = (seeded_table *)table;
    free(t->checkpoints);
    free(t->whole);
    free(t);
}

static const table_ops seeded_ops = {seeded_read, seeded_row, NULL, seeded_close};

/* Fewer than 16 values: PyTorch's other path, all at once. */
static bool make_small(seeded_table *t, tokvec_error *err)
{
    double values[NORMAL_GROUP];
    size_t n = (size_t)t->values;
    size_t size = tokvec_dtype_size(t->table.dtype);
    t->whole = calloc(n, size);
    if (t->whole == NULL)
        return error_no_memory(err, n * size);
    mt19937_twist(&t->engine);
    normal_small(&t->engine, n, values);
    if (t->padding_row >= 0) {
        for (uint64_t i = 0; i < t->table.dim; i++)
            values[(uint64_t)t->padding_row * t->table.dim + i] = 0.0;
    }
    return tokvec_convert(TOKVEC_FLOAT64, values, t->table.dtype, t->whole, n, err);
}

static bool check_spec(const tokvec_seed_spec *spec, int64_t *padding_row, tokvec_error *err)
{
    uint64_t bytes;
    if (spec->dtype != TOKVEC_FLOAT32 && spec->dtype != TOKVEC_FLOAT64) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "a seeded table cannot be %s",
                  tokvec_dtype_name(spec->dtype));
        return error_hint(err, "choose float32 or float64");
    }
    if (spec->vocab_size == 0 || spec->dim == 0) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "a seeded table needs at least one row and one column");
        return error_hint(err, "give a vocabulary size and a dimension of 1 or more");
    }
    if (!mul_u64(spec->vocab_size, spec->dim, &bytes) || !mul_u64(bytes, 8, &bytes) ||
        bytes > INT64_MAX) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "a table of %llu x %llu values is too large",
                  (unsigned long long)spec->vocab_size, (unsigned long long)spec->dim);
        return error_hint(err, "vocabulary size times dimension must stay below 2^60");
    }
    *padding_row = -1;
    if (!spec->has_padding_idx)
        return true;
    int64_t rows = (int64_t)spec->vocab_size;
    if (spec->padding_idx < -rows || spec->padding_idx >= rows) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "padding index %lld is out of range",
                  (long long)spec->padding_idx);
        return error_hint(err, "valid are %lld to %lld", (long long)-rows, (long long)rows - 1);
    }
    *padding_row = spec->padding_idx < 0 ? spec->padding_idx + rows : spec->padding_idx;
    return true;
}

tokvec_table *tokvec_seed(const tokvec_seed_spec *spec, tokvec_error *error)
{
    int64_t padding_row;
    if (!check_spec(spec, &padding_row, error))
        return NULL;
    seeded_table *t = calloc(1, sizeof *t);
    if (t == NULL) {
        error_no_memory(error, sizeof *t);
        return NULL;
    }
    t->table = (tokvec_table){
        .ops = &seeded_ops, .rows = spec->vocab_size, .dim = spec->dim, .dtype = spec->dtype};
    t->values = spec->vocab_size * spec->dim;
    t->words_per_value = spec->dtype == TOKVEC_FLOAT32 ? 1 : 2;
    t->blocks = (t->values * t->words_per_value) / MT19937_BLOCK + 1;
    t->padding_row = padding_row;
    t->seed = (uint32_t)spec->seed; /* PyTorch uses the low 32 bits only */
    mt19937_seed(&t->engine, t->seed);
    if (t->values < NORMAL_GROUP && !make_small(t, error)) {
        seeded_close(&t->table);
        return NULL;
    }
    return &t->table;
}
