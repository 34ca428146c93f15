/* test_threefry.c - tests of rng/threefry: its published outputs, and that draws in any pieces, of
 * each width and scheme, are those of the whole and what their definition says.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "base/dispatch.h"
#include "rng/threefry.h"

/* The known answers of the authors' library (Random123, kat_vectors: threefry2x32 20). */
static void known_answers(void **state)
{
    (void)state;
    static const uint32_t cases[][6] = {
        {0, 0, 0, 0, 0x6b200159, 0x99ba4efe},
        {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x1cb996fc, 0xbb002be7},
        {0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3, 0xc4923a9c, 0x483df7a0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const uint32_t *c = cases[i];
        threefry_key made = threefry_block((threefry_key){c[0], c[1]}, c[2], c[3]);
        assert_int_equal(made.high, c[4]);
        assert_int_equal(made.low, c[5]);
    }
}

static const threefry_key key = {7, 0x89abcdef};

/* Word j of an array of so many in the original scheme. */
static uint32_t original_word(uint64_t all, uint64_t j)
{
    uint64_t half = (all + 1) / 2;
    uint64_t counter = j < half ? j : j - half;
    uint64_t second = counter + half;
    threefry_key made =
        threefry_block(key, (uint32_t)counter, second == all ? 0 : (uint32_t)second);
    return j < half ? made.high : made.low;
}

/* Value i of n, by the definition. */
static uint64_t defined(threefry_scheme scheme, unsigned width, uint64_t n, uint64_t i)
{
    uint64_t low = width == 64 ? UINT64_MAX : (UINT64_C(1) << width) - 1;
    if (scheme == THREEFRY_COUNTER || width == 64) {
        threefry_key made = scheme == THREEFRY_COUNTER
                                ? threefry_block(key, (uint32_t)(i >> 32), (uint32_t)i)
                                : threefry_block(key, (uint32_t)i, (uint32_t)(n + i));
        uint64_t wide = (uint64_t)made.high << 32 | made.low;
        return width == 64 ? wide : (made.high ^ made.low) & low;
    }
    uint64_t bit = i * width;
    return original_word((n * width + 31) / 32, bit / 32) >> bit % 32 & low;
}

/* Draws from `first` on in pieces of random lengths. */
static void fill_in_pieces(const engine *e, uint64_t first, size_t n, uint32_t *out)
{
    engine_cursor c;
    assert_int_equal(e->kind->cursor_size, sizeof c);
    e->kind->start(e, &c);
    e->kind->seek(e, &c, first);
    for (size_t at = 0; at < n;) {
        size_t part = 1 + (at * 7919 + n) % 700;
        part = part < n - at ? part : n - at;
        e->kind->fill(e, &c, part, out + at);
        at += part;
        assert_true(c.at == first + at);
    }
}

static void same_as_defined(threefry_scheme scheme, unsigned width, uint64_t n, uint64_t first,
                            size_t count)
{
    unsigned draws = width == 64 ? 2 : 1;
    engine *e = threefry_engine_open(key, scheme, width, n, NULL);
    uint32_t *out = malloc(count * draws * sizeof *out);
    assert_true(e != NULL && out != NULL);
    fill_in_pieces(e, first * draws, count * draws, out);
    for (size_t i = 0; i < count; i++) {
        uint64_t made = width == 64 ? (uint64_t)out[2 * i + 1] << 32 | out[2 * i] : out[i];
        assert_true(made == defined(scheme, width, n, first + i));
    }
    free(out);
    e->kind->close(e);
}

static void draws_are_what_their_definition_says(void **state)
{
    (void)state;
    static const unsigned widths[] = {8, 16, 32, 64};
    static const size_t sizes[] = {1, 2, 3, 5, 31, 64, 1023, 4099};
    for (int level = DISPATCH_BASELINE; level <= DISPATCH_AVX512; level++) {
        dispatch_limit((enum dispatch_level)level);
        for (size_t w = 0; w < COUNT(widths); w++) {
            for (size_t s = 0; s < COUNT(sizes); s++) {
                same_as_defined(THREEFRY_ORIGINAL, widths[w], sizes[s], 0, sizes[s]);
                same_as_defined(THREEFRY_COUNTER, widths[w], sizes[s], 0, sizes[s]);
                same_as_defined(THREEFRY_COUNTER, widths[w], sizes[s],
                                (UINT64_C(3) << 32) - sizes[s] / 2, sizes[s]);
            }
            same_as_defined(THREEFRY_ORIGINAL, widths[w], 0x7ffffffe, 0x3fffffff - 700, 1400);
            same_as_defined(THREEFRY_ORIGINAL, widths[w], 0x7ffffffd, 0x7ffffffd - 1400, 1400);
        }
    }
    dispatch_limit(DISPATCH_AVX512);
}

static void only_so_many_words_are_known(void **state)
{
    (void)state;
    tokvec_error err;
    assert_null(threefry_engine_open(key, THREEFRY_ORIGINAL, 32, UINT32_MAX, &err));
    assert_int_equal(err.code, TOKVEC_BAD_ARGUMENT);
    assert_null(threefry_engine_open(key, THREEFRY_ORIGINAL, 64, UINT32_C(1) << 31, &err));
    assert_null(threefry_engine_open(key, THREEFRY_ORIGINAL, 8, UINT64_MAX, &err));
    engine *e = threefry_engine_open(key, THREEFRY_ORIGINAL, 8, UINT32_MAX, &err);
    assert_non_null(e);
    e->kind->close(e);
    e = threefry_engine_open(key, THREEFRY_COUNTER, 64, UINT64_C(1) << 59, &err);
    assert_non_null(e);
    e->kind->close(e);
}

/* jax.random.split(jax.random.key(42), 3) and fold_in(key(42), 7), as JAX 0.10.2 prints them. */
static void keys_are_derived_as_by_jax(void **state)
{
    (void)state;
    const threefry_key of_42 = {0, 42};
    static const uint32_t split[2][3][2] = {
        {{0xbad56946, 0xde837c89}, {0xdf4f11df, 0x354ba891}, {0x2fc69b62, 0x8cdb9797}},
        {{0x6d3e048f, 0x1022172d}, {0x03d7b32d, 0xadd083f4}, {0x92fb20ea, 0x0f38d913}},
    };
    for (uint32_t i = 0; i < 3; i++) {
        threefry_key by_size = threefry_split(of_42, THREEFRY_ORIGINAL, 3, i);
        threefry_key by_counter = threefry_split(of_42, THREEFRY_COUNTER, 3, i);
        assert_true(by_size.high == split[0][i][0] && by_size.low == split[0][i][1]);
        assert_true(by_counter.high == split[1][i][0] && by_counter.low == split[1][i][1]);
    }
    threefry_key folded = threefry_fold_in(of_42, 7);
    assert_true(folded.high == 0x97d0552f && folded.low == 0x51bf719f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),
        cmocka_unit_test(draws_are_what_their_definition_says),
        cmocka_unit_test(only_so_many_words_are_known),
        cmocka_unit_test(keys_are_derived_as_by_jax),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
