/* diff_words.c - rows of two tables that belong to the same words.
 * See diff_words.h. Words are taken as they are stored.
 * SPDX-License-Identifier: MIT */
#include "measure/diff_words.h"

#include "vocab/vocab.h"

#include <stdlib.h>
#include <string.h>

/* The word of a row; *any is false if it has none. */
static bool word_of(tokvec_vocab *vocab, uint64_t row, tokvec_text *word, bool *any,
                    tokvec_error *err)
{
    stored_token stored;
    tokvec_error local;
    *any = vocab->ops->label(vocab, (int64_t)row, &stored, &local);
    *word = *any ? stored.text : (tokvec_text){NULL, 0};
    if (*any || local.code == TOKVEC_NOT_FOUND)
        return true;
    if (err != NULL)
        *err = local;
    return false;
}

bool diff_words_same(tokvec_vocab *a, tokvec_vocab *b, uint64_t rows, bool *same, tokvec_error *err)
{
    *same = true;
    for (uint64_t i = 0; *same && i < rows; i++) {
        tokvec_text x, y;
        bool any_x, any_y;
        if (!word_of(a, i, &x, &any_x, err) || !word_of(b, i, &y, &any_y, err))
            return false;
        *same = any_x == any_y && x.length == y.length &&
                (x.length == 0 || memcmp(x.bytes, y.bytes, x.length) == 0);
    }
    return true;
}

/* The row of a word, -1 if none has it. */
static bool row_of(tokvec_vocab *vocab, tokvec_text word, uint64_t rows, int64_t *row,
                   tokvec_error *err)
{
    tokvec_error local;
    bool found = vocab->ops->find(vocab, word, TOKEN_ANY, row, &local);
    if (!found || *row < 0 || (uint64_t)*row >= rows)
        *row = -1;
    if (found || local.code == TOKVEC_NOT_FOUND)
        return true;
    if (err != NULL)
        *err = local;
    return false;
}

bool diff_words_match(tokvec_vocab *a, uint64_t rows_a, tokvec_vocab *b, uint64_t rows_b,
                      int64_t *of_b, tokvec_error *err)
{
    bool *taken = calloc(rows_b + 1, sizeof *taken);
    if (taken == NULL)
        return error_no_memory(err, rows_b);
    bool good = true;
    for (uint64_t i = 0; good && i < rows_a; i++) {
        tokvec_text word;
        bool any;
        of_b[i] = -1;
        good = word_of(a, i, &word, &any, err) && (!any || row_of(b, word, rows_b, &of_b[i], err));
        if (good && of_b[i] >= 0) {
            of_b[i] = taken[of_b[i]] ? -1 : of_b[i];
            taken[of_b[i] < 0 ? (int64_t)rows_b : of_b[i]] = true;
        }
    }
    free(taken);
    return good;
}
