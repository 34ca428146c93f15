/* stats.c - the command stats: what the numbers of a table are like.
 * SPDX-License-Identifier: MIT */
#include "cli/stats.h"

#include "cli/commands.h"
#include "cli/group_report.h"

#include <stddef.h>

static const stats_settings *settings_of_stats(const settings *s)
{
    return (const stats_settings *)s;
}

/* --all is about a whole file. */
static bool check_all(const settings *s, tokvec_error *err)
{
    if (s->operand_count > 0 || s->ids.input != NULL) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "--all is about tensors, not about some rows");
        if (s->operand_count > 0)
            error_where(err, "argument %u", s->operands[0].number);
        return error_hint(err, "leave out --all or the rows");
    }
    if (s->table.weights == NULL) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "--all needs a weights file");
        return error_hint(err, "name one with -w FILE");
    }
    if (s->table.tensor == NULL)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "--all is about all tensors, --tensor about one");
    return error_hint(err, "leave out one of them");
}

static bool stats_run(const settings *s, tokvec_error *err)
{
    const stats_settings *own = settings_of_stats(s);
    if (!stats_rows_check(own, err))
        return false;
    if (own->all)
        return check_all(s, err) && stats_of_tensors(own, err);
    if (s->operand_count > 0 && s->ids.input != NULL) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "rows come from the arguments and from --input");
        error_where(err, "argument %u", s->operands[0].number);
        return error_hint(err, "choose one of the two");
    }
    stats_query q;
    if (!stats_query_open(&q, own, err))
        return false;
    bool good = own->rows   ? stats_of_rows(&q, err)
                : own->hist ? stats_histogram(&q, err)
                            : stats_of_table(&q, err);
    stats_query_close(&q);
    return good;
}

static const option_spec all = {
    .name = "all",
    .kind = OPTION_FLAG,
    .help = "each tensor of the file or model, a line each",
    .place = offsetof(stats_settings, all),
};
static const option_spec finite = {
    .name = "finite",
    .kind = OPTION_FLAG,
    .help = "leave out NaN and infinite values",
    .place = offsetof(stats_settings, finite),
};

static const option_spec *const own_options[] = {&all, &finite, &stats_quantiles_option, NULL};
static const option_list lists[] = {
    table_options,  query_options,  own_options,    stats_rows_options,
    report_options, thread_options, common_options, NULL};

const command stats_command = {
    .name = "stats",
    .operands = "[ID|TOKEN]...",
    .summary = "tell what the numbers are like: of the table, of some rows, of each tensor",
    .about =
        "Figures are float64 and exact but for their last digit. std is that of torch.std (over\n"
        "n - 1); norm is of all values, as rms is, and norm_min to norm_max are of rows. A row of\n"
        "zeros is constant too; repeated rows have the same bytes as an earlier one. Rows that "
        "are\n"
        "asked for twice count twice.\n",
    .options = lists,
    .size = sizeof(stats_settings),
    .run = stats_run,
};
