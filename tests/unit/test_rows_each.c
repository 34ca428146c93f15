/* test_rows_each.c - tests of tokvec_rows_each: what its callback may count on.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { ROWS = 30000, DIM = 64, MANY = (1 << 20) + 5000 }; /* MANY: more than go at once */

typedef struct seen {
    const int64_t *ids;
    tokvec_table *table;
    size_t row_size, count, blocks;
    size_t enough_at; /* so many rows are enough */
    uint8_t *copies;  /* of all rows */
    FILE *cut;        /* this file is cut at the first block */
    atomic_int inside;
    pthread_t caller;
    bool elsewhere; /* it was called on another thread than the caller's */
} seen;

/* cmocka's assertions belong to the main thread: here it is abort. */
static bool see(void *context, const tokvec_block *block)
{
    seen *s = context;
    if (atomic_fetch_add(&s->inside, 1) != 0 || block->n == 0 || block->first != s->count ||
        memcmp(block->ids, s->ids + s->count, block->n * sizeof *s->ids) != 0 ||
        s->count >= s->enough_at)
        abort();
    s->elsewhere |= !pthread_equal(s->caller, pthread_self());
    if (s->copies != NULL)
        memcpy(s->copies + s->count * s->row_size, block->rows, block->n * s->row_size);
    s->count += block->n;
    s->blocks++;
    if (s->cut != NULL && ftruncate(fileno(s->cut), 4096) != 0)
        abort();
    atomic_fetch_sub(&s->inside, 1);
    return s->count < s->enough_at;
}

static tokvec_table *seeded(uint64_t dim)
{
    const tokvec_seed_spec spec = {
        .seed = 1, .vocab_size = ROWS, .dim = dim, .dtype = TOKVEC_FLOAT32};
    tokvec_table *table = tokvec_table_seed(&spec, NULL);
    assert_non_null(table);
    return table;
}

static seen seen_of(tokvec_table *table, const int64_t *ids)
{
    return (seen){.ids = ids,
                  .table = table,
                  .row_size = (size_t)tokvec_table_dim(table) *
                              tokvec_dtype_size(tokvec_table_dtype(table)),
                  .enough_at = SIZE_MAX,
                  .caller = pthread_self()};
}

static int64_t *up_to(size_t n, int64_t step)
{
    int64_t *ids = malloc((n + 1) * sizeof *ids);
    assert_non_null(ids);
    for (size_t i = 0; i < n; i++)
        ids[i] = (int64_t)i * step % ROWS;
    return ids;
}

/* Rows in the order of the IDs, as tokvec_table_read gives them, whatever the order and threads. */
static void test_order(void **state)
{
    (void)state;
    tokvec_table *table = seeded(DIM);
    for (int64_t step = 1; step < 8; step += 6) {
        int64_t *ids = up_to(ROWS, step);
        seen s = seen_of(table, ids);
        uint8_t *expected = malloc(ROWS * s.row_size);
        s.copies = malloc(ROWS * s.row_size);
        assert_true(expected != NULL && s.copies != NULL);
        assert_true(tokvec_table_read(table, ids, ROWS, expected, NULL));
        for (unsigned threads = 0; threads <= 4; threads++) {
            s.count = s.blocks = 0;
            s.elsewhere = false;
            memset(s.copies, 0xee, ROWS * s.row_size);
            assert_true(tokvec_rows_each(table, ids, ROWS, threads, see, &s, NULL));
            assert_int_equal(s.count, ROWS);
            assert_true(s.blocks > 1);
            assert_memory_equal(s.copies, expected, ROWS * s.row_size);
            if (threads == 1)
                assert_false(s.elsewhere);
        }
        free(s.copies);
        free(expected);
        free(ids);
    }
    tokvec_table_close(table);
}

static void test_many_ids(void **state)
{
    (void)state;
    tokvec_table *table = seeded(1);
    int64_t *ids = up_to(MANY, 1);
    seen s = seen_of(table, ids);
    assert_true(tokvec_rows_each(table, ids, MANY, 2, see, &s, NULL));
    assert_int_equal(s.count, MANY);
    free(ids);
    tokvec_table_close(table);
}

/* What the callback has enough of ends early and well. */
static void test_enough(void **state)
{
    (void)state;
    tokvec_table *table = seeded(DIM);
    int64_t *ids = up_to(ROWS, 1);
    for (unsigned threads = 1; threads <= 4; threads++) {
        seen s = seen_of(table, ids);
        s.enough_at = 3000;
        assert_true(tokvec_rows_each(table, ids, ROWS, threads, see, &s, NULL));
        assert_true(s.count >= 3000 && s.count < ROWS);
    }
    seen none = seen_of(table, ids);
    assert_true(tokvec_rows_each(table, ids, 0, 4, see, &none, NULL));
    assert_true(tokvec_rows_each(table, NULL, 0, 4, see, &none, NULL));
    assert_int_equal(none.blocks, 0);
    free(ids);
    tokvec_table_close(table);
}

/* An ID that is not valid, wherever it is: nothing is seen. */
static void test_bad_id(void **state)
{
    (void)state;
    tokvec_table *table = seeded(DIM);
    int64_t *ids = up_to(ROWS, 1);
    const int64_t bad[] = {-1, ROWS, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < COUNT(bad); i++) {
        tokvec_error error;
        ids[ROWS - 1] = bad[i];
        seen s = seen_of(table, ids);
        assert_false(tokvec_rows_each(table, ids, ROWS, 3, see, &s, &error));
        assert_int_equal(error.code, TOKVEC_BAD_ID);
        assert_string_equal(error.where, "index 29999; the table has 30000 rows");
        assert_int_equal(s.blocks, 0);
        assert_null(tokvec_table_row(table, bad[i]));
    }
    free(ids);
    tokvec_table_close(table);
}

/* A file that shrinks on the way is an error, after the blocks that were there. */
static void test_shrunk(void **state)
{
    (void)state;
#ifdef TOKVEC_WANT_CHECK
    skip(); /* no row of a file that is not wholly there lies ready */
#endif
    char path[] = "/tmp/tokvec-each-XXXXXX";
    FILE *file = fdopen(mkstemp(path), "w+");
    assert_non_null(file);
    static float row[DIM];
    int64_t *ids = up_to(ROWS, 1);
    assert_true(tokvec_survive_truncation(NULL));
    for (unsigned threads = 1; threads <= 3; threads += 2) {
        tokvec_error error;
        rewind(file);
        for (size_t i = 0; i < ROWS; i++)
            assert_int_equal(fwrite(row, sizeof row, 1, file), 1);
        assert_int_equal(fflush(file), 0);
        const tokvec_file_spec spec = {.raw = true, .dtype = TOKVEC_FLOAT32, .dim = DIM};
        tokvec_weights *weights = tokvec_weights_open_as(path, &spec, &error);
        assert_non_null(weights);
        tokvec_table *table =
            tokvec_weights_table(weights, tokvec_weights_tensor(weights, 0), &error);
        assert_non_null(tokvec_table_row(table, ROWS - 1));
        assert_null(tokvec_table_row(table, ROWS));
        assert_null(tokvec_table_row(table, -1));
        seen s = seen_of(table, ids);
        s.cut = file;
        assert_false(tokvec_rows_each(table, ids, ROWS, threads, see, &s, &error));
        assert_int_equal(error.code, TOKVEC_SYSTEM);
        assert_true(s.blocks >= 1 && s.count < ROWS);
        tokvec_table_close(table);
        tokvec_weights_close(weights);
    }
    free(ids);
    fclose(file);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),  cmocka_unit_test(test_many_ids),
        cmocka_unit_test(test_enough), cmocka_unit_test(test_bad_id),
        cmocka_unit_test(test_shrunk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
