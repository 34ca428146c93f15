/* test_threads.c - tests of base/threads.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "base/threads.h"

#include <pthread.h>

enum { PARTS = THREADS_MAX + 44 };

typedef struct record {
    unsigned calls[PARTS];
    pthread_t by[PARTS];
} record;

static void note(void *context, unsigned index)
{
    record *r = context;
    r->calls[index]++;
    r->by[index] = pthread_self();
}

static void each_part_runs_once(void **state)
{
    (void)state;
    for (unsigned count = 0; count <= PARTS; count += count < 5 ? 1 : 59) {
        record r = {.calls = {0}};
        threads_run(count, note, &r);
        for (unsigned i = 0; i < PARTS; i++)
            assert_int_equal(r.calls[i], i < count);
    }
}

static void parts_have_their_own_threads(void **state)
{
    (void)state;
    record r = {.calls = {0}};
    threads_run(3, note, &r);
    assert_true(pthread_equal(r.by[0], pthread_self()));
    assert_false(pthread_equal(r.by[1], pthread_self()));
    assert_false(pthread_equal(r.by[2], pthread_self()));
}

static void at_least_one_processor(void **state)
{
    (void)state;
    assert_true(threads_available() >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_part_runs_once),
        cmocka_unit_test(parts_have_their_own_threads),
        cmocka_unit_test(at_least_one_processor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
