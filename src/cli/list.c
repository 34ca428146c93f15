/* list.c - the command list: the tensors of a weights file.
 * As a table in which the one that lookup would take is marked, or as JSON.
 * SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "cli/options.h"
#include "print/values.h"

#include <stdio.h>
#include <stdlib.h>

enum { SHAPE_ROOM = 16 + RESULT_MAX_NDIM * 24 };

/* "[50257, 768]" */
static void shape_text(const tokvec_tensor *tensor, char *out)
{
    size_t length = (size_t)snprintf(out, SHAPE_ROOM, "[");
    for (unsigned i = 0; i < tensor->ndim && length < SHAPE_ROOM; i++)
        length += (size_t)snprintf(out + length, SHAPE_ROOM - length, "%s%llu", i == 0 ? "" : ", ",
                                   (unsigned long long)tensor->shape[i]);
    if (length < SHAPE_ROOM)
        snprintf(out + length, SHAPE_ROOM - length, "]");
}

/* ---------------------------------------------------------------- names */

/* The character at text that a terminal may get as it is: its length in bytes, or 0. */
static size_t printable(const unsigned char *text)
{
    if (text[0] < 0x80)
        return text[0] >= 0x20 && text[0] != 0x7f;
    size_t length = utf8_length((const char *)text, 4);
    bool control = text[0] == 0xc2 && text[1] < 0xa0; /* U+0080 to U+009F */
    return control ? 0 : length;
}

/* A name with everything else as \xNN. Returns its width, one column a character; without a sink
 * it only counts. */
static size_t print_name(sink *out, const char *name)
{
    size_t width = 0;
    for (const unsigned char *c = (const unsigned char *)name; *c != '\0';) {
        size_t length = printable(c);
        char escaped[8];
        if (length > 0 && out != NULL)
            sink_write(out, c, length);
        if (length == 0) {
            snprintf(escaped, sizeof escaped, "\\x%02x", *c);
            if (out != NULL)
                sink_text(out, escaped);
        }
        width += length > 0 ? 1 : 4;
        c += length > 0 ? length : 1;
    }
    return width;
}

/* ---------------------------------------------------------------- as a table */

static size_t wider(size_t a, size_t b)
{
    return a > b ? a : b;
}

static void pad(sink *out, size_t width, size_t wanted)
{
    for (; width < wanted; width++)
        sink_text(out, " ");
}

static void print_table(sink *out, const tokvec_weights *weights, const tokvec_tensor *chosen)
{
    char shape[SHAPE_ROOM], bytes[24];
    size_t name_width = 4, dtype_width = 5, shape_width = 5, bytes_width = 5;
    size_t count = tokvec_weights_count(weights);
    for (size_t i = 0; i < count; i++) {
        const tokvec_tensor *t = tokvec_weights_tensor(weights, i);
        shape_text(t, shape);
        snprintf(bytes, sizeof bytes, "%llu", (unsigned long long)t->bytes);
        name_width = wider(name_width, print_name(NULL, t->name));
        dtype_width = wider(dtype_width, strlen(t->dtype_name));
        shape_width = wider(shape_width, strlen(shape));
        bytes_width = wider(bytes_width, strlen(bytes));
    }
    for (size_t i = 0; i <= count; i++) {
        const tokvec_tensor *t = i == 0 ? NULL : tokvec_weights_tensor(weights, i - 1);
        const char *dtype = t == NULL ? "DTYPE" : t->dtype_name;
        snprintf(shape, sizeof shape, "SHAPE");
        snprintf(bytes, sizeof bytes, "BYTES");
        if (t != NULL) {
            shape_text(t, shape);
            snprintf(bytes, sizeof bytes, "%llu", (unsigned long long)t->bytes);
        }
        sink_text(out, t != NULL && t == chosen ? "* " : "  ");
        pad(out, print_name(out, t == NULL ? "NAME" : t->name), name_width + 2);
        sink_text(out, dtype);
        pad(out, strlen(dtype), dtype_width + 2);
        sink_text(out, shape);
        pad(out, strlen(shape) + strlen(bytes), shape_width + 2 + bytes_width);
        sink_text(out, bytes);
        sink_text(out, "\n");
    }
}

/* ---------------------------------------------------------------- as JSON */

static void print_json(sink *out, const char *path, const tokvec_weights *weights,
                       const tokvec_tensor *chosen)
{
    char shape[SHAPE_ROOM];
    sink_text(out, "{\"file\": ");
    json_string(out, path);
    sink_text(out, ",\n \"format\": ");
    json_string(out, tokvec_weights_format(weights));
    sink_text(out, ",\n \"tensors\": [");
    for (size_t i = 0; i < tokvec_weights_count(weights); i++) {
        const tokvec_tensor *t = tokvec_weights_tensor(weights, i);
        sink_text(out, i == 0 ? "\n  {\"name\": " : ",\n  {\"name\": ");
        json_string(out, t->name);
        sink_text(out, ", \"dtype\": ");
        json_string(out, t->dtype_name);
        sink_text(out, ", \"shape\": ");
        shape_text(t, shape);
        sink_text(out, shape);
        sink_text(out, ", \"bytes\": ");
        sink_uint(out, t->bytes);
        sink_text(out, ", \"offset\": ");
        sink_uint(out, t->offset);
        sink_text(out, t == chosen ? ", \"chosen\": true}" : ", \"chosen\": false}");
    }
    sink_text(out, "]}\n");
}

/* ---------------------------------------------------------------- the command */

static bool check_settings(const settings *s, tokvec_error *err)
{
    if (s->operand_count != 1) {
        error_set(err, TOKVEC_BAD_ARGUMENT,
                  s->operand_count == 0 ? "'tokvec list' needs a weights file"
                                        : "'tokvec list' takes one file");
        if (s->operand_count > 1)
            error_where(err, "argument %u", s->operands[1].number);
        return error_hint(err, "write tokvec list FILE");
    }
    if (s->format == &text_format || s->format == &json_format)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "'tokvec list' has no format '%s'", s->format->name);
    return error_hint(err, "choose text or json");
}

static bool list_run(const settings *s, tokvec_error *err)
{
    if (!check_settings(s, err))
        return false;
    const char *path = s->operands[0].text;
    tokvec_weights *weights = tokvec_weights_open(path, err);
    if (weights == NULL)
        return false;
    const tokvec_tensor *chosen = tokvec_weights_find(weights, NULL, NULL);
    sink out;
    bool good = sink_open(&out, s->output, err);
    if (good) {
        if (s->format == &json_format)
            print_json(&out, path, weights, chosen);
        else
            print_table(&out, weights, chosen);
        good = sink_commit(&out, err);
    }
    tokvec_weights_close(weights);
    return good;
}

const command list_command = {
    .name = "list",
    .operands = "FILE",
    .summary = "list the tensors in a weights file",
    .bit = IN_LIST,
    .run = list_run,
};
