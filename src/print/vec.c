/* vec.c - the format vec: word2vec's text.
 * A line COUNT DIM, then a line TOKEN VALUE VALUE ... for each vector. Tokens are written as they
 * are stored, what the format has no way to write in the forms of word_form.h. Where there are no
 * tokens, IDs stand in their place.
 * SPDX-License-Identifier: MIT */
#include "print/writer.h"

#include "print/values.h"
#include "text/put.h"
#include "text/word_form.h"

static bool vec_begin(writer *w, tokvec_error *err)
{
    (void)err;
    put_uint(w->out, w->what->rows);
    sink_char(w->out, ' ');
    put_uint(w->out, w->what->dim);
    sink_char(w->out, '\n');
    return true;
}

static bool print_token(writer *w, int64_t row, tokvec_error *err)
{
    const result *what = w->what;
    int64_t id;
    tokvec_text token = {NULL, 0};
    if (what->label == NULL) {
        if (!writer_result_id(what, row, &id)) { /* as a word, -1 would be one that nobody gave */
            error_set(err, TOKVEC_UNSUPPORTED, "row %lld has neither a token nor an ID",
                      (long long)row);
            return error_hint(err, "the format vec needs one for each row, jsonl does not");
        }
        put_int(w->out, id);
        return true;
    }
    if (!what->label(what->label_context, row, &token, err))
        return false;
    if (token.length == 0)
        token.bytes = ""; /* also where the row has none: NULL */
    size_t at = 0;
    do {
        const tokvec_text rest = {token.bytes + at, token.length - at};
        sink_advance(w->out, word_form_write(rest, sink_reserve(w->out, WORD_FORM_MAX)));
    } while (++at < token.length);
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
    .suffixes = {"vec"},
    .flat = true,
    .labels = LABELS_STORED,
    .parallel = true,
    .size = sizeof(writer),
    .begin = vec_begin,
    .rows = vec_rows,
    .end = vec_end,
};
