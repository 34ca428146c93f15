/* test_hints.c - tests of cli/hints: advice for users of the program, by the error's kind.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "cli/hints.h"

static void an_error_of_no_kind_keeps_its_hint(void **state)
{
    (void)state;
    tokvec_error err = {.kind = TOKVEC_KIND_OWN_DTYPE};
    error_set(&err, TOKVEC_BAD_FILE, "bad");
    error_hint(&err, "fetch it again");
    hints_add(&err);
    assert_string_equal(err.hint, "fetch it again");
}

static void every_kind_has_advice_of_the_command_line(void **state)
{
    (void)state;
    for (int kind = TOKVEC_KIND_NONE + 1; kind <= TOKVEC_KIND_OWN_DTYPE; kind++) {
        tokvec_error err;
        error_set(&err, TOKVEC_BAD_FILE, "bad");
        error_hint(&err, "100%% %s", "own");
        error_kind(&err, (tokvec_error_kind)kind);
        hints_add(&err);
        assert_true(strstr(err.hint, "tokvec") != NULL || strchr(err.hint, '-') != NULL);
        assert_null(strstr(err.hint, "%s"));
        assert_string_equal(err.what, "bad");
    }
}

static void the_own_hint_stands_in_its_place(void **state)
{
    (void)state;
    tokvec_error err;
    error_set(&err, TOKVEC_NOT_FOUND, "2 tensors may be the token embedding");
    error_kind(&err, TOKVEC_KIND_WHICH_TENSOR);
    error_hint(&err, "'a%%s', 'b'");
    hints_add(&err);
    assert_string_equal(err.hint, "name one with -t: 'a%s', 'b'; tokvec list shows all");
}

static void bare_values_are_told_as_options(void **state)
{
    (void)state;
    tokvec_error err;
    error_set(&err, TOKVEC_UNSUPPORTED, "bad");
    error_kind(&err, TOKVEC_KIND_BARE_VALUES);
    error_hint(&err, "read its bare values as dtype float32, dim 4, offset 8");
    hints_add(&err);
    assert_string_equal(err.hint, "read its bare values as --dtype float32 --dim 4 --offset 8");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_of_no_kind_keeps_its_hint),
        cmocka_unit_test(every_kind_has_advice_of_the_command_line),
        cmocka_unit_test(the_own_hint_stands_in_its_place),
        cmocka_unit_test(bare_values_are_told_as_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
