/* test_ids.c - tests of rows/id_list and ids/parser.
 * Which IDs and which shape a text has, where its errors stood, and that cuts do not matter.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "ids/parser.h"

enum { ROWS = 100000 };

typedef struct parsed {
    id_list list;
    ids_parser parser;
    bool good;
    uint64_t shape[IDS_MAX_DEPTH + 1];
    unsigned ndim;
    tokvec_error error;
} parsed;

static void parse(parsed *p, const char *text, size_t piece)
{
    memset(p, 0, sizeof *p);
    p->parser.list = &p->list;
    p->parser.rows = ROWS;
    p->parser.range_hint = "hint";
    p->parser.source = "text";
    ids_parser_start(&p->parser);
    size_t size = strlen(text);
    p->good = true;
    for (size_t at = 0; p->good && at < size; at += piece) {
        size_t n = size - at < piece ? size - at : piece;
        p->good = ids_parse(&p->parser, text + at, n, &p->error);
    }
    p->good = p->good && ids_parse_end(&p->parser, &p->error) &&
              ids_shape(&p->parser, p->shape, &p->ndim, &p->error);
}

static void shapes_are_those_of_the_brackets(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned ndim;
        uint64_t shape[4];
        uint64_t count;
    } cases[] = {
        {"", 1, {0}, 0},
        {"7", 1, {1}, 1},
        {"7 8\n9", 1, {3}, 3},
        {"[7]", 1, {1}, 1},
        {"[7, 8]", 1, {2}, 2},
        {"[[7], [8]]", 2, {2, 1}, 2},
        {"[7]\n[8]\n[9]", 2, {3, 1}, 3},
        {"[[1, 2, 3], [4, 5, 6]],", 2, {2, 3}, 6},
        {"[[[1]], [[2]]]", 3, {2, 1, 1}, 2},
        {"[]", 1, {0}, 0},
        {"[[], [], []]", 2, {3, 0}, 0},
        {"tensor(5)", 0, {0}, 1},
        {"tensor([[40, 367]], dtype=torch.int32)", 2, {1, 2}, 2},
        {"array([[1],\n       [2]])", 2, {2, 1}, 2},
        {"tensor([], dtype=torch.int64)", 1, {0}, 0},
        {"((1, 2), (3, 4))", 2, {2, 2}, 4},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (size_t piece = 1; piece < 50; piece += piece < 8 ? 1 : 41) {
            parsed p;
            parse(&p, cases[i].text, piece);
            if (!p.good || p.ndim != cases[i].ndim || p.list.count != cases[i].count ||
                memcmp(p.shape, cases[i].shape, p.ndim * sizeof *p.shape) != 0)
                fail_msg("%s: %u dimensions, %llu IDs, %s", cases[i].text, p.ndim,
                         (unsigned long long)p.list.count, p.error.what);
            id_list_free(&p.list);
        }
    }
}

static void errors_say_what_and_where(void **state)
{
    (void)state;
    static const struct {
        const char *text, *what, *where;
        uint64_t good; /* IDs before it */
    } cases[] = {
        {"1 2\n 100000", "'100000' is out of range", "text, line 2, column 2", 2},
        {"1,-1", "'-1' is out of range", "text, line 1, column 3", 1},
        {"9223372036854775808", "'9223372036854775808' does not fit 64 bits",
         "text, line 1, column 1", 0},
        {"1\n2\n3.0", "'3.0' is not an integer", "text, line 3, column 1", 2},
        {"[1, 2", "the input ends inside '['", "text, line 1, column 6", 2},
        {"[[1, 2],\n [3]]", "lists of one level have different lengths", "text, line 2, column 4",
         3},
        {"[1, [2]]", "a list is beside a number", "text, line 1, column 5", 1},
        {"[[1], 2]", "'2' is beside a list", "text, line 1, column 7", 1},
        {"1]", "']' has no matching '['", "text, line 1, column 2", 1},
        {"1,,2", "there is nothing before a comma", "text, line 1, column 3", 1},
        {"tensor([1, 2]", "the input ends inside '('", "text, line 1, column 14", 2},
        {"tensor([], size=(0, 4))", "'size' gives a shape, but there are no IDs",
         "text, line 1, column 12", 0},
        {"tensor(indices=[1])", "'indices' is not a known argument of a printed tensor",
         "text, line 1, column 8", 0},
        {"tensor() 1", "these brackets are empty", "text, line 1, column 8", 0},
        {"1:3", "'1:3' is not an integer", "text, line 1, column 1", 0},
        {"[1, ..., 3]", "'...' stands for IDs that were left out", "text, line 1, column 5", 1},
        {"[1]\n2", "the lists of IDs have different shapes", "text", 2},
        {"[1] 2", "'2' follows a list on the same line", "text, line 1, column 5", 1},
        {"[[1]]\n[[2]]  3", "'3' follows a list on the same line", "text, line 2, column 8", 2},
        {"\xff\xfe"
         "1",
         "the text is UTF-16", "text, line 1, column 1", 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (size_t piece = 1; piece < 100; piece += 99 / 3) {
            parsed p;
            parse(&p, cases[i].text, piece);
            assert_false(p.good);
            assert_string_equal(p.error.what, cases[i].what);
            assert_string_equal(p.error.where, cases[i].where);
            assert_true(p.error.hint[0] != '\0');
            assert_int_equal(p.list.count, cases[i].good);
            id_list_free(&p.list);
        }
    }
}

static void a_byte_order_mark_is_no_word(void **state)
{
    (void)state;
    parsed p;
    parse(&p, "\xef\xbb\xbf  3", 1);
    assert_true(p.good);
    assert_int_equal(p.list.count, 1);
    id_list_free(&p.list);
    parse(&p, "\xef\xbb\xbfx", 2);
    assert_string_equal(p.error.what, "'x' is not an integer");
    assert_string_equal(p.error.where, "text, line 1, column 1");
    id_list_free(&p.list);
}

/* Literals and ranges mixed, read from every position. */
static void a_list_gives_any_part_of_itself(void **state)
{
    (void)state;
    id_list list = {0};
    int64_t wanted[1000];
    size_t n = 0;
    for (int64_t round = 0; round < 20; round++) {
        for (int64_t i = 0; i < round % 4; i++) {
            wanted[n++] = 1000 + i;
            assert_true(id_list_add(&list, 1000 + i, NULL));
        }
        for (int64_t i = 0; i < round % 7; i++)
            wanted[n++] = 10 * round + i;
        assert_true(id_list_add_range(&list, 10 * round, (uint64_t)(round % 7), NULL));
    }
    assert_int_equal(list.count, n);
    for (size_t from = 0; from <= n; from++) {
        int64_t got[1000];
        id_list_get(&list, from, n - from, got);
        assert_memory_equal(got, wanted + from, (n - from) * sizeof *got);
        if (from < n)
            id_list_get(&list, from, 1, got);
        assert_true(from == n || got[0] == wanted[from]);
    }
    id_list_clear(&list);
    assert_int_equal(list.count, 0);
    assert_true(id_list_add(&list, 5, NULL));
    int64_t id;
    id_list_get(&list, 0, 1, &id);
    assert_int_equal(id, 5);
    id_list_free(&list);
}

static void a_huge_range_takes_no_memory_and_does_not_wrap(void **state)
{
    (void)state;
    id_list list = {0};
    tokvec_error error;
    assert_true(id_list_add_range(&list, 0, INT64_MAX, &error));
    int64_t id;
    id_list_get(&list, INT64_MAX - 1, 1, &id);
    assert_true(id == INT64_MAX - 1);
    assert_false(id_list_add_range(&list, 0, 1, &error));
    assert_false(id_list_add_range(&list, 0, UINT64_MAX, &error));
    assert_int_equal(error.code, TOKVEC_BAD_ARGUMENT);
    id_list_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes_are_those_of_the_brackets),
        cmocka_unit_test(errors_say_what_and_where),
        cmocka_unit_test(a_byte_order_mark_is_no_word),
        cmocka_unit_test(a_list_gives_any_part_of_itself),
        cmocka_unit_test(a_huge_range_takes_no_memory_and_does_not_wrap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
