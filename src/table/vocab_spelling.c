/* vocab_spelling.c - how vocabulary files spell bytes.
 * See vocab_spelling.h.
 * SPDX-License-Identifier: MIT */
#include "table/vocab_spelling.h"

#include "base/utf8.h"

#include <string.h>

/* ---------------------------------------------------------------- base64 */

static int base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

size_t spelling_base64(tokvec_text text, char *out)
{
    const size_t wrong = out == NULL ? 0 : SIZE_MAX;
    size_t padding = 0, n = 0;
    if (text.length < 4 || text.length % 4 != 0)
        return wrong;
    while (padding < 2 && text.bytes[text.length - 1 - padding] == '=')
        padding++;
    for (size_t i = 0; i < text.length; i += 4) {
        uint32_t bits = 0;
        size_t digits = i + 4 == text.length ? 4 - padding : 4;
        for (size_t k = 0; k < digits; k++) {
            int digit = base64_digit(text.bytes[i + k]);
            if (digit < 0)
                return wrong;
            bits |= (uint32_t)digit << (18 - 6 * k);
        }
        for (size_t k = 0; k + 1 < digits; k++, n++) {
            if (out != NULL)
                out[n] = (char)(bits >> (16 - 8 * k));
        }
    }
    return n;
}

/* ---------------------------------------------------------------- escapes */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The UTF-8 of a code point; 0 if it has none. */
static size_t put_character(uint32_t code, char *out)
{
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        return 0;
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = n - 1; i > 0; i--, code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3f));
    out[0] = (char)(lead[n] | code);
    return n;
}

/* The escape at *at, behind its backslash: to out, its length added to *n. */
static bool unescape(tokvec_text text, size_t *at, bool bytes, char *out, size_t *n)
{
    static const char named[] = "n\nt\tr\r\\\\''\"\"a\ab\bf\fv\v0\0//";
    char c = text.bytes[(*at)++];
    size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits == 0) {
        for (size_t i = 0; i + 1 < sizeof named; i += 2) {
            if (named[i] == c) {
                out[(*n)++] = named[i + 1];
                return true;
            }
        }
        return false;
    }
    uint32_t code = 0;
    if (text.length - *at < digits || (bytes && c != 'x'))
        return false;
    for (size_t i = 0; i < digits; i++) {
        int digit = hex_digit(text.bytes[(*at)++]);
        if (digit < 0)
            return false;
        code = code << 4 | (uint32_t)digit;
    }
    if (bytes) {
        out[(*n)++] = (char)code;
        return true;
    }
    size_t length = put_character(code, out + *n);
    *n += length;
    return length > 0;
}

/* What stands between quotes. */
static size_t unescape_all(tokvec_text inside, bool bytes, char *out)
{
    size_t n = 0;
    for (size_t at = 0; at < inside.length;) {
        if (inside.bytes[at] != '\\') {
            out[n++] = inside.bytes[at++];
            continue;
        }
        at++;
        if (at == inside.length || !unescape(inside, &at, bytes, out, &n))
            return SIZE_MAX;
    }
    return n;
}

static bool is_quoted(tokvec_text text)
{
    return text.length >= 2 && (text.bytes[0] == '\'' || text.bytes[0] == '"') &&
           text.bytes[text.length - 1] == text.bytes[0];
}

static tokvec_text inside(tokvec_text quoted)
{
    return (tokvec_text){quoted.bytes + 1, quoted.length - 2};
}

/* ---------------------------------------------------------------- Python and YAML */

static bool is_bytes(tokvec_text text)
{
    return text.length > 0 && text.bytes[0] == 'b' &&
           is_quoted((tokvec_text){text.bytes + 1, text.length - 1});
}

bool spelling_is_python(tokvec_text text)
{
    return is_quoted(text) || is_bytes(text);
}

size_t spelling_python(tokvec_text text, char *out)
{
    if (is_bytes(text))
        return unescape_all(inside((tokvec_text){text.bytes + 1, text.length - 1}), true, out);
    return is_quoted(text) ? unescape_all(inside(text), false, out) : SIZE_MAX;
}

size_t spelling_yaml(tokvec_text text, char *out)
{
    bool quoted = is_quoted(text);
    if (quoted && text.bytes[0] == '"')
        return unescape_all(inside(text), false, out);
    tokvec_text word = quoted ? inside(text) : text;
    size_t n = 0;
    for (size_t at = 0; at < word.length; at++) { /* in '' a quote stands twice */
        out[n++] = word.bytes[at];
        at +=
            quoted && word.bytes[at] == '\'' && at + 1 < word.length && word.bytes[at + 1] == '\'';
    }
    return n;
}

bool spelling_is_character(tokvec_text text)
{
    static const char end[] = "</w>";
    size_t length = utf8_length(text.bytes, text.length);
    if (length == 0)
        return false;
    tokvec_text rest = {text.bytes + length, text.length - length};
    return rest.length == 0 ||
           (rest.length == sizeof end - 1 && memcmp(rest.bytes, end, rest.length) == 0);
}
