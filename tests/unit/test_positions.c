/* test_positions.c - tests of rows/sequences, table/sinusoidal and measure/position_table.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include <math.h>

#include "memory_table.h"

#include "ids/parser.h"
#include "measure/position_table.h"
#include "rows/pump.h"
#include "table/sinusoidal.h"

/* ---------------------------------------------------------------- sequences */

/* Positions as they are defined, one after the other. */
static void expect_positions(const sequences *s, uint64_t count, const int64_t *wanted)
{
    int64_t got[64];
    for (uint64_t from = 0; from <= count; from++) {
        int64_t largest = sequences_get(s, from, (size_t)(count - from), got), most = 0;
        for (uint64_t i = from; i < count; i++) {
            assert_int_equal(got[i - from], wanted[i]);
            most = wanted[i] > most ? wanted[i] : most;
        }
        assert_int_equal(largest, most);
    }
}

static void positions_begin_anew_where_a_sequence_does(void **state)
{
    (void)state;
    sequences s = {.first = 5, .limit = 9};
    static const int64_t wanted[] = {5, 6, 7, 5, 5, 6, 7, 8};
    static const uint64_t starts[] = {3, 4, 4};
    for (size_t i = 0; i < COUNT(starts); i++)
        assert_true(sequences_begin(&s, starts[i], NULL));
    expect_positions(&s, 8, wanted);
    assert_int_equal(sequences_longest(&s, 8), 4);
    assert_int_equal(sequences_room(&s, 7), 1);
    assert_int_equal(sequences_room(&s, 8), 0);
    /* The open one goes on in the list that follows. */
    sequences_drop(&s, 7);
    static const int64_t later[] = {8, 5, 6};
    assert_int_equal(sequences_room(&s, 0), 1);
    assert_true(sequences_begin(&s, 1, NULL));
    expect_positions(&s, 3, later);
    sequences_drop(&s, 3);
    assert_int_equal(sequences_room(&s, 1), 1);
    sequences_free(&s);
}

static void no_position_is_left_where_the_first_is_past_the_last(void **state)
{
    (void)state;
    const sequences s = {.first = UINT64_C(1) << 62, .limit = 4};
    assert_int_equal(sequences_room(&s, 0), 0);
}

/* ---------------------------------------------------------------- sequences in text */

typedef struct parsed {
    id_list list;
    sequences sequences;
    ids_parser parser;
    tokvec_error error;
} parsed;

static bool parse(parsed *p, const char *text, size_t piece, uint64_t limit)
{
    *p = (parsed){.sequences = {.limit = limit}};
    p->parser.list = &p->list;
    p->parser.sequences = &p->sequences;
    p->parser.rows = 100000;
    p->parser.range_hint = p->parser.position_hint = "hint";
    p->parser.source = "text";
    ids_parser_start(&p->parser);
    bool good = true;
    size_t size = strlen(text);
    for (size_t at = 0, n; good && at < size; at += n) {
        n = size - at < piece ? size - at : piece;
        good = ids_parse(&p->parser, text + at, n, &p->error);
    }
    return good && ids_parse_end(&p->parser, &p->error);
}

static void release(parsed *p)
{
    id_list_free(&p->list);
    sequences_free(&p->sequences);
}

static void innermost_lists_are_sequences_or_else_all_is_one(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t positions[16];
        uint64_t count;
    } cases[] = {
        {"1 2 3\n4,5\n6 7 8 9 10 11 12 13", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 13},
        {"[1, 2, 3]", {0, 1, 2}, 3},
        {"[[1, 2], [3, 4]]", {0, 1, 0, 1}, 4},
        {"[1, 2]\n[3]\n[]\n[4, 5]", {0, 1, 0, 0, 1}, 5},
        {"[[[1], [2]], [[3], [4]]]", {0, 0, 0, 0}, 4},
        {"tensor([[1, 2, 3],\n        [4, 5, 6]])", {0, 1, 2, 0, 1, 2}, 6},
        {"tensor(7) tensor(8)", {0, 1}, 2},
        {"", {0}, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (size_t piece = 1; piece < 40; piece += 3) {
            parsed p;
            assert_true(parse(&p, cases[i].text, piece, INT64_MAX));
            assert_int_equal(p.list.count, cases[i].count);
            expect_positions(&p.sequences, p.list.count, cases[i].positions);
            release(&p);
        }
    }
}

static void a_position_too_many_is_told_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *where;
        uint64_t good; /* IDs before it */
    } cases[] = {
        {"1 2 3\n4 5 6 7 8 9 10", "line 2, column 3", 4},
        {"[1, 2, 3, 4]\n[5, 6, 7, 8, 9]", "line 2, column 14", 8},
        {"[[1, 2, 3, 4, 5]]", "line 1, column 15", 4},
        {"       1        2        3       4       5       6       7", "line 1, column 42", 4},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (size_t piece = 1; piece < 70; piece += 3) {
            parsed p;
            assert_false(parse(&p, cases[i].text, piece, 4));
            assert_int_equal(p.error.code, TOKVEC_BAD_ID);
            assert_non_null(strstr(p.error.where, cases[i].where));
            assert_non_null(strstr(p.error.what, "has the position 4"));
            assert_int_equal(p.list.count, cases[i].good);
            release(&p);
        }
    }
}

static void numbers_beside_lists_are_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {"1 2 [3, 4]", "[1, 2]\n3 4 5 6 7 8 9", "1\n[2]",
                                        "tensor(1) [2]"};
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (size_t piece = 1; piece < 30; piece += 3) {
            parsed p;
            assert_false(parse(&p, cases[i], piece, INT64_MAX));
            assert_non_null(strstr(p.error.what, "beside"));
            release(&p);
        }
    }
}

/* ---------------------------------------------------------------- sinusoidal */

static void sinusoidal_rows_are_those_of_the_definition(void **state)
{
    (void)state;
    static const uint64_t dims[] = {1, 2, 3, 7, 64, 769};
    static const int64_t rows[] = {0, 1, 2, 511, 5000, 16777217, INT64_MAX - 1};
    for (size_t d = 0; d < COUNT(dims); d++) {
        size_t dim = (size_t)dims[d];
        tokvec_table *table = sinusoidal_table(dim, TOKVEC_FLOAT32, NULL);
        tokvec_table *narrow = sinusoidal_table(dim, TOKVEC_BFLOAT16, NULL);
        float *got = malloc(COUNT(rows) * dim * sizeof *got);
        uint16_t wanted, *rounded = malloc(COUNT(rows) * dim * sizeof *rounded);
        assert_true(tokvec_table_read(table, rows, COUNT(rows), got, NULL));
        assert_true(tokvec_table_read(narrow, rows, COUNT(rows), rounded, NULL));
        for (size_t i = 0; i < COUNT(rows) * dim; i++) {
            size_t column = i % dim;
            float k = (float)(column / 2 * 2) * (float)(-log(10000.0) / (double)dim);
            float angle = (float)rows[i / dim] * (float)exp((double)k);
            float value = (float)(column % 2 == 0 ? sin((double)angle) : cos((double)angle));
            assert_memory_equal(&got[i], &value, sizeof value);
            assert_true(tokvec_convert(TOKVEC_FLOAT32, &value, TOKVEC_BFLOAT16, &wanted, 1, NULL));
            assert_int_equal(rounded[i], wanted);
        }
        free(got);
        free(rounded);
        tokvec_table_close(table);
        tokvec_table_close(narrow);
    }
}

/* ---------------------------------------------------------------- sums */

enum { DIM = 512, TOKENS = 50, LONG = 17000, IDS = 18000 };

static double token_values[TOKENS * DIM];

typedef struct checker {
    consumer base;
    const position_spec *spec;
    uint64_t seen;
    double *position;
} checker;

/* Each row against the two that it is of, read on their own. */
static bool check_rows(consumer *base, const row_block *block, tokvec_error *err)
{
    checker *c = (checker *)base;
    const double *rows = block->data;
    (void)err;
    for (size_t i = 0; i < block->n; i++, c->seen++) {
        int64_t id, position;
        id_list_get(c->spec->list, c->seen, 1, &id);
        sequences_get(c->spec->sequences, c->seen, 1, &position);
        position += (int64_t)c->spec->first_row;
        assert_true(tokvec_table_read(c->spec->positions, &position, 1, c->position, NULL));
        for (size_t j = 0; j < DIM; j++)
            assert_true(rows[i * DIM + j] == token_values[(size_t)id * DIM + j] + c->position[j]);
    }
    return true;
}

/* More positions than are kept, on several threads. */
static void sums_are_those_of_the_rows_whichever_are_kept(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (size_t i = 0; i < COUNT(token_values); i++)
        token_values[i] = memory_table_random(&seed);
    memory_table tokens = memory_table_of(token_values, TOKENS, DIM);
    double *position = malloc(DIM * sizeof *position);
    for (unsigned threads = 1; threads <= 3; threads += 2) {
        id_list list = {0}, numbers = {0};
        sequences s = {.first = 3, .limit = INT64_MAX};
        for (int64_t i = 0; i < IDS; i++)
            assert_true(id_list_add(&list, i * 7 % TOKENS, NULL));
        assert_true(sequences_begin(&s, LONG, NULL) && sequences_begin(&s, LONG + 5, NULL));
        tokvec_table *positions = sinusoidal_table(DIM, TOKVEC_FLOAT64, NULL);
        const position_spec spec = {.tokens = &tokens.base,
                                    .positions = positions,
                                    .first_row = 2,
                                    .list = &list,
                                    .sequences = &s};
        tokvec_table *sums = position_table(&spec, NULL);
        assert_int_equal(tokvec_table_rows(sums), IDS);
        assert_int_equal(position_table_token(sums, 9), 9 * 7 % TOKENS);
        checker c = {.base = {.size = sizeof c, .dtype = TOKVEC_FLOAT64, .rows = check_rows},
                     .spec = &spec,
                     .position = position};
        assert_true(id_list_add_range(&numbers, 0, IDS, NULL));
        assert_true(pump_list(sums, &numbers, &c.base, threads, NULL));
        assert_int_equal(c.seen, IDS);
        tokvec_table_close(sums);
        tokvec_table_close(positions);
        id_list_free(&list);
        id_list_free(&numbers);
        sequences_free(&s);
    }
    free(position);
}

static tokvec_dtype sum_dtype(tokvec_dtype a, tokvec_dtype b, tokvec_error *err)
{
    id_list list = {0};
    sequences s = {.limit = 1};
    memory_table x = memory_table_of(token_values, 1, 4), y = memory_table_of(token_values, 1, 4);
    x.base.dtype = a;
    y.base.dtype = b;
    const position_spec spec = {
        .tokens = &x.base, .positions = &y.base, .list = &list, .sequences = &s};
    tokvec_table *sums = position_table(&spec, err);
    tokvec_dtype dtype = sums == NULL ? TOKVEC_NO_DTYPE : tokvec_table_dtype(sums);
    tokvec_table_close(sums);
    return dtype;
}

static void dtypes_are_promoted_as_pytorch_does(void **state)
{
    (void)state;
    static const tokvec_dtype d[] = {TOKVEC_FLOAT16, TOKVEC_BFLOAT16, TOKVEC_FLOAT32,
                                     TOKVEC_FLOAT64};
    static const tokvec_dtype wanted[4][4] = {
        {TOKVEC_FLOAT16, TOKVEC_FLOAT32, TOKVEC_FLOAT32, TOKVEC_FLOAT64},
        {TOKVEC_FLOAT32, TOKVEC_BFLOAT16, TOKVEC_FLOAT32, TOKVEC_FLOAT64},
        {TOKVEC_FLOAT32, TOKVEC_FLOAT32, TOKVEC_FLOAT32, TOKVEC_FLOAT64},
        {TOKVEC_FLOAT64, TOKVEC_FLOAT64, TOKVEC_FLOAT64, TOKVEC_FLOAT64},
    };
    tokvec_error err;
    for (size_t i = 0; i < 4; i++) {
        for (size_t j = 0; j < 4; j++)
            assert_int_equal(sum_dtype(d[i], d[j], &err), wanted[i][j]);
    }
    assert_int_equal(sum_dtype(TOKVEC_INT8, TOKVEC_FLOAT32, &err), TOKVEC_NO_DTYPE);
    assert_int_equal(err.code, TOKVEC_UNSUPPORTED);
    assert_int_equal(sum_dtype(TOKVEC_FLOAT32, TOKVEC_FLOAT8_E5M2, &err), TOKVEC_NO_DTYPE);
    assert_int_equal(err.code, TOKVEC_UNSUPPORTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions_begin_anew_where_a_sequence_does),
        cmocka_unit_test(no_position_is_left_where_the_first_is_past_the_last),
        cmocka_unit_test(innermost_lists_are_sequences_or_else_all_is_one),
        cmocka_unit_test(a_position_too_many_is_told_with_its_place),
        cmocka_unit_test(numbers_beside_lists_are_refused),
        cmocka_unit_test(sinusoidal_rows_are_those_of_the_definition),
        cmocka_unit_test(sums_are_those_of_the_rows_whichever_are_kept),
        cmocka_unit_test(dtypes_are_promoted_as_pytorch_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
