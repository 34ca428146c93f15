/* test_base.c - tests of base/error, base/array, base/nearest, base/bytes.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include <errno.h>

#include "base/array.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/nearest.h"

static void an_error_is_one_line_of_three_parts(void **state)
{
    (void)state;
    tokvec_error error;
    char text[sizeof error];
    assert_false(error_set(&error, TOKVEC_BAD_FILE, "bad '%s'", "a\nb\x7f"));
    assert_string_equal(tokvec_error_text(&error, text, sizeof text), "bad 'a?b?'");
    error_where(&error, "file, byte %d", 7);
    assert_string_equal(tokvec_error_text(&error, text, sizeof text), "bad 'a?b?' (file, byte 7)");
    error_hint(&error, "fetch it again");
    assert_string_equal(tokvec_error_text(&error, text, sizeof text),
                        "bad 'a?b?' (file, byte 7); fetch it again");
    assert_int_equal(error.code, TOKVEC_BAD_FILE);
    char small[12];
    assert_string_equal(tokvec_error_text(&error, small, sizeof small), "bad 'a?b?' ");
    error_set(&error, TOKVEC_BAD_ID, "next"); /* nothing of the one before is left */
    assert_string_equal(tokvec_error_text(&error, text, sizeof text), "next");
}

static void an_error_is_not_wanted(void **state)
{
    (void)state;
    assert_false(error_set(NULL, TOKVEC_BAD_FILE, "x"));
    assert_false(error_where(NULL, "x"));
    assert_false(error_hint(NULL, "x"));
    assert_false(error_no_memory(NULL, 1));
    assert_false(error_system(NULL, ENOENT, "open", "x"));
}

static void a_long_error_is_cut_between_characters(void **state)
{
    (void)state;
    tokvec_error error;
    char name[2001];
    for (size_t shift = 0; shift < 2; shift++) {
        memset(name, 'x', shift);
        for (size_t i = shift; i + 2 < sizeof name; i += 2)
            memcpy(name + i, "\xc3\xa9", 2);
        name[1999 + shift - 1] = '\0';
        error_set(&error, TOKVEC_BAD_FILE, "%s", name);
        size_t length = strlen(error.what);
        assert_true(length < sizeof error.what && length >= sizeof error.what - 5);
        assert_string_equal(error.what + length - 3, "...");
        assert_int_equal((length - 3 - shift) % 2, 0); /* whole characters before the points */
    }
}

static void system_errors_say_what_to_do(void **state)
{
    (void)state;
    tokvec_error error;
    error_system(&error, ENOENT, "open", "model");
    assert_int_equal(error.code, TOKVEC_SYSTEM);
    assert_string_equal(error.what, "cannot open: No such file or directory");
    assert_string_equal(error.where, "model");
    assert_string_equal(error.hint, "check the name");
    error_system(&error, ENOSPC, "write", "out");
    assert_string_equal(error.hint, "make room and try again");
}

static void an_array_grows_and_keeps_its_items(void **state)
{
    (void)state;
    uint32_t *items = NULL;
    size_t capacity = 0, growths = 0;
    for (uint32_t i = 0; i < 100000; i++) {
        size_t before = capacity;
        assert_true(array_reserve(&items, &capacity, i + 1, sizeof *items, NULL));
        growths += capacity != before;
        items[i] = i * 7;
    }
    for (uint32_t i = 0; i < 100000; i++)
        assert_int_equal(items[i], i * 7);
    assert_true(growths < 40);
    tokvec_error error;
    assert_false(array_reserve(&items, &capacity, SIZE_MAX / 2, sizeof *items, &error));
    assert_int_equal(error.code, TOKVEC_NO_MEMORY);
    assert_int_equal(items[99999], 99999 * 7); /* as it was */
    free(items);
}

static void sums_and_products_do_not_wrap(void **state)
{
    (void)state;
    uint64_t out;
    assert_true(add_u64(UINT64_MAX - 1, 1, &out) && out == UINT64_MAX);
    assert_false(add_u64(UINT64_MAX, 1, &out));
    assert_true(mul_u64(UINT32_MAX, UINT32_MAX, &out) && out == 0xfffffffe00000001u);
    assert_false(mul_u64(UINT64_C(1) << 32, UINT64_C(1) << 32, &out));
    const uint8_t bytes[9] = {0xff, 1, 2, 3, 4, 5, 6, 7, 8}; /* from an odd address */
    assert_int_equal(load_le16(bytes + 1), 0x0201);
    assert_int_equal(load_le32(bytes + 1), 0x04030201);
    assert_int_equal(load_le64(bytes + 1), 0x0807060504030201);
}

static void distances_count_slips(void **state)
{
    (void)state;
    assert_int_equal(nearest_distance("", ""), 0);
    assert_int_equal(nearest_distance("", "abc"), 3);
    assert_int_equal(nearest_distance("weights", "weights"), 0);
    assert_int_equal(nearest_distance("weigths", "weights"), 1); /* neighbours swapped */
    assert_int_equal(nearest_distance("wights", "weights"), 1);
    assert_int_equal(nearest_distance("weeights", "weights"), 1);
    assert_int_equal(nearest_distance("weighrs", "weights"), 1);
    assert_int_equal(nearest_distance("seed", "dim"), 4);
    char longer[65];
    memset(longer, 'a', 64);
    longer[64] = '\0';
    assert_true(nearest_distance(longer, longer) == SIZE_MAX);
    longer[63] = '\0';
    assert_int_equal(nearest_distance(longer, longer), 0);
    assert_int_equal(nearest_distance(longer, ""), 63);
}

static void only_what_is_near_is_suggested(void **state)
{
    (void)state;
    nearest search = nearest_to("presision");
    nearest_offer(&search, "profile");
    assert_null(search.best);
    nearest_offer(&search, "precision");
    nearest_offer(&search, "input");
    assert_string_equal(search.best, "precision");
    search = nearest_to("xyz");
    nearest_offer(&search, "abc");
    assert_null(search.best);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_is_one_line_of_three_parts),
        cmocka_unit_test(an_error_is_not_wanted),
        cmocka_unit_test(a_long_error_is_cut_between_characters),
        cmocka_unit_test(system_errors_say_what_to_do),
        cmocka_unit_test(an_array_grows_and_keeps_its_items),
        cmocka_unit_test(sums_and_products_do_not_wrap),
        cmocka_unit_test(distances_count_slips),
        cmocka_unit_test(only_what_is_near_is_suggested),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
