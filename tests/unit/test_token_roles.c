/* test_token_roles.c - which tokens are never words, by what they are called.
 * What files say of them is in the transcript of check.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "model/token_roles.h"

#include <unistd.h>

/* Vocabularies in a file, of one token a line, and a table that has a row for each. */
static void expect(const char *const *tokens, size_t count, uint8_t role)
{
    char path[] = "/tmp/test-roles-XXXXXX";
    const tokvec_seed_spec spec = {.vocab_size = count, .dim = 1, .dtype = TOKVEC_FLOAT32};
    tokvec_error err;
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(dprintf(fd, "%s\n", tokens[i]), strlen(tokens[i]) + 1);
    close(fd);
    tokvec_vocab *vocab = tokvec_vocab_open(path, &err);
    tokvec_table *table = tokvec_table_seed(&spec, &err);
    assert_non_null(vocab);
    assert_non_null(table);
    token_roles roles = {.rows = 0};
    const token_sources from = {.table = table, .vocab = vocab};
    assert_true(token_roles_find(&roles, &from, &err));
    assert_int_equal(roles.homeless_count, 0);
    for (size_t i = 0; i < count; i++) {
        if (roles.of_row[i] != (TOKEN_THERE | role))
            fail_msg("'%s' is %d, not %d", tokens[i], roles.of_row[i], TOKEN_THERE | role);
    }
    token_roles_free(&roles);
    tokvec_table_close(table);
    tokvec_vocab_close(vocab);
    unlink(path);
}

static void knows_reserved_tokens(void **state)
{
    static const char *const tokens[] = {
        "<unused12>",
        "[unused5]",
        "<|reserved_special_token_3|>",
        "<extra_id_7>",
        "<|extra_3|>",
        "<SPECIAL_20>",
        "[PAD151936]",
        "[UNUSED_TOKEN_12]",
        "<reserved_106>",
        "<|dummy_12|>",
        "<\xef\xbd\x9cplace\xe2\x96\x81holder\xe2\x96\x81no\xe2\x96\x81"
        "0\xef\xbd\x9c>",
        "madeupword0002",
        "<|placeholder1|>",
        "<blank_1>",
        ">>UNUSED_12<<",
        "[control_8]",
    };
    (void)state;
    expect(tokens, COUNT(tokens), TOKEN_SPECIAL);
}

static void knows_roles(void **state)
{
    static const char *const tokens[] = {
        "<s>",
        "</s>",
        "<unk>",
        "<pad>",
        "<eos>",
        "<bos>",
        "<mask>",
        "[CLS]",
        "[SEP]",
        "[PAD]",
        "[MASK]",
        "[UNK]",
        "<|endoftext|>",
        "<|im_start|>",
        "<\xef\xbd\x9c"
        "begin\xe2\x96\x81of\xe2\x96\x81sentence\xef\xbd\x9c>",
    };
    (void)state;
    expect(tokens, COUNT(tokens), TOKEN_SPECIAL);
}

static void takes_words_for_words(void **state)
{
    static const char *const tokens[] = {
        "the",      "<",   ">",  "<>",  "[]",     "[1]",        "<div>",       "</div>", "unused",
        "reserved", "pad", "||", "<|",  "|>",     "madeupword", "madeupwordx", "[",      "]",
        "eos",      "<x",  "x>", "<[>", "a<pad>", "><",         "></",         ">a<",
    };
    (void)state;
    expect(tokens, COUNT(tokens), 0);
}

static void knows_stand_ins(void **state)
{
    static const char *const tokens[] = {"<image>", "<image_soft_token>", "[IMG]", "<video>",
                                         "<audio_soft_token>"};
    static const char *const special[] = {"<|image_pad|>", "<|vision_start|>"};
    (void)state;
    expect(tokens, COUNT(tokens), TOKEN_STAND_IN);
    expect(special, COUNT(special), TOKEN_STAND_IN | TOKEN_SPECIAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_reserved_tokens),
        cmocka_unit_test(knows_roles),
        cmocka_unit_test(takes_words_for_words),
        cmocka_unit_test(knows_stand_ins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
