/* test_numpy_draws.c - tests of rng/numpy: seeds, PCG64, the ziggurat, and where values lie.
 * What is made many at a time against the same made one by one, as NumPy's description has it.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "base/dispatch.h"
#include "rng/libm.h"
#include "rng/numpy/places.h"
#include "rng/numpy/release.h"
#include "rng/numpy/seeds.h"
#include "rng/numpy/ziggurat.h"
#include "rng/numpy/ziggurat_tables.h"

#include <math.h>
#include <pthread.h>

static uint64_t random_state = 11;

static uint64_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    return random_state ^= random_state << 17;
}

/* ---------------------------------------------------------------- seeds and releases */

static void expect_words(const char *text, bool list, size_t n, const uint32_t *words)
{
    seeds s;
    assert_true(seed_read(text, false, &s, NULL));
    assert_int_equal(s.list, list);
    assert_int_equal(s.count, n);
    assert_memory_equal(s.words, words, n * sizeof *words);
    free(s.words);
}

static void seeds_are_words(void **state)
{
    (void)state;
    expect_words("0", false, 1, (uint32_t[]){0});
    expect_words("-0", false, 1, (uint32_t[]){0});
    expect_words("+007", false, 1, (uint32_t[]){7});
    expect_words("4294967295", false, 1, (uint32_t[]){UINT32_MAX});
    expect_words("4294967296", false, 2, (uint32_t[]){0, 1});
    expect_words("18446744073709551616", false, 3, (uint32_t[]){0, 0, 1});
    expect_words("340282366920938463463374607431768211455", false, 4,
                 (uint32_t[]){UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX});
    expect_words("7,", true, 1, (uint32_t[]){7});
    expect_words("1099511627776,7,0", true, 4, (uint32_t[]){0, 256, 7, 0});
    const char *const bad[] = {"",     ",",   ",,",   "1,,",   "1,,2", ",1", "-1",
                               "1,-1", "1.0", "1e3",  "x",     " 1",   "1 ", "+",
                               "-",    "--1", "0x10", "1_000", "nan",  "1;2"};
    for (size_t i = 0; i < COUNT(bad); i++) {
        for (int legacy = 0; legacy < 2; legacy++) {
            seeds s;
            tokvec_error err;
            assert_false(seed_read(bad[i], legacy, &s, &err));
            assert_null(s.words);
        }
    }
    seeds s;
    assert_false(seed_read("4294967296", true, &s, NULL));
    assert_false(seed_read("1,4294967296", true, &s, NULL));
}

/* A long integer: 10^n modulo a prime, from its words. */
static void seeds_may_be_long(void **state)
{
    (void)state;
    enum { DIGITS = 5000, PRIME = 1000003 };
    char text[DIGITS + 2] = "1";
    memset(text + 1, '0', DIGITS);
    uint64_t expected = 1, got = 0;
    for (int i = 0; i < DIGITS; i++)
        expected = expected * 10 % PRIME;
    seeds s;
    assert_true(seed_read(text, false, &s, NULL));
    for (size_t i = s.count; i-- > 0;)
        got = ((got << 32) + s.words[i]) % PRIME;
    assert_int_equal(got, expected);
    free(s.words);
}

static void releases_that_exist(void **state)
{
    (void)state;
    release r;
    assert_true(release_read(NULL, &r, NULL) && !release_before(r, 2, 4));
    assert_true(release_read("1.21.6", &r, NULL) && r.major == 1 && r.minor == 21);
    assert_true(release_before(r, 1, 22) && release_before(r, 2, 0) && !release_before(r, 1, 21));
    const char *const good[] = {"1.17", "1.17.0", "1.19.5", "1.26.4", "2.0", "2.2.6", "2.4.6"};
    const char *const bad[] = {"",         "1",      "2",      "1.16",         "1.16.6",
                               "1.27",     "2.4.99", "1.21.7", "1.21.",        ".1.21",
                               "1.21.1.1", "1.021",  "01.21",  "1.21.01",      "1.21rc1",
                               "3.0",      "1,21",   "-1.21",  "1.4294967313", "1.21 "};
    for (size_t i = 0; i < COUNT(good); i++)
        assert_true(release_read(good[i], &r, NULL));
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(release_read(bad[i], &r, NULL));
}

/* ---------------------------------------------------------------- PCG64 */

/* numpy.random.PCG64([1, 2, 3, 4, 5]).random_raw(3) and that of 0 */
static const uint64_t of_list[] = {UINT64_C(0x8452e9e84975a10b), UINT64_C(0xa0a264a8aa71bd91),
                                   UINT64_C(0x2a756e7277595134)},
                      of_zero[] = {UINT64_C(0xa30febcfd9c2825f), UINT64_C(0x4510bdf882d9d721),
                                   UINT64_C(0x0a7d3da94ecde8b8)};

static void the_stream_is_numpy_s(void **state)
{
    (void)state;
    pcg64 p;
    uint64_t out[3];
    pcg64_seed(&p, (uint32_t[]){1, 2, 3, 4, 5}, 5);
    pcg64_state s = p.first;
    pcg64_fill(&p, &s, 3, out);
    assert_memory_equal(out, of_list, sizeof out);
    pcg64_seed(&p, NULL, 0);
    s = p.first;
    pcg64_fill(&p, &s, 3, out);
    assert_memory_equal(out, of_zero, sizeof out);
}

/* However many outputs are made together, on whichever processor, and from whatever place on. */
static void outputs_in_any_pieces(void **state)
{
    (void)state;
    enum { ALL = 5000 };
    static uint64_t all[ALL];
    uint64_t some[100];
    pcg64 p;
    pcg64_seed(&p, (uint32_t[]){99}, 1);
    pcg64_state s = p.first;
    for (size_t i = 0; i < ALL; i++)
        pcg64_fill(&p, &s, 1, &all[i]);
    for (enum dispatch_level level = DISPATCH_BASELINE; level <= DISPATCH_AVX512; level++) {
        dispatch_limit(level);
        for (int i = 0; i < 300; i++) {
            uint64_t at = next_random() % (ALL - 2 * COUNT(some));
            s = pcg64_at(&p, at);
            for (int again = 0; again < 2; again++) {
                size_t n = next_random() % (COUNT(some) + 1);
                pcg64_fill(&p, &s, n, some);
                assert_memory_equal(some, all + at, n * sizeof *some);
                at += n;
            }
        }
    }
    engine *e = pcg64_engine_open(&p, NULL);
    engine_cursor *c = malloc(e->kind->cursor_size);
    assert_non_null(c);
    e->kind->start(e, c);
    for (int i = 0; i < 2000; i++) {
        uint32_t halves[100];
        size_t n = next_random() % (COUNT(halves) + 1);
        uint64_t at = next_random() % (2 * ALL - 2 * COUNT(halves));
        e->kind->seek(e, c, at);
        for (int again = 0; again < 2; again++, at += n) {
            e->kind->fill(e, c, n, halves);
            for (size_t k = 0; k < n; k++)
                assert_int_equal(halves[k], (uint32_t)(all[(at + k) / 2] >> (at + k) % 2 * 32));
            assert_int_equal(c->at, at + n);
        }
    }
    e->kind->close(e);
    free(c);
}

/* ---------------------------------------------------------------- the ziggurat */

/* Draws one after the other; the number of those taken. */
typedef struct plain {
    const ziggurat *z;
    pcg64_state state;
    uint64_t at, output;
} plain;

static uint64_t plain_draw(plain *p)
{
    if (!p->z->narrow || p->at % 2 == 0)
        pcg64_fill(&p->z->stream, &p->state, 1, &p->output);
    unsigned half = p->at++ % 2 != 0 ? 32 : 0;
    return p->z->narrow ? (uint32_t)(p->output >> half) : p->output;
}

static double plain_uniform(plain *p)
{
    uint64_t draw = plain_draw(p);
    if (!p->z->narrow)
        return (double)(draw >> 11) * 0x1p-53;
    return p->z->coarse ? (double)(draw >> 9) * 0x1p-23 : (double)(draw >> 8) * 0x1p-24;
}

static double plain_log(plain *p)
{
    double u = plain_uniform(p);
    if (p->z->narrow)
        return p->z->log_tail ? logf(1.0f - (float)u) : (float)log1p(-u);
    return p->z->log_tail ? log(1.0 - u) : log1p(-u);
}

/* A value by the ziggurat's description; in float32 all is rounded to it but for the exponential.
 */
static double plain_value(plain *p)
{
    const double start = 3.6541528853610088, inverse = 0.27366123732975827203;
    const bool narrow = p->z->narrow;
    for (;;) {
        uint64_t draw = plain_draw(p), i = draw & 255;
        uint64_t a = narrow ? draw >> 9 : draw >> 9 & ((UINT64_C(1) << 52) - 1);
        double x = narrow ? (float)a * ziggurat_w32[i] : (double)a * ziggurat_w64[i];
        x = (draw & 256) != 0 ? -x : x;
        if (a < (narrow ? ziggurat_k32[i] : ziggurat_k64[i]))
            return x;
        if (i > 0) {
            double u = plain_uniform(p), height;
            if (narrow)
                height = (ziggurat_f32[i - 1] - ziggurat_f32[i]) * (float)u + ziggurat_f32[i];
            else
                height = (ziggurat_f64[i - 1] - ziggurat_f64[i]) * u + ziggurat_f64[i];
            if (height < exp(-0.5 * x * x))
                return x;
            continue;
        }
        for (;;) {
            double xx =
                narrow ? (double)(-(float)inverse * (float)plain_log(p)) : -inverse * plain_log(p);
            double yy = -plain_log(p);
            bool over = narrow ? (float)yy + (float)yy > (float)xx * (float)xx : yy + yy > xx * xx;
            if (over) {
                x = narrow ? (double)((float)start + (float)xx) : start + xx;
                return (a & 256) != 0 ? -x : x;
            }
        }
    }
}

enum { VALUES = 200000 };

static void check_ziggurat(const ziggurat *z)
{
    double *all = malloc(VALUES * sizeof *all);
    uint64_t *begin = malloc((VALUES + 1) * sizeof *begin); /* the draw */
    ziggurat_place *p = malloc(sizeof *p);
    assert_true(all != NULL && begin != NULL && p != NULL);
    plain one = {.z = z, .state = z->stream.first};
    for (size_t i = 0; i < VALUES; i++) {
        begin[i] = one.at;
        all[i] = plain_value(&one);
    }
    begin[VALUES] = one.at;
    ziggurat_seek(z, p, 0);
    for (size_t at = 0; at < VALUES;) { /* in pieces of any size, some passed over */
        static double some[3000];
        size_t n = next_random() % (next_random() % 2 == 0 ? 10 : COUNT(some));
        n = n < VALUES - at ? n : VALUES - at;
        bool passed = next_random() % 4 == 0;
        ziggurat_make(z, p, n, passed ? NULL : some);
        for (size_t i = 0; !passed && i < n; i++) {
            double got = z->narrow ? (double)((const float *)(const void *)some)[i] : some[i];
            assert_memory_equal(&got, &all[at + i], sizeof got);
        }
        at += n;
    }
    for (int i = 0; i < 300; i++) { /* counted from any value to any draw */
        size_t from = next_random() % VALUES, to = from + next_random() % 3000;
        to = to < VALUES ? to : VALUES;
        ziggurat_seek(z, p, begin[from]);
        assert_int_equal(ziggurat_count(z, p, begin[to]), to - from);
        assert_int_equal(ziggurat_at(p), begin[to]);
    }
    free(all);
    free(begin);
    free(p);
}

static void ziggurat_values_one_by_one(void **state)
{
    (void)state;
    assert_true(libm_load(NULL));
    for (unsigned k = 0; k < 6; k++) {
        ziggurat z = {.narrow = k % 2 != 0, .coarse = k >= 2, .log_tail = k >= 4};
        pcg64_seed(&z.stream, (uint32_t[]){k}, 1);
        check_ziggurat(&z);
    }
}

/* ---------------------------------------------------------------- places */

/* A stream of attempts that take 1 step mostly, now and then up to 40, seldom up to 3,000; one in
 * five gives no value. */
static uint64_t scramble(uint64_t step)
{
    step = (step + 1) * UINT64_C(0x9e3779b97f4a7c15);
    step = (step ^ step >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
    return step ^ step >> 32;
}

static uint64_t steps_of(uint64_t step)
{
    uint64_t chance = scramble(step) >> 20;
    return chance % 20000 == 0 ? 1 + chance / 20000 % 3000
           : chance % 50 == 0  ? 1 + chance / 50 % 40
                               : 1;
}

static uint64_t count_steps(const void *context, void *scratch, uint64_t from, uint64_t to,
                            uint64_t *next)
{
    uint64_t count = 0;
    (void)context;
    ++*(uint64_t *)scratch;
    for (; from < to; from += steps_of(from))
        count += scramble(from) % 5 != 0;
    *next = from;
    return count;
}

enum { STEPS = 1500000, FINDERS = 4 };

typedef struct finder {
    places *places;
    const uint64_t *value_at; /* how many values come before the attempt at a step, plus 1; or 0 */
    uint64_t values, random, scratch;
    bool good;
} finder;

static void *find_many(void *context)
{
    finder *f = context;
    f->good = true;
    for (int i = 0; i < 2000; i++) {
        f->random = scramble(f->random);
        uint64_t value = i % 10 == 0 ? f->random % f->values : f->random % (1 + f->values / 100);
        place found = places_find(f->places, &f->scratch, value);
        f->good &= found.step <= STEPS && found.value <= value &&
                   f->value_at[found.step] == found.value + 1 && value - found.value < 6000;
    }
    return NULL;
}

static void places_are_found_by_any_thread(void **state)
{
    (void)state;
    uint64_t *value_at = calloc(STEPS + 4000, sizeof *value_at), values = 0;
    assert_non_null(value_at);
    for (uint64_t step = 0; step < STEPS; step += steps_of(step)) {
        value_at[step] = values + 1;
        values += scramble(step) % 5 != 0;
    }
    for (int round = 0; round < 20; round++) {
        places *p = places_open(STEPS, count_steps, NULL, NULL);
        assert_non_null(p);
        pthread_t threads[FINDERS];
        finder finders[FINDERS];
        for (size_t i = 0; i < FINDERS; i++) {
            finders[i] = (finder){p, value_at, values, next_random(), 0, false};
            assert_int_equal(pthread_create(&threads[i], NULL, find_many, &finders[i]), 0);
        }
        uint64_t counted = 0;
        for (size_t i = 0; i < FINDERS; i++) {
            pthread_join(threads[i], NULL);
            assert_true(finders[i].good);
            counted += finders[i].scratch;
        }
        assert_true(counted < STEPS / 256 * 2); /* pieces, nearly each once */
        places_close(p);
    }
    free(value_at);
}

/* A stream that nobody counts through: the first values are found at once. */
static void places_of_a_huge_stream(void **state)
{
    (void)state;
    uint64_t scratch = 0;
    places *p = places_open(UINT64_MAX / 2, count_steps, NULL, NULL);
    assert_non_null(p);
    place found = places_find(p, &scratch, 0);
    assert_true(found.value == 0 && found.step == 0);
    places_close(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seeds_are_words),
        cmocka_unit_test(seeds_may_be_long),
        cmocka_unit_test(releases_that_exist),
        cmocka_unit_test(the_stream_is_numpy_s),
        cmocka_unit_test(outputs_in_any_pieces),
        cmocka_unit_test(ziggurat_values_one_by_one),
        cmocka_unit_test(places_are_found_by_any_thread),
        cmocka_unit_test(places_of_a_huge_stream),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
