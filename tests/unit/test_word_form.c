/* test_word_form.c - tests of words in word2vec text: what is written reads back.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "text/word_form.h"

enum { LONGEST = 64 };

static tokvec_text written(tokvec_text word, char *room)
{
    size_t length = 0, at = 0;
    do {
        const tokvec_text rest = {word.bytes + at, word.length - at};
        length += word_form_write(rest, room + length);
    } while (++at < word.length);
    return (tokvec_text){room, length};
}

static void reads_back(tokvec_text word)
{
    char form[LONGEST * WORD_FORM_MAX], back[LONGEST * WORD_FORM_MAX];
    tokvec_text there = written(word, form);
    assert_true(there.length > 0);
    for (size_t i = 0; i < there.length; i++)
        assert_true((unsigned char)there.bytes[i] > ' ' && there.bytes[i] != 0x7f);
    if (!word_form_is_one(there)) {
        assert_int_equal(there.length, word.length);
        assert_memory_equal(there.bytes, word.bytes, word.length);
        return;
    }
    assert_int_equal(word_form_read(there, back), word.length);
    if (word.length > 0)
        assert_memory_equal(back, word.bytes, word.length);
}

/* Every string of some bytes that matter, up to a length. */
static void every_short_word_reads_back(void **state)
{
    (void)state;
    static const char bytes[] = "<0x3C2>\n ";
    enum { KINDS = sizeof bytes - 1, MOST = 6 };
    char word[MOST + 1] = "";
    for (size_t length = 0; length <= MOST; length++) {
        size_t count = 1;
        for (size_t i = 0; i < length; i++)
            count *= KINDS;
        for (size_t number = 0; number < count; number++) {
            size_t rest = number;
            for (size_t i = 0; i < length; i++, rest /= KINDS)
                word[i] = bytes[rest % KINDS];
            reads_back((tokvec_text){word, length});
        }
    }
}

static void every_byte_reads_back(void **state)
{
    (void)state;
    for (int byte = 0; byte < 256; byte++) {
        const char word[] = {'a', (char)byte, 'b'};
        reads_back((tokvec_text){word + 1, 1});
        reads_back((tokvec_text){word, sizeof word});
    }
}

static void words_that_look_like_forms_read_back(void **state)
{
    (void)state;
    static const char *const words[] = {
        "<0x>",     "<0x20>",         "<0x3C>",         "<0x3C>0x20>",   "<0x3C>0x>", "<0x3C>0x3C>",
        "<0x0A>",   "<0x41>",         "<<0x20>",        "<0x3C><0x20>",  "<0x3C",     "a<0x20>b",
        "<0x20",    "<0x3C>0x3C>0x>", "<0x7F><0x3C>0x", "<0x20><0x20>",  "<0x2",      "<",
        "<0x00>\n", "\n<0x0A>",       "<0x\n>",         "<0x3C>\n0x20>", "<0xE9>",    "\xe9<0x20>"};
    for (size_t i = 0; i < COUNT(words); i++)
        reads_back((tokvec_text){words[i], strlen(words[i])});
}

static void forms_of_other_bytes_stay(void **state)
{
    (void)state;
    static const char *const words[] = {"<0x41>", "<0xE9>", "<0x3C>", "<0x0a>", "<0x2>", "<0x3C>a"};
    for (size_t i = 0; i < COUNT(words); i++) {
        char back[LONGEST];
        size_t length = strlen(words[i]);
        assert_int_equal(word_form_read((tokvec_text){words[i], length}, back), length);
        assert_memory_equal(back, words[i], length);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_short_word_reads_back),
        cmocka_unit_test(every_byte_reads_back),
        cmocka_unit_test(words_that_look_like_forms_read_back),
        cmocka_unit_test(forms_of_other_bytes_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
