/* foreign_text.c - texts that stand where a file should: pointers, web pages, errors; UTF-16.
 * See foreign.h.
 * SPDX-License-Identifier: MIT */
#include "model/foreign.h"

#include "base/utf8.h"
#include "text/json_scan.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The head of a file as text, behind a byte order mark. */
typedef struct text {
    const file_map *map;
    const char *at;
    size_t length;
} text;

static bool begins(const text *t, const char *with)
{
    size_t n = strlen(with);
    return t->length >= n && strncasecmp(t->at, with, n) == 0;
}

/* What follows `after` in the head; NULL if it is not there. */
static const char *behind(const text *t, const char *after)
{
    const char *found = memmem(t->at, t->length, after, strlen(after));
    return found == NULL ? NULL : found + strlen(after);
}

static size_t line_length(const text *t, const char *from)
{
    size_t left = t->length - (size_t)(from - t->at), n = 0;
    while (n < left && from[n] != '\n' && from[n] != '\r')
        n++;
    return n < 200 ? n : 200;
}

static bool refuse(const text *t, tokvec_error *err, const char *advice)
{
    error_where(err, "%s", t->map->path);
    error_hint(err, "%s", advice);
    return true;
}

/* ---- pointers to a file that is elsewhere --------------------------------------------------- */

enum { DIGITS_MAX = 20 };

static int digits(const text *t, const char *at)
{
    int n = 0;
    while (at + n < t->at + t->length && n < DIGITS_MAX && isdigit((unsigned char)at[n]))
        n++;
    return n;
}

/* Format: github.com/git-lfs/git-lfs, docs/spec.md. */
static bool git_lfs(const text *t, tokvec_error *err)
{
    if (!begins(t, "version https://git-lfs.github.com/spec/") &&
        !begins(t, "version https://hawser.github.com/spec/"))
        return false;
    const char *size = behind(t, "\nsize ");
    int n = size == NULL ? 0 : digits(t, size);
    if (n > 0)
        error_set(err, TOKVEC_BAD_FILE, "the file is a Git LFS pointer, not the file of %.*s bytes",
                  n, size);
    else
        error_set(err, TOKVEC_BAD_FILE, "the file is a Git LFS pointer, not the file itself");
    return refuse(t, err, "in its repository: git lfs pull; or download the file");
}

static bool git_annex(const text *t, tokvec_error *err)
{
    enum { POINTER_MAX = 32768 }; /* git-annex takes no longer file for a pointer */
    if (t->map->size > POINTER_MAX || !begins(t, "/annex/objects/"))
        return false;
    const char *size = behind(t, "-s");
    int n = size == NULL ? 0 : digits(t, size);
    if (n > 0)
        error_set(err, TOKVEC_BAD_FILE,
                  "the file is a pointer of git-annex, not the file of %.*s bytes", n, size);
    else
        error_set(err, TOKVEC_BAD_FILE, "the file is a pointer of git-annex, not the file itself");
    return refuse(t, err, "in its repository: git annex get FILE");
}

/* ---- answers of servers --------------------------------------------------------------------- */

/* The text of the first element of these names, from behind its tag to the next one. */
static bool element(const text *t, const char *const *tags, const char **out, size_t *length)
{
    for (; *tags != NULL; tags++) {
        const char *from = behind(t, *tags);
        if (from == NULL)
            continue;
        size_t left = t->length - (size_t)(from - t->at);
        const char *to = memchr(from, '<', left < 200 ? left : 200);
        *length = to == NULL ? 0 : (size_t)(to - from);
        *out = from;
        return *length > 0;
    }
    return false;
}

static bool refuse_markup(const text *t, tokvec_error *err, const char *kind,
                          const char *const *tags)
{
    const char *said;
    size_t length;
    if (element(t, tags, &said, &length))
        error_set(err, TOKVEC_BAD_FILE, "the file is %s: '%.*s'", kind, (int)length, said);
    else
        error_set(err, TOKVEC_BAD_FILE, "the file is %s", kind);
    return refuse(t, err, "the download failed: fetch the file again, signed in if need be");
}

/* A table whose first word is "<html>" is not a page. */
static bool markup(const text *t, tokvec_error *err)
{
    static const char *const html_tags[] = {"<title>", "<h1>", NULL};
    static const char *const xml_tags[] = {"<Message>", "<Code>", NULL};
    bool closes = behind(t, "</") != NULL;
    if (begins(t, "<!doctype html") || ((begins(t, "<html") || begins(t, "<head")) && closes))
        return refuse_markup(t, err, "an HTML page", html_tags);
    if (begins(t, "<?xml") || (begins(t, "<error>") && closes))
        return refuse_markup(t, err, "XML, such as the errors of storage servers", xml_tags);
    return false;
}

/* Lines that servers of models send in place of a file. */
static bool plain_error(const text *t, tokvec_error *err)
{
    enum { LONGEST = 1024 };
    static const char *const lines[] = {
        "Entry not found",          "Invalid username or password",
        "404: Not Found",           "404 Not Found",
        "404 page not found",       "Repository not found",
        "Access to model",          "Access to dataset",
        "Cannot access gated repo", "Invalid credentials",
        "Invalid rev id",           "Unauthorized",
        "Internal Server Error",    "Service Unavailable",
        "Too Many Requests",        "Bad Gateway",
        "upstream connect error",   "error code: ",
    };
    if (t->map->size > LONGEST)
        return false;
    size_t line = line_length(t, t->at), rest = line;
    while (rest < t->length && isspace((unsigned char)t->at[rest]))
        rest++;
    if (rest < t->length)
        return false; /* a list of words may begin so */
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (!begins(t, lines[i]))
            continue;
        error_set(err, TOKVEC_BAD_FILE, "the file is a server's error message: '%.*s'", (int)line,
                  t->at);
        return refuse(t, err, "fetch the file again, signed in if need be");
    }
    return false;
}

/* An object's member `message`, the first, if it is a string. */
static bool message_of(json_scanner *s, json_raw *said)
{
    json_raw key;
    bool found = false;
    json_enter(s, '{');
    for (bool first = true; json_more(s, '}', &first);) {
        if (!json_key(s, &key))
            return false;
        bool is_it = !found && json_raw_is(&key, "message") && json_peek(s) == '"';
        if (is_it ? !json_string_raw(s, said) : !json_skip(s))
            return false;
        found |= is_it;
    }
    return found;
}

/* The text that an error in JSON gives: {"error": TEXT}, {"error": {"message": TEXT}}, and alike.
 * A table or a vocabulary has numbers or lists there. */
static bool said_in(json_scanner *s, json_raw *said)
{
    static const char *const keys[] = {"error", "message", "detail"};
    enum { NONE = sizeof keys / sizeof *keys };
    size_t best = NONE;
    json_raw key, found;
    if (!json_enter(s, '{'))
        return false;
    for (bool first = true; json_more(s, '}', &first);) {
        if (!json_key(s, &key))
            return false;
        int next = json_peek(s);
        size_t which = 0;
        while (which < best && !json_raw_is(&key, keys[which]))
            which++;
        json_scanner inside = *s;
        bool told = which < best &&
                    (next == '"' ? json_string_raw(&inside, &found)
                                 : which == 0 && next == '{' && message_of(&inside, &found));
        if (next == '[' || !json_skip(s))
            return false;
        if (told) {
            best = which;
            *said = found;
        }
    }
    return best < NONE && s->fault.what == NULL && json_end(s);
}

static bool json_error(const text *t, tokvec_error *err)
{
    enum { LONGEST = 16384, SHOWN = 300 };
    json_scanner s = {.text = (const uint8_t *)t->at, .size = t->length};
    json_raw said;
    if (t->length == 0 || t->at[0] != '{' || t->map->size > LONGEST || !said_in(&s, &said))
        return false;
    char *room = malloc(said.length + 4);
    if (room == NULL)
        return !error_no_memory(err, said.length);
    size_t length = json_unescape(&said, room);
    error_set(err, TOKVEC_BAD_FILE, "the file is an error in JSON: '%.*s'",
              (int)(length < SHOWN ? length : SHOWN), room);
    free(room);
    return refuse(t, err, "ask the server again");
}

/* ---- encodings ------------------------------------------------------------------------------ */

/* ASCII in UTF-16 without a mark: every other byte is zero, from the first line on. */
static bool alternates(const file_map *map, unsigned zero)
{
    enum { ENOUGH = 32 };
    size_t n = map->size < ENOUGH ? (size_t)map->size & ~(size_t)1 : ENOUGH;
    for (size_t i = 0; i < n; i++) {
        uint8_t c = map->data[i];
        bool letter = (c >= ' ' && c < 0x7f) || c == '\n' || c == '\r' || c == '\t';
        if (i % 2 == zero ? c != 0 : !letter)
            return false;
    }
    return n >= 8;
}

static bool utf16(const text *t, tokvec_error *err)
{
    static const uint8_t little[] = {0xff, 0xfe}, big[] = {0xfe, 0xff};
    const file_map *map = t->map;
    if (map->size < 2 || (memcmp(map->data, little, 2) != 0 && memcmp(map->data, big, 2) != 0 &&
                          !alternates(map, 1) && !alternates(map, 0)))
        return false;
    bool marked = map->data[0] >= 0xfe;
    bool is_big = marked ? map->data[0] == 0xfe : map->data[0] == 0;
    char word[400];
    error_set(err, TOKVEC_UNSUPPORTED, "the file is text in UTF-16, not in UTF-8");
    error_where(err, "%s", map->path);
    error_hint(err, "convert it: iconv -f UTF-16%s -t UTF-8 %s > NEW",
               marked   ? ""
               : is_big ? "BE"
                        : "LE",
               foreign_shell_word(map->path, word, sizeof word));
    return true;
}

/* True if all bytes from `at` on are zero, as far as is looked: a file with room for terabytes is
 * not read whole. */
static bool zero_from(const file_map *map, uint64_t at)
{
    enum { LOOK = 1 << 24 };
    static const uint8_t zeros[4096] = {0};
    uint64_t end = map->size - at < LOOK ? map->size : at + LOOK;
    while (at < end) {
        uint64_t n = end - at < sizeof zeros ? end - at : sizeof zeros;
        if (!file_want(map, at, n, NULL) || memcmp(map->data + at, zeros, (size_t)n) != 0)
            return false;
        at += n;
    }
    return true;
}

/* Text, then zero bytes up to the end: the file system reserved their room and the rest never
 * came. Binary word vectors may be zeros too, but not after several lines of text, or JSON. */
static bool filled_up(const file_map *map, tokvec_error *err)
{
    enum { FEWEST = 8 };
    static const uint8_t zeros[FEWEST] = {0};
    if (map->size < FEWEST || !file_want(map, map->size - FEWEST, FEWEST, NULL) ||
        memcmp(map->data + map->size - FEWEST, zeros, FEWEST) != 0)
        return false;
    uint64_t at = file_find(map, 0, map->size, '\0'), lines = 0;
    for (size_t i = 0; i < at && i < FOREIGN_HEAD; i++) {
        uint8_t c = map->data[i];
        if ((c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7f)
            return false;
        lines += c == '\n';
    }
    bool json = map->data[0] == '{' || map->data[0] == '[';
    if ((lines < 2 && !json) || !zero_from(map, at))
        return false;
    error_set(err, TOKVEC_BAD_FILE, "the file's last %llu bytes are zero: its end is missing",
              (unsigned long long)(map->size - at));
    error_where(err, "%s, byte %llu", map->path, (unsigned long long)at);
    error_hint(err, "a download that was not finished, perhaps: fetch it again");
    return true;
}

bool foreign_text(const file_map *map, tokvec_error *err)
{
    static const char mark[] = "\xef\xbb\xbf";
    enum { MARK = 3 };
    if (map->size == 0)
        return false;
    text t = {map, (const char *)map->data, foreign_head(map)};
    if (t.length >= MARK && memcmp(t.at, mark, MARK) == 0)
        t = (text){map, t.at + MARK, t.length - MARK};
    if (filled_up(map, err) || utf16(&t, err) || git_lfs(&t, err) || git_annex(&t, err))
        return true;
    while (t.length > 0 && isspace((unsigned char)*t.at))
        t = (text){map, t.at + 1, t.length - 1};
    return t.length > 0 && (markup(&t, err) || plain_error(&t, err) || json_error(&t, err));
}
