/* vocab_rules.c - what all the lines of a text have in common.
 * See vocab_rules.h. All rules are tried line by line, and one that fails is out.
 * SPDX-License-Identifier: MIT */
#include "vocab/vocab_rules.h"

#include "base/bytes.h"
#include "text/lines.h"
#include "text/number.h"

#include <stddef.h>
#include <string.h>

enum { LINE_MAX_BYTES = 1 << 16 };

/* The line from *at to `end`. */
static void take_line(const file_map *map, uint64_t *at, uint64_t end, tokvec_text *line)
{
    const char *start = (const char *)map->data + *at;
    size_t length = (size_t)(end - *at);
    *at = lines_next(map, end);
    if (length > 0 && start[length - 1] == '\r')
        length--;
    *line = (tokvec_text){start, length};
}

bool vocab_rules_line(const file_map *map, uint64_t *at, tokvec_text *line)
{
    if (*at >= map->size)
        return false;
    take_line(map, at, lines_end(map, *at), line);
    return true;
}

bool vocab_rules_short_line(const file_map *map, uint64_t *at, tokvec_text *line)
{
    if (*at >= map->size)
        return false;
    bool short_rest = map->size - *at <= LINE_MAX_BYTES;
    uint64_t stop = short_rest ? map->size : *at + LINE_MAX_BYTES;
    uint64_t end = file_find(map, *at, stop, '\n');
    if (end == stop && !short_rest)
        return false;
    take_line(map, at, end, line);
    return true;
}

bool vocab_rules_certain(line_rule rule)
{
    return rule != RULE_NONE && rule <= RULE_SUBWORDS && rule != RULE_SCORE && rule != RULE_NUMBER;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

enum { DIGITS_MAX = 18 }; /* of a number */

bool vocab_rules_number(tokvec_text text, uint64_t *out)
{
    uint64_t value = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(text.bytes[i] - '0');
    }
    *out = value;
    return text.length > 0 && text.length <= DIGITS_MAX;
}

size_t vocab_rules_fields(tokvec_text line, tokvec_text *first, tokvec_text *last)
{
    size_t count = 0;
    for (size_t at = 0; at < line.length;) {
        size_t from = at;
        while (at < line.length && !is_space(line.bytes[at]))
            at++;
        if (at > from) {
            *last = (tokvec_text){line.bytes + from, at - from};
            if (count++ == 0)
                *first = *last;
        }
        while (at < line.length && is_space(line.bytes[at]))
            at++;
    }
    return count;
}

tokvec_text vocab_rules_bare(tokvec_text line)
{
    static const char overwrite[] = " #fairseq:overwrite";
    enum { LENGTH = sizeof overwrite - 1 };
    if (line.length > LENGTH && memcmp(line.bytes + line.length - LENGTH, overwrite, LENGTH) == 0)
        line.length -= LENGTH;
    return line;
}

/* The values of the characters of base64; -1: none. */
static const int8_t base64_values[128] = {
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 62,
    -1, -1, -1, 63, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, -1, -1, -1, -1, -1, -1, -1, 0,
    1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
    23, 24, 25, -1, -1, -1, -1, -1, -1, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38,
    39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, -1, -1, -1, -1, -1};

/* Four characters of base64 as three bytes and one that means nothing. *wrong becomes negative if a
 * character is not valid. */
static inline uint32_t base64_bytes(uint32_t four, int *wrong)
{
    int a = base64_values[four & 0x7f], b = base64_values[four >> 8 & 0x7f];
    int c = base64_values[four >> 16 & 0x7f], d = base64_values[four >> 24 & 0x7f];
    *wrong |= a | b | c | d | -(int)((four & 0x80808080) != 0);
    uint32_t bits = (uint32_t)a << 18 | (uint32_t)b << 12 | (uint32_t)c << 6 | (uint32_t)d;
    return __builtin_bswap32(bits << 8);
}

size_t vocab_rules_base64(tokvec_text text, char *out)
{
    if (text.length == 0 || text.length % 4 != 0)
        return 0;
    int wrong = 0;
    size_t last = text.length - 4, n = 0;
    for (size_t at = 0; at < last; at += 4, n += 3) {
        uint32_t bytes = base64_bytes(load_le32(text.bytes + at), &wrong);
        if (out != NULL)
            memcpy(out + n, &bytes, sizeof bytes);
    }
    const uint32_t zeros = 0x41414141; /* as "AAAA" is, in place of the padding */
    uint32_t four = load_le32(text.bytes + last), pad = '=';
    unsigned padding = (unsigned)(four >> 24 == pad) + (unsigned)(four >> 16 == (pad << 8 | pad));
    uint32_t kept = UINT32_MAX >> 8 * padding;
    uint32_t bytes = base64_bytes((four & kept) | (zeros & ~kept), &wrong);
    if (out != NULL)
        memcpy(out + n, &bytes, sizeof bytes);
    return wrong < 0 ? 0 : n + 3 - padding;
}

/* ---- one line ------------------------------------------------------------------------------- */

/* What a line has, and what is asked of all of them. */
typedef struct shape {
    tokvec_text text, first, last;
    size_t fields, tabs, commas;
    bool numbered; /* the last field is digits */
} shape;

static size_t count_of(tokvec_text text, char c)
{
    size_t n = 0;
    for (size_t i = 0; i < text.length; i++)
        n += text.bytes[i] == c;
    return n;
}

static shape shape_of(tokvec_text line)
{
    shape s = {.text = line, .first = {"", 0}, .last = {"", 0}};
    uint64_t number;
    s.fields = vocab_rules_fields(line, &s.first, &s.last);
    s.tabs = count_of(line, '\t');
    s.commas = count_of(line, ',');
    s.numbered = vocab_rules_number(s.last, &number);
    return s;
}

static bool is_rank(const shape *s)
{
    return s->fields == 2 && s->numbered && vocab_rules_base64(s->first, NULL) > 0;
}

static bool is_literal(const shape *s)
{
    uint64_t id;
    if (s->fields < 3 || !s->numbered || !vocab_rules_number(s->first, &id) ||
        s->first.bytes != s->text.bytes)
        return false;
    const char *from = s->first.bytes + s->first.length + 1;
    if (*from == 'b')
        from++;
    const char *to = s->last.bytes - 2;
    return (*from == '\'' || *from == '"') && to > from && *to == *from;
}

/* A key, a colon, blanks, digits. */
static bool is_yaml(const shape *s)
{
    const char *colon = s->last.bytes;
    if (!s->numbered || s->last.bytes == s->text.bytes)
        return false;
    while (colon > s->text.bytes && colon[-1] == ' ')
        colon--;
    return colon < s->last.bytes && colon - s->text.bytes > 1 && colon[-1] == ':';
}

/* Something between quotes. */
static bool is_quoted(const shape *s)
{
    size_t n = s->text.length;
    char quote = n < 2 ? '\0' : s->text.bytes[0];
    return (quote == '\'' || quote == '"') && s->text.bytes[n - 1] == quote;
}

/* Something that ends in a number, with a sign between them: "the 0.5", "the,2", "the:2", "the=2".
 */
static bool ends_in_number(const shape *s)
{
    static const char signs[] = " \t,:;=|";
    size_t at = s->text.length;
    while (at > 0 && memchr("0123456789+-.eE", s->text.bytes[at - 1], 15) != NULL)
        at--;
    return at > 1 && memchr(signs, s->text.bytes[at - 1], sizeof signs - 1) != NULL &&
           number_is(s->text.bytes + at, s->text.length - at);
}

/* TensorFlow Datasets write two lines before the subwords: "### SubwordTextEncoder". */
static bool is_heading(const shape *s, uint64_t line)
{
    return line <= 2 && s->text.length > 4 && memcmp(s->text.bytes, "### ", 4) == 0;
}

/* One tab, with something before it and a score behind it: none is a natural number. */
static bool is_scored(const shape *s)
{
    const char *tab = s->tabs == 1 ? memchr(s->text.bytes, '\t', s->text.length) : NULL;
    uint64_t natural;
    if (tab == NULL || tab == s->text.bytes)
        return false;
    tokvec_text score = {tab + 1, s->text.length - (size_t)(tab + 1 - s->text.bytes)};
    return number_is(score.bytes, score.length) &&
           (!vocab_rules_number(score, &natural) || natural == 0);
}

/* One tab or comma, with an integer behind it; in the header, no number. */
static bool is_pair(const shape *s, bool header)
{
    uint64_t number;
    if (s->tabs + s->commas != 1)
        return false;
    const char *from = memchr(s->text.bytes, s->tabs == 1 ? '\t' : ',', s->text.length);
    tokvec_text behind = {from + 1, s->text.length - (size_t)(from + 1 - s->text.bytes)};
    return header ? !number_is(behind.bytes, behind.length) : vocab_rules_number(behind, &number);
}

/* Digits, a sign, something. */
static bool begins_with_id(const shape *s)
{
    size_t at = 0;
    while (at < s->text.length && s->text.bytes[at] >= '0' && s->text.bytes[at] <= '9')
        at++;
    return at > 0 && at + 1 < s->text.length && memchr("\t ,:;|", s->text.bytes[at], 6) != NULL;
}

/* ---- all lines ------------------------------------------------------------------------------ */

/* A line that is the blank itself, before its ID, has one field (k2, sherpa-onnx): one of all. */
static bool is_word_number(const shape *s, bool *blank)
{
    if (s->fields == 2)
        return s->numbered && s->first.bytes == s->text.bytes;
    bool good = s->fields == 1 && s->numbered && !*blank && is_space(s->text.bytes[0]);
    *blank |= good;
    return good;
}

/* The first line of a vector file of one dimension, "3 1": not a word that was seen once. */
static bool is_word2vec_header(const shape *first, uint64_t lines)
{
    uint64_t rows;
    return first->fields == 2 && first->last.length == 1 && first->last.bytes[0] == '1' &&
           vocab_rules_number(first->first, &rows) && rows + 1 == lines;
}

static bool is_python(const file_map *map, uint64_t start)
{
    const char *data = (const char *)map->data;
    uint64_t end = map->size;
    while (end > start && file_want(map, end - 1, 1, NULL) &&
           (is_space(data[end - 1]) || data[end - 1] == '\n' || data[end - 1] == '\r'))
        end--;
    if (end < start + 4 || !file_want(map, start, 2, NULL))
        return false;
    char closing = data[start] == '{' ? '}' : data[start] == '[' ? ']' : '\0';
    return data[start + 1] == '\'' && data[end - 1] == closing;
}

/* More than any line of a vocabulary has: no text, or all in one line. */
static bool is_endless(const file_map *map, uint64_t at)
{
    return map->size - at > LINE_MAX_BYTES &&
           file_find(map, at, at + LINE_MAX_BYTES, '\n') == at + LINE_MAX_BYTES;
}

/* How the rules are kept so far. */
typedef struct keeping {
    bool can[RULE_PYTHON + 1];
    uint64_t misses[RULE_PYTHON + 1]; /* of the rules that one line does not end */
    uint64_t odd[RULE_PYTHON + 1];    /* the first of them */
    shape header;                     /* the first line */
    bool version, blank;
} keeping;

enum { ONE_IN = 16, MISSES_MAX = 8 };

/* Rules that no list of tokens keeps by chance on nearly all lines; phrases may keep others. */
static bool is_telling(line_rule rule)
{
    return rule <= RULE_NUMBER || rule == RULE_SUBWORDS || rule == RULE_ID_FIRST ||
           rule == RULE_TABS;
}

/* Notes that line `number` keeps the rule, or does not. */
static void note(keeping *k, line_rule rule, uint64_t number, bool kept)
{
    if (kept || !k->can[rule])
        return;
    if (k->misses[rule]++ == 0)
        k->odd[rule] = number;
    k->can[rule] =
        is_telling(rule) && (k->misses[rule] <= MISSES_MAX || k->misses[rule] <= number / ONE_IN);
}

static bool begins_with_text(tokvec_text line, const char *text)
{
    return line.length >= strlen(text) && memcmp(line.bytes, text, strlen(text)) == 0;
}

/* GPT-2's merges begin so; before it CLIP's have their name. */
static bool has_version(tokvec_text line)
{
    enum { NEAR = 64 };
    return memmem(line.bytes, line.length < NEAR ? line.length : NEAR, "#version", 8) != NULL;
}

static void look_at(keeping *k, tokvec_text line, uint64_t number)
{
    shape s = shape_of(line), bare = shape_of(vocab_rules_bare(line));
    bool first = number == 1, at_start = s.first.bytes == line.bytes;
    if (first) {
        k->header = s;
        k->version = has_version(line);
    }
    note(k, RULE_RANK, number, is_rank(&s));
    note(k, RULE_LITERAL, number, is_literal(&s));
    note(k, RULE_YAML, number, is_yaml(&s) || (first && begins_with_text(line, "---")));
    note(k, RULE_WORD_NUMBER, number, is_word_number(&bare, &k->blank));
    note(k, RULE_SCORE, number, is_scored(&s));
    note(k, RULE_NUMBER, number, ends_in_number(&s));
    note(k, RULE_TABLE, number, is_pair(&s, first));
    note(k, RULE_MERGES, number, s.fields == 2 && s.tabs == 0 && at_start);
    note(k, RULE_SUBWORDS, number, is_quoted(&s) || is_heading(&s, number));
    note(k, RULE_ID_FIRST, number, begins_with_id(&s) || (first && s.tabs + s.commas == 1));
    note(k, RULE_FIELDS, number, s.fields > 2 && s.fields == k->header.fields && at_start);
    note(k, RULE_TABS, number, s.tabs > 0 && s.tabs == k->header.tabs);
    note(k, RULE_COMMAS, number, s.commas > 0 && s.commas == k->header.commas);
}

static bool any_left(const keeping *k)
{
    for (int i = RULE_RANK; i <= RULE_PYTHON; i++) {
        if (k->can[i])
            return true;
    }
    return false;
}

/* The rule that all lines have kept, or nearly all. A single line has none that only repetition
 * makes. */
static line_rules choose(const keeping *k, uint64_t lines)
{
    for (int i = RULE_RANK; i <= RULE_PYTHON; i++) {
        bool needs_several = i >= RULE_NUMBER && i < RULE_PYTHON;
        if (k->can[i] && k->misses[i] == 0 && lines > (needs_several ? 1 : 0))
            return (line_rules){(line_rule)i, lines, 0};
    }
    for (int i = RULE_RANK; i <= RULE_TABS; i++) {
        if (k->can[i] && k->misses[i] > 0 && k->misses[i] <= lines / ONE_IN)
            return (line_rules){(line_rule)i, lines, k->odd[i]};
    }
    return (line_rules){RULE_NONE, lines, 0};
}

/* The number that a text ends in, to *out; of how many digits. Fewer than eight are read at once.
 */
static size_t last_digits(tokvec_text text, uint64_t *out)
{
    const char *end = text.bytes + text.length;
    uint64_t eight = text.length < 8 ? 0 : load_le64(end - 8);
    unsigned few = number_leading_digits(__builtin_bswap64(eight));
    if (few > 0 && few < 8) {
        *out = number_of_digits(eight >> (64 - 8 * few), few);
        return few;
    }
    size_t n = 0;
    while (n < text.length && end[-1 - (ptrdiff_t)n] >= '0' && end[-1 - (ptrdiff_t)n] <= '9')
        n++;
    return vocab_rules_number((tokvec_text){end - n, n}, out) ? n : 0;
}

bool vocab_rules_rank(tokvec_text line, tokvec_text *token, uint64_t *rank)
{
    size_t digits = last_digits(line, rank);
    if (digits == 0 || line.length < digits + 2 || line.bytes[line.length - digits - 1] != ' ')
        return false;
    *token = (tokvec_text){line.bytes, line.length - digits - 1};
    return true;
}

line_rules vocab_rules_of(const file_map *map, uint64_t start)
{
    static const line_rules none = {RULE_NONE, 0, 0};
    keeping k = {.version = false};
    tokvec_text line;
    uint64_t lines = 0;
    if (map->size <= start || is_endless(map, start))
        return none;
    memset(k.can, true, sizeof k.can);
    k.can[RULE_PYTHON] = is_python(map, start);
    for (uint64_t at = start; any_left(&k) && vocab_rules_line(map, &at, &line);) {
        tokvec_text first, last;
        if (at < map->size && is_endless(map, at))
            return none;
        if (vocab_rules_fields(line, &first, &last) > 0)
            look_at(&k, line, ++lines);
        if (k.version)
            return (line_rules){RULE_MERGES, lines, 0};
    }
    if (lines == 0 || is_word2vec_header(&k.header, lines))
        return none;
    return choose(&k, lines);
}
