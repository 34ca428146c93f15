/* test_in_order.c - tests of base/in_order.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "base/in_order.h"

#include <stdatomic.h>
#include <time.h>

enum { JOBS = 500 };

typedef struct record {
    size_t begun, ended, unwanted;
    size_t fails_at;
    atomic_uint inside; /* begin or end */
    atomic_size_t worked;
    atomic_bool work_of[JOBS];
} record;

static void enter(record *r)
{
    assert_int_equal(atomic_fetch_add(&r->inside, 1), 0);
}

static void leave(record *r)
{
    atomic_fetch_sub(&r->inside, 1);
}

static void begin(void *context, size_t job)
{
    record *r = context;
    enter(r);
    assert_int_equal(job, r->begun);
    assert_true(r->begun - r->ended < IN_ORDER_JOBS);
    r->begun++;
    leave(r);
}

/* The first of each hundred takes much longer than the others. */
static void work(void *context, size_t job)
{
    record *r = context;
    const struct timespec pause = {0, job % 100 == 0 ? 3000000 : 1000};
    nanosleep(&pause, NULL);
    assert_false(atomic_exchange(&r->work_of[job], true));
    atomic_fetch_add(&r->worked, 1);
}

static bool end(void *context, size_t job, bool wanted)
{
    record *r = context;
    enter(r);
    assert_int_equal(job, r->ended);
    assert_true(atomic_load(&r->work_of[job]));
    assert_int_equal(wanted, job <= r->fails_at);
    r->ended++;
    r->unwanted += !wanted;
    leave(r);
    return wanted && job != r->fails_at;
}

static bool run(record *r, size_t count, unsigned threads)
{
    return in_order_run(&(in_order){count, threads, r, begin, work, end});
}

static void jobs_end_in_order(void **state)
{
    (void)state;
    static const size_t counts[] = {0, 1, 2, IN_ORDER_JOBS, IN_ORDER_JOBS + 1, JOBS};
    for (unsigned threads = 1; threads <= 8; threads += threads == 1 ? 1 : 3) {
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
            record r = {.fails_at = JOBS};
            assert_true(run(&r, counts[i], threads));
            assert_int_equal(r.ended, counts[i]);
            assert_int_equal(atomic_load(&r.worked), counts[i]);
        }
    }
}

static void after_a_failure_all_that_was_begun_is_ended(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= 8; threads += threads == 1 ? 1 : 3) {
        record r = {.fails_at = 100};
        assert_false(run(&r, JOBS, threads));
        assert_int_equal(r.begun, r.ended);
        assert_true(r.ended > 100 && r.ended <= 101 + IN_ORDER_JOBS);
        assert_int_equal(r.unwanted, r.ended - 101);
        assert_int_equal(atomic_load(&r.worked), r.ended);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jobs_end_in_order),
        cmocka_unit_test(after_a_failure_all_that_was_begun_is_ended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
