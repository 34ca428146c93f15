/* test_protobuf.c - tests of codec/protobuf.
 * Messages written here, byte by byte: every wire type, groups, lengths that lie.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "codec/protobuf.h"

#define READER(bytes) protobuf_of_bytes(bytes, sizeof(bytes) - 1)

static void expect_fault(const char *bytes, size_t size, uint64_t at, const char *what)
{
    /* Of exactly that size, so that a sanitizer sees what reads on. */
    char *copy = malloc(size + (size == 0));
    assert_non_null(copy);
    memcpy(copy, bytes, size);
    protobuf_reader r = protobuf_of_bytes(copy, size);
    protobuf_field f;
    while (protobuf_next(&r, &f))
        ;
    assert_non_null(r.fault);
    assert_string_equal(r.fault, what);
    assert_int_equal(r.at, at);
    assert_false(protobuf_next(&r, &f)); /* it stays */
    free(copy);
}
#define FAULT(bytes, at, what) expect_fault(bytes, sizeof(bytes) - 1, at, what)

static void test_wire_types(void **state)
{
    (void)state;
    static const char bytes[] = "\x08\xac\x02"                         /* 1: 300 */
                                "\x11\x01\x02\x03\x04\x05\x06\x07\x08" /* 2: 8 bytes */
                                "\x1a\x03"
                                "abc"                       /* 3: bytes */
                                "\x25\xff\xff\xff\xff"      /* 4: 4 bytes */
                                "\x2a\x00"                  /* 5: none */
                                "\xf8\xff\xff\xff\x0f\x00"; /* the largest number: 0 */
    protobuf_reader r = READER(bytes);
    protobuf_field f;
    assert_true(protobuf_next(&r, &f));
    assert_true(f.number == 1 && f.type == PROTOBUF_VARINT && f.value == 300);
    assert_true(protobuf_next(&r, &f));
    assert_true(f.number == 2 && f.type == PROTOBUF_FIXED64 && f.value == 0x0807060504030201);
    assert_true(protobuf_next(&r, &f));
    assert_true(f.number == 3 && f.type == PROTOBUF_BYTES && f.size == 3);
    assert_memory_equal(f.data, "abc", 3);
    assert_true(protobuf_next(&r, &f));
    assert_true(f.number == 4 && f.type == PROTOBUF_FIXED32 && f.value == 0xffffffff);
    assert_true(protobuf_next(&r, &f));
    assert_true(f.number == 5 && f.type == PROTOBUF_BYTES && f.size == 0);
    assert_true(protobuf_next(&r, &f));
    assert_true(f.number == (1 << 29) - 1 && f.value == 0);
    assert_false(protobuf_next(&r, &f));
    assert_null(r.fault);
}

static void test_varints(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
        uint64_t value;
    } cases[] = {
        {"\x00", 1, 0},
        {"\x7f", 1, 127},
        {"\x80\x01", 2, 128},
        {"\x80\x80\x00", 3, 0}, /* needless bytes */
        {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10, UINT64_MAX},
        {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 10, UINT64_MAX}, /* more than 64 bits */
        {"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x02", 10, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        protobuf_reader r = protobuf_of_bytes(cases[i].bytes, cases[i].size);
        uint64_t value;
        assert_true(protobuf_next_varint(&r, &value));
        assert_int_equal(value, cases[i].value);
        assert_false(protobuf_next_varint(&r, &value));
        assert_null(r.fault);
    }
}

static void test_packed_list(void **state)
{
    (void)state;
    static const char bytes[] = "\x0a\x04\x01\xac\x02\x03";
    static const uint64_t expected[] = {1, 300, 3};
    protobuf_reader r = READER(bytes);
    protobuf_field f;
    assert_true(protobuf_next(&r, &f));
    protobuf_reader list = protobuf_inner(&r, &f);
    uint64_t value;
    for (size_t i = 0; i < COUNT(expected); i++) {
        assert_true(protobuf_next_varint(&list, &value));
        assert_int_equal(value, expected[i]);
    }
    assert_false(protobuf_next_varint(&list, &value));
    assert_null(list.fault);
}

/* What is in a group is no field of the message. */
static void test_groups(void **state)
{
    (void)state;
    static const char bytes[] = "\x4b\x08\x05\x23\x08\x01\x24\x4c" /* 9 with 4 in it */
                                "\x08\x07"                         /* 1: 7 */
                                "\x4b\x4c";                        /* an empty one at the end */
    protobuf_reader r = READER(bytes);
    protobuf_field f;
    assert_true(protobuf_next(&r, &f));
    assert_true(f.number == 1 && f.value == 7);
    assert_false(protobuf_next(&r, &f));
    assert_null(r.fault);
}

static void test_inner_messages(void **state)
{
    (void)state;
    static const char bytes[] = "\x0a\x04\x12\x02\x08\x05";
    protobuf_reader r = READER(bytes);
    protobuf_field f;
    assert_true(protobuf_next(&r, &f) && f.number == 1);
    protobuf_reader inner = protobuf_inner(&r, &f);
    assert_true(protobuf_next(&inner, &f) && f.number == 2);
    protobuf_reader innermost = protobuf_inner(&inner, &f);
    assert_true(protobuf_next(&innermost, &f) && f.number == 1 && f.value == 5);
    assert_false(protobuf_next(&innermost, &f));
    assert_null(innermost.fault);
    for (unsigned i = innermost.depth; i < PROTOBUF_MAX_DEPTH; i++) {
        f.data = innermost.data;
        innermost = protobuf_inner(&innermost, &f);
        assert_null(innermost.fault);
    }
    innermost = protobuf_inner(&innermost, &f);
    assert_non_null(innermost.fault);
    assert_false(protobuf_next(&innermost, &f));
}

static void test_faults(void **state)
{
    (void)state;
    FAULT("\x80", 0, "a number is cut");
    FAULT("\x08", 1, "a number is cut");
    FAULT("\x08\xff", 1, "a number is cut");
    FAULT("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 0, "a number of more than ten bytes");
    FAULT("\x00\x00", 0, "a field's number is not valid");
    FAULT("\x80\x80\x80\x80\x10\x00", 0, "a field's number is not valid");
    FAULT("\x0a\x02"
          "a",
          0, "a field goes past the end");
    FAULT("\x08\x01\x0a\xff\xff\xff\xff\xff\xff\xff\xff\x7f"
          "a",
          2, "a field goes past the end");
    FAULT("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"
          "a",
          0, "a field goes past the end");
    FAULT("\x09\x01\x02\x03\x04\x05\x06\x07", 0, "a field goes past the end");
    FAULT("\x0d\x01\x02\x03", 0, "a field goes past the end");
    FAULT("\x0e\x00", 0, "a field of an unknown wire type");
    FAULT("\x0f\x00", 0, "a field of an unknown wire type");
    FAULT("\x0c", 0, "a group ends that did not begin");
    FAULT("\x0b\x14", 1, "a group ends that did not begin");
    FAULT("\x0b\x08\x01", 3, "a group does not end");
    FAULT("\x0b\x0a\x09\x0c", 1, "a field goes past the end");
}

static void test_deep_groups(void **state)
{
    (void)state;
    enum { DEPTH = PROTOBUF_MAX_DEPTH };
    char bytes[2 * DEPTH + 2];
    memset(bytes, 0x0b, DEPTH + 1);
    memset(bytes + DEPTH + 1, 0x0c, DEPTH + 1);
    protobuf_reader r = protobuf_of_bytes(bytes + 1, 2 * DEPTH);
    protobuf_field f;
    assert_false(protobuf_next(&r, &f));
    assert_null(r.fault);
    expect_fault(bytes, sizeof bytes, DEPTH, "groups are nested too deeply");
}

static void test_ranges_of_files(void **state)
{
    (void)state;
    static const char bytes[] = "??\x08\x05\x08";
    file_map *map = file_map_of_bytes(bytes, sizeof bytes - 1, NULL);
    assert_non_null(map);
    protobuf_field f;
    protobuf_reader r = protobuf_of_map(map, 2, 2);
    assert_true(protobuf_next(&r, &f) && f.value == 5);
    assert_false(protobuf_next(&r, &f));
    assert_null(r.fault);
    r = protobuf_of_map(map, 2, 4);
    assert_non_null(r.fault);
    r = protobuf_of_map(map, UINT64_MAX, 2);
    assert_non_null(r.fault);
    assert_false(protobuf_next(&r, &f));
    file_map_close(map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wire_types),     cmocka_unit_test(test_varints),
        cmocka_unit_test(test_packed_list),    cmocka_unit_test(test_groups),
        cmocka_unit_test(test_inner_messages), cmocka_unit_test(test_faults),
        cmocka_unit_test(test_deep_groups),    cmocka_unit_test(test_ranges_of_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
