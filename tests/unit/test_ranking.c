/* test_ranking.c - tests of the first of many items.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "measure/ranking.h"

typedef struct item {
    int key, number;
} item;

static int dropped;

static void drop(void *unused)
{
    (void)unused;
    dropped++;
}

static int compare(const void *a, const void *b, void *context)
{
    const item *x = a, *y = b;
    int sign = *(const int *)context;
    if (x->key != y->key)
        return x->key < y->key ? -sign : sign;
    return x->number < y->number ? -1 : 1;
}

static int compare_up(const void *a, const void *b)
{
    int sign = 1;
    return compare(a, b, &sign);
}

static int compare_down(const void *a, const void *b)
{
    int sign = -1;
    return compare(a, b, &sign);
}

/* The same as sorting all of them. */
static void check(int count, uint64_t limit, int sign, int keys)
{
    item *items = calloc((size_t)count + 1, sizeof *items);
    assert_non_null(items);
    unsigned state = (unsigned)count;
    ranking r = {
        .size = sizeof *items, .limit = limit, .compare = compare, .context = &sign, .drop = drop};
    dropped = 0;
    for (int i = 0; i < count; i++) {
        state = state * 1664525u + 1013904223u;
        items[i] = (item){(int)(state >> 16) % keys, i};
        item copy = items[i];
        assert_true(ranking_add(&r, &copy, NULL));
    }
    ranking_sort(&r);
    qsort(items, (size_t)count, sizeof *items, sign > 0 ? compare_up : compare_down);
    size_t expected = limit < (uint64_t)count ? (size_t)limit : (size_t)count;
    assert_int_equal(r.count, expected);
    assert_int_equal(dropped, count - (int)expected);
    for (size_t i = 0; i < expected; i++)
        assert_memory_equal(ranking_item(&r, i), &items[i], sizeof *items);
    assert_true(limit > (uint64_t)count || r.capacity <= 2 * limit + 8);
    ranking_free(&r);
    assert_int_equal(dropped, count);
    free(items);
}

static void test_same_as_sorting(void **unused)
{
    (void)unused;
    static const uint64_t limits[] = {1, 2, 3, 10, 999, 1000, 1001, UINT64_MAX};
    for (size_t i = 0; i < COUNT(limits); i++) {
        for (int sign = -1; sign <= 1; sign += 2) {
            check(1000, limits[i], sign, 1000000);
            check(1000, limits[i], sign, 7);
            check(0, limits[i], sign, 1);
            check(1, limits[i], sign, 1);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_same_as_sorting)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
