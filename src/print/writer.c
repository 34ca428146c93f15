/* writer.c - the list of output formats.
 * See writer.h.
 * SPDX-License-Identifier: MIT */
#include "print/writer.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ADDRESS(format) &(format),
const writer_format *const writer_formats[] = {WRITER_FORMATS(ADDRESS) NULL};

const writer_format *writer_find(const char *name)
{
    for (size_t i = 0; writer_formats[i] != NULL; i++) {
        if (strcmp(writer_formats[i]->name, name) == 0)
            return writer_formats[i];
    }
    return NULL;
}

bool writer_result_id(const result *what, int64_t id, int64_t *out)
{
    *out = id;
    if (what->shown == NULL || what->shown(what->shown_context, id, out))
        return true;
    *out = -1;
    return false;
}

/* Formats that are not written, and whether a file of that name has to be one. */
static const struct {
    const char *suffix;
    bool binds;
} unwritten[] = {
    {"svg", false}, {"fvecs", true}, {"fbin", true}, {"arrow", true}, {"arrows", true}};

/* What follows the last dot of a file's name; NULL if there is nothing before it. */
static const char *suffix_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    return dot == NULL || dot == name ? NULL : dot + 1;
}

static const writer_format *format_of_suffix(const char *suffix)
{
    enum { SUFFIXES = sizeof writer_formats[0]->suffixes / sizeof *writer_formats[0]->suffixes };
    for (size_t i = 0; writer_formats[i] != NULL; i++) {
        for (size_t j = 0; j < SUFFIXES; j++) {
            const char *own = writer_formats[i]->suffixes[j];
            if (own != NULL && strcasecmp(own, suffix) == 0)
                return writer_formats[i];
        }
    }
    return NULL;
}

static const writer_format *contradiction(const writer_format *asked, const char *path,
                                          tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "the format is %s, but the output has another by its name",
              asked->name);
    error_where(err, "%s", path);
    error_hint(err, "give the file another name");
    return NULL;
}

const writer_format *writer_choose(const writer_format *asked, const char *path, tokvec_error *err)
{
    const char *suffix = path == NULL ? NULL : suffix_of(path);
    const writer_format *meant = suffix == NULL ? NULL : format_of_suffix(suffix);
    if (asked != NULL && meant != NULL && meant != asked && meant->suffix_binds)
        return contradiction(asked, path, err);
    for (size_t i = 0; suffix != NULL && i < sizeof unwritten / sizeof *unwritten; i++) {
        if (strcasecmp(suffix, unwritten[i].suffix) != 0 || (asked != NULL && !unwritten[i].binds))
            continue;
        if (asked != NULL)
            return contradiction(asked, path, err);
        error_set(err, TOKVEC_UNSUPPORTED, "the format .%s is not written yet",
                  unwritten[i].suffix);
        error_where(err, "%s", path);
        error_hint(err, "choose another, such as .npy, .csv or .safetensors");
        return NULL;
    }
    return asked != NULL ? asked : meant != NULL ? meant : &text_format;
}

writer *writer_open(const writer_format *format, sink *out, const result *what, tokvec_error *err)
{
    writer *w = calloc(1, format->size);
    if (w == NULL) {
        error_no_memory(err, format->size);
        return NULL;
    }
    w->format = format;
    w->out = out;
    w->what = what;
    return w;
}

void writer_close(writer *w)
{
    if (w == NULL)
        return;
    if (w->format->release != NULL)
        w->format->release(w);
    free(w);
}
