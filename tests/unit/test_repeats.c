/* test_repeats.c - tests of measure/row_hash and measure/repeats.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "measure/repeats.h"

static uint64_t state = 88172645463325252u;

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static row_hash_key new_key(void)
{
    row_hash_key key;
    tokvec_error error;
    assert_true(row_hash_new_key(&key, &error));
    return key;
}

static bool equal(row_hash a, row_hash b)
{
    return a.low == b.low && a.high == b.high;
}

/* Of any size and at any address; another bit anywhere makes it another. */
static void each_bit_counts(void **unused)
{
    (void)unused;
    static const size_t sizes[] = {1, 2, 7, 8, 9, 15, 16, 17, 31, 1023, 1024, 1025, 2048, 3001};
    static uint8_t row[4096], copy[4096];
    const row_hash_key key = new_key(), other = new_key();
    for (size_t k = 0; k < COUNT(sizes); k++) {
        size_t size = sizes[k];
        for (size_t i = 0; i < size; i++)
            row[i] = copy[i + 1] = (uint8_t)next_random();
        row_hash hash = row_hash_of(&key, row, size);
        assert_true(equal(hash, row_hash_of(&key, copy + 1, size)));
        assert_false(equal(hash, row_hash_of(&other, row, size)));
        for (size_t bit = 0; bit<8 * size; bit += size> 100 ? 7 : 1) {
            row[bit / 8] ^= (uint8_t)(1 << bit % 8);
            assert_false(equal(hash, row_hash_of(&key, row, size)));
            row[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
    }
}

/* Rows of few bits, words that change places, what a sum would not tell apart. */
static void alike_is_not_the_same(void **unused)
{
    (void)unused;
    enum { WORDS = 300 };
    static uint64_t row[WORDS], other[WORDS];
    const row_hash_key key = new_key();
    for (size_t i = 0; i < WORDS; i++)
        row[i] = other[i] = next_random();
    row_hash hash = row_hash_of(&key, row, sizeof row);
    for (size_t step = 1; step < WORDS; step++) {
        for (size_t i = 0; i + step < WORDS; i += 5) {
            other[i] = row[i + step];
            other[i + step] = row[i];
            assert_false(equal(hash, row_hash_of(&key, other, sizeof row)));
            other[i]++;
            other[i + step]--;
            assert_false(equal(hash, row_hash_of(&key, other, sizeof row)));
            other[i] = row[i];
            other[i + step] = row[i + step];
        }
    }
    memset(row, 0, sizeof row);
    assert_false(equal(row_hash_of(&key, row, 16), row_hash_of(&key, other, 16)));
}

static void assert_group(const repeats *r, uint64_t group, const uint64_t *members, uint64_t count)
{
    assert_int_equal(r->starts[group + 1] - r->starts[group], count);
    assert_memory_equal(r->members + r->starts[group], members, count * sizeof *members);
}

static void groups_in_their_order(void **unused)
{
    (void)unused;
    /* Some have the same slot, and one half of the hash the same. */
    const row_hash hashes[] = {{1, 1}, {16, 0}, {1, 2}, {17, 1}, {1, 1}, {0, 16}, {1, 2},
                               {1, 1}, {0, 0},  {0, 0}, {33, 1}, {1, 3}, {17, 1}};
    repeats r;
    tokvec_error error;
    assert_true(repeats_find(&r, hashes, COUNT(hashes), &error));
    assert_int_equal(r.groups, 4);
    assert_int_equal(r.repeated, 5);
    assert_group(&r, 0, (const uint64_t[]){0, 4, 7}, 3);
    assert_group(&r, 1, (const uint64_t[]){2, 6}, 2);
    assert_group(&r, 2, (const uint64_t[]){3, 12}, 2);
    assert_group(&r, 3, (const uint64_t[]){8, 9}, 2);
    repeats_free(&r);

    assert_true(repeats_find(&r, hashes, 0, &error));
    assert_true(r.groups == 0 && r.repeated == 0);
    repeats_free(&r);
}

/* Against a search of all pairs. */
static void many(void **unused)
{
    (void)unused;
    enum { N = 3000 };
    static row_hash hashes[N];
    static uint64_t first[N];
    for (uint64_t i = 0; i < N; i++) {
        hashes[i] = (row_hash){next_random() % 50, next_random() % 50};
        first[i] = i;
        for (uint64_t j = 0; j < i && first[i] == i; j++) {
            if (equal(hashes[i], hashes[j]))
                first[i] = j;
        }
    }
    repeats r;
    tokvec_error error;
    assert_true(repeats_find(&r, hashes, N, &error));
    uint64_t repeated = 0, seen = 0;
    for (uint64_t i = 0; i < N; i++)
        repeated += first[i] != i;
    assert_int_equal(r.repeated, repeated);
    for (uint64_t g = 0; g < r.groups; g++) {
        const uint64_t *members = r.members + r.starts[g];
        uint64_t count = r.starts[g + 1] - r.starts[g];
        assert_true(count > 1 && first[members[0]] == members[0]);
        assert_true(g == 0 || members[0] > r.members[r.starts[g - 1]]);
        for (uint64_t i = 1; i < count; i++, seen++)
            assert_true(first[members[i]] == members[0] && members[i] > members[i - 1]);
    }
    assert_int_equal(seen, repeated);
    repeats_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_bit_counts),
        cmocka_unit_test(alike_is_not_the_same),
        cmocka_unit_test(groups_in_their_order),
        cmocka_unit_test(many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
