/* bags.c - a lookup that makes one vector of several rows.
 * See bags.h. Bags are the rows of a table of their own, which goes to the output as any other.
 * SPDX-License-Identifier: MIT */
#include "cli/bags.h"

#include "cli/group_bag.h"
#include "cli/output.h"
#include "measure/bag_table.h"

/* A lookup of bags under way. */
typedef struct bags_lookup {
    const settings *options;
    source *from;
    wanted *wanted;
    text_input *text;
    ids_bags bags;
    tokvec_table *table; /* of bags */
} bags_lookup;

/* ---------------------------------------------------------------- options */

static bool clash(tokvec_error *err, const char *what, const char *hint)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "%s", what);
    return error_hint(err, "%s", hint);
}

bool bags_check(const settings *s, tokvec_error *err)
{
    if (!s->bag.given)
        return !s->bag.weighted || clash(err, "--per-sample-weights needs bags", "add --bag sum");
    if (s->bag.is_sentence && s->ids.all_ids)
        return clash(err, "--bag sentence takes words, not IDs", "leave out --ids");
    if (s->bag.is_sentence && s->table.has_padding_idx)
        return clash(err, "--bag sentence has no padding", "leave out --padding-idx");
    if (s->bag.is_sentence && s->ids.vocab != NULL)
        return clash(err, "--bag sentence takes the model's own words", "leave out --vocab");
    if (s->ids.onehot)
        return clash(err, "--onehot and --bag do not go together", "choose one of the two");
    if (s->bag.weighted && (s->bag.is_sentence || s->bag.mode != BAG_SUM)) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "--per-sample-weights does not go with --bag %s",
                  group_bag_name(&s->bag));
        return error_hint(err, "as in nn.EmbeddingBag, only a sum has weights: --bag sum");
    }
    return true;
}

/* The row that stands for padding. */
static bool find_padding(const bags_lookup *l, bag_spec *spec, tokvec_error *err)
{
    const table_settings *t = &l->options->table;
    const tokvec_table *table = l->from->table;
    int64_t id = t->padding_idx;
    spec->padded = t->has_padding_idx;
    if (!spec->padded)
        return true;
    if (id < 0 && !tokvec_table_has_ids(table))
        id += (int64_t)tokvec_table_rows(table);
    if (tokvec_table_find(table, id, &spec->padding))
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "--padding-idx %lld is out of range",
              (long long)t->padding_idx);
    return error_hint(err, "%s", l->from->range_hint);
}

/* ---------------------------------------------------------------- printing */

/* result.members; context is the lookup. */
static uint64_t list_members(const void *context, int64_t number, uint64_t first, size_t n,
                             int64_t *out)
{
    const bags_lookup *l = context;
    uint64_t begin, end;
    bag_list_range(&l->bags.list, (uint64_t)number, &begin, &end);
    uint64_t count = end - begin, left = first < count ? count - first : 0;
    n = left < n ? (size_t)left : n;
    id_list_get(&l->bags.list.ids, begin + first, n, out);
    for (size_t i = 0; i < n; i++) {
        if (!source_id(l->from, out[i], &out[i]))
            out[i] = -1;
    }
    return count;
}

/* How many rows a bag takes, on average, or is guessed to take. */
static uint64_t rows_a_bag(const bag_list *list, bool complete)
{
    enum { GUESS = 16 };
    if (!complete)
        return GUESS;
    return list->count == 0 ? 1 : list->ids.count / list->count + 1;
}

static bool open_output(const bags_lookup *l, const id_list *numbers, output *o, tokvec_error *err)
{
    uint64_t shape[] = {numbers == NULL ? 0 : numbers->count};
    const selection which = {.list = numbers,
                             .shape = shape,
                             .ndim = numbers == NULL ? 0 : 1,
                             .bags = l->table,
                             .members = list_members,
                             .members_context = l,
                             .work = rows_a_bag(&l->bags.list, numbers != NULL)};
    return output_open(o, l->options, l->from, &which, err);
}

/* Fills a list with the numbers of the complete bags. */
static bool number_bags(bags_lookup *l, id_list *numbers, tokvec_error *err)
{
    bag_table_renew(l->table);
    return id_list_add_range(numbers, (int64_t)l->bags.list.first, l->bags.list.count, err);
}

static bool print_all(bags_lookup *l, tokvec_error *err)
{
    id_list numbers = {0};
    output o;
    wanted_compare(l->wanted);
    bool good = number_bags(l, &numbers, err) && open_output(l, &numbers, &o, err) &&
                output_close(&o, output_rows(&o, &numbers, err), err);
    id_list_free(&numbers);
    return good;
}

/* The complete bags go out. Of a long open one, IDs that are printed nowhere need not stay. */
static bool print_complete(bags_lookup *l, output *o, tokvec_error *err)
{
    enum { LONG = 1 << 16 };
    id_list numbers = {0};
    bag_list *list = &l->bags.list;
    bool good =
        number_bags(l, &numbers, err) && output_rows(o, &numbers, err) && bag_list_drop(list, err);
    if (good && list->ids.count > LONG && !l->options->output.format->members)
        good = bag_table_absorb(l->table, list, err);
    id_list_free(&numbers);
    return good;
}

/* As lookup's rows, bags go out before more text is waited for. */
static bool print_stream(bags_lookup *l, tokvec_error *err)
{
    output o;
    if (!open_output(l, NULL, &o, err))
        return false;
    bool good = true;
    for (bool more = true; good && more && sink_flush(&o.out);) {
        tokvec_error later;
        good = wanted_read(l->wanted, l->text, &more, &later);
        wanted_compare(l->wanted);
        bool printed = print_complete(l, &o, err); /* also those before a bad ID */
        if (printed && !good && err != NULL)
            *err = later;
        good = good && printed;
    }
    return output_close(&o, good, err);
}

static bool print_text(bags_lookup *l, tokvec_error *err)
{
    if (!text_input_open(l->text, l->options->ids.input, "token IDs", err))
        return false;
    wanted_start(l->wanted, l->text->name);
    if (l->options->output.format->streams)
        return print_stream(l, err);
    for (bool more = true; more;) {
        if (!wanted_read(l->wanted, l->text, &more, err))
            return false;
    }
    return print_all(l, err);
}

bool bags_print(const settings *s, source *from, wanted *w, text_input *text, tokvec_error *err)
{
    bags_lookup l = {.options = s, .from = from, .wanted = w, .text = text};
    bag_spec spec = {.mode = s->bag.mode, .weighted = s->bag.weighted};
    if (!find_padding(&l, &spec, err))
        return false;
    l.table = bag_table(from->table, &spec, &l.bags.list, err);
    if (l.table == NULL)
        return false;
    l.bags.weighted = spec.weighted;
    l.bags.weigh = bag_weight;
    l.bags.dtype = tokvec_table_dtype(l.table);
    w->bags = &l.bags;
    bool good = s->operand_count > 0
                    ? wanted_operands(w, s->operands, s->operand_count, err) && print_all(&l, err)
                    : print_text(&l, err);
    w->bags = NULL;
    tokvec_table_close(l.table);
    bag_list_free(&l.bags.list);
    return good;
}
