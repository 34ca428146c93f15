/* writer.c - the list of output formats.
 * See writer.h.
 * SPDX-License-Identifier: MIT */
#include "print/writer.h"

#include <stdlib.h>

const writer_format *const writer_formats[] = {
    &text_format,  &json_format,
    &jsonl_format, &csv_format,
    &tsv_format,   &npy_writer_format,
    &raw_format,   &safetensors_writer_format,
    &vec_format,   NULL,
};

const writer_format *writer_find(const char *name)
{
    for (size_t i = 0; writer_formats[i] != NULL; i++) {
        if (strcmp(writer_formats[i]->name, name) == 0)
            return writer_formats[i];
    }
    return NULL;
}

bool result_id(const result *what, int64_t id, int64_t *out)
{
    *out = id;
    if (what->shown == NULL || what->shown(what->shown_context, id, out))
        return true;
    *out = -1;
    return false;
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
