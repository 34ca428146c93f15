/* list.c - the command list: the tensors of a weights file or a model's folder.
 * As a table in which the one that lookup would take is marked, or as JSON; with --tokens, the
 * token strings instead.
 * SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/group_table.h"
#include "cli/metadata.h"
#include "cli/notice.h"
#include "cli/source.h"
#include "model/folder_files.h"
#include "model/packed_view.h"
#include "print/report.h"
#include "table/weights.h"
#include "text/put.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

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
    folder_files files;          /* of the folder, if one was opened */
    bool several;                /* files */
    packed_view *views;          /* of each tensor */
    bool packed;                 /* some tensor is */
    bool stored;                 /* dtypes and shapes are those of what is stored */
} listing;

/* ---------------------------------------------------------------- tensors */

enum {
    NAME,
    DTYPE,
    SHAPE,
    BYTES,
    OFFSET,
    FILE_NAME,
    KIND,
    DECODED,
    STORED_DTYPE,
    STORED_SHAPE,
    CHOSEN,
    FIELD_COUNT
};
static const report_field fields_of_one[FIELD_COUNT] = {
    [NAME] = {.name = "name"},
    [DTYPE] = {.name = "dtype"},
    [SHAPE] = {.name = "shape"},
    [BYTES] = {.name = "bytes", .flags = REPORT_RIGHT},
    [OFFSET] = {.name = "offset", .flags = REPORT_RIGHT},
    [FILE_NAME] = {.name = "file", .flags = REPORT_ONLY_TEXT | REPORT_NO_TEXT},
    [KIND] = {.name = "kind", .flags = REPORT_ONLY_TEXT | REPORT_NO_TEXT},
    [DECODED] = {.name = "decoded", .flags = REPORT_ONLY_TEXT | REPORT_NO_TEXT},
    [STORED_DTYPE] = {.name = "stored_dtype", .flags = REPORT_ONLY_TEXT | REPORT_NO_TEXT},
    [STORED_SHAPE] = {.name = "stored_shape", .flags = REPORT_ONLY_TEXT | REPORT_NO_TEXT},
    [CHOSEN] = {.name = "chosen", .flags = REPORT_MARK},
};

static bool is_text(const settings *s)
{
    return s->output.report == &report_text;
}

/* The index names it, but its file is not there. */
static bool is_absent(const tokvec_tensor *t)
{
    return t->dtype_name[0] == '\0';
}

/* Dtype and shape are those of the rows as the other commands have them. */
static void fill_packed(report_value *line, const packed_view *view, bool stored)
{
    bool is_packed = view->kind[0] != '\0';
    line[KIND] = report_text_of(is_packed ? view->kind : NULL);
    line[DECODED] = is_packed ? report_truth(view->decoded) : report_null();
    line[STORED_DTYPE] = line[DTYPE];
    line[STORED_SHAPE] = line[SHAPE];
    if (view->decoded && !stored) {
        line[DTYPE] = report_text_of(tokvec_dtype_name(view->dtype));
        line[SHAPE] = report_naturals(view->shape, 2);
    }
}

static void fill_line(report_value *line, const listing *l, size_t index, bool whole_path)
{
    const tokvec_tensor *t = tokvec_weights_tensor(l->weights, index);
    const char *slash = strrchr(t->file, '/');
    bool absent = is_absent(t), sized = !absent && t->bytes != TOKVEC_BYTES_UNKNOWN;
    line[NAME] = report_text_of(t->name);
    line[DTYPE] = report_text_of(absent ? NULL : t->dtype_name);
    line[SHAPE] = absent ? report_null() : report_naturals(t->shape, t->ndim);
    line[BYTES] = sized ? report_natural(t->bytes) : report_null();
    line[OFFSET] = absent ? report_null() : report_natural(t->offset);
    line[FILE_NAME] = report_text_of(slash == NULL || whole_path ? t->file : slash + 1);
    line[CHOSEN] = report_truth(t == l->chosen);
    fill_packed(line, &l->views[index], l->stored);
}

static bool print_tensors(const settings *s, const listing *l, sink *out, tokvec_error *err)
{
    report_field fields[FIELD_COUNT];
    memcpy(fields, fields_of_one, sizeof fields);
    if (l->several)
        fields[FILE_NAME].flags = 0;
    if (l->packed) {
        fields[KIND].flags = 0;
        fields[DECODED].flags = fields[STORED_DTYPE].flags = fields[STORED_SHAPE].flags =
            REPORT_NO_TEXT;
    }
    const report_spec spec = {.format = s->output.report,
                              .fields = fields,
                              .field_count = FIELD_COUNT,
                              .no_header = s->output.no_header,
                              .nested = true};
    report *r = report_open(&spec, out, err);
    bool good = r != NULL;
    for (size_t i = 0; good && i < tokvec_weights_count(l->weights); i++) {
        report_value line[FIELD_COUNT];
        fill_line(line, l, i, !is_text(s));
        good = report_line(r, line, err);
    }
    good = good && report_end(r, NULL, err);
    report_close(r);
    return good;
}

/* ---------------------------------------------------------------- files of a folder */

/* Which files were taken and which were left; of a folder. */
static bool print_files(const settings *s, const folder_files *files, sink *out, tokvec_error *err)
{
    static const report_field fields[] = {
        {.name = "file"}, {.name = "why"}, {.name = "taken", .flags = REPORT_MARK}};
    const report_spec spec = {.format = s->output.report,
                              .fields = fields,
                              .field_count = sizeof fields / sizeof *fields,
                              .no_header = s->output.no_header,
                              .nested = true};
    report *r = report_open(&spec, out, err);
    bool good = r != NULL;
    for (size_t i = 0; good && i < files->count; i++) {
        const folder_file *f = &files->files[i];
        const report_value line[] = {report_text_of(f->name), report_text_of(f->why),
                                     report_truth(f->taken)};
        good = report_line(r, line, err);
    }
    good = good && report_end(r, NULL, err);
    report_close(r);
    return good;
}

static bool print_object(const settings *s, const listing *l, sink *out, tokvec_error *err)
{
    sink_text(out, "{\"file\": ");
    put_json_string(out, l->path);
    sink_text(out, ",\n \"format\": ");
    put_json_string(out, tokvec_weights_format(l->weights));
    if (tokvec_weights_compression(l->weights) != NULL) {
        sink_text(out, ",\n \"compression\": ");
        put_json_string(out, tokvec_weights_compression(l->weights));
    }
    sink_text(out, ",\n \"tensors\": ");
    if (!print_tensors(s, l, out, err))
        return false;
    if (l->files.count > 0) {
        sink_text(out, ",\n \"files\": ");
        if (!print_files(s, &l->files, out, err))
            return false;
    }
    if (settings_of_list(s)->metadata) {
        sink_text(out, ",\n \"metadata\": ");
        if (!metadata_json(out, l->weights, err))
            return false;
    }
    sink_text(out, "}\n");
    return true;
}

static bool print_lines(const settings *s, const listing *l, sink *out, tokvec_error *err)
{
    if (!print_tensors(s, l, out, err))
        return false;
    if (is_text(s) && l->files.count > 0) {
        sink_text(out, "\n");
        if (!print_files(s, &l->files, out, err))
            return false;
    }
    if (!settings_of_list(s)->metadata)
        return true;
    sink_text(out, "\n");
    return metadata_lines(out, l->weights, err);
}

/* ---------------------------------------------------------------- token strings */

static bool print_tokens(report *r, tokvec_vocab *vocab, const sink *out, tokvec_error *err)
{
    uint64_t count = tokvec_vocab_count(vocab);
    for (uint64_t i = 0; i < count && !out->failed; i++) {
        int64_t id;
        tokvec_text token;
        if (!tokvec_vocab_token(vocab, i, &id, &token, err))
            return false;
        const report_value line[] = {report_integer(id), report_bytes(token)};
        if (!report_line(r, line, err))
            return false;
    }
    return true;
}

/* In text a token a line: its ID, a tab, the token as the format tsv writes it. */
static bool print_vocab(const settings *s, tokvec_vocab *vocab, sink *out, tokvec_error *err)
{
    static const report_field fields[] = {{.name = "id", .flags = REPORT_RIGHT}, {.name = "token"}};
    bool json = s->output.report == &report_json;
    const report_spec spec = {.format = is_text(s) ? &report_tsv : s->output.report,
                              .fields = fields,
                              .field_count = sizeof fields / sizeof *fields,
                              .no_header = is_text(s) || s->output.no_header,
                              .nested = true};
    if (json) {
        sink_text(out, "{\"file\": ");
        put_json_string(out, s->operands[0].text);
        sink_text(out, ",\n \"tokens\": ");
    }
    report *r = report_open(&spec, out, err);
    bool good = r != NULL && print_tokens(r, vocab, out, err) && report_end(r, NULL, err);
    report_close(r);
    if (json)
        sink_text(out, "}\n");
    return good;
}

static bool list_tokens(const settings *s, tokvec_error *err)
{
    tokvec_vocab *vocab = tokvec_vocab_open(s->operands[0].text, err);
    if (vocab == NULL)
        return false;
    tokvec_vocab_set_raw(vocab, s->ids.raw_tokens);
    sink out;
    bool good = group_output_open(&out, &s->output, err);
    if (good) {
        good = print_vocab(s, vocab, &out, err);
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
    if (!settings_of_list(s)->metadata || is_text(s) || s->output.report == &report_json)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "--metadata does not have the format '%s'",
              s->output.report->name);
    return error_hint(err, "choose text or json");
}

static bool print_listing(const settings *s, const listing *l, tokvec_error *err)
{
    sink out;
    if (!group_output_open(&out, &s->output, err))
        return false;
    bool good = s->output.report == &report_json ? print_object(s, l, &out, err)
                                                 : print_lines(s, l, &out, err);
    if (good)
        return sink_commit(&out, err);
    sink_abandon(&out);
    return false;
}

/* Learns what tensor `index` is. Of a model in several files only those have to be there that hold
 * what is wanted: a file that is not is told once, and its tensors are listed by name. */
static bool complete_tensor(listing *l, size_t index, bool *told, tokvec_error *err)
{
    tokvec_error why;
    if (weights_complete(l->weights, index, &why))
        return true;
    const char *file = tokvec_weights_tensor(l->weights, index)->file;
    if (!weights_is_index(l->weights) || access(file, F_OK) == 0 || errno != ENOENT) {
        if (err != NULL)
            *err = why;
        return false;
    }
    if (!*told)
        notice("warning: %s, which the index names, is not there", file);
    *told = true;
    return true;
}

static bool look_at_tensors(listing *l, tokvec_error *err)
{
    const size_t n = tokvec_weights_count(l->weights);
    bool told = false;
    l->views = calloc(n + 1, sizeof *l->views);
    if (l->views == NULL)
        return error_no_memory(err, n * sizeof *l->views);
    for (size_t i = 0; i < n; i++) {
        if (!complete_tensor(l, i, &told, err))
            return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (is_absent(tokvec_weights_tensor(l->weights, i)))
            continue;
        l->several |= strcmp(tokvec_weights_tensor(l->weights, 0)->file,
                             tokvec_weights_tensor(l->weights, i)->file) != 0;
        if (!packed_view_of(l->weights, i, &l->views[i], err))
            return false;
        l->packed |= l->views[i].kind[0] != '\0';
    }
    return true;
}

static bool list_run(const settings *s, tokvec_error *err)
{
    if (!check_settings(s, err))
        return false;
    listing l = {.path = s->operands[0].text, .stored = s->table.stored};
    if (settings_of_list(s)->tokens)
        return list_tokens(s, err);
    const tokvec_file_spec spec = source_spec(s);
    l.weights = source_weights(l.path, &spec, err);
    if (l.weights == NULL)
        return false;
    bool good = look_at_tensors(&l, err);
    if (good) {
        const char *by = tokvec_weights_compression(l.weights);
        if (by != NULL && is_text(s) && tokvec_weights_notice(l.weights) == NULL)
            notice("the file is compressed (%s)", by);
        l.chosen = tokvec_weights_embedding(l.weights, NULL);
        good = folder_files_list(l.weights, &l.files, err) && print_listing(s, &l, err);
        if (l.files.cut)
            notice("the folder has more files than are listed");
    }
    folder_files_free(&l.files);
    free(l.views);
    tokvec_weights_close(l.weights);
    return good;
}

static const option_spec tokens = {
    .name = "tokens",
    .kind = OPTION_FLAG,
    .help = "list the token strings of a model or vocabulary",
    .place = offsetof(list_settings, tokens),
};

static const option_spec metadata = {
    .name = "metadata",
    .kind = OPTION_FLAG,
    .help = "also what the file says beside its tensors",
    .place = offsetof(list_settings, metadata),
};

static const option_spec *const own_options[] = {&tokens, &raw_tokens_option, &metadata,
                                                 &stored_option, NULL};
static const option_list lists[] = {bare_options, own_options, report_options, common_options,
                                    NULL};

const command list_command = {
    .name = "list",
    .operands = "FILE",
    .operands_are_files = true,
    .summary = "list the tensors in a weights file, or its tokens",
    .about = "In text * marks the tensor that the other commands take.\n",
    .options = lists,
    .size = sizeof(list_settings),
    .run = list_run,
};
