/* test_tables.c - tests of base/file_map and of table/ but for seeded and GGUF tables.
 * Which tensor is chosen, how rows come out of every layout, and that files may shrink.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include <unistd.h>

#include "model/open.h"
#include "table/mapped.h"

/* ---------------------------------------------------------------- files made here */

/* A safetensors file of empty-headed tensors in memory: text is the header, data zeros follow. */
static tokvec_weights *weights_of_header(const char *header, size_t data, tokvec_error *error)
{
    static uint8_t bytes[1 << 16];
    size_t length = strlen(header);
    assert_true(8 + length + data <= sizeof bytes);
    memset(bytes, 0, sizeof bytes);
    for (size_t i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(length >> 8 * i);
    memcpy(bytes + 8, header, length);
    for (size_t i = 0; i < data; i++)
        bytes[8 + length + i] = (uint8_t)i;
    return open_weights(file_map_of_bytes(bytes, 8 + length + data, NULL), error);
}

/* A model of one-byte 1 x 1 tensors with those names. */
static tokvec_weights *model_of(const char *const *names, size_t n)
{
    static char header[1 << 14];
    size_t length = (size_t)snprintf(header, sizeof header, "{");
    for (size_t i = 0; i < n; i++)
        length += (size_t)snprintf(header + length, sizeof header - length,
                                   "%s\"%s\":{\"dtype\":\"U8\",\"shape\":[1,1],"
                                   "\"data_offsets\":[%zu,%zu]}",
                                   i == 0 ? "" : ",", names[i], i, i + 1);
    snprintf(header + length, sizeof header - length, "}");
    tokvec_weights *weights = weights_of_header(header, n, NULL);
    assert_non_null(weights);
    return weights;
}

/* ---------------------------------------------------------------- the token embedding */

static void the_token_embedding_is_known_by_its_name(void **state)
{
    (void)state;
    static const struct {
        const char *names[6];
        const char *chosen; /* NULL: no telling */
    } models[] = {
        {{"wpe.weight", "wte.weight"}, "wte.weight"},
        {{"transformer.wpe.weight", "transformer.wte.weight", "lm_head.weight"},
         "transformer.wte.weight"},
        {{"model.embed_tokens.weight", "lm_head.weight", "model.layers.0.mlp.weight"},
         "model.embed_tokens.weight"},
        {{"bert.embeddings.position_embeddings.weight", "bert.embeddings.word_embeddings.weight"},
         "bert.embeddings.word_embeddings.weight"},
        {{"shared.weight", "encoder.embed_tokens.weight", "decoder.embed_tokens.weight"},
         "shared.weight"},
        {{"gpt_neox.embed_in.weight", "embed_out.weight"}, "gpt_neox.embed_in.weight"},
        {{"tok_emb.weight", "pos_emb.weight", "out_head.weight"}, "tok_emb.weight"},
        {{"model.layers.7.embed_tokens.weight", "model.embed_tokens.weight"},
         "model.embed_tokens.weight"},
        {{"only.one"}, "only.one"},
        {{"a", "b"}, NULL},
        {{"notwte.weight", "b"}, NULL},
        {{"text.embed_tokens.weight", "audio.embed_tokens.weight"}, "text.embed_tokens.weight"},
        {{"a.embed_tokens.weight", "b.embed_tokens.weight"}, NULL},
        {{"decoder.embed_tokens.weight", "encoder.embed_tokens.weight"}, NULL}, /* they differ */
        {{"model_ema.embed_tokens.weight", "model.embed_tokens.weight"},
         "model.embed_tokens.weight"},
    };
    for (size_t i = 0; i < COUNT(models); i++) {
        size_t n = 0;
        while (n < COUNT(models[i].names) && models[i].names[n] != NULL)
            n++;
        tokvec_weights *weights = model_of(models[i].names, n);
        tokvec_error error;
        const tokvec_tensor *chosen = tokvec_weights_embedding(weights, &error);
        if (models[i].chosen != NULL) {
            assert_non_null(chosen);
            assert_string_equal(chosen->name, models[i].chosen);
        } else {
            assert_null(chosen);
            assert_int_equal(error.code, TOKVEC_NOT_FOUND);
            for (size_t k = 0; k < n; k++)
                assert_non_null(strstr(error.hint, models[i].names[k]));
        }
        tokvec_weights_close(weights);
    }
}

static void a_misspelt_tensor_is_suggested(void **state)
{
    (void)state;
    static const char *const names[] = {"transformer.wte.weight", "transformer.wpe.weight"};
    tokvec_weights *weights = model_of(names, 2);
    tokvec_error error;
    assert_null(tokvec_weights_find(weights, "transformer.wte.wieght", &error));
    assert_string_equal(error.hint, "did you mean 'transformer.wte.weight'?");
    assert_null(tokvec_weights_find(weights, "wpe.weight", &error)); /* without its prefix */
    assert_string_equal(error.hint, "did you mean 'transformer.wpe.weight'?");
    tokvec_weights_close(weights);
}

/* ---------------------------------------------------------------- layouts */

static void check_file(const char *path, const char *same_as)
{
    tokvec_error error;
    tokvec_table *table = tokvec_table_open(path, &error);
    tokvec_table *wanted = tokvec_table_open(same_as, &error);
    assert_true(table != NULL && wanted != NULL);
    assert_int_equal(tokvec_table_rows(table), tokvec_table_rows(wanted));
    assert_int_equal(tokvec_table_dim(table), tokvec_table_dim(wanted));
    size_t row_bytes =
        (size_t)tokvec_table_dim(table) * tokvec_dtype_size(tokvec_table_dtype(table));
    uint8_t a[4096], b[4096];
    assert_true(row_bytes <= sizeof a);
    for (int64_t id = 0; id < (int64_t)tokvec_table_rows(table); id++) {
        assert_true(tokvec_table_read(table, &id, 1, a, &error));
        assert_true(tokvec_table_read(wanted, &id, 1, b, &error));
        assert_memory_equal(a, b, row_bytes);
    }
    tokvec_table_close(table);
    tokvec_table_close(wanted);
}

static void rows_are_the_same_in_every_order(void **state)
{
    (void)state;
    check_file(TESTS_DATA "/npy/f4_fortran.npy", TESTS_DATA "/npy/f4.npy");
}

static void a_pointer_is_given_only_to_rows_that_lie_ready(void **state)
{
    (void)state;
#ifdef TOKVEC_WANT_CHECK
    skip(); /* no row of a file that is not wholly there does */
#endif
    static const struct {
        const char *file;
        bool ready;
    } cases[] = {{"f4.npy", true},
                 {"f4_fortran.npy", false},
                 {"f4_big.npy", false},
                 {"int8.npy", true},
                 {"row.npy", true}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        char path[500];
        snprintf(path, sizeof path, TESTS_DATA "/npy/%s", cases[i].file);
        tokvec_table *table = tokvec_table_open(path, NULL);
        assert_non_null(table);
        const uint8_t *row = tokvec_table_row(table, 0);
        if ((row != NULL) != cases[i].ready)
            fail_msg("%s", cases[i].file);
        if (row != NULL) {
            uint8_t copy[4096];
            int64_t id = (int64_t)tokvec_table_rows(table) - 1;
            size_t row_bytes =
                (size_t)tokvec_table_dim(table) * tokvec_dtype_size(tokvec_table_dtype(table));
            assert_true(tokvec_table_read(table, &id, 1, copy, NULL));
            assert_memory_equal(row + (size_t)id * row_bytes, copy, row_bytes);
        }
        assert_true(tokvec_table_intact(table, NULL));
        tokvec_table_close(table);
    }
}

static void an_unaligned_tensor_is_read_but_not_pointed_to(void **state)
{
    (void)state;
    tokvec_weights *weights = weights_of_header(
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
        "\"wte.weight\":{\"dtype\":\"U32\",\"shape\":[2,1],\"data_offsets\":[1,9]}}",
        9, NULL);
    assert_non_null(weights);
    const tokvec_tensor *tensor = tokvec_weights_embedding(weights, NULL);
    assert_non_null(tensor);
    tokvec_table *table = tokvec_weights_table(weights, tensor, NULL);
    assert_non_null(table);
    int64_t ids[2] = {1, 0};
    uint32_t rows[2];
    assert_true(tokvec_table_read(table, ids, 2, rows, NULL));
    assert_int_equal(rows[0], 0x08070605);
    assert_int_equal(rows[1], 0x04030201);
    if (tensor->offset % 4 != 0)
        assert_null(tokvec_table_row(table, 0));
    tokvec_table_close(table);
    tokvec_weights_close(weights);
}

/* So many rows that they are stored past the cache, if their size and place allow. */
static void many_rows_at_once_are_the_same(void **state)
{
    (void)state;
    enum { ROWS = 300, BYTES = 40 << 20, OFFSET = 20 };
    static const uint64_t dims[] = {8, 24, 100, 1000};
    uint8_t *out = aligned_alloc(64, BYTES + 64);
    assert_non_null(out);
    for (size_t k = 0; k < 2 * COUNT(dims); k++) {
        uint64_t dim = dims[k / 2];
        size_t row_bytes = (size_t)dim * 4, n = BYTES / row_bytes;
        uint8_t *file = malloc(OFFSET + ROWS * row_bytes), *to = out + 16 * (k % 2);
        int64_t *ids = malloc(n * sizeof *ids);
        assert_true(file != NULL && ids != NULL);
        for (size_t i = 0; i < OFFSET + ROWS * row_bytes; i++)
            file[i] = (uint8_t)(i * 167 + i / 256);
        for (size_t i = 0; i < n; i++)
            ids[i] = (int64_t)(i * 7919 % ROWS);
        const matrix_view view = {.rows = ROWS,
                                  .dim = dim,
                                  .dtype = TOKVEC_FLOAT32,
                                  .offset = OFFSET,
                                  .row_stride = row_bytes,
                                  .col_stride = 4};
        file_map *map = file_map_of_bytes(file, OFFSET + ROWS * row_bytes, NULL);
        tokvec_table *table = mapped_table(map, &view, NULL);
        memset(to, 0, n * row_bytes);
        assert_true(tokvec_table_read(table, ids, n, to, NULL));
        for (size_t i = 0; i < n; i++)
            assert_memory_equal(to + i * row_bytes, file + OFFSET + (size_t)ids[i] * row_bytes,
                                row_bytes);
        tokvec_table_close(table);
        file_map_close(map);
        free(file);
        free(ids);
    }
    free(out);
}

static void ids_are_checked(void **state)
{
    (void)state;
    tokvec_table *table = tokvec_table_open(TESTS_DATA "/npy/f4.npy", NULL);
    assert_non_null(table);
    static const int64_t bad[] = {-1, 28, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < COUNT(bad); i++) {
        float rows[2 * 12];
        int64_t ids[2] = {27, bad[i]};
        tokvec_error error;
        assert_false(tokvec_table_read(table, ids, 2, rows, &error));
        assert_int_equal(error.code, TOKVEC_BAD_ID);
        assert_string_equal(error.where, "index 1; the table has 28 rows");
    }
    tokvec_table_close(table);
}

static void what_cannot_be_a_table_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        tokvec_code code;
    } cases[] = {{"/npy/odd_descr_complex.npy", TOKVEC_UNSUPPORTED},
                 {"/npy/bad_data_cut.npy", TOKVEC_BAD_FILE},
                 {"/npy/bad_object.npy", TOKVEC_BAD_FILE},
                 {"/npy/bad_empty.npy", TOKVEC_BAD_FILE},
                 {"/nowhere", TOKVEC_SYSTEM},
                 {"/safetensors/bad_overlap.safetensors", TOKVEC_BAD_FILE},
                 {"/safetensors/no_tensors.safetensors", TOKVEC_NOT_FOUND}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        char path[500];
        tokvec_error error;
        snprintf(path, sizeof path, TESTS_DATA "%s", cases[i].file);
        assert_null(tokvec_table_open(path, &error));
        if (error.code != cases[i].code || strstr(error.where, cases[i].file) == NULL)
            fail_msg("%s: %d %s (%s)", cases[i].file, error.code, error.what, error.where);
    }
}

/* ---------------------------------------------------------------- files that shrink */

static void a_file_that_shrinks_is_noticed(void **state)
{
    (void)state;
    char path[] = "/tmp/tokvec-map-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, 1 << 20), 0);
    tokvec_error error;
    file_map *map = file_map_open(path, &error);
    assert_non_null(map);
    assert_true(tokvec_survive_truncation(&error));
    assert_true(tokvec_survive_truncation(&error)); /* twice does no harm */
    assert_true(file_map_intact(map, &error));
    assert_true(file_want(map, 0, 1 << 20, &error));
    assert_int_equal(map->data[(1 << 20) - 1], 0);
    assert_int_equal(ftruncate(fd, 100), 0);
    assert_int_equal(map->data[(1 << 20) - 1], 0); /* SIGBUS, but for the handler */
    assert_false(file_map_intact(map, &error));
    assert_int_equal(error.code, TOKVEC_SYSTEM);
    assert_int_equal(ftruncate(fd, 1 << 20), 0);
    assert_false(file_map_intact(map, &error)); /* what was read then is not to be trusted */
    file_map_close(map);
    close(fd);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_token_embedding_is_known_by_its_name),
        cmocka_unit_test(a_misspelt_tensor_is_suggested),
        cmocka_unit_test(rows_are_the_same_in_every_order),
        cmocka_unit_test(a_pointer_is_given_only_to_rows_that_lie_ready),
        cmocka_unit_test(an_unaligned_tensor_is_read_but_not_pointed_to),
        cmocka_unit_test(many_rows_at_once_are_the_same),
        cmocka_unit_test(ids_are_checked),
        cmocka_unit_test(what_cannot_be_a_table_is_refused),
        cmocka_unit_test(a_file_that_shrinks_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
