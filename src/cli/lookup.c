/* lookup.c - the command lookup: the vectors of token IDs.
 * IDs come from the arguments, or else from a file or standard input. If the format streams,
 * rows go out as IDs come in.
 * SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/bags.h"
#include "cli/group_bag.h"
#include "cli/group_positions.h"
#include "cli/output.h"
#include "cli/positions.h"
#include "cli/sentences.h"
#include "cli/standard_input.h"
#include "cli/text_input.h"
#include "cli/wanted.h"

#include <stdlib.h>

/* A lookup under way. */
typedef struct lookup {
    const settings *options;
    source from;
    wanted wanted;
    positions positions; /* that are added to the rows, if so */
    text_input text;
} lookup;

/* ---------------------------------------------------------------- IDs from text */

static bool open_text(lookup *l, tokvec_error *err)
{
    if (!text_input_open(&l->text, l->options->ids.input, "token IDs", err))
        return false;
    wanted_start(&l->wanted, l->text.name);
    return true;
}

static bool parse_text(lookup *l, tokvec_error *err)
{
    bool more = true;
    while (more) {
        if (!wanted_read(&l->wanted, &l->text, &more, err))
            return false;
    }
    return true;
}

/* ---------------------------------------------------------------- the command */

/* All IDs are there: they have a shape. */
static bool print_all(lookup *l, tokvec_error *err)
{
    uint64_t shape[IDS_MAX_DEPTH + 1] = {0};
    wanted_compare(&l->wanted);
    selection which = {.list = &l->wanted.list, .shape = shape};
    if (l->options->output.format->streams || l->options->output.format->flat)
        shape[which.ndim++] =
            l->wanted.list.count; /* no matter which, so it need not be a rectangle */
    else if (!ids_shape(&l->wanted.parser, shape, &which.ndim, err))
        return false;
    output o;
    if (!positions_select(&l->positions, false, &which, err) ||
        !output_open(&o, l->options, &l->from, &which, err))
        return false;
    return output_close(&o, positions_print(&l->positions, &o, err), err);
}

/* The rows of each piece of text go out before the next one is read, so that whoever waits for
 * answers before asking on gets them. */
static bool print_stream(lookup *l, tokvec_error *err)
{
    output o;
    selection which = {.list = NULL};
    if (!positions_select(&l->positions, true, &which, err) ||
        !output_open(&o, l->options, &l->from, &which, err))
        return false;
    bool good = true;
    for (bool more = true; good && more && sink_flush(&o.out);) {
        tokvec_error later;
        good = wanted_read(&l->wanted, &l->text, &more, &later);
        wanted_compare(&l->wanted);
        /* Also after a bad ID: those before it are in the list. */
        bool printed = positions_print(&l->positions, &o, err);
        positions_drop(&l->positions);
        id_list_clear(&l->wanted.list);
        if (printed && !good && err != NULL)
            *err = later;
        good = good && printed;
    }
    return output_close(&o, good, err);
}

static bool run(lookup *l, tokvec_error *err)
{
    const settings *s = l->options;
    if (!wanted_ready(&l->wanted, err) ||
        !positions_open(&l->positions, s, &l->from, &l->wanted, err))
        return false;
    if (s->bag.is_sentence)
        return sentences_print(s, &l->from, &l->text, err);
    if (s->bag.given)
        return bags_print(s, &l->from, &l->wanted, &l->text, err);
    if (s->operand_count > 0)
        return wanted_operands(&l->wanted, s->operands, s->operand_count, err) && print_all(l, err);
    if (!open_text(l, err))
        return false;
    if (s->output.format->streams)
        return print_stream(l, err);
    return parse_text(l, err) && print_all(l, err);
}

static bool lookup_run(const settings *s, tokvec_error *err)
{
    if (s->operand_count > 0 && s->ids.input != NULL) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "token IDs come from the arguments and from --input");
        error_where(err, "argument %u", s->operands[0].number);
        return error_hint(err, "choose one of the two");
    }
    bool reads = s->operand_count == 0 && s->ids.input == NULL;
    if ((reads && !standard_input_take(NULL, "token IDs", err)) || !bags_check(s, err) ||
        !positions_check(s, err))
        return false;
    lookup *l = calloc(1, sizeof *l); /* too large for the stack */
    if (l == NULL)
        return error_no_memory(err, sizeof *l);
    l->options = s;
    l->text.fd = -1;
    bool good = source_open(&l->from, s, err);
    if (good) {
        wanted_init(&l->wanted, s, &l->from);
        good = run(l, err) && source_save_state(&l->from, err);
        positions_close(&l->positions);
        wanted_free(&l->wanted);
        source_close(&l->from);
        text_input_close(&l->text);
    }
    free(l);
    return good;
}

static const option_list lists[] = {table_options,  ids_options,  bag_options,   positions_options,
                                    output_options, text_options, state_options, thread_options,
                                    common_options, NULL};

const command lookup_command = {
    .name = "lookup",
    .operands = "[ID|TOKEN]...",
    .summary = "print the vectors of token IDs or tokens (the default command)",
    .about =
        "Without IDs, reads them from standard input. Without -w, uses a table that is seeded\n"
        "as torch.manual_seed(" TEXT_OF(NOTEBOOK_SEED) ") seeds torch.nn.Embedding(" TEXT_OF(
            NOTEBOOK_VOCAB_SIZE) ", " TEXT_OF(NOTEBOOK_DIM) ").\n",
    .options = lists,
    .run = lookup_run,
};
