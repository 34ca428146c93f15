/* digest.c - the command digest: the SHA-256 of a table's values.
 * One line a table, in the manner of sha256sum.
 * SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "base/same_file.h"
#include "cli/source.h"
#include "measure/digest.h"
#include "rows/pump.h"

#include <stdio.h>

/* ---------------------------------------------------------------- names */

/* A name is made of a few texts. sha256sum's way for names that a line cannot hold: a backslash
 * before the line, and \\, \n and \r in it. */
enum { NAME_PARTS = 3 };
typedef struct table_name {
    const char *part[NAME_PARTS];
} table_name;

static bool needs_escape(const table_name *name)
{
    for (size_t i = 0; i < NAME_PARTS; i++) {
        if (strpbrk(name->part[i], "\\\n\r") != NULL)
            return true;
    }
    return false;
}

static void print_part(const char *text, sink *out)
{
    for (; *text != '\0'; text++) {
        if (*text == '\\' || *text == '\n' || *text == '\r') {
            sink_char(out, '\\');
            sink_char(out, *text == '\n' ? 'n' : *text == '\r' ? 'r' : '\\');
        } else {
            sink_char(out, *text);
        }
    }
}

static void print_line(const char *hex, const table_name *name, sink *out)
{
    if (needs_escape(name))
        sink_char(out, '\\');
    sink_text(out, hex);
    sink_text(out, "  ");
    for (size_t i = 0; i < NAME_PARTS; i++)
        print_part(name->part[i], out);
    sink_char(out, '\n');
}

/* "123:6x3:float32"; a table that is drawn in another way is named by the options that make it. */
static void describe_seeded(const source *from, char *out, size_t size)
{
    const provenance *origin = &from->origin;
    const char *dtype = tokvec_dtype_name(tokvec_table_dtype(from->table));
    unsigned long long rows = origin->vocab_size, dim = origin->dim;
    if (origin->has_padding_idx)
        snprintf(out, size, "--seed %s -n %llu -d %llu --dtype %s --padding-idx %lld", origin->seed,
                 rows, dim, dtype, (long long)origin->padding_idx);
    else
        snprintf(out, size, "seed:%s:%llux%llu:%s", origin->seed, rows, dim, dtype);
}

static void print_digest(const settings *s, const source *from, const char *hex, sink *out)
{
    char seeded[200];
    if (from->weights == NULL) {
        describe_seeded(from, seeded, sizeof seeded);
        print_line(hex, &(table_name){{seeded, "", ""}}, out);
    } else {
        print_line(hex, &(table_name){{s->table.weights, ":", from->tensor->name}}, out);
    }
}

/* ---------------------------------------------------------------- digests */

static bool digest_table(const settings *s, source *from, sink *out, tokvec_error *err)
{
    digest d;
    char hex[SHA256_HEX + 1];
    if (!digest_begin(&d, from->table, err))
        return false;
    bool good = pump_table(from->table, &d.base, s->common.threads, err);
    if (!digest_end(&d, good ? hex : NULL, err) || !good)
        return false;
    print_digest(s, from, hex, out);
    sink_flush(out); /* the next one may take long, or fail */
    return true;
}

/* The table that the settings name. */
static bool digest_source(const settings *s, sink *out, tokvec_error *err)
{
    source from;
    if (!source_open(&from, s, err))
        return false;
    bool good = same_file_check(out->name, err) && digest_table(s, &from, out, err);
    source_close(&from);
    return good;
}

static bool digest_files(const settings *s, sink *out, tokvec_error *err)
{
    if (s->operand_count == 0)
        return digest_source(s, out, err);
    for (size_t i = 0; i < s->operand_count && !out->failed; i++) {
        settings of_file = *s;
        of_file.table.weights = s->operands[i].text;
        if (!digest_source(&of_file, out, err))
            return false;
    }
    return true;
}

/* ---------------------------------------------------------------- the command */

/* Lines go out between the files: none may go into one that comes later. */
static void note_files(const settings *s)
{
    struct stat status;
    for (size_t i = 0; i < s->operand_count; i++) {
        if (stat(s->operands[i].text, &status) == 0)
            same_file_input(&status);
    }
}

static bool digest_run(const settings *s, tokvec_error *err)
{
    if (s->operand_count > 0 && s->table.weights != NULL) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "files come from the arguments and from --weights");
        error_where(err, "argument %u", s->operands[0].number);
        return error_hint(err, "choose one of the two");
    }
    note_files(s);
    sink out;
    if (!sink_open(&out, s->output.path, err))
        return false;
    if (digest_files(s, &out, err))
        return sink_commit(&out, err);
    sink_abandon(&out);
    return false;
}

static const option_spec *const own_options[] = {&output_option, NULL};
static const option_list lists[] = {table_options, own_options, thread_options, common_options,
                                    NULL};

const command digest_command = {
    .name = "digest",
    .operands = "[FILE]...",
    .summary = "print the SHA-256 of a table's values, the same in every container",
    .options = lists,
    .run = digest_run,
};
