/* test_vocab_rules.c - texts whose lines have a rule of their own, and those that only look so.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "model/open.h"
#include "vocab/vocab_kinds.h"

#define CHECK_RULE(content, wanted) check_rule(content, sizeof content - 1, wanted)

static void check_rule(const char *content, size_t size, line_rule wanted)
{
    file_map *map = file_map_of_bytes(content, size, NULL);
    assert_non_null(map);
    line_rules rules = vocab_rules_of(map, 0);
    if (rules.rule != wanted)
        fail_msg("'%s' has the rule %d, not %d", content, (int)rules.rule, (int)wanted);
    file_map_close(map);
}

static void test_ranks(void **state)
{
    (void)state;
    CHECK_RULE("IQ== 0\nYQ== 1\n", RULE_RANK);
    CHECK_RULE("IQ== 0\r\nYQ== 1\r\n\r\n", RULE_RANK);
    CHECK_RULE("dGhl\t4", RULE_RANK);
    CHECK_RULE("IQ== 0\nthe 1\n", RULE_WORD_NUMBER);
    CHECK_RULE("IQ==\nYQ==\n", RULE_NONE);
    CHECK_RULE("IQ=A 0\n", RULE_WORD_NUMBER); /* padding inside */
    CHECK_RULE("==== 0\n", RULE_WORD_NUMBER);
}

static void test_literals(void **state)
{
    (void)state;
    CHECK_RULE("1 '\\x00' 1\n2 b'\\xe3' 1\n3 \"'\" 1\n", RULE_LITERAL);
    CHECK_RULE("1 ' the' 4\n", RULE_LITERAL);
    CHECK_RULE("1 ' ' 1\n", RULE_LITERAL);
    CHECK_RULE("1 ' 1\n2 ' 1\n", RULE_NUMBER);
    CHECK_RULE("1 'a\" 1\n1 b 1\n", RULE_NUMBER);
}

static void test_yaml(void **state)
{
    (void)state;
    CHECK_RULE("</s>: 0\n\"\\\"\": 3\n", RULE_YAML);
    CHECK_RULE("---\n</s>: 0\n:: 1\n", RULE_YAML);
    CHECK_RULE("a:0\nb:1\n", RULE_NUMBER);
    CHECK_RULE(": 0\n", RULE_WORD_NUMBER); /* a colon and its ID */
}

static void test_words_with_numbers(void **state)
{
    (void)state;
    CHECK_RULE("the 100\nof 50\n", RULE_WORD_NUMBER);
    CHECK_RULE("the\t0\nof\t1\n", RULE_WORD_NUMBER);
    CHECK_RULE("<blk> 0\n 1\nthe 2\n", RULE_WORD_NUMBER); /* the blank itself */
    CHECK_RULE("<blk> 0\n 1\n 2\n", RULE_NONE);
    CHECK_RULE("the 100\n\nof 50\n", RULE_WORD_NUMBER);
    CHECK_RULE("<s>\t0\n</s>\t-1\nx y\t-2.5\n", RULE_SCORE);
    CHECK_RULE("2 1\na 5\nb 3\n", RULE_NONE); /* a file of vectors of one dimension */
    CHECK_RULE("the 0.5\nof 0.25\n", RULE_NUMBER);
    CHECK_RULE("the,2\nof,0\n", RULE_NUMBER);
    CHECK_RULE("token,id\nthe,2\nof,0\n", RULE_TABLE);
    CHECK_RULE("token\tid\nthe\t2\nof\t0\n", RULE_TABLE);
    CHECK_RULE("the 100\nof\n", RULE_NONE);
}

static void test_other_rules(void **state)
{
    (void)state;
    CHECK_RULE("#version: 0.2\nt h\n", RULE_MERGES);
    CHECK_RULE("#version: 0.2\nt h\nhello\n", RULE_MERGES);
    CHECK_RULE("\"bpe_simple_vocab_16e6.txt#version: 0.2\nt h\n", RULE_MERGES);
    CHECK_RULE("t h\nth e\n", RULE_MERGES);
    CHECK_RULE("'<pad>'\n'the_'\n", RULE_SUBWORDS);
    CHECK_RULE("### SubwordTextEncoder\n### Metadata: {}\n'the_'\n", RULE_SUBWORDS);
    CHECK_RULE("0\tthe\n1\tof\n", RULE_ID_FIRST);
    CHECK_RULE("id,token\n0,the\n1,of\n", RULE_ID_FIRST);
    CHECK_RULE("t h e\na b c\n", RULE_FIELDS);
    CHECK_RULE("the\tDET\nof\tADP\n", RULE_TABS);
    CHECK_RULE("the,DET\nof,ADP\n", RULE_COMMAS);
    CHECK_RULE("{'the': 0, 'of': 1}\n", RULE_PYTHON);
    CHECK_RULE("['the', 'of']", RULE_PYTHON);
}

/* What lists of tokens do have. */
static void test_no_rule(void **state)
{
    (void)state;
    CHECK_RULE("", RULE_NONE);
    CHECK_RULE("\n\n", RULE_NONE);
    CHECK_RULE("[PAD]\n[UNK]\n", RULE_NONE);
    CHECK_RULE("0\n1\n2\n", RULE_NONE);
    CHECK_RULE("'\n\"\n''\n", RULE_NONE);
    CHECK_RULE(":\n,\n;\n", RULE_NONE);
    CHECK_RULE("hello world\n", RULE_NONE);
    CHECK_RULE("new york\nparis\n", RULE_NONE);
    CHECK_RULE("{\n}\n[\n]\n", RULE_NONE);
    CHECK_RULE(" a\n b\n", RULE_NONE);
    CHECK_RULE("a:\nb: 1\n", RULE_NONE);
    CHECK_RULE("\xe2\x96\x81the\n\xe2\x96\x81of\n", RULE_NONE);
}

/* One line that is not as all others does not make it a list of tokens. */
static void test_odd_line(void **state)
{
    (void)state;
    char text[4096];
    size_t length = 0;
    for (int i = 0; i < 40; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "w%d %d\n", i, i);
    length += (size_t)snprintf(text + length, sizeof text - length, "none\nw40 40\n");
    file_map *map = file_map_of_bytes(text, length, NULL);
    line_rules rules = vocab_rules_of(map, 0);
    assert_int_equal(rules.rule, RULE_WORD_NUMBER);
    assert_int_equal(rules.odd, 41);
    tokvec_error error;
    assert_null(open_vocab(map, &error));
    assert_string_equal(error.what,
                        "the line does not have what all others have: a word and a number");
    CHECK_RULE("a 0\nb 1\nc\n", RULE_NONE);
}

/* A line that does not end is not a reason to read a file of any size. */
static void test_endless(void **state)
{
    (void)state;
    enum { SIZE = 1 << 17 };
    static char line[SIZE];
    memset(line, 'x', SIZE);
    check_rule(line, SIZE, RULE_NONE);
    memcpy(line, "the 1\n", 6);
    check_rule(line, SIZE, RULE_NONE);
}

/* ---- what is refused, or read -----------------------------------------------------------------
 */

static tokvec_vocab *open_text(const char *content, size_t size, tokvec_error *error)
{
    file_map *map = file_map_of_bytes(content, size, error);
    assert_non_null(map);
    return open_vocab(map, error);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *content, *what;
    } cases[] = {
        {"IQ== 0\nYQ== 0\n", "the numbers after the tokens are not their ranks"},
        {"then 9\nthat 20\n", "the numbers after the tokens are not their ranks"},
        {"IQ== 0\nIQ== 1\n", "1 token is repeated"},
        {"1 'a' 2\n", "the token has another length than the line says"},
        {"1 '\\q' 1\n", "the token is not a valid Python literal"},
        {"1 '\\ud800' 3\n", "the token is not a valid Python literal"},
        {"1 b'\\u0041' 1\n", "the token is not a valid Python literal"},
        {"\"a: 0\n", "the line is not a token and its ID in YAML"},
        {"'a'b': 0\n", "the line is not a token and its ID in YAML"},
        {"the 3\nof 7\nand 5\n",
         "each line is a word and a number, and the numbers are neither IDs "
         "nor counts that fall"},
        {"the 1\n", "each line is a word and a number, and the numbers are neither IDs nor counts "
                    "that fall"},
        {"the 0\nof 0\n", "each line is a word and a number, and the numbers are neither IDs nor "
                          "counts that fall"},
        {"the 9\nthe 8\n", "1 token is repeated"},
        {"13 900\n262 800\n", "the words are numbers, the token IDs of another vocabulary"},
        {"[1, 2, 3]", "the file is a list of numbers, not a vocabulary"},
        {"[{\"id\": 0}]", "the file is a list of objects, not a vocabulary"},
        {"{\"model_type\": \"gpt2\"}",
         "the file is the configuration of a model, not a vocabulary"},
        {"{\"dim\": 4096, \"vocab_size\": 32000}",
         "the file is the configuration of a model, not a vocabulary"},
        {"{\"bos_token\": \"<s>\"}", "the file is a map of special tokens, not a vocabulary"},
        {"{\"config\": {}, \"vocab\": [{\"rank\": 0, \"token_bytes\": \"AA==\"}]}",
         "the tekken.json: its config does not say how many tokens there are"},
        {"[[\"the\", 2], [\"of\", 0]]",
         "the JSON: a list of tokens with numbers, which may be IDs or counts"},
        {"{\"a\": 9, \"b\": 2, \"c\": 1, \"d\": 1, \"e\": 1, \"f\": 1, \"g\": 1, \"h\": 1}",
         "the JSON: its numbers are repeated, as counts are, not IDs"},
        {"{\"model\": {\"vocab\": {}, \"vocab\": {}}}", "the JSON: the member 'vocab' is repeated"},
        {"{\"a\": 4294967296}", "the JSON: a token ID must be less than 2^32"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        tokvec_error error = {0};
        if (open_text(cases[i].content, strlen(cases[i].content), &error) != NULL)
            fail_msg("'%s' is read", cases[i].content);
        assert_string_equal(error.what, cases[i].what);
    }
}

static void check_labels(const char *content, const char *const *labels, size_t count)
{
    tokvec_error error;
    tokvec_vocab *vocab = open_text(content, strlen(content), &error);
    if (vocab == NULL)
        fail_msg("'%s': %s", content, error.what);
    for (size_t id = 0; id < count; id++) {
        tokvec_text label;
        bool known = tokvec_vocab_label(vocab, (int64_t)id, &label, NULL);
        assert_int_equal(known, labels[id] != NULL);
        if (!known)
            continue;
        int64_t found;
        assert_int_equal(label.length, strlen(labels[id]));
        assert_memory_equal(label.bytes, labels[id], label.length);
        label = (tokvec_text){labels[id], strlen(labels[id])};
        assert_true(tokvec_vocab_find(vocab, label, &found, NULL));
        assert_int_equal(found, id);
    }
    tokvec_vocab_close(vocab);
}

#define CHECK_LABELS(content, ...)                         \
    do {                                                   \
        static const char *const labels[] = {__VA_ARGS__}; \
        check_labels(content, labels, COUNT(labels));      \
    } while (0)

static void test_read(void **state)
{
    (void)state;
    CHECK_LABELS("YQ== 1\r\nIHdvcmxk 3\r\nIQ== 0", "!", "a", NULL, " world");
    CHECK_LABELS("44E= 0\nYQ== 1\n", "<0xE3><0x81>", "a");
    CHECK_LABELS("1 '\\n' 1\n2 b'\\xe3\\x81' 2\n3 '\\xe9' 2\n4 '\\U0001f600' 4\n5 ' 1 ' 3\n", NULL,
                 "\n", "<0xE3><0x81>", "\xc3\xa9", "\xf0\x9f\x98\x80", " 1 ");
    CHECK_LABELS("---\n</s>: 0\n\"\\u2581the\": 1\n'it''s': 3\n\xe2\x96\x81of: 2\n", "</s>", " the",
                 " of", "it's");
    CHECK_LABELS("<eps> 0\nthe 2\nof 1\n", "<eps>", "of", "the");
    CHECK_LABELS("<blk> 0\n 1\nthe 2\n", "<blk>", " ", "the");
    CHECK_LABELS("a 1\nb 2\n", NULL, "a", "b");
    CHECK_LABELS("<blk> 0\n<eps> 0\nthe 1\nof 5\n", "<blk>", "the", NULL, NULL, NULL, "of");
    CHECK_LABELS("the 100\nof 50\nand 50\n", "the", "of", "and");
    CHECK_LABELS("then 900\nthat 20\n", "then", "that"); /* base64 of four letters */
    CHECK_LABELS("a 9\nb 8 #fairseq:overwrite\n", "a", "b");
    CHECK_LABELS("@@UNKNOWN@@\nthe\n@@NEWLINE@@\n", "@@PADDING@@", "@@UNKNOWN@@", "the", "\n");
    CHECK_LABELS("@@PADDING@@\n@@UNKNOWN@@\nthe\n", "@@PADDING@@", "@@UNKNOWN@@", "the");
    CHECK_LABELS("\xef\xbb\xbf{\"a\": 1, \"b\": 0}", "b", "a");
    CHECK_LABELS("\xef\xbb\xbf"
                 "the 9\nof 8\n",
                 "the", "of");
    CHECK_LABELS("{\"a\": 0, \"b\": 1, \"a\": 2}", NULL, "b", "a");
    CHECK_LABELS("{\"\": 0, \"\": 1, \"b\": 2}", NULL, "", "b");
    CHECK_LABELS("{\"a\": 0, \"\\u0061\": 1}", NULL, "a");
}

/* Added tokens: text as it is, and the vocabulary's ID where both have one. */
static void test_added(void **state)
{
    (void)state;
    CHECK_LABELS("{\"added_tokens\": [{\"id\": 2, \"content\": \"caf\xc3\xa9\"},"
                 "{\"id\": 3, \"content\": \"\xc4\xa0"
                 "b\"}, {\"id\": 1, \"content\": \"x\"},"
                 "{\"id\": 9, \"content\": \"\xc4\xa0the\"}, {\"id\": 4, \"content\": \"x\"}],"
                 "\"decoder\": {\"type\": \"ByteLevel\"},"
                 "\"model\": {\"vocab\": {\"\xc4\xa0the\": 0, \"y\": 5}}}",
                 " the", "x", "caf\xc3\xa9",
                 "\xc4\xa0"
                 "b",
                 NULL, "y", NULL, NULL, NULL, NULL);
}

static tokvec_vocab *open_data(const char *name)
{
    char path[512];
    tokvec_error error;
    snprintf(path, sizeof path, TESTS_DATA "/vocab/%s", name);
    tokvec_vocab *vocab = tokvec_vocab_open(path, &error);
    if (vocab == NULL)
        fail_msg("%s: %s", name, error.what);
    return vocab;
}

static void check_both(tokvec_vocab *vocab, int64_t id, const char *wanted, int64_t lowest)
{
    tokvec_text label;
    int64_t found = -1;
    assert_true(tokvec_vocab_label(vocab, id, &label, NULL));
    assert_int_equal(label.length, strlen(wanted));
    assert_memory_equal(label.bytes, wanted, label.length);
    assert_true(tokvec_vocab_find(vocab, (tokvec_text){wanted, strlen(wanted)}, &found, NULL));
    assert_int_equal(found, lowest);
}

/* The types of tokens in GGUF files; first by going through the file, then by the copy. */
static void test_gguf_types(void **state)
{
    (void)state;
    tokvec_vocab *vocab = open_data("added.gguf");
    for (int i = 0; i < 10; i++) {
        check_both(vocab, 0, " the", 0);
        check_both(vocab, 1, "\xc3\xb6", 2); /* the added one is meant */
        check_both(vocab, 2, "\xc3\xb6", 2);
        check_both(vocab, 3,
                   "\xc4\xa0"
                   "b",
                   3);
        check_both(vocab, 4, "\xc2\xabx\xc2\xbb", 4);
        check_both(vocab, 5, " b", 5);
    }
    tokvec_vocab_set_raw(vocab, true);
    check_both(vocab, 5,
               "\xc4\xa0"
               "b",
               3);
    tokvec_vocab_close(vocab);
}

static void test_gguf_escapes(void **state)
{
    (void)state;
    static const char *const labels[] = {"<s>",          "\xe4\xb8\xad", " \xc3\xa9", "\\", "\n",
                                         "<0xE4><0xB8>", "it's",         "'\"",       NULL, "u",
                                         "\\xzz\\"};
    tokvec_vocab *vocab = open_data("rwkv.gguf");
    for (size_t i = 0; i < COUNT(labels); i++) {
        if (labels[i] != NULL)
            check_both(vocab, (int64_t)i, labels[i], (int64_t)i);
    }
    tokvec_vocab_set_raw(vocab, true);
    check_both(vocab, 1, "\\xe4\\xb8\\xad", 1);
    tokvec_vocab_close(vocab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranks),        cmocka_unit_test(test_literals),
        cmocka_unit_test(test_yaml),         cmocka_unit_test(test_words_with_numbers),
        cmocka_unit_test(test_no_rule),      cmocka_unit_test(test_other_rules),
        cmocka_unit_test(test_endless),      cmocka_unit_test(test_odd_line),
        cmocka_unit_test(test_refused),      cmocka_unit_test(test_read),
        cmocka_unit_test(test_added),        cmocka_unit_test(test_gguf_types),
        cmocka_unit_test(test_gguf_escapes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
