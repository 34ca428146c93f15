/* parser.c - token IDs out of text.
 * See parser.h. The text is cut into numbers, brackets, commas and, for what is pasted from
 * Python, words; each of them changes the state of the open lists.
 * SPDX-License-Identifier: MIT */
#include "ids/parser.h"

#include "ids/bag_items.h"
#include "ids/flat.h"
#include "ids/tokens.h"

#include <stdio.h>
#include <string.h>

void ids_parser_start(ids_parser *p)
{
    ids_parser fresh = {.list = p->list,
                        .rows = p->rows,
                        .numbered = p->numbered,
                        .range_hint = p->range_hint,
                        .position_hint = p->position_hint,
                        .source = p->source,
                        .allow_ranges = p->allow_ranges,
                        .argument = p->argument,
                        .find = p->find,
                        .find_context = p->find_context,
                        .rows_on_demand = p->rows_on_demand,
                        .lines = p->lines,
                        .bags = p->bags,
                        .sequences = p->sequences,
                        .line = 1,
                        .call_depth = IDS_NO_CALL};
    *p = fresh;
    if (p->bags != NULL)
        ids_bags_start(p->bags);
}

/* ---------------------------------------------------------------- words */

typedef enum number_kind { NUMBER, NUMBER_NONE, NUMBER_TOO_BIG } number_kind;

/* An optional sign and digits. */
static number_kind parse_number(const char *text, size_t length, int64_t *out)
{
    bool negative = length > 0 && text[0] == '-';
    size_t i = length > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    if (i == length)
        return NUMBER_NONE;
    int64_t value = 0;
    bool too_big = false;
    for (; i < length; i++) {
        unsigned digit = (unsigned char)text[i] - (unsigned)'0';
        if (digit > 9)
            return NUMBER_NONE;
        too_big |= __builtin_mul_overflow(value, 10, &value);
        too_big |= negative ? __builtin_sub_overflow(value, (int64_t)digit, &value)
                            : __builtin_add_overflow(value, (int64_t)digit, &value);
    }
    *out = value;
    return too_big ? NUMBER_TOO_BIG : NUMBER;
}

/* The row of an ID. */
static bool find_row(const ids_parser *p, int64_t id, int64_t *row)
{
    *row = id;
    return p->numbered == NULL ? (uint64_t)id < p->rows : tokvec_table_find(p->numbered, id, row);
}

static const char *out_of_range(const ids_parser *p)
{
    return p->numbered == NULL ? "is out of range" : "is not an ID of the table";
}

static bool add_number(ids_parser *p, const ids_word *w, tokvec_error *err)
{
    int64_t id = 0;
    number_kind kind = parse_number(w->text, w->length, &id);
    int64_t row = 0;
    if (kind == NUMBER && find_row(p, id, &row))
        return ids_add_word(p, w, row, err);
    if (kind == NUMBER)
        return ids_bad_word(p, w, err, out_of_range(p), p->range_hint);
    if (kind == NUMBER_TOO_BIG || (w->cut && strspn(w->text, "+-0123456789") >= w->length))
        return ids_bad_word(p, w, err, "does not fit 64 bits", p->range_hint);
    bool listed = p->depth > 0 || ids_in_call(p);
    if (w->length >= 3 && memcmp(w->text, "...", 3) == 0 && (listed || p->find == NULL))
        return ids_bad_word(p, w, err, "stands for IDs that were left out",
                            "print the whole tensor: torch.set_printoptions(profile='full')");
    if (memchr(w->text, '\0', w->length) != NULL && p->source != NULL)
        return ids_bad_word(p, w, err, "has zero bytes in it",
                            "the text may be UTF-16: convert it with iconv -f UTF-16 -t UTF-8");
    if (p->find != NULL)
        return ids_add_token(p, w, err);
    return ids_bad_word(p, w, err, "is not an integer",
                        "token IDs are decimal integers such as 0 or 15496");
}

/* A range of the table's own IDs, each of which must be there. */
static bool add_numbered(ids_parser *p, const ids_word *w, int64_t begin, int64_t end,
                         tokvec_error *err)
{
    uint64_t count = end > begin ? (uint64_t)end - (uint64_t)begin : 0;
    if (!ids_add_items(p, count, w, err))
        return false;
    for (int64_t id = begin; id < end; id++) {
        int64_t row;
        if (!tokvec_table_find(p->numbered, id, &row)) {
            char what[80];
            snprintf(what, sizeof what, "names %lld, which is not an ID of the table",
                     (long long)id);
            return ids_bad_word(p, w, err, what, p->range_hint);
        }
        if (!id_list_add(p->list, row, err))
            return false;
    }
    return true;
}

/* BEGIN:END as in Python, either end left out for the table's own. */
static bool add_range(ids_parser *p, const ids_word *w, const char *colon, tokvec_error *err)
{
    static const char form[] = "a range is BEGIN:END, with END not included";
    size_t left = (size_t)(colon - w->text);
    size_t right = w->length - left - 1;
    int64_t begin = 0;
    int64_t end = (int64_t)p->rows;
    uint64_t ids;
    if (p->numbered != NULL && tokvec_table_ids(p->numbered, &ids, &begin, &end) && end < INT64_MAX)
        end++;
    number_kind first = left == 0 ? NUMBER : parse_number(w->text, left, &begin);
    number_kind last = right == 0 ? NUMBER : parse_number(colon + 1, right, &end);
    if (first == NUMBER_NONE || last == NUMBER_NONE)
        return ids_bad_word(p, w, err, "is not a range of integers", form);
    if (first == NUMBER_TOO_BIG || last == NUMBER_TOO_BIG)
        return ids_bad_word(p, w, err, "does not fit 64 bits", p->range_hint);
    if (p->numbered != NULL)
        return add_numbered(p, w, begin, end, err);
    if (begin < 0 || end < 0 || (uint64_t)end > p->rows || (uint64_t)begin > p->rows)
        return ids_bad_word(p, w, err, "goes out of range", p->range_hint);
    uint64_t count = end > begin ? (uint64_t)(end - begin) : 0;
    return ids_add_items(p, count, w, err) && id_list_add_range(p->list, begin, count, err);
}

/* ID:WEIGHT. */
static bool end_weighted_word(ids_parser *p, const ids_word *w, tokvec_error *err)
{
    ids_word item;
    double weight;
    return ids_bag_split(p, w, &item, &weight, err) && add_number(p, &item, err) &&
           bag_list_add_weight(&p->bags->list, weight, err);
}

/* A word that a bracket, comma, white space or the end has ended. */
static bool end_word(ids_parser *p, const ids_word *w, tokvec_error *err)
{
    if (p->lines)
        return ids_bad_word(p, w, err, "is not in quotes",
                            "a line that begins with [ is a JSON array of tokens");
    if (p->bags != NULL && p->bags->weighted)
        return end_weighted_word(p, w, err);
    const char *colon = memchr(w->text, ':', w->length);
    if (colon == NULL || (!p->allow_ranges && p->find != NULL))
        return add_number(p, w, err);
    if (!p->allow_ranges)
        return ids_bad_word(p, w, err, "is not an integer",
                            "ranges are for the command line; here each ID is written out");
    return add_range(p, w, colon, err);
}

/* Whether the word is one of `count` names. */
static bool is_among(const ids_word *w, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (w->length == strlen(names[i]) && memcmp(w->text, names[i], w->length) == 0)
            return true;
    return false;
}

/* A word before '(': the name of what a pasted tensor or array is printed or made with. */
static bool open_call(ids_parser *p, const ids_word *w, tokvec_error *err)
{
    static const char *const names[] = {"tensor",   "torch.tensor", "torch.LongTensor", "array",
                                        "np.array", "numpy.array",  "torch.IntTensor"};
    if (!is_among(w, names, sizeof names / sizeof *names))
        return ids_bad_word(
            p, w, err, "is not an integer",
            "token IDs are decimal integers; tensor(...) and array(...) may be pasted");
    if (ids_in_call(p))
        return ids_bad_word(p, w, err, "is inside another one", "paste one at a time");
    p->call_depth = p->depth;
    p->call_filled = false;
    p->call_ids = 0;
    return true;
}

/* A word before '=': a keyword argument of a pasted tensor, such as dtype=torch.int32. It must be
 * one that changes neither the IDs nor their shape. */
static bool open_keyword(ids_parser *p, const ids_word *w, tokvec_error *err)
{
    static const char *const harmless[] = {"dtype", "device",     "requires_grad", "grad_fn",
                                           "names", "pin_memory", "copy",          "order"};
    static const char *const shapes[] = {"size", "shape"};
    if (p->depth != p->call_depth)
        return ids_bad_word(p, w, err, "is not an integer",
                            "token IDs are decimal integers such as 0 or 15496");
    if (is_among(w, shapes, sizeof shapes / sizeof *shapes)) {
        if (p->call_ids == 0)
            return ids_bad_word(p, w, err, "gives a shape, but there are no IDs",
                                "write empty lists out, as in [[], []]");
    } else if (!is_among(w, harmless, sizeof harmless / sizeof *harmless)) {
        return ids_bad_word(p, w, err, "is not a known argument of a printed tensor",
                            "paste a tensor of IDs; a sparse one as x.to_dense()");
    }
    p->state = IDS_IN_VALUE;
    p->keyword_depth = 0;
    p->keyword_quote = '\0';
    return true;
}

/* One character of a keyword argument's value, outside its quotes. Returns false if it ends the
 * value: a comma, or the bracket that closes the call. */
static bool skip_in_value(ids_parser *p, char c)
{
    if (c == '\'' || c == '"')
        p->keyword_quote = c;
    else if (c == '(' || c == '[')
        p->keyword_depth++;
    else if (p->keyword_depth > 0)
        p->keyword_depth -= c == ')' || c == ']';
    else
        return c != ',' && c != ')';
    return true;
}

/* Steps over a keyword argument's value, up to what ends it. Returns where it stopped. */
static size_t skip_value(ids_parser *p, const char *text, size_t size, size_t at)
{
    for (; at < size; at++) {
        char c = text[at];
        if (p->keyword_quote != '\0') {
            if (c == p->keyword_quote)
                p->keyword_quote = '\0';
        } else if (!skip_in_value(p, c)) {
            p->state = IDS_BETWEEN;
            p->levels[p->depth].after_item = true;
            return at;
        }
        if (c == '\n')
            ids_begin_line(p, at + 1);
    }
    return at;
}

/* ---------------------------------------------------------------- text */

enum { WORD = 0, SPACE, PUNCTUATION };
static const unsigned char classes[256] = {
    [' '] = SPACE,       ['\t'] = SPACE,      ['\n'] = SPACE,      ['\r'] = SPACE,
    ['\v'] = SPACE,      ['\f'] = SPACE,      [','] = PUNCTUATION, ['['] = PUNCTUATION,
    [']'] = PUNCTUATION, ['('] = PUNCTUATION, [')'] = PUNCTUATION, ['='] = PUNCTUATION,
};

static bool punctuation(ids_parser *p, char c, size_t at, tokvec_error *err)
{
    switch (c) {
    case ',': return ids_comma(p, at, err);
    case '[':
    case '(': return ids_open_list(p, c, at, err);
    case ']':
    case ')': return ids_close_list(p, c, at, err);
    default:
        error_set(err, TOKVEC_BAD_ARGUMENT, "'%c' is not part of a number", c);
        ids_where(p, p->line, ids_column(p, at), err);
        return error_hint(err, "token IDs are decimal integers such as 0 or 15496");
    }
}

/* The word kept from earlier pieces, now complete; `next` is the character after it, or 0. */
static bool end_kept_token(ids_parser *p, char next, tokvec_error *err)
{
    const ids_word w = ids_kept_word(p);
    if (next == '(' && !w.cut)
        return open_call(p, &w, err);
    if (next == '=' && !w.cut)
        return open_keyword(p, &w, err);
    return end_word(p, &w, err);
}

/* Steps over one word in text[at..size), and over the '(' or '=' that may end it. Returns the
 * position after it, or SIZE_MAX on failure. */
static size_t take_word(ids_parser *p, const char *text, size_t size, size_t at, tokvec_error *err)
{
    size_t end = at;
    while (end < size && classes[(unsigned char)text[end]] == WORD)
        end++;
    if (end == size || p->state == IDS_IN_WORD || end - at > IDS_TOKEN_ROOM) {
        if (p->state != IDS_IN_WORD)
            ids_begin_word(p, IDS_IN_WORD, at);
        ids_keep_word(p, text + at, end - at);
        if (end == size)
            return end;
        char next = text[end];
        return end_kept_token(p, next, err) ? end + (next == '(' || next == '=') : SIZE_MAX;
    }
    ids_word w = {text + at, end - at, p->line, ids_column(p, at), false};
    if (text[end] == '(')
        return open_call(p, &w, err) ? end + 1 : SIZE_MAX;
    if (text[end] == '=')
        return open_keyword(p, &w, err) ? end + 1 : SIZE_MAX;
    return end_word(p, &w, err) ? end : SIZE_MAX;
}

/* The number of bytes to step over if a byte order mark, as some editors put before UTF-8, ends
 * the text so far. Its first bytes may have been kept as the beginning of a word. */
static size_t skip_mark(ids_parser *p, const char *text, size_t size)
{
    static const char mark[] = "\xef\xbb\xbf";
    enum { LENGTH = sizeof mark - 1 };
    size_t seen = p->token_length;
    if (p->offset != seen || seen >= LENGTH || size < LENGTH - seen ||
        memcmp(p->token, mark, seen) != 0 || memcmp(text, mark + seen, LENGTH - seen) != 0)
        return 0;
    p->token_length = 0;
    p->state = IDS_BETWEEN;
    p->line_offset = LENGTH;
    return LENGTH - seen;
}

/* Windows' programs mark UTF-16, in which every digit would have a zero byte beside it. */
static bool refuse_utf16(const ids_parser *p, const char *text, size_t size, tokvec_error *err)
{
    char mark[2]; /* its first byte may have come alone */
    size_t seen = p->offset == p->token_length && p->offset < sizeof mark ? p->offset : sizeof mark;
    if (p->source == NULL || seen + size < sizeof mark || seen == sizeof mark)
        return true;
    memcpy(mark, p->token, seen);
    memcpy(mark + seen, text, sizeof mark - seen);
    if (memcmp(mark, "\xff\xfe", 2) != 0 && memcmp(mark, "\xfe\xff", 2) != 0)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "the text is UTF-16");
    ids_where(p, 1, 1, err);
    return error_hint(err, "convert it: iconv -f UTF-16 -t UTF-8");
}

/* One word, bracket or comma, or the blank at text[at]. Returns the position after it, or SIZE_MAX
 * on failure. */
static size_t parse_next(ids_parser *p, const char *text, size_t size, size_t at, tokvec_error *err)
{
    char c = text[at];
    if (c == '"' && p->find != NULL)
        return ids_take_quoted(p, text, size, at, err);
    switch (classes[(unsigned char)c]) {
    case WORD: return take_word(p, text, size, at, err);
    case PUNCTUATION: return punctuation(p, c, at, err) ? at + 1 : SIZE_MAX;
    default: break;
    }
    if (c == '\n') {
        if (p->bags != NULL && !ids_bag_end_line(p, err))
            return SIZE_MAX;
        ids_begin_line(p, at + 1);
    }
    return at + 1;
}

/* Whether the fast path may try: outside all lists, and not behind one on its line. */
static bool is_flat(const ids_parser *p)
{
    return p->state == IDS_BETWEEN && p->depth == 0 && !ids_in_call(p) && p->source != NULL &&
           p->list_line != p->line && !p->lines && (p->sequences == NULL || p->first_ndim == 0);
}

bool ids_parse(ids_parser *p, const char *text, size_t size, tokvec_error *err)
{
    if (!refuse_utf16(p, text, size, err))
        return false;
    size_t at = skip_mark(p, text, size);
    if (p->lines && p->bags == NULL)
        return ids_parse_lines(p, text, size, at, err);
    while (at < size) {
        if (p->lines && !p->bags->is_json)
            at = ids_bag_fields(p, text, size, at, err);
        if (at < size && is_flat(p))
            at = ids_parse_flat(p, text, size, at, err);
        if (at >= size)
            break;
        switch (p->state) {
        case IDS_IN_WORD: at = take_word(p, text, size, at, err); break;
        case IDS_IN_QUOTES:
        case IDS_IN_ESCAPE: at = ids_take_quoted(p, text, size, at, err); break;
        case IDS_IN_VALUE: at = skip_value(p, text, size, at); break;
        default: at = parse_next(p, text, size, at, err); break;
        }
    }
    p->offset += size;
    return at != SIZE_MAX;
}

bool ids_parse_is_open(const ids_parser *p)
{
    return p->depth > 0 || ids_in_call(p);
}

bool ids_parse_end_of_argument(ids_parser *p, tokvec_error *err)
{
    if (p->lines && p->bags == NULL)
        return ids_end_lines(p, err);
    if (p->lines && !p->bags->is_json)
        return ids_bag_end_fields(p, err);
    if (p->state == IDS_IN_QUOTES || p->state == IDS_IN_ESCAPE) {
        const ids_word w = ids_kept_word(p);
        return ids_bad_word(p, &w, err, "has no closing quote", "close the quote");
    }
    return p->state != IDS_IN_WORD || end_kept_token(p, '\0', err);
}

bool ids_parse_end(ids_parser *p, tokvec_error *err)
{
    if (!ids_parse_end_of_argument(p, err))
        return false;
    if (!ids_parse_is_open(p))
        return p->bags == NULL || ids_bag_end_text(p, err);
    error_set(err, TOKVEC_BAD_ARGUMENT, "the input ends inside '%c'",
              ids_in_call(p) ? '(' : p->levels[p->depth].bracket);
    ids_where(p, p->line, ids_column(p, 0), err);
    return error_hint(err, "close the brackets");
}
