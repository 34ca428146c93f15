/* near.c - the command near: the rows that are nearest to a token, an ID, a vector; analogies.
 * SPDX-License-Identifier: MIT */
#include "cli/near.h"

#include "cli/commands.h"
#include "cli/standard_input.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

/* ---------------------------------------------------------------- questions */

static bool ask_row(near_job *j, tokvec_text name, int64_t row, tokvec_error *err)
{
    return questions_add(&j->asked, name, &row, 1, err);
}

/* One of several rows of an argument or line is called by its ID. */
static bool ask_by_id(near_job *j, int64_t row, tokvec_error *err)
{
    char digits[24];
    int64_t id = row;
    source_id(&j->from, row, &id);
    int n = snprintf(digits, sizeof digits, "%lld", (long long)id);
    return ask_row(j, (tokvec_text){digits, (size_t)n}, row, err);
}

bool near_ask_rows(near_job *j, tokvec_text name, tokvec_error *err)
{
    id_list *list = &j->wanted.list;
    bool good = true;
    wanted_compare(&j->wanted);
    for (uint64_t i = 0; good && i < list->count; i++) {
        int64_t row;
        id_list_get(list, i, 1, &row);
        good = list->count == 1 ? ask_row(j, name, row, err) : ask_by_id(j, row, err);
    }
    id_list_clear(list);
    return good;
}

static bool answer_operands(near_job *j, tokvec_error *err)
{
    const settings *s = &j->options->shared;
    for (size_t i = 0; i < s->operand_count; i++) {
        const char *text = s->operands[i].text;
        if (!wanted_operands(&j->wanted, &s->operands[i], 1, err) ||
            !near_ask_rows(j, (tokvec_text){text, strlen(text)}, err))
            return false;
    }
    return questions_check(&j->asked, j->from.table, j->options->by, j->answers.at_once, err) &&
           answers_give(&j->answers, &j->asked, j->asked.count > 1, err);
}

/* ---------------------------------------------------------------- --plus and --minus */

/* The row of a term: a token, or an ID. */
static bool find_term(near_job *j, const near_term *term, tokvec_error *err)
{
    const operand word = {term->text, 0};
    uint64_t before = j->wanted.list.count;
    if (!wanted_operands(&j->wanted, &word, 1, err)) {
        if (strncmp(err->where, "argument", strlen("argument")) == 0)
            error_where(err, "--%s", term->minus ? "minus" : "plus");
        return false;
    }
    if (j->wanted.list.count == before + 1)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not one token or ID", term->text);
    error_where(err, "--%s", term->minus ? "minus" : "plus");
    return error_hint(err, "give each with a --plus or --minus of its own");
}

/* "king - man + woman" */
static bool name_terms(const near_settings *s, char **name, size_t *length, tokvec_error *err)
{
    size_t size = 1;
    for (size_t i = 0; i < s->term_count; i++)
        size += strlen(s->terms[i].text) + 3;
    *name = malloc(size);
    if (*name == NULL)
        return error_no_memory(err, size);
    *length = 0;
    for (size_t i = 0; i < s->term_count; i++) {
        const near_term *term = &s->terms[i];
        const char *sign = i == 0 ? (term->minus ? "- " : "") : term->minus ? " - " : " + ";
        *length += (size_t)snprintf(*name + *length, size - *length, "%s%s", sign, term->text);
    }
    return true;
}

/* The sum of the unit vectors of the rows that were asked, one a term. */
static bool sum_terms(near_job *j, double *sum, tokvec_error *err)
{
    const near_settings *s = j->options;
    size_t dim = (size_t)tokvec_table_dim(j->from.table), good;
    const double *rows =
        questions_vectors(&j->asked, j->from.table, NEAR_L2, 0, s->term_count, &good, err);
    if (rows == NULL || good < s->term_count)
        return false;
    for (size_t i = 0; i < s->term_count; i++)
        questions_add_unit(sum, rows + i * dim, dim, s->terms[i].minus ? -1 : 1);
    questions_settle_sum(sum, dim, s->term_count);
    return true;
}

/* All of them are one question, which leaves out their rows. */
static bool ask_sum(near_job *j, const double *sum, const char *name, size_t length,
                    tokvec_error *err)
{
    questions *asked = &j->asked;
    size_t count = asked->count;
    int64_t *rows = malloc(count * sizeof *rows);
    if (rows == NULL)
        return error_no_memory(err, count * sizeof *rows);
    memcpy(rows, asked->rows, count * sizeof *rows);
    questions_clear(asked);
    bool good = questions_add(asked, (tokvec_text){name, length}, rows, count, err);
    free(rows);
    asked->given = sum;
    return good && questions_check(asked, j->from.table, NEAR_COSINE, 1, err) &&
           answers_give(&j->answers, asked, false, err);
}

static bool answer_terms(near_job *j, tokvec_error *err)
{
    const near_settings *s = j->options;
    for (size_t i = 0; i < s->term_count; i++) {
        const char *text = s->terms[i].text;
        if (!find_term(j, &s->terms[i], err) ||
            !near_ask_rows(j, (tokvec_text){text, strlen(text)}, err))
            return false;
    }
    char *name = NULL;
    size_t length = 0, dim = (size_t)tokvec_table_dim(j->from.table);
    double *sum = calloc(dim + 1, sizeof *sum);
    if (sum == NULL)
        return error_no_memory(err, dim * sizeof *sum);
    bool good = name_terms(s, &name, &length, err) && sum_terms(j, sum, err) &&
                ask_sum(j, sum, name, length, err);
    free(name);
    free(sum);
    return good;
}

/* ---------------------------------------------------------------- the command */

/* Questions come from one place. */
static bool check_sources(const near_settings *s, tokvec_error *err)
{
    const settings *shared = &s->shared;
    bool operands = shared->operand_count > 0, terms = s->term_count > 0;
    const char *other = s->vectors                  ? "--vectors"
                        : shared->ids.input != NULL ? "--input"
                        : operands                  ? "the arguments"
                                                    : NULL;
    if (terms && other != NULL)
        error_set(err, TOKVEC_BAD_ARGUMENT, "queries come from --plus and --minus and from %s",
                  other);
    else if (operands && other != NULL && (s->vectors || shared->ids.input != NULL))
        error_set(err, TOKVEC_BAD_ARGUMENT, "queries come from the arguments and from %s", other);
    else
        return true;
    if (operands)
        error_where(err, "argument %u", shared->operands[0].number);
    return error_hint(err, "choose one of the two");
}

static bool take_standard_input(const near_settings *s, tokvec_error *err)
{
    bool reads = s->shared.operand_count == 0 && s->term_count == 0 && s->shared.ids.input == NULL;
    return !reads || standard_input_take(NULL, s->vectors ? "vectors" : "token IDs", err);
}

static bool run(near_job *j, tokvec_error *err)
{
    const near_settings *s = j->options;
    if (!wanted_ready(&j->wanted, err))
        return false;
    bool good = answers_open(&j->answers, s, &j->from, err);
    if (good && s->term_count > 0)
        good = answer_terms(j, err);
    else if (good && s->shared.operand_count > 0)
        good = answer_operands(j, err);
    else if (good)
        good = near_answer_text(j, err);
    return answers_close(&j->answers, good, err);
}

static bool near_run(const settings *shared, tokvec_error *err)
{
    const near_settings *s = (const near_settings *)shared;
    if (!check_sources(s, err) || !take_standard_input(s, err))
        return false;
    near_job *j = calloc(1, sizeof *j);
    if (j == NULL)
        return error_no_memory(err, sizeof *j);
    j->options = s;
    j->text.fd = -1;
    bool good = source_open(&j->from, shared, err);
    if (good) {
        wanted_init(&j->wanted, shared, &j->from);
        good = run(j, err);
        wanted_free(&j->wanted);
        questions_free(&j->asked);
        text_input_close(&j->text);
        source_close(&j->from);
    }
    free(j);
    return good;
}

/* ---------------------------------------------------------------- options */

static near_settings *own(settings *s)
{
    return (near_settings *)s;
}

static bool add_term(settings *s, const char *text, bool minus, tokvec_error *err)
{
    near_settings *n = own(s);
    if (n->term_count == NEAR_TERMS_MAX) {
        error_set(err, TOKVEC_BAD_ARGUMENT,
                  "there are more than " TEXT_OF(1000) " --plus and --minus");
        return error_hint(err, "add up the vectors first, and give the sum with --vectors");
    }
    n->terms[n->term_count++] = (near_term){text, minus};
    return true;
}

static bool set_plus(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    (void)option;
    return add_term(s, text, false, err);
}

static bool set_minus(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    (void)option;
    return add_term(s, text, true, err);
}

static bool set_k(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    own(s)->has_k = option_unsigned(text, INT64_MAX, &own(s)->k);
    return own(s)->has_k || option_bad_value(option, text, "give a number of rows", err);
}

static bool set_first(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    own(s)->has_first = option_unsigned(text, INT64_MAX, &own(s)->first) && own(s)->first > 0;
    return own(s)->has_first ||
           option_bad_value(option, text, "give a number of rows, 1 or more", err);
}

static option_word metric_word(size_t index)
{
    static const option_word words[] = {
        [NEAR_COSINE] = {"cosine", NULL},
        [NEAR_DOT] = {"dot", NULL},
        [NEAR_L2] = {"l2", NULL},
    };
    return index < sizeof words / sizeof *words ? words[index] : (option_word){NULL, NULL};
}

static bool set_by(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    for (size_t i = 0; metric_word(i).name != NULL; i++) {
        if (strcmp(metric_word(i).name, text) == 0) {
            own(s)->by = (near_metric)i;
            return true;
        }
    }
    return option_bad_word(option, text, err);
}

static const option_spec plus = {
    .name = "plus",
    .kind = OPTION_TEXT,
    .argument = "TOKEN",
    .help = "add the direction of a token or ID; all these and\nthose of --minus are one query",
    .set = set_plus,
};
static const option_spec minus = {
    .name = "minus",
    .kind = OPTION_TEXT,
    .argument = "TOKEN",
    .help = "take the direction of a token or ID away",
    .set = set_minus,
};
static const option_spec vectors = {
    .name = "vectors",
    .kind = OPTION_FLAG,
    .help = "the input is vectors: lines of numbers, lists, or what\n'tokvec -f jsonl' prints",
    .place = offsetof(near_settings, vectors),
};
static const option_spec top = {
    .name = "top",
    .letter = 'k',
    .kind = OPTION_NUMBER,
    .argument = "N",
    .help = "how many rows, the best first (10)",
    .set = set_k,
};
static const option_spec by = {
    .name = "by",
    .kind = OPTION_WORD,
    .argument = "M",
    .help = "cosine (the default), dot (the product), or l2\n(the distance, smallest first)",
    .set = set_by,
    .word = metric_word,
};
static const option_spec first = {
    .name = "first",
    .kind = OPTION_NUMBER,
    .argument = "N",
    .help = "only the first N rows may answer",
    .set = set_first,
};
static const option_spec where = {
    .name = "where",
    .kind = OPTION_TEXT,
    .argument = "REGEX",
    .help = "only rows whose token matches (as grep -E)",
    .place = offsetof(near_settings, where),
};
static const option_spec self = {
    .name = "self",
    .kind = OPTION_FLAG,
    .help = "do not leave out the rows of the query itself",
    .place = offsetof(near_settings, self),
};

static const option_spec *const own_options[] = {&plus,  &minus, &vectors, &top, &by,
                                                 &first, &where, &self,    NULL};
static const option_list lists[] = {table_options,  query_options,  own_options, report_options,
                                    thread_options, common_options, NULL};

const command near_command = {
    .name = "near",
    .operands = "[TOKEN|ID]...",
    .summary = "find the rows that are nearest to tokens, IDs or vectors; analogies",
    .about = "Without queries, reads them from standard input, one a line. The rows of a query are "
             "left\n"
             "out of its answer.\n",
    .options = lists,
    .size = sizeof(near_settings),
    .run = near_run,
};
