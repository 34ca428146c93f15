/* wanted.c - the rows that the user wants.
 * See wanted.h.
 * SPDX-License-Identifier: MIT */
#include "cli/wanted.h"

#include "cli/commands.h"
#include "cli/notice.h"
#include "ids/bag_items.h"
#include "ids/tokens.h"
#include "vocab/vocab.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

void wanted_init(wanted *w, const settings *s, source *from)
{
    w->options = s;
    w->from = from;
    w->list = (id_list){0};
    w->bags = NULL;
    w->sequences = NULL;
    w->position_hint = "";
    w->parser = (ids_parser){0};
    w->compared = false;
}

bool wanted_ready(wanted *w, tokvec_error *err)
{
    if (w->options->ids.all_tokens && w->options->ids.all_ids) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "the input cannot be all tokens and all IDs");
        return error_hint(err, "choose one of --tokens and --ids");
    }
    return !w->options->ids.all_tokens || source_need_vocab(w->from, "tokens", err);
}

void wanted_free(wanted *w)
{
    id_list_free(&w->list);
}

/* ids_parser.find: the vocabulary is opened at the first word that is not an integer. */
static bool find_token(void *context, tokvec_text token, int64_t *id, tokvec_error *err)
{
    wanted *w = context;
    w->compared = true;
    tokvec_vocab *vocab = source_vocab(w->from, err);
    if (w->from->not_tokens)
        return source_refuse_token(w->from, err);
    if (vocab == NULL || !tokvec_vocab_find(vocab, token, id, err))
        return false;
    int64_t own = *id;
    if (!tokvec_table_has_ids(w->from->table) || source_vocab_is_by_row(w->from) ||
        tokvec_table_find(w->from->table, own, id))
        return true;
    error_set(err, TOKVEC_BAD_ID, "'%.*s' has the ID %lld, which the table does not have",
              (int)(token.length < 40 ? token.length : 40), token.bytes, (long long)own);
    return error_hint(err, "%s", w->from->range_hint);
}

void wanted_start(wanted *w, const char *source_name)
{
    w->parser.find = w->options->ids.all_ids ? NULL : find_token;
    w->parser.find_context = w;
    w->parser.lines = w->options->ids.all_tokens && source_name != NULL;
    w->parser.bags = w->bags;
    w->parser.sequences = w->sequences;
    w->parser.position_hint = w->position_hint;
    w->parser.list = w->bags != NULL ? &w->bags->list.ids : &w->list;
    w->parser.rows = tokvec_table_rows(w->from->table);
    w->parser.numbered = tokvec_table_has_ids(w->from->table) ? w->from->table : NULL;
    w->parser.rows_on_demand =
        w->options->ids.vocab == NULL && tokvec_table_makes_rows(w->from->table);
    w->parser.range_hint = w->from->range_hint;
    w->parser.source = source_name;
    w->parser.allow_ranges = source_name == NULL;
    ids_parser_start(&w->parser);
}

/* ---------------------------------------------------------------- IDs from arguments */

static bool is_file(const char *word)
{
    struct stat status;
    return !ids_look_like_ids(word) && stat(word, &status) == 0;
}

/* A word where an ID should be: a file, or a command in the wrong place, or misspelt. */
static bool check_word(const operand *word, tokvec_error *err)
{
    if (is_file(word->text)) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is a file, not a token ID", word->text);
        error_where(err, "argument %u", word->number);
        return error_hint(err, "name a weights file with -w FILE, one of IDs with -i FILE");
    }
    if (!isalpha((unsigned char)word->text[0]) || strchr(word->text, '(') != NULL)
        return true;
    const char *meant = command_meant(word->text);
    if (meant == NULL)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not a valid token ID", word->text);
    error_where(err, "argument %u", word->number);
    if (strcmp(meant, word->text) == 0)
        return error_hint(err, "a command comes before everything else: tokvec %s ...", meant);
    return error_hint(err, "did you mean 'tokvec %s'?", meant);
}

static bool has_weights(const wanted *w)
{
    return w->bags != NULL && w->bags->weighted;
}

/* All of an argument as a token, or what stands for a token with its weight. */
static bool take_token(wanted *w, const char *text, tokvec_error *err)
{
    if (!has_weights(w))
        return ids_parse_token(&w->parser, text, err);
    return w->options->ids.all_tokens ? ids_bag_field(&w->parser, text, err)
                                      : ids_bag_token(&w->parser, text, err);
}

static bool looks_like_ids(const wanted *w, const char *text)
{
    return has_weights(w) ? ids_bag_looks_like_ids(text) : ids_look_like_ids(text);
}

static bool parse_operand(wanted *w, const operand *word, tokvec_error *err)
{
    const settings *s = w->options;
    bool open = ids_parse_is_open(&w->parser); /* since an earlier argument */
    w->parser.argument = word->number;
    if (s->ids.all_tokens)
        return take_token(w, word->text, err);
    if (!s->ids.all_ids && !open && !looks_like_ids(w, word->text)) {
        if (source_vocab(w->from, err) != NULL)
            return take_token(w, word->text, err) ||
                   ((command_find(word->text) != NULL || is_file(word->text)) &&
                    check_word(word, err));
        if (err->code != TOKVEC_OK)
            return false;
        if (w->from->not_tokens)
            return source_refuse_token(w->from, err);
    }
    return check_word(word, err) && ids_parse(&w->parser, word->text, strlen(word->text), err) &&
           ids_parse_end_of_argument(&w->parser, err);
}

/* Tells the vocabulary which words are tokens, as long as parse_operand would take them for such.
 * It cannot be opened: parse_operand will say so. */
static bool expect_tokens(wanted *w, const operand *words, size_t count, tokvec_error *err)
{
    const settings *s = w->options;
    tokvec_vocab *vocab = NULL;
    size_t n = 0;
    if (s->ids.all_ids || has_weights(w))
        return true;
    tokvec_text *tokens = calloc(count + 1, sizeof *tokens);
    if (tokens == NULL)
        return error_no_memory(err, count * sizeof *tokens);
    for (size_t i = 0; i < count; i++) {
        if (s->ids.all_tokens || !looks_like_ids(w, words[i].text))
            tokens[n++] = (tokvec_text){words[i].text, strlen(words[i].text)};
    }
    tokvec_error unwanted;
    if (n > 0)
        vocab = source_vocab(w->from, &unwanted);
    bool good = vocab == NULL || vocab_expect(vocab, tokens, n, err);
    free(tokens);
    return good;
}

bool wanted_operands(wanted *w, const operand *words, size_t count, tokvec_error *err)
{
    wanted_start(w, NULL);
    if (!expect_tokens(w, words, count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!parse_operand(w, &words[i], err))
            return false;
    }
    return ids_parse_end(&w->parser, err);
}

/* ---------------------------------------------------------------- IDs from text */

bool wanted_read(wanted *w, text_input *text, bool *more, tokvec_error *err)
{
    if (!text_input_read(text, err))
        return false;
    *more = text->length > 0;
    return *more ? ids_parse(&w->parser, text->piece, text->length, err)
                 : ids_parse_end(&w->parser, err);
}

/* ---------------------------------------------------------------- words that are integers */

static bool is_integer(tokvec_text word)
{
    enum { DIGITS_MAX = 20 };
    size_t sign = word.length > 0 && word.bytes[0] == '-';
    for (size_t i = sign; i < word.length; i++) {
        if (word.bytes[i] < '0' || word.bytes[i] > '9')
            return false;
    }
    return word.length > sign && word.length <= DIGITS_MAX;
}

/* Whether the rows' words are numbers, as in embeddings of a graph's nodes: the first ones tell. In
 * a vocabulary of a language there are few such. */
static bool words_are_integers(tokvec_vocab *vocab)
{
    enum { LEAST = 3, SAMPLE = 16 };
    uint64_t count = tokvec_vocab_count(vocab);
    for (uint64_t i = 0; i < count && i < SAMPLE; i++) {
        tokvec_text word;
        if (!tokvec_vocab_label(vocab, (int64_t)i, &word, NULL) || !is_integer(word))
            return false;
    }
    return count >= LEAST;
}

void wanted_compare(wanted *w)
{
    enum { SAMPLE = 16 };
    const id_list *list = w->bags != NULL ? &w->bags->list.ids : &w->list;
    const source *from = w->from;
    if (w->compared || list->literal_count == 0)
        return;
    w->compared = true;
    if (w->options->ids.all_ids || w->options->ids.vocab != NULL || from->weights == NULL ||
        tokvec_table_has_ids(from->table))
        return;
    tokvec_text word;
    tokvec_vocab *vocab;
    if (!tokvec_weights_vocab_of(from->weights, from->tensor, &vocab, NULL) || vocab == NULL ||
        !words_are_integers(vocab))
        return;
    for (size_t i = 0; i < list->literal_count && i < SAMPLE; i++) {
        int64_t row = list->literals[i];
        if (!tokvec_vocab_label(vocab, row, &word, NULL) || !is_integer(word))
            continue;
        char digits[32];
        snprintf(digits, sizeof digits, "%.*s", (int)word.length, word.bytes);
        if (strtoll(digits, NULL, 10) != row) {
            notice("warning: row %lld has the word '%s'; --tokens looks words up, --ids takes all "
                   "numbers for rows",
                   (long long)row, digits);
            return;
        }
    }
}
