/* test_sink.c - tests of print/sink and print/values.
 * Disks that are full, readers who are gone, files that appear whole or not at all; texts for JSON.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include <dirent.h>
#include <math.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "print/values.h"
#include "text/put.h"

static char folder[] = "/tmp/tokvec-sink-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    signal(SIGPIPE, SIG_IGN);
    return mkdtemp(folder) == NULL || chdir(folder) != 0;
}

static int remove_folder(void **state)
{
    (void)state;
    return chdir("/") != 0 || rmdir(folder) != 0; /* which fails if anything was left there */
}

static size_t files_here(void)
{
    size_t n = 0;
    DIR *here = opendir(".");
    assert_non_null(here);
    for (struct dirent *entry; (entry = readdir(here)) != NULL;)
        n += entry->d_name[0] != '.';
    closedir(here);
    return n;
}

static void write_pattern(sink *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        *sink_reserve(out, 1) = (char)(i % 251);
        sink_advance(out, 1);
    }
}

static void a_file_appears_only_when_committed(void **state)
{
    (void)state;
    sink out;
    assert_true(sink_open(&out, "file", NULL));
    write_pattern(&out, 3 * SINK_ROOM + 7);
    assert_true(sink_flush(&out));
    assert_int_equal(access("file", F_OK), -1);
    assert_true(sink_commit(&out, NULL));
    FILE *file = fopen("file", "rb");
    assert_non_null(file);
    for (size_t i = 0; i < 3 * SINK_ROOM + 7; i++)
        assert_int_equal(fgetc(file), i % 251);
    assert_int_equal(fgetc(file), EOF);
    fclose(file);
    assert_int_equal(files_here(), 1);
    assert_int_equal(unlink("file"), 0);
}

static void an_abandoned_file_leaves_the_old_one(void **state)
{
    (void)state;
    sink out;
    assert_true(sink_open(&out, "file", NULL));
    sink_text(&out, "old");
    assert_true(sink_commit(&out, NULL));
    assert_true(sink_open(&out, "file", NULL));
    write_pattern(&out, 2 * SINK_ROOM);
    sink_abandon(&out);
    struct stat status;
    assert_int_equal(stat("file", &status), 0);
    assert_int_equal(status.st_size, 3);
    assert_int_equal(files_here(), 1);
    assert_int_equal(unlink("file"), 0);
}

static void large_and_small_writes_keep_their_order(void **state)
{
    (void)state;
    static char block[2 * SINK_ROOM];
    sink out;
    size_t total = 0;
    assert_true(sink_open(&out, "file", NULL));
    for (size_t n = 1; n <= sizeof block; n = n * 3 + 1) {
        memset(block, 'a' + (int)(n % 26), n);
        sink_write(&out, block, n);
        sink_text(&out, "|");
        total += n + 1;
    }
    assert_true(sink_commit(&out, NULL));
    FILE *file = fopen("file", "rb");
    assert_non_null(file);
    for (size_t n = 1; n <= sizeof block; n = n * 3 + 1) {
        for (size_t i = 0; i < n; i++)
            assert_int_equal(fgetc(file), 'a' + (int)(n % 26));
        assert_int_equal(fgetc(file), '|');
    }
    assert_int_equal(ftell(file), (long)total);
    fclose(file);
    assert_int_equal(unlink("file"), 0);
}

static void a_full_disk_is_remembered(void **state)
{
    (void)state;
    sink out;
    tokvec_error error;
    assert_true(sink_open(&out, "/dev/full", NULL));
    sink_text(&out, "x");
    assert_false(out.failed); /* it is only in the buffer */
    assert_false(sink_flush(&out));
    write_pattern(&out, 2 * SINK_ROOM); /* swallowed */
    assert_false(sink_commit(&out, &error));
    assert_int_equal(error.code, TOKVEC_SYSTEM);
    assert_string_equal(error.what, "cannot write: No space left on device");
    assert_string_equal(error.where, "/dev/full");
    assert_string_equal(error.hint, "make room and try again");
}

static void a_reader_who_is_gone_is_no_failure(void **state)
{
    (void)state;
    int ends[2];
    char name[40];
    assert_int_equal(pipe(ends), 0);
    snprintf(name, sizeof name, "/proc/self/fd/%d", ends[1]);
    sink out;
    assert_true(sink_open(&out, name, NULL));
    close(ends[0]);
    close(ends[1]);
    write_pattern(&out, 2 * SINK_ROOM);
    assert_true(out.failed && out.reader_gone);
    assert_true(sink_commit(&out, NULL));
}

static void places_that_cannot_be_written_to_are_named(void **state)
{
    (void)state;
    sink out;
    tokvec_error error;
    assert_false(sink_open(&out, "nowhere/file", &error));
    assert_string_equal(error.where, "nowhere/file");
    assert_false(sink_open(&out, ".", &error));
    assert_string_equal(error.what, "cannot open for writing: Is a directory");
}

/* ---------------------------------------------------------------- values */

/* What `print` writes to a sink. */
static const char *printed(void (*print)(sink *out, const char *text), const char *text)
{
    static char got[200];
    sink out;
    assert_true(sink_open(&out, NULL, NULL));
    print(&out, text);
    assert_true(out.length < sizeof got);
    memcpy(got, out.buffer, out.length);
    got[out.length] = '\0';
    sink_abandon(&out);
    return got;
}

static void json_strings_are_escaped(void **state)
{
    (void)state;
    assert_string_equal(printed(put_json_string, ""), "\"\"");
    assert_string_equal(printed(put_json_string, "a\"b\\c/"), "\"a\\\"b\\\\c/\"");
    assert_string_equal(printed(put_json_string, "\n\x01\x7f"), "\"\\n\\u0001\\u007f\"");
    assert_string_equal(printed(put_json_string, "\xc3\xa9\xf0\x9f\x98\x80"),
                        "\"\xc3\xa9\xf0\x9f\x98\x80\"");
    assert_string_equal(printed(put_json_string, "a\xc0\x80z"), "\"a\\u0000z\"");
    assert_string_equal(printed(put_json_string, "\xff\xc3"), "\"\xef\xbf\xbd\xef\xbf\xbd\"");
    assert_string_equal(printed(put_json_string, "\xed\xa0\x80"),
                        "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}

static void utf8_is_told_from_what_only_looks_like_it(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t length;
    } cases[] = {{"\xc3\xa9", 2},
                 {"\xe2\x82\xac", 3},
                 {"\xf0\x9f\x98\x80", 4},
                 {"\xc1\xbf", 0},
                 {"\xe0\x9f\xbf", 0},
                 {"\xf0\x8f\xbf\xbf", 0},
                 {"\xed\xa0\x80", 0},
                 {"\xf4\x90\x80\x80", 0},
                 {"\xf5\x80\x80\x80", 0},
                 {"\x80", 0},
                 {"\xc3", 0},
                 {"\xe2\x82", 0},
                 {"\xf0\x9f\x98", 0},
                 {"\xc3\x28", 0}};
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(utf8_length(cases[i].text, 4), cases[i].length);
}

static void values_without_a_word_in_json_are_counted(void **state)
{
    (void)state;
    const float row[] = {1.5f, NAN, -INFINITY, -0.0f, 1e-45f};
    uint64_t nulls = 0;
    sink out;
    assert_true(sink_open(&out, NULL, NULL));
    values_json(&out, TOKVEC_FLOAT32, row, COUNT(row), &nulls);
    static const char wanted[] = "1.5, null, null, -0.0, 1e-45";
    assert_int_equal(out.length, strlen(wanted));
    assert_memory_equal(out.buffer, wanted, out.length);
    assert_int_equal(nulls, 2);
    out.length = 0;
    values_plain(&out, TOKVEC_FLOAT32, row, COUNT(row), ';');
    static const char plain[] = "1.5;nan;-inf;-0.0;1e-45";
    assert_int_equal(out.length, strlen(plain));
    assert_memory_equal(out.buffer, plain, out.length);
    out.length = 0;
    const uint8_t truths[] = {0, 1};
    values_json(&out, TOKVEC_BOOL, truths, 2, &nulls);
    assert_memory_equal(out.buffer, "false, true", out.length);
    out.length = 0;
    values_plain(&out, TOKVEC_BOOL, truths, 2, ',');
    assert_memory_equal(out.buffer, "0,1", out.length);
    sink_abandon(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_appears_only_when_committed),
        cmocka_unit_test(an_abandoned_file_leaves_the_old_one),
        cmocka_unit_test(large_and_small_writes_keep_their_order),
        cmocka_unit_test(a_full_disk_is_remembered),
        cmocka_unit_test(a_reader_who_is_gone_is_no_failure),
        cmocka_unit_test(places_that_cannot_be_written_to_are_named),
        cmocka_unit_test(json_strings_are_escaped),
        cmocka_unit_test(utf8_is_told_from_what_only_looks_like_it),
        cmocka_unit_test(values_without_a_word_in_json_are_counted),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
