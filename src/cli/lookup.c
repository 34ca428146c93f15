/* lookup.c - the command lookup: the vectors of token IDs.
 * IDs come from the arguments, or else from a file or standard input. If the format streams,
 * rows go out as IDs come in.
 * SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "base/same_file.h"
#include "cli/notice.h"
#include "cli/output.h"
#include "ids/parser.h"
#include "ids/tokens.h"
#include "io/descriptor.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 18 }; /* bytes of text read at a time */

/* A lookup under way. */
typedef struct lookup {
    const settings *options;
    source from;
    id_list list;
    ids_parser parser;
    int fd;         /* of the text */
    uint64_t taken; /* bytes of it so far, from where it stood */
    char *piece;
    bool compared; /* the first IDs with the words of their rows, or tokens are told apart */
} lookup;

/* ids_parser.find: the vocabulary is opened at the first word that is not an integer. */
static bool find_token(void *context, tokvec_text token, int64_t *id, tokvec_error *err)
{
    lookup *l = context;
    l->compared = true;
    tokvec_vocab *vocab = source_vocab(&l->from, err);
    if (l->from.not_tokens)
        return source_refuse_token(&l->from, err);
    if (vocab == NULL || !tokvec_vocab_find(vocab, token, id, err))
        return false;
    int64_t wanted = *id;
    if (!tokvec_table_has_ids(l->from.table) || source_vocab_is_by_row(&l->from) ||
        tokvec_table_find(l->from.table, wanted, id))
        return true;
    error_set(err, TOKVEC_BAD_ID, "'%.*s' has the ID %lld, which the table does not have",
              (int)(token.length < 40 ? token.length : 40), token.bytes, (long long)wanted);
    return error_hint(err, "%s", l->from.range_hint);
}

static void start_parser(lookup *l, const char *source_name)
{
    l->parser.find = l->options->ids.all_ids ? NULL : find_token;
    l->parser.find_context = l;
    l->parser.lines = l->options->ids.all_tokens && source_name != NULL;
    l->parser.list = &l->list;
    l->parser.rows = tokvec_table_rows(l->from.table);
    l->parser.numbered = tokvec_table_has_ids(l->from.table) ? l->from.table : NULL;
    l->parser.rows_on_demand =
        l->options->ids.vocab == NULL && tokvec_table_makes_rows(l->from.table);
    l->parser.range_hint = l->from.range_hint;
    l->parser.source = source_name;
    l->parser.allow_ranges = source_name == NULL;
    ids_parser_start(&l->parser);
}

/* ---------------------------------------------------------------- IDs from arguments */

/* A word where an ID should be: a command in the wrong place, or misspelt. */
static bool check_word(const operand *word, tokvec_error *err)
{
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

static bool parse_operand(lookup *l, const operand *word, tokvec_error *err)
{
    const settings *s = l->options;
    bool open = ids_parse_is_open(&l->parser); /* since an earlier argument */
    l->parser.argument = word->number;
    if (s->ids.all_tokens)
        return ids_parse_token(&l->parser, word->text, err);
    if (!s->ids.all_ids && !open && !ids_look_like_ids(word->text)) {
        if (source_vocab(&l->from, err) != NULL)
            return ids_parse_token(&l->parser, word->text, err) ||
                   (command_find(word->text) != NULL && check_word(word, err));
        if (err->code != TOKVEC_OK)
            return false;
        if (l->from.not_tokens)
            return source_refuse_token(&l->from, err);
    }
    return check_word(word, err) && ids_parse(&l->parser, word->text, strlen(word->text), err) &&
           ids_parse_end_of_argument(&l->parser, err);
}

static bool parse_operands(lookup *l, tokvec_error *err)
{
    const settings *s = l->options;
    start_parser(l, NULL);
    for (size_t i = 0; i < s->operand_count; i++) {
        if (!parse_operand(l, &s->operands[i], err))
            return false;
    }
    return ids_parse_end(&l->parser, err);
}

/* ---------------------------------------------------------------- IDs from text */

static bool open_text(lookup *l, tokvec_error *err)
{
    const char *path = l->options->ids.input;
    bool standard = path == NULL || strcmp(path, "-") == 0;
    l->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (l->fd < 0)
        return error_system(err, errno, "open", path);
    struct stat status;
    if (fstat(l->fd, &status) == 0)
        same_file_input(&status);
    l->piece = malloc(PIECE);
    if (l->piece == NULL)
        return error_no_memory(err, PIECE);
    if (isatty(l->fd))
        notice("reading token IDs from the terminal; end with Ctrl-D, or see tokvec --help");
    start_parser(l, standard ? "standard input" : path);
    return true;
}

/* A file that has shrunk below what was read of it has perhaps ended too early. */
static bool still_whole(const lookup *l, tokvec_error *err)
{
    struct stat status;
    if (fstat(l->fd, &status) != 0 || !S_ISREG(status.st_mode) ||
        (uint64_t)status.st_size >= l->taken)
        return true;
    error_set(err, TOKVEC_SYSTEM, "the file shrank while it was read");
    error_where(err, "%s", l->parser.source);
    return error_hint(err, "wait until it is written, then try again");
}

/* Reads the next piece of text and parses it; *more tells whether the text goes on. */
static bool parse_piece(lookup *l, bool *more, tokvec_error *err)
{
    ssize_t n = descriptor_read(l->fd, l->piece, PIECE);
    if (n < 0)
        return error_system(err, errno, "read", l->parser.source);
    *more = n > 0;
    l->taken += (uint64_t)n;
    if (n == 0 && !still_whole(l, err))
        return false;
    return n > 0 ? ids_parse(&l->parser, l->piece, (size_t)n, err) : ids_parse_end(&l->parser, err);
}

static bool parse_text(lookup *l, tokvec_error *err)
{
    bool more = true;
    while (more) {
        if (!parse_piece(l, &more, err))
            return false;
    }
    return true;
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

/* Says once that an ID is the number of a row, where it may have been meant as a word. */
static void compare_words(lookup *l)
{
    enum { SAMPLE = 16 };
    const id_list *list = &l->list;
    const source *from = &l->from;
    if (l->compared || list->literal_count == 0)
        return;
    l->compared = true;
    if (l->options->ids.all_ids || l->options->ids.vocab != NULL || from->weights == NULL ||
        tokvec_table_has_ids(from->table))
        return;
    tokvec_text word;
    tokvec_vocab *vocab;
    if (!tokvec_weights_vocab(from->weights, &vocab, NULL) || vocab == NULL ||
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

/* ---------------------------------------------------------------- the command */

/* All IDs are there: they have a shape. */
static bool print_all(lookup *l, tokvec_error *err)
{
    uint64_t shape[IDS_MAX_DEPTH + 1] = {0};
    compare_words(l);
    selection which = {.list = &l->list, .shape = shape};
    if (l->options->output.format->streams || l->options->output.format->flat)
        shape[which.ndim++] = l->list.count; /* no matter which, so it need not be a rectangle */
    else if (!ids_shape(&l->parser, shape, &which.ndim, err))
        return false;
    output o;
    if (!output_open(&o, l->options, &l->from, &which, err))
        return false;
    return output_close(&o, output_rows(&o, &l->list, err), err);
}

/* The rows of each piece of text go out before the next one is read, so that whoever waits for
 * answers before asking on gets them. */
static bool print_stream(lookup *l, tokvec_error *err)
{
    output o;
    const selection which = {.list = NULL};
    if (!output_open(&o, l->options, &l->from, &which, err))
        return false;
    bool good = true;
    for (bool more = true; good && more && sink_flush(&o.out);) {
        tokvec_error later;
        good = parse_piece(l, &more, &later);
        compare_words(l);
        /* Also after a bad ID: those before it are in the list. */
        bool printed = output_rows(&o, &l->list, err);
        id_list_clear(&l->list);
        if (printed && !good && err != NULL)
            *err = later;
        good = good && printed;
    }
    return output_close(&o, good, err);
}

static bool run(lookup *l, tokvec_error *err)
{
    const settings *s = l->options;
    if (s->ids.all_tokens && source_vocab(&l->from, err) == NULL) {
        if (err->code != TOKVEC_OK)
            return false;
        if (l->from.not_tokens)
            return source_refuse_token(&l->from, err);
        error_set(err, TOKVEC_BAD_ARGUMENT, "--tokens needs a vocabulary");
        return error_hint(err, "name one with --vocab FILE");
    }
    if (s->operand_count > 0)
        return parse_operands(l, err) && print_all(l, err);
    if (!open_text(l, err))
        return false;
    if (s->output.format->streams)
        return print_stream(l, err);
    return parse_text(l, err) && print_all(l, err);
}

static bool lookup_run(const settings *s, tokvec_error *err)
{
    if (s->operand_count > 0 && s->ids.input != NULL) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "token IDs come from the arguments and from --input");
        error_where(err, "argument %u", s->operands[0].number);
        return error_hint(err, "choose one of the two");
    }
    if (s->ids.all_tokens && s->ids.all_ids) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "the input cannot be all tokens and all IDs");
        return error_hint(err, "choose one of --tokens and --ids");
    }
    lookup l = {.options = s, .fd = -1};
    if (!source_open(&l.from, s, err))
        return false;
    bool good = run(&l, err);
    source_close(&l.from);
    id_list_free(&l.list);
    free(l.piece);
    if (l.fd > STDERR_FILENO)
        close(l.fd);
    return good;
}

static const option_list lists[] = {
    table_options, ids_options, output_options, text_options, thread_options, common_options, NULL};

const command lookup_command = {
    .name = "lookup",
    .operands = "[ID|TOKEN]...",
    .summary = "print the vectors of token IDs or tokens (the default command)",
    .about =
        "Without IDs, reads them from standard input. Without -w, uses a table that is seeded\n"
        "as torch.manual_seed(" TEXT_OF(NOTEBOOK_SEED) ") seeds torch.nn.Embedding(" TEXT_OF(
            NOTEBOOK_VOCAB_SIZE) ", " TEXT_OF(NOTEBOOK_DIM) ").\n",
    .options = lists,
    .run = lookup_run,
};
