/* test_vocab.c - vocabularies of every kind, and the alphabets between text and tokens.
 * The files and alphabet.txt are made by tests/data/vocab/make_vocab.py.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "model/open.h"
#include "vocab/vocab_list.h"

static tokvec_vocab *vocab_in(const char *name)
{
    char path[512];
    tokvec_error error;
    snprintf(path, sizeof path, TESTS_DATA "/vocab/%s", name);
    tokvec_vocab *vocab = tokvec_vocab_open(path, &error);
    if (vocab == NULL)
        fail_msg("%s: %s", name, error.what);
    return vocab;
}

static tokvec_text text(const char *string)
{
    return (tokvec_text){string, strlen(string)};
}

static void check_label(tokvec_vocab *vocab, int64_t id, const char *wanted)
{
    tokvec_text label;
    assert_true(tokvec_vocab_label(vocab, id, &label, NULL));
    assert_int_equal(label.length, strlen(wanted));
    assert_memory_equal(label.bytes, wanted, label.length);
}

static void check_no_label(tokvec_vocab *vocab, int64_t id)
{
    tokvec_text label;
    tokvec_error error;
    assert_false(tokvec_vocab_label(vocab, id, &label, &error));
    assert_int_equal(error.code, TOKVEC_NOT_FOUND);
}

static void check_find(tokvec_vocab *vocab, const char *token, int64_t wanted)
{
    int64_t id = -1;
    tokvec_error error;
    if (!tokvec_vocab_find(vocab, text(token), &id, &error))
        fail_msg("%s", error.what);
    assert_int_equal(id, wanted);
}

static void check_missing(tokvec_vocab *vocab, const char *token, const char *hint)
{
    int64_t id;
    tokvec_error error;
    assert_false(tokvec_vocab_find(vocab, text(token), &id, &error));
    assert_int_equal(error.code, TOKVEC_NOT_FOUND);
    assert_string_equal(error.hint, hint);
    assert_false(tokvec_vocab_find(vocab, text(token), &id, NULL));
}

/* ---- alphabets ------------------------------------------------------------------------------ */

static const alphabet byte_level = {.kind = ALPHABET_BYTE_LEVEL};

static void test_byte_level_alphabet(void **state)
{
    (void)state;
    FILE *file = fopen(TESTS_DATA "/vocab/alphabet.txt", "r");
    assert_non_null(file);
    for (int i = 0; i < 256; i++) {
        int byte;
        char hex[9] = "", spelling[4], out[3];
        assert_int_equal(fscanf(file, "%d %8s", &byte, hex), 2);
        assert_int_equal(byte, i);
        size_t length = strlen(hex) / 2;
        for (size_t k = 0; k < length; k++) {
            unsigned value;
            assert_int_equal(sscanf(hex + 2 * k, "%2x", &value), 1);
            spelling[k] = (char)value;
        }
        char c = (char)byte;
        assert_int_equal(alphabet_encode(&byte_level, (tokvec_text){&c, 1}, out), length);
        assert_memory_equal(out, spelling, length);
        tokvec_text stored = {spelling, length};
        assert_int_equal(alphabet_decode(&byte_level, stored, out), 1);
        assert_memory_equal(out, &c, 1);
    }
    fclose(file);
}

/* What is not of the alphabet stays as it is. */
static void test_byte_level_literals(void **state)
{
    (void)state;
    static const char *const tokens[] = {"<|im start|>", "\xe6\x97\xa5", "\xc5\x84",
                                         "\xc2\xad",     "\xff",         "\xc4"};
    for (size_t i = 0; i < COUNT(tokens); i++) {
        char out[16];
        size_t length = strlen(tokens[i]);
        assert_int_equal(alphabet_decode(&byte_level, text(tokens[i]), out), length);
        assert_memory_equal(out, tokens[i], length);
    }
}

static void test_escapes(void **state)
{
    (void)state;
    char out[64];
    size_t n = alphabet_escape((tokvec_text){"a\xe6\x97\xa5\xff\0\x80", 7}, out);
    assert_int_equal(n, 17);
    assert_memory_equal(out, "a\xe6\x97\xa5<0xFF>\0<0x80>", n);
    n = alphabet_unescape((tokvec_text){out, n}, out + 32);
    assert_int_equal(n, 7);
    assert_memory_equal(out + 32, "a\xe6\x97\xa5\xff\0\x80", n);
    n = alphabet_escape(text("<0x41>\xff"), out);
    assert_int_equal(n, 17);
    assert_memory_equal(out, "<0x3C>0x41><0xFF>", n);
    n = alphabet_unescape(text("<0xG0><0x1><0x0a><0x0A>"), out);
    assert_int_equal(n, 18);
    assert_memory_equal(out, "<0xG0><0x1><0x0a>\n", n);
}

/* What stands for a space, and bytes in letters of which case: both ways, at every length. */
static void test_spaces(void **state)
{
    (void)state;
    static const char *const spaces[] = {"", "_", "\xc2\xb7", ALPHABET_MARK, "\xf0\x9f\x8d\xb0"};
    for (size_t i = 0; i < COUNT(spaces); i++) {
        alphabet a = {.kind = ALPHABET_SENTENCEPIECE};
        char stored[64], read[64], wanted[64];
        memcpy(a.space, spaces[i], strlen(spaces[i]) + 1);
        const char *space = i == 0 ? ALPHABET_MARK : spaces[i];
        snprintf(wanted, sizeof wanted, "%sa%s%sb%s", space, space, space, space);
        size_t n = alphabet_encode(&a, text(" a  b "), stored);
        assert_int_equal(n, strlen(wanted));
        assert_memory_equal(stored, wanted, n);
        assert_int_equal(alphabet_decode(&a, (tokvec_text){stored, n}, read), 6);
        assert_memory_equal(read, " a  b ", 6);
    }
}

static void test_byte_forms(void **state)
{
    (void)state;
    static const char *const forms[] = {"<0x4A>", "<0x4a>", "<0xZz>"};
    static const size_t lengths[][COUNT(forms)] = {[BYTES_IN_CAPITALS] = {1, 6, 6},
                                                   [BYTES_IN_ANY_CASE] = {1, 1, 6},
                                                   [BYTES_NEVER] = {6, 6, 6}};
    for (size_t i = 0; i < COUNT(lengths); i++) {
        const alphabet a = {.kind = ALPHABET_SENTENCEPIECE, .bytes = (byte_forms)i};
        for (size_t k = 0; k < COUNT(forms); k++) {
            char out[8];
            assert_int_equal(alphabet_decode(&a, text(forms[k]), out), lengths[i][k]);
            assert_memory_equal(out, lengths[i][k] == 1 ? "J" : forms[k], lengths[i][k]);
        }
    }
}

/* ---- kinds ---------------------------------------------------------------------------------- */

static void check_byte_level(const char *name)
{
    tokvec_vocab *vocab = vocab_in(name);
    check_label(vocab, 0, "!");
    check_label(vocab, 2, "\n");
    check_label(vocab, 7, " the");
    check_label(vocab, 12, " \xe6\x97\xa5");
    check_label(vocab, 13, "<0xE6>");
    check_find(vocab, " the", 7);
    check_find(vocab, "the", 8);
    check_find(vocab, "\xc4\xa0the", 7); /* as it is stored */
    check_find(vocab, " ", 6);
    check_find(vocab, "\xc3\xa9", 11);
    check_find(vocab, "<0xE6>", 13);
    check_find(vocab, "\xe6", 13);
    check_find(vocab, "\t", 3);
    check_find(vocab, " \"quoted\"", 15);
    check_missing(vocab, " Pariss", "did you mean ' Paris'?");
    check_missing(vocab, "zzzzzzzz", "");
    check_no_label(vocab, -1);
    check_no_label(vocab, 1000);
    tokvec_vocab_set_raw(vocab, true);
    check_label(vocab, 7, "\xc4\xa0the");
    check_find(vocab, "\xc4\xa0the", 7);
    check_missing(vocab, " the", "did you mean 'the'?");
    tokvec_vocab_close(vocab);
}

static void test_byte_level(void **state)
{
    (void)state;
    check_byte_level("encoder.json");
    check_byte_level("byte_level.tokenizer.json");
    check_byte_level("gpt2.gguf");
    tokvec_vocab *vocab = vocab_in("byte_level.tokenizer.json");
    check_label(vocab, 19, "<|end of text|>");
    check_find(vocab, "<|end of text|>", 19);
    check_find(vocab, "<|pad|>", 20);
    assert_int_equal(tokvec_vocab_count(vocab), 21);
    tokvec_vocab_close(vocab);
}

static void check_sentencepiece(const char *name)
{
    tokvec_vocab *vocab = vocab_in(name);
    check_label(vocab, 0, "<unk>");
    check_label(vocab, 4, "\n");
    check_label(vocab, 7, "<0xE4>");
    check_label(vocab, 8, " ");
    check_label(vocab, 9, " the");
    check_label(vocab, 16, "x y");
    check_find(vocab, " the", 9);
    check_find(vocab, "\xe2\x96\x81the", 9);
    check_find(vocab, "<0x0A>", 4);
    check_find(vocab, "\n", 15); /* a piece of its own comes before the byte */
    check_find(vocab, "a", 11);
    check_find(vocab, " ", 8);
    check_find(vocab, "x y", 16);
    check_find(vocab, "\xe4", 7);
    check_missing(vocab, "Paris", "did you mean ' Paris'?");
    assert_int_equal(tokvec_vocab_count(vocab), 17);
    tokvec_vocab_close(vocab);
}

static void test_sentencepiece(void **state)
{
    (void)state;
    check_sentencepiece("unigram.tokenizer.json");
    check_sentencepiece("llama.tokenizer.json");
    check_sentencepiece("llama.gguf");
    tokvec_vocab *vocab = vocab_in("pieces.vocab");
    check_label(vocab, 9, " the");
    check_find(vocab, "x y", 15);
    assert_int_equal(tokvec_vocab_count(vocab), 16);
    tokvec_vocab_close(vocab);
}

static void test_words(void **state)
{
    (void)state;
    static const char *const names[] = {"vocab.txt", "windows.txt", "wordpiece.tokenizer.json"};
    for (size_t i = 0; i < COUNT(names); i++) {
        tokvec_vocab *vocab = vocab_in(names[i]);
        assert_int_equal(tokvec_vocab_count(vocab), 18);
        check_label(vocab, 0, "[PAD]");
        check_label(vocab, 6, "\xc4\xa0");
        check_label(vocab, 7, "\xc3\xa9");
        check_label(vocab, 17, "to");
        check_find(vocab, "##42", 9);
        check_find(vocab, "[PAD]", 0);
        check_no_label(vocab, 18);
        check_missing(vocab, "Paris", "did you mean 'paris'?");
        tokvec_vocab_close(vocab);
    }
}

static void test_sparse_ids(void **state)
{
    (void)state;
    tokvec_vocab *vocab = vocab_in("escaped.json");
    static const int64_t ids[] = {0, 1, 3, 7, 1000000007};
    assert_int_equal(tokvec_vocab_count(vocab), COUNT(ids));
    for (size_t i = 0; i < COUNT(ids); i++) {
        int64_t id;
        tokvec_text label;
        assert_true(tokvec_vocab_token(vocab, i, &id, &label, NULL));
        assert_int_equal(id, ids[i]);
    }
    check_label(vocab, 0, "a\"\\/\b\f\n\r\t");
    check_label(vocab, 3, "\xf0\x9f\x98\x80");
    check_label(vocab, 1000000007, " ");
    check_no_label(vocab, 2);
    check_no_label(vocab, 999);
    check_find(vocab, " ", 1000000007);
    tokvec_text label;
    assert_true(tokvec_vocab_label(vocab, 7, &label, NULL));
    assert_int_equal(label.length, 1); /* a NUL */
    assert_memory_equal(label.bytes, "", 1);
    tokvec_vocab_close(vocab);
}

/* Bytes that are not UTF-8, repeated tokens, and a token of no bytes. */
static void test_odd_tokens(void **state)
{
    (void)state;
    tokvec_vocab *vocab = vocab_in("bytes.gguf");
    check_label(vocab, 1, "<0xFF><0xFE>");
    check_find(vocab, "<0xFF><0xFE>", 1);
    check_label(vocab, 2, "");
    check_find(vocab, "", 2);
    check_find(vocab, "a", 0);
    check_label(vocab, 3, "a");
    tokvec_vocab_close(vocab);
}

/* More tokens than are noted, asked for in any order and often enough for an index. */
static void test_many_tokens(void **state)
{
    (void)state;
    tokvec_vocab *vocab = vocab_in("many.gguf");
    char wanted[16];
    assert_int_equal(tokvec_vocab_count(vocab), 200);
    for (int64_t i = 0; i < 400; i++) {
        int64_t id = (i * 77 + 13) % 200;
        snprintf(wanted, sizeof wanted, id % 2 ? " %d" : "%d", (int)id);
        check_label(vocab, id, wanted);
        check_find(vocab, wanted, id);
    }
    check_missing(vocab, "200", "did you mean '20'?");
    tokvec_vocab_close(vocab);
}

static void test_many_finds(void **state)
{
    (void)state;
    tokvec_vocab *vocab = vocab_in("encoder.json");
    for (int i = 0; i < 10; i++) { /* by going through all, then by the hash table */
        check_find(vocab, " the", 7);
        check_find(vocab, "!", 0);
        check_missing(vocab, "zzzzzzzz", "");
    }
    tokvec_vocab_close(vocab);
}

/* ---- what is refused ------------------------------------------------------------------------ */

static void check_refused(const char *content, size_t size, const char *what)
{
    tokvec_error error = {0};
    file_map *map = file_map_of_bytes(content, size, &error);
    assert_non_null(map);
    assert_null(open_vocab(map, &error));
    assert_string_equal(error.what, what);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *content, *what;
    } cases[] = {
        {"", "the file is empty"},
        {"{\"a\": -1}", "the JSON: not an integer from 0 to 2^53"},
        {"{\"a\": 1.0}", "the JSON: not an integer from 0 to 2^53"},
        {"{\"a\": 9007199254740993}", "the JSON: not an integer from 0 to 2^53"},
        {"{\"a\": 1, \"b\": \"c\"}", "the JSON: not a JSON number"},
        {"{\"a\": 1} x", "the JSON: something after the JSON value"},
        {"{\"a\": 1,}", "the JSON: expected a member's name in double quotes"},
        {"{\"a\": 1", "the JSON: expected a comma or a closing bracket"},
        {"{\"a\xff\": 1}", "the JSON: the text is not UTF-8"},
        {"{\"\\ud800\": 1}", "the JSON: half a surrogate pair"},
        {"{\"version\": \"1.0\"}", "the JSON: not a tokenizer: it has no model with a vocab"},
        {"{\"model\": {\"vocab\": 3}}", "the JSON: expected an object"},
        {"{\"model\": {\"vocab\": [[]]}}", "the JSON: expected a token and its score"},
        {"{\"model\": {\"vocab\": [3]}}", "the JSON: expected a string"},
        {"{\"added_tokens\": [{\"id\": 3}]}", "the JSON: an added token without id or content"},
        {"[\"a\" \"b\"]", "the JSON: expected a comma or a closing bracket"},
        {"a\n\xff\n", "the file is not a vocabulary that tokvec knows"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        check_refused(cases[i].content, strlen(cases[i].content), cases[i].what);
    check_refused("a\n\0b\n", 5, "the file is not a vocabulary that tokvec knows");
}

/* The first of two tokens with one ID is its label; both are found. */
static void test_one_id_twice(void **state)
{
    (void)state;
    static const char content[] = "{\"a\": 5, \"b\": 2, \"c\": 5, \"d\": 1}";
    tokvec_vocab *vocab = open_vocab(file_map_of_bytes(content, strlen(content), NULL), NULL);
    assert_non_null(vocab);
    check_label(vocab, 5, "a");
    check_find(vocab, "c", 5);
    check_find(vocab, "a", 5);
    assert_int_equal(tokvec_vocab_count(vocab), 4);
    tokvec_vocab_close(vocab);
}

/* Bytes of GGUF in small letters are told by their type. */
static void test_small_bytes(void **state)
{
    (void)state;
    tokvec_vocab *vocab = vocab_in("small_bytes.gguf");
    for (int i = 0; i < 3; i++) { /* in the file, then in the copy with an index */
        check_label(vocab, 1, "\n");
        check_label(vocab, 2, "<0xE4>");
        check_label(vocab, 3, "<0x4a>");
        check_label(vocab, 4, "K");
        check_find(vocab, "\n", 1);
        check_find(vocab, "<0xE4>", 2);
        check_find(vocab, "<0x4a>", 3);
        check_find(vocab, "<0x0a>", 1);
        check_find(vocab, "K", 4);
        check_find(vocab, " a", 5);
        check_missing(vocab, "J", "");
    }
    tokvec_vocab_close(vocab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_byte_level_alphabet),
        cmocka_unit_test(test_byte_level_literals),
        cmocka_unit_test(test_escapes),
        cmocka_unit_test(test_spaces),
        cmocka_unit_test(test_byte_forms),
        cmocka_unit_test(test_byte_level),
        cmocka_unit_test(test_sentencepiece),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_sparse_ids),
        cmocka_unit_test(test_odd_tokens),
        cmocka_unit_test(test_many_tokens),
        cmocka_unit_test(test_many_finds),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_one_id_twice),
        cmocka_unit_test(test_small_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
