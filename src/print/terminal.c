/* terminal.c - text from files on its way to a terminal.
 * See terminal.h.
 * SPDX-License-Identifier: MIT */
#include "print/terminal.h"

#include "base/utf8.h"

#include <stdio.h>

/* The length in bytes of the character at text that a terminal may get as it is, or 0. */
static size_t printable(const unsigned char *text)
{
    if (text[0] < 0x80)
        return text[0] >= 0x20 && text[0] != 0x7f;
    size_t length = utf8_length((const char *)text, 4);
    bool control = text[0] == 0xc2 && text[1] < 0xa0; /* U+0080 to U+009F */
    return control ? 0 : length;
}

static void escape(sink *out, unsigned char byte)
{
    char escaped[8];
    if (byte == '\n' || byte == '\t')
        snprintf(escaped, sizeof escaped, "\\%c", byte == '\n' ? 'n' : 't');
    else
        snprintf(escaped, sizeof escaped, "\\x%02x", byte);
    sink_text(out, escaped);
}

size_t terminal_text(sink *out, const char *text, size_t most)
{
    size_t columns = 0;
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0';) {
        size_t length = printable(c);
        size_t width = length > 0 ? 1 : *c == '\n' || *c == '\t' ? 2 : 4;
        if (width > most - columns) {
            if (out != NULL)
                sink_text(out, "...");
            return columns + 3;
        }
        if (out != NULL && length > 0)
            sink_write(out, c, length);
        else if (out != NULL)
            escape(out, *c);
        columns += width;
        c += length > 0 ? length : 1;
    }
    return columns;
}
