/* digest.c - the command digest: the SHA-256 of a table's values.
 * One line a table, in the manner of sha256sum; or a report.
 * SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "base/in_order.h"
#include "base/same_file.h"
#include "cli/digest_check.h"
#include "cli/digest_job.h"
#include "cli/digest_name.h"
#include "cli/group_seed.h"
#include "cli/notice.h"
#include "cli/reporting.h"
#include "io/path.h"
#include "table/layout.h"
#include "text/digest_lines.h"

#include <stddef.h>
#include <stdlib.h>
#include <sys/stat.h>

/* The settings, with what only this command is asked for. */
typedef struct digest_settings {
    settings shared;
    bool all; /* every tensor of each file */
    bool check, ignore_missing;
} digest_settings;

static const digest_settings *settings_of_digest(const settings *s)
{
    return (const digest_settings *)s;
}

/* ---------------------------------------------------------------- lines */

enum { FILE_NAME, TENSOR, DTYPE, SHAPE, SHA256, NAME, FIELD_COUNT };
static const report_field fields[FIELD_COUNT] = {
    [FILE_NAME] = {.name = "file"}, [TENSOR] = {.name = "tensor"}, [DTYPE] = {.name = "dtype"},
    [SHAPE] = {.name = "shape"},    [SHA256] = {.name = "sha256"}, [NAME] = {.name = "name"},
};

/* What is printed, and where to. */
typedef struct printing {
    reporting report;
    sink name; /* in memory: the name of the line */
} printing;

/* A table of a source, and what came of it. */
typedef struct digested {
    const settings *options; /* with the file's name */
    const source *from;
    const tokvec_tensor *tensor; /* NULL: seeded */
    const digest_job *job;
} digested;

/* The tensor's own shape where it is that of the values; what is packed has another one. */
static report_value shape_of(const digested *d, uint64_t matrix[2])
{
    const tokvec_tensor *t = d->tensor;
    if (d->job->table == NULL)
        return report_naturals(t->shape, t->ndim);
    matrix[0] = tokvec_table_rows(d->job->table);
    matrix[1] = tokvec_table_dim(d->job->table);
    bool own = t != NULL && layout_rows(t) == matrix[0] && layout_dim(t) == matrix[1];
    return own ? report_naturals(t->shape, t->ndim) : report_naturals(matrix, 2);
}

static const char *dtype_of(const digested *d)
{
    return d->job->table == NULL ? d->tensor->dtype_name : tokvec_dtype_name(d->job->dtype);
}

static const char *name_of(printing *p, const digested *d)
{
    p->name.length = 0;
    digest_name_put(d->options, d->from, d->tensor, &p->name);
    sink_char(&p->name, '\0');
    return p->name.buffer;
}

static bool print_report_line(printing *p, const digested *d, tokvec_error *err)
{
    uint64_t matrix[2];
    const report_value line[FIELD_COUNT] = {
        [FILE_NAME] = report_text_of(d->tensor == NULL ? NULL : d->options->table.weights),
        [TENSOR] = report_text_of(d->tensor == NULL ? NULL : d->tensor->name),
        [DTYPE] = report_text_of(dtype_of(d)),
        [SHAPE] = shape_of(d, matrix),
        [SHA256] = report_text_of(d->job->good ? d->job->hex : NULL),
        [NAME] = report_text_of(name_of(p, d)),
    };
    return report_line(p->report.report, line, err);
}

static bool print_line(printing *p, const digested *d, tokvec_error *err)
{
    bool good = true;
    if (d->options->output.report != &report_text)
        good = print_report_line(p, d, err);
    else if (d->job->good)
        digest_lines_put(&p->report.out, d->job->hex, name_of(p, d));
    if (p->name.failed) {
        *err = p->name.error;
        return false;
    }
    return good && report_flush(p->report.report, err); /* the next one may take long, or fail */
}

/* ---------------------------------------------------------------- one table */

/* The table that the settings name. */
static bool digest_source(printing *p, const settings *s, tokvec_error *err)
{
    source from;
    digest_job job;
    if (!source_open(&from, s, err))
        return false;
    bool good = same_file_check(p->report.out.name, err);
    if (good) {
        digest_job_begin(&job, s, 1, from.table, s->output.as);
        digest_job_work(&job);
        good = job.good;
        if (good)
            good = print_line(p, &(digested){s, &from, from.tensor, &job}, err);
        else
            *err = job.why;
    }
    source_close(&from);
    return good;
}

/* ---------------------------------------------------------------- all tensors of a file */

typedef struct whole_file {
    printing *p;
    const settings *options;
    source from;
    size_t count;
    digest_job *jobs; /* IN_ORDER_JOBS, see in_order.h */
    tokvec_error *err;
} whole_file;

static void begin_tensor(void *context, size_t i)
{
    whole_file *f = context;
    digest_job *job = &f->jobs[i % IN_ORDER_JOBS];
    tokvec_table *table =
        tokvec_weights_table(f->from.weights, tokvec_weights_tensor(f->from.weights, i), &job->why);
    digest_job_begin(job, f->options, f->count, table, f->options->output.as);
}

static void work_on_tensor(void *context, size_t i)
{
    digest_job_work(&((whole_file *)context)->jobs[i % IN_ORDER_JOBS]);
}

/* A tensor that is not of numbers, or packed in a way that is not known, has no digest: it is
 * named, and makes the status 1. */
static bool print_tensor(whole_file *f, const tokvec_tensor *tensor, const digest_job *job)
{
    bool left_out = job->table == NULL && job->why.code == TOKVEC_UNSUPPORTED;
    if (!job->good && !left_out) {
        *f->err = job->why;
        return false;
    }
    if (left_out) {
        notice("warning: no digest: %s (%s)", job->why.what, f->options->table.weights);
        *f->options->status = STATUS_DIFFERENT;
    }
    const digested d = {f->options, &f->from, tensor, job};
    return same_file_check(f->p->report.out.name, f->err) && print_line(f->p, &d, f->err) &&
           !f->p->report.out.failed;
}

static bool end_tensor(void *context, size_t i, bool wanted)
{
    whole_file *f = context;
    digest_job *job = &f->jobs[i % IN_ORDER_JOBS];
    bool good = wanted && print_tensor(f, tokvec_weights_tensor(f->from.weights, i), job);
    tokvec_table_close(job->table);
    return good;
}

static bool digest_tensors(whole_file *f, tokvec_error *err)
{
    f->count = tokvec_weights_count(f->from.weights);
    f->jobs = calloc(IN_ORDER_JOBS, sizeof *f->jobs);
    if (f->jobs == NULL)
        return error_no_memory(err, IN_ORDER_JOBS * sizeof *f->jobs);
    bool good = in_order_run(&(in_order){.count = f->count,
                                         .threads = digest_job_threads(f->options, f->count),
                                         .context = f,
                                         .begin = begin_tensor,
                                         .work = work_on_tensor,
                                         .end = end_tensor});
    free(f->jobs);
    if (good && tokvec_weights_warning(f->from.weights) != NULL)
        notice("warning: %s", tokvec_weights_warning(f->from.weights));
    return good || f->p->report.out.failed; /* which the sink tells */
}

/* Every tensor of the file that the settings name. */
static bool digest_all(printing *p, const settings *s, tokvec_error *err)
{
    const tokvec_file_spec spec = source_spec(s);
    whole_file f = {.p = p, .options = s, .err = err};
    if (!source_check(s, err))
        return false;
    f.from.weights = source_weights(s->table.weights, &spec, err);
    bool good = f.from.weights != NULL && tokvec_weights_complete(f.from.weights, err) &&
                digest_tensors(&f, err);
    source_close(&f.from);
    return good;
}

static bool digest_file(printing *p, const settings *s, tokvec_error *err)
{
    return settings_of_digest(s)->all ? digest_all(p, s, err) : digest_source(p, s, err);
}

static bool digest_files(printing *p, const settings *s, tokvec_error *err)
{
    if (s->operand_count == 0)
        return digest_file(p, s, err);
    for (size_t i = 0; i < s->operand_count && !p->report.out.failed; i++) {
        digest_settings of_file = *settings_of_digest(s);
        of_file.shared.table.weights = s->operands[i].text;
        if (!digest_file(p, &of_file.shared, err))
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
        if (path_stat(s->operands[i].text, &status))
            same_file_input(&status);
    }
}

static bool print_digests(const settings *s, tokvec_error *err)
{
    printing p;
    note_files(s);
    if (!reporting_open(&p.report, s, fields, FIELD_COUNT, false, err))
        return false;
    bool good = sink_open_memory(&p.name, err) && digest_files(&p, s, err);
    free(p.name.buffer);
    return reporting_close(&p.report, good, err);
}

static bool refuse(tokvec_error *err, const char *what, const char *hint)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "%s", what);
    return error_hint(err, "%s", hint);
}

/* The name of an option that tells of a table; NULL: none was given. */
static const char *table_option(const settings *s)
{
    const table_settings *t = &s->table;
    return t->weights != NULL                ? "weights"
           : t->tensor != NULL               ? "tensor"
           : group_seed_only(t) != NULL      ? group_seed_only(t)
           : t->has_dim                      ? "dim"
           : t->dtype != TOKVEC_NO_DTYPE     ? "dtype"
           : t->has_offset                   ? "offset"
           : t->has_padding_idx              ? "padding-idx"
           : t->stored                       ? "stored"
           : s->output.as != TOKVEC_NO_DTYPE ? "as"
           : settings_of_digest(s)->all      ? "all"
                                             : NULL;
}

static bool check_settings(const settings *s, tokvec_error *err)
{
    const digest_settings *d = settings_of_digest(s);
    const char *option = table_option(s);
    if (d->check && option != NULL) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "--check does not go with --%s", option);
        return error_hint(err, "leave it out: the lines of the list say which tables they are of");
    }
    if (d->ignore_missing && !d->check)
        return refuse(err, "--ignore-missing is for --check", "leave it out");
    if (d->check)
        return true;
    if (s->operand_count > 0 && s->table.weights != NULL) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "files come from the arguments and from --weights");
        error_where(err, "argument %u", s->operands[0].number);
        return error_hint(err, "choose one of the two");
    }
    if (d->all && s->table.tensor != NULL)
        return refuse(err, "--all and --tensor are both given", "choose one of the two");
    if (d->all && s->operand_count == 0 && s->table.weights == NULL)
        return refuse(err, "--all needs a weights file", "write tokvec digest --all FILE");
    return true;
}

static bool digest_run(const settings *s, tokvec_error *err)
{
    if (!check_settings(s, err))
        return false;
    return settings_of_digest(s)->check
               ? digest_check(s, settings_of_digest(s)->ignore_missing, err)
               : print_digests(s, err);
}

static const option_spec all = {
    .name = "all",
    .kind = OPTION_FLAG,
    .help = "every tensor of each file, not the token embedding alone",
    .place = offsetof(digest_settings, all),
};
static const option_spec check = {
    .name = "check",
    .letter = 'c',
    .kind = OPTION_FLAG,
    .help = "the files are lists of digests: compare the tables with them",
    .place = offsetof(digest_settings, check),
};
static const option_spec ignore_missing = {
    .name = "ignore-missing",
    .kind = OPTION_FLAG,
    .help = "with --check: pass over files that do not exist",
    .place = offsetof(digest_settings, ignore_missing),
};

static const option_spec *const own_options[] = {&all, &as_option, &check, &ignore_missing, NULL};
static const option_list lists[] = {table_options,  own_options,    report_options,
                                    thread_options, common_options, NULL};

const command digest_command = {
    .name = "digest",
    .operands = "[FILE]...",
    .operands_are_files = true,
    .summary = "print the SHA-256 of a table's values, the same in every container",
    .about = "Text is lines as sha256sum writes them, HEX  FILE:TENSOR, which --check reads. What\n"
             "changes the values stands in the line: HEX  --as float16 FILE:TENSOR, or\n"
             "HEX  seed:123:6x3:float32. With --check the status is 1 if a digest differs or a\n"
             "table cannot be read.\n",
    .options = lists,
    .size = sizeof(digest_settings),
    .run = digest_run,
};
