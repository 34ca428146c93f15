/* candidates.c - the rows that may answer a query.
 * See candidates.h.
 * SPDX-License-Identifier: MIT */
#include "cli/candidates.h"

#include "base/array.h"
#include "base/error.h"
#include "text/pattern.h"

#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- options */

static bool need_vocab(source *from, tokvec_error *err)
{
    if (source_vocab(from, err) != NULL)
        return true;
    if (err->code != TOKVEC_OK)
        return false;
    if (from->not_tokens)
        return source_refuse_token(from, err);
    error_set(err, TOKVEC_BAD_ARGUMENT, "--where needs a vocabulary");
    return error_hint(err, "name one with --vocab FILE");
}

static bool add_matching(id_list *list, uint64_t rows, const pattern *where, const source *from,
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
    bool good =
        where != NULL && need_vocab(from, err) && add_matching(list, rows, where, from, err);
    pattern_close(where);
    return good;
}

/* ---------------------------------------------------------------- spellings */

bool spellings_of_rows(spellings *words, const source *from, const int64_t *rows, size_t count,
                       tokvec_error *err)
{
    words->count = words->length = 0;
    for (size_t i = 0; i < count; i++) {
        tokvec_text token;
        if (!source_token(from, rows[i], &token, err))
            return false;
        if (token.bytes == NULL)
            continue;
        if (!array_reserve(&words->ends, &words->end_capacity, words->count + 1,
                           sizeof *words->ends, err) ||
            !array_reserve(&words->bytes, &words->capacity, words->length + token.length + 1, 1,
                           err))
            return false;
        memcpy(words->bytes + words->length, token.bytes, token.length);
        words->length += token.length;
        words->ends[words->count++] = words->length;
    }
    return true;
}

bool spellings_have(const spellings *words, const source *from, int64_t row, bool *have,
                    tokvec_error *err)
{
    tokvec_text token;
    *have = false;
    if (!source_token(from, row, &token, err))
        return false;
    for (size_t i = 0, begin = 0; i < words->count && token.bytes != NULL && !*have; i++) {
        size_t length = words->ends[i] - begin;
        *have = length == token.length && memcmp(words->bytes + begin, token.bytes, length) == 0;
        begin = words->ends[i];
    }
    return true;
}

void spellings_free(spellings *words)
{
    free(words->bytes);
    free(words->ends);
    *words = (spellings){.count = 0};
}

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
