/* cell.c - text in a cell of a report.
 * See cell.h.
 * SPDX-License-Identifier: MIT */
#include "print/cell.h"

#include "base/utf8.h"

#include <stdio.h>

static void escape(sink *out, unsigned char byte)
{
    char escaped[8];
    if (byte == '\n' || byte == '\t')
        snprintf(escaped, sizeof escaped, "\\%c", byte == '\n' ? 'n' : 't');
    else
        snprintf(escaped, sizeof escaped, "\\x%02x", byte);
    sink_text(out, escaped);
}

size_t cell_text(sink *out, tokvec_text text, size_t most)
{
    size_t columns = 0;
    for (size_t i = 0; i < text.length;) {
        const char *c = text.bytes + i;
        size_t length = utf8_visible(c, text.length - i);
        size_t width = length > 0 ? 1 : *c == '\n' || *c == '\t' ? 2 : 4;
        if (width > most - columns) {
            if (out != NULL)
                sink_text(out, "...");
            return columns + 3;
        }
        if (out != NULL && length > 0)
            sink_write(out, c, length);
        else if (out != NULL)
            escape(out, (unsigned char)*c);
        columns += width;
        i += length > 0 ? length : 1;
    }
    return columns;
}

size_t cell_write(sink *out, const char *text, size_t most)
{
    return cell_text(out, (tokvec_text){text, strlen(text)}, most);
}
