/* vocab_literals.c - tokens as literals: RWKV's in Python, Marian's in YAML.
 * See vocab_kinds.h.
 * SPDX-License-Identifier: MIT */
#include "vocab/vocab_kinds.h"

#include "base/utf8.h"
#include "text/lines.h"

#include <string.h>

static int hex_value(const char *text, size_t digits, uint32_t *out)
{
    uint32_t value = 0;
    for (size_t i = 0; i < digits; i++) {
        char c = text[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return -1;
        value = value << 4 | (uint32_t)digit;
    }
    *out = value;
    return 0;
}

/* A code point in UTF-8, to out; 0: it is not one. */
static size_t put_code(uint32_t code, char *out)
{
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        return 0;
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = n - 1; i > 0; i--, code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3f));
    out[0] = (char)(leads[n] | code);
    return n;
}

/* The escape behind the backslash at text; its length with it in *used. Writes at most as many
 * bytes as it has. SIZE_MAX: none that is known. In `bytes`, \x is a byte, else a code point. */
static size_t escape(const char *text, size_t left, bool bytes, char *out, size_t *used)
{
    static const char named[] = "n\nt\tr\rb\bf\fa\av\v\\\\''\"\"/";
    char c = left < 2 ? '\0' : text[1];
    size_t digits = c == 'x' ? 2 : bytes ? 0 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    uint32_t code;
    *used = 2 + digits;
    if (digits > 0) {
        if (left < *used || hex_value(text + 2, digits, &code) != 0)
            return SIZE_MAX;
        if (bytes) {
            *out = (char)code;
            return 1;
        }
        size_t n = put_code(code, out);
        return n == 0 ? SIZE_MAX : n;
    }
    if (c == '0' && (left == 2 || text[2] < '0' || text[2] > '7')) {
        *out = '\0';
        return 1;
    }
    for (size_t i = 0; i + 1 < sizeof named - 1; i += 2) {
        if (named[i] == c && c != '\0') {
            *out = named[i + 1];
            return 1;
        }
    }
    return SIZE_MAX;
}

/* What stands between quotes, to out, which has room for as many bytes. SIZE_MAX: no such text. */
static size_t unescape(tokvec_text text, bool bytes, char *out)
{
    size_t n = 0;
    for (size_t at = 0, used = 1; at < text.length; at += used) {
        used = 1;
        if (text.bytes[at] != '\\') {
            out[n++] = text.bytes[at];
            continue;
        }
        size_t length = escape(text.bytes + at, text.length - at, bytes, out + n, &used);
        if (length == SIZE_MAX)
            return SIZE_MAX;
        n += length;
    }
    return n;
}

static bool bad_line(const file_map *map, tokvec_text line, const char *what, tokvec_error *err)
{
    return lines_bad(map, (uint64_t)(line.bytes - (const char *)map->data), err, "%s", what);
}

/* ---- RWKV: ID LITERAL LENGTH ---------------------------------------------------------------- */

bool vocab_read_literals(vocab_list *list, const file_map *map, uint64_t start, tokvec_error *err)
{
    tokvec_text line, first = {"", 0}, last = {"", 0};
    for (uint64_t at = start; vocab_rules_line(map, &at, &line);) {
        uint64_t id, length;
        if (vocab_rules_fields(line, &first, &last) < 3)
            continue;
        const char *from = first.bytes + first.length + 1;
        bool bytes = *from == 'b';
        from += bytes ? 2 : 1; /* behind the quote */
        tokvec_text inside = {from, (size_t)(last.bytes - 2 - from)};
        char *room = vocab_list_room(list, inside.length, err);
        if (room == NULL)
            return false;
        size_t n = unescape(inside, bytes, room);
        if (n == SIZE_MAX || !vocab_rules_number(first, &id) || id > UINT32_MAX)
            return bad_line(map, line, "the token is not a valid Python literal", err);
        if (!vocab_rules_number(last, &length) || length != n)
            return bad_line(map, line, "the token has another length than the line says", err);
        if (!vocab_list_add(list, (int64_t)id, n, err))
            return false;
    }
    size_t added = list->count;
    list->unique = true;
    return vocab_list_seal(list, false, err) && vocab_repeated(map, list, added, err);
}

/* ---- YAML: KEY: ID -------------------------------------------------------------------------- */

/* A key in double quotes, in single ones, where '' stands for ', or as it is. */
static size_t read_key(tokvec_text key, char *out)
{
    char quote = key.length >= 2 ? key.bytes[0] : '\0';
    if (quote != '"' && quote != '\'') {
        memcpy(out, key.bytes, key.length);
        return key.length;
    }
    if (key.bytes[key.length - 1] != quote)
        return SIZE_MAX;
    tokvec_text inside = {key.bytes + 1, key.length - 2};
    if (quote == '"')
        return unescape(inside, false, out);
    size_t n = 0;
    for (size_t i = 0; i < inside.length; i++) {
        if (inside.bytes[i] == quote && (++i == inside.length || inside.bytes[i] != quote))
            return SIZE_MAX;
        out[n++] = inside.bytes[i];
    }
    return n;
}

bool vocab_read_yaml(vocab_list *list, const file_map *map, uint64_t start, tokvec_error *err)
{
    tokvec_text line, first, last;
    for (uint64_t at = start; vocab_rules_line(map, &at, &line);) {
        uint64_t id;
        if (vocab_rules_fields(line, &first, &last) == 0 || !vocab_rules_number(last, &id))
            continue; /* empty, or the mark at the beginning of a document */
        size_t length = (size_t)(last.bytes - line.bytes);
        while (line.bytes[length - 1] == ' ')
            length--;
        tokvec_text key = {line.bytes, length - 1}; /* before the colon */
        char *room = vocab_list_room(list, key.length, err);
        if (room == NULL)
            return false;
        size_t n = read_key(key, room);
        if (n == SIZE_MAX || !utf8_valid(room, n) || id > UINT32_MAX)
            return bad_line(map, line, "the line is not a token and its ID in YAML", err);
        if (!vocab_list_add(list, (int64_t)id, n, err))
            return false;
    }
    list->unique = true;
    return vocab_list_seal(list, true, err);
}
