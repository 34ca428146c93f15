/* test_weights.c - what all weights files have in common.
 * Files that are cut, tensors whose file is yet to be opened, metadata.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "model/open.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

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

/* ---- truncation ----------------------------------------------------------------------------- */

/* Opens the first n bytes in memory of just that size, so that the sanitizer sees reads past them.
 */
static bool opens(const uint8_t *bytes, size_t n, tokvec_error *err)
{
    uint8_t *copy = malloc(n == 0 ? 1 : n);
    assert_non_null(copy);
    memcpy(copy, bytes, n);
    file_map *map = file_map_of_bytes(copy, n, err);
    assert_non_null(map);
    tokvec_weights *weights = open_weights(map, err);
    tokvec_weights_close(weights);
    free(copy);
    return weights != NULL;
}

/* Of these formats no prefix is a file, and each is refused with a message. */
static void test_every_prefix_is_refused(void **state)
{
    (void)state;
    static const char *const files[] = {
        TESTS_DATA "/models/single/model.safetensors",
        TESTS_DATA "/models/sharded/model-00001-of-00002.safetensors",
        TESTS_DATA "/index/both.json",
    };
    for (size_t i = 0; i < COUNT(files); i++) {
        size_t size;
        uint8_t *bytes = slurp(files[i], &size);
        tokvec_error err;
        assert_true(opens(bytes, size, &err));
        for (size_t cut = 0; cut < size; cut++) {
            err.what[0] = '\0';
            if (opens(bytes, cut, &err) || err.what[0] == '\0')
                fail_msg("%zu bytes of %s open", cut, files[i]);
        }
        free(bytes);
    }
}

/* ---- several files -------------------------------------------------------------------------- */

static void test_completing(void **state)
{
    (void)state;
    tokvec_error err;
    tokvec_weights *weights = tokvec_weights_open(TESTS_DATA "/models/sharded", &err);
    assert_non_null(weights);
    assert_string_equal(tokvec_weights_format(weights), "index");
    assert_int_equal(tokvec_weights_count(weights), 5);
    const tokvec_tensor *head = tokvec_weights_tensor(weights, 0);
    assert_string_equal(head->name, "lm_head.weight");
    assert_non_null(strstr(head->file, "sharded/model-00002-of-00002.safetensors"));
    assert_string_equal(head->dtype_name, "");
    const tokvec_tensor *embedding = tokvec_weights_embedding(weights, &err);
    assert_non_null(embedding);
    assert_string_equal(embedding->name, "model.embed_tokens.weight");
    assert_non_null(strstr(embedding->file, "sharded/model-00001-of-00002.safetensors"));
    assert_int_equal(embedding->shape[0], 14);
    assert_string_equal(head->dtype_name, ""); /* its file is not open yet */
    tokvec_table *table = tokvec_weights_table(weights, head, &err);
    assert_non_null(table); /* but opens when it is needed */
    assert_string_equal(head->dtype_name, "bfloat16");
    assert_int_equal(tokvec_table_rows(table), 14);
    assert_true(tokvec_weights_complete(weights, &err));
    assert_int_equal(tokvec_weights_tensor(weights, 4)->shape[0], 4);
    assert_null(tokvec_weights_warning(weights));
    tokvec_table_close(table);
    tokvec_weights_close(weights);
}

/* ---- metadata ------------------------------------------------------------------------------- */

typedef struct seen {
    char text[4000];
    size_t length;
    bool whole_lists;
} seen;

static bool note(void *context, const tokvec_value *value)
{
    seen *s = context;
    const char *key = value->key != NULL ? value->key : "";
    char text[200] = "";
    switch (value->kind) {
    case TOKVEC_VALUE_TEXT: snprintf(text, sizeof text, "'%s'", value->as.text); break;
    case TOKVEC_VALUE_NATURAL:
        snprintf(text, sizeof text, "%llu", (unsigned long long)value->as.natural);
        break;
    case TOKVEC_VALUE_INTEGER:
        snprintf(text, sizeof text, "%lld", (long long)value->as.integer);
        break;
    case TOKVEC_VALUE_REAL: snprintf(text, sizeof text, "%g", value->as.real); break;
    case TOKVEC_VALUE_TRUTH: snprintf(text, sizeof text, "%d", value->as.truth); break;
    case TOKVEC_VALUE_LIST:
        snprintf(text, sizeof text, "%s[%llu", value->type, (unsigned long long)value->as.count);
        break;
    case TOKVEC_VALUE_LIST_END: snprintf(text, sizeof text, "]"); break;
    }
    int n = snprintf(s->text + s->length, sizeof s->text - s->length, "%s%s%s ", key,
                     value->key != NULL ? "=" : "", text);
    s->length += (size_t)n;
    assert_true(s->length < sizeof s->text);
    return s->whole_lists || value->kind != TOKVEC_VALUE_LIST;
}

static void expect_metadata(const char *path, bool whole_lists, const char *part)
{
    tokvec_error err;
    seen s = {.whole_lists = whole_lists};
    tokvec_weights *weights = tokvec_weights_open(path, &err);
    assert_non_null(weights);
    assert_true(tokvec_weights_metadata(weights, note, &s, &err));
    if (strstr(s.text, part) == NULL)
        fail_msg("\"%s\" instead of \"%s\"", s.text, part);
    tokvec_weights_close(weights);
}

static void test_metadata(void **state)
{
    (void)state;
    static const char *const gguf = TESTS_DATA "/gguf/align64.gguf";
    expect_metadata(gguf, true, "fixture.bool=1 fixture.empty_string='' ");
    expect_metadata(gguf, true, "fixture.array.u8=uint8[3 1 2 3 ] fixture.array.i8=int8[2 -1 2 ] ");
    expect_metadata(gguf, true, "fixture.array.str=string[3 '' 'x' '\xc3\xa9' ] ");
    expect_metadata(gguf, true, "fixture.array.empty=int32[0 ] ");
    expect_metadata(gguf, false, "fixture.array.u8=uint8[3 ] fixture.array.i8=int8[2 ] ");
    expect_metadata(TESTS_DATA "/models/sharded", true, "total_size=296 ");
    expect_metadata(TESTS_DATA "/index/both.json", true, "total_size=24 x='y' z=1 r=-1.5 ");
    expect_metadata(TESTS_DATA "/models/single", true, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_prefix_is_refused),
        cmocka_unit_test(test_completing),
        cmocka_unit_test(test_metadata),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
