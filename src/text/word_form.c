/* word_form.c - words in word2vec text whatever their bytes.
 * See word_form.h.
 * SPDX-License-Identifier: MIT */
#include "text/word_form.h"

#include <string.h>

static const char nothing[] = "<0x>", less_than[] = "<0x3C>";
enum { FORM = WORD_FORM_MAX, NOTHING = sizeof nothing - 1 };

static bool has_form(unsigned byte)
{
    return byte <= ' ' || byte == 0x7f;
}

int word_form_hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The byte of the form <0x0A> that begins at text, or -1: none, or of a byte that has none. */
static int byte_of_form(const char *text, size_t left)
{
    if (left < FORM || memcmp(text, "<0x", 3) != 0 || text[FORM - 1] != '>')
        return -1;
    int high = word_form_hex_digit(text[3]), low = word_form_hex_digit(text[4]);
    int byte = high < 0 || low < 0 ? -1 : high << 4 | low;
    return byte >= 0 && has_form((unsigned)byte) ? byte : -1;
}

/* Whether a '<' before this text must be written as <0x3C>, so that it is not taken for the
 * beginning of a form. */
static bool ends_form(const char *text, size_t left)
{
    char whole[FORM] = "<";
    if (left >= NOTHING - 1 && memcmp(text, nothing + 1, NOTHING - 1) == 0)
        return true;
    if (left < FORM - 1)
        return false;
    memcpy(whole + 1, text, FORM - 1);
    return byte_of_form(whole, FORM) >= 0 || memcmp(whole, less_than, FORM) == 0;
}

size_t word_form_write(tokvec_text rest, char *out)
{
    static const char digits[] = "0123456789ABCDEF";
    if (rest.length == 0) {
        memcpy(out, nothing, NOTHING);
        return NOTHING;
    }
    unsigned byte = (unsigned char)*rest.bytes;
    if (!has_form(byte) && !(byte == '<' && ends_form(rest.bytes + 1, rest.length - 1))) {
        *out = *rest.bytes;
        return 1;
    }
    const char form[FORM] = {'<', '0', 'x', digits[byte >> 4], digits[byte & 15], '>'};
    memcpy(out, form, FORM);
    return FORM;
}

bool word_form_is_one(tokvec_text written)
{
    return written.length >= NOTHING && memmem(written.bytes, written.length, "<0x", 3) != NULL;
}

size_t word_form_read(tokvec_text written, char *out)
{
    size_t n = 0;
    if (written.length == NOTHING && memcmp(written.bytes, nothing, NOTHING) == 0)
        return 0;
    for (size_t at = 0; at < written.length;) {
        const char *text = written.bytes + at;
        size_t left = written.length - at;
        int byte = byte_of_form(text, left);
        if (byte < 0 && left > FORM && memcmp(text, less_than, FORM) == 0 &&
            ends_form(text + FORM, left - FORM))
            byte = '<';
        out[n++] = byte >= 0 ? (char)byte : *text;
        at += byte >= 0 ? FORM : 1;
    }
    return n;
}
