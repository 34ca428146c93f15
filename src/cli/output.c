/* output.c - rows of the table on their way to a format.
 * See output.h.
 * SPDX-License-Identifier: MIT */
#include "cli/output.h"

#include "cli/group_bag.h"
#include "cli/group_output.h"
#include "cli/group_seed.h"
#include "cli/notice.h"
#include "rng/generator.h"
#include "table/table.h"

#include <stdio.h>
#include <string.h>

static void list_ids(const void *context, uint64_t first, size_t n, int64_t *out)
{
    id_list_get(context, first, n, out);
}

/* The row of the source that a row is of. */
static int64_t token_row(const output *o, int64_t row)
{
    return o->token == NULL ? row : o->token(o->token_context, row);
}

/* result.shown; context is the output. */
static bool shown_id(const void *context, int64_t row, int64_t *id)
{
    const output *o = context;
    return source_id(o->from, token_row(o, row), id);
}

/* result.label; context is the output. */
static bool label_of(void *context, int64_t row, tokvec_text *label, tokvec_error *err)
{
    output *o = context;
    return source_label(o->from, token_row(o, row), label, err);
}

/* Tells the writer of the labels, if it prints any and there are some. */
static bool describe_labels(output *o, source *from, tokvec_error *err)
{
    const settings *s = o->options;
    bool any;
    if (s->output.format->labels == LABELS_NONE || s->bag.given)
        return true; /* a bag has no token */
    if (!source_labels(from, &any, err))
        return false;
    if (!any)
        return true;
    o->beyond = from->beyond;
    if (s->output.format->labels == LABELS_STORED)
        tokvec_vocab_set_raw(from->vocab, true);
    o->what.label = label_of;
    o->what.label_context = o;
    return true;
}

static void add_fact(result *what, const char *name, const char *text, bool is_number)
{
    what->source[what->source_count++] = (fact){name, text, is_number};
}

/* Where the rows came from, as texts. */
static void describe_source(output *o, const provenance *origin)
{
    result *what = &o->what;
    if (origin->file != NULL) {
        add_fact(what, "file", origin->file, false);
        if (origin->tensor[0] != '\0')
            add_fact(what, "tensor", origin->tensor, false);
        return;
    }
    bool negative;
    uint64_t number;
    if (origin->seed != NULL)
        add_fact(what, "seed", origin->seed, option_integer(origin->seed, &negative, &number));
    snprintf(o->numbers[0], sizeof o->numbers[0], "%llu", (unsigned long long)origin->vocab_size);
    add_fact(what, "vocab_size", o->numbers[0], true);
    snprintf(o->numbers[1], sizeof o->numbers[1], "%llu", (unsigned long long)origin->dim);
    add_fact(what, "dim", o->numbers[1], true);
    if (origin->has_padding_idx) {
        snprintf(o->numbers[2], sizeof o->numbers[2], "%lld", (long long)origin->padding_idx);
        add_fact(what, "padding_idx", o->numbers[2], true);
    }
    for (size_t i = 0; i < SEED_OPTION_COUNT; i++) {
        const option_spec *option;
        const char *value = group_seed_value(&o->options->table, i, &option);
        if (value != NULL && option != &group_seed_seed)
            add_fact(what, option == &group_seed_jax_key ? "jax_key" : option->name,
                     option->kind == OPTION_FLAG ? "true" : value, option->kind == OPTION_FLAG);
    }
}

/* What was made of the rows. */
static void describe_bags(output *o)
{
    const settings *s = o->options;
    add_fact(&o->what, "bag", group_bag_name(&s->bag), false);
    if (s->table.weights == NULL || !s->table.has_padding_idx)
        return; /* of a seeded table it has been said */
    snprintf(o->numbers[3], sizeof o->numbers[3], "%lld", (long long)s->table.padding_idx);
    add_fact(&o->what, "padding_idx", o->numbers[3], true);
}

/* Whether the table is the weight of a layer that PyTorch makes, so that what comes of it has a
 * gradient; others are as from_pretrained() makes layers of them. */
static bool is_layer(const source *from)
{
    const char *rng = from->options->table.drawn.rng;
    return from->weights == NULL && (rng == NULL || strcmp(rng, rng_torch.name) == 0);
}

static void describe_positions(output *o, const selection *which)
{
    add_fact(&o->what, "positions", which->positions, false);
    if (which->first_position == 0)
        return;
    snprintf(o->numbers[4], sizeof o->numbers[4], "%llu",
             (unsigned long long)which->first_position);
    add_fact(&o->what, "position_offset", o->numbers[4], true);
}

/* Fills in what the writer is told. */
static void describe(output *o, const source *from, const selection *which)
{
    const settings *s = o->options;
    result *what = &o->what;
    tokvec_dtype dtype =
        s->output.as != TOKVEC_NO_DTYPE ? s->output.as : tokvec_table_dtype(o->table);
    if (s->output.format->accepts != NULL)
        dtype = s->output.format->accepts(dtype);
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
    if (which->bags == NULL) {
        what->shown = shown_id;
        what->shown_context = o;
    }
    what->members = which->members;
    what->members_context = which->members_context;
    describe_source(o, &from->origin);
    if (s->bag.given)
        describe_bags(o);
    if (which->sums != NULL)
        describe_positions(o, which);
    what->options = s->print.options;
    what->is_parameter = which->is_weight && tokvec_dtype_is_float(dtype);
    if (is_layer(from))
        what->suffix = which->is_weight      ? "requires_grad=True"
                       : which->bags != NULL ? "grad_fn=<EmbeddingBagBackward0>"
                       : which->sums != NULL ? "grad_fn=<AddBackward0>"
                                             : "grad_fn=<EmbeddingBackward0>";
}

static void release(output *o)
{
    pump_close(&o->pump);
    writer_close(o->writer);
}

/* Rows that lie in a file need not pass through here. */
static void lend_file(output *o)
{
    int fd;
    const void *data;
    size_t size;
    if (table_file(o->table, &fd, &data, &size))
        sink_lend(&o->out, fd, data, size);
}

/* Begins to print. The pump first: without memory for a row there shall not be half an output. */
static bool begin(output *o, uint64_t work, tokvec_error *err)
{
    const settings *s = o->options;
    o->writer = writer_open(s->output.format, &o->out, &o->what, err);
    if (o->writer == NULL)
        return false;
    print_rows_init(&o->printing, o->writer);
    o->product = (onehot){o->table, 0};
    const row_reader by_onehot = {.read = onehot_read, .context = &o->product};
    const pump_spec spec = {.table = o->table,
                            .reader = s->ids.onehot ? &by_onehot : NULL,
                            .to = &o->printing.base,
                            .rows = o->what.rows,
                            .work = work,
                            .threads = s->common.threads};
    if (!pump_open(&o->pump, &spec, err) || !s->output.format->begin(o->writer, err))
        return false;
    o->printing.base.enough = o->out.failed;
    return true;
}

bool output_open(output *o, const settings *s, source *from, const selection *which,
                 tokvec_error *err)
{
    *o = (output){.beyond = -1,
                  .options = s,
                  .table = which->bags != NULL   ? which->bags
                           : which->sums != NULL ? which->sums
                                                 : from->table,
                  .from = from,
                  .token = which->token,
                  .token_context = which->token_context};
    describe(o, from, which);
    if (!describe_labels(o, from, err) || !group_output_open(&o->out, &s->output, err))
        return false;
    lend_file(o);
    if (begin(o, which->work, err))
        return true;
    sink_abandon(&o->out);
    release(o);
    return false;
}

bool output_rows(output *o, const id_list *list, tokvec_error *err)
{
    return pump_rows(&o->pump, list, err);
}

static void warn(const output *o)
{
    if (o->beyond >= 0)
        notice("warning: the vocabulary has token IDs up to %lld, the table has only %llu rows",
               (long long)o->beyond, (unsigned long long)tokvec_table_rows(o->table));
    if (o->writer->nulls > 0)
        notice("warning: %llu value%s nan or infinite, which JSON does not have: null instead",
               (unsigned long long)o->writer->nulls, o->writer->nulls == 1 ? " is" : "s are");
    if (o->product.changed > 0)
        notice("warning: by multiplication %llu row%s differ%s from the table, because of nan, "
               "infinities or negative zeros in it",
               (unsigned long long)o->product.changed, o->product.changed == 1 ? "" : "s",
               o->product.changed == 1 ? "s" : "");
}

bool output_close(output *o, bool good, tokvec_error *err)
{
    /* What end() prints may lie in the file. */
    good = good && o->options->output.format->end(o->writer, err) &&
           tokvec_table_intact(o->table, err);
    if (good) {
        good = sink_commit(&o->out, err);
        if (good)
            warn(o);
    } else {
        if (o->options->output.format->streams && o->options->output.path == NULL)
            sink_flush(&o->out);
        sink_abandon(&o->out);
    }
    release(o);
    return good;
}
