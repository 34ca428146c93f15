/* pack.c - output that is compressed on its way out.
 * See pack.h. The list of kinds is here; each has a file of its own.
 * SPDX-License-Identifier: MIT */
#include "codec/pack.h"

#include <stdlib.h>
#include <strings.h>

static const pack_kind *const kinds[] = {&pack_gzip, &pack_zstd, &pack_xz, &pack_bzip2};

enum { ROOM = 1 << 16 };

typedef struct pack_filter {
    sink_filter base;
    const pack_kind *kind;
    void *stream;
    uint8_t room[ROOM];
} pack_filter;

const pack_kind *pack_kind_of(const char *path, size_t *suffix)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1, *dot = strrchr(name, '.');
    if (dot == NULL || dot == name)
        return NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const char *other = kinds[i]->other;
        if (strcasecmp(dot + 1, kinds[i]->suffix) == 0 ||
            (other != NULL && strcasecmp(dot + 1, other) == 0)) {
            *suffix = strlen(dot);
            return kinds[i];
        }
    }
    return NULL;
}

static void filter_write(sink_filter *base, sink *out, const char *bytes, size_t n, bool last)
{
    pack_filter *f = (pack_filter *)base;
    pack_io io = {.in = (const uint8_t *)bytes, .last = last, .out = f->room};
    pack_status status;
    do {
        io.in_size = n;
        io.out_size = ROOM;
        status = f->kind->step(f->stream, &io);
        io.in += io.in_size;
        n -= io.in_size;
        if (status == PACK_NO_MEMORY) {
            tokvec_error why;
            error_no_memory(&why, ROOM);
            sink_fail(out, &why);
            return;
        }
    } while (sink_put(out, f->room, io.out_size) &&
             (last ? status != PACK_END : n > 0 || io.out_size == ROOM));
}

static void filter_close(sink_filter *base)
{
    pack_filter *f = (pack_filter *)base;
    f->kind->close(f->stream);
    free(f);
}

bool pack_sink(sink *out, const pack_kind *kind, tokvec_error *err)
{
    if (out->terminal) {
        error_set(err, TOKVEC_UNSUPPORTED, "compressed data is not for a terminal");
        error_where(err, "%s", out->name);
        return error_hint(err, "leave out .%s", kind->suffix);
    }
    pack_filter *f = malloc(sizeof *f);
    if (f == NULL)
        return error_no_memory(err, sizeof *f);
    f->base = (sink_filter){filter_write, filter_close};
    f->kind = kind;
    f->stream = kind->open(err);
    if (f->stream == NULL) {
        free(f);
        return false;
    }
    sink_set_filter(out, &f->base);
    return true;
}

void *pack_not_built(const pack_kind *kind, const char *library, tokvec_error *err)
{
    error_set(err, TOKVEC_UNSUPPORTED, "this tokvec was built without %s, so it cannot write %s",
              library, kind->name);
    error_hint(err, "leave out .%s, and compress the file afterwards", kind->suffix);
    return NULL;
}
