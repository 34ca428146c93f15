/* candidates.c - the rows that may answer a query.
 * See candidates.h.
 * SPDX-License-Identifier: MIT */
#include "cli/candidates.h"

#include "base/error.h"
#include "text/pattern.h"

/* ---------------------------------------------------------------- options */

static bool add_matching(id_list *list, uint64_t rows, pattern *where, const source *from,
                         tokvec_error *err)
{
    for (uint64_t row = 0; row < rows; row++) {
        tokvec_text token;
        bool matches = false;
        if (!source_token(from, (int64_t)row, &token, err) ||
            (token.bytes != NULL && !pattern_matches(where, token, &matches, err)) ||
            (matches && !id_list_add(list, (int64_t)row, err)))
            return false;
    }
    return true;
}

bool candidates_list(id_list *list, const near_settings *s, source *from, tokvec_error *err)
{
    uint64_t rows = tokvec_table_rows(from->table);
    if (s->has_first && s->first < rows)
        rows = s->first;
    if (s->where == NULL)
        return id_list_add_range(list, 0, rows, err);
    pattern *where = pattern_open(s->where, err);
    bool good = where != NULL && source_need_vocab(from, "where", err) &&
                add_matching(list, rows, where, from, err);
    pattern_close(where);
    return good;
}

/* ---------------------------------------------------------------- spellings */

bool candidates_spelt_otherwise(id_list *list, const id_list *all, const spellings *words,
                                const source *from, tokvec_error *err)
{
    for (uint64_t at = 0; at < all->count; at++) {
        int64_t row;
        bool same;
        id_list_get(all, at, 1, &row);
        if (!spellings_have(words, from, row, &same, err) ||
            (!same && !id_list_add(list, row, err)))
            return false;
    }
    return true;
}
