/* stats_query.c - the rows that stats is asked about.
 * See stats.h.
 * SPDX-License-Identifier: MIT */
#include "cli/stats.h"

#include "cli/text_input.h"
#include "rows/pump.h"

static bool read_text(stats_query *q, tokvec_error *err)
{
    text_input text;
    if (!text_input_open(&text, q->options->shared.ids.input, "token IDs", err))
        return false;
    wanted_start(&q->wanted, text.name);
    bool good = true;
    for (bool more = true; good && more;)
        good = wanted_read(&q->wanted, &text, &more, err);
    text_input_close(&text);
    return good;
}

static bool find_rows(stats_query *q, tokvec_error *err)
{
    const settings *s = &q->options->shared;
    if (!wanted_ready(&q->wanted, err))
        return false;
    if (s->operand_count > 0)
        return wanted_operands(&q->wanted, s->operands, s->operand_count, err);
    return q->whole || read_text(q, err);
}

bool stats_query_open(stats_query *q, const stats_settings *s, tokvec_error *err)
{
    const settings *shared = &s->shared;
    q->options = s;
    q->whole = shared->operand_count == 0 && shared->ids.input == NULL;
    if (!source_open(&q->from, shared, err))
        return false;
    wanted_init(&q->wanted, shared, &q->from);
    if (find_rows(q, err) && source_labels(&q->from, &q->labels, err)) {
        wanted_compare(&q->wanted);
        return true;
    }
    stats_query_close(q);
    return false;
}

void stats_query_close(stats_query *q)
{
    wanted_free(&q->wanted);
    source_close(&q->from);
}

uint64_t stats_query_rows(const stats_query *q)
{
    return q->whole ? tokvec_table_rows(q->from.table) : q->wanted.list.count;
}

int64_t stats_query_row(const stats_query *q, uint64_t place)
{
    int64_t row = (int64_t)place;
    if (!q->whole)
        id_list_get(&q->wanted.list, place, 1, &row);
    return row;
}

report_value stats_query_id(const stats_query *q, uint64_t place)
{
    int64_t id;
    return source_id(&q->from, stats_query_row(q, place), &id) ? report_integer(id) : report_null();
}

bool stats_query_pump(stats_query *q, consumer *to, tokvec_error *err)
{
    const pump_spec spec = {.table = q->from.table,
                            .to = to,
                            .rows = q->wanted.list.count,
                            .threads = q->options->shared.common.threads};
    if (q->whole)
        return pump_table(q->from.table, to, spec.threads, err);
    pump p;
    if (!pump_open(&p, &spec, err))
        return false;
    bool good = pump_rows(&p, &q->wanted.list, err);
    pump_close(&p);
    return good;
}
