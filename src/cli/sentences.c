/* sentences.c - a lookup that makes one vector of each sentence.
 * See sentences.h.
 * SPDX-License-Identifier: MIT */
#include "cli/sentences.h"

#include "cli/output.h"
#include "measure/sentence_table.h"
#include "table/table.h"

#include <string.h>

/* A lookup of sentences under way. */
typedef struct sentences_lookup {
    const settings *options;
    source *from;
    text_input *text;
    tokvec_table *table; /* of sentences */
} sentences_lookup;

static bool open_output(const sentences_lookup *l, const id_list *numbers, output *o,
                        tokvec_error *err)
{
    uint64_t shape[] = {numbers == NULL ? 0 : numbers->count};
    const selection which = {
        .list = numbers, .shape = shape, .ndim = numbers == NULL ? 0 : 1, .bags = l->table};
    return output_open(o, l->options, l->from, &which, err);
}

static bool number_sentences(const sentences_lookup *l, id_list *numbers, tokvec_error *err)
{
    return id_list_add_range(numbers, (int64_t)sentence_table_first(l->table),
                             sentence_table_count(l->table), err);
}

static bool print_all(const sentences_lookup *l, tokvec_error *err)
{
    id_list numbers = {0};
    output o;
    bool good = number_sentences(l, &numbers, err) && open_output(l, &numbers, &o, err) &&
                output_close(&o, output_rows(&o, &numbers, err), err);
    id_list_free(&numbers);
    return good;
}

/* Reads the next piece of text; *more tells whether the text goes on. */
static bool read_piece(sentences_lookup *l, bool *more, tokvec_error *err)
{
    if (!text_input_read(l->text, err))
        return false;
    *more = l->text->length > 0;
    return *more ? sentence_table_add(l->table, l->text->piece, l->text->length, err)
                 : sentence_table_end(l->table, err);
}

static bool print_stream(sentences_lookup *l, tokvec_error *err)
{
    output o;
    id_list numbers = {0};
    if (!open_output(l, NULL, &o, err))
        return false;
    bool good = true;
    for (bool more = true; good && more && sink_flush(&o.out);) {
        good = read_piece(l, &more, err) && number_sentences(l, &numbers, err) &&
               output_rows(&o, &numbers, err);
        sentence_table_drop(l->table);
        id_list_clear(&numbers);
    }
    id_list_free(&numbers);
    return output_close(&o, good, err);
}

static bool print_text(sentences_lookup *l, tokvec_error *err)
{
    if (!text_input_open(l->text, l->options->ids.input, "sentences", err))
        return false;
    if (l->options->output.format->streams)
        return print_stream(l, err);
    for (bool more = true; more;) {
        if (!read_piece(l, &more, err))
            return false;
    }
    return print_all(l, err);
}

/* The arguments as a line, as echo prints them. */
static bool take_operands(const sentences_lookup *l, tokvec_error *err)
{
    const settings *s = l->options;
    for (size_t i = 0; i < s->operand_count; i++) {
        const char *text = s->operands[i].text;
        if (!sentence_table_add(l->table, text, strlen(text), err) ||
            !sentence_table_add(l->table, i + 1 < s->operand_count ? " " : "\n", 1, err))
            return false;
    }
    return true;
}

bool sentences_print(const settings *s, source *from, text_input *text, tokvec_error *err)
{
    sentences_lookup l = {.options = s, .from = from, .text = text};
    if (!from->table->has_sentences) {
        error_set(err, TOKVEC_UNSUPPORTED, "only models of fastText make vectors of sentences");
        return error_hint(err, "--bag mean makes the mean of any table's rows");
    }
    l.table = sentence_table(from->table, err);
    if (l.table == NULL)
        return false;
    bool good =
        s->operand_count > 0 ? take_operands(&l, err) && print_all(&l, err) : print_text(&l, err);
    tokvec_table_close(l.table);
    return good;
}
