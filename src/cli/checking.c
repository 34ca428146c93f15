/* checking.c - findings about a model that is being checked.
 * See checking.h.
 * SPDX-License-Identifier: MIT */
#include "cli/checking.h"

#include "rows/pump.h"
#include "table/table.h"

#include <stdarg.h>
#include <stdio.h>

bool checking_tell(checking *c, const finding *what, tokvec_error *err, const char *format, ...)
{
    char detail[FINDING_DETAIL];
    finding told = *what;
    va_list args;
    va_start(args, format);
    if (vsnprintf(detail, sizeof detail, format, args) < 0)
        detail[0] = '\0';
    va_end(args);
    if (told.tensor == NULL && c->tensor != NULL)
        told.tensor = c->tensor->name;
    if (told.tensor != NULL && told.tensor[0] == '\0')
        told.tensor = NULL;
    told.detail = detail;
    return findings_add(&c->found, &told, err);
}

finding_kind checking_kind_of(const tokvec_error *err)
{
    if (err->kind == TOKVEC_KIND_HARMFUL)
        return FINDING_PICKLE;
    return err->code == TOKVEC_BAD_FILE && err->kind == TOKVEC_KIND_NONE ? FINDING_FILE
                                                                         : FINDING_COUNT;
}

bool checking_tell_error(checking *c, const char *tensor, tokvec_error *err)
{
    const finding what = {
        .kind = checking_kind_of(err),
        .error = true,
        .tensor = tensor == NULL ? "" : tensor,
    };
    if (what.kind == FINDING_COUNT)
        return false;
    const tokvec_error told = *err;
    return checking_tell(c, &what, err, told.where[0] == '\0' ? "%s%s" : "%s (%s)", told.what,
                         told.where);
}

bool checking_end(checking *c, const char *tensor, tokvec_error *err)
{
    const finding_kind kind = checking_kind_of(err);
    return (kind == FINDING_COUNT || !c->found.ignored[kind]) &&
           checking_tell_error(c, tensor, err);
}

finding checking_row(checking *c, finding_kind kind, bool error, uint64_t row)
{
    finding f = {.kind = kind, .error = error, .has_id = true, .id = checking_id(c, row)};
    bool by_row = c->vocab != c->owned_vocab;
    if (c->vocab == NULL ||
        !tokvec_vocab_label(c->vocab, by_row ? (int64_t)row : f.id, &f.token, NULL))
        f.token.bytes = NULL;
    return f;
}

bool checking_look(const checking *c, tokvec_table *table, bool hashes, row_flaws *flaws,
                   tokvec_error *err)
{
    if (!row_flaws_begin(flaws, table, hashes ? &c->key : NULL, err))
        return false;
    if (table_verify(table, err) &&
        pump_table(table, &flaws->base, c->options->common.threads, err))
        return true;
    row_flaws_end(flaws);
    return false;
}

/* ---------------------------------------------------------------- what is not finite */

typedef struct flag_context {
    const uint8_t *flags;
    uint8_t mask;
} flag_context;

static bool has_flag(const void *context, uint64_t row)
{
    const flag_context *wanted = context;
    return (wanted->flags[row] & wanted->mask) != 0;
}

static bool tell_flag(checking *c, const tokvec_tensor *tensor, const row_flaws *flaws,
                      uint64_t rows, uint8_t mask, tokvec_error *err)
{
    const flag_context context = {flaws->flags, mask};
    const uint64_t values = mask == ROW_NAN ? flaws->nan : flaws->inf;
    const finding_kind kind = mask == ROW_NAN ? FINDING_NAN : FINDING_INF;
    char list[FINDING_DETAIL - 100];
    uint64_t first = rows, count = 0;
    for (uint64_t row = 0; row < rows; row++) {
        if (!has_flag(&context, row))
            continue;
        first = count++ == 0 ? row : first;
    }
    if (count == 0)
        return true;
    const checking *ids = tensor == c->tensor ? c : NULL;
    finding what = ids != NULL ? checking_row(c, kind, true, first)
                               : (finding){.kind = kind,
                                           .error = true,
                                           .tensor = tensor->name,
                                           .has_id = true,
                                           .id = (int64_t)first};
    return checking_tell(c, &what, err, "%llu value%s in %llu row%s: %s",
                         (unsigned long long)values, values == 1 ? "" : "s",
                         (unsigned long long)count, count == 1 ? "" : "s",
                         checking_list(ids, has_flag, &context, rows, list, sizeof list));
}

bool checking_finite(checking *c, const tokvec_tensor *tensor, const row_flaws *flaws,
                     uint64_t rows, tokvec_error *err)
{
    return (flaws->nan == 0 || tell_flag(c, tensor, flaws, rows, ROW_NAN, err)) &&
           (flaws->inf == 0 || tell_flag(c, tensor, flaws, rows, ROW_INF, err));
}

bool checking_pass_over(checking *c, const tokvec_tensor *tensor, tokvec_error *err)
{
    if (err->code != TOKVEC_UNSUPPORTED)
        return checking_tell_error(c, tensor->name, err);
    if (c->unread++ == 0)
        snprintf(c->why_unread, sizeof c->why_unread, "%.290s", err->what);
    return true;
}

bool checking_other(checking *c, const tokvec_tensor *tensor, tokvec_error *err)
{
    row_flaws flaws;
    tokvec_table *table = tokvec_weights_table(c->weights, tensor, err);
    if (table == NULL)
        return checking_pass_over(c, tensor, err);
    const uint64_t rows = tokvec_table_rows(table);
    bool good = checking_look(c, table, false, &flaws, err);
    if (good) {
        good = checking_finite(c, tensor, &flaws, rows, err);
        row_flaws_end(&flaws);
    } else {
        good = checking_tell_error(c, tensor->name, err);
    }
    tokvec_table_close(table);
    return good;
}
