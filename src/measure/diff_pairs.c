/* diff_pairs.c - which rows of two tables are compared.
 * See diff_pairs.h.
 * SPDX-License-Identifier: MIT */
#include "measure/diff_pairs.h"

#include "measure/diff_words.h"

#include <stdlib.h>
#include <string.h>

/* The rows of a table by their IDs. */
typedef struct ordered {
    const numbering *n; /* NULL: IDs are numbers of rows */
    uint64_t count;
} ordered;

static ordered order_of(const tokvec_table *table)
{
    const numbering *n = table->numbering;
    return (ordered){n, n == NULL ? table->rows : n->ordered};
}

static int64_t row_at(const ordered *o, uint64_t i)
{
    return (int64_t)(o->n == NULL || o->n->order == NULL ? i : o->n->order[i]);
}

static int64_t id_at(const ordered *o, uint64_t i)
{
    int64_t row = row_at(o, i);
    return o->n == NULL ? row : o->n->ids[row];
}

static bool same_ids(const tokvec_table *a, const tokvec_table *b)
{
    const numbering *x = a->numbering, *y = b->numbering;
    if (x == NULL || y == NULL)
        return x == y;
    return x->rows == y->rows && memcmp(x->ids, y->ids, (size_t)x->rows * sizeof *x->ids) == 0;
}

enum { ALONE = -1 };

/* For each row of a its row of b, or ALONE. */
static void match(const tokvec_table *a, const tokvec_table *b, int64_t *rows)
{
    const ordered x = order_of(a), y = order_of(b);
    for (uint64_t i = 0; i < a->rows; i++)
        rows[i] = ALONE;
    for (uint64_t i = 0, j = 0; i < x.count && j < y.count;) {
        int64_t of_a = id_at(&x, i), of_b = id_at(&y, j);
        if (of_a == of_b)
            rows[row_at(&x, i)] = row_at(&y, j);
        i += of_a <= of_b;
        j += of_b <= of_a;
    }
}

/* Keeps those that are not alone. */
static bool keep(diff_pairs *p, uint64_t rows, tokvec_error *err)
{
    uint64_t kept = 0;
    for (uint64_t i = 0; i < rows; i++) {
        if (p->b[i] == ALONE)
            continue;
        p->b[kept++] = p->b[i];
        if (!id_list_add(&p->a, (int64_t)i, err))
            return false;
    }
    return true;
}

static uint64_t shared_rows(diff_pairs_side a, diff_pairs_side b)
{
    return a.table->rows < b.table->rows ? a.table->rows : b.table->rows;
}

static bool same_rows(diff_pairs_side a, diff_pairs_side b, bool *same, bool *by_word,
                      tokvec_error *err)
{
    bool numbered = a.table->numbering != NULL || b.table->numbering != NULL;
    *same = same_ids(a.table, b.table);
    *by_word = false;
    if (numbered || a.words == NULL || b.words == NULL)
        return true;
    bool good = diff_words_same(a.words, b.words, shared_rows(a, b), same, err);
    *by_word = !*same;
    return good;
}

bool diff_pairs_make(diff_pairs *p, diff_pairs_side a, diff_pairs_side b, tokvec_error *err)
{
    uint64_t rows = a.table->rows;
    bool same;
    if (!same_rows(a, b, &same, &p->by_word, err))
        return false;
    if (same)
        return id_list_add_range(&p->a, 0, shared_rows(a, b), err);
    p->b = rows > SIZE_MAX / sizeof *p->b ? NULL : calloc(rows + 1, sizeof *p->b);
    if (p->b == NULL)
        return error_no_memory(err, rows * sizeof *p->b);
    if (!p->by_word)
        match(a.table, b.table, p->b);
    else if (!diff_words_match(a.words, rows, b.words, b.table->rows, p->b, err))
        return false;
    return keep(p, rows, err);
}

void diff_pairs_free(diff_pairs *p)
{
    id_list_free(&p->a);
    free(p->b);
    *p = (diff_pairs){.b = NULL};
}
