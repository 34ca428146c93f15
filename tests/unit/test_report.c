/* test_report.c - tests of print/report: the same lines in every format.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include <math.h>

#include "print/report.h"

static const char *const members[] = {"row", "token", NULL};
static const report_field fields[] = {
    {.name = "id", .flags = REPORT_RIGHT},
    {.name = "token"},
    {.name = "score", .flags = REPORT_RIGHT},
    {.name = "first", .members = members},
    {.name = "ids"},
    {.name = "chosen", .flags = REPORT_MARK},
    {.name = "hidden", .flags = REPORT_NO_TEXT | REPORT_NO_TABLE},
};
enum { FIELDS = sizeof fields / sizeof *fields };

/* What a report of n lines, the first of which are `lines`, makes; to be freed. */
static char *printed(report_spec spec, const report_value (*lines)[FIELDS], size_t n,
                     uint64_t *nulls)
{
    sink out;
    spec.fields = fields;
    spec.field_count = FIELDS;
    assert_true(sink_open_memory(&out, NULL));
    report *r = report_open(&spec, &out, NULL);
    assert_non_null(r);
    for (size_t i = 0; i < n; i++)
        assert_true(report_line(r, lines[i], NULL));
    assert_true(report_end(r, nulls, NULL));
    report_close(r);
    sink_char(&out, '\0');
    return out.buffer;
}

static void expect(report_spec spec, const report_value (*lines)[FIELDS], size_t n,
                   const char *expected)
{
    char *text = printed(spec, lines, n, NULL);
    assert_string_equal(text, expected);
    free(text);
}

static const int64_t ids[] = {1, -2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

/* A line of everything, and one of nothing. */
static void fill(report_value (*lines)[FIELDS], report_value *object)
{
    object[0] = report_natural(3);
    object[1] = report_text_of("a,b");
    const report_value full[FIELDS] = {
        report_integer(-7),       report_bytes((tokvec_text){" \t\0\"", 4}),
        report_real(0.1),         report_values(object, 2),
        report_integers(ids, 11), report_truth(true),
        report_real32(0.1F),
    };
    const report_value empty[FIELDS] = {
        report_natural(UINT64_MAX),
        report_null(),
        report_real((double)NAN),
        report_null(),
        report_integers(NULL, 0),
        report_truth(false),
        report_null(),
    };
    memcpy(lines[0], full, sizeof full);
    memcpy(lines[1], empty, sizeof empty);
}

static void formats_agree(void **state)
{
    (void)state;
    report_value lines[2][FIELDS], object[2];
    fill(lines, object);
    const report_value(*given)[FIELDS] = (const report_value(*)[FIELDS])lines;
    expect((report_spec){.format = &report_json}, given, 2,
           "[\n  {\"id\": -7, \"token\": \" \\t\\u0000\\\"\", \"score\": 0.1, "
           "\"first\": {\"row\": 3, \"token\": \"a,b\"}, "
           "\"ids\": [1, -2, 3, 4, 5, 6, 7, 8, 9, 10, 11], \"chosen\": true, \"hidden\": 0.1},\n"
           "  {\"id\": 18446744073709551615, \"token\": null, \"score\": null, \"first\": null, "
           "\"ids\": [], \"chosen\": false, \"hidden\": null}\n]\n");
    expect((report_spec){.format = &report_jsonl}, given + 1, 1,
           "{\"id\": 18446744073709551615, \"token\": null, \"score\": null, \"first\": null, "
           "\"ids\": [], \"chosen\": false, \"hidden\": null}\n");
    expect((report_spec){.format = &report_tsv}, given, 2,
           "id\ttoken\tscore\tfirst_row\tfirst_token\tids\tchosen\n"
           "-7\t \\t\\x00\"\t0.1\t3\ta,b\t[1, -2, 3, 4, 5, 6, 7, 8, 9, 10, 11]\ttrue\n"
           "18446744073709551615\t\tnan\t\t\t[]\tfalse\n");
    expect((report_spec){.format = &report_csv, .no_header = true}, given + 1, 1,
           "18446744073709551615,,nan,,,[],false\n");
    expect((report_spec){.format = &report_text}, given, 2,
           "                    ID  TOKEN       SCORE  FIRST             IDS"
           "\n"
           "*                   -7  \" \\t\\x00\"\"    0.1  row 3, token a,b  "
           "[1, -2, 3, 4, 5, 6, 7, 8, 9, 10, ... 11 in all]\n"
           "  18446744073709551615  -             nan  -                 []\n");
}

static void one_line_is_an_object(void **state)
{
    (void)state;
    report_value lines[2][FIELDS], object[2];
    fill(lines, object);
    const report_value(*given)[FIELDS] = (const report_value(*)[FIELDS])lines;
    expect((report_spec){.format = &report_text, .single = true}, given, 1,
           "id     -7\ntoken  \" \\t\\x00\"\"\nscore  0.1\nfirst  row 3, token a,b\n"
           "ids    [1, -2, 3, 4, 5, 6, 7, 8, 9, 10, ... 11 in all]\n");
    expect((report_spec){.format = &report_json, .single = true}, given + 1, 1,
           "{\"id\": 18446744073709551615,\n \"token\": null,\n \"score\": null,\n"
           " \"first\": null,\n \"ids\": [],\n \"chosen\": false,\n \"hidden\": null}\n");
}

static void no_lines(void **state)
{
    (void)state;
    expect((report_spec){.format = &report_text}, NULL, 0, "");
    expect((report_spec){.format = &report_json}, NULL, 0, "[]\n");
    expect((report_spec){.format = &report_json, .nested = true}, NULL, 0, "[]");
    expect((report_spec){.format = &report_jsonl}, NULL, 0, "");
    expect((report_spec){.format = &report_csv}, NULL, 0,
           "id,token,score,first_row,first_token,ids,chosen\n");
}

static void nulls_are_counted(void **state)
{
    (void)state;
    report_value lines[2][FIELDS], object[2];
    uint64_t nulls;
    fill(lines, object);
    lines[0][6] = report_real32(INFINITY);
    free(printed((report_spec){.format = &report_json}, (const report_value(*)[FIELDS])lines, 2,
                 &nulls));
    assert_int_equal(nulls, 2);
    free(printed((report_spec){.format = &report_csv}, (const report_value(*)[FIELDS])lines, 2,
                 &nulls));
    assert_int_equal(nulls, 0);
}

/* Columns do not get narrower, and the names stand there once. */
static void many_lines_are_held_in_pages(void **state)
{
    (void)state;
    enum { LINES = 1000 };
    static const report_field field[] = {{.name = "n", .flags = REPORT_RIGHT}};
    const report_spec spec = {.format = &report_text, .fields = field, .field_count = 1};
    sink out;
    assert_true(sink_open_memory(&out, NULL));
    report *r = report_open(&spec, &out, NULL);
    assert_non_null(r);
    for (uint64_t i = 0; i < LINES; i++) {
        const report_value line = report_natural(LINES - 1 - i);
        assert_true(report_line(r, &line, NULL));
    }
    assert_true(report_end(r, NULL, NULL));
    report_close(r);
    assert_int_equal(out.length, 4 * (LINES + 1));
    assert_memory_equal(out.buffer, "  N\n999\n", 8);
    assert_memory_equal(out.buffer + out.length - 8, "  1\n  0\n", 8);
    free(out.buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_agree),
        cmocka_unit_test(one_line_is_an_object),
        cmocka_unit_test(no_lines),
        cmocka_unit_test(nulls_are_counted),
        cmocka_unit_test(many_lines_are_held_in_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
