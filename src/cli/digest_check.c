/* digest_check.c - comparing tables with a list of their digests.
 * See digest_check.h.
 * SPDX-License-Identifier: MIT */
#include "cli/digest_check.h"

#include "base/array.h"
#include "base/same_file.h"
#include "cli/digest_name.h"
#include "cli/notice.h"
#include "cli/reporting.h"
#include "io/descriptor.h"
#include "measure/digest.h"
#include "text/digest_lines.h"

#include <errno.h>
#include <fcntl.h>
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
        if (!good)
            return digest_lines_bad(path, list->lines[i].number, err, why.what);
    }
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

/* ---------------------------------------------------------------- tables */

typedef enum verdict { VERDICT_OK, VERDICT_FAILED, VERDICT_UNREAD, VERDICT_MISSING } verdict;
static const char *const verdicts[] = {"OK", "FAILED", "FAILED open or read", NULL};

typedef struct checking {
    const settings *options;
    settings of_line;
    bool ignore_missing;
    reporting report;

    /* The file of the last line, for the next one is often of the same. */
    tokvec_weights *weights; /* NULL: none */
    char *path;
    tokvec_file_spec spec;

    char hex[SHA256_HEX + 1]; /* of the table of the last line, if it was read */
    tokvec_error why;         /* if it was not */
    uint64_t counts[VERDICT_MISSING + 1];
} checking;

static void close_file(checking *c)
{
    tokvec_weights_close(c->weights);
    free(c->path);
    c->weights = NULL;
    c->path = NULL;
}

static bool is_open(const checking *c, const char *path, const tokvec_file_spec *spec)
{
    return c->weights != NULL && strcmp(c->path, path) == 0 && c->spec.raw == spec->raw &&
           c->spec.dim == spec->dim && c->spec.offset == spec->offset &&
           c->spec.dtype == spec->dtype;
}

static bool open_file(checking *c, const char *path)
{
    const tokvec_file_spec spec = source_spec(&c->of_line);
    if (is_open(c, path, &spec))
        return true;
    close_file(c);
    c->path = strdup(path);
    if (c->path == NULL)
        return error_no_memory(&c->why, strlen(path));
    c->spec = spec;
    c->weights = tokvec_weights_open_as(path, &spec, &c->why);
    return c->weights != NULL;
}

static bool digest_of(checking *c, tokvec_table *table)
{
    tokvec_dtype as = c->of_line.output.as;
    return digest_table(table, as != TOKVEC_NO_DTYPE ? as : tokvec_table_dtype(table),
                        c->options->common.threads, c->hex, &c->why);
}

/* Without a name: the only tensor of a file whose tensors have none, else the token embedding. */
static const tokvec_tensor *find_tensor(checking *c, const char *name)
{
    const tokvec_tensor *found = tokvec_weights_find(c->weights, name, &c->why);
    return found != NULL || *name != '\0' ? found : tokvec_weights_embedding(c->weights, &c->why);
}

static bool digest_tensor(checking *c, const tokvec_tensor *tensor)
{
    tokvec_table *table = tokvec_weights_table(c->weights, tensor, &c->why);
    bool good = table != NULL && digest_of(c, table);
    tokvec_table_close(table);
    return good;
}

static const tokvec_tensor *try_file(checking *c, const char *path, const char *name, bool *missing)
{
    if (access(path, R_OK) == 0) {
        *missing = false;
        return open_file(c, path) ? find_tensor(c, name) : NULL;
    }
    *missing = *missing && (errno == ENOENT || errno == ENOTDIR);
    error_system(&c->why, errno, "open", path);
    return NULL;
}

/* The tensor of FILE:TENSOR, in both of which there may be colons: the file is what stands before
 * the last colon before which there is a readable file; if that lacks the tensor, then before an
 * earlier one. *missing: no such file exists. */
static const tokvec_tensor *find_named(checking *c, char *name, bool *missing)
{
    tokvec_error why = {.code = TOKVEC_OK};
    *missing = true;
    for (char *colon = strrchr(name, ':'); colon != NULL;
         colon = memrchr(name, ':', (size_t)(colon - name))) {
        bool none_before = *missing;
        *colon = '\0';
        const tokvec_tensor *tensor = try_file(c, name, colon + 1, missing);
        *colon = ':';
        if (tensor != NULL)
            return tensor;
        if (why.code == TOKVEC_OK || none_before != *missing)
            why = c->why; /* the first one that is there tells best what is wrong */
    }
    c->why = why;
    return NULL;
}

static bool digest_seeded(checking *c)
{
    source from;
    if (!source_open(&from, &c->of_line, &c->why))
        return false;
    bool good = digest_of(c, from.table);
    source_close(&from);
    return good;
}

static verdict judge(checking *c, const digest_line *line)
{
    bool missing = false, good;
    char *file;
    c->hex[0] = '\0';
    if (!digest_name_read(line->name, &c->of_line, &file, &c->why))
        return VERDICT_UNREAD; /* which check_names has ruled out */
    if (file == NULL) {
        good = digest_seeded(c);
    } else {
        const tokvec_tensor *tensor = find_named(c, file, &missing);
        good = tensor != NULL && digest_tensor(c, tensor);
    }
    if (!good)
        return missing && c->ignore_missing ? VERDICT_MISSING : VERDICT_UNREAD;
    return strcmp(c->hex, line->hex) == 0 ? VERDICT_OK : VERDICT_FAILED;
}

/* ---------------------------------------------------------------- the report */

enum { NAME, EXPECTED, SHA256, RESULT, FIELD_COUNT };
static const report_field fields[FIELD_COUNT] = {
    [NAME] = {.name = "name"},
    [EXPECTED] = {.name = "expected"},
    [SHA256] = {.name = "sha256"},
    [RESULT] = {.name = "result"},
};

static bool print_verdict(checking *c, const char *name, const char *expected, verdict v,
                          tokvec_error *err)
{
    const report_value line[FIELD_COUNT] = {
        [NAME] = report_text_of(name),
        [EXPECTED] = report_text_of(expected),
        [SHA256] = report_text_of(c->hex[0] == '\0' ? NULL : c->hex),
        [RESULT] = report_text_of(verdicts[v]),
    };
    if (v == VERDICT_UNREAD)
        notice(c->why.where[0] == '\0' ? "%s" : "%s (%s)", c->why.what, c->why.where);
    if (v == VERDICT_MISSING || c->options->common.quiet)
        return true;
    if (c->options->output.report == &report_text)
        digest_lines_put_verdict(&c->report.out, name, verdicts[v]);
    else if (!report_line(c->report.report, line, err))
        return false;
    return report_flush(c->report.report, err); /* the next one may take long */
}

static bool check_line(checking *c, const digest_line *line, tokvec_error *err)
{
    char *name = strdup(line->name); /* for reading it cuts it up */
    if (name == NULL)
        return error_no_memory(err, strlen(line->name));
    verdict v = judge(c, line);
    bool good = same_file_check(c->report.out.name, err);
    if (v == VERDICT_UNREAD && c->why.code == TOKVEC_NO_MEMORY) {
        *err = c->why;
        good = false;
    }
    c->counts[v]++;
    good = good && print_verdict(c, name, line->hex, v, err);
    free(name);
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

static bool check_list(checking *c, const digest_lines *list, const char *path, tokvec_error *err)
{
    memset(c->counts, 0, sizeof c->counts);
    for (size_t i = 0; i < list->count && !c->report.out.failed; i++) {
        if (!check_line(c, &list->lines[i], err))
            return false;
    }
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
    checking c = {.options = s, .of_line = *s, .ignore_missing = ignore_missing};
    if (!can_digest(err) || !reporting_open(&c.report, s, fields, FIELD_COUNT, false, err))
        return false;
    bool good = same_file_check(c.report.out.name, err);
    for (size_t i = 0; good && i < count; i++)
        good = check_list(&c, &lists[i], paths[i].text, err);
    close_file(&c);
    return reporting_close(&c.report, good, err);
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
