/* pattern.c - regular expressions.
 * See pattern.h. The C library's, in a locale of our own, once the expression has been measured:
 * the library copies what is repeated, and goes into brackets by recursion.
 * SPDX-License-Identifier: MIT */
#include "text/pattern.h"

#include "base/array.h"
#include "base/error.h"
#include "base/utf8.h"

#include <errno.h>
#include <locale.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LENGTH_MAX = 1000,
    SIZE_MAX_COPIED = 2000, /* characters and sets, with all copies */
    LONG_TEXT = 1000,
};

struct pattern {
    regex_t regex;
    regex_t anywhere; /* the same behind any text, from its beginning */
    bool has_anywhere;
    locale_t locale;
    char *room; /* for a text with a NUL behind it */
    size_t room_size;
};

/* ---------------------------------------------------------------- how large it becomes */

/* The position after the set whose bracket is at `at`. */
static size_t skip_set(const char *text, size_t at)
{
    at++;
    at += text[at] == '^';
    at += text[at] == ']'; /* the first one is a member */
    while (text[at] != '\0' && text[at] != ']') {
        char kind = text[at + 1];
        if (text[at] == '[' && (kind == ':' || kind == '.' || kind == '=')) {
            const char closing[] = {kind, ']', '\0'};
            const char *end = strstr(text + at + 2, closing);
            at = end == NULL ? strlen(text) : (size_t)(end - text) + 2;
        } else {
            at++;
        }
    }
    return text[at] == '\0' ? at : at + 1;
}

/* The larger number of an interval {m,n}, whose brace is at *at, which moves past it. */
static size_t largest_count(const char *text, size_t *at)
{
    size_t most = 1;
    while (text[*at] != '\0' && text[*at] != '}') {
        ++*at;
        size_t count = 0;
        for (; text[*at] >= '0' && text[*at] <= '9'; ++*at)
            count = count > LENGTH_MAX * 1000 ? count : count * 10 + (size_t)(text[*at] - '0');
        most = count > most ? count : most;
    }
    *at += text[*at] == '}';
    return most;
}

/* How many characters and sets are matched at most, with all that is repeated; no more than just
 * over the limit. `*refers` tells of a back-reference, `*stray` of a ')' that closes nothing, and
 * is a character. */
static size_t copied_size(const char *text, bool *refers, bool *stray)
{
    size_t sums[LENGTH_MAX + 1] = {0}; /* before the last item, of the groups that are open */
    size_t depth = 0, last = 0;        /* the last item, which may be repeated */
    *refers = *stray = false;
    for (size_t at = 0; text[at] != '\0' && sums[depth] <= SIZE_MAX_COPIED;) {
        if (text[at] == '{') {
            last *= largest_count(text, &at);
            if (last > SIZE_MAX_COPIED)
                return last;
            continue;
        }
        if (text[at] == ')' && depth > 0) {
            last += sums[depth--] + 1;
            at++;
            continue;
        }
        *stray = *stray || text[at] == ')';
        sums[depth] += last;
        last = 1;
        if (text[at] == '(') {
            sums[++depth] = 0;
            last = 0;
        } else if (text[at] == '\\') {
            *refers = *refers || (text[at + 1] >= '1' && text[at + 1] <= '9');
            at += text[at + 1] != '\0';
        }
        at = text[at] == '[' ? skip_set(text, at) : at + 1;
    }
    return sums[depth] + last;
}

/* ---------------------------------------------------------------- compiling */

static bool bad_pattern(const char *text, tokvec_error *err, const char *why)
{
    error_set(err, TOKVEC_BAD_ARGUMENT,
              "'%.80s%s' is not a regular expression that can be used: %s", text,
              strlen(text) > 80 ? "..." : "", why);
    return error_hint(err, "give a POSIX extended one, as grep -E takes it");
}

static bool check_size(const char *text, bool *stray, tokvec_error *err)
{
    bool refers;
    if (strlen(text) > LENGTH_MAX)
        return bad_pattern(text, err, "it is longer than 1000 bytes");
    if (copied_size(text, &refers, stray) > SIZE_MAX_COPIED)
        return bad_pattern(text, err, "its repetitions make too much");
    return !refers || bad_pattern(text, err, "it has a back-reference");
}

/* Other characters would be other matches, so there is no doing without it. */
static bool open_locale(pattern *p, tokvec_error *err)
{
    p->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    return p->locale != (locale_t)0 || error_system(err, errno, "open the locale", "C.UTF-8");
}

static bool compile(pattern *p, const char *text, tokvec_error *err)
{
    char why[200];
    locale_t before = uselocale(p->locale);
    int code = regcomp(&p->regex, text, REG_EXTENDED | REG_NOSUB);
    if (code != 0)
        regerror(code, &p->regex, why, sizeof why);
    uselocale(before);
    if (code == REG_ESPACE)
        return error_no_memory(err, LENGTH_MAX);
    return code == 0 || bad_pattern(text, err, why);
}

/* For long texts; not all expressions have such a form. Line ends are to become vertical tabs: the
 * library takes '^' to match behind them, in the midst of a text. */
static void compile_anywhere(pattern *p, const char *text, bool stray)
{
    char whole[LENGTH_MAX + 20];
    if (stray || strpbrk(text, "\n\v") != NULL)
        return;
    snprintf(whole, sizeof whole, "\\`([^a]|a)*(%s)", text);
    locale_t before = uselocale(p->locale);
    p->has_anywhere = regcomp(&p->anywhere, whole, REG_EXTENDED | REG_NOSUB) == 0;
    uselocale(before);
}

pattern *pattern_open(const char *text, tokvec_error *err)
{
    bool stray;
    if (!check_size(text, &stray, err))
        return NULL;
    pattern *p = calloc(1, sizeof *p);
    if (p == NULL) {
        error_no_memory(err, sizeof *p);
        return NULL;
    }
    bool good = open_locale(p, err);
    if (good && compile(p, text, err)) {
        compile_anywhere(p, text, stray);
        return p;
    }
    if (good)
        freelocale(p->locale);
    free(p);
    return NULL;
}

/* ---------------------------------------------------------------- matching */

/* The result of regexec. */
static int search(const regex_t *regex, const char *text, size_t length, int flags)
{
    regmatch_t range = {0, (regoff_t)length};
    return regexec(regex, text, 1, &range, REG_STARTEND | flags);
}

/* How many bytes from `text` on are characters. */
static size_t count_valid(const char *text, size_t length)
{
    size_t at = 0, n;
    while (at < length && (n = utf8_length(text + at, length - at)) > 0)
        at += n;
    return at;
}

/* The library tries a match from every character on, each up to the end if need be, which takes the
 * square of the length. Here only one is tried, between bytes that are no characters and that
 * nothing matches. */
static int search_long(const pattern *p, char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\n')
            text[i] = '\v';
    }
    for (size_t at = 0;;) {
        size_t end = at + count_valid(text + at, length - at);
        int flags = (at > 0 ? REG_NOTBOL : 0) | (end < length ? REG_NOTEOL : 0);
        int code = search(&p->anywhere, text + at, end - at, flags);
        if (code != REG_NOMATCH || end == length)
            return code;
        at = end + 1;
    }
}

/* The text is copied: with REG_STARTEND it may have NULs in it, but not all that stands between
 * (as the address sanitizer) does without one at its end. */
bool pattern_matches(pattern *p, tokvec_text text, bool *matches, tokvec_error *err)
{
    if (!array_reserve(&p->room, &p->room_size, text.length + 1, 1, err))
        return false;
    memcpy(p->room, text.bytes, text.length);
    p->room[text.length] = '\0';
    locale_t before = uselocale(p->locale);
    int code = p->has_anywhere && text.length > LONG_TEXT
                   ? search_long(p, p->room, text.length)
                   : search(&p->regex, p->room, text.length, 0);
    uselocale(before);
    *matches = code == 0;
    return code == 0 || code == REG_NOMATCH || error_no_memory(err, text.length);
}

void pattern_close(pattern *p)
{
    if (p == NULL)
        return;
    regfree(&p->regex);
    if (p->has_anywhere)
        regfree(&p->anywhere);
    freelocale(p->locale);
    free(p->room);
    free(p);
}
