/* csv_fields.c - the fields of CSV and TSV.
 * See csv.h.
 * SPDX-License-Identifier: MIT */
#include "formats/words/csv.h"

#include "base/array.h"
#include "formats/words/blanks.h"
#include "text/lines.h"
#include "text/number.h"

#include <string.h>

enum { NUMBER_MOST = 128 }; /* characters of a number with a decimal comma */

csv_dialect csv_dialect_of(const file_map *map, char separator)
{
    uint64_t begin = blanks_begin(map);
    bool own = file_head(map, begin + 3) == begin + 3 && memcmp(map->data + begin, "id\t", 3) == 0;
    return (csv_dialect){.separator = separator,
                         .quotes = separator != '\t' ? CSV_QUOTES_RECORD
                                   : own             ? CSV_QUOTES_NONE
                                                     : CSV_QUOTES_LINE,
                         .escapes = separator == '\t' && own};
}

/* The quote that closes the field which is opened at `at`. */
static const char *closing_quote(const char *at, const char *end, csv_quotes quotes)
{
    if (quotes == CSV_QUOTES_LINE) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        end = newline == NULL ? end : newline;
    }
    const char *close = at + 1;
    while ((close = memchr(close, '"', (size_t)(end - close))) != NULL && close + 1 < end &&
           close[1] == '"')
        close += 2;
    return close;
}

/* A text in quotes in which each quote is behind a backslash, and there is one. */
static bool is_escaped(const char *text, size_t length)
{
    size_t quotes = 0;
    if (length < 4 || text[0] != '"' || text[length - 1] != '"')
        return false;
    for (size_t i = 1; i + 1 < length; i++) {
        if (text[i] == '"' && text[i - 1] != '\\')
            return false;
        quotes += text[i] == '"';
    }
    return quotes > 0;
}

bool csv_read_field(const char *at, const char *end, csv_dialect dialect, csv_field *out)
{
    if (at < end && *at == '"' && dialect.quotes != CSV_QUOTES_NONE) {
        const char *close = closing_quote(at, end, dialect.quotes);
        bool good = close != NULL && (close + 1 == end || close[1] == dialect.separator ||
                                      close[1] == '\n' || close[1] == '\r');
        if (good)
            *out = (csv_field){.text = at + 1,
                               .length = (size_t)(close - at - 1),
                               .quoted = true,
                               .next = close + 1};
        if (good || dialect.quotes == CSV_QUOTES_RECORD)
            return good;
    }
    const char *next = at;
    while (next < end && *next != dialect.separator && *next != '\n')
        next++;
    *out = (csv_field){.text = at, .length = (size_t)(next - at), .next = next};
    if (out->length > 0 && at[out->length - 1] == '\r' && (next == end || *next == '\n'))
        out->length--;
    out->escaped = dialect.quotes == CSV_QUOTES_LINE && is_escaped(at, out->length);
    return true;
}

/* How far to look for the end of a field: to `end`, which is that of a line, or further if a quote
 * is opened and not closed before. */
static uint64_t field_room(const file_map *map, uint64_t at, uint64_t end)
{
    const char *text = (const char *)map->data;
    while (at < end && text[at] == '"' && end < map->size &&
           closing_quote(text + at, text + end, CSV_QUOTES_RECORD) == NULL) {
        uint64_t further = map->size - end < end - at ? map->size : end + (end - at);
        if (!file_want(map, end, further - end, NULL))
            break;
        end = lines_end(map, further);
    }
    return end;
}

bool csv_record_end(const file_map *map, uint64_t start, csv_dialect dialect, uint64_t *out,
                    tokvec_error *err)
{
    const char *text = (const char *)map->data;
    *out = lines_end(map, start);
    if (dialect.quotes != CSV_QUOTES_RECORD ||
        memchr(text + start, '"', (size_t)(*out - start)) == NULL)
        return true;
    csv_field f;
    for (const char *at = text + start;; at = f.next + 1) {
        const char *end = text + field_room(map, (uint64_t)(at - text), *out);
        *out = (uint64_t)(end - text);
        if (!csv_read_field(at, end, dialect, &f))
            return lines_bad(map, (uint64_t)(at - text), err,
                             "a quoted field has no closing quote, or something after it");
        if (f.next < end && *f.next == '\r') /* behind a quote */
            f.next++;
        if (f.next == end || *f.next == '\n') {
            *out = (uint64_t)(f.next - text);
            return true;
        }
    }
}

/* ---------------------------------------------------------------- text */

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What a backslash and what follows it stand for. Returns how many bytes that is, or 0 if the
 * backslash is just one. */
static size_t escape(const char *at, size_t left, char *out)
{
    static const char letters[] = "tnr\\", meant[] = "\t\n\r\\";
    const char *found = left < 2 ? NULL : memchr(letters, at[1], sizeof letters - 1);
    if (found != NULL) {
        *out = meant[found - letters];
        return 2;
    }
    if (left < 4 || at[1] != 'x' || hex_digit(at[2]) < 0 || hex_digit(at[3]) < 0)
        return 0;
    *out = (char)(hex_digit(at[2]) << 4 | hex_digit(at[3]));
    return 4;
}

/* Drops the quotes around a text, and the backslashes before those in it. */
static size_t unescape(const csv_field *f, char *out)
{
    size_t n = 0;
    for (size_t i = 1; i + 1 < f->length; i++) {
        if (f->text[i] != '\\' || f->text[i + 1] != '"' || i + 2 == f->length)
            out[n++] = f->text[i];
    }
    return n;
}

bool csv_field_text(const csv_field *f, csv_dialect dialect, text_rows_room *room, tokvec_text *out,
                    tokvec_error *err)
{
    char special = dialect.escapes ? '\\' : '"';
    *out = (tokvec_text){f->text, f->length};
    if (f->escaped) {
        if (!array_reserve(&room->bytes, &room->reserved, f->length, 1, err))
            return false;
        *out = (tokvec_text){room->bytes, unescape(f, room->bytes)};
        return true;
    }
    if ((!dialect.escapes && !f->quoted) || memchr(f->text, special, f->length) == NULL)
        return true;
    if (!array_reserve(&room->bytes, &room->reserved, f->length, 1, err))
        return false;
    size_t length = 0;
    for (size_t i = 0; i < f->length;) {
        char *to = &room->bytes[length++];
        size_t taken = 0;
        *to = f->text[i];
        if (*to == special)
            taken = special == '"' ? 2 : escape(f->text + i, f->length - i, to);
        i += taken > 0 ? taken : 1;
    }
    *out = (tokvec_text){room->bytes, length};
    return true;
}

tokvec_text csv_trimmed(const csv_field *f)
{
    const char *at = f->text, *end = f->text + f->length;
    while (at < end && *at == ' ')
        at++;
    while (end > at && end[-1] == ' ')
        end--;
    return (tokvec_text){at, (size_t)(end - at)};
}

/* ---------------------------------------------------------------- numbers */

bool csv_number(const csv_field *f, csv_dialect dialect, tokvec_dtype dtype, void *out)
{
    tokvec_text t = csv_trimmed(f);
    const char *comma = t.length == 0 ? NULL : memchr(t.bytes, ',', t.length);
    char pointed[NUMBER_MOST];
    if (comma != NULL && dialect.separator != ',' && t.length <= sizeof pointed) {
        memcpy(pointed, t.bytes, t.length);
        pointed[comma - t.bytes] = '.';
        t.bytes = pointed;
    }
    return number_read(dtype, t.bytes, t.bytes + t.length, out) == t.bytes + t.length;
}

bool csv_is_list(const csv_field *f)
{
    tokvec_text t = csv_trimmed(f);
    if (t.length < 2)
        return false;
    char first = t.bytes[0], last = t.bytes[t.length - 1];
    return (first == '[' && last == ']') || (first == '{' && last == '}');
}

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && memchr(" \t\r\n", *at, 4) != NULL)
        at++;
    return at;
}

/* Whether the item of a list ends at `at`. */
static bool item_ends(const char *at, const char *end)
{
    return at == end || memchr(", \t\r\n", *at, 5) != NULL;
}

bool csv_is_number_list(const csv_field *f)
{
    if (!csv_is_list(f))
        return false;
    tokvec_text t = csv_trimmed(f);
    const char *end = t.bytes + t.length - 1, *item = skip_space(t.bytes + 1, end);
    if (end - item >= 3 && memcmp(item, "...", 3) == 0)
        return true;
    double unused;
    const char *next = number_read(TOKVEC_FLOAT64, item, end, &unused);
    return next != NULL && item_ends(next, end);
}

static bool bad_item(const file_map *map, const char *at, const char *end, tokvec_error *err)
{
    enum { SHOWN = 40 };
    int length = 0;
    while (length < SHOWN && !item_ends(at + length, end))
        length++;
    lines_bad(map, (uint64_t)(at - (const char *)map->data), err,
              "'%.*s' in the list is not a number", length, at);
    if (length >= 3 && memcmp(at, "...", 3) == 0)
        return error_hint(err, "NumPy left numbers out: write the lists with array.tolist()");
    return false;
}

bool csv_read_list(const file_map *map, const char *at, const char *end, tokvec_dtype dtype,
                   uint64_t *n, void *out, tokvec_error *err)
{
    uint64_t count = 0, unused;
    char *to = out == NULL ? (char *)&unused : out;
    const char *item = skip_space(at, end);
    while (item < end) {
        if (out != NULL && count == *n)
            return lines_bad(map, (uint64_t)(item - (const char *)map->data), err,
                             "the list has more than %llu numbers", (unsigned long long)count);
        const char *next = number_read(dtype, item, end, to);
        if (next == NULL || !item_ends(next, end))
            return bad_item(map, item, end, err);
        count++;
        to += out == NULL ? 0 : tokvec_dtype_size(dtype);
        const char *after = skip_space(next, end);
        if (after == end)
            break;
        item = *after == ',' ? skip_space(after + 1, end) : after;
        if (item == end)
            return bad_item(map, after, end, err);
    }
    if (out != NULL && count != *n)
        return lines_bad(map, (uint64_t)(at - (const char *)map->data), err,
                         "the list has %llu numbers, not %llu", (unsigned long long)count,
                         (unsigned long long)*n);
    *n = count;
    return true;
}
