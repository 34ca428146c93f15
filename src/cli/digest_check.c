/* digest_check.c - comparing tables with a list of their digests.
 * See digest_check.h.
 * SPDX-License-Identifier: MIT */
#include "cli/digest_check.h"

#include "base/array.h"
#include "base/in_order.h"
#include "base/same_file.h"
#include "cli/digest_job.h"
#include "cli/digest_name.h"
#include "cli/notice.h"
#include "cli/reporting.h"
#include "io/descriptor.h"
#include "model/hub.h"
#include "text/digest_lines.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

/* ---------------------------------------------------------------- lists */

enum { PIECE = 1 << 16, TEXT_MAX = 1 << 29 };

/* All of a list, and room for a NUL behind it. NULL on failure. */
static char *read_text(int fd, const char *path, size_t *size, tokvec_error *err)
{
    char *text = NULL;
    size_t room = 0;
    ssize_t n = 1;
    for (*size = 0; n > 0 && *size < TEXT_MAX; *size += (size_t)n) {
        if (!array_reserve(&text, &room, *size + PIECE + 1, 1, err))
            break;
        n = descriptor_read(fd, text + *size, PIECE);
        if (n <= 0)
            break;
    }
    if (n == 0 && text != NULL)
        return text;
    if (n < 0)
        error_system(err, errno, "read", path);
    else if (*size >= TEXT_MAX)
        error_set(err, TOKVEC_BAD_FILE, "the list is longer than %d MB", TEXT_MAX >> 20);
    free(text);
    return NULL;
}

/* Every name must be one, before the first table is read. */
static bool check_names(const settings *s, const digest_lines *list, const char *path,
                        tokvec_error *err)
{
    settings of_line = *s;
    char *file;
    for (size_t i = 0; i < list->count; i++) {
        char *copy = strdup(list->lines[i].name);
        if (copy == NULL)
            return error_no_memory(err, strlen(list->lines[i].name));
        tokvec_error why;
        bool good = digest_name_read(copy, &of_line, &file, &why);
        free(copy);
        if (!good) {
            free(of_line.key_steps);
            return digest_lines_bad(path, list->lines[i].number, err, why.what);
        }
    }
    free(of_line.key_steps);
    return true;
}

static bool read_list(const settings *s, const char *path, digest_lines *list, tokvec_error *err)
{
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "standard input" : path;
    struct stat status;
    size_t size;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_system(err, errno, "open", path);
    if (fstat(fd, &status) == 0)
        same_file_input(&status);
    char *text = read_text(fd, name, &size, err);
    if (!standard)
        close(fd);
    if (text == NULL || !digest_lines_read(list, text, size, name, err))
        return false;
    if (check_names(s, list, name, err))
        return true;
    digest_lines_free(list);
    return false;
}

/* ---------------------------------------------------------------- files */

/* Kept open from line to line, for the next one is often of the same file. */
typedef struct open_file {
    tokvec_weights *weights;
    char *path;
    tokvec_file_spec spec;
    unsigned users; /* the lines that have tables of it; and the next line */
    size_t next;    /* the tensor after the one that was found last */
} open_file;

static void leave_file(open_file *f)
{
    if (f == NULL || --f->users > 0)
        return;
    tokvec_weights_close(f->weights);
    free(f->path);
    free(f);
}

static bool is_of(const open_file *f, const char *path, const tokvec_file_spec *spec)
{
    return f != NULL && strcmp(f->path, path) == 0 && f->spec.raw == spec->raw &&
           f->spec.dim == spec->dim && f->spec.offset == spec->offset &&
           f->spec.dtype == spec->dtype && f->spec.stored == spec->stored;
}

static open_file *enter_file(const char *path, const tokvec_file_spec *spec, tokvec_error *err)
{
    open_file *f = calloc(1, sizeof *f);
    char *copy = strdup(path);
    if (f == NULL || copy == NULL) {
        free(f);
        free(copy);
        error_no_memory(err, sizeof *f + strlen(path));
        return NULL;
    }
    *f = (open_file){source_weights(path, spec, err), copy, *spec, 1, 0};
    if (f->weights != NULL)
        return f;
    leave_file(f);
    return NULL;
}

/* In a list of all tensors each is the one after the last. Without a name: the only tensor of a
 * file whose tensors have none, else the token embedding. */
static const tokvec_tensor *find_tensor(open_file *f, const char *name, tokvec_error *err)
{
    const tokvec_tensor *found = tokvec_weights_tensor(f->weights, f->next);
    if (found == NULL || strcmp(found->name, name) != 0)
        found = tokvec_weights_find(f->weights, name, err);
    if (found == NULL && *name == '\0')
        found = tokvec_weights_embedding(f->weights, err);
    if (found != NULL)
        f->next = (size_t)(found - tokvec_weights_tensor(f->weights, 0)) + 1;
    return found;
}

/* ---------------------------------------------------------------- lines */

typedef enum verdict { VERDICT_OK, VERDICT_FAILED, VERDICT_UNREAD, VERDICT_MISSING } verdict;
static const char *const verdicts[] = {"OK", "FAILED", "FAILED open or read", NULL};

/* One line on its way. */
typedef struct checked {
    digest_job job;
    char *name;      /* as it is in the list; for reading, a name is cut up */
    open_file *file; /* of the table; NULL: none */
    bool missing;    /* no such file exists */
} checked;

typedef struct checking {
    const settings *options;
    settings of_line;
    bool ignore_missing;
    reporting report;
    open_file *file; /* of the last line; NULL: none */
    const digest_lines *list;
    checked *jobs; /* IN_ORDER_JOBS, see in_order.h */
    uint64_t counts[VERDICT_MISSING + 1];
    tokvec_error *err;
} checking;

static const tokvec_tensor *try_file(checking *c, const char *path, const char *name, checked *line)
{
    tokvec_error *why = &line->job.why;
    const tokvec_file_spec spec = source_spec(&c->of_line);
    if (!hub_can_read(path, why)) {
        line->missing = line->missing && (errno == ENOENT || errno == ENOTDIR);
        return NULL;
    }
    line->missing = false;
    if (!is_of(c->file, path, &spec)) {
        leave_file(c->file);
        c->file = enter_file(path, &spec, why);
    }
    return c->file == NULL ? NULL : find_tensor(c->file, name, why);
}

/* The tensor of FILE:TENSOR, in both of which there may be colons: the file is what stands before
 * the last colon before which there is a readable file; if that lacks the tensor, then before an
 * earlier one. */
static const tokvec_tensor *find_named(checking *c, char *name, checked *line)
{
    tokvec_error why = {.code = TOKVEC_OK};
    line->missing = true;
    size_t longest = strnlen(name, PATH_MAX); /* no file has a longer name */
    for (char *colon = memrchr(name, ':', longest); colon != NULL;
         colon = memrchr(name, ':', (size_t)(colon - name))) {
        bool none_before = line->missing;
        *colon = '\0';
        const tokvec_tensor *tensor = try_file(c, name, colon + 1, line);
        *colon = ':';
        if (tensor != NULL)
            return tensor;
        if (why.code == TOKVEC_OK || none_before != line->missing)
            why = line->job.why; /* the first one that is there tells best what is wrong */
    }
    if (why.code == TOKVEC_OK) {
        line->missing = false;
        error_system(&why, ENAMETOOLONG, "open", name);
    }
    line->job.why = why;
    return NULL;
}

static tokvec_table *open_named(checking *c, char *name, checked *line)
{
    const tokvec_tensor *tensor = find_named(c, name, line);
    if (tensor == NULL)
        return NULL;
    line->file = c->file;
    line->file->users++;
    return tokvec_weights_table(c->file->weights, tensor, &line->job.why);
}

/* The source of a seeded table has nothing else to be released. */
static tokvec_table *open_seeded(checking *c, checked *line)
{
    source from;
    return source_open(&from, &c->of_line, &line->job.why) ? from.table : NULL;
}

static void begin_line(void *context, size_t i)
{
    checking *c = context;
    checked *line = &c->jobs[i % IN_ORDER_JOBS];
    char *name = c->list->lines[i].name, *file;
    tokvec_table *table = NULL;
    *line = (checked){.name = strdup(name)};
    if (line->name == NULL)
        error_no_memory(&line->job.why, strlen(name));
    else if (digest_name_read(name, &c->of_line, &file, &line->job.why))
        table = file == NULL ? open_seeded(c, line) : open_named(c, file, line);
    digest_job_begin(&line->job, c->options, c->list->count, table, c->of_line.output.as);
}

static void work_on_line(void *context, size_t i)
{
    digest_job_work(&((checking *)context)->jobs[i % IN_ORDER_JOBS].job);
}

static verdict judge(const checking *c, const checked *line, const char *expected)
{
    if (line->job.good)
        return strcmp(line->job.hex, expected) == 0 ? VERDICT_OK : VERDICT_FAILED;
    return line->missing && c->ignore_missing ? VERDICT_MISSING : VERDICT_UNREAD;
}

/* ---------------------------------------------------------------- the report */

enum { NAME, EXPECTED, SHA256, RESULT, FIELD_COUNT };
static const report_field fields[FIELD_COUNT] = {
    [NAME] = {.name = "name"},
    [EXPECTED] = {.name = "expected"},
    [SHA256] = {.name = "sha256"},
    [RESULT] = {.name = "result"},
};

static bool print_verdict(checking *c, const checked *line, const char *expected, verdict v)
{
    const tokvec_error *why = &line->job.why;
    const report_value values[FIELD_COUNT] = {
        [NAME] = report_text_of(line->name),
        [EXPECTED] = report_text_of(expected),
        [SHA256] = report_text_of(line->job.good ? line->job.hex : NULL),
        [RESULT] = report_text_of(verdicts[v]),
    };
    if (v == VERDICT_UNREAD)
        notice(why->where[0] == '\0' ? "%s" : "%s (%s)", why->what, why->where);
    if (v == VERDICT_MISSING || c->options->common.quiet)
        return true;
    if (c->options->output.report == &report_text)
        digest_lines_put_verdict(&c->report.out, line->name, verdicts[v]);
    else if (!report_line(c->report.report, values, c->err))
        return false;
    return report_flush(c->report.report, c->err); /* the next one may take long */
}

static bool finish_line(checking *c, const checked *line, const char *expected)
{
    verdict v = judge(c, line, expected);
    if (v == VERDICT_UNREAD && line->job.why.code == TOKVEC_NO_MEMORY) {
        *c->err = line->job.why;
        return false;
    }
    c->counts[v]++;
    return same_file_check(c->report.out.name, c->err) && print_verdict(c, line, expected, v) &&
           !c->report.out.failed;
}

static bool end_line(void *context, size_t i, bool wanted)
{
    checking *c = context;
    checked *line = &c->jobs[i % IN_ORDER_JOBS];
    bool good = wanted && finish_line(c, line, c->list->lines[i].hex);
    tokvec_table_close(line->job.table);
    leave_file(line->file);
    free(line->name);
    return good;
}

static void warn(const checking *c, const char *path)
{
    unsigned long long failed = c->counts[VERDICT_FAILED], unread = c->counts[VERDICT_UNREAD];
    if (unread > 0)
        notice("WARNING: %llu listed %s could not be read", unread, unread == 1 ? "file" : "files");
    if (failed > 0)
        notice("WARNING: %llu computed %s did NOT match", failed,
               failed == 1 ? "checksum" : "checksums");
    if (c->counts[VERDICT_OK] + failed + unread == 0)
        notice("%s: no file was verified", path);
}

static bool check_list(checking *c, const digest_lines *list, const char *path)
{
    memset(c->counts, 0, sizeof c->counts);
    c->list = list;
    if (!in_order_run(&(in_order){.count = list->count,
                                  .threads = digest_job_threads(c->options, list->count),
                                  .context = c,
                                  .begin = begin_line,
                                  .work = work_on_line,
                                  .end = end_line}))
        return c->report.out.failed; /* which the sink tells */
    warn(c, path);
    if (c->counts[VERDICT_OK] == 0 || c->counts[VERDICT_FAILED] + c->counts[VERDICT_UNREAD] > 0)
        *c->options->status = STATUS_DIFFERENT;
    return true;
}

/* ---------------------------------------------------------------- the command */

/* Without SHA-256 no table is to be called unreadable. */
static bool can_digest(tokvec_error *err)
{
    sha256 s;
    return sha256_begin(&s, err) && sha256_end(&s, NULL, err);
}

static bool check_lists(const settings *s, bool ignore_missing, const operand *paths,
                        const digest_lines *lists, size_t count, tokvec_error *err)
{
    checking c = {.options = s, .of_line = *s, .ignore_missing = ignore_missing, .err = err};
    const bool silent = s->common.quiet;
    if (!can_digest(err) ||
        !(silent || reporting_open(&c.report, s, fields, FIELD_COUNT, false, err)))
        return false;
    bool good = same_file_check(c.report.out.name, err);
    c.jobs = calloc(IN_ORDER_JOBS, sizeof *c.jobs);
    if (c.jobs == NULL)
        good = error_no_memory(err, IN_ORDER_JOBS * sizeof *c.jobs);
    for (size_t i = 0; good && i < count; i++)
        good = check_list(&c, &lists[i], paths[i].text);
    leave_file(c.file);
    free(c.jobs);
    free(c.of_line.key_steps);
    return silent ? good : reporting_close(&c.report, good, err);
}

bool digest_check(const settings *s, bool ignore_missing, tokvec_error *err)
{
    static const operand standard = {.text = "-"};
    const operand *paths = s->operand_count > 0 ? s->operands : &standard;
    size_t count = s->operand_count > 0 ? s->operand_count : 1, read = 0;
    digest_lines *lists = calloc(count, sizeof *lists);
    if (lists == NULL)
        return error_no_memory(err, count * sizeof *lists);
    while (read < count && read_list(s, paths[read].text, &lists[read], err))
        read++;
    bool good = read == count && check_lists(s, ignore_missing, paths, lists, count, err);
    while (read > 0)
        digest_lines_free(&lists[--read]);
    free(lists);
    return good;
}
