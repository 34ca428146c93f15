/* print_rows.c - a writer as a consumer of rows.
 * See print_rows.h.
 * SPDX-License-Identifier: MIT */
#include "cli/print_rows.h"

#include "base/array.h"

#include <stdlib.h>

static uint64_t next_row(const consumer *c, uint64_t row)
{
    const writer *w = ((const print_rows *)c)->writer;
    return w->format->next_row(w, row);
}

static bool rows(consumer *c, const row_block *block, tokvec_error *err)
{
    writer *w = ((print_rows *)c)->writer;
    w->row = block->first;
    w->lasting = block->lasting;
    bool good = w->format->rows(w, block->ids, block->n, block->data, err);
    c->enough = w->out->failed;
    return good;
}

/* ---------------------------------------------------------------- clones */

/* result.label for a clone: the text lasts until its next call, whatever the others do. */
static bool own_label(void *context, int64_t id, tokvec_text *label, tokvec_error *err)
{
    print_rows *p = context;
    pthread_mutex_lock(p->base.lock);
    bool good = p->original->label(p->original->label_context, id, label, err) &&
                array_reserve(&p->label, &p->label_capacity, label->length, 1, err);
    if (good && label->length > 0) {
        memcpy(p->label, label->bytes, label->length);
        label->bytes = p->label;
    }
    pthread_mutex_unlock(p->base.lock);
    return good;
}

/* A copy of the writer, with a sink and a label of its own. */
static bool make_clone(consumer *copy)
{
    print_rows *p = (print_rows *)copy;
    const writer *original = p->writer;
    if (!sink_open_memory(&p->text, NULL))
        return false;
    p->writer = malloc(original->format->size);
    if (p->writer == NULL) {
        free(p->text.buffer);
        return false;
    }
    memcpy(p->writer, original, original->format->size);
    p->writer->out = &p->text;
    p->writer->what = &p->what;
    p->writer->nulls = 0;
    p->original = original->what;
    p->what = *original->what;
    if (p->what.label != NULL) {
        p->what.label = own_label;
        p->what.label_context = p;
    }
    return true;
}

static bool finish(consumer *c, consumer *copy, tokvec_error *err)
{
    writer *w = ((print_rows *)c)->writer;
    print_rows *p = (print_rows *)copy;
    w->nulls += p->writer->nulls;
    p->writer->nulls = 0;
    if (p->text.failed) {
        if (err != NULL)
            *err = p->text.error;
        return false;
    }
    sink_append(w->out, &p->text);
    c->enough = w->out->failed;
    return true;
}

static void release(consumer *copy)
{
    print_rows *p = (print_rows *)copy;
    free(p->writer); /* what the original owns, it still owns */
    free(p->text.buffer);
    free(p->label);
}

void print_rows_init(print_rows *p, writer *w)
{
    *p = (print_rows){.base = {.size = sizeof *p,
                               .dtype = w->what->dtype,
                               .next_row = w->format->next_row != NULL ? next_row : NULL,
                               .clone = w->format->parallel ? make_clone : NULL,
                               .rows = rows,
                               .finish = finish,
                               .release = release},
                      .writer = w};
}
