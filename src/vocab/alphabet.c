/* alphabet.c - how tokenizers write text in their vocabularies.
 * See alphabet.h.
 * SPDX-License-Identifier: MIT */
#include "vocab/alphabet.h"

#include "base/utf8.h"
#include "text/word_form.h"

#include <stdio.h>
#include <string.h>

enum { BYTE_FORM = 6 }; /* the length of <0x0A> */

static size_t copy(tokvec_text text, char *out)
{
    if (text.length > 0)
        memcpy(out, text.bytes, text.length);
    return text.length;
}

/* ---- GPT-2: a character for every byte ------------------------------------------------------ */

/* Bytes that are visible characters of Latin-1 stand for themselves, the others for U+0100 and
 * so on in their order (bytes_to_unicode in encoder.py of github.com/openai/gpt-2). */
static bool stands_for_itself(unsigned byte)
{
    return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte != 0xad);
}

/* The bytes that do not, in their order: 00 .. 20, 7f .. a0, ad. */
enum { SHIFTED_FIRST = 0x100, SHIFTED_COUNT = 0x21 + 0x22 + 1 };

static unsigned shifted_byte(unsigned index)
{
    return index < 0x21 ? index : index < 0x21 + 0x22 ? index - 0x21 + 0x7f : 0xad;
}

static unsigned shifted_index(unsigned byte)
{
    return byte < 0x21 ? byte : byte < 0xad ? byte - 0x7f + 0x21 : 0x21 + 0x22;
}

/* The byte for the character at text, whose length it has in *length; -1 if it has none. */
static int byte_of_character(const char *text, size_t left, size_t *length)
{
    *length = utf8_length(text, left);
    if (*length == 0 || *length > 2)
        return -1;
    unsigned code = (unsigned char)text[0];
    if (*length == 2)
        code = (code & 0x1f) << 6 | ((unsigned char)text[1] & 0x3f);
    if (code >= SHIFTED_FIRST)
        return code < SHIFTED_FIRST + SHIFTED_COUNT ? (int)shifted_byte(code - SHIFTED_FIRST) : -1;
    return stands_for_itself(code) ? (int)code : -1;
}

static size_t decode_byte_level(tokvec_text stored, char *out)
{
    size_t n = 0;
    for (size_t at = 0, length = 0; at < stored.length; at += length) {
        int byte = byte_of_character(stored.bytes + at, stored.length - at, &length);
        if (byte < 0)
            return copy(stored, out);
        out[n++] = (char)byte;
    }
    return n;
}

static size_t encode_byte_level(tokvec_text text, char *out)
{
    size_t n = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned byte = (unsigned char)text.bytes[i];
        unsigned code = stands_for_itself(byte) ? byte : SHIFTED_FIRST + shifted_index(byte);
        if (code >= 0x80)
            out[n++] = (char)(0xc0 | code >> 6);
        out[n++] = (char)(code < 0x80 ? code : 0x80 | (code & 0x3f));
    }
    return n;
}

/* ---- SentencePiece -------------------------------------------------------------------------- */

static const char *space_mark(const alphabet *a)
{
    return a->space[0] != '\0' ? a->space : ALPHABET_MARK;
}

static char capital(char c)
{
    return c >= 'a' && c <= 'f' ? (char)(c - 'a' + 'A') : c;
}

/* The byte of a <0x0A> at text, or -1. */
static int byte_of_form(const char *text, size_t left, byte_forms forms)
{
    if (forms == BYTES_NEVER || left < BYTE_FORM || memcmp(text, "<0x", 3) != 0 || text[5] != '>')
        return -1;
    bool any = forms == BYTES_IN_ANY_CASE;
    int high = word_form_hex_digit(any ? capital(text[3]) : text[3]);
    int low = word_form_hex_digit(any ? capital(text[4]) : text[4]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

bool alphabet_is_byte(tokvec_text stored, byte_forms forms)
{
    return stored.length == BYTE_FORM && byte_of_form(stored.bytes, BYTE_FORM, forms) >= 0;
}

static size_t decode_sentencepiece(const alphabet *a, tokvec_text stored, char *out)
{
    if (alphabet_is_byte(stored, a->bytes)) {
        *out = (char)byte_of_form(stored.bytes, BYTE_FORM, a->bytes);
        return 1;
    }
    const char *space = space_mark(a);
    size_t n = 0, length = strlen(space);
    for (size_t at = 0; at < stored.length;) {
        bool is_space =
            stored.length - at >= length && memcmp(stored.bytes + at, space, length) == 0;
        out[n++] = is_space ? ' ' : stored.bytes[at];
        at += is_space ? length : 1;
    }
    return n;
}

static size_t encode_sentencepiece(const alphabet *a, tokvec_text text, char *out)
{
    const char *space = space_mark(a);
    size_t n = 0, length = strlen(space);
    for (size_t i = 0; i < text.length; i++) {
        if (text.bytes[i] == ' ') {
            memcpy(out + n, space, length);
            n += length;
        } else {
            out[n++] = text.bytes[i];
        }
    }
    return n;
}

/* ---- Python: bytes as repr() writes them ---------------------------------------------------- */

/* The byte of an escape \xHH at text, in letters of either case; -1 if it is not one. */
static int byte_of_escape(const char *text, size_t left)
{
    if (left < 4 || text[1] != 'x')
        return -1;
    int value = 0;
    for (int i = 2; i < 4; i++) {
        int digit = word_form_hex_digit(capital(text[i]));
        if (digit < 0)
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

/* As llama.cpp reads them: what is not an escape that it knows stands for itself. */
static size_t decode_python(tokvec_text stored, char *out)
{
    static const char named[] = "t\tn\nr\r";
    size_t n = 0;
    for (size_t at = 0; at < stored.length;) {
        const char *c = stored.bytes + at;
        size_t left = stored.length - at;
        int byte = *c == '\\' ? byte_of_escape(c, left) : -1;
        if (*c != '\\' || left == 1 || (c[1] == 'x' && byte < 0)) {
            out[n++] = *c;
            at++;
        } else if (byte >= 0) {
            out[n++] = (char)byte;
            at += 4;
        } else {
            const char *name = c[1] == '\0' ? NULL : strchr(named, c[1]);
            bool known = name != NULL && (name - named) % 2 == 0;
            out[n++] = known ? name[1] : c[1];
            at += 2;
        }
    }
    return n;
}

/* As Python does it: a ' has a backslash only if there is a " too. */
static size_t encode_python(tokvec_text text, char *out)
{
    static const char digits[] = "0123456789abcdef";
    bool both = text.length > 0 && memchr(text.bytes, '"', text.length) != NULL;
    size_t n = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned byte = (unsigned char)text.bytes[i];
        char name = byte == '\t' ? 't' : byte == '\n' ? 'n' : byte == '\r' ? 'r' : '\0';
        if (byte == '\\' || (byte == '\'' && both))
            name = (char)byte;
        bool visible = byte >= ' ' && byte < 0x7f;
        if (name != '\0' || !visible)
            out[n++] = '\\';
        if (name == '\0' && !visible) {
            out[n++] = 'x';
            out[n++] = digits[byte >> 4];
            name = digits[byte & 15];
        }
        out[n++] = name != '\0' ? name : (char)byte;
    }
    return n;
}

/* ---- all ------------------------------------------------------------------------------------ */

size_t alphabet_decode(const alphabet *a, tokvec_text stored, char *out)
{
    if (a->kind == ALPHABET_BYTE_LEVEL)
        return decode_byte_level(stored, out);
    if (a->kind == ALPHABET_SENTENCEPIECE)
        return decode_sentencepiece(a, stored, out);
    if (a->kind == ALPHABET_PYTHON)
        return decode_python(stored, out);
    return copy(stored, out);
}

size_t alphabet_encode(const alphabet *a, tokvec_text text, char *out)
{
    if (a->kind == ALPHABET_BYTE_LEVEL)
        return encode_byte_level(text, out);
    if (a->kind == ALPHABET_SENTENCEPIECE)
        return encode_sentencepiece(a, text, out);
    if (a->kind == ALPHABET_PYTHON)
        return encode_python(text, out);
    return copy(text, out);
}

size_t alphabet_escape(tokvec_text text, char *out)
{
    size_t n = 0;
    for (size_t at = 0; at < text.length;) {
        size_t left = text.length - at;
        size_t length = utf8_length(text.bytes + at, left);
        if (length == 0 || byte_of_form(text.bytes + at, left, BYTES_IN_CAPITALS) >= 0) {
            char form[BYTE_FORM + 1];
            snprintf(form, sizeof form, "<0x%02X>", (unsigned)(unsigned char)text.bytes[at]);
            memcpy(out + n, form, BYTE_FORM);
            n += BYTE_FORM;
            at++;
        } else {
            memcpy(out + n, text.bytes + at, length);
            n += length;
            at += length;
        }
    }
    return n;
}

size_t alphabet_unescape(tokvec_text text, char *out)
{
    size_t n = 0;
    for (size_t at = 0; at < text.length;) {
        int byte = byte_of_form(text.bytes + at, text.length - at, BYTES_IN_CAPITALS);
        out[n++] = byte >= 0 ? (char)byte : text.bytes[at];
        at += byte >= 0 ? BYTE_FORM : 1;
    }
    return n;
}
