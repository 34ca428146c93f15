/* digest_lines.c - lists of digests, as sha256sum writes and reads them.
 * See digest_lines.h.
 * SPDX-License-Identifier: MIT */
#include "text/digest_lines.h"

#include "base/array.h"
#include "base/error.h"

#include <stdlib.h>

/* ---------------------------------------------------------------- writing */

/* The letter that stands for a character after a backslash; 0: it stands for itself. */
static char escape_of(char c)
{
    return c == '\\' ? '\\' : c == '\n' ? 'n' : c == '\r' ? 'r' : '\0';
}

static void put_escaped(sink *out, const char *name)
{
    for (; *name != '\0'; name++) {
        char letter = escape_of(*name);
        if (letter != '\0')
            sink_char(out, '\\');
        sink_char(out, letter != '\0' ? letter : *name);
    }
}

void digest_lines_put(sink *out, const char *hex, const char *name)
{
    if (strpbrk(name, "\\\n\r") != NULL)
        sink_char(out, '\\');
    sink_text(out, hex);
    sink_text(out, "  ");
    put_escaped(out, name);
    sink_char(out, '\n');
}

void digest_lines_put_verdict(sink *out, const char *name, const char *verdict)
{
    if (strchr(name, '\n') != NULL) {
        sink_char(out, '\\');
        put_escaped(out, name);
    } else {
        sink_text(out, name);
    }
    sink_text(out, ": ");
    sink_text(out, verdict);
    sink_char(out, '\n');
}

/* ---------------------------------------------------------------- reading */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Makes the digits small, and returns what comes after them; NULL if there are more or fewer. */
static char *take_hex(char *text)
{
    size_t n = strspn(text, "0123456789abcdefABCDEF");
    if (n != DIGEST_LINES_HEX)
        return NULL;
    for (size_t i = 0; i < n; i++)
        text[i] = text[i] >= 'A' && text[i] <= 'F' ? (char)(text[i] - 'A' + 'a') : text[i];
    return text + n;
}

/* In place; false if something else stands after a backslash. */
static bool unescape(char *name)
{
    char *to = name;
    for (const char *from = name; *from != '\0'; from++) {
        if (*from == '\\') {
            from++;
            if (*from != '\\' && *from != 'n' && *from != 'r')
                return false;
            *to++ = *from == 'n' ? '\n' : *from == 'r' ? '\r' : '\\';
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    return true;
}

/* A line without its end, which the first NUL is. *single, which is kept from line to line: the
 * list has one blank alone between digest and name, as BSD's programs write it, so that a blank or
 * * after it is the name's. The first line decides. */
static bool read_line(char *text, digest_line *line, bool *single, bool first)
{
    text += strspn(text, " \t");
    bool escaped = *text == '\\';
    char *hex = text + escaped;
    char *name = take_hex(hex);
    if (name == NULL || !is_blank(*name))
        return false;
    *name++ = '\0';
    bool marked = *name == ' ' || *name == '*';
    if (first)
        *single = !marked;
    if (marked && !*single)
        name++;
    line->hex = hex;
    line->name = name;
    return *name != '\0' && (!escaped || unescape(name));
}

/* Cuts the line off at its end, and returns where the next one begins. */
static char *end_line(char *start, char *end, bool *whole)
{
    char *newline = memchr(start, '\n', (size_t)(end - start));
    char *stop = newline != NULL ? newline : end;
    char *next = newline != NULL ? newline + 1 : end;
    *whole = memchr(start, '\0', (size_t)(stop - start)) == NULL;
    if (stop > start && stop[-1] == '\r')
        stop--;
    *stop = '\0';
    return next;
}

bool digest_lines_bad(const char *path, uint64_t number, tokvec_error *err, const char *what)
{
    error_set(err, TOKVEC_BAD_FILE, "%s", what);
    error_where(err, "%s, line %llu", path, (unsigned long long)number);
    return error_hint(err, "a line is 64 hexadecimal digits, two blanks and FILE:TENSOR");
}

static bool read_lines(digest_lines *list, char *text, size_t size, const char *path,
                       tokvec_error *err)
{
    char *end = text + size, *at = text;
    bool single = false;
    if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        at += 3; /* as some editors mark UTF-8 */
    for (uint64_t number = 1; at < end; number++) {
        digest_line line = {.number = number};
        bool whole;
        char *start = at;
        at = end_line(start, end, &whole);
        size_t indent = strspn(start, " \t");
        if (whole && (start[indent] == '\0' || start[indent] == '#'))
            continue;
        if (!whole || !read_line(start, &line, &single, list->count == 0))
            return digest_lines_bad(path, number, err, "the line is not that of a digest");
        if (!array_reserve(&list->lines, &list->capacity, list->count + 1, sizeof *list->lines,
                           err))
            return false;
        list->lines[list->count++] = line;
    }
    if (list->count > 0)
        return true;
    error_set(err, TOKVEC_BAD_FILE, "the list has no digests");
    error_where(err, "%s", path);
    return error_hint(err, "a line is 64 hexadecimal digits, two blanks and FILE:TENSOR");
}

bool digest_lines_read(digest_lines *list, char *text, size_t size, const char *path,
                       tokvec_error *err)
{
    *list = (digest_lines){.text = text};
    if (read_lines(list, text, size, path, err))
        return true;
    digest_lines_free(list);
    return false;
}

void digest_lines_free(digest_lines *list)
{
    free(list->text);
    free(list->lines);
    *list = (digest_lines){.text = NULL};
}
