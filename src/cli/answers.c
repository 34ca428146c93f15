/* answers.c - answers of the command near.
 * See answers.h.
 * SPDX-License-Identifier: MIT */
#include "cli/answers.h"

#include "cli/notice.h"
#include "rows/pump.h"

#include <stdlib.h>

bool answers_open(answers *a, const near_settings *s, source *from, tokvec_error *err)
{
    static const report_field fields[ANSWER_FIELDS] = {
        [ANSWER_QUERY] = {.name = "query"},
        [ANSWER_RANK] = {.name = "rank", .flags = REPORT_RIGHT},
        [ANSWER_ID] = {.name = "id", .flags = REPORT_RIGHT},
        [ANSWER_TOKEN] = {.name = "token"},
        [ANSWER_SCORE] = {.name = "score", .flags = REPORT_RIGHT},
    };
    *a = (answers){.options = s, .from = from};
    memcpy(a->fields, fields, sizeof fields);
    a->at_once = near_queries_at_once(from->table, near_settings_k(s));
    bool labels;
    if (!source_labels(from, &labels, err) || !candidates_list(&a->candidates, s, from, err))
        return false;
    if (!labels)
        a->fields[ANSWER_TOKEN].flags |= REPORT_NO_TEXT;
    a->spelt = tokvec_table_makes_rows(from->table) && s->shared.ids.vocab == NULL && !s->self;
    tokvec_error unwanted;
    a->spelt = a->spelt && source_vocab(from, &unwanted) != NULL;
    return true;
}

/* ---------------------------------------------------------------- printing */

static bool begin(answers *a, bool several, tokvec_error *err)
{
    if (a->begun)
        return true;
    if (!several)
        a->fields[ANSWER_QUERY].flags |= REPORT_NO_TEXT;
    a->begun = reporting_open(&a->out, &a->options->shared, a->fields, ANSWER_FIELDS, false, err);
    return a->begun;
}

static bool print_hits(answers *a, tokvec_text name, const near_hit *hits, size_t n,
                       tokvec_error *err)
{
    for (size_t i = 0; i < n && !a->out.out.failed; i++) {
        report_value line[ANSWER_FIELDS];
        int64_t id;
        tokvec_text label;
        if (!source_label(a->from, hits[i].row, &label, err))
            return false;
        line[ANSWER_QUERY] = report_bytes(name);
        line[ANSWER_RANK] = report_natural(i + 1);
        line[ANSWER_ID] = source_id(a->from, hits[i].row, &id) ? report_integer(id) : report_null();
        line[ANSWER_TOKEN] = report_bytes(label);
        line[ANSWER_SCORE] = report_real32(hits[i].score);
        if (!report_line(a->out.report, line, err))
            return false;
    }
    return true;
}

/* ---------------------------------------------------------------- searching */

/* Sees all candidates. */
static bool pump_candidates(answers *a, near *search, const id_list *list, tokvec_error *err)
{
    pump p;
    const pump_spec spec = {.table = a->from->table,
                            .to = &search->base,
                            .rows = list->count,
                            .threads = a->options->shared.common.threads};
    if (!pump_open(&p, &spec, err))
        return false;
    bool good = pump_rows(&p, list, err) && tokvec_table_intact(a->from->table, err);
    pump_close(&p);
    return good;
}

/* Searches among the rows of that list. On failure there is nothing to close. */
static bool search_rows(answers *a, near *search, const near_query *queries, size_t n,
                        const id_list *list, tokvec_error *err)
{
    const near_spec spec = {.table = a->from->table,
                            .by = a->options->by,
                            .queries = queries,
                            .count = n,
                            .k = near_settings_k(a->options),
                            .zero_answers = tokvec_table_makes_rows(a->from->table)};
    if (!near_open(search, &spec, err))
        return false;
    if (pump_candidates(a, search, list, err))
        return true;
    near_close(search);
    return false;
}

/* Whether one of the rows found is spelt as a row of the question is: a fastText model can have a
 * word twice. */
static bool find_twin(answers *a, const questions *asked, size_t index, const near_hit *hits,
                      size_t n, bool *found, tokvec_error *err)
{
    const question *one = &asked->all[index];
    *found = false;
    if (!a->spelt || one->count == 0)
        return true;
    if (!spellings_of_rows(&a->words, a->from, asked->rows + one->first_row, one->count, err))
        return false;
    for (size_t i = 0; i < n && !*found; i++) {
        if (!spellings_have(&a->words, a->from, hits[i].row, found, err))
            return false;
    }
    return true;
}

/* Answers a question for which a twin was found, once more without such rows. */
static bool answer_without_twins(answers *a, const near_query *query, tokvec_text name,
                                 tokvec_error *err)
{
    near search;
    id_list list = {0};
    bool good = candidates_spelt_otherwise(&list, &a->candidates, &a->words, a->from, err) &&
                search_rows(a, &search, query, 1, &list, err);
    if (good) {
        size_t n;
        const near_hit *hits = near_hits(&search, 0, &n);
        good = print_hits(a, name, hits, n, err);
        near_close(&search);
    }
    id_list_free(&list);
    return good;
}

static bool print_answers(answers *a, near *search, const near_query *queries,
                          const questions *asked, size_t first, size_t n, tokvec_error *err)
{
    for (size_t i = 0; i < n && !a->out.out.failed; i++) {
        size_t count;
        bool twin;
        const near_hit *hits = near_hits(search, i, &count);
        tokvec_text name = questions_name(asked, first + i);
        if (!find_twin(a, asked, first + i, hits, count, &twin, err))
            return false;
        if (twin ? !answer_without_twins(a, &queries[i], name, err)
                 : !print_hits(a, name, hits, count, err))
            return false;
    }
    return true;
}

/* Answers n questions in one pass over the rows. */
static bool answer(answers *a, const questions *asked, size_t first, size_t n,
                   const double *vectors, tokvec_error *err)
{
    size_t dim = (size_t)tokvec_table_dim(a->from->table);
    near_query *queries = calloc(n, sizeof *queries);
    if (queries == NULL)
        return error_no_memory(err, n * sizeof *queries);
    for (size_t i = 0; i < n; i++) {
        const question *one = &asked->all[first + i];
        queries[i] = (near_query){.vector = vectors + i * dim,
                                  .without = asked->rows + one->first_row,
                                  .without_count = a->options->self ? 0 : one->count};
    }
    near search;
    bool good = search_rows(a, &search, queries, n, &a->candidates, err);
    if (good) {
        a->zero_rows = search.zero_rows;
        a->nonfinite_rows = search.nonfinite_rows;
        good = print_answers(a, &search, queries, asked, first, n, err);
        near_close(&search);
    }
    free(queries);
    return good;
}

bool answers_give(answers *a, questions *asked, bool several, tokvec_error *err)
{
    bool good = true;
    for (size_t first = 0; first < asked->count && good && !answers_unread(a);) {
        size_t useful, left = asked->count - first, n = left < a->at_once ? left : a->at_once;
        tokvec_error later;
        const double *vectors =
            questions_vectors(asked, a->from->table, a->options->by, first, n, &useful, &later);
        bool answered = useful == 0 ||
                        (begin(a, several, err) && answer(a, asked, first, useful, vectors, err));
        good = answered && useful == n;
        if (answered && useful < n)
            *err = later;
        first += n;
    }
    return good && (!a->begun || report_flush(a->out.report, err));
}

bool answers_unread(const answers *a)
{
    return a->begun && a->out.out.failed;
}

/* ---------------------------------------------------------------- the end */

static void warn(const answers *a)
{
    uint64_t zero = a->zero_rows, nonfinite = a->nonfinite_rows, all = zero + nonfinite;
    if (all == 0)
        return;
    notice("warning: %llu row%s %s, so %s no %s and %s left out", (unsigned long long)all,
           all == 1 ? "" : "s",
           nonfinite == 0 ? (all == 1 ? "is zero" : "are zero")
           : zero == 0    ? (all == 1 ? "has a nan or an infinity" : "have nans or infinities")
                          : "are zero, or have nans or infinities",
           all == 1 ? "it has" : "they have", a->options->by == NEAR_COSINE ? "cosine" : "score",
           all == 1 ? "is" : "are");
}

bool answers_close(answers *a, bool good, tokvec_error *err)
{
    good = good && begin(a, true, err);
    if (a->begun)
        good = reporting_close(&a->out, good, err);
    if (good)
        warn(a);
    id_list_free(&a->candidates);
    spellings_free(&a->words);
    return good;
}
