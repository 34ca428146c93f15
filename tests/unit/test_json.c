/* test_json.c - tests of base/json.
 * What RFC 8259 allows and what not, at which byte, and what of it cJSON then holds.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "text/json.h"

static bool accepts(const char *text, int flags)
{
    json_fault fault = {.what = NULL, .offset = 0};
    cJSON *json = json_parse(text, strlen(text), flags, &fault, NULL);
    assert_true(json != NULL || fault.what != NULL);
    json_free(json);
    return json != NULL;
}

static void good_texts_are_read(void **state)
{
    (void)state;
    static const char *const good[] = {
        "{}",
        "[]",
        "null",
        "true",
        "0",
        "-0",
        "-1.5e-7",
        "1E+2",
        " \t\r\n1 \n",
        "\"\"",
        "[[],{},[{}]]",
        "{\"a\":{\"b\":[1,2,{\"c\":null}]}}",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\ud83d\\ude00\"",
        "\"\xf0\x9f\x98\x80\"",
        "\"\x7f\"",
        "1e308",
        "{\"a\":1,\"a\":2}",
    };
    for (size_t i = 0; i < COUNT(good); i++) {
        if (!accepts(good[i], 0))
            fail_msg("refused: %s", good[i]);
    }
}

static void bad_texts_are_refused_where_they_go_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t offset;
    } bad[] = {
        {"", 0},
        {" ", 1},
        {"{", 1},
        {"[1,]", 3},
        {"{\"a\":1,}", 7},
        {"{\"a\" 1}", 5},
        {"{a:1}", 1},
        {"{\"a\":}", 5},
        {"[1 2]", 3},
        {"[1}", 2},
        {"]", 0},
        {"1 2", 2},
        {"{} x", 3},
        {"nul", 0},
        {"True", 0},
        {"NaN", 0},
        {"Infinity", 0},
        {"01", 0},
        {"+1", 0},
        {".5", 0},
        {"1.", 0},
        {"1e", 0},
        {"-", 0},
        {"--1", 0},
        {"0x10", 1},
        {"1e999", 0},
        {"'a'", 0},
        {"\"a", 0},
        {"\"\\x\"", 1},
        {"\"\\u12\"", 1},
        {"\"\\ud800\"", 1},
        {"\"\\udc00\"", 1},
        {"\"\\ud800\\u0041\"", 1},
        {"\"\n\"", 1},
        {"\"\x80\"", 1},
        {"\"\xc0\x80\"", 1},
        {"\"\xc3\"", 1},
        {"\"\xed\xa0\x80\"", 1},
        {"\"\xf4\x90\x80\x80\"", 1},
        {"\"\xe0\x80\x80\"", 1},
        {"\xef\xbb\xbf{}", 0},
        {"/**/1", 0},
        {"[1]//", 3},
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        json_fault fault = {.what = NULL, .offset = SIZE_MAX};
        cJSON *json = json_parse(bad[i].text, strlen(bad[i].text), 0, &fault, NULL);
        if (json != NULL || fault.what == NULL || fault.offset != bad[i].offset)
            fail_msg("%s: at %zu, %s", bad[i].text, fault.offset, fault.what);
    }
    json_fault fault;
    assert_null(json_parse("{}\0", 3, 0, &fault, NULL)); /* zero bytes are not padding */
    assert_int_equal(fault.offset, 2);
}

static void nesting_has_a_bound(void **state)
{
    (void)state;
    static char text[2 * 100000 + 1];
    for (size_t depth = JSON_MAX_DEPTH; depth <= JSON_MAX_DEPTH + 1; depth++) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        text[2 * depth] = '\0';
        assert_int_equal(accepts(text, 0), depth == JSON_MAX_DEPTH);
    }
    memset(text, '[', sizeof text - 1);
    assert_false(accepts(text, 0));
}

static void unsigned_integers_are_exact(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value; /* -1: refused */
    } cases[] = {
        {"0", 0},
        {"9007199254740992", 9007199254740992.0},
        {"9007199254740993", -1},
        {"10000000000000000", -1},
        {"-0", -1},
        {"-1", -1},
        {"1.0", -1},
        {"1e0", -1},
        {"18446744073709551616", -1},
        {"4294967296", 4294967296.0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        json_fault fault;
        cJSON *json =
            json_parse(cases[i].text, strlen(cases[i].text), JSON_UNSIGNED_ONLY, &fault, NULL);
        assert_int_equal(json != NULL, cases[i].value >= 0);
        if (json != NULL)
            assert_true(json->valuedouble == cases[i].value);
        json_free(json);
    }
}

static void a_nul_is_kept_in_strings(void **state)
{
    (void)state;
    const char text[] = "{\"a\\u0000b\": \"\\u0000\\\\u0000\"}";
    json_fault fault;
    cJSON *json = json_parse(text, strlen(text), 0, &fault, NULL);
    assert_non_null(json);
    assert_string_equal(json->child->string, "a\xc0\x80"
                                             "b");
    assert_string_equal(json->child->valuestring, "\xc0\x80\\u0000");
    json_free(json);
}

static void escapes_are_undone(void **state)
{
    (void)state;
    const char text[] = "\"\\u00e9\\ud83d\\ude00\\n\\/\"";
    json_fault fault;
    cJSON *json = json_parse(text, strlen(text), 0, &fault, NULL);
    assert_non_null(json);
    assert_string_equal(json->valuestring, "\xc3\xa9\xf0\x9f\x98\x80\n/");
    json_free(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_texts_are_read),
        cmocka_unit_test(bad_texts_are_refused_where_they_go_wrong),
        cmocka_unit_test(nesting_has_a_bound),
        cmocka_unit_test(unsigned_integers_are_exact),
        cmocka_unit_test(a_nul_is_kept_in_strings),
        cmocka_unit_test(escapes_are_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
