/* test_gguf.c - tests of table/gguf.
 * The files that ggml wrote, value for value; files made here, of either byte order, whole and
 * damaged; models in several parts.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include <dirent.h>
#include <unistd.h>

#include "formats/gguf/gguf.h"
#include "model/open.h"

/* ---- files made here ------------------------------------------------------------------------ */

/* A file in the making. Everything that is put goes to its end. */
typedef struct file {
    uint8_t bytes[4096];
    size_t size;
    bool big_endian;
} file;

static void put(file *f, uint64_t value, size_t size)
{
    assert_true(f->size + size <= sizeof f->bytes);
    for (size_t i = 0; i < size; i++)
        f->bytes[f->size + i] = (uint8_t)(value >> 8 * (f->big_endian ? size - 1 - i : i));
    f->size += size;
}

static void put_bytes(file *f, const void *bytes, size_t size)
{
    assert_true(f->size + size <= sizeof f->bytes);
    memcpy(f->bytes + f->size, bytes, size);
    f->size += size;
}

static void put_text(file *f, const char *text)
{
    put(f, strlen(text), 8);
    put_bytes(f, text, strlen(text));
}

static void put_header(file *f, uint64_t version, uint64_t tensors, uint64_t pairs)
{
    put_bytes(f, "GGUF", 4);
    put(f, version, 4);
    put(f, tensors, 8);
    put(f, pairs, 8);
}

static void put_key(file *f, const char *key, gguf_type type)
{
    put_text(f, key);
    put(f, type, 4);
}

static void put_number(file *f, const char *key, gguf_type type, uint64_t value, size_t size)
{
    put_key(f, key, type);
    put(f, value, size);
}

static void put_array(file *f, gguf_type type, uint64_t count)
{
    put(f, type, 4);
    put(f, count, 8);
}

static void put_info(file *f, const char *name, uint64_t ne0, uint64_t ne1, uint32_t type,
                     uint64_t offset)
{
    put_text(f, name);
    put(f, 2, 4);
    put(f, ne0, 8);
    put(f, ne1, 8);
    put(f, type, 4);
    put(f, offset, 8);
}

static void put_padding(file *f, size_t alignment)
{
    while (f->size % alignment != 0)
        put(f, 0, 1);
}

enum { F32 = 0, Q4_0 = 2, Q5_0 = 6, Q8_0 = 8, I16 = 25 };

/* A Q8_0 row of 32: the scale `d` as float16 bits, then 0, 1, 2, ... */
static void put_q8_0(file *f, uint16_t d)
{
    put(f, d, 2);
    for (uint64_t i = 0; i < 32; i++)
        put(f, i, 1);
}

/* ---- opening -------------------------------------------------------------------------------- */

/* The bytes stand in memory of their own size, so that the sanitizer sees a read past them. */
static uint8_t *held;

static tokvec_weights *open_bytes(const uint8_t *bytes, size_t size, tokvec_error *err)
{
    free(held);
    held = malloc(size + 1);
    assert_non_null(held);
    memcpy(held, bytes, size);
    held = realloc(held, size == 0 ? 1 : size);
    assert_non_null(held);
    file_map *map = file_map_of_bytes(held, size, err);
    assert_non_null(map);
    return open_weights(map, err);
}

static tokvec_weights *open_file(const file *f)
{
    tokvec_error err;
    tokvec_weights *weights = open_bytes(f->bytes, f->size, &err);
    if (weights == NULL)
        fail_msg("%s (%s)", err.what, err.where);
    return weights;
}

static void refused(const file *f, const char *what, uint64_t offset)
{
    tokvec_error err;
    char where[40];
    snprintf(where, sizeof where, ", byte %llu", (unsigned long long)offset);
    assert_null(open_bytes(f->bytes, f->size, &err));
    if (strstr(err.what, what) == NULL || strcmp(err.where, where) != 0)
        fail_msg("\"%s\" at \"%s\" instead of \"%s\" at byte %llu", err.what, err.where, what,
                 (unsigned long long)offset);
}

/* Opens, but the tensor at `index` is not to be had. */
static void refused_tensor(const file *f, size_t index, const char *what)
{
    tokvec_error err;
    tokvec_weights *weights = open_file(f);
    assert_true(index < tokvec_weights_count(weights));
    assert_null(tokvec_weights_table(weights, tokvec_weights_tensor(weights, index), &err));
    if (strstr(err.what, what) == NULL)
        fail_msg("\"%s\" instead of \"%s\"", err.what, what);
    tokvec_weights_close(weights);
}

/* Row `id` as float32, whatever the tensor's dtype. */
static void read_row(tokvec_weights *weights, const char *name, int64_t id, float *out)
{
    tokvec_error err;
    const tokvec_tensor *tensor = find_tensor(weights, name, &err);
    assert_non_null(tensor);
    tokvec_table *table = tokvec_weights_table(weights, tensor, &err);
    if (table == NULL)
        fail_msg("%s (%s)", err.what, err.where);
    uint64_t row[256];
    assert_true(tokvec_table_dim(table) <= COUNT(row));
    assert_true(tokvec_table_read(table, &id, 1, row, &err));
    assert_true(tokvec_convert(tensor->dtype, row, TOKVEC_FLOAT32, out,
                               (size_t)tokvec_table_dim(table), &err));
    tokvec_table_close(table);
}

/* ---- the files of tests/data ---------------------------------------------------------------- */

static uint64_t fnv1a(const uint8_t *bytes, size_t n)
{
    uint64_t value = 0xcbf29ce484222325;
    for (size_t i = 0; i < n; i++)
        value = (value ^ bytes[i]) * 0x100000001b3;
    return value;
}

/* The checksum of all rows of a tensor, as `dtype`. */
static uint64_t checksum(tokvec_weights *weights, const tokvec_tensor *tensor, tokvec_dtype dtype)
{
    tokvec_error err;
    tokvec_table *table = tokvec_weights_table(weights, tensor, &err);
    if (table == NULL)
        fail_msg("%s (%s)", err.what, err.where);
    size_t rows = (size_t)tokvec_table_rows(table);
    size_t dim = (size_t)tokvec_table_dim(table);
    int64_t *ids = malloc(rows * sizeof *ids);
    void *in = malloc(rows * dim * tokvec_dtype_size(tensor->dtype));
    void *out = malloc(rows * dim * tokvec_dtype_size(dtype));
    assert_true(ids != NULL && in != NULL && out != NULL);
    for (size_t i = 0; i < rows; i++)
        ids[i] = (int64_t)i;
    assert_true(tokvec_table_read(table, ids, rows, in, &err));
    assert_true(tokvec_convert(tensor->dtype, in, dtype, out, rows * dim, &err));
    uint64_t value = fnv1a(out, rows * dim * tokvec_dtype_size(dtype));
    free(ids);
    free(in);
    free(out);
    tokvec_table_close(table);
    return value;
}

static void check_expectation(const char *file_name, const char *name, const char *dtype,
                              uint64_t expected)
{
    char path[1024];
    tokvec_error err;
    snprintf(path, sizeof path, "%s/gguf/%s", TESTS_DATA, file_name);
    tokvec_weights *weights = tokvec_weights_open(path, &err);
    if (weights == NULL)
        fail_msg("%s (%s)", err.what, err.where);
    assert_string_equal(tokvec_weights_format(weights), "gguf");
    const tokvec_tensor *tensor = find_tensor(weights, name, &err);
    assert_non_null(tensor);
    if (checksum(weights, tensor, tokvec_dtype_from_name(dtype)) != expected)
        fail_msg("other values in %s of %s", name, file_name);
    tokvec_weights_close(weights);
}

static void test_values(void **state)
{
    (void)state;
    FILE *list = fopen(TESTS_DATA "/gguf/expected.txt", "r");
    assert_non_null(list);
    char file_name[100], name[100], dtype[100];
    unsigned long long expected;
    int lines = 0;
    while (fscanf(list, "%99s %99s %99s %llx", file_name, name, dtype, &expected) == 4) {
        check_expectation(file_name, name, dtype, expected);
        lines++;
    }
    assert_int_equal(lines, 43);
    fclose(list);
}

static void test_listing(void **state)
{
    (void)state;
    tokvec_error err;
    tokvec_weights *weights = tokvec_weights_open(TESTS_DATA "/gguf/align64.gguf", &err);
    assert_non_null(weights);
    assert_int_equal(tokvec_weights_count(weights), 9);
    const tokvec_tensor *tensor = tokvec_weights_embedding(weights, &err);
    assert_non_null(tensor);
    assert_string_equal(tensor->name, "token_embd.weight");
    assert_string_equal(tensor->dtype_name, "Q8_0");
    assert_int_equal(tensor->dtype, TOKVEC_FLOAT32);
    assert_int_equal(tensor->ndim, 2);
    assert_int_equal(tensor->shape[0], 12);
    assert_int_equal(tensor->shape[1], 512);
    assert_int_equal(tensor->offset, 6016);
    assert_int_equal(tensor->bytes, 12 * 512 / 32 * 34);
    tensor = tokvec_weights_find(weights, "blk.0.ffn_exps.weight", &err);
    assert_non_null(tensor);
    assert_string_equal(tensor->dtype_name, "bfloat16");
    assert_int_equal(tensor->ndim, 3);
    assert_int_equal(tensor->shape[0], 2);
    assert_int_equal(tensor->shape[2], 4);
    tokvec_weights_close(weights);
}

static uint8_t *slurp(const char *path, size_t *size)
{
    FILE *stream = fopen(path, "rb");
    assert_non_null(stream);
    uint8_t *bytes = malloc(1 << 20);
    assert_non_null(bytes);
    *size = fread(bytes, 1, 1 << 20, stream);
    fclose(stream);
    return bytes;
}

/* Every prefix of a file: refused, or its rows are those of the whole file. Of large files not
 * every place within the data is tried. */
static void check_truncations(const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/gguf/%s", TESTS_DATA, name);
    size_t size;
    uint8_t *bytes = slurp(path, &size);
    tokvec_error err;
    tokvec_weights *whole = tokvec_weights_open(path, &err);
    assert_non_null(whole);
    const tokvec_tensor *tensor = tokvec_weights_find(whole, "token_embd.weight", &err);
    uint64_t expected = checksum(whole, tensor, TOKVEC_FLOAT32);
    size_t end = (size_t)(tensor->offset + tensor->bytes);
    enum { LARGE = 8192, STEP = 61 };
    for (size_t cut = 0;
         cut<size; cut += size> LARGE && cut > tensor->offset && cut + STEP < end ? STEP : 1) {
        tokvec_weights *weights = open_bytes(bytes, cut, &err);
        if (weights == NULL) {
            assert_true(cut < tensor->offset);
            continue;
        }
        const tokvec_tensor *there = tokvec_weights_find(weights, "token_embd.weight", &err);
        assert_non_null(there);
        if (cut >= end)
            assert_true(checksum(weights, there, TOKVEC_FLOAT32) == expected);
        else
            assert_null(tokvec_weights_table(weights, there, &err));
        tokvec_weights_close(weights);
    }
    tokvec_weights_close(whole);
    free(bytes);
}

static void test_truncations(void **state)
{
    (void)state;
    DIR *data = opendir(TESTS_DATA "/gguf");
    assert_non_null(data);
    size_t files = 0;
    for (struct dirent *entry; (entry = readdir(data)) != NULL;) {
        size_t length = strlen(entry->d_name);
        if (length > 5 && strcmp(entry->d_name + length - 5, ".gguf") == 0) {
            check_truncations(entry->d_name);
            files++;
        }
    }
    closedir(data);
    assert_true(files >= 34);
}

/* ---- both byte orders ----------------------------------------------------------------------- */

/* A pair of most types, and tensors of three types in 64-byte alignment. */
static file whole_file(bool big_endian, uint64_t version)
{
    file f = {.big_endian = big_endian};
    put_header(&f, version, 4, 6);
    put_number(&f, "small", GGUF_INT16, (uint64_t)-2, 2);
    put_number(&f, "general.alignment", GGUF_UINT32, 64, 4);
    put_number(&f, "real", GGUF_FLOAT32, 0x3fc00000, 4);
    put_key(&f, "tokenizer.ggml.tokens", GGUF_ARRAY);
    put_array(&f, GGUF_STRING, 3);
    put_text(&f, "a");
    put_text(&f, "");
    put_text(&f, "the");
    put_key(&f, "nested", GGUF_ARRAY);
    put_array(&f, GGUF_ARRAY, 2);
    put_array(&f, GGUF_UINT8, 2);
    put(&f, 7, 1);
    put(&f, 8, 1);
    put_array(&f, GGUF_STRING, 1);
    put_text(&f, "deep");
    put_number(&f, "yes", GGUF_BOOL, 1, 1);
    put_info(&f, "token_embd.weight", 32, 2, Q8_0, 0);
    put_info(&f, "numbers", 3, 2, I16, 128);
    put_info(&f, "floats", 2, 1, F32, 192);
    put_info(&f, "packed", 32, 1, Q5_0, 256);
    put_padding(&f, 64);
    put_q8_0(&f, 0x3c00); /* 1.0 */
    put_q8_0(&f, 0xb800); /* -0.5 */
    put_padding(&f, 64);
    for (uint64_t i = 0; i < 6; i++)
        put(&f, i - 2, 2);
    put_padding(&f, 64);
    put(&f, 0x3fc00000, 4);
    put(&f, 0xc0000000, 4);
    put_padding(&f, 64);
    for (uint64_t i = 0; i < 22; i++)
        put(&f, 0, 1);
    return f;
}

static void check_whole_file(const file *f)
{
    tokvec_weights *weights = open_file(f);
    assert_string_equal(tokvec_weights_format(weights), "gguf");
    float row[32];
    read_row(weights, "token_embd.weight", 0, row);
    assert_true(row[0] == 0.0f && row[5] == 5.0f && row[31] == 31.0f);
    read_row(weights, "token_embd.weight", 1, row);
    assert_true(row[1] == -0.5f && row[31] == -15.5f);
    read_row(weights, "numbers", 1, row);
    assert_true(row[0] == 1.0f && row[2] == 3.0f);
    read_row(weights, "numbers", 0, row);
    assert_true(row[0] == -2.0f && row[1] == -1.0f);
    read_row(weights, "floats", 0, row);
    assert_true(row[0] == 1.5f && row[1] == -2.0f);
    tokvec_weights_close(weights);
}

static void test_byte_orders(void **state)
{
    (void)state;
    for (uint64_t version = 2; version <= 3; version++) {
        file little = whole_file(false, version);
        check_whole_file(&little);
        file big = whole_file(true, version);
        check_whole_file(&big);
        memcpy(big.bytes, "FUGG", 4);
        check_whole_file(&big);
        refused_tensor(&big, 3, "'packed' is of type Q5_0 in a big-endian file");
    }
}

static void expect_pair(gguf_cursor *cursor, const char *wanted, gguf_type type, gguf_value *value)
{
    tokvec_text key;
    assert_true(gguf_next_pair(cursor, &key, value));
    assert_true(gguf_text_is(key, wanted));
    assert_int_equal(value->type, type);
}

static void check_pairs(const file *f)
{
    tokvec_weights *weights = open_file(f);
    gguf_cursor cursor = gguf_pairs(weights);
    tokvec_text key;
    gguf_value value;
    assert_int_equal(cursor.left, 6);
    expect_pair(&cursor, "small", GGUF_INT16, &value);
    assert_true(value.as.integer == -2);
    expect_pair(&cursor, "general.alignment", GGUF_UINT32, &value);
    assert_true(value.as.natural == 64);
    expect_pair(&cursor, "real", GGUF_FLOAT32, &value);
    assert_true(value.as.real == 1.5);
    expect_pair(&cursor, "tokenizer.ggml.tokens", GGUF_ARRAY, &value);
    assert_int_equal(value.as.array.type, GGUF_STRING);
    assert_int_equal(value.as.array.count, 3);
    expect_pair(&cursor, "nested", GGUF_ARRAY, &value);
    gguf_cursor outer = gguf_elements(&cursor, &value);
    assert_true(gguf_next_element(&outer, &value) && value.type == GGUF_ARRAY);
    gguf_cursor inner = gguf_elements(&outer, &value);
    assert_true(gguf_next_element(&inner, &value) && value.as.natural == 7);
    assert_true(gguf_next_element(&inner, &value) && value.as.natural == 8);
    assert_false(gguf_next_element(&inner, &value));
    assert_true(gguf_next_element(&outer, &value) && value.type == GGUF_ARRAY);
    inner = gguf_elements(&outer, &value);
    assert_true(gguf_next_element(&inner, &value) && gguf_text_is(value.as.text, "deep"));
    assert_false(gguf_next_element(&outer, &value));
    expect_pair(&cursor, "yes", GGUF_BOOL, &value);
    assert_true(value.as.truth);
    assert_false(gguf_next_pair(&cursor, &key, &value));
    tokvec_weights_close(weights);
}

static void test_pairs(void **state)
{
    (void)state;
    file little = whole_file(false, 3), big = whole_file(true, 3);
    check_pairs(&little);
    check_pairs(&big);
    assert_string_equal(gguf_type_name(GGUF_STRING), "string");
}

static void test_tokens(void **state)
{
    (void)state;
    file f = whole_file(false, 3);
    tokvec_weights *weights = open_file(&f);
    gguf_cursor tokens;
    gguf_value value;
    assert_true(gguf_tokens(weights, &tokens));
    assert_int_equal(tokens.left, 3);
    assert_true(gguf_next_element(&tokens, &value) && gguf_text_is(value.as.text, "a"));
    assert_true(gguf_next_element(&tokens, &value) && gguf_text_is(value.as.text, ""));
    assert_true(gguf_next_element(&tokens, &value) && gguf_text_is(value.as.text, "the"));
    assert_false(gguf_next_element(&tokens, &value));
    tokvec_weights_close(weights);
    file none = {.size = 0};
    put_header(&none, 3, 0, 0);
    weights = open_file(&none);
    assert_false(gguf_tokens(weights, &tokens));
    assert_int_equal(tokvec_weights_count(weights), 0);
    tokvec_weights_close(weights);
}

/* ---- damaged headers ------------------------------------------------------------------------ */

/* Among them what ggml's first readers went wrong with: the counts of tensors (CVE-2024-21836) and
 * of pairs (CVE-2024-23605), the lengths of strings (CVE-2024-23496) and of arrays of numbers and
 * strings (CVE-2024-21825), more dimensions than there is room for (CVE-2024-21802), and sizes
 * whose product or sum wraps (CVE-2025-53630). */

static void test_bad_start(void **state)
{
    (void)state;
    static const struct {
        uint64_t version, tensors, pairs;
        const char *what;
        uint64_t offset;
    } cases[] = {
        {0, 0, 0, "version 0", 4},
        {1, 0, 0, "version 1 of GGUF is out of use", 4},
        {4, 0, 0, "version 4", 4},
        {UINT32_MAX, 0, 0, "version 4294967295", 4},
        {3, 2, 0, "the number of tensors, 2,", 8},
        {3, UINT64_MAX, 0, "the number of tensors, 18446744073709551615,", 8},
        {3, 0, 3, "the number of key/value pairs, 3,", 16},
        {3, 0, (uint64_t)1 << 63, "the number of key/value pairs, 9223372036854775808,", 16},
        {3, 1, 0, "the length of the name of a tensor, 3110627432037296930 bytes", 24},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        file f = {.size = 0};
        put_header(&f, cases[i].version, cases[i].tensors, cases[i].pairs);
        put_bytes(&f, "\"+++++++++++++++++++++++", 24);
        refused(&f, cases[i].what, cases[i].offset);
    }
    static const char *const old[] = {"lmgg", "fmgg", "tjgg", "GGML", "GGJT"};
    for (size_t i = 0; i < COUNT(old); i++) {
        file f = {.size = 0};
        put_header(&f, 3, 0, 0);
        memcpy(f.bytes, old[i], 4);
        refused(&f, "which GGUF has replaced", 0);
    }
    file cut = {.size = 0};
    put_header(&cut, 3, 0, 0);
    cut.size = 23;
    refused(&cut, "cut in its header", 23);
}

/* A file whose only pair is put by the test, at byte 24. */
static file one_pair(void)
{
    file f = {.size = 0};
    put_header(&f, 3, 0, 1);
    return f;
}

static void test_bad_pairs(void **state)
{
    (void)state;
    file f = one_pair();
    put(&f, 1000, 8);
    put_bytes(&f, "key and then nothing", 20);
    refused(&f, "the length of a key, 1000 bytes, goes past the end", 24);
    f = one_pair();
    put_number(&f, "", GGUF_UINT64, 0, 8);
    refused(&f, "the length of a key is 0", 24);
    f = one_pair();
    put_number(&f, "key", (gguf_type)13, 0, 8);
    refused(&f, "the type of a value is 13", 35);
    f = one_pair();
    put_number(&f, "k", GGUF_UINT64, 0, 4);
    refused(&f, "the file is cut in a value", 37);
    f = one_pair();
    put_number(&f, "key", GGUF_STRING, UINT64_MAX, 8);
    refused(&f, "the length of a string, 18446744073709551615 bytes", 39);
    f = one_pair();
    put_key(&f, "key", GGUF_ARRAY);
    put_array(&f, (gguf_type)99, 0);
    refused(&f, "the element type of an array is 99", 39);
    f = one_pair();
    put_key(&f, "key", GGUF_ARRAY);
    put_array(&f, GGUF_UINT32, (uint64_t)1 << 62);
    refused(&f, "the count of an array, 4611686018427387904 elements of type uint32", 43);
    f = one_pair();
    put_key(&f, "key", GGUF_ARRAY);
    put_array(&f, GGUF_STRING, 2);
    put_text(&f, "abc");
    put(&f, 6, 8);
    put_bytes(&f, "short", 5);
    refused(&f, "the length of string 1 of an array, 6 bytes", 62);
    f = one_pair();
    put_key(&f, "key", GGUF_ARRAY);
    put_array(&f, GGUF_STRING, 2);
    put_text(&f, "twelve bytes");
    refused(&f, "the file is cut in an array of strings", 71);
}

static void test_bad_nesting(void **state)
{
    (void)state;
    for (unsigned depth = 4; depth <= 200; depth += 196) {
        file f = one_pair();
        put_key(&f, "key", GGUF_ARRAY);
        for (unsigned i = 1; i < depth; i++)
            put_array(&f, GGUF_ARRAY, 1);
        put_array(&f, GGUF_UINT8, 0);
        if (depth == 4)
            tokvec_weights_close(open_file(&f));
        else
            refused(&f, "arrays are nested more than 4 deep", 39 + 4 * 12);
    }
}

static void test_bad_keys(void **state)
{
    (void)state;
    static const struct {
        gguf_type type;
        uint64_t value;
        size_t size;
        const char *what;
    } cases[] = {
        {GGUF_UINT64, 32, 8, "general.alignment is of type uint64 instead of uint32"},
        {GGUF_UINT32, 0, 4, "general.alignment is 0"},
        {GGUF_UINT32, 48, 4, "general.alignment is 48"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        file f = one_pair();
        put_number(&f, "general.alignment", cases[i].type, cases[i].value, cases[i].size);
        refused(&f, cases[i].what, 53);
    }
    file f = {.size = 0};
    put_header(&f, 3, 0, 3);
    put_number(&f, "twice", GGUF_UINT8, 0, 1);
    put_number(&f, "other", GGUF_UINT8, 0, 1);
    put_number(&f, "twice", GGUF_UINT8, 0, 1);
    refused(&f, "the key 'twice' is repeated", 24 + 18 + 18 + 8);
    f = one_pair();
    put_number(&f, "split.no", GGUF_INT32, UINT32_MAX, 4);
    refused(&f, "split.no is negative", 44);
    f = one_pair();
    put_number(&f, "split.count", GGUF_FLOAT32, 0, 4);
    refused(&f, "split.count is of type float32", 47);
}

/* ---- damaged tensors ------------------------------------------------------------------------ */

/* The name "t" at byte 24, then at 33 what is wrong in it. */
static file one_tensor(uint32_t ndim)
{
    file f = {.size = 0};
    put_header(&f, 3, 1, 0);
    put_text(&f, "t");
    put(&f, ndim, 4);
    return f;
}

static void end_tensor(file *f, uint32_t type, uint64_t offset)
{
    put(f, type, 4);
    put(f, offset, 8);
    put_padding(f, 32);
}

static void test_bad_infos(void **state)
{
    (void)state;
    static const uint64_t two32 = (uint64_t)1 << 32;
    file f = one_tensor(5);
    end_tensor(&f, F32, 0);
    refused(&f, "the number of dimensions of a tensor is 5", 33);
    static const struct {
        uint64_t ne0, ne1, ne2;
        uint32_t type;
        uint64_t offset;
        const char *what;
        uint64_t at;
    } cases[] = {
        {1, (uint64_t)1 << 63, 1, F32, 0, "a dimension of a tensor is negative", 45},
        {two32, two32, 1, F32, 0, "more than 2^63 elements", 33},
        {two32, two32, 0, F32, 0, "more than 2^63 elements", 33},
        {0, INT64_MAX, INT64_MAX, F32, 0, "more than 2^63 elements", 33},
        {two32, two32 / 4, 1, F32, 0, "more than 2^63 bytes", 33},
        {31, 1, 1, Q8_0, 0, "the first dimension of tensor 't', 31, is not a multiple of the 32",
         33},
        {1, 32, 32, Q8_0, 0, "the first dimension of tensor 't', 1,", 33},
        {32, 1, 1, F32, UINT64_MAX - 31, "the offset of tensor 't', 18446744073709551584,", 65},
        {32, 1, 1, F32, (uint64_t)INT64_MAX - 31, "does not fit 63 bits", 65},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        f = one_tensor(3);
        put(&f, cases[i].ne0, 8);
        put(&f, cases[i].ne1, 8);
        put(&f, cases[i].ne2, 8);
        end_tensor(&f, cases[i].type, cases[i].offset);
        refused(&f, cases[i].what, cases[i].at);
    }
}

static void test_bad_data_start(void **state)
{
    (void)state;
    file f = {.size = 0};
    put_header(&f, 3, 1, 1);
    put_number(&f, "general.alignment", GGUF_UINT32, 1u << 31, 4);
    put_info(&f, "t", 0, 0, F32, 0);
    refused(&f, "the tensor data would begin at byte 2147483648", f.size);
    f.size = 0; /* without tensors it does not matter */
    put_header(&f, 3, 0, 1);
    put_number(&f, "general.alignment", GGUF_UINT32, 1u << 31, 4);
    tokvec_weights_close(open_file(&f));
}

static void test_bad_tensor_data(void **state)
{
    (void)state;
    file f = {.size = 0};
    put_header(&f, 3, 6, 0);
    put_info(&f, "good", 2, 2, F32, 32);
    put_info(&f, "unknown", 2, 2, 4000000000, 0);
    put_info(&f, "removed", 32, 2, 4, 0);
    put_info(&f, "askew", 2, 2, F32, 4);
    put_info(&f, "cut", 2, 3, F32, 32);
    put_info(&f, "beyond", 2, 3, F32, 1 << 20);
    put_padding(&f, 32);
    for (uint64_t i = 0; i < 8 + 4; i++)
        put(&f, 0x3f800000, 4); /* up to the end of "good" */
    refused_tensor(&f, 1, "elements of type GGML_TYPE_4000000000");
    refused_tensor(&f, 2, "elements of type GGML_TYPE_4");
    refused_tensor(&f, 3,
                   "the offset of tensor 'askew', 4, is not a multiple of the alignment, 32");
    refused_tensor(&f, 4, "tensor 'cut' has 24 bytes, and the file ends 8 bytes too soon");
    refused_tensor(&f, 5, "tensor 'beyond' has 24 bytes");
    tokvec_weights *weights = open_file(&f);
    float row[2];
    read_row(weights, "good", 1, row);
    assert_true(row[0] == 1.0f && row[1] == 1.0f);
    tokvec_weights_close(weights);
}

static void test_bad_names(void **state)
{
    (void)state;
    file f = {.size = 0};
    put_header(&f, 3, 2, 0);
    put_info(&f, "twice", 1, 1, F32, 0);
    put_info(&f, "twice", 1, 1, F32, 0);
    put_padding(&f, 32);
    refused(&f, "the tensor name 'twice' is repeated", 24 + 49 - 4);
    f.size = 0;
    put_header(&f, 3, 1, 0);
    put(&f, 11, 8);
    put_bytes(&f, "a\0\n\xc3\xa9\xff\xed\xa0\x80\xc0z", 11); /* a surrogate among them */
    put(&f, 0, 4);
    end_tensor(&f, F32, 0);
    put(&f, 0x3f800000, 4);
    tokvec_weights *weights = open_file(&f);
    const tokvec_tensor *tensor = tokvec_weights_tensor(weights, 0);
#define BAD "\xef\xbf\xbd"
    assert_string_equal(tensor->name, "a\xc0\x80\n\xc3\xa9" BAD BAD BAD BAD BAD "z");
    float row[1];
    read_row(weights, tensor->name, 0, row); /* no dimensions: one element */
    assert_true(row[0] == 1.0f);
    tokvec_weights_close(weights);
}

/* A table without rows, and one without columns, at an offset that is nowhere. */
static void test_empty_tensors(void **state)
{
    (void)state;
    file f = {.size = 0};
    put_header(&f, 3, 4, 0);
    put_info(&f, "no rows", 64, 0, Q4_0, (uint64_t)1 << 40);
    put_info(&f, "no columns", 0, 5, Q4_0, 0);
    put_info(&f, "no rows 2", 64, 0, F32, (uint64_t)1 << 40);
    put_info(&f, "no columns 2", 0, 5, F32, 0);
    put_padding(&f, 32);
    tokvec_weights *weights = open_file(&f);
    for (size_t i = 0; i < 4; i++) {
        tokvec_error err;
        const tokvec_tensor *tensor = tokvec_weights_tensor(weights, i);
        assert_int_equal(tensor->bytes, 0);
        tokvec_table *table = tokvec_weights_table(weights, tensor, &err);
        assert_non_null(table);
        int64_t id = 4;
        float row[64];
        assert_int_equal(tokvec_table_read(table, &id, 1, row, &err), i % 2 == 1);
        assert_true(tokvec_table_read(table, &id, 0, row, &err));
        tokvec_table_close(table);
    }
    tokvec_weights_close(weights);
}

/* ---- split models --------------------------------------------------------------------------- */

static char folder[200];

static void part_path(char *path, size_t size, unsigned part, unsigned parts)
{
    snprintf(path, size, "%s/model-%05u-of-%05u.gguf", folder, part, parts);
}

static void save(const file *f, unsigned part, unsigned parts)
{
    char path[300];
    part_path(path, sizeof path, part, parts);
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(f->bytes, 1, f->size, stream), f->size);
    assert_int_equal(fclose(stream), 0);
}

/* Part 1 has the tokens and no tensors, the other parts one tensor each. */
static file split_part(unsigned part, unsigned parts)
{
    file f = {.size = 0};
    put_header(&f, 3, part > 1, part == 1 ? 4 : 3);
    put_number(&f, "split.no", GGUF_UINT16, part - 1, 2);
    put_number(&f, "split.count", GGUF_UINT16, parts, 2);
    put_number(&f, "split.tensors.count", GGUF_INT32, parts - 1, 4);
    if (part == 1) {
        put_key(&f, "tokenizer.ggml.tokens", GGUF_ARRAY);
        put_array(&f, GGUF_STRING, 1);
        put_text(&f, "token");
        return f;
    }
    put_info(&f, part == 2 ? "token_embd.weight" : "output.weight", 32, 1, Q8_0, 0);
    put_padding(&f, 32);
    put_q8_0(&f, part == 2 ? 0x3c00 : 0x4000); /* 1.0, 2.0 */
    return f;
}

static int make_folder(void **state)
{
    (void)state;
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/test_gguf_XXXXXX", base != NULL ? base : "/tmp");
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    (void)state;
    for (unsigned part = 1; part <= 3; part++) {
        char path[300];
        part_path(path, sizeof path, part, 3);
        unlink(path);
    }
    free(held);
    held = NULL;
    return rmdir(folder);
}

static void save_parts(void)
{
    for (unsigned part = 1; part <= 3; part++) {
        file f = split_part(part, 3);
        save(&f, part, 3);
    }
}

static void refused_part(unsigned part, const char *what, const char *where)
{
    char path[300];
    tokvec_error err;
    part_path(path, sizeof path, part, 3);
    assert_null(tokvec_weights_open(path, &err));
    if (strstr(err.what, what) == NULL || strstr(err.where, where) == NULL)
        fail_msg("\"%s\" at \"%s\" instead of \"%s\" at \"%s\"", err.what, err.where, what, where);
}

static void test_split(void **state)
{
    (void)state;
    save_parts();
    for (unsigned part = 1; part <= 3; part++) {
        char path[300];
        tokvec_error err;
        part_path(path, sizeof path, part, 3);
        tokvec_weights *weights = tokvec_weights_open(path, &err);
        if (weights == NULL)
            fail_msg("%s (%s)", err.what, err.where);
        assert_int_equal(tokvec_weights_count(weights), 2);
        float row[32];
        read_row(weights, NULL, 0, row);
        assert_true(row[31] == 31.0f);
        read_row(weights, "output.weight", 0, row);
        assert_true(row[31] == 62.0f);
        gguf_cursor tokens;
        gguf_value value;
        assert_true(gguf_tokens(weights, &tokens) && gguf_next_element(&tokens, &value));
        assert_true(gguf_text_is(value.as.text, "token"));
        tokvec_weights_close(weights);
    }
}

static void test_bad_split(void **state)
{
    (void)state;
    char path[300];
    save_parts();
    part_path(path, sizeof path, 3, 3);
    assert_int_equal(unlink(path), 0);
    refused_part(1, "cannot open", "model-00003-of-00003.gguf");
    file f = split_part(2, 3);
    save(&f, 3, 3);
    refused_part(2, "split.no is 1 in part 3", "model-00003-of-00003.gguf, byte 24");
    refused_part(3, "split.no is 1 in part 3", "model-00003-of-00003.gguf, byte 24");
    f = split_part(3, 4);
    save(&f, 3, 3);
    refused_part(2, "split.count is 4 in a model of 3 parts", "model-00003");
    refused_part(3, "not named as one", "model-00003");
    f = one_pair();
    put_number(&f, "split.no", GGUF_UINT16, 2, 2);
    save(&f, 3, 3);
    refused_part(2, "split.tensors.count is 2, but the parts hold 1 tensors", "model-00001");
    f = split_part(3, 3);
    f.size = 30;
    save(&f, 3, 3);
    refused_part(1, "the number of tensors, 1, is more than fits", "model-00003");
    f = split_part(2, 3);
    tokvec_error err;
    assert_null(open_bytes(f.bytes, f.size, &err));
    assert_non_null(strstr(err.what, "not named as one"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),          cmocka_unit_test(test_listing),
        cmocka_unit_test(test_truncations),     cmocka_unit_test(test_byte_orders),
        cmocka_unit_test(test_pairs),           cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_bad_start),       cmocka_unit_test(test_bad_pairs),
        cmocka_unit_test(test_bad_nesting),     cmocka_unit_test(test_bad_keys),
        cmocka_unit_test(test_bad_infos),       cmocka_unit_test(test_bad_data_start),
        cmocka_unit_test(test_bad_tensor_data), cmocka_unit_test(test_bad_names),
        cmocka_unit_test(test_empty_tensors),   cmocka_unit_test(test_split),
        cmocka_unit_test(test_bad_split),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
