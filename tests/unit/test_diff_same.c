/* test_diff_same.c - tests of measure/diff_same.
 * What is found of rows with the same bytes has the bits that comparing them the long way gives, on
 * every processor; and no byte that differs is overlooked.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "base/dispatch.h"
#include "measure/diff_same.h"
#include "measure/diff_sums.h"

#include <math.h>

enum { VALUES = 2100 };

static const size_t lengths[] = {0, 1, 2, 7, 8, 9, 15, 16, 33, 1000, 1023, 1024, 1025, 2100};

/* Any bits, with zeros of either sign among them; bools of 0 and 1. */
static void fill(tokvec_dtype dtype, uint8_t *bytes)
{
    uint64_t state = 88172645463325252U;
    size_t size = tokvec_dtype_size(dtype);
    for (size_t i = 0; i < VALUES * size; i++) {
        state = state * UINT64_C(6364136223846793005) + 1442695040888963407U;
        bytes[i] = (uint8_t)(state >> 56);
        bytes[i] &= dtype == TOKVEC_BOOL ? 1 : UINT8_MAX;
    }
    for (size_t i = 0; i < VALUES; i += 1 + i % 5) {
        memset(bytes + i * size, 0, size);
        bytes[i * size + size - 1] = i % 2 && tokvec_dtype_is_float(dtype) ? 0x80 : 0;
    }
}

/* Without NaN and infinities, half of the time. */
static void tame(tokvec_dtype dtype, uint8_t *bytes)
{
    size_t size = tokvec_dtype_size(dtype);
    for (size_t i = 0; i < VALUES && tokvec_dtype_is_float(dtype); i++)
        bytes[i * size + size - 1] &= 0xbf;
}

static void assert_same_double(double a, double b)
{
    assert_true(memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b)));
}

static void check_same(tokvec_dtype dtype, const void *a, const void *b, size_t n)
{
    diff_sums s = {.absolute = {0}};
    uint64_t zeros;
    double squares;
    diff_sums_add(&s, dtype, a, dtype, b, n, 0, 0);
    assert_true(diff_same(dtype, a, b, n, &zeros, &squares));
    assert_same_double(squares, diff_sums_total(s.bb));
    if (isfinite(squares))
        assert_int_equal(zeros, (uint64_t)diff_sums_total(s.undefined));
}

static void check_apart(tokvec_dtype dtype, const uint8_t *a, uint8_t *b, size_t n)
{
    size_t size = tokvec_dtype_size(dtype), step = n > 40 ? 37 : 1;
    for (size_t at = 0; at < n * size; at += step) {
        uint64_t zeros;
        double squares;
        b[at] ^= 0x10;
        assert_false(diff_same(dtype, a, b, n, &zeros, &squares));
        b[at] ^= 0x10;
    }
}

static void check_dtype(tokvec_dtype dtype)
{
    static _Alignas(64) uint8_t a[VALUES * 8], b[VALUES * 8];
    fill(dtype, a);
    for (int turn = 0; turn < 2; turn++) {
        memcpy(b, a, sizeof a);
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
            check_same(dtype, a, b, lengths[i]);
            check_apart(dtype, a, b, lengths[i]);
        }
        tame(dtype, a);
    }
}

static void test_as_the_long_way(void **state)
{
    (void)state;
    for (int level = DISPATCH_BASELINE; level <= DISPATCH_AVX512; level++) {
        dispatch_limit((enum dispatch_level)level);
        for (int dtype = TOKVEC_FLOAT32; dtype < TOKVEC_DTYPE_COUNT; dtype++)
            check_dtype((tokvec_dtype)dtype);
    }
    dispatch_limit(DISPATCH_AVX512);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_as_the_long_way)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
