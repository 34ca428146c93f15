/* test_pattern.c - unit tests of regular expressions.
 * SPDX-License-Identifier: MIT */
#include "text/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool matches(const char *text, tokvec_text token)
{
    tokvec_error err;
    pattern *p = pattern_open(text, &err);
    if (p == NULL)
        fail_msg("%s: %s", text, err.what);
    bool found = false;
    assert_true(pattern_matches(p, token, &found, &err));
    pattern_close(p);
    return found;
}

static bool matches_text(const char *text, const char *token)
{
    return matches(text, (tokvec_text){token, strlen(token)});
}

static void test_matches(void **state)
{
    (void)state;
    assert_true(matches_text("", ""));
    assert_true(matches_text("", "any"));
    assert_true(matches_text("b", "abc"));
    assert_false(matches_text("^b", "abc"));
    assert_true(matches_text("^(ab|cd)+$", "abcdab"));
    assert_false(matches_text("^(ab|cd)+$", "abcda"));
    assert_true(matches_text("^[]x]{2,3}$", "]x]"));
    assert_true(matches_text("^[[:upper:]][^[:digit:]]", "Ab"));
    assert_true(matches_text("\\.$", "a."));
    assert_true(matches_text("a{2}b{,3}", "aa"));
}

/* Characters are those of UTF-8, whatever LANG says; other bytes are none, and do no harm. */
static void test_characters(void **state)
{
    (void)state;
    assert_true(matches_text("^..$", "\xe6\x97\xa5\xe6\x9c\xac"));
    assert_true(matches_text("^[\xc3\xa0\xc3\xa9]$", "\xc3\xa9"));
    assert_true(matches_text("^[[:alpha:]]$", "\xc3\xa9"));
    assert_false(matches_text("^.$", "\xff"));
    assert_true(matches_text("b$", "\xff\xc3"
                                   "b"));
    assert_true(matches("b$", (tokvec_text){"a\0b", 3}));
    assert_false(matches("^a$", (tokvec_text){"a\0", 2}));
    assert_false(matches("b", (tokvec_text){"ab", 1}));
    assert_true(matches("^$", (tokvec_text){"x", 0}));
}

static void test_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "(",
        ")(",
        "[",
        "[z-a]",
        "*",
        "a{2",
        "a{3,2}",
        "[[:none:]]",
        "(a)\\1",
        "((a))\\2b",
        "(a{1,255}){1,255}",
        "a{100}{100}",
        "(((a{50}){50}){50}){50}",
        "(a|b){1,30000}",
        "[abc]{2001}",
        "\\",
        "(()a{1000}b{1000}c)",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        tokvec_error err;
        pattern *p = pattern_open(texts[i], &err);
        if (p != NULL && strcmp(texts[i], ")(") != 0)
            fail_msg("%s: taken", texts[i]);
        pattern_close(p);
    }
    pattern_close(NULL);
}

/* Nesting is as deep as the longest text that is taken. */
static void test_lengths(void **state)
{
    (void)state;
    enum { LONGEST = 1000 };
    tokvec_error err;
    char text[LONGEST + 2];
    memset(text, '(', LONGEST / 2);
    memset(text + LONGEST / 2, ')', LONGEST / 2);
    text[LONGEST] = '\0';
    pattern *p = pattern_open(text, &err);
    assert_non_null(p);
    pattern_close(p);
    memset(text, '(', LONGEST);
    assert_null(pattern_open(text, &err));
    memset(text, 'a', LONGEST + 1);
    text[LONGEST + 1] = '\0';
    assert_null(pattern_open(text, &err));
    assert_non_null(strstr(err.what, "longer than 1000 bytes"));
}

/* Nothing need stand behind a text, be it the first or a longer one. */
static void test_bounds(void **state)
{
    (void)state;
    static const char *const texts[] = {"b", "ab", "", "a much longer text that ends in b"};
    tokvec_error err;
    pattern *p = pattern_open("b$", &err);
    assert_non_null(p);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t length = strlen(texts[i]);
        char *bytes = malloc(length > 0 ? length : 1);
        assert_non_null(bytes);
        memcpy(bytes, texts[i], length);
        bool found = false;
        assert_true(pattern_matches(p, (tokvec_text){bytes, length}, &found, &err));
        assert_int_equal(found, length > 0);
        free(bytes);
    }
    pattern_close(p);
}

/* Whether a text of a million letters matches, with that before and behind them. */
static bool matches_long(const char *text, const char *before, const char *behind)
{
    enum { LETTERS = 1000000 };
    size_t first = strlen(before), last = strlen(behind);
    char *bytes = malloc(first + LETTERS + last);
    assert_non_null(bytes);
    memcpy(bytes, before, first);
    memset(bytes + first, 'a', LETTERS);
    memcpy(bytes + first + LETTERS, behind, last);
    bool found = matches(text, (tokvec_text){bytes, first + LETTERS + last});
    free(bytes);
    return found;
}

/* Long texts match as short ones do, and it does not take the square of their length. */
static void test_long_texts(void **state)
{
    (void)state;
    assert_false(matches_long("[a-z]+x", "", ""));
    assert_true(matches_long("[a-z]+x", "", "x"));
    assert_false(matches_long("([[:alpha:]]+)+x$", "", "xy"));
    assert_true(matches_long("^b", "b", ""));
    assert_false(matches_long("^b", "\nb", "\nb"));
    assert_false(matches_long("b$", "b", "b\n"));
    assert_true(matches_long("a\n.$", "", "\nb"));
    assert_true(matches_long("a[[:space:]]b$", "", "\nb"));
    assert_true(matches_long("a.b$", "",
                             "\xc3\xa9"
                             "b"));
    assert_false(matches_long("a.b", "",
                              "\xff"
                              "b"));
    assert_false(matches_long("^b|a$",
                              "\xff"
                              "b",
                              "\xff"));
    assert_true(matches_long("^b$|$", "\xff", "\xff"));
    assert_true(matches_long(")|x", "", ")"));
    assert_false(matches_long(")|x", "", ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_matches), cmocka_unit_test(test_characters),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_bounds),  cmocka_unit_test(test_long_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
