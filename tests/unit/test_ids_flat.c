/* test_ids_flat.c - the parser's fast path against its general one.
 * Text in pieces of one byte never takes the fast path, text in one piece does.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "ids/parser.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS = 50257, LENGTH = 400, TEXTS = 20000, IDS_MAX = LENGTH };

typedef struct outcome {
    bool good;
    uint64_t count, items, line, line_offset;
    bool after_item;
    int64_t ids[IDS_MAX];
    tokvec_error error;
} outcome;

static void parse(const char *text, size_t length, size_t step, outcome *o)
{
    memset(o, 0, sizeof *o);
    id_list list = {0};
    ids_parser p = {.list = &list, .rows = ROWS, .range_hint = "hint", .source = "text"};
    ids_parser_start(&p);
    o->good = true;
    for (size_t at = 0; o->good && at < length; at += step)
        o->good = ids_parse(&p, text + at, length - at < step ? length - at : step, &o->error);
    o->good = o->good && ids_parse_end(&p, &o->error);
    o->count = list.count;
    o->line = p.line;
    o->line_offset = p.line_offset;
    o->items = p.levels[0].items;
    o->after_item = p.levels[0].after_item;
    id_list_get(&list, 0, (size_t)list.count, o->ids);
    id_list_free(&list);
}

/* Mostly plain IDs, now and then something that is not. */
static size_t make_text(char *text)
{
    static const char *const odd[] = {",",    ",,",      "[",  "]",      "-1",       "+7",
                                      "x",    "7,",      "08", "50257",  "99999999", "1234567",
                                      "\xff", "tensor(", ")",  "000001", "\r\n",     "\v"};
    size_t length = 0;
    while (length < LENGTH - 20) {
        if (rand() % 60 == 0)
            length += (size_t)sprintf(text + length, "%s",
                                      odd[(size_t)rand() % (sizeof odd / sizeof *odd)]);
        else
            length += (size_t)sprintf(text + length, "%d", rand() % ROWS >> rand() % 16);
        length += (size_t)sprintf(text + length, "%s", rand() % 3 ? "\n" : rand() % 2 ? " " : ", ");
    }
    return length;
}

static void same_as_general(void **state)
{
    (void)state;
    static outcome fast, general;
    char text[LENGTH + 40];
    int good = 0;
    for (int i = 0; i < TEXTS; i++) {
        size_t length = make_text(text);
        parse(text, length, length, &fast);
        parse(text, length, 1, &general);
        assert_int_equal(fast.good, general.good);
        good += fast.good;
        assert_string_equal(fast.error.what, general.error.what);
        assert_string_equal(fast.error.where, general.error.where);
        assert_int_equal(fast.count, general.count);
        assert_memory_equal(fast.ids, general.ids, sizeof fast.ids);
        if (fast.good) {
            assert_int_equal(fast.line, general.line);
            assert_int_equal(fast.line_offset, general.line_offset);
            assert_int_equal(fast.items, general.items);
            assert_int_equal(fast.after_item, general.after_item);
        }
    }
    assert_true(good > TEXTS / 20 && good < TEXTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(same_as_general)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
