/* json_scan.c - going through JSON without building anything.
 * See json_scan.h.
 * SPDX-License-Identifier: MIT */
#include "text/json_scan.h"

#include "base/bytes.h"
#include "base/utf8.h"
#include "text/number.h"

#include <math.h>
#include <string.h>

/* ---- the grammar ---------------------------------------------------------------------------- */

bool json_fault_at(json_scanner *s, size_t offset, const char *what)
{
    s->fault = (json_fault){.what = what, .offset = offset};
    return false;
}

static bool fault(json_scanner *s, const char *what)
{
    return json_fault_at(s, s->at, what);
}

static int peek(const json_scanner *s)
{
    return s->at < s->size ? s->text[s->at] : -1;
}

static bool is_space(uint8_t c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* White space of more than one character: mostly an end of line and what the next is indented by.
 */
static void skip_spaces(json_scanner *s)
{
    const uint64_t blanks = UINT64_C(0x2020202020202020);
    while (s->at < s->size && is_space(s->text[s->at])) {
        s->at++;
        unsigned n = 8;
        while (n == 8 && s->size - s->at >= 8) {
            uint64_t others = load_le64(s->text + s->at) ^ blanks;
            n = others == 0 ? 8 : (unsigned)__builtin_ctzll(others) / 8;
            s->at += n;
        }
    }
}

static inline void skip_space(json_scanner *s)
{
    if (s->at < s->size && s->text[s->at] == ' ')
        s->at++; /* the one behind a comma or a colon */
    if (s->at < s->size && s->text[s->at] <= ' ')
        skip_spaces(s);
}

/* Four hexadecimal digits at `at`, or -1. */
static int hex4(const json_scanner *s, size_t at)
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
static bool scan_escape(json_scanner *s)
{
    size_t start = s->at;
    s->at++;
    s->escapes++;
    int c = peek(s);
    if (c != 'u') {
        if (c < 0 || memchr("\"\\/bfnrt", c, 8) == NULL)
            return json_fault_at(s, start, "unknown escape in a string");
        s->at++;
        return true;
    }
    int code = hex4(s, s->at + 1);
    if (code < 0)
        return json_fault_at(s, start, "\\u needs four hexadecimal digits");
    s->at += 5;
    s->nul_escapes += code == 0;
    if (code >= 0xdc00 && code <= 0xdfff)
        return json_fault_at(s, start, "half a surrogate pair");
    if (code < 0xd800 || code > 0xdfff)
        return true;
    int low = peek(s) == '\\' && s->at + 1 < s->size && s->text[s->at + 1] == 'u'
                  ? hex4(s, s->at + 2)
                  : -1;
    if (low < 0xdc00 || low > 0xdfff)
        return json_fault_at(s, start, "half a surrogate pair");
    s->at += 6;
    return true;
}

/* ASCII that stands for itself in a string: all but controls, quote and backslash. */
static bool is_plain(uint8_t c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

/* How many of eight characters come before the first that is_plain() is false for. The lowest
 * mark of each test is exact, those above it may not be. */
static unsigned plain_prefix(uint64_t eight)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
    uint64_t quote = eight ^ ones * '"', backslash = eight ^ ones * '\\';
    uint64_t marks = eight | (eight - ones * 0x20) | (quote - ones) | (backslash - ones);
    marks &= high;
    return marks == 0 ? 8 : (unsigned)__builtin_ctzll(marks) / 8;
}

/* The first character from `at` on that is not plain, or the end. */
static size_t plain_end(const json_scanner *s, size_t at)
{
    while (s->size - at >= 8) {
        unsigned n = plain_prefix(load_le64(s->text + at));
        at += n;
        if (n < 8)
            break;
    }
    while (at < s->size && is_plain(s->text[at]))
        at++;
    return at;
}

/* The length of the character of two or three bytes at s->at, if it is one that a token begins
 * with where a space was, or a letter like it; else 0. Without branches, as half of all do. */
static size_t scan_mark(const json_scanner *s)
{
    if (s->size - s->at < 3)
        return 0;
    const uint8_t *c = s->text + s->at;
    bool second = c[1] >> 6 == 2, third = c[2] >> 6 == 2;
    size_t two = (size_t)((c[0] >= 0xc2) & (c[0] < 0xe0) & second);
    size_t three = (size_t)((c[0] > 0xe0) & (c[0] < 0xed) & second & third);
    return 2 * two + 3 * three;
}

static bool scan_string(json_scanner *s)
{
    size_t start = s->at;
    s->at++;
    s->at += scan_mark(s);
    for (;;) {
        size_t at = plain_end(s, s->at);
        s->at = at;
        int c = peek(s);
        if (c < 0)
            return json_fault_at(s, start, "a string without its closing quote");
        if (c == '"') {
            s->at++;
            return true;
        }
        if (c < 0x20)
            return fault(s, "a control character in a string");
        if (c == '\\') {
            if (!scan_escape(s))
                return false;
        } else {
            bool two = c >= 0xc2 && c < 0xe0 && s->size - s->at > 1 && s->text[s->at + 1] >> 6 == 2;
            size_t length = two ? 2 : utf8_length((const char *)s->text + s->at, s->size - s->at);
            if (length == 0)
                return fault(s, "the text is not UTF-8");
            s->at += length;
        }
    }
}

static size_t scan_digits(json_scanner *s)
{
    size_t start = s->at;
    unsigned n = 8;
    while (n == 8 && s->size - s->at >= 8) {
        n = number_leading_digits(load_le64(s->text + s->at));
        s->at += n;
    }
    while (n == 8 && s->at < s->size && s->text[s->at] >= '0' && s->text[s->at] <= '9')
        s->at++;
    return s->at - start;
}

/* Whether the number at [start, s->at) lies in a double's range. Only one with an exponent or
 * with hundreds of digits can be outside, so the rest is not converted. */
static bool in_range(const json_scanner *s, size_t start, bool exponent)
{
    if (!exponent && s->at - start < 300)
        return true;
    const char *text = (const char *)s->text;
    double value;
    return number_read(TOKVEC_FLOAT64, text + start, text + s->at, &value) != NULL &&
           isfinite(value);
}

static bool scan_number(json_scanner *s)
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
    if (digits == 0 && (peek(s) == 'N' || peek(s) == 'I'))
        return json_fault_at(s, start,
                             "NaN and Infinity are not valid JSON, though Python writes them");
    if (digits == 0 || (digits > 1 && s->text[first_digit] == '0'))
        return json_fault_at(s, start, "not a JSON number");
    if (peek(s) == '.') {
        integer = false;
        s->at++;
        if (scan_digits(s) == 0)
            return json_fault_at(s, start, "not a JSON number");
    }
    if (peek(s) == 'e' || peek(s) == 'E') {
        integer = false;
        exponent = true;
        s->at++;
        if (peek(s) == '+' || peek(s) == '-')
            s->at++;
        if (scan_digits(s) == 0)
            return json_fault_at(s, start, "not a JSON number");
    }
    if (s->at - start >= JSON_LONG_NUMBER && s->long_number == 0)
        s->long_number = start + 1;
    if (s->flags & JSON_UNSIGNED_ONLY) {
        static const char limit[] = "9007199254740992"; /* 2^53 */
        if (!integer || digits > sizeof limit - 1 ||
            (digits == sizeof limit - 1 && memcmp(s->text + first_digit, limit, digits) > 0))
            return json_fault_at(s, start, "not an integer from 0 to 2^53");
    }
    return in_range(s, start, exponent) || json_fault_at(s, start, "a number out of range");
}

static bool scan_word(json_scanner *s, const char *word)
{
    size_t length = strlen(word);
    if (s->size - s->at < length || memcmp(s->text + s->at, word, length) != 0)
        return fault(s, "not a JSON value");
    s->at += length;
    return true;
}

/* The opening of a member: its name and colon. *end: the quote behind the name. */
static bool scan_key_to(json_scanner *s, size_t *end)
{
    skip_space(s);
    if (peek(s) != '"')
        return fault(s, "expected a member's name in double quotes");
    if (!scan_string(s))
        return false;
    *end = s->at - 1;
    skip_space(s);
    if (peek(s) != ':')
        return fault(s, "expected a colon");
    s->at++;
    return true;
}

static bool scan_key(json_scanner *s)
{
    size_t end;
    return scan_key_to(s, &end);
}

static bool scan_scalar(json_scanner *s)
{
    switch (peek(s)) {
    case '"': return scan_string(s);
    case 't': return scan_word(s, "true");
    case 'f': return scan_word(s, "false");
    case 'n': return scan_word(s, "null");
    default: return scan_number(s);
    }
}

size_t json_flat_list(const void *text, size_t size)
{
    static const char others[] = "\"[{}";
    const char *begin = text;
    if (size < 2 || *begin != '[' || memchr(others, begin[1], sizeof others - 1) != NULL)
        return 0;
    const char *end = memchr(begin, ']', size);
    for (size_t i = 0; end != NULL && others[i] != '\0'; i++) {
        if (memchr(begin + 1, others[i], (size_t)(end - begin) - 1) != NULL)
            return 0;
    }
    return end == NULL ? 0 : (size_t)(end + 1 - begin);
}

/* Steps over a list that is not to be read. */
static bool skip_unread(json_scanner *s)
{
    size_t length =
        s->flags & JSON_FLAT_LISTS_UNREAD ? json_flat_list(s->text + s->at, s->size - s->at) : 0;
    s->at += length;
    return length > 0;
}

/* One value with all that is in it. Without recursion: the open brackets are kept in `open`. */
bool json_skip(json_scanner *s)
{
    char open[JSON_MAX_DEPTH];
    int depth = 0;
    for (;;) {
        skip_space(s);
        int c = peek(s);
        s->values++;
        if (c == '[' && skip_unread(s)) {
            skip_space(s);
        } else if (c == '{' || c == '[') { /* go in */
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
            return fault(s, "expected a comma or a closing bracket");
        s->at++;
        if (open[depth - 1] == '}' && !scan_key(s))
            return false;
    }
}

/* ---- step by step --------------------------------------------------------------------------- */

int json_peek(json_scanner *s)
{
    skip_space(s);
    return peek(s);
}

bool json_enter(json_scanner *s, char bracket)
{
    if (json_peek(s) != bracket)
        return fault(s, bracket == '{' ? "expected an object" : "expected a list");
    s->at++;
    return true;
}

bool json_more(json_scanner *s, char closing, bool *first)
{
    int c = json_peek(s);
    if (c == closing) {
        s->at++;
        return false;
    }
    if (*first) {
        *first = false;
        return true;
    }
    if (c != ',')
        return fault(s, "expected a comma or a closing bracket");
    s->at++;
    return true;
}

bool json_string_raw(json_scanner *s, json_raw *out)
{
    size_t escapes = s->escapes;
    if (json_peek(s) != '"')
        return fault(s, "expected a string");
    size_t start = s->at + 1;
    if (!scan_string(s))
        return false;
    *out = (json_raw){(const char *)s->text + start, s->at - 1 - start, s->escapes > escapes};
    return true;
}

bool json_key(json_scanner *s, json_raw *out)
{
    size_t escapes = s->escapes;
    skip_space(s);
    size_t start = s->at + 1, end;
    if (!scan_key_to(s, &end))
        return false;
    *out = (json_raw){(const char *)s->text + start, end - start, s->escapes > escapes};
    return true;
}

/* A number of fewer than eight digits, and nothing but digits; false: it is to be looked at more
 * closely. */
static bool few_digits(json_scanner *s, uint64_t *out)
{
    if (s->size - s->at < 8)
        return false;
    const uint8_t *text = s->text + s->at;
    uint64_t bytes = load_le64(text);
    unsigned n = number_leading_digits(bytes);
    bool zero_first = n > 1 && text[0] == '0';
    if (n == 0 || n == 8 || zero_first ||
        (text[n] != ',' && memchr("}] \n\r\t", text[n], 6) == NULL))
        return false;
    s->at += n;
    *out = number_of_digits(bytes, n);
    return true;
}

bool json_unsigned(json_scanner *s, uint64_t *out)
{
    int flags = s->flags;
    skip_space(s);
    if (few_digits(s, out))
        return true;
    size_t start = s->at;
    s->flags |= JSON_UNSIGNED_ONLY;
    bool good = scan_number(s);
    s->flags = flags;
    *out = 0;
    for (size_t i = start; good && i < s->at; i++)
        *out = *out * 10 + (uint64_t)(s->text[i] - '0');
    return good;
}

bool json_end(json_scanner *s)
{
    return json_peek(s) < 0 || fault(s, "something after the JSON value");
}

/* ---- strings -------------------------------------------------------------------------------- */

static size_t put_utf8(unsigned code, char *out)
{
    static const unsigned char leads[5] = {0, 0, 0xc0, 0xe0, 0xf0};
    size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = length; i-- > 1; code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3f));
    out[0] = (char)(leads[length] | code);
    return length;
}

/* The character of a \u escape whose digits stand at `at`; *at goes past it. */
static unsigned unicode_escape(const json_scanner *s, size_t *at)
{
    unsigned code = (unsigned)hex4(s, *at);
    *at += 4;
    if (code < 0xd800 || code > 0xdfff)
        return code;
    unsigned low = (unsigned)hex4(s, *at + 2);
    *at += 6;
    return 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
}

size_t json_unescape(const json_raw *raw, char *out)
{
    static const char letters[] = "bfnrt", meanings[] = "\b\f\n\r\t";
    json_scanner s = {.text = (const uint8_t *)raw->bytes, .size = raw->length};
    size_t n = 0;
    while (s.at < s.size) {
        char c = (char)s.text[s.at++];
        if (c != '\\') {
            out[n++] = c;
            continue;
        }
        c = (char)s.text[s.at++];
        if (c == 'u') {
            n += put_utf8(unicode_escape(&s, &s.at), out + n);
            continue;
        }
        const char *letter = strchr(letters, c);
        out[n++] = letter != NULL ? meanings[letter - letters] : c;
    }
    return n;
}
