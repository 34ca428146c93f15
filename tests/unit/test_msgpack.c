/* test_msgpack.c - the reader of MessagePack.
 * tests/data/msgpack/forms has every form of an item once, in the order of the table below.
 * SPDX-License-Identifier: MIT */
#include "codec/msgpack.h"
#include "unit.h"

static file_map *map_of(const char *bytes, size_t size)
{
    file_map *map = file_map_of_bytes(bytes, size, NULL);
    assert_non_null(map);
    return map;
}

/* How each form reads: a number, or the length of a body. */
static const struct {
    msgpack_kind kind;
    long long value;
} forms[] = {
    {MSGPACK_NIL, 0},
    {MSGPACK_BOOL, 0},
    {MSGPACK_BOOL, 1},
    {MSGPACK_UNSIGNED, 7},
    {MSGPACK_UNSIGNED, 258},
    {MSGPACK_UNSIGNED, 16909060},
    {MSGPACK_UNSIGNED, 72623859790382856},
    {MSGPACK_NEGATIVE, -1},
    {MSGPACK_NEGATIVE, -2},
    {MSGPACK_NEGATIVE, -3},
    {MSGPACK_NEGATIVE, -4},
    {MSGPACK_UNSIGNED, 127},
    {MSGPACK_FLOAT, 1},
    {MSGPACK_FLOAT, 1},
    {MSGPACK_TEXT, 3},
    {MSGPACK_TEXT, 1},
    {MSGPACK_TEXT, 1},
    {MSGPACK_TEXT, 1},
    {MSGPACK_BYTES, 1},
    {MSGPACK_BYTES, 1},
    {MSGPACK_BYTES, 1},
    {MSGPACK_EXTENSION, 1},
    {MSGPACK_EXTENSION, 2},
    {MSGPACK_EXTENSION, 4},
    {MSGPACK_EXTENSION, 8},
    {MSGPACK_EXTENSION, 16},
    {MSGPACK_EXTENSION, 1},
    {MSGPACK_EXTENSION, 1},
    {MSGPACK_EXTENSION, 1},
    {MSGPACK_LIST, 1},
    {MSGPACK_UNSIGNED, 1},
    {MSGPACK_LIST, 1},
    {MSGPACK_UNSIGNED, 1},
    {MSGPACK_LIST, 1},
    {MSGPACK_UNSIGNED, 1},
    {MSGPACK_MAP, 1},
    {MSGPACK_UNSIGNED, 1},
    {MSGPACK_UNSIGNED, 2},
    {MSGPACK_MAP, 1},
    {MSGPACK_UNSIGNED, 1},
    {MSGPACK_UNSIGNED, 2},
    {MSGPACK_MAP, 1},
    {MSGPACK_UNSIGNED, 1},
    {MSGPACK_UNSIGNED, 2},
    {MSGPACK_UNSIGNED, 127},
    {MSGPACK_NEGATIVE, -32},
    {MSGPACK_NEGATIVE, -1},
};

static void check_item(const msgpack_item *item, size_t i)
{
    long long value = forms[i].value;
    if (item->kind != forms[i].kind)
        fail_msg("item %zu is of the kind %d", i, (int)item->kind);
    switch (item->kind) {
    case MSGPACK_NEGATIVE: assert_int_equal(item->negative, value); break;
    case MSGPACK_FLOAT: assert_true(item->real == (double)value); break;
    case MSGPACK_TEXT:
    case MSGPACK_BYTES:
    case MSGPACK_EXTENSION:
        assert_int_equal(item->length, value);
        assert_int_equal(item->type, item->kind == MSGPACK_EXTENSION ? 5 : 0);
        break;
    default: assert_int_equal(item->number, value);
    }
}

static void every_form(void **state)
{
    (void)state;
    tokvec_error err;
    file_map *map = file_map_open(TESTS_DATA "/msgpack/forms", &err);
    assert_non_null(map);
    msgpack_reader r = {.map = map, .end = map->size};
    msgpack_item item;
    size_t count = 0;
    for (; r.at < r.end; count++) {
        assert_in_range(count, 0, COUNT(forms) - 1);
        assert_true(msgpack_next(&r, &item, &err));
        check_item(&item, count);
        if (item.kind == MSGPACK_TEXT || item.kind == MSGPACK_EXTENSION)
            assert_int_equal(map->data[item.body], 'a');
    }
    assert_int_equal(count, COUNT(forms));
    file_map_close(map);
}

static void extreme_numbers(void **state)
{
    (void)state;
    static const char bytes[] = "\xd3\x80\x00\x00\x00\x00\x00\x00\x00"
                                "\xcf\xff\xff\xff\xff\xff\xff\xff\xff"
                                "\xd4\xff\x00";
    file_map *map = map_of(bytes, sizeof bytes - 1);
    msgpack_reader r = {.map = map, .end = map->size};
    msgpack_item item;
    assert_true(msgpack_next(&r, &item, NULL));
    assert_true(item.kind == MSGPACK_NEGATIVE && item.negative == INT64_MIN);
    assert_true(msgpack_next(&r, &item, NULL));
    assert_true(item.kind == MSGPACK_UNSIGNED && item.number == UINT64_MAX);
    assert_true(msgpack_next(&r, &item, NULL));
    assert_true(item.kind == MSGPACK_EXTENSION && item.type == -1);
    file_map_close(map);
}

/* Each is cut, or promises more than there is: no value can be stepped over. */
static void cut_anywhere(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
    } values[] = {
        {"\xcf\0\0\0\0\0\0\0\0", 9},
        {"\xa3"
         "abc",
         4},
        {"\xdb\0\0\0\1a", 6},
        {"\xc9\0\0\0\1\5a", 7},
        {"\xd8\5aaaaaaaaaaaaaaaa", 18},
        {"\x93\1\2\3", 4},
        {"\x81\xa1"
         "a\x91\x90",
         5},
        {"\xdf\0\0\0\2\1\2\3\4", 9},
    };
    for (size_t i = 0; i < COUNT(values); i++) {
        for (size_t size = 0; size <= values[i].size; size++) {
            file_map *map = map_of(values[i].bytes, size);
            msgpack_reader r = {.map = map, .end = size};
            tokvec_error err;
            assert_int_equal(msgpack_skip(&r, &err), size == values[i].size);
            if (size < values[i].size)
                assert_int_equal(err.code, TOKVEC_BAD_FILE);
            else
                assert_int_equal(r.at, size);
            file_map_close(map);
        }
    }
}

static void promises(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
    } values[] = {
        {"\xdd\xff\xff\xff\xff\1", 6},
        {"\xdf\xff\xff\xff\xff\1", 6},
        {"\xdb\xff\xff\xff\xff"
         "a",
         6},
        {"\xc1", 1},
        {"\x92\x92\x92\1", 4},
    };
    for (size_t i = 0; i < COUNT(values); i++) {
        file_map *map = map_of(values[i].bytes, values[i].size);
        msgpack_reader r = {.map = map, .end = map->size};
        assert_false(msgpack_skip(&r, NULL));
        file_map_close(map);
    }
}

static void deep(void **state)
{
    (void)state;
    enum { DEPTH = 1000000 };
    char *bytes = malloc(DEPTH + 1);
    assert_non_null(bytes);
    memset(bytes, '\x91', DEPTH);
    bytes[DEPTH] = '\x01';
    file_map *map = map_of(bytes, DEPTH + 1);
    msgpack_reader r = {.map = map, .end = map->size};
    assert_true(msgpack_skip(&r, NULL));
    assert_int_equal(r.at, DEPTH + 1);
    file_map_close(map);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form),   cmocka_unit_test(extreme_numbers),
        cmocka_unit_test(cut_anywhere), cmocka_unit_test(promises),
        cmocka_unit_test(deep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
