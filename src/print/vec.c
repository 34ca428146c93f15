/* vec.c - the format vec: word2vec's text.
 * A line COUNT DIM, then a line TOKEN VALUE VALUE ... for each vector. The format has no way to
 * write a space in a token, so tokens are written as they are stored, and what white space is in
 * them as <0x20>. Without a token, the ID stands in its place.
 * SPDX-License-Identifier: MIT */
#include "print/values.h"
#include "print/writer.h"

#include <stdio.h>

static bool vec_begin(writer *w, tokvec_error *err)
{
    (void)err;
    sink_uint(w->out, w->what->rows);
    sink_char(w->out, ' ');
    sink_uint(w->out, w->what->dim);
    sink_char(w->out, '\n');
    return true;
}

/* Bytes that the readers of the format take for ends of a token. */
static bool ends_token(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';
}

static bool print_token(writer *w, int64_t id, tokvec_error *err)
{
    const result *what = w->what;
    tokvec_text token = {NULL, 0};
    if (what->label != NULL && !what->label(what->label_context, id, &token, err))
        return false;
    if (token.length == 0)
        sink_int(w->out, id);
    for (size_t i = 0; i < token.length; i++) {
        char form[8];
        snprintf(form, sizeof form, "<0x%02X>", (unsigned)(unsigned char)token.bytes[i]);
        if (ends_token(token.bytes[i]))
            sink_text(w->out, form);
        else
            sink_char(w->out, token.bytes[i]);
    }
    return true;
}

static bool vec_rows(writer *w, const int64_t *ids, size_t n, const void *data, tokvec_error *err)
{
    const result *what = w->what;
    size_t dim = (size_t)what->dim;
    size_t row_bytes = dim * tokvec_dtype_size(what->dtype);
    for (size_t i = 0; i < n; i++) {
        if (!print_token(w, ids[i], err))
            return false;
        if (dim > 0)
            sink_char(w->out, ' ');
        values_plain(w->out, what->dtype, (const char *)data + i * row_bytes, dim, ' ');
        sink_char(w->out, '\n');
    }
    return true;
}

static bool vec_end(writer *w, tokvec_error *err)
{
    (void)w;
    (void)err;
    return true;
}

const writer_format vec_format = {
    .name = "vec",
    .help = "word2vec text, with tokens as they are stored",
    .flat = true,
    .labels = LABELS_STORED,
    .parallel = true,
    .size = sizeof(writer),
    .begin = vec_begin,
    .rows = vec_rows,
    .end = vec_end,
};
