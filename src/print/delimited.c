/* delimited.c - the formats csv and tsv.
 * A header row id,token,0,1,2,... and one row a vector; without labels, no column of tokens.
 * SPDX-License-Identifier: MIT */
#include "print/delimited.h"

#include "print/values.h"
#include "print/writer.h"
#include "text/put.h"

#include <stdio.h>

static char separator(const writer *w)
{
    return w->format == &tsv_format ? '\t' : ',';
}

void delimited_csv(sink *out, tokvec_text text)
{
    bool quoted = false;
    for (size_t i = 0; i < text.length; i++)
        quoted |= text.bytes[i] == ',' || text.bytes[i] == '"' || text.bytes[i] == 0x7f ||
                  ((unsigned char)text.bytes[i] < 0x20 && text.bytes[i] != '\t');
    if (!quoted) {
        if (text.length > 0)
            sink_write(out, text.bytes, text.length);
        return;
    }
    sink_char(out, '"');
    for (size_t i = 0; i < text.length; i++)
        sink_write(out, text.bytes[i] == '"' ? "\"\"" : &text.bytes[i],
                   text.bytes[i] == '"' ? 2 : 1);
    sink_char(out, '"');
}

void delimited_tsv(sink *out, tokvec_text text)
{
    static const char special[] = "\t\n\r\\", letters[] = "tnr\\";
    for (size_t i = 0; i < text.length; i++) {
        char *at = sink_reserve(out, 8);
        unsigned char c = (unsigned char)text.bytes[i];
        const char *found = memchr(special, c, sizeof special - 1);
        size_t length = 1;
        *at = (char)c;
        if (found != NULL)
            length = (size_t)snprintf(at, 8, "\\%c", letters[found - special]);
        else if (c < 0x20 || c == 0x7f)
            length = (size_t)snprintf(at, 8, "\\x%02x", c);
        sink_advance(out, length);
    }
}

/* The ID, and the token if there are labels; each empty where there is none. */
static bool print_names(writer *w, int64_t id, char between, tokvec_error *err)
{
    const result *what = w->what;
    tokvec_text token;
    int64_t shown;
    if (writer_result_id(what, id, &shown))
        put_int(w->out, shown);
    if (what->label == NULL)
        return true;
    if (!what->label(what->label_context, id, &token, err))
        return false;
    sink_char(w->out, between);
    if (between == '\t')
        delimited_tsv(w->out, token);
    else
        delimited_csv(w->out, token);
    return true;
}

static bool delimited_begin(writer *w, tokvec_error *err)
{
    (void)err;
    char between = separator(w);
    sink_text(w->out, "id");
    if (w->what->label != NULL) {
        sink_char(w->out, between);
        sink_text(w->out, "token");
    }
    for (uint64_t i = 0; i < w->what->dim && !w->out->failed; i++) {
        sink_char(w->out, between);
        put_uint(w->out, i);
    }
    sink_char(w->out, '\n');
    return true;
}

static bool delimited_rows(writer *w, const int64_t *ids, size_t n, const void *data,
                           tokvec_error *err)
{
    const result *what = w->what;
    size_t dim = (size_t)what->dim;
    size_t row_bytes = dim * tokvec_dtype_size(what->dtype);
    char between = separator(w);
    for (size_t i = 0; i < n; i++) {
        if (!print_names(w, ids[i], between, err))
            return false;
        if (dim > 0)
            sink_char(w->out, between);
        values_plain(w->out, what->dtype, (const char *)data + i * row_bytes, dim, between);
        sink_char(w->out, '\n');
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
    .suffixes = {"csv"},
    .streams = true,
    .parallel = true,
    .labels = LABELS_TEXT,
    .size = sizeof(writer),
    .begin = delimited_begin,
    .rows = delimited_rows,
    .end = delimited_end,
};

const writer_format tsv_format = {
    .name = "tsv",
    .help = "tab-separated, with a header row",
    .suffixes = {"tsv"},
    .streams = true,
    .parallel = true,
    .labels = LABELS_TEXT,
    .size = sizeof(writer),
    .begin = delimited_begin,
    .rows = delimited_rows,
    .end = delimited_end,
};
