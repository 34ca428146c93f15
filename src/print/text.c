/* text.c - the format text: what print() of a torch.Tensor shows.
 * All values that will be seen decide the width of each, so they are kept until the end, unless
 * they lie in memory anyway; rows and columns that an ellipsis hides are not. The rules are those
 * of torch/_tensor_str.py; where versions differ, PyTorch 2.x is followed.
 * SPDX-License-Identifier: MIT */
#include "print/writer.h"

#include "base/array.h"
#include "base/bytes.h"
#include "base/dtype.h"
#include "print/value_style.h"
#include "text/decimals.h"

#include <stdio.h>
#include <stdlib.h>

enum { PREFIX_LENGTH = 7 }; /* of "tensor(", by which everything is indented */

typedef struct text_writer {
    writer base;
    bool summarise;
    const uint8_t *values; /* the visible ones, row after row */
    uint8_t *kept;         /* NULL while they can be used where they lie */
    size_t kept_bytes;     /* that all of them need */
    uint64_t kept_rows;    /* so far */
    size_t kept_columns;
    value_style style;
    size_t column;         /* characters on the current line */
    uint64_t printed_rows; /* of those kept */
} text_writer;

/* ---------------------------------------------------------------- what is visible */

/* True if a dimension of that size is cut to its first and last items. */
static bool is_cut(const text_writer *t, uint64_t size)
{
    uint64_t edge = t->base.what->options.edgeitems;
    return t->summarise && size > edge && size - edge > edge;
}

static uint64_t visible_items(const text_writer *t, uint64_t size)
{
    return is_cut(t, size) ? 2 * t->base.what->options.edgeitems : size;
}

/* A summary without edge items is "[...]", whatever the shape. */
static bool only_dots(const text_writer *t)
{
    return t->summarise && t->base.what->options.edgeitems == 0;
}

static uint64_t text_next_row(const writer *w, uint64_t row)
{
    const text_writer *t = (const text_writer *)w;
    const result *what = w->what;
    if (only_dots(t))
        return what->rows;
    if (!t->summarise)
        return row;
    uint64_t inner = what->rows; /* rows under one index of the dimensions looked at so far */
    for (unsigned i = 0; i + 1 < what->ndim && inner > 0; i++) {
        inner /= what->shape[i];
        uint64_t index = row / inner % what->shape[i];
        uint64_t edge = what->options.edgeitems;
        if (is_cut(t, what->shape[i]) && index >= edge && index < what->shape[i] - edge)
            return row - row % inner + (what->shape[i] - edge - index) * inner;
    }
    return row;
}

static bool count_elements(const result *what, uint64_t *count)
{
    return mul_u64(what->rows, what->dim, count);
}

/* All values that are shown are needed at once, for the width of the columns. */
static bool too_much(tokvec_error *err, uint64_t bytes)
{
    return error_no_memory_for(err, bytes, "ask for fewer rows, or for a format such as csv");
}

static bool text_begin(writer *w, tokvec_error *err)
{
    text_writer *t = (text_writer *)w;
    const result *what = w->what;
    uint64_t elements, values, bytes;
    bool countable = count_elements(what, &elements);
    t->summarise = !countable || elements > what->options.threshold;
    uint64_t columns = visible_items(t, what->dim);
    uint64_t rows = only_dots(t) ? 0 : 1;
    for (unsigned i = 0; i + 1 < what->ndim; i++) {
        if (!mul_u64(rows, visible_items(t, what->shape[i]), &rows))
            return too_much(err, UINT64_MAX);
    }
    if (!mul_u64(rows, columns, &values) ||
        !mul_u64(values, tokvec_dtype_size(what->dtype), &bytes) || bytes > PTRDIFF_MAX)
        return too_much(err, UINT64_MAX);
    t->kept_columns = (size_t)columns;
    t->kept_bytes = (size_t)bytes;
    return value_style_start(&t->style, what->dtype, what->options.precision, err);
}

/* From now on values are copied, and so are those that have been used where they lie. */
static bool start_keeping(text_writer *t, size_t row_bytes, tokvec_error *err)
{
    t->kept = array_large(t->kept_bytes);
    if (t->kept == NULL)
        return too_much(err, t->kept_bytes);
    if (t->kept_rows > 0)
        memcpy(t->kept, t->values, (size_t)t->kept_rows * row_bytes);
    t->values = t->kept;
    return true;
}

static bool text_keep(writer *w, const int64_t *ids, size_t n, const void *data, tokvec_error *err)
{
    (void)ids;
    text_writer *t = (text_writer *)w;
    size_t size = tokvec_dtype_size(w->what->dtype);
    size_t row_bytes = (size_t)w->what->dim * size;
    size_t kept_bytes = t->kept_columns * size;
    if (t->kept_rows == 0)
        t->values = data;
    if (t->kept == NULL && w->lasting && kept_bytes == row_bytes &&
        (const uint8_t *)data == t->values + t->kept_rows * row_bytes) {
        t->kept_rows += n;
        return true;
    }
    if (t->kept == NULL && !start_keeping(t, row_bytes, err))
        return false;
    size_t head = t->kept_columns < w->what->dim ? kept_bytes / 2 : kept_bytes;
    for (size_t i = 0; i < n; i++, t->kept_rows++) {
        const uint8_t *from = (const uint8_t *)data + i * row_bytes;
        uint8_t *to = t->kept + t->kept_rows * kept_bytes;
        memcpy(to, from, head);
        memcpy(to + head, from + row_bytes - (kept_bytes - head), kept_bytes - head);
    }
    return true;
}

/* ---------------------------------------------------------------- layout */

static void put(text_writer *t, const char *text, size_t length)
{
    sink_write(t->base.out, text, length);
    t->column += length;
}

static void put_text(text_writer *t, const char *text)
{
    put(t, text, strlen(text));
}

static void put_blanks(text_writer *t, size_t n)
{
    for (; n > 0; n--)
        put(t, " ", 1);
}

static void put_lines(text_writer *t, unsigned n, size_t indent)
{
    for (; n > 0; n--)
        put(t, "\n", 1);
    t->column = 0;
    put_blanks(t, indent);
}

/* One value, aligned to the right. */
static void put_value(text_writer *t, size_t index)
{
    size_t length = value_style_text(&t->style, t->values, index);
    if (length < t->style.width)
        put_blanks(t, t->style.width - length);
    put(t, t->style.text, length);
}

/* How the items of a vector are laid out. */
typedef struct lines {
    uint64_t per_line;
    size_t indent;
    /* What ends a line, and the blanks that begin the next one; with room for copy_blocks. */
    char end[2 + PREFIX_LENGTH + RESULT_MAX_NDIM + 16];
} lines;

static lines lines_of(const text_writer *t, size_t indent)
{
    int64_t room = t->base.what->options.linewidth - (int64_t)indent;
    int64_t fit = room / (int64_t)(t->style.width + 2);
    lines l = {.per_line = fit > 1 ? (uint64_t)fit : 1, .indent = indent + 1, .end = ",\n"};
    memset(l.end + 2, ' ', sizeof l.end - 2);
    return l;
}

/* What comes before item i. */
static void put_separator(text_writer *t, const lines *l, size_t i)
{
    if (i > 0 && i % l->per_line == 0) {
        put_text(t, ",");
        put_lines(t, 1, l->indent);
    } else if (i > 0) {
        put_text(t, ", ");
    }
}

/* Copies by blocks of 16, the last of which may run over. */
static inline char *copy_blocks(char *out, const char *from, size_t n)
{
    for (size_t at = 0; at < n; at += 16)
        memcpy(out + at, from + at, 16);
    return out + n;
}

/* Items i .. i+n-1 of a vector, at most DECIMALS_AT_ONCE, as values of float32 or less from
 * `first` on. False, and nothing is put, if they are others or a text is wider than the style;
 * zeros, nans and infinities may be, which it does not regard. */
static bool put_aligned(text_writer *t, size_t first, size_t n, const lines *l, size_t i)
{
    float values[DECIMALS_AT_ONCE];
    char text[DECIMALS_AT_ONCE * (DECIMAL_WIDTH_MAX + 2) + 16];
    tokvec_dtype dtype = t->base.what->dtype;
    size_t stride = t->style.width + 2;
    bool scientific = t->style.kind == STYLE_SCIENTIFIC;
    if (!tokvec_dtype_is_float(dtype) || dtype == TOKVEC_FLOAT64 ||
        (!scientific && t->style.kind != STYLE_FIXED))
        return false;
    dtype_widen(dtype, t->values + first * tokvec_dtype_size(dtype), values, n);
    if (!decimal_aligned(values, n, scientific ? DECIMAL_SCIENTIFIC : DECIMAL_FIXED,
                         t->style.precision, t->style.width, text))
        return false;
    put_separator(t, l, i);
    size_t ends = (size_t)(n / l->per_line) + 1;
    char *out = sink_reserve(t->base.out, n * stride + ends * sizeof l->end);
    const char *start = out;
    for (size_t done = 0;;) {
        uint64_t fit = l->per_line - (i + done) % l->per_line;
        size_t some = n - done < fit ? n - done : (size_t)fit;
        out = copy_blocks(out, text + done * stride, some * stride - 2);
        t->column += some * stride - 2;
        done += some;
        if (done == n)
            break;
        out = copy_blocks(out, l->end, 2 + l->indent);
        t->column = l->indent;
    }
    sink_advance(t->base.out, (size_t)(out - start));
    return true;
}

/* The innermost brackets: as many items on a line as fit. */
static void put_vector(text_writer *t, size_t indent)
{
    const lines l = lines_of(t, indent);
    bool cut = t->kept_columns < t->base.what->dim;
    size_t items = t->kept_columns + cut, dots = t->kept_columns / 2;
    size_t first = (size_t)t->printed_rows++ * t->kept_columns;
    put_text(t, "[");
    for (size_t i = 0; i < items;) {
        size_t some = items - i < DECIMALS_AT_ONCE ? items - i : DECIMALS_AT_ONCE;
        if (!cut && put_aligned(t, first + i, some, &l, i)) {
            i += some;
            continue;
        }
        for (size_t end = i + some; i < end; i++) {
            put_separator(t, &l, i);
            if (cut && i == dots)
                put_text(t, " ...");
            else
                put_value(t, first + i - (cut && i > dots));
        }
    }
    put_text(t, "]");
}

/* The brackets of dimension `level` and all inside; at most RESULT_MAX_NDIM deep. */
static void put_level(text_writer *t, unsigned level, size_t indent)
{
    const result *what = t->base.what;
    if (level + 1 == what->ndim) {
        put_vector(t, indent);
        return;
    }
    bool cut = is_cut(t, what->shape[level]);
    uint64_t items = visible_items(t, what->shape[level]);
    put_text(t, "[");
    for (uint64_t i = 0; i < items; i++) {
        if (i > 0) {
            put_text(t, ",");
            put_lines(t, what->ndim - level - 1, indent + 1);
        }
        if (cut && i == items / 2) {
            put_text(t, "...,");
            put_lines(t, what->ndim - level - 1, indent + 1);
        }
        put_level(t, level + 1, indent + 1);
    }
    put_text(t, "]");
}

/* ", NAME=VALUE", on a line of its own if it would not fit. `length` counts as PyTorch does,
 * which is two too many until the first suffix has moved to a new line. */
static void put_suffix(text_writer *t, const char *suffix, size_t *length)
{
    size_t more = strlen(suffix);
    put_text(t, ",");
    if ((int64_t)(*length + more + 2) > t->base.what->options.linewidth) {
        put_lines(t, 1, PREFIX_LENGTH);
        *length = PREFIX_LENGTH + more;
    } else {
        put_text(t, " ");
        *length += more + 2;
    }
    put_text(t, suffix);
}

static void put_size(text_writer *t, size_t *length)
{
    enum { DIMENSION_ROOM = 24 };
    const result *what = t->base.what;
    char size[16 + RESULT_MAX_NDIM * DIMENSION_ROOM] = "size=(";
    size_t at = strlen(size);
    for (unsigned i = 0; i < what->ndim; i++)
        at += (size_t)snprintf(size + at, sizeof size - at, "%s%llu", i == 0 ? "" : ", ",
                               (unsigned long long)what->shape[i]);
    snprintf(size + at, sizeof size - at, what->ndim == 1 ? ",)" : ")");
    put_suffix(t, size, length);
}

static void put_suffixes(text_writer *t, bool empty)
{
    const result *what = t->base.what;
    size_t length = t->column + 2;
    tokvec_dtype dtype = what->dtype;
    if (empty ? what->ndim != 1 : what->options.edgeitems == 0)
        put_size(t, &length);
    bool is_default =
        dtype == TOKVEC_FLOAT32 || (!empty && (dtype == TOKVEC_INT64 || dtype == TOKVEC_BOOL));
    if (!is_default) {
        char suffix[64];
        snprintf(suffix, sizeof suffix, "dtype=torch.%s", tokvec_dtype_name(dtype));
        put_suffix(t, suffix, &length);
    }
    if (what->suffix != NULL)
        put_suffix(t, what->suffix, &length);
}

static bool text_end(writer *w, tokvec_error *err)
{
    (void)err;
    text_writer *t = (text_writer *)w;
    bool empty = w->what->rows == 0 || w->what->dim == 0;
    if (w->what->is_parameter)
        sink_text(w->out, "Parameter containing:\n");
    put_text(t, "tensor(");
    if (empty) {
        put_text(t, "[]");
    } else if (only_dots(t)) {
        put_text(t, "[...]");
    } else {
        value_style_choose(&t->style, &w->what->options, t->values, t->kept_rows * t->kept_columns);
        put_level(t, 0, PREFIX_LENGTH);
    }
    put_suffixes(t, empty);
    put_text(t, ")\n");
    return true;
}

static void text_release(writer *w)
{
    text_writer *t = (text_writer *)w;
    free(t->kept);
    free(t->style.text);
}

const writer_format text_format = {
    .name = "text",
    .help = "what PyTorch prints",
    .size = sizeof(text_writer),
    .begin = text_begin,
    .next_row = text_next_row,
    .rows = text_keep,
    .end = text_end,
    .release = text_release,
};
