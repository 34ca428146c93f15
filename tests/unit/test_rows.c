/* test_rows.c - tests of rows/pump: what a consumer may count on.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "rows/pump.h"

enum { ROWS = 40000, DIM = 64, BLOCK = 1024, THREADS = 8 }; /* BLOCK: 256 KB of such rows */

/* ---------------------------------------------------------------- a reader */

/* Row i is i, i, i, ... A lookup of fail_id fails. */
typedef struct source {
    tokvec_table *table;
    int64_t fail_id;           /* -1: none */
    bool alone;                /* one thread at a time may read */
    atomic_int inside;         /* threads that read */
    atomic_uint_fast64_t read; /* rows so far */
} source;

static bool read_numbers(void *context, const int64_t *ids, size_t n, void *out, tokvec_error *err)
{
    source *s = context;
    if (atomic_fetch_add(&s->inside, 1) > 0 && s->alone)
        abort(); /* cmocka's assertions belong to the main thread */
    float *row = out;
    bool good = true;
    for (size_t i = 0; i < n && good; i++) {
        if (ids[i] == s->fail_id)
            good = error_set(err, TOKVEC_BAD_FILE, "row %lld is bad", (long long)ids[i]);
        for (size_t j = 0; j < DIM; j++)
            *row++ = (float)ids[i];
    }
    atomic_fetch_add(&s->read, n);
    atomic_fetch_sub(&s->inside, 1);
    return good;
}

/* ---------------------------------------------------------------- a consumer */

typedef struct recorder {
    consumer base;
    int64_t *ids; /* seen so far, of a clone those of one block */
    size_t count, room;
    bool is_clone;

    struct source *source; /* to see how far it is ahead; may be NULL */
    uint64_t ahead;        /* the most */
    int64_t fail_at;       /* rows() fails at this ID, after those before it */
    int64_t fail_finish;   /* finish() fails for a block with this ID */
    size_t enough_at;      /* this many are enough */
    unsigned calls;        /* of rows() and finish() on the consumer itself */
    FILE *cut;             /* this file is cut when fail_at comes, instead of failing */
} recorder;

static atomic_int clones, clones_made, clones_allowed;
static atomic_int busy; /* threads that are in the consumer itself */

static void keep(recorder *r, const int64_t *ids, size_t n)
{
    if (r->count + n > r->room) {
        r->room = 2 * (r->count + n);
        r->ids = realloc(r->ids, r->room * sizeof *r->ids);
        if (r->ids == NULL)
            abort();
    }
    if (n > 0)
        memcpy(r->ids + r->count, ids, n * sizeof *ids);
    r->count += n;
}

static void enter(recorder *r)
{
    if (r->is_clone)
        return;
    if (atomic_fetch_add(&busy, 1) != 0)
        abort();
    r->calls++;
    if (r->source != NULL) {
        sched_yield();
        uint64_t ahead = atomic_load(&r->source->read) - r->count;
        r->ahead = ahead > r->ahead ? ahead : r->ahead;
    }
}

static void leave(recorder *r)
{
    if (r->is_clone)
        return;
    r->base.enough = r->count >= r->enough_at;
    atomic_fetch_sub(&busy, 1);
}

static double value_of(const recorder *r, const row_block *block, size_t i, size_t j)
{
    double value;
    size_t at = i * DIM + j;
    if (r->base.dtype == TOKVEC_FLOAT64)
        return ((const double *)block->data)[at];
    tokvec_convert(TOKVEC_FLOAT32, (const float *)block->data + at, TOKVEC_FLOAT64, &value, 1,
                   NULL);
    return value;
}

static bool record(consumer *c, const row_block *block, tokvec_error *err)
{
    recorder *r = (recorder *)c;
    bool good = true;
    enter(r);
    if (block->n == 0 || (!r->is_clone && r->base.next_row == NULL && block->first != r->count))
        abort();
    for (size_t i = 0; i < block->n && good; i++) {
        bool right = value_of(r, block, i, 0) == (double)block->ids[i] &&
                     value_of(r, block, i, DIM - 1) == (double)block->ids[i];
        if (!right && r->cut == NULL)
            abort();
        if (block->ids[i] == r->fail_at && r->cut == NULL)
            good =
                error_set(err, TOKVEC_SYSTEM, "it does not like row %lld", (long long)r->fail_at);
        else
            keep(r, &block->ids[i], 1);
        if (block->ids[i] == r->fail_at && r->cut != NULL && ftruncate(fileno(r->cut), 100) != 0)
            abort();
    }
    leave(r);
    return good;
}

static bool make_clone(consumer *c)
{
    recorder *r = (recorder *)c;
    if (atomic_load(&clones_made) >= atomic_load(&clones_allowed))
        return false;
    atomic_fetch_add(&clones_made, 1);
    atomic_fetch_add(&clones, 1);
    r->is_clone = true;
    r->ids = NULL;
    r->count = r->room = 0;
    return true;
}

static bool take_over(consumer *c, consumer *clone, tokvec_error *err)
{
    recorder *r = (recorder *)c, *from = (recorder *)clone;
    bool good = true;
    enter(r);
    for (size_t i = 0; i < from->count; i++) {
        if (from->ids[i] == r->fail_finish)
            good = error_set(err, TOKVEC_NO_MEMORY, "it cannot finish row %lld",
                             (long long)r->fail_finish);
    }
    if (good)
        keep(r, from->ids, from->count);
    from->count = 0;
    leave(r);
    return good;
}

static void release(consumer *clone)
{
    atomic_fetch_sub(&clones, 1);
    free(((recorder *)clone)->ids);
}

static recorder recorder_of(bool can_clone)
{
    return (recorder){.base = {.size = sizeof(recorder),
                               .dtype = TOKVEC_FLOAT32,
                               .clone = can_clone ? make_clone : NULL,
                               .rows = record,
                               .finish = can_clone ? take_over : NULL,
                               .release = can_clone ? release : NULL},
                      .fail_at = -1,
                      .fail_finish = -1,
                      .enough_at = SIZE_MAX};
}

/* ---------------------------------------------------------------- runs */

static source source_of(bool alone)
{
    tokvec_seed_spec spec = {.vocab_size = ROWS, .dim = DIM, .dtype = TOKVEC_FLOAT32};
    source s = {.table = tokvec_table_seed(&spec, NULL), .fail_id = -1, .alone = alone};
    assert_non_null(s.table);
    return s;
}

static void forget(recorder *r, source *s)
{
    assert_int_equal(atomic_load(&clones), 0);
    free(r->ids);
    tokvec_table_close(s->table);
}

/* Pumps the rows 0 .. ROWS-1, in two calls, of which the second goes on. */
static bool pump_all(recorder *r, source *s, unsigned threads, tokvec_error *err)
{
    pump p;
    row_reader reader = {.read = read_numbers, .context = s, .concurrent = !s->alone};
    pump_spec spec = {.table = s->table, .reader = &reader, .to = &r->base, .threads = threads};
    atomic_store(&clones_made, 0);
    assert_true(pump_open(&p, &spec, NULL));
    id_list list = {0};
    bool good = true;
    for (int part = 0; part < 2 && good; part++) {
        id_list_clear(&list);
        assert_true(id_list_add_range(&list, part * ROWS / 2, ROWS / 2, NULL));
        good = pump_rows(&p, &list, err);
    }
    id_list_free(&list);
    pump_close(&p);
    return good;
}

static void assert_counts_up_to(const recorder *r, size_t count)
{
    assert_int_equal(r->count, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(r->ids[i], i);
}

typedef struct setting {
    unsigned threads;
    bool alone, can_clone;
} setting;

static bool next_setting(setting *s)
{
    if (s->threads == 0 || ++s->threads > THREADS) {
        bool first = s->threads == 0;
        s->threads = 1;
        if (first || !s->alone) {
            s->alone = !first;
        } else {
            s->alone = false;
            if (s->can_clone)
                return false;
            s->can_clone = true;
        }
    }
    return true;
}

/* ---------------------------------------------------------------- tests */

static void all_rows_come_in_order(void **state)
{
    (void)state;
    unsigned settings = 0;
    for (setting is = {0}; next_setting(&is); settings++) {
        source s = source_of(is.alone);
        recorder r = recorder_of(is.can_clone);
        assert_true(pump_all(&r, &s, is.threads, NULL));
        assert_counts_up_to(&r, ROWS);
        assert_int_equal(atomic_load(&clones_made) > 0, is.can_clone && is.threads > 1);
        forget(&r, &s);
    }
    assert_int_equal(settings, 4 * THREADS);
}

static void readers_run_ahead_by_a_block_a_thread(void **state)
{
    (void)state;
    for (setting is = {0}; next_setting(&is);) {
        source s = source_of(is.alone);
        recorder r = recorder_of(is.can_clone);
        r.source = &s;
        assert_true(pump_all(&r, &s, is.threads, NULL));
        assert_true(r.ahead >= 1 && r.ahead <= is.threads * BLOCK);
        forget(&r, &s);
    }
}

static void enough_ends_it_without_an_error(void **state)
{
    (void)state;
    for (setting is = {0}; next_setting(&is);) {
        source s = source_of(is.alone);
        recorder r = recorder_of(is.can_clone);
        r.enough_at = 3 * BLOCK - 5;
        assert_true(pump_all(&r, &s, is.threads, NULL));
        assert_counts_up_to(&r, 3 * BLOCK);
        assert_int_equal(r.calls, 3);
        assert_true(atomic_load(&s.read) <= (3 + is.threads) * BLOCK);
        forget(&r, &s);

        s = source_of(is.alone);
        r = recorder_of(is.can_clone);
        r.base.enough = true;
        assert_true(pump_all(&r, &s, is.threads, NULL));
        assert_int_equal(r.calls, 0);
        assert_int_equal(atomic_load(&s.read), 0);
        forget(&r, &s);
    }
}

static void what_comes_before_a_mistake_counts(void **state)
{
    (void)state;
    for (setting is = {0}; next_setting(&is);) {
        tokvec_error err;
        source s = source_of(is.alone);
        recorder r = recorder_of(is.can_clone);
        r.fail_at = 5 * BLOCK + 7;
        assert_false(pump_all(&r, &s, is.threads, &err));
        assert_string_equal(err.what, "it does not like row 5127");
        assert_counts_up_to(&r, 5 * BLOCK + 7);
        forget(&r, &s);

        s = source_of(is.alone);
        r = recorder_of(is.can_clone);
        s.fail_id = 6 * BLOCK + 9;
        assert_false(pump_all(&r, &s, is.threads, &err));
        assert_string_equal(err.what, "row 6153 is bad");
        assert_counts_up_to(&r, 6 * BLOCK);
        forget(&r, &s);

        /* Without a place for the error. */
        s = source_of(is.alone);
        r = recorder_of(is.can_clone);
        s.fail_id = 0;
        assert_false(pump_all(&r, &s, is.threads, NULL));
        assert_int_equal(r.count, 0);
        forget(&r, &s);
    }
}

static void a_block_that_cannot_be_finished_is_an_error(void **state)
{
    (void)state;
    for (unsigned threads = 2; threads <= THREADS; threads++) {
        tokvec_error err;
        source s = source_of(false);
        recorder r = recorder_of(true);
        r.fail_finish = 4 * BLOCK;
        assert_false(pump_all(&r, &s, threads, &err));
        assert_string_equal(err.what, "it cannot finish row 4096");
        assert_counts_up_to(&r, 4 * BLOCK);
        forget(&r, &s);

        /* The first mistake is the one that is told. */
        s = source_of(false);
        r = recorder_of(true);
        r.fail_finish = 4 * BLOCK;
        r.fail_at = 4 * BLOCK + 1;
        assert_false(pump_all(&r, &s, threads, &err));
        assert_string_equal(err.what, "it does not like row 4097");
        forget(&r, &s);
    }
}

static void without_clones_it_is_only_slower(void **state)
{
    (void)state;
    for (int allowed = 0; allowed < 3; allowed++) {
        source s = source_of(false);
        recorder r = recorder_of(true);
        atomic_store(&clones_allowed, allowed);
        assert_true(pump_all(&r, &s, 4, NULL));
        atomic_store(&clones_allowed, 1000);
        assert_counts_up_to(&r, ROWS);
        forget(&r, &s);
    }
}

static void rows_come_in_the_dtype_that_is_wanted(void **state)
{
    (void)state;
    for (setting is = {0}; next_setting(&is);) {
        source s = source_of(is.alone);
        recorder r = recorder_of(is.can_clone);
        r.base.dtype = TOKVEC_FLOAT64;
        assert_true(pump_all(&r, &s, is.threads, NULL));
        assert_counts_up_to(&r, ROWS);
        forget(&r, &s);
    }
}

static uint64_t next_thousand(const consumer *c, uint64_t row)
{
    (void)c;
    return (row + 999) / 1000 * 1000;
}

static void only_rows_that_are_wanted_are_read(void **state)
{
    (void)state;
    source s = source_of(false);
    recorder r = recorder_of(true);
    r.base.next_row = next_thousand;
    assert_true(pump_all(&r, &s, THREADS, NULL));
    assert_int_equal(r.count, ROWS / 1000);
    for (size_t i = 0; i < r.count; i++)
        assert_int_equal(r.ids[i], 1000 * i);
    assert_int_equal(atomic_load(&s.read), r.count);
    assert_int_equal(atomic_load(&clones_made), 0);
    forget(&r, &s);
}

/* ---------------------------------------------------------------- rows in a file */

typedef struct numbers_file {
    char path[64];
    FILE *file;
    tokvec_weights *weights;
    source source;
} numbers_file;

static void open_numbers(numbers_file *f)
{
    snprintf(f->path, sizeof f->path, "/tmp/tokvec-rows-XXXXXX");
    f->file = fdopen(mkstemp(f->path), "w+");
    assert_non_null(f->file);
    for (int i = 0; i < ROWS * DIM; i++) {
        float value = (float)(i / DIM);
        assert_int_equal(fwrite(&value, sizeof value, 1, f->file), 1);
    }
    assert_int_equal(fflush(f->file), 0);
    tokvec_file_spec spec = {.dtype = TOKVEC_FLOAT32, .raw = true, .dim = DIM};
    f->weights = tokvec_weights_open_as(f->path, &spec, NULL);
    assert_non_null(f->weights);
    f->source.table = tokvec_weights_table(f->weights, tokvec_weights_tensor(f->weights, 0), NULL);
    assert_non_null(f->source.table);
}

static void close_numbers(numbers_file *f, recorder *r)
{
    forget(r, &f->source);
    tokvec_weights_close(f->weights);
    fclose(f->file);
    unlink(f->path);
}

static bool pump_file(numbers_file *f, recorder *r, unsigned threads, tokvec_error *err)
{
    pump p;
    id_list list = {0};
    pump_spec spec = {.table = f->source.table, .to = &r->base, .rows = ROWS, .threads = threads};
    assert_true(pump_open(&p, &spec, NULL));
    assert_true(id_list_add_range(&list, 0, ROWS, NULL));
    bool good = pump_rows(&p, &list, err);
    id_list_free(&list);
    pump_close(&p);
    return good;
}

static const void *first_row;

static bool record_in_place(consumer *c, const row_block *block, tokvec_error *err)
{
    const float *wanted = first_row;
    if (block->data != wanted + block->ids[0] * DIM || !block->lasting)
        abort();
    return record(c, block, err);
}

static void rows_in_a_file_are_not_copied(void **state)
{
    (void)state;
#ifdef TOKVEC_WANT_CHECK
    skip(); /* but those of a file that is not wholly there */
#endif
    for (unsigned threads = 1; threads <= THREADS; threads++) {
        numbers_file f = {.path = ""};
        recorder r = recorder_of(threads % 2 == 0);
        open_numbers(&f);
        first_row = tokvec_table_row(f.source.table, 0);
        assert_non_null(first_row);
        r.base.rows = record_in_place;
        assert_true(pump_file(&f, &r, threads, NULL));
        assert_counts_up_to(&r, ROWS);
        close_numbers(&f, &r);
    }
}

/* Of a block that a file was cut under nothing is finished. */
static void a_file_that_shrinks_is_an_error(void **state)
{
    (void)state;
#ifdef TOKVEC_WANT_CHECK
    skip(); /* the copies of a file that is not wholly there do not shrink */
#endif
    assert_true(tokvec_survive_truncation(NULL));
    for (unsigned threads = 1; threads <= THREADS; threads++) {
        tokvec_error err;
        numbers_file f = {.path = ""};
        recorder r = recorder_of(threads > 1);
        open_numbers(&f);
        r.cut = f.file;
        r.fail_at = ROWS - 1;
        assert_false(pump_file(&f, &r, threads, &err));
        assert_string_equal(err.what, "the file shrank while it was read");
        if (threads > 1) {
            assert_int_equal(r.count % BLOCK, 0);
            assert_counts_up_to(&r, r.count);
        }
        close_numbers(&f, &r);
    }
}

int main(void)
{
    atomic_store(&clones_allowed, 1000);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_rows_come_in_order),
        cmocka_unit_test(readers_run_ahead_by_a_block_a_thread),
        cmocka_unit_test(enough_ends_it_without_an_error),
        cmocka_unit_test(what_comes_before_a_mistake_counts),
        cmocka_unit_test(a_block_that_cannot_be_finished_is_an_error),
        cmocka_unit_test(without_clones_it_is_only_slower),
        cmocka_unit_test(rows_come_in_the_dtype_that_is_wanted),
        cmocka_unit_test(only_rows_that_are_wanted_are_read),
        cmocka_unit_test(rows_in_a_file_are_not_copied),
        cmocka_unit_test(a_file_that_shrinks_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
