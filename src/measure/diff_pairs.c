/* diff_pairs.c - which rows of two tables are compared.
 * See diff_pairs.h.
 * SPDX-License-Identifier: MIT */
#include "measure/diff_pairs.h"

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

bool diff_pairs_make(diff_pairs *p, const tokvec_table *a, const tokvec_table *b, tokvec_error *err)
{
    if (same_ids(a, b))
        return id_list_add_range(&p->a, 0, a->rows < b->rows ? a->rows : b->rows, err);
    p->b = a->rows > SIZE_MAX / sizeof *p->b ? NULL : calloc(a->rows + 1, sizeof *p->b);
    if (p->b == NULL)
        return error_no_memory(err, a->rows * sizeof *p->b);
    match(a, b, p->b);
    return keep(p, a->rows, err);
}

void diff_pairs_free(diff_pairs *p)
{
    id_list_free(&p->a);
    free(p->b);
    *p = (diff_pairs){.b = NULL};
}
