/* test_torch.c - tests of table/torch, table/zip and table/pickle.
 * Archives made here, honest and crafted; every truncation of files that PyTorch wrote. The values
 * of whole files are checked by cli/torch_files.bats.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "model/open.h"

/* ---- archives made here --------------------------------------------------------------------- */

typedef struct bytes {
    uint8_t data[8192];
    size_t size;
} bytes;

static void put(bytes *b, const void *data, size_t size)
{
    assert_true(b->size + size <= sizeof b->data);
    memcpy(b->data + b->size, data, size);
    b->size += size;
}

static void put_number(bytes *b, uint64_t value, size_t size)
{
    assert_true(b->size + size <= sizeof b->data);
    for (size_t i = 0; i < size; i++)
        b->data[b->size++] = (uint8_t)(i < 8 ? value >> 8 * i : 0);
}

static void put_string(bytes *b, const char *text)
{
    put(b, text, strlen(text));
}

/* A member of an archive, and what its local header and directory entry say. */
typedef struct member {
    const char *name, *local_name; /* local_name NULL: the same */
    const void *content;
    size_t size;
    uint32_t local_size; /* 0: the same */
    uint16_t method, local_method, flags;
    uint32_t offset; /* set here */
} member;

static void put_header(bytes *b, const member *m, bool local)
{
    put_number(b, local ? 0x04034b50 : 0x02014b50, 4);
    put_number(b, 0, local ? 2 : 4);
    put_number(b, m->flags, 2);
    put_number(b, local && m->local_method != 0 ? m->local_method : m->method, 2);
    put_number(b, 0, 8); /* time, CRC-32 */
    put_number(b, local && m->local_size != 0 ? m->local_size : m->size, 4);
    put_number(b, local && m->local_size != 0 ? m->local_size : m->size, 4);
    const char *name = local && m->local_name != NULL ? m->local_name : m->name;
    put_number(b, strlen(name), 2);
    put_number(b, 0, 2);
    if (!local) {
        put_number(b, 0, 10);
        put_number(b, m->offset, 4);
    }
    put_string(b, name);
}

static bytes archive(member *members, size_t count)
{
    bytes b = {.size = 0};
    for (size_t i = 0; i < count; i++) {
        members[i].offset = (uint32_t)b.size;
        put_header(&b, &members[i], true);
        put(&b, members[i].content, members[i].size);
    }
    size_t directory = b.size;
    for (size_t i = 0; i < count; i++)
        put_header(&b, &members[i], false);
    size_t size = b.size - directory;
    put_number(&b, 0x06054b50, 4);
    put_number(&b, 0, 4);
    put_number(&b, count, 2);
    put_number(&b, count, 2);
    put_number(&b, size, 4);
    put_number(&b, directory, 4);
    put_number(&b, 0, 2);
    return b;
}

/* ---- pickles made here ---------------------------------------------------------------------- */

static void put_text(bytes *b, const char *text)
{
    put_string(b, "X");
    put_number(b, strlen(text), 4);
    put_string(b, text);
}

static void put_integer(bytes *b, int64_t value)
{
    put(b, "\x8a\x08", 2);
    put_number(b, (uint64_t)value, 8);
}

/* A tensor of two rows and two columns over four elements of storage "0". */
static void put_tensor(bytes *b, const char *maker, const char *storage, int64_t numel,
                       const char *dtype)
{
    put_string(b, "c");
    put_string(b, maker);
    put_string(b, "\n((");
    put_text(b, "storage");
    put_string(b, "c");
    put_string(b, storage);
    put_string(b, "\n");
    put_text(b, "0");
    put_text(b, "cpu");
    put_integer(b, numel);
    put_string(b, "tQK");
    put_number(b, 0, 1);
    put_string(b, "K\2K\2\x86K\2K\1\x86\x89}");
    if (dtype != NULL) {
        put_string(b, "ctorch\n");
        put_string(b, dtype);
        put_string(b, "\n");
    }
    put_string(b, "tR");
}

static void put_float32(bytes *b)
{
    put_tensor(b, "torch._utils\n_rebuild_tensor_v2", "torch\nFloatStorage", 4, NULL);
}

/* The checkpoint {KEY: tensor, ...}: begin, pairs, end. */
static bytes begin(void)
{
    bytes b = {.size = 0};
    put(&b, "\x80\x02}(", 4);
    return b;
}

static const float numbers[4] = {1.5f, -2.0f, 0.25f, 8.0f};

static bytes checkpoint(bytes *pickle)
{
    put_string(pickle, "u.");
    member members[] = {{.name = "x/data.pkl", .content = pickle->data, .size = pickle->size},
                        {.name = "x/data/0", .content = numbers, .size = sizeof numbers}};
    return archive(members, 2);
}

/* ---- opening -------------------------------------------------------------------------------- */

static uint8_t *held; /* of its own size, so that the sanitizer sees a read past it */

static tokvec_weights *open_bytes(const uint8_t *data, size_t size, tokvec_error *err)
{
    free(held);
    held = malloc(size == 0 ? 1 : size);
    assert_non_null(held);
    memcpy(held, data, size);
    file_map *map = file_map_of_bytes(held, size, err);
    assert_non_null(map);
    return open_weights(map, err);
}

static tokvec_weights *opened(const bytes *b)
{
    tokvec_error err;
    tokvec_weights *weights = open_bytes(b->data, b->size, &err);
    if (weights == NULL)
        fail_msg("%s (%s)", err.what, err.where);
    return weights;
}

static void refused(const bytes *b, const char *what)
{
    tokvec_error err;
    assert_null(open_bytes(b->data, b->size, &err));
    if (strstr(err.what, what) == NULL)
        fail_msg("\"%s\" instead of \"%s\"", err.what, what);
}

static void check_row(tokvec_weights *weights, const char *name, int64_t id, const void *expected,
                      size_t size)
{
    tokvec_error err;
    uint64_t row[64];
    const tokvec_tensor *tensor = find_tensor(weights, name, &err);
    if (tensor == NULL)
        fail_msg("%s", err.what);
    tokvec_table *table = tokvec_weights_table(weights, tensor, &err);
    if (table == NULL)
        fail_msg("%s", err.what);
    assert_true(tokvec_table_read(table, &id, 1, row, &err));
    assert_memory_equal(row, expected, size);
    tokvec_table_close(table);
}

static void refused_name(tokvec_weights *weights, const char *name, const char *what)
{
    tokvec_error err;
    const tokvec_tensor *tensor = find_tensor(weights, name, &err);
    if (tensor != NULL)
        assert_null(tokvec_weights_table(weights, tensor, &err));
    if (strstr(err.what, what) == NULL)
        fail_msg("\"%s\" instead of \"%s\"", err.what, what);
}

/* ---- archives ------------------------------------------------------------------------------- */

static void test_headers_that_disagree(void **state)
{
    (void)state;
    bytes pickle = begin();
    put_text(&pickle, "a");
    put_float32(&pickle);
    put_string(&pickle, "u.");
    member good[] = {{.name = "x/data.pkl", .content = pickle.data, .size = pickle.size},
                     {.name = "x/data/0", .content = numbers, .size = sizeof numbers},
                     {.name = "x/other", .content = "", .size = 0}};
    bytes b = archive(good, 3);
    tokvec_weights *weights = opened(&b);
    check_row(weights, "a", 1, numbers + 2, 8);
    tokvec_weights_close(weights);
    const struct {
        member change;
        const char *what;
    } cases[] = {
        {{.name = "x/data/0", .local_name = "x/data/1"}, "another name in its own header"},
        {{.name = "x/data/0", .local_name = "x/data/00"}, "another name in its own header"},
        {{.name = "x/data/0", .local_size = 8}, "two headers"},
        {{.name = "x/data/0", .local_method = 8}, "two headers"},
        {{.name = "x/data/0", .method = 12}, "method 12 (bzip2)"},
        {{.name = "x/data/0", .flags = 1}, "is encrypted"},
        {{.name = "x/data.pkl"}, "is repeated"},
        {{.name = "y/data/0"}, "does not have the member data/0"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        good[1] = cases[i].change;
        good[1].content = numbers;
        good[1].size = sizeof numbers;
        b = archive(good, 3);
        refused(&b, cases[i].what);
    }
}

/* ---- names ---------------------------------------------------------------------------------- */

static void test_paths(void **state)
{
    (void)state;
    bytes pickle = begin();
    put_text(&pickle, "model");
    put_string(&pickle, "}(");
    put_text(&pickle, "emb.weight");
    put_float32(&pickle);
    put_text(&pickle, "both");
    put_float32(&pickle);
    put_string(&pickle, "u");
    put_text(&pickle, "list");
    put_string(&pickle, "](");
    put_float32(&pickle);
    put_string(&pickle, "}K\7");
    put_float32(&pickle);
    put_string(&pickle, "se");
    put_text(&pickle, "ema");
    put_string(&pickle, "}");
    put_text(&pickle, "both");
    put_float32(&pickle);
    put_string(&pickle, "s");
    put_text(&pickle, "ema.both");
    put_float32(&pickle);
    bytes b = checkpoint(&pickle);
    tokvec_weights *weights = opened(&b);
    assert_int_equal(tokvec_weights_count(weights), 6);
    check_row(weights, "model.emb.weight", 0, numbers, 8);
    check_row(weights, "emb.weight", 0, numbers, 8);
    check_row(weights, "list.0", 0, numbers, 8);
    check_row(weights, "list.1.7", 0, numbers, 8);
    check_row(weights, "7", 0, numbers, 8);
    check_row(weights, "model.both", 0, numbers, 8);
    refused_name(weights, "both", "no tensor is named");
    refused_name(weights, "ema.both", "two tensors are named");
    refused_name(weights, "weight", "no tensor is named");
    tokvec_weights_close(weights);
}

/* ---- objects -------------------------------------------------------------------------------- */

static void test_objects(void **state)
{
    (void)state;
    bytes pickle = begin();
    put_text(&pickle, "a");
    put_float32(&pickle);
    put_text(&pickle, "settings");
    put_string(&pickle, "cargparse\nNamespace\n)\x81}");
    put_text(&pickle, "rate");
    put_string(&pickle, "K\1sb");
    put_text(&pickle, "hidden");
    put_string(&pickle, "cmine\nBox\n)\x81}");
    put_text(&pickle, "inside");
    put_float32(&pickle);
    put_string(&pickle, "sb");
    bytes b = checkpoint(&pickle);
    tokvec_weights *weights = opened(&b);
    assert_int_equal(tokvec_weights_count(weights), 2);
    check_row(weights, NULL, 1, numbers + 2, 8);
    refused_name(weights, "hidden", "is made by mine.Box, which tokvec does not run");
    refused_name(weights, "settings", "no tensor is named");
    tokvec_weights_close(weights);
}

static void test_types_of_v3(void **state)
{
    (void)state;
    static const char *const makers[] = {"float8_e4m3fn", "float8_e5m2", "uint16",  "uint32",
                                         "uint64",        "float32",     "bfloat16"};
    for (size_t i = 0; i < COUNT(makers); i++) {
        size_t size = tokvec_dtype_size(tokvec_dtype_from_name(makers[i]));
        bytes pickle = begin();
        put_text(&pickle, "a");
        put_tensor(&pickle, "torch._utils\n_rebuild_tensor_v3", "torch.storage\nUntypedStorage",
                   (int64_t)sizeof numbers, makers[i]);
        bytes b = checkpoint(&pickle);
        if (size == 8) {
            refused(&b, "reaches past its storage of 2 elements");
            continue;
        }
        tokvec_weights *weights = opened(&b);
        assert_string_equal(tokvec_weights_tensor(weights, 0)->dtype_name, makers[i]);
        check_row(weights, "a", 1, (const uint8_t *)numbers + 2 * size, 2 * size);
        tokvec_weights_close(weights);
    }
    bytes pickle = begin();
    put_text(&pickle, "a");
    put_tensor(&pickle, "torch._utils\n_rebuild_tensor_v3", "torch.storage\nUntypedStorage", 16,
               "float9");
    bytes b = checkpoint(&pickle);
    refused(&b, "unknown type torch.float9");
}

static void test_harm(void **state)
{
    (void)state;
    static const char *const calls[] = {"cos\nsystem\n)R", "cbuiltins\nexec\n)R",
                                        "cnt\nsystem\n)\x81", "csubprocess\nrun\n"};
    for (size_t i = 0; i < COUNT(calls); i++) {
        bytes pickle = begin();
        put_text(&pickle, "a");
        put_float32(&pickle);
        put_text(&pickle, "b");
        put_string(&pickle, calls[i]);
        bytes b = checkpoint(&pickle);
        refused(&b, "an attack would call");
    }
}

/* ---- truncations ---------------------------------------------------------------------------- */

/* All rows of all tensors, one after the other. */
static size_t all_rows(tokvec_weights *weights, uint8_t *out, size_t room)
{
    tokvec_error err;
    size_t used = 0;
    for (size_t i = 0; i < tokvec_weights_count(weights); i++) {
        tokvec_table *table =
            tokvec_weights_table(weights, tokvec_weights_tensor(weights, i), &err);
        if (table == NULL)
            continue;
        size_t row = (size_t)tokvec_table_dim(table) * tokvec_dtype_size(tokvec_table_dtype(table));
        for (int64_t id = 0; id < (int64_t)tokvec_table_rows(table); id++, used += row) {
            assert_true(used + row <= room);
            assert_true(tokvec_table_read(table, &id, 1, out + used, &err));
        }
        tokvec_table_close(table);
    }
    return used;
}

static void check_truncations(const char *name)
{
    static uint8_t whole[20000], cut[20000];
    static uint64_t rows[2][4000];
    char path[1024];
    tokvec_error err;
    snprintf(path, sizeof path, "%s/%s", TESTS_DATA, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(whole, 1, sizeof whole, file);
    fclose(file);
    tokvec_weights *weights = open_bytes(whole, size, &err);
    assert_non_null(weights);
    size_t expected = all_rows(weights, (uint8_t *)rows[0], sizeof rows[0]);
    tokvec_weights_close(weights);
    assert_true(size > 0 && expected > 0);
    for (size_t length = 0; length < size; length++) {
        memcpy(cut, whole, length);
        weights = open_bytes(cut, length, &err);
        if (weights == NULL)
            continue;
        assert_int_equal(all_rows(weights, (uint8_t *)rows[1], sizeof rows[1]), expected);
        assert_memory_equal(rows[0], rows[1], expected);
        tokvec_weights_close(weights);
    }
}

static void test_truncations(void **state)
{
    (void)state;
    check_truncations("torch/state_dict.pt");
    check_truncations("torch/state_dict_legacy.pt");
    check_truncations("torch/legacy_proto4.pt");
    check_truncations("torch/tied_legacy.pt");
    check_truncations("torch/rezipped_comment.pt");
    check_truncations("npz/stored.npz");
#ifdef TOKVEC_HAVE_ZLIB
    check_truncations("torch/rezipped_deflated.pt");
    check_truncations("npz/compressed.npz");
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headers_that_disagree),
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_objects),
        cmocka_unit_test(test_types_of_v3),
        cmocka_unit_test(test_harm),
        cmocka_unit_test(test_truncations),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(held);
    return failed;
}
