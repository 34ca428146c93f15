/* list.c - the command list: the tensors of a weights file or a model's folder.
 * As a table in which the one that lookup would take is marked, or as JSON; with --tokens, the
 * token strings instead.
 * SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/metadata.h"
#include "cli/source.h"
#include "print/cell.h"
#include "print/delimited.h"
#include "text/put.h"

#include <stddef.h>
#include <stdio.h>

enum { SHAPE_ROOM = 16 + RESULT_MAX_NDIM * 24 };

/* "[50257, 768]" */
static void shape_text(const tokvec_tensor *tensor, char *out)
{
    size_t length = (size_t)snprintf(out, SHAPE_ROOM, "[");
    for (unsigned i = 0; i < tensor->ndim && length < SHAPE_ROOM; i++)
        length += (size_t)snprintf(out + length, SHAPE_ROOM - length, "%s%llu", i == 0 ? "" : ", ",
                                   (unsigned long long)tensor->shape[i]);
    if (length < SHAPE_ROOM)
        snprintf(out + length, SHAPE_ROOM - length, "]");
}

/* The settings, with what only this command is asked for. */
typedef struct list_settings {
    settings shared;
    bool tokens;   /* list these instead */
    bool metadata; /* list it too */
} list_settings;

static const list_settings *settings_of_list(const settings *s)
{
    return (const list_settings *)s;
}

/* What is listed. */
typedef struct listing {
    const char *path;
    tokvec_weights *weights;
    const tokvec_tensor *chosen; /* by lookup without -t; NULL: none */
    bool several;                /* files */
} listing;

/* ---------------------------------------------------------------- as a table */

enum { NAME, DTYPE, SHAPE, BYTES, OFFSET, FILE_NAME, COLUMN_COUNT };
static const char *const titles[COLUMN_COUNT] = {"NAME",  "DTYPE",  "SHAPE",
                                                 "BYTES", "OFFSET", "FILE"};

/* The cells of a row of the table; those that are texts of the file's are borrowed. */
typedef struct row {
    const char *cells[COLUMN_COUNT];
    char shape[SHAPE_ROOM], bytes[24], offset[24];
} row;

static void make_row(row *r, const tokvec_tensor *t)
{
    shape_text(t, r->shape);
    snprintf(r->bytes, sizeof r->bytes, "%llu", (unsigned long long)t->bytes);
    snprintf(r->offset, sizeof r->offset, "%llu", (unsigned long long)t->offset);
    r->cells[NAME] = t->name;
    r->cells[DTYPE] = t->dtype_name;
    r->cells[SHAPE] = r->shape;
    r->cells[BYTES] = r->bytes;
    r->cells[OFFSET] = r->offset;
    const char *slash = strrchr(t->file, '/');
    r->cells[FILE_NAME] = slash == NULL ? t->file : slash + 1;
}

static void pad(sink *out, size_t n)
{
    for (; n > 0; n--)
        sink_text(out, " ");
}

/* A cell that is longer sticks out of its column instead of widening it for all. */
enum { COLUMN_MAX = 100 };

static void pad_to(sink *out, size_t column, size_t width)
{
    pad(out, width < column ? column - width : 0);
}

static void print_row(sink *out, const char *const *cells, const size_t *widths, int columns)
{
    for (int c = 0; c < columns; c++) {
        size_t width = cell_write(NULL, cells[c], SIZE_MAX);
        bool right = c == BYTES || c == OFFSET;
        if (right)
            pad_to(out, widths[c], width);
        cell_write(out, cells[c], SIZE_MAX);
        if (c + 1 < columns)
            pad_to(out, widths[c] + 2, right ? widths[c] : width < widths[c] ? width : widths[c]);
    }
    sink_text(out, "\n");
}

static void print_table(sink *out, const listing *l)
{
    size_t widths[COLUMN_COUNT];
    size_t count = tokvec_weights_count(l->weights);
    int columns = l->several ? COLUMN_COUNT : FILE_NAME;
    row r;
    for (int c = 0; c < columns; c++)
        widths[c] = strlen(titles[c]);
    for (size_t i = 0; i < count; i++) {
        make_row(&r, tokvec_weights_tensor(l->weights, i));
        for (int c = 0; c < columns; c++) {
            size_t width = cell_write(NULL, r.cells[c], SIZE_MAX);
            width = width < COLUMN_MAX ? width : COLUMN_MAX;
            widths[c] = width > widths[c] ? width : widths[c];
        }
    }
    sink_text(out, "  ");
    print_row(out, titles, widths, columns);
    for (size_t i = 0; i < count; i++) {
        const tokvec_tensor *t = tokvec_weights_tensor(l->weights, i);
        make_row(&r, t);
        sink_text(out, t == l->chosen ? "* " : "  ");
        print_row(out, r.cells, widths, columns);
    }
}

/* ---------------------------------------------------------------- as JSON */

static void print_tensor(sink *out, const tokvec_tensor *t, const listing *l)
{
    char shape[SHAPE_ROOM];
    sink_text(out, "{\"name\": ");
    put_json_string(out, t->name);
    sink_text(out, ", \"dtype\": ");
    put_json_string(out, t->dtype_name);
    sink_text(out, ", \"shape\": ");
    shape_text(t, shape);
    sink_text(out, shape);
    sink_text(out, ", \"bytes\": ");
    put_uint(out, t->bytes);
    sink_text(out, ", \"offset\": ");
    put_uint(out, t->offset);
    if (l->several) {
        sink_text(out, ", \"file\": ");
        put_json_string(out, t->file);
    }
    sink_text(out, t == l->chosen ? ", \"chosen\": true}" : ", \"chosen\": false}");
}

static bool print_json(sink *out, const listing *l, bool metadata, tokvec_error *err)
{
    sink_text(out, "{\"file\": ");
    put_json_string(out, l->path);
    sink_text(out, ",\n \"format\": ");
    put_json_string(out, tokvec_weights_format(l->weights));
    sink_text(out, ",\n \"tensors\": [");
    for (size_t i = 0; i < tokvec_weights_count(l->weights); i++) {
        sink_text(out, i == 0 ? "\n  " : ",\n  ");
        print_tensor(out, tokvec_weights_tensor(l->weights, i), l);
    }
    sink_text(out, "]");
    bool good = true;
    if (metadata) {
        sink_text(out, ",\n \"metadata\": ");
        good = metadata_json(out, l->weights, err);
    }
    sink_text(out, "}\n");
    return good;
}

/* ---------------------------------------------------------------- token strings */

/* A token a line: its ID, a tab, the token as the format tsv writes it; or as JSON. */
static bool print_tokens(sink *out, tokvec_vocab *vocab, const char *path, bool json,
                         tokvec_error *err)
{
    uint64_t count = tokvec_vocab_count(vocab);
    if (json) {
        sink_text(out, "{\"file\": ");
        put_json_string(out, path);
        sink_text(out, ",\n \"tokens\": [");
    }
    for (uint64_t i = 0; i < count && !out->failed; i++) {
        int64_t id;
        tokvec_text token;
        if (!tokvec_vocab_token(vocab, i, &id, &token, err))
            return false;
        if (json)
            sink_text(out, i == 0 ? "\n  {\"id\": " : ",\n  {\"id\": ");
        put_int(out, id);
        if (json) {
            sink_text(out, ", \"token\": ");
            put_json_text(out, token.bytes, token.length);
            sink_text(out, "}");
        } else {
            sink_text(out, "\t");
            delimited_tsv(out, token);
            sink_text(out, "\n");
        }
    }
    if (json)
        sink_text(out, "]}\n");
    return true;
}

static bool list_tokens(const settings *s, const char *path, tokvec_error *err)
{
    tokvec_vocab *vocab = tokvec_vocab_open(path, err);
    if (vocab == NULL)
        return false;
    tokvec_vocab_set_raw(vocab, s->ids.raw_tokens);
    sink out;
    bool good = sink_open(&out, s->output.path, err);
    if (good) {
        good = print_tokens(&out, vocab, path, s->output.format == &json_format, err);
        if (good)
            good = sink_commit(&out, err);
        else
            sink_abandon(&out);
    }
    tokvec_vocab_close(vocab);
    return good;
}

/* ---------------------------------------------------------------- the command */

static bool check_settings(const settings *s, tokvec_error *err)
{
    if (s->operand_count != 1) {
        error_set(err, TOKVEC_BAD_ARGUMENT,
                  s->operand_count == 0 ? "'tokvec list' needs a weights file"
                                        : "'tokvec list' takes one file");
        if (s->operand_count > 1)
            error_where(err, "argument %u", s->operands[1].number);
        return error_hint(err, "write tokvec list FILE");
    }
    if (s->output.format == &text_format || s->output.format == &json_format)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "'tokvec list' does not have the format '%s'",
              s->output.format->name);
    if (s->output.path != NULL)
        error_where(err, "%s", s->output.path);
    return error_hint(err, "choose text or json");
}

static bool print_listing(const settings *s, const listing *l, tokvec_error *err)
{
    sink out;
    bool good = true;
    if (!sink_open(&out, s->output.path, err))
        return false;
    if (s->output.format == &json_format) {
        good = print_json(&out, l, settings_of_list(s)->metadata, err);
    } else {
        print_table(&out, l);
        if (settings_of_list(s)->metadata) {
            sink_text(&out, "\n");
            good = metadata_lines(&out, l->weights, err);
        }
    }
    if (good)
        return sink_commit(&out, err);
    sink_abandon(&out);
    return false;
}

static bool list_run(const settings *s, tokvec_error *err)
{
    if (!check_settings(s, err))
        return false;
    listing l = {.path = s->operands[0].text};
    if (settings_of_list(s)->tokens)
        return list_tokens(s, l.path, err);
    const tokvec_file_spec spec = source_spec(s);
    l.weights = tokvec_weights_open_as(l.path, &spec, err);
    if (l.weights == NULL)
        return false;
    bool good = tokvec_weights_complete(l.weights, err);
    if (good) {
        l.chosen = tokvec_weights_embedding(l.weights, NULL);
        for (size_t i = 1; i < tokvec_weights_count(l.weights); i++)
            l.several |= strcmp(tokvec_weights_tensor(l.weights, 0)->file,
                                tokvec_weights_tensor(l.weights, i)->file) != 0;
        good = print_listing(s, &l, err);
    }
    tokvec_weights_close(l.weights);
    return good;
}

static const option_spec tokens = {
    .name = "tokens",
    .kind = OPTION_FLAG,
    .help = "list the token strings of a model or vocabulary",
    .place = offsetof(list_settings, tokens),
};

static option_word format_word(size_t index)
{
    static const option_word words[] = {
        {"text", "a table, in which * marks the tensor that lookup takes"},
        {"json", "one object"},
        {NULL, NULL},
    };
    return words[index];
}

static const option_spec format = {
    .name = "format",
    .letter = 'f',
    .kind = OPTION_WORD,
    .argument = "F",
    .help = "output format, see below",
    .set = group_output_set_format,
    .word = format_word,
};
static const option_spec metadata = {
    .name = "metadata",
    .kind = OPTION_FLAG,
    .help = "also what the file says beside its tensors",
    .place = offsetof(list_settings, metadata),
};

static const option_spec *const own_options[] = {&tokens,        &raw_tokens_option, &format,
                                                 &output_option, &metadata,          NULL};
static const option_list lists[] = {bare_options, own_options, common_options, NULL};

const command list_command = {
    .name = "list",
    .operands = "FILE",
    .summary = "list the tensors in a weights file, or its tokens",
    .options = lists,
    .size = sizeof(list_settings),
    .run = list_run,
};
