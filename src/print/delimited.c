/* delimited.c - the formats csv and tsv.
 * A header row id,0,1,2,... and one row a vector.
 * SPDX-License-Identifier: MIT */
#include "print/values.h"
#include "print/writer.h"

static char separator(const writer *w)
{
    return w->format == &tsv_format ? '\t' : ',';
}

static bool delimited_begin(writer *w, tokvec_error *err)
{
    (void)err;
    char between = separator(w);
    sink_text(w->out, "id");
    for (uint64_t i = 0; i < w->what->dim; i++) {
        sink_write(w->out, &between, 1);
        sink_uint(w->out, i);
    }
    sink_text(w->out, "\n");
    return true;
}

static bool delimited_rows(writer *w, const int64_t *ids, size_t n, const void *data,
                           tokvec_error *err)
{
    (void)err;
    const result *what = w->what;
    size_t dim = (size_t)what->dim;
    size_t row_bytes = dim * tokvec_dtype_size(what->dtype);
    char between = separator(w);
    for (size_t i = 0; i < n; i++) {
        sink_int(w->out, ids[i]);
        if (dim > 0)
            sink_write(w->out, &between, 1);
        values_plain(w->out, what->dtype, (const char *)data + i * row_bytes, dim, between);
        sink_text(w->out, "\n");
    }
    return true;
}

static bool delimited_end(writer *w, tokvec_error *err)
{
    (void)w;
    (void)err;
    return true;
}

const writer_format csv_format = {
    .name = "csv",
    .help = "comma-separated, with a header row",
    .streams = true,
    .parallel = true,
    .size = sizeof(writer),
    .begin = delimited_begin,
    .rows = delimited_rows,
    .end = delimited_end,
};

const writer_format tsv_format = {
    .name = "tsv",
    .help = "tab-separated, with a header row",
    .streams = true,
    .parallel = true,
    .size = sizeof(writer),
    .begin = delimited_begin,
    .rows = delimited_rows,
    .end = delimited_end,
};
