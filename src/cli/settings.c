/* settings.c - what the user asked for.
 * See settings.h.
 * SPDX-License-Identifier: MIT */
#include "cli/settings.h"

#include <stdlib.h>

settings *settings_new(size_t size, size_t operands, tokvec_error *err)
{
    settings *s = calloc(1, size);
    operand *room = calloc(operands + 1, sizeof *room);
    if (s == NULL || room == NULL) {
        free(s);
        free(room);
        error_no_memory(err, size + operands * sizeof *room);
        return NULL;
    }
    s->print.options = (print_options)PRINT_DEFAULTS;
    s->operands = room;
    return s;
}

void settings_free(settings *s)
{
    if (s == NULL)
        return;
    free(s->operands);
    free(s->key_steps);
    free(s);
}
