/* parser.c - token IDs out of text.
 * See parser.h. The text is cut into numbers, brackets, commas and, for what is pasted from
 * Python, words; each of them changes the state of the open lists.
 * SPDX-License-Identifier: MIT */
#include "ids/tokens.h"

#include "ids/flat.h"

#include <stdio.h>
#include <string.h>

void ids_parser_start(ids_parser *p)
{
    ids_parser fresh = {.list = p->list,
                        .rows = p->rows,
                        .numbered = p->numbered,
                        .range_hint = p->range_hint,
                        .source = p->source,
                        .allow_ranges = p->allow_ranges,
                        .argument = p->argument,
                        .find = p->find,
                        .find_context = p->find_context,
                        .rows_on_demand = p->rows_on_demand,
                        .lines = p->lines,
                        .line = 1};
    *p = fresh;
}

/* ---------------------------------------------------------------- errors */

bool ids_where(const ids_parser *p, uint64_t line, uint64_t column, tokvec_error *err)
{
    if (p->source == NULL)
        return error_where(err, "argument %u", p->argument);
    return error_where(err, "%s, line %llu, column %llu", p->source, (unsigned long long)line,
                       (unsigned long long)column);
}

static uint64_t column_of(const ids_parser *p, size_t at)
{
    return p->offset + at - p->line_offset + 1;
}

bool ids_bad_word(const ids_parser *p, const ids_word *w, tokvec_error *err, const char *what,
                  const char *hint)
{
    enum { SHOWN = 40 };
    char shown[SHOWN + 1];
    size_t length = w->length > SHOWN ? SHOWN : w->length;
    for (size_t i = 0; i < length; i++)
        shown[i] = w->text[i] == '\0' ? '?' : w->text[i];
    shown[length] = '\0';
    bool shorten = w->cut || w->length > SHOWN;
    error_set(err, TOKVEC_BAD_ID, "'%s%s' %s", shown, shorten ? "..." : "", what);
    ids_where(p, w->line, w->column, err);
    return error_hint(err, "%s", hint);
}

static bool bad_nesting(const ids_parser *p, size_t at, tokvec_error *err, const char *what)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "%s", what);
    ids_where(p, p->line, column_of(p, at), err);
    return error_hint(err, "nested IDs must form a rectangle, as a tensor does");
}

/* ---------------------------------------------------------------- items and lists */

/* A top-level item is complete: its shape is that of the first, or the text is no rectangle. */
static void end_top_item(ids_parser *p, uint64_t count, unsigned ndim)
{
    bool first = p->levels[0].items == 0;
    p->levels[0].items += count;
    if (first)
        p->first_ndim = ndim;
    p->ragged |= p->first_ndim != ndim;
    for (unsigned i = 0; i < ndim && i < p->first_ndim; i++) {
        if (first)
            p->first_shape[i] = p->levels[i + 1].size;
        p->ragged |= p->first_shape[i] != p->levels[i + 1].size;
    }
}

void ids_count_flat(ids_parser *p, uint64_t count)
{
    if (count > 0)
        end_top_item(p, count, 0);
}

/* count numbers where the parser stands. */
static bool add_items(ids_parser *p, uint64_t count, const ids_word *w, tokvec_error *err)
{
    ids_level *level = &p->levels[p->depth];
    level->after_item = true;
    if (p->depth == 0 && p->list_line == p->line)
        return ids_bad_word(p, w, err, "stands behind a list, on its line",
                            "R prints [1] and the like in front of numbers: leave that out");
    if (p->depth == 0) {
        p->call_number |= p->in_call;
        end_top_item(p, count, 0);
        return true;
    }
    if (p->item_ndim_known && p->item_ndim != p->depth)
        return ids_bad_word(p, w, err, "stands beside a list",
                            "nested IDs must form a rectangle, as a tensor does");
    p->item_ndim = p->depth;
    p->item_ndim_known = true;
    level->items += count;
    return true;
}

static bool open_list(ids_parser *p, char bracket, size_t at, tokvec_error *err)
{
    if (p->depth == IDS_MAX_DEPTH)
        return bad_nesting(p, at, err, "the IDs are nested too deeply");
    if (p->depth == 0) {
        p->item_ndim_known = false;
        for (unsigned i = 1; i <= IDS_MAX_DEPTH; i++)
            p->levels[i].size_known = false;
    } else {
        if (p->item_ndim_known && p->item_ndim <= p->depth)
            return bad_nesting(p, at, err, "a list stands beside a number");
        p->levels[p->depth].items++;
    }
    p->levels[p->depth].after_item = true;
    ids_level *level = &p->levels[++p->depth];
    level->items = 0;
    level->after_item = false;
    level->bracket = bracket;
    return true;
}

static bool close_list(ids_parser *p, char bracket, size_t at, tokvec_error *err)
{
    ids_level *level = &p->levels[p->depth];
    char opening = bracket == ']' ? '[' : '(';
    if (bracket == ')' && p->in_call && p->depth == p->call_depth) {
        p->in_call = false;
        return true;
    }
    if (p->depth == 0 || level->bracket != opening || (p->in_call && p->depth == p->call_depth)) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "'%c' closes no '%c'", bracket, opening);
        ids_where(p, p->line, column_of(p, at), err);
        return error_hint(err, "check the brackets");
    }
    if (!p->item_ndim_known) { /* the first list to be closed is empty */
        p->item_ndim = p->depth;
        p->item_ndim_known = true;
    }
    if (level->size_known && level->size != level->items)
        return bad_nesting(p, at, err, "lists of one level have different lengths");
    level->size = level->items;
    level->size_known = true;
    p->depth--;
    if (p->depth == 0) {
        p->list_line = p->line;
        end_top_item(p, 1, p->item_ndim);
    }
    return true;
}

static bool comma(ids_parser *p, size_t at, tokvec_error *err)
{
    ids_level *level = &p->levels[p->depth];
    if (!level->after_item) {
        error_set(err, TOKVEC_BAD_ID, "nothing stands before a comma");
        ids_where(p, p->line, column_of(p, at), err);
        return error_hint(err, "give a token ID or take the comma out");
    }
    level->after_item = false;
    return true;
}

bool ids_add_word(ids_parser *p, const ids_word *w, int64_t id, tokvec_error *err)
{
    return add_items(p, 1, w, err) && id_list_add(p->list, id, err);
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
    return p->numbered == NULL ? "is out of range" : "is none of the table's own IDs";
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
    bool listed = p->depth > 0 || p->in_call;
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
    for (int64_t id = begin; id < end; id++) {
        int64_t row;
        if (!tokvec_table_find(p->numbered, id, &row)) {
            char what[80];
            snprintf(what, sizeof what, "names %lld, which is none of the table's own IDs",
                     (long long)id);
            return ids_bad_word(p, w, err, what, p->range_hint);
        }
        if (!id_list_add(p->list, row, err))
            return false;
    }
    return add_items(p, count, w, err);
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
    return add_items(p, count, w, err) && id_list_add_range(p->list, begin, count, err);
}

/* A word that a bracket, comma, white space or the end has ended. */
static bool end_word(ids_parser *p, const ids_word *w, tokvec_error *err)
{
    const char *colon = memchr(w->text, ':', w->length);
    if (colon == NULL || (!p->allow_ranges && p->find != NULL))
        return add_number(p, w, err);
    if (!p->allow_ranges)
        return ids_bad_word(p, w, err, "is not an integer",
                            "ranges are for the command line; here each ID is written out");
    return add_range(p, w, colon, err);
}

/* A word before '(': the name of what a pasted tensor or array is printed or made with. */
static bool open_call(ids_parser *p, const ids_word *w, tokvec_error *err)
{
    static const char *const names[] = {"tensor",   "torch.tensor", "torch.LongTensor", "array",
                                        "np.array", "numpy.array",  "torch.IntTensor"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (w->length == strlen(names[i]) && memcmp(w->text, names[i], w->length) == 0) {
            if (p->in_call)
                return ids_bad_word(p, w, err, "stands inside another one", "paste one at a time");
            p->in_call = true;
            p->call_depth = p->depth;
            return true;
        }
    }
    return ids_bad_word(p, w, err, "is not an integer",
                        "token IDs are decimal integers; tensor(...) and array(...) may be pasted");
}

/* A word before '=': a keyword argument of a pasted tensor, such as dtype=torch.int32. */
static bool open_keyword(ids_parser *p, const ids_word *w, tokvec_error *err)
{
    if (!p->in_call || p->depth != p->call_depth)
        return ids_bad_word(p, w, err, "is not an integer",
                            "token IDs are decimal integers such as 0 or 15496");
    p->in_keyword = true;
    p->keyword_depth = 0;
    p->keyword_quote = '\0';
    return true;
}

/* One character of a keyword argument's value. True if it belongs to the value, false if it
 * ends it (a comma, or the bracket that closes the call). */
static bool skip_keyword(ids_parser *p, char c)
{
    if (p->keyword_quote != '\0') {
        if (c == p->keyword_quote)
            p->keyword_quote = '\0';
        return true;
    }
    if (c == '\'' || c == '"') {
        p->keyword_quote = c;
    } else if (c == '(' || c == '[') {
        p->keyword_depth++;
    } else if (p->keyword_depth > 0) {
        p->keyword_depth -= c == ')' || c == ']';
    } else if (c == ',' || c == ')') {
        p->in_keyword = false;
        p->levels[p->depth].after_item = true;
        return false;
    }
    return true;
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
    case ',': return comma(p, at, err);
    case '[':
    case '(': return open_list(p, c, at, err);
    case ']':
    case ')': return close_list(p, c, at, err);
    default:
        error_set(err, TOKVEC_BAD_ARGUMENT, "'%c' stands alone", c);
        ids_where(p, p->line, column_of(p, at), err);
        return error_hint(err, "token IDs are decimal integers such as 0 or 15496");
    }
}

void ids_begin_word(ids_parser *p, size_t at)
{
    p->token_line = p->line;
    p->token_column = column_of(p, at);
}

/* Keeps the beginning of a word for the next piece. */
void ids_keep_word(ids_parser *p, const char *text, size_t length)
{
    if (p->token_length < IDS_TOKEN_ROOM) {
        size_t room = IDS_TOKEN_ROOM - p->token_length;
        memcpy(p->token + p->token_length, text, length < room ? length : room);
    }
    p->token_length += length;
}

ids_word ids_kept_word(ids_parser *p)
{
    bool cut = p->token_length > IDS_TOKEN_ROOM;
    ids_word w = {p->token, cut ? IDS_TOKEN_ROOM : p->token_length, p->token_line, p->token_column,
                  cut};
    p->token_length = 0;
    return w;
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
    if (end == size || p->token_length > 0 || end - at > IDS_TOKEN_ROOM) {
        if (p->token_length == 0)
            ids_begin_word(p, at);
        ids_keep_word(p, text + at, end - at);
        if (end == size)
            return end;
        char next = text[end];
        return end_kept_token(p, next, err) ? end + (next == '(' || next == '=') : SIZE_MAX;
    }
    ids_word w = {text + at, end - at, p->line, column_of(p, at), false};
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
    p->in_line = false;
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

bool ids_parse(ids_parser *p, const char *text, size_t size, tokvec_error *err)
{
    if (!refuse_utf16(p, text, size, err))
        return false;
    size_t at = skip_mark(p, text, size);
    if (p->lines)
        return ids_parse_lines(p, text, size, at, err);
    while (at < size) {
        if (p->depth == 0 && !p->in_call && !p->in_quotes && p->token_length == 0 &&
            p->source != NULL && p->list_line != p->line) {
            at = ids_parse_flat(p, text, size, at, err);
            if (at == SIZE_MAX || at == size)
                break;
        }
        char c = text[at];
        if (p->in_keyword && (skip_keyword(p, c))) {
            at++;
        } else if (p->in_quotes || (c == '"' && p->find != NULL && p->token_length == 0)) {
            at = ids_take_quoted(p, text, size, at, err);
            if (at == SIZE_MAX)
                return false;
            continue;
        } else if (classes[(unsigned char)c] == WORD || p->token_length > 0) {
            /* Also for the character that ends a word kept from the piece before. */
            at = take_word(p, text, size, at, err);
            if (at == SIZE_MAX)
                return false;
            continue;
        } else if (classes[(unsigned char)c] == PUNCTUATION) {
            if (!punctuation(p, c, at, err))
                return false;
            at++;
        } else {
            at++;
        }
        if (c == '\n') {
            p->line++;
            p->line_offset = p->offset + at;
        }
    }
    p->offset += size;
    return at != SIZE_MAX;
}

bool ids_parse_end_of_argument(ids_parser *p, tokvec_error *err)
{
    if (p->lines)
        return ids_end_lines(p, err);
    if (p->in_quotes) {
        const ids_word w = ids_kept_word(p);
        return ids_bad_word(p, &w, err, "has no quote at its end", "close the quote");
    }
    return p->token_length == 0 || end_kept_token(p, '\0', err);
}

bool ids_parse_end(ids_parser *p, tokvec_error *err)
{
    if (!ids_parse_end_of_argument(p, err))
        return false;
    if (p->depth == 0 && !p->in_call && !p->in_keyword)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "the end comes inside '%c'",
              p->in_call ? '(' : p->levels[p->depth].bracket);
    ids_where(p, p->line, column_of(p, 0), err);
    return error_hint(err, "close the brackets");
}

bool ids_shape(const ids_parser *p, uint64_t *shape, unsigned *ndim, tokvec_error *err)
{
    if (p->ragged) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "the lists of IDs have different shapes");
        error_where(err, "%s", p->source == NULL ? "arguments" : p->source);
        return error_hint(err, "this format keeps the shape; jsonl, csv, tsv and raw do not");
    }
    *ndim = 0;
    if (p->first_ndim == 0 ? !(p->call_number && p->levels[0].items == 1) : p->levels[0].items > 1)
        shape[(*ndim)++] = p->levels[0].items;
    for (unsigned i = 0; i < p->first_ndim; i++)
        shape[(*ndim)++] = p->first_shape[i];
    return true;
}
