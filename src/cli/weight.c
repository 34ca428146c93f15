/* weight.c - the command weight: the whole matrix.
 * SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/output.h"

static bool print_all(const settings *s, source *from, const id_list *all, tokvec_error *err)
{
    const uint64_t rows[] = {all->count};
    selection which = {.list = all, .ndim = 1, .shape = rows, .is_weight = true};
    if (from->tensor != NULL && from->tensor->ndim > 2) {
        which.ndim = from->tensor->ndim - 1;
        which.shape = from->tensor->shape;
    }
    output o;
    if (!output_open(&o, s, from, &which, err))
        return false;
    return output_close(&o, output_rows(&o, all, err), err);
}

static bool weight_run(const settings *s, tokvec_error *err)
{
    if (s->operand_count > 0) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "'tokvec weight' prints the whole matrix, not '%s'",
                  s->operands[0].text);
        error_where(err, "argument %u", s->operands[0].number);
        return error_hint(err, "leave out 'weight' to look up token IDs, name files with -w");
    }
    source from;
    if (!source_open(&from, s, err))
        return false;
    id_list all = {0};
    bool good = id_list_add_range(&all, 0, tokvec_table_rows(from.table), err) &&
                print_all(s, &from, &all, err) && source_save_state(&from, err);
    id_list_free(&all);
    source_close(&from);
    return good;
}

static const option_list lists[] = {table_options, label_options,  output_options, text_options,
                                    state_options, thread_options, common_options, NULL};

const command weight_command = {
    .name = "weight",
    .operands = "",
    .summary = "print the whole weight matrix",
    .options = lists,
    .run = weight_run,
};
