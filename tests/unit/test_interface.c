/* test_interface.c - tests of what the public header promises of versions, errors and files.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

/* What is said of a file must fit together. */
static void test_file_spec(void **state)
{
    (void)state;
    tokvec_error error;
    const tokvec_file_spec bad[] = {
        {.raw = true, .dtype = TOKVEC_FLOAT32},              /* without a dim */
        {.raw = true, .dim = 3},                             /* without a dtype */
        {.dim = 3},                                          /* not raw */
        {.offset = 3},                                       /* not raw */
        {.raw = true, .dtype = TOKVEC_FLOAT32, .dim = 1000}, /* not whole rows */
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_null(tokvec_weights_open_as(TESTS_DATA "/words/three.vec", &bad[i], &error));
        assert_int_equal(error.code, i < 4 ? TOKVEC_BAD_ARGUMENT : TOKVEC_BAD_FILE);
    }
    tokvec_weights *weights = tokvec_weights_open(TESTS_DATA "/words/three.vec", NULL);
    assert_non_null(weights);
    assert_null(tokvec_weights_find(weights, NULL, &error));
    assert_int_equal(error.code, TOKVEC_BAD_ARGUMENT);
    tokvec_vocab *vocab = NULL, *again;
    assert_true(tokvec_weights_vocab(weights, &vocab, &error));
    assert_non_null(vocab);
    assert_true(tokvec_weights_vocab(weights, &again, &error));
    assert_ptr_equal(vocab, again);
    tokvec_weights_close(weights);
    weights = tokvec_weights_open(TESTS_DATA "/npy/f4.npy", NULL);
    assert_true(tokvec_weights_vocab(weights, &vocab, &error));
    assert_null(vocab); /* it has none, which is no error */
    tokvec_weights_close(weights);
}

static void test_version(void **state)
{
    (void)state;
    char text[64];
    snprintf(text, sizeof text, "%d.%d.%d", TOKVEC_VERSION_MAJOR, TOKVEC_VERSION_MINOR,
             TOKVEC_VERSION_PATCH);
    assert_string_equal(tokvec_version(), text);
    assert_string_equal(tokvec_version(), PROJECT_VERSION);
    assert_int_equal(TOKVEC_VERSION_NUMBER, TOKVEC_VERSION_MAJOR * 10000 +
                                                TOKVEC_VERSION_MINOR * 100 + TOKVEC_VERSION_PATCH);
}

/* The longest error fits into the text of the size that the header names. */
static void test_error_text(void **state)
{
    (void)state;
    tokvec_error error = {.code = TOKVEC_BAD_FILE};
    memset(error.what, 'a', TOKVEC_WHAT_SIZE - 1);
    memset(error.where, 'b', TOKVEC_WHERE_SIZE - 1);
    memset(error.hint, 'c', TOKVEC_HINT_SIZE - 1);
    char text[TOKVEC_ERROR_TEXT_SIZE], shorter[10];
    size_t length = strlen(tokvec_error_text(&error, text, sizeof text));
    assert_int_equal(length, TOKVEC_WHAT_SIZE + TOKVEC_WHERE_SIZE + TOKVEC_HINT_SIZE - 3 + 5);
    assert_true(length < sizeof text);
    assert_string_equal(tokvec_error_text(&error, shorter, sizeof shorter), "aaaaaaaaa");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_file_spec),
        cmocka_unit_test(test_version),
        cmocka_unit_test(test_error_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
