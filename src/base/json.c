/* json.c - JSON from files that nobody vouches for.
 * cJSON alone is too forgiving (bad UTF-8, numbers such as 00 or +1, strings cut at NUL), so the
 * text is checked first, by a scanner that goes by RFC 8259 without building anything.
 * SPDX-License-Identifier: MIT */
#include "base/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct scanner {
    const uint8_t *text;
    size_t size;
    size_t at;
    int flags;
    size_t nul_escapes; /* number of \u0000 seen */
    json_fault *fault;
} scanner;

static bool fault_at(scanner *s, size_t offset, const char *what)
{
    *s->fault = (json_fault){what, offset};
    return false;
}

static bool fault(scanner *s, const char *what)
{
    return fault_at(s, s->at, what);
}

static int peek(const scanner *s)
{
    return s->at < s->size ? s->text[s->at] : -1;
}

static void skip_space(scanner *s)
{
    while (s->at < s->size && memchr(" \t\r\n", s->text[s->at], 4) != NULL)
        s->at++;
}

/* One character of UTF-8 that is not ASCII (RFC 3629). */
static bool scan_utf8(scanner *s)
{
    uint8_t lead = s->text[s->at];
    int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (lead < 0xc2 || lead > 0xf4 || s->size - s->at <= (size_t)more)
        return fault(s, "the text is not UTF-8");
    for (int i = 1; i <= more; i++) {
        if ((s->text[s->at + (size_t)i] & 0xc0) != 0x80)
            return fault(s, "the text is not UTF-8");
    }
    uint8_t second = s->text[s->at + 1];
    bool overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
    bool surrogate = lead == 0xed && second >= 0xa0;
    bool too_large = lead == 0xf4 && second >= 0x90;
    if (overlong || surrogate || too_large)
        return fault(s, "the text is not UTF-8");
    s->at += (size_t)more + 1;
    return true;
}

/* Four hexadecimal digits at `at`, or -1. */
static int hex4(const scanner *s, size_t at)
{
    if (s->size < 4 || at > s->size - 4)
        return -1;
    int value = 0;
    for (size_t i = at; i < at + 4; i++) {
        uint8_t c = s->text[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

/* An escape; s->at is at its backslash. */
static bool scan_escape(scanner *s)
{
    size_t start = s->at;
    s->at++;
    int c = peek(s);
    if (c != 'u') {
        if (c < 0 || memchr("\"\\/bfnrt", c, 8) == NULL)
            return fault_at(s, start, "unknown escape in a string");
        s->at++;
        return true;
    }
    int code = hex4(s, s->at + 1);
    if (code < 0)
        return fault_at(s, start, "\\u wants four hexadecimal digits");
    s->at += 5;
    s->nul_escapes += code == 0;
    if (code >= 0xdc00 && code <= 0xdfff)
        return fault_at(s, start, "half a surrogate pair");
    if (code < 0xd800 || code > 0xdfff)
        return true;
    int low = peek(s) == '\\' && s->at + 1 < s->size && s->text[s->at + 1] == 'u'
                  ? hex4(s, s->at + 2)
                  : -1;
    if (low < 0xdc00 || low > 0xdfff)
        return fault_at(s, start, "half a surrogate pair");
    s->at += 6;
    return true;
}

static bool scan_string(scanner *s)
{
    size_t start = s->at;
    s->at++;
    for (;;) {
        int c = peek(s);
        if (c < 0)
            return fault_at(s, start, "a string without its end");
        if (c == '"') {
            s->at++;
            return true;
        }
        if (c < 0x20)
            return fault(s, "a control character in a string");
        if (c == '\\') {
            if (!scan_escape(s))
                return false;
        } else if (c >= 0x80) {
            if (!scan_utf8(s))
                return false;
        } else {
            s->at++;
        }
    }
}

static size_t scan_digits(scanner *s)
{
    size_t start = s->at;
    while (s->at < s->size && s->text[s->at] >= '0' && s->text[s->at] <= '9')
        s->at++;
    return s->at - start;
}

/* Whether the number at [start, s->at) lies in a double's range. Only one with an exponent or
 * with hundreds of digits can be outside, so the rest is not converted. */
static bool in_range(const scanner *s, size_t start, bool exponent)
{
    size_t length = s->at - start;
    if (!exponent && length < 300)
        return true;
    char *copy = strndup((const char *)s->text + start, length);
    bool finite = copy != NULL && isfinite(strtod(copy, NULL));
    free(copy);
    return finite;
}

static bool scan_number(scanner *s)
{
    size_t start = s->at;
    bool integer = true;
    bool exponent = false;
    if (peek(s) == '-') {
        integer = false; /* not an unsigned one */
        s->at++;
    }
    size_t first_digit = s->at;
    size_t digits = scan_digits(s);
    if (digits == 0 || (digits > 1 && s->text[first_digit] == '0'))
        return fault_at(s, start, "not a JSON number");
    if (peek(s) == '.') {
        integer = false;
        s->at++;
        if (scan_digits(s) == 0)
            return fault_at(s, start, "not a JSON number");
    }
    if (peek(s) == 'e' || peek(s) == 'E') {
        integer = false;
        exponent = true;
        s->at++;
        if (peek(s) == '+' || peek(s) == '-')
            s->at++;
        if (scan_digits(s) == 0)
            return fault_at(s, start, "not a JSON number");
    }
    if (s->flags & JSON_UNSIGNED_ONLY) {
        static const char limit[] = "9007199254740992"; /* 2^53 */
        if (!integer || digits > sizeof limit - 1 ||
            (digits == sizeof limit - 1 && memcmp(s->text + first_digit, limit, digits) > 0))
            return fault_at(s, start, "not an integer from 0 to 2^53");
    }
    return in_range(s, start, exponent) || fault_at(s, start, "a number out of range");
}

static bool scan_word(scanner *s, const char *word)
{
    size_t length = strlen(word);
    if (s->size - s->at < length || memcmp(s->text + s->at, word, length) != 0)
        return fault(s, "not a JSON value");
    s->at += length;
    return true;
}

/* The opening of a member: its name and colon. */
static bool scan_key(scanner *s)
{
    skip_space(s);
    if (peek(s) != '"')
        return fault(s, "a member's name, in double quotes, was expected");
    if (!scan_string(s))
        return false;
    skip_space(s);
    if (peek(s) != ':')
        return fault(s, "a colon was expected");
    s->at++;
    return true;
}

static bool scan_scalar(scanner *s)
{
    switch (peek(s)) {
    case '"': return scan_string(s);
    case 't': return scan_word(s, "true");
    case 'f': return scan_word(s, "false");
    case 'n': return scan_word(s, "null");
    default: return scan_number(s);
    }
}

/* One value with all that is in it. Without recursion: the open brackets are kept in `open`. */
static bool scan_value(scanner *s)
{
    char open[JSON_MAX_DEPTH];
    int depth = 0;
    for (;;) {
        skip_space(s);
        int c = peek(s);
        if (c == '{' || c == '[') { /* go in */
            if (depth == JSON_MAX_DEPTH)
                return fault(s, "nested too deeply");
            open[depth++] = c == '{' ? '}' : ']';
            s->at++;
            skip_space(s);
            if (peek(s) != open[depth - 1]) {
                if (c == '{' && !scan_key(s))
                    return false;
                continue;
            }
        } else {
            if (!scan_scalar(s))
                return false;
            skip_space(s);
        }
        while (depth > 0 && peek(s) == open[depth - 1]) { /* come out */
            s->at++;
            depth--;
            skip_space(s);
        }
        if (depth == 0)
            return true;
        if (peek(s) != ',')
            return fault(s, "a comma or a closing bracket was expected");
        s->at++;
        if (open[depth - 1] == '}' && !scan_key(s))
            return false;
    }
}

/* A copy of the text in which each \u0000 is the bytes C0 80. Since the text is valid UTF-8,
 * they stand for nothing else. */
static char *rewrite_nuls(const char *text, size_t size, size_t *new_size)
{
    char *copy = malloc(size);
    if (copy == NULL)
        return NULL;
    size_t out = 0;
    for (size_t i = 0; i < size;) {
        if (size - i >= 6 && memcmp(text + i, "\\u0000", 6) == 0) {
            copy[out++] = (char)0xc0;
            copy[out++] = (char)0x80;
            i += 6;
        } else {
            size_t take = text[i] == '\\' ? 2 : 1; /* so that \\u0000 is not taken for one */
            memcpy(copy + out, text + i, take);
            out += take;
            i += take;
        }
    }
    *new_size = out;
    return copy;
}

static bool check(scanner *s)
{
    if (!scan_value(s))
        return false;
    skip_space(s);
    return s->at == s->size || fault(s, "something after the JSON value");
}

bool json_check(const char *text, size_t size, int flags, json_fault *fault)
{
    scanner s = {.text = (const uint8_t *)text, .size = size, .flags = flags, .fault = fault};
    return check(&s);
}

cJSON *json_parse(const char *text, size_t size, int flags, json_fault *fault)
{
    scanner s = {.text = (const uint8_t *)text, .size = size, .flags = flags, .fault = fault};
    if (!check(&s))
        return NULL;
    cJSON *json;
    if (s.nul_escapes == 0) {
        json = cJSON_ParseWithLength(text, size);
    } else {
        size_t length = 0;
        char *copy = rewrite_nuls(text, size, &length);
        json = copy == NULL ? NULL : cJSON_ParseWithLength(copy, length);
        free(copy);
    }
    if (json == NULL)
        fault_at(&s, 0, "cJSON cannot hold it (no memory, or a number of over 60 digits)");
    return json;
}
