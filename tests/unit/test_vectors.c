/* test_vectors.c - unit tests of query vectors out of text.
 * SPDX-License-Identifier: MIT */
#include "ids/vectors.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static vectors_parser p;

static bool parse(uint64_t dim, const char *text, tokvec_error *err)
{
    vectors_free(&p);
    p.dim = dim;
    p.source = "text";
    return vectors_parse(&p, text, strlen(text), err) && vectors_parse_end(&p, err);
}

static void expect_values(uint64_t count, const double *values)
{
    assert_int_equal(p.count, count);
    for (uint64_t i = 0; i < count * p.dim; i++)
        assert_true(p.values[i] == values[i]);
}

static void test_forms(void **state)
{
    (void)state;
    static const double values[] = {1, 2, 3, -0.5, 0.25, 1e10};
    static const char *const texts[] = {
        "1 2 3\n-0.5 .25 1e10\n",
        "1,2,3\r\n-0.5,0.25,10000000000",
        "\n\n1\t2, 3,\n\n  -0.5,0.25 +1E+10  \n\n",
        "[1, 2, 3]\n[-0.5, 0.25, 1e10]\n",
        "[1 2\n 3] [-0.5 0.25 1e10]",
        "[[1, 2, 3], [-0.5, 0.25, 1e10]]",
        "[\n  [\n    1,\n    2,\n    3\n  ],\n  [\n    -0.5,\n    0.25,\n    1e10\n  ]\n]\n",
        "[[[1, 2, 3]], [[-0.5, 0.25, 1e10]]]",
        "{\"id\": 7, \"vector\": [1, 2, 3]}\n{\"vector\": [-0.5, 0.25, 1e10], \"more\": {\"}\": "
        "[1]}}\n",
        "[{\"embedding\": [1, 2, 3]}, {\"embedding\": [-0.5, 0.25, 1e10]}]",
        "1 2 3\n[-0.5, 0.25, 1e10]",
        "\xef\xbb\xbf"
        "1 2 3\n-0.5 0.25 1e10",
        "\xef\xbb\xbf[[1, 2, 3], [-0.5, 0.25, 1e10]]",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        tokvec_error err;
        if (!parse(3, texts[i], &err))
            fail_msg("%s: %s", texts[i], err.what);
        expect_values(2, values);
    }
}

static void test_no_vectors(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "\n", " \t\r\n", "\xef\xbb\xbf"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_true(parse(3, texts[i], NULL));
        assert_int_equal(p.count, 0);
    }
}

/* Short numbers are the float32 that they print; a vector with a longer one is of float64. */
static void test_precision(void **state)
{
    (void)state;
    assert_true(parse(2, "0.1 0.125\n0.1 0.1234567890123\n000.100000000000 1e-30", NULL));
    const double values[] = {(double)0.1f,    0.125,        0.1,
                             0.1234567890123, (double)0.1f, (double)1e-30f};
    expect_values(3, values);
    assert_true(parse(2, "1e300 0.1\n0.3 16777217", NULL));
    const double large[] = {1e300, 0.1, (double)0.3f, 16777216};
    expect_values(2, large);
    vectors_free(&p);
    p = (vectors_parser){.dim = 1, .only_float64 = true, .source = "text"};
    assert_true(vectors_parse(&p, "0.1\n", 4, NULL) && vectors_parse_end(&p, NULL));
    assert_true(p.values[0] == 0.1);
}

static void test_labels(void **state)
{
    (void)state;
    assert_true(parse(1,
                      "{\"token\": \"c\\u00e4t\", \"vector\": [1], \"id\": 7}\n5\n"
                      "{\"id\": null, \"token\": null, \"vector\": [2]}"
                      "{\"id\": \"x\", \"token\": \"\", \"vector\": [3]}",
                      NULL));
    assert_int_equal(p.count, 4);
    assert_true(p.labels[0].has_id && p.labels[0].has_token);
    assert_int_equal(p.labels[0].id, 7);
    assert_int_equal(p.labels[0].length, 4);
    assert_memory_equal(p.texts + p.labels[0].token, "c\xc3\xa4t", 4);
    assert_false(p.labels[1].has_id || p.labels[1].has_token);
    assert_false(p.labels[2].has_id || p.labels[2].has_token);
    assert_true(!p.labels[3].has_id && p.labels[3].has_token && p.labels[3].length == 0);
}

/* What is wrong is told with its place, and what came before it is complete. */
static void test_mistakes(void **state)
{
    (void)state;
    static const struct {
        const char *text, *what, *where;
        uint64_t count;
    } cases[] = {
        {"1 2\n1 2 3\n", "the vector has more than 2 numbers", "text, line 2, column 1", 1},
        {"1 2\n 1\n", "the vector has 1 number, but the table has 2 columns",
         "text, line 2, column 2", 1},
        {"[[1, 2], [3]]", "the vector has 1 number,", "text, line 1, column 10", 1},
        {"[]", "the vector has 0 numbers", "text, line 1, column 1", 0},
        {"{\"vector\": [1, 2, 3]}", "the vector has more than 2", "text, line 1, column 1", 0},
        {"1 nan", "'nan' is not finite", "text, line 1, column 3", 0},
        {"1 1e999", "'1e999' is not finite", "text, line 1, column 3", 0},
        {"[1,\n null]", "'null' is not a number", "text, line 2, column 2", 0},
        {"{\"vector\": [1,\n  null]}", "'null' is not a number", "text, line 2, column 3", 0},
        {"{\"vector\": [1, NaN]}", "NaN and Infinity are not valid JSON", "text, line 1, column 16",
         0},
        {"1 2x", "'2x' is not a number", "text, line 1, column 3", 0},
        {"1 0x10", "'0x10' is not a number", "text, line 1, column 3", 0},
        {"1,,2", "there is nothing before a comma", "text, line 1, column 3", 0},
        {"[1, 2] 3", "'3' is beside a list", "text, line 1, column 8", 1},
        {"1 [2]", "a list is beside a number", "text, line 1, column 3", 0},
        {"[1, [2]]", "a list is beside a number", "text, line 1, column 5", 0},
        {"[1, {\"vector\": [2]}]", "a list is beside a number", "text, line 1, column 5", 0},
        {"[[1, 2], [3, 4]", "the input ends inside '['", "text, line 1, column 10", 2},
        {"{\"vector\": [1, 2]", "the input ends inside '{'", "text, line 1, column 1", 0},
        {"1 2]", "']' has no matching '['", "text, line 1, column 4", 0},
        {"1 2}", "'}' has no matching '{'", "text, line 1, column 4", 0},
        {"{\"vectors\": [1, 2]}", "the object has no vector", "text, line 1, column 1", 0},
        {"{\"vector\": [1], \"vector\": [2]}", "the object has two vectors", "", 0},
        {"{\"vector\": [[1, 2]]}", "'[1, 2]' is not a number", "", 0},
        {"{\"vector\": 1}", "expected a list", "text, line 1, column 12", 0},
        {"{1}", "expected a member's name", "text, line 1, column 2", 0},
        {"\xff\xfe"
         "1",
         "is not a number", "", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tokvec_error err;
        if (parse(2, cases[i].text, &err))
            fail_msg("%s: taken", cases[i].text);
        if (strstr(err.what, cases[i].what) == NULL)
            fail_msg("%s: %s", cases[i].text, err.what);
        if (*cases[i].where != '\0')
            assert_string_equal(err.where, cases[i].where);
        assert_int_equal(p.count, cases[i].count);
    }
}

static void repeat(char *out, char c, size_t n)
{
    memset(out, c, n);
    out[n] = '\0';
}

/* Nothing that a text has without end takes memory without end. */
static void test_bounds(void **state)
{
    (void)state;
    enum { LONG = 1 << 21 };
    tokvec_error err;
    char *text = malloc(LONG + 1);
    assert_non_null(text);
    repeat(text, '[', VECTORS_MAX_DEPTH + 1);
    assert_false(parse(2, text, &err));
    assert_string_equal(err.what, "the lists are nested too deeply");
    repeat(text, '1', LONG);
    assert_false(parse(2, text, &err));
    assert_non_null(strstr(err.what, "is too long for a number"));
    repeat(text, '{', LONG);
    assert_false(parse(2, text, &err));
    assert_string_equal(err.what, "the object is too long for one vector");
    free(text);
}

/* A vector may be cut by the end of a piece, with complete ones before it that are taken away. */
static void test_pieces(void **state)
{
    (void)state;
    static const char first[] = "1 2\n3", second[] = " 4\n[5", third[] = ", 6]";
    vectors_free(&p);
    p.dim = 2;
    p.source = "text";
    assert_true(vectors_parse(&p, first, strlen(first), NULL));
    expect_values(1, (const double[]){1, 2});
    vectors_clear(&p);
    assert_true(vectors_parse(&p, second, strlen(second), NULL));
    expect_values(1, (const double[]){3, 4});
    vectors_clear(&p);
    assert_true(vectors_parse(&p, third, strlen(third), NULL) && vectors_parse_end(&p, NULL));
    expect_values(1, (const double[]){5, 6});
}

static int end(void **state)
{
    (void)state;
    vectors_free(&p);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),     cmocka_unit_test(test_no_vectors),
        cmocka_unit_test(test_precision), cmocka_unit_test(test_labels),
        cmocka_unit_test(test_mistakes),  cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, end);
}
