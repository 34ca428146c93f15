/* output.c - rows of the table on their way to a format.
 * See output.h.
 * SPDX-License-Identifier: MIT */
#include "cli/output.h"

#include "base/bytes.h"
#include "cli/notice.h"
#include "cli/onehot.h"

#include <stdlib.h>

enum { BLOCK_BYTES = 1 << 18, BLOCK_ROWS_MAX = 4096 };

static void list_ids(const void *context, uint64_t first, size_t n, int64_t *out)
{
    id_list_get(context, first, n, out);
}

/* result.label; context is the vocabulary. */
static bool label_of(void *context, int64_t id, tokvec_text *label, tokvec_error *err)
{
    tokvec_error local;
    if (tokvec_vocab_label(context, id, label, &local))
        return true;
    *label = (tokvec_text){NULL, 0};
    if (local.code == TOKVEC_NOT_FOUND)
        return true;
    if (err != NULL)
        *err = local;
    return false;
}

/* Tells the writer of the labels, if it prints any and there are some. */
static bool describe_labels(output *o, source *from, tokvec_error *err)
{
    const settings *s = o->options;
    tokvec_error local;
    if (s->no_labels || s->format->labels == LABELS_NONE)
        return true;
    tokvec_vocab *vocab = source_vocab(from, &local);
    if (vocab != NULL) {
        if (s->format->labels == LABELS_STORED)
            tokvec_vocab_set_raw(vocab, true);
        o->what.label = label_of;
        o->what.label_context = vocab;
    } else if (local.code != TOKVEC_OK) {
        if (err != NULL)
            *err = local;
        return false;
    }
    return true;
}

/* Fills in what the writer is told. */
static void describe(output *o, const source *from, const selection *which)
{
    const settings *s = o->options;
    result *what = &o->what;
    tokvec_dtype dtype = s->as != TOKVEC_NO_DTYPE ? s->as : o->table_dtype;
    if (s->format->accepts != NULL)
        dtype = s->format->accepts(dtype);
    what->dtype = dtype;
    what->dim = tokvec_table_dim(o->table);
    what->ndim = which->ndim + 1;
    for (unsigned i = 0; i < which->ndim; i++)
        what->shape[i] = which->shape[i];
    what->shape[which->ndim] = what->dim;
    if (which->list != NULL) {
        what->rows = which->list->count;
        what->ids = list_ids;
        what->ids_context = which->list;
    }
    what->numbered = tokvec_table_rows(o->table);
    what->source = from->origin;
    what->options = s->print;
    what->is_parameter = which->is_weight && tokvec_dtype_is_float(dtype);
    if (from->weights == NULL)
        what->suffix = which->is_weight ? "requires_grad=True" : "grad_fn=<EmbeddingBackward0>";
}

static bool make_buffers(output *o, tokvec_error *err)
{
    uint64_t dim = o->what.dim;
    uint64_t from = tokvec_dtype_size(o->table_dtype);
    uint64_t to = tokvec_dtype_size(o->what.dtype);
    uint64_t row_bytes, bytes;
    if (!mul_u64(dim, from > to ? from : to, &row_bytes))
        return error_no_memory(err, UINT64_MAX);
    uint64_t fit = row_bytes == 0 ? BLOCK_ROWS_MAX : BLOCK_BYTES / row_bytes;
    o->block = fit == 0 ? 1 : fit > BLOCK_ROWS_MAX ? BLOCK_ROWS_MAX : (size_t)fit;
    if (!mul_u64(row_bytes, o->block, &bytes) || bytes > PTRDIFF_MAX)
        return error_no_memory(err, row_bytes);
    bool convert = o->what.dtype != o->table_dtype;
    o->ids = malloc(o->block * sizeof *o->ids);
    o->rows = malloc(bytes > 0 ? (size_t)bytes : 1);
    o->converted = convert ? malloc(bytes > 0 ? (size_t)bytes : 1) : NULL;
    return (o->ids != NULL && o->rows != NULL && (o->converted != NULL || !convert)) ||
           error_no_memory(err, bytes);
}

static void release(output *o)
{
    writer_close(o->writer);
    free(o->ids);
    free(o->rows);
    free(o->converted);
}

bool output_open(output *o, const settings *s, source *from, const selection *which,
                 tokvec_error *err)
{
    *o = (output){.options = s, .table = from->table};
    o->table_dtype = tokvec_table_dtype(from->table);
    describe(o, from, which);
    if (!describe_labels(o, from, err) || !sink_open(&o->out, s->output, err))
        return false;
    if (make_buffers(o, err))
        o->writer = writer_open(s->format, &o->out, &o->what, err);
    if (o->writer != NULL)
        return true;
    sink_abandon(&o->out);
    release(o);
    return false;
}

/* The next IDs that the writer wants, from position *at on; as many as fit in a block. */
static size_t next_ids(output *o, const id_list *list, uint64_t *at)
{
    uint64_t (*next_row)(const writer *, uint64_t) = o->options->format->next_row;
    if (next_row == NULL) {
        uint64_t left = list->count - *at;
        size_t n = left < o->block ? (size_t)left : o->block;
        id_list_get(list, *at, n, o->ids);
        *at += n;
        return n;
    }
    size_t n = 0;
    while (n < o->block && *at < list->count) {
        *at = next_row(o->writer, *at);
        if (*at < list->count)
            id_list_get(list, (*at)++, 1, &o->ids[n++]);
    }
    return n;
}

bool output_rows(output *o, const id_list *list, tokvec_error *err)
{
    for (uint64_t at = 0; at < list->count && !o->out.failed;) {
        size_t n = next_ids(o, list, &at);
        const void *rows = o->rows;
        if (o->options->onehot ? !onehot_read(o->table, o->ids, n, o->rows, &o->changed, err)
                               : !tokvec_table_read(o->table, o->ids, n, o->rows, err))
            return false;
        if (o->converted != NULL) {
            if (!tokvec_convert(o->table_dtype, o->rows, o->what.dtype, o->converted,
                                n * (size_t)o->what.dim, err))
                return false;
            rows = o->converted;
        }
        if (!o->options->format->rows(o->writer, o->ids, n, rows, err))
            return false;
    }
    return true;
}

static void warn(const output *o)
{
    if (o->writer->nulls > 0)
        notice("warning: %llu value%s nan or infinite, which JSON does not have: null instead",
               (unsigned long long)o->writer->nulls, o->writer->nulls == 1 ? " is" : "s are");
    if (o->changed > 0)
        notice("warning: by multiplication %llu row%s differ%s from the table, because of nan, "
               "infinities or negative zeros in it",
               (unsigned long long)o->changed, o->changed == 1 ? "" : "s",
               o->changed == 1 ? "s" : "");
}

bool output_close(output *o, bool good, tokvec_error *err)
{
    good = good && o->options->format->end(o->writer, err);
    if (good) {
        good = sink_commit(&o->out, err);
        if (good)
            warn(o);
    } else {
        if (o->options->format->streams && o->options->output == NULL)
            sink_flush(&o->out);
        sink_abandon(&o->out);
    }
    release(o);
    return good;
}
