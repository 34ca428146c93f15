/* near_text.c - questions of the command near in text: a line each, or vectors.
 * A part of near.h.
 * SPDX-License-Identifier: MIT */
#include "cli/near.h"

#include "ids/tokens.h"

#include <stdio.h>
#include <string.h>

/* ---------------------------------------------------------------- lines */

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* A text without the blanks around it. */
static tokvec_text trimmed(tokvec_text text)
{
    while (text.length > 0 && is_blank(text.bytes[text.length - 1]))
        text.length--;
    while (text.length > 0 && is_blank(text.bytes[0])) {
        text.bytes++;
        text.length--;
    }
    return text;
}

static bool add_token(near_job *j, tokvec_text token, tokvec_error *err)
{
    const ids_word word = {.text = token.bytes,
                           .length = token.length,
                           .line = j->line_number,
                           .column = (uint64_t)(token.bytes - j->line) + 1,
                           .cut = j->line_length > IDS_TOKEN_ROOM};
    return ids_add_token(&j->wanted.parser, &word, err);
}

/* Tokens may begin or end in blanks; a line may, too. In fastText every text is a word, but there
 * are no words with blanks. */
static bool ask_token(near_job *j, tokvec_text line, tokvec_error *err)
{
    tokvec_text inner = trimmed(line);
    if (j->options->shared.ids.all_tokens)
        return add_token(j, line, err) && near_ask_rows(j, line, err);
    if (inner.length < line.length && !tokvec_table_makes_rows(j->from.table)) {
        if (add_token(j, line, err))
            return near_ask_rows(j, line, err);
        if (err->code != TOKVEC_NOT_FOUND)
            return false;
    }
    return add_token(j, inner, err) && near_ask_rows(j, inner, err);
}

/* IDs, or tokens in quotes. */
static bool ask_items(near_job *j, tokvec_text line, tokvec_error *err)
{
    bool quoted = line.length > 0 && line.bytes[0] == '"';
    wanted_start(&j->wanted, j->text.name);
    j->wanted.parser.line = j->line_number;
    if (!ids_parse(&j->wanted.parser, line.bytes, line.length, err) ||
        !ids_parse_end(&j->wanted.parser, err))
        return false;
    tokvec_text token = {NULL, 0};
    if (quoted && j->wanted.list.count == 1) {
        int64_t row;
        id_list_get(&j->wanted.list, 0, 1, &row);
        if (!source_token(&j->from, row, &token, err))
            return false;
    }
    return near_ask_rows(j, token.bytes != NULL ? token : line, err);
}

/* What did not fit is lost: it may be IDs, or a part of one. */
static bool refuse_cut(const near_job *j, tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "the line is longer than %d bytes", IDS_TOKEN_ROOM);
    error_where(err, "%s, line %llu", j->text.name, (unsigned long long)j->line_number);
    return error_hint(err, "give each ID a line of its own");
}

static bool ask_line(near_job *j, tokvec_error *err)
{
    const ids_settings *ids = &j->options->shared.ids;
    size_t kept = j->line_length < IDS_TOKEN_ROOM ? j->line_length : IDS_TOKEN_ROOM;
    j->line[kept] = '\0';
    tokvec_text line = {j->line, kept};
    static const char mark[] = "\xef\xbb\xbf";
    if (j->line_number == 1 && kept >= 3 && memcmp(j->line, mark, 3) == 0)
        line = (tokvec_text){j->line + 3, kept - 3};
    j->wanted.parser.line = j->line_number;
    if (j->line_number == 1 && kept >= 2 &&
        (memcmp(j->line, "\xff\xfe", 2) == 0 || memcmp(j->line, "\xfe\xff", 2) == 0))
        return ask_items(j, line, err); /* UTF-16, which it refuses */
    if (ids->all_tokens)
        return ask_token(j, line, err);
    tokvec_text inner = trimmed(line);
    bool is_empty = inner.length == 0;
    if (!is_empty && !ids->all_ids && !ids_look_like_ids(line.bytes) && inner.bytes[0] != '"')
        return ask_token(j, line, err);
    if (j->line_length > IDS_TOKEN_ROOM)
        return refuse_cut(j, err);
    return is_empty || ask_items(j, inner, err);
}

static bool end_line(near_job *j, tokvec_error *err)
{
    if (j->line_length > 0 && j->line_length <= IDS_TOKEN_ROOM &&
        j->line[j->line_length - 1] == '\r')
        j->line_length--; /* it belongs to the end of the line */
    j->line_number++;
    bool good = ask_line(j, err);
    j->line_length = 0;
    return good;
}

static void keep_in_line(near_job *j, const char *text, size_t n)
{
    size_t kept = j->line_length < IDS_TOKEN_ROOM ? j->line_length : IDS_TOKEN_ROOM;
    size_t room = IDS_TOKEN_ROOM - kept;
    memcpy(j->line + kept, text, n < room ? n : room);
    j->line_length += n;
}

static bool take_lines(near_job *j, tokvec_error *err)
{
    const char *at = j->text.piece, *end = at + j->text.length;
    if (at == end && j->line_length > 0)
        return end_line(j, err);
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        keep_in_line(j, at, (size_t)((newline == NULL ? end : newline) - at));
        if (newline == NULL)
            return true;
        if (!end_line(j, err))
            return false;
        at = newline + 1;
    }
    return true;
}

/* ---------------------------------------------------------------- vectors */

/* What a vector is called: its token, else its ID, else its number from 0 on. */
static bool ask_vector(near_job *j, const vector_label *label, tokvec_error *err)
{
    char digits[24];
    if (label->has_token)
        return questions_add(
            &j->asked, (tokvec_text){j->vectors.texts + label->token, label->length}, NULL, 0, err);
    int n = label->has_id
                ? snprintf(digits, sizeof digits, "%lld", (long long)label->id)
                : snprintf(digits, sizeof digits, "%llu", (unsigned long long)j->vector_number);
    return questions_add(&j->asked, (tokvec_text){digits, (size_t)n}, NULL, 0, err);
}

static bool take_vectors(near_job *j, tokvec_error *err)
{
    static const double none = 0; /* stands for vectors without columns */
    vectors_parser *p = &j->vectors;
    tokvec_error later;
    bool good = j->text.length > 0 ? vectors_parse(p, j->text.piece, j->text.length, &later)
                                   : vectors_parse_end(p, &later);
    j->asked.given = p->values != NULL ? p->values : &none;
    for (uint64_t i = j->asked.count; i < p->count; i++, j->vector_number++) {
        if (!ask_vector(j, &p->labels[i], err))
            return false;
    }
    if (!good)
        *err = later;
    return good;
}

/* ---------------------------------------------------------------- as they come */

/* Reads the next piece, and asks what is in it. */
static bool take_piece(near_job *j, bool *more, tokvec_error *err)
{
    if (!text_input_read(&j->text, err))
        return false;
    *more = j->text.length > 0;
    return j->options->vectors ? take_vectors(j, err) : take_lines(j, err);
}

bool near_answer_text(near_job *j, tokvec_error *err)
{
    const settings *s = &j->options->shared;
    const tokvec_table *table = j->from.table;
    tokvec_dtype dtype = tokvec_table_dtype(table);
    if (!text_input_open(&j->text, s->ids.input, j->options->vectors ? "vectors" : "queries", err))
        return false;
    wanted_start(&j->wanted, j->text.name);
    j->vectors = (vectors_parser){
        .dim = tokvec_table_dim(table),
        .only_float64 = !tokvec_dtype_is_float(dtype) || dtype == TOKVEC_FLOAT64,
        .source = j->text.name,
    };
    bool good = true;
    for (bool more = true; good && more && !answers_unread(&j->answers);) {
        tokvec_error later;
        do {
            good = take_piece(j, &more, &later);
        } while (good && more && j->asked.count < j->answers.at_once && text_input_ready(&j->text));
        /* Also after a mistake: what was asked before it. */
        bool given = answers_give(&j->answers, &j->asked, true, err);
        if (given && !good)
            *err = later;
        good = good && given;
        questions_clear(&j->asked);
        vectors_clear(&j->vectors);
    }
    vectors_free(&j->vectors);
    return good;
}
