/* test_bag.c - tests of measure/bag and measure/bag_table: rows put together as PyTorch does it.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include <math.h>

#include "base/bytes.h"
#include "base/dispatch.h"
#include "measure/bag_table.h"
#include "rows/pump.h"
#include "table/table.h"

enum { ROWS = 64, DIM_MAX = 37 };

static const tokvec_dtype dtypes[] = {TOKVEC_FLOAT32, TOKVEC_FLOAT64, TOKVEC_FLOAT16,
                                      TOKVEC_BFLOAT16};

static uint64_t state = 1;

static uint64_t random_bits(void)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return state >> 16;
}

/* Numbers of many sizes, with some that are equal, zero or not finite. */
static double random_number(void)
{
    switch (random_bits() % 64) {
    case 0: return NAN;
    case 1: return -INFINITY;
    case 2: return -0.0;
    case 3: return 0.0;
    case 4: return 1.5;
    default: return ldexp((double)(random_bits() % 4096) - 2048.0, (int)(random_bits() % 12) - 16);
    }
}

/* ---------------------------------------------------------------- the definition, one by one */

static double rounded(tokvec_dtype dtype, double value)
{
    uint64_t room;
    assert_true(tokvec_convert(TOKVEC_FLOAT64, &value, dtype, &room, 1, NULL));
    assert_true(tokvec_convert(dtype, &room, TOKVEC_FLOAT64, &value, 1, NULL));
    return value;
}

static double rounded_sum(const bag_rule *r, double sum)
{
    if (r->dtype != TOKVEC_BFLOAT16 || r->padded || isnan(sum))
        return rounded(r->dtype, sum);
    float away = float_of_bits((bits_of_float((float)sum) + 0x8000) & 0xffff0000);
    return (double)away;
}

/* One value of a bag of n numbers of the rule's dtype. */
static double expected(const bag_rule *r, const double *values, const double *weights, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (r->mode == BAG_MAX)
            sum = i == 0 || values[i] > sum ? values[i] : sum;
        else if (r->dtype == TOKVEC_FLOAT64)
            sum = sum + (weights == NULL ? values[i] : values[i] * weights[i]);
        else if (weights == NULL)
            sum = (double)((float)sum + (float)values[i]);
        else if (r->dtype == TOKVEC_FLOAT32 && !r->padded)
            sum = (double)fmaf((float)weights[i], (float)values[i], (float)sum);
        else
            sum = (double)((float)sum + (float)values[i] * (float)weights[i]);
    }
    if (r->mode == BAG_MAX || n == 0)
        return sum;
    sum = rounded_sum(r, sum);
    if (r->mode == BAG_SUM)
        return sum;
    double count = rounded(r->dtype, (double)n);
    return r->dtype == TOKVEC_FLOAT64 ? sum / count
                                      : rounded(r->dtype, (double)((float)sum / (float)count));
}

static void assert_same(double value, double wanted)
{
    if (isnan(wanted))
        assert_true(isnan(value));
    else
        assert_int_equal(bits_of_double(value), bits_of_double(wanted));
}

/* ---------------------------------------------------------------- kernels */

typedef struct sample {
    size_t dim;
    double values[ROWS][DIM_MAX]; /* of the dtype */
    double weights[ROWS];
    uint64_t stored[ROWS][DIM_MAX]; /* each row in the dtype */
    const void *rows[ROWS];
} sample;

static void make_sample(sample *s, tokvec_dtype dtype)
{
    s->dim = 1 + random_bits() % DIM_MAX;
    for (size_t i = 0; i < ROWS; i++) {
        for (size_t j = 0; j < s->dim; j++)
            s->values[i][j] = rounded(dtype, random_number());
        assert_true(
            tokvec_convert(TOKVEC_FLOAT64, s->values[i], dtype, s->stored[i], s->dim, NULL));
        s->rows[i] = s->stored[i];
        do
            s->weights[i] = random_number();
        while (!bag_weight(dtype, s->weights[i], &s->weights[i]));
    }
}

static void check_bag(const sample *s, const bag_rule *r, size_t n)
{
    double sum[DIM_MAX], out[DIM_MAX], wide[DIM_MAX];
    const double *weights = r->weighted ? s->weights : NULL;
    bag b = {.rule = r, .dim = s->dim, .sum = sum};
    bag_start(&b);
    for (size_t at = 0; at < n;) { /* in parts of any size, as they come */
        size_t some = 1 + random_bits() % (n - at);
        bag_add(&b, s->rows + at, weights == NULL ? NULL : weights + at, some, ROWS - at - some);
        at += some;
    }
    assert_int_equal(b.n, n);
    bag_finish(&b, out);
    assert_true(tokvec_convert(r->dtype, out, TOKVEC_FLOAT64, wide, s->dim, NULL));
    for (size_t j = 0; j < s->dim; j++) {
        double column[ROWS];
        for (size_t i = 0; i < n; i++)
            column[i] = s->values[i][j];
        assert_same(wide[j], expected(r, column, weights, n));
    }
}

static void test_every_rule_at_every_level(void **unused)
{
    (void)unused;
    static sample s;
    for (int level = DISPATCH_BASELINE; level <= DISPATCH_AVX512; level++) {
        dispatch_limit((enum dispatch_level)level);
        for (size_t d = 0; d < COUNT(dtypes); d++) {
            for (unsigned round = 0; round < 40; round++) {
                make_sample(&s, dtypes[d]);
                size_t n = round % 8 == 0 ? round / 8 : random_bits() % (ROWS + 1);
                for (unsigned kind = 0; kind < 8; kind++) {
                    const bag_rule r = {.mode = kind < 6 ? (bag_mode)(kind % 3) : BAG_SUM,
                                        .dtype = dtypes[d],
                                        .weighted = kind >= 6,
                                        .padded = kind == 6 || kind < 3};
                    check_bag(&s, &r, n);
                }
            }
        }
    }
    dispatch_limit(DISPATCH_AVX512);
}

/* The roundings at the end, for every float16 and what lies around it, and halves of bfloat16. */
static void test_narrowing(void **unused)
{
    (void)unused;
    for (uint32_t high = 0; high < 0x10000; high++) {
        static const uint32_t lows[] = {0, 1, 0x1fff, 0x7fff, 0x8000, 0x8001, 0xffff};
        for (size_t i = 0; i < COUNT(lows); i++) {
            float value = float_of_bits(high << 16 | lows[i]), sum[1] = {value};
            if (isnan(value))
                continue;
            uint16_t got, wanted;
            for (size_t d = 2; d < COUNT(dtypes); d++) {
                const bag_rule r = {.mode = BAG_SUM, .dtype = dtypes[d], .padded = true};
                bag_finish(&(bag){.rule = &r, .dim = 1, .sum = sum, .n = 1}, &got);
                tokvec_convert(TOKVEC_FLOAT32, sum, dtypes[d], &wanted, 1, NULL);
                assert_int_equal(got, wanted);
            }
        }
    }
}

static void test_weights_are_rounded(void **unused)
{
    (void)unused;
    double weight;
    assert_true(bag_weight(TOKVEC_FLOAT32, 0.1, &weight));
    assert_same(weight, (double)0.1f);
    assert_true(bag_weight(TOKVEC_BFLOAT16, 0.1, &weight));
    assert_same(weight, 0x1.9ap-4);
    assert_true(bag_weight(TOKVEC_FLOAT16, 0.1, &weight));
    assert_same(weight, 0x1.998p-4);
    assert_true(bag_weight(TOKVEC_FLOAT64, 0.1, &weight));
    assert_same(weight, 0.1);
    assert_false(bag_weight(TOKVEC_FLOAT16, 65520, &weight));
    assert_false(bag_weight(TOKVEC_FLOAT32, 1e39, &weight));
    assert_false(bag_weight(TOKVEC_FLOAT64, INFINITY, &weight));
    assert_false(bag_weight(TOKVEC_FLOAT64, NAN, &weight));
}

/* ---------------------------------------------------------------- a table of bags */

enum { TABLE_ROWS = 5000, DIM = 300, BAGS = 200 };

static tokvec_table *seeded(void)
{
    const tokvec_seed_spec spec = {
        .seed = 3, .vocab_size = TABLE_ROWS, .dim = DIM, .dtype = TOKVEC_FLOAT32};
    tokvec_table *table = tokvec_table_seed(&spec, NULL);
    assert_non_null(table);
    return table;
}

/* Bags of 0 to 39 IDs, and one of thousands, which is cut into chunks. */
static void fill(bag_list *list, size_t bags)
{
    for (size_t b = 0; b < bags; b++) {
        size_t n = b % 64 == 5 ? 3000 : b % 7 == 0 ? 0 : random_bits() % 40;
        for (size_t i = 0; i < n; i++) {
            int64_t id = (int64_t)(random_bits() % TABLE_ROWS);
            assert_true(id_list_add(&list->ids, random_bits() % 9 == 0 ? 7 : id, NULL));
            assert_true(bag_list_add_weight(list, (double)(random_bits() % 100) / 64, NULL));
        }
        assert_true(bag_list_end(list, NULL));
    }
}

/* What the bag should be, row by row. */
static void make_plainly(tokvec_table *table, const bag_spec *spec, const bag_list *list,
                         uint64_t number, float *out)
{
    double sum[DIM];
    const bag_rule r = {.mode = spec->mode,
                        .dtype = TOKVEC_FLOAT32,
                        .weighted = spec->weighted,
                        .padded = spec->padded};
    bag b = {.rule = &r, .dim = DIM, .sum = sum};
    uint64_t begin, end;
    bag_start(&b);
    bag_list_range(list, number, &begin, &end);
    for (; begin < end; begin++) {
        float row[DIM];
        const void *rows[] = {row};
        int64_t id;
        id_list_get(&list->ids, begin, 1, &id);
        if (spec->padded && id == spec->padding)
            continue;
        assert_true(tokvec_table_read(table, &id, 1, row, NULL));
        bag_add(&b, rows, spec->weighted ? &list->weights[begin] : NULL, 1, 0);
    }
    bag_finish(&b, out);
}

static void check_table(const bag_spec *spec)
{
    tokvec_table *table = seeded();
    bag_list list = {0};
    fill(&list, BAGS);
    tokvec_table *bags = bag_table(table, spec, &list, NULL);
    assert_non_null(bags);
    assert_int_equal(tokvec_table_rows(bags), BAGS);
    int64_t numbers[BAGS];
    for (int64_t i = 0; i < BAGS; i++)
        numbers[i] = i < 100 ? i : 299 - i; /* in order, then backwards */
    float *out = malloc(BAGS * DIM * sizeof *out), wanted[DIM];
    assert_non_null(out);
    assert_true(tokvec_table_read(bags, numbers, BAGS, out, NULL));
    for (size_t i = 0; i < BAGS; i++) {
        make_plainly(table, spec, &list, (uint64_t)numbers[i], wanted);
        assert_memory_equal(out + i * DIM, wanted, sizeof wanted);
    }
    free(out);
    tokvec_table_close(bags);
    bag_list_free(&list);
    tokvec_table_close(table);
}

static void test_table_of_bags(void **unused)
{
    (void)unused;
    check_table(&(bag_spec){.mode = BAG_SUM});
    check_table(&(bag_spec){.mode = BAG_MEAN, .padded = true, .padding = 7});
    check_table(&(bag_spec){.mode = BAG_MAX});
    check_table(&(bag_spec){.mode = BAG_SUM, .weighted = true});
    check_table(&(bag_spec){.mode = BAG_SUM, .weighted = true, .padded = true, .padding = 7});
}

/* IDs that come piece by piece, complete bags dropped and open ones absorbed between the pieces,
 * make the same bags as all IDs at once. */
static void check_pieces(const bag_spec *spec, bool absorb)
{
    tokvec_table *table = seeded();
    bag_list all = {0}, list = {0};
    fill(&all, BAGS);
    tokvec_table *bags = bag_table(table, spec, &list, NULL);
    assert_non_null(bags);
    uint64_t at = 0;
    float out[DIM], wanted[DIM];
    for (size_t b = 0; b < BAGS; b++) {
        while (at < all.ends[b]) {
            int64_t id;
            id_list_get(&all.ids, at, 1, &id);
            assert_true(id_list_add(&list.ids, id, NULL));
            assert_true(!spec->weighted || bag_list_add_weight(&list, all.weights[at], NULL));
            at++;
            if (absorb && random_bits() % 5 == 0 && list.count == 0)
                assert_true(bag_table_absorb(bags, &list, NULL));
        }
        assert_true(bag_list_end(&list, NULL));
        if (random_bits() % 3 > 0)
            continue;
        bag_table_renew(bags);
        for (size_t i = 0; i < list.count; i++) {
            int64_t number = (int64_t)(list.first + i);
            assert_true(tokvec_table_read(bags, &number, 1, out, NULL));
            make_plainly(table, spec, &all, (uint64_t)number, wanted);
            assert_memory_equal(out, wanted, sizeof wanted);
        }
        assert_true(bag_list_drop(&list, NULL));
        assert_int_equal(list.count, 0);
        assert_int_equal(list.first, b + 1);
    }
    tokvec_table_close(bags);
    bag_list_free(&all);
    bag_list_free(&list);
    tokvec_table_close(table);
}

static void test_bags_piece_by_piece(void **unused)
{
    (void)unused;
    for (unsigned absorb = 0; absorb < 2; absorb++) {
        check_pieces(&(bag_spec){.mode = BAG_SUM, .weighted = true}, absorb);
        check_pieces(&(bag_spec){.mode = BAG_MEAN, .padded = true, .padding = 7}, absorb);
        check_pieces(&(bag_spec){.mode = BAG_MAX}, absorb);
    }
}

/* IDs of the open bag stay where complete ones are dropped. */
static void test_drop_keeps_the_open_bag(void **unused)
{
    (void)unused;
    bag_list list = {0};
    for (int64_t i = 0; i < 10; i++) {
        assert_true(id_list_add(&list.ids, i, NULL));
        assert_true(bag_list_add_weight(&list, (double)i, NULL));
        assert_true(i != 3 || bag_list_end(&list, NULL));
        assert_true(i != 6 || bag_list_end(&list, NULL));
    }
    assert_true(bag_list_drop(&list, NULL));
    uint64_t begin, end;
    bag_list_range(&list, 2, &begin, &end);
    assert_int_equal(end - begin, 3);
    int64_t ids[3];
    id_list_get(&list.ids, begin, 3, ids);
    assert_int_equal(ids[0], 7);
    assert_int_equal(ids[2], 9);
    assert_true(list.weights[0] == 7);
    bag_list_free(&list);
}

/* ---------------------------------------------------------------- a table that is passed over */

/* Row i is i, i, ...; it counts how often it is read, as each time costs a pass. */
typedef struct passed {
    tokvec_table base;
    unsigned reads;
} passed;

static bool read_passed(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                        tokvec_error *err)
{
    (void)err;
    ((passed *)table)->reads++;
    for (size_t i = 0; i < n * (size_t)table->dim; i++)
        ((float *)out)[i] = (float)ids[i / table->dim];
    return true;
}

typedef struct summed {
    consumer base;
    double total;
} summed;

static bool sum_rows(consumer *c, const row_block *block, tokvec_error *err)
{
    (void)err;
    for (size_t i = 0; i < block->n; i++)
        ((summed *)c)->total += (double)((const float *)block->data)[i * DIM];
    return true;
}

static void test_few_passes(void **unused)
{
    (void)unused;
    enum { LENGTH = 20, COUNT_OF_BAGS = 5000 };
    static const table_ops ops = {.read = read_passed};
    passed table = {
        .base = {
            .ops = &ops, .rows = TABLE_ROWS, .dim = DIM, .dtype = TOKVEC_FLOAT32, .passes = true}};
    bag_list list = {0};
    double wanted = 0;
    for (size_t i = 0; i < LENGTH * COUNT_OF_BAGS; i++) {
        int64_t id = (int64_t)(random_bits() % TABLE_ROWS);
        wanted += (double)id;
        assert_true(id_list_add(&list.ids, id, NULL));
        assert_true(i % LENGTH != LENGTH - 1 || bag_list_end(&list, NULL));
    }
    tokvec_table *bags = bag_table(&table.base, &(bag_spec){.mode = BAG_SUM}, &list, NULL);
    assert_non_null(bags);
    summed to = {.base = {.size = sizeof to, .dtype = TOKVEC_FLOAT32, .rows = sum_rows}};
    const pump_spec spec = {
        .table = bags, .to = &to.base, .rows = COUNT_OF_BAGS, .work = LENGTH, .threads = 1};
    pump p;
    id_list numbers = {0};
    assert_true(id_list_add_range(&numbers, 0, COUNT_OF_BAGS, NULL));
    assert_true(pump_open(&p, &spec, NULL) && pump_rows(&p, &numbers, NULL));
    pump_close(&p);
    assert_true(to.total == wanted);
    assert_true(table.reads <= 12); /* 120 MB of rows, 16 MB at a time, never a few bags */
    id_list_free(&numbers);
    tokvec_table_close(bags);
    bag_list_free(&list);
}

static void test_integers_are_refused(void **unused)
{
    (void)unused;
    static const char path[] = TESTS_DATA "/npy/int64.npy";
    tokvec_error err;
    tokvec_weights *weights = tokvec_weights_open(path, &err);
    assert_non_null(weights);
    tokvec_table *table = tokvec_weights_table(weights, find_tensor(weights, NULL, &err), &err);
    assert_non_null(table);
    bag_list list = {0};
    assert_null(bag_table(table, &(bag_spec){.mode = BAG_SUM}, &list, &err));
    assert_int_equal(err.code, TOKVEC_UNSUPPORTED);
    tokvec_table_close(table);
    tokvec_weights_close(weights);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_rule_at_every_level),
        cmocka_unit_test(test_narrowing),
        cmocka_unit_test(test_weights_are_rounded),
        cmocka_unit_test(test_table_of_bags),
        cmocka_unit_test(test_bags_piece_by_piece),
        cmocka_unit_test(test_drop_keeps_the_open_bag),
        cmocka_unit_test(test_few_passes),
        cmocka_unit_test(test_integers_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
