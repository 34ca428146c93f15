/* checking_rows.c - rows that are zero, untrained or repeated.
 * See checking.h. An error where they belong to tokens that texts are made of; a note where they
 * belong to none, or to tokens that training need never have met.
 * SPDX-License-Identifier: MIT */
#include "cli/checking.h"

#include "measure/repeats.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* ---------------------------------------------------------------- lists of rows */

int64_t checking_id(const checking *c, uint64_t row)
{
    int64_t id;
    return c != NULL && tokvec_table_id(c->table, (int64_t)row, &id) ? id : (int64_t)row;
}

typedef struct text {
    char *out;
    size_t size, length;
} text;

static void put(text *t, const char *format, ...) ERROR_PRINTF(2, 3);
static void put(text *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(t->out + t->length, t->size - t->length, format, args);
    va_end(args);
    size_t left = t->size - t->length - 1;
    t->length += n < 0 ? 0 : (size_t)n < left ? (size_t)n : left;
}

static void put_run(text *t, int64_t first, int64_t last)
{
    if (first == last)
        put(t, "%lld", (long long)first);
    else
        put(t, last == first + 1 ? "%lld, %lld" : "%lld to %lld", (long long)first,
            (long long)last);
}

const char *checking_list(const checking *c, checking_wanted *wanted, const void *context,
                          uint64_t rows, char *out, size_t size)
{
    enum { RUNS_MAX = 10 };
    text t = {out, size, 0};
    unsigned runs = 0;
    int64_t first = -1, last = -1;
    out[0] = '\0';
    for (uint64_t row = 0; row < rows; row++) {
        if (!wanted(context, row))
            continue;
        int64_t id = checking_id(c, row);
        if (runs > 0 && id == last + 1) {
            last = id;
            continue;
        }
        if (runs > 0)
            put_run(&t, first, last);
        if (runs == RUNS_MAX) {
            put(&t, ", ...");
            return out;
        }
        if (runs++ > 0)
            put(&t, ", ");
        first = last = id;
    }
    if (runs > 0)
        put_run(&t, first, last);
    return out;
}

/* ---------------------------------------------------------------- zero, untrained */

/* A token that texts are made of. */
static bool is_word(uint8_t role)
{
    return (role & TOKEN_THERE) && !(role & (TOKEN_SPECIAL | TOKEN_STAND_IN));
}

/* Rows of some flaw. */
typedef struct selection {
    const checking *c;
    uint8_t flag, with, without; /* which they have; and also this; and not this */
    bool words;                  /* of words, or else of anything else */
} selection;

static bool is_selected(const void *context, uint64_t row)
{
    const selection *s = context;
    const uint8_t flags = s->c->flaws.flags[row];
    return (flags & s->flag) && (flags & s->with) == s->with && !(flags & s->without) &&
           is_word(s->c->roles.of_row[row]) == s->words;
}

/* What to add where a reader might think that tokens are known. */
static const char *unknown_tokens(const checking *c, bool error)
{
    return !error || c->vocab != NULL ? ""
           : c->of_tokens             ? "; no vocabulary is known, so that every row counts"
                                      : "; the rows are not those of tokens";
}

/* Whose rows they are that a note is about. */
static const char *owners(uint64_t rows, uint64_t tokens)
{
    return tokens == 0     ? " without a token"
           : tokens < rows ? " without a token, or of special or reserved ones"
                           : " of special or reserved tokens";
}

static bool tell_selected(checking *c, finding_kind kind, const selection *s, bool error,
                          tokvec_error *err)
{
    char list[FINDING_DETAIL - 200];
    uint64_t count = 0, first = 0, tokens = 0;
    for (uint64_t row = 0; row < c->roles.rows; row++) {
        if (!is_selected(s, row))
            continue;
        first = count++ == 0 ? row : first;
        tokens += (c->roles.of_row[row] & TOKEN_THERE) != 0;
    }
    if (count == 0)
        return true;
    const finding what = checking_row(c, kind, error, first);
    return checking_tell(c, &what, err, "%llu row%s%s: %s%s%s", (unsigned long long)count,
                         count == 1 ? "" : "s", s->words ? "" : owners(count, tokens),
                         checking_list(c, is_selected, s, c->roles.rows, list, sizeof list),
                         s->words && !error ? "; in so few columns chance makes some" : "",
                         unknown_tokens(c, error));
}

static bool tell_zeros(checking *c, tokvec_error *err)
{
    const selection words = {c, ROW_ZERO, 0, 0, true}, others = {c, ROW_ZERO, 0, 0, false};
    return tell_selected(c, FINDING_ZERO_ROWS, &words, true, err) &&
           tell_selected(c, FINDING_ZERO_ROWS, &others, false, err);
}

/* Whether a row of negative values only need not surprise in a table of random signs: it is more
 * likely than one in ten. Tables of models have too many columns for that. */
static bool chance_untrains(uint64_t rows, uint64_t dim)
{
    return dim < 64 && ldexp((double)rows, -(int)dim) > 0.1;
}

static bool tell_untrained(checking *c, tokvec_error *err)
{
    const finding_kind kind = FINDING_UNTRAINED_ROWS;
    bool chance = chance_untrains(c->roles.rows, tokvec_table_dim(c->table));
    const selection words = {c, ROW_UNTRAINED, chance ? ROW_TINY : 0, 0, true};
    const selection by_chance = {c, ROW_UNTRAINED, 0, ROW_TINY, true};
    const selection others = {c, ROW_UNTRAINED, 0, 0, false};
    return tell_selected(c, kind, &words, true, err) &&
           (!chance || tell_selected(c, kind, &by_chance, false, err)) &&
           tell_selected(c, kind, &others, false, err);
}

/* ---------------------------------------------------------------- repeated */

/* Tokens that were added to a vocabulary may begin with one vector for all. */
static bool is_old_word(uint8_t role)
{
    return is_word(role) && !(role & TOKEN_ADDED);
}

/* Whether a group is told at that level: two words with one vector are an error. Zeros are told as
 * such. */
static bool is_told(const checking *c, const repeats *r, uint64_t group, bool error)
{
    unsigned words = 0;
    if (c->flaws.flags[r->members[r->starts[group]]] & ROW_ZERO)
        return false;
    for (uint64_t i = r->starts[group]; i < r->starts[group + 1] && words < 2; i++)
        words += is_old_word(c->roles.of_row[r->members[i]]);
    return (words == 2 && !c->shares_vectors) == error;
}

/* "3 = 11 = 12", the first few. */
static void put_group(const checking *c, const repeats *r, uint64_t group, text *t)
{
    enum { ROWS_MAX = 5 };
    const uint64_t start = r->starts[group], count = r->starts[group + 1] - start;
    for (uint64_t i = 0; i < count && i < ROWS_MAX; i++)
        put(t, i == 0 ? "%lld" : " = %lld", (long long)checking_id(c, r->members[start + i]));
    if (count > ROWS_MAX)
        put(t, " = ...");
}

static bool tell_groups(checking *c, const repeats *r, bool error, tokvec_error *err)
{
    enum { GROUPS_MAX = 5 };
    char list[FINDING_DETAIL - 200] = "";
    text t = {list, sizeof list, 0};
    uint64_t count = 0, rows = 0, first = 0;
    for (uint64_t group = 0; group < r->groups; group++) {
        if (!is_told(c, r, group, error))
            continue;
        if (count > 0 && count <= GROUPS_MAX)
            put(&t, count < GROUPS_MAX ? ", " : ", ...");
        if (count < GROUPS_MAX)
            put_group(c, r, group, &t);
        first = count++ == 0 ? r->members[r->starts[group]] : first;
        rows += r->starts[group + 1] - r->starts[group];
    }
    if (count == 0)
        return true;
    const finding what = checking_row(c, FINDING_REPEATED_ROWS, error, first);
    return checking_tell(c, &what, err, "%llu rows in %llu group%s of equal ones: %s%s%s",
                         (unsigned long long)rows, (unsigned long long)count, count == 1 ? "" : "s",
                         list,
                         c->shares_vectors ? "; the file has one vector for several tokens" : "",
                         unknown_tokens(c, error));
}

static bool tell_repeated(checking *c, tokvec_error *err)
{
    repeats r;
    if (!repeats_find(&r, c->flaws.hashes, c->roles.rows, err))
        return false;
    bool good = tell_groups(c, &r, true, err) && tell_groups(c, &r, false, err);
    repeats_free(&r);
    return good;
}

bool checking_rows(checking *c, tokvec_error *err)
{
    return tell_zeros(c, err) &&
           (c->flaws.hashes == NULL || tokvec_table_dim(c->table) == 0 || tell_repeated(c, err)) &&
           tell_untrained(c, err);
}
