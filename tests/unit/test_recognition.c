/* test_recognition.c - every file of the tests against every format: which is surest.
 * The order of the list of formats decides nothing, since no two are as sure of the same file.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "io/path.h"
#include "model/open.h"

#include <ftw.h>

static size_t files, ties;

static bool is_named(const weights_format *format, const char *path)
{
    for (const char *const *suffix = format->suffixes; *suffix != NULL; suffix++) {
        if (path_ends_in(path, *suffix))
            return true;
    }
    return false;
}

/* Shows who is surest of the file, if those are several. */
static void look(const file_map *map)
{
    format_grade best = GRADE_NO;
    size_t named = 0, unnamed = 0;
    for (const weights_format *const *f = weights_formats; *f != NULL; f++) {
        format_grade grade = (*f)->recognise(map);
        if (grade > best) {
            best = grade;
            named = unnamed = 0;
        }
        if (grade == best && best != GRADE_NO)
            *(is_named(*f, map->path) ? &named : &unnamed) += 1;
    }
    files++;
    if (named > 1 || (named == 0 && unnamed > 1)) {
        print_message("a tie at grade %d: %s\n", (int)best, map->path);
        ties++;
    }
}

static int visit(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    (void)where;
    if (kind != FTW_F || !S_ISREG(status->st_mode))
        return 0;
    file_map *map = file_map_open(path, NULL);
    if (map != NULL)
        look(map);
    file_map_close(map);
    return 0;
}

static void test_no_tie(void **state)
{
    (void)state;
    assert_int_equal(nftw(TESTS_DATA, visit, 20, FTW_PHYS), 0);
    assert_true(files > 300);
    assert_int_equal(ties, 0);
}

/* Of two that are as sure, none is taken, unless the name of the file tells. */
static void test_certainty_is_graded(void **state)
{
    (void)state;
    static const char zip[] = "PK\3\4 and no archive";
    file_map *map = file_map_of_bytes(zip, sizeof zip - 1, NULL);
    tokvec_error error = {.code = TOKVEC_OK};
    assert_null(open_weights(map, &error)); /* torch says maybe, and what is wrong */
    assert_int_equal(error.code, TOKVEC_BAD_FILE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_tie),
        cmocka_unit_test(test_certainty_is_graded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
