/* print_rows.h - a writer as a consumer of rows.
 * What print/ writes and what rows/ hands over meet here; neither knows of the other.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_PRINT_ROWS_H
#define TOKVEC_CLI_PRINT_ROWS_H

#include "print/writer.h"
#include "rows/consumer.h"

/* Starts with print_rows_init; nothing is to be released. */
typedef struct print_rows {
    consumer base;
    writer *writer; /* borrowed; a clone owns its own, which formats into memory */

    /* of a clone */
    sink text;
    result what;
    const result *original; /* that `what` was copied from */
    char *label;
    size_t label_capacity;
} print_rows;

/* Rows go to that writer, which must have begun when the first ones come. If its format is
 * parallel, it is cloned. */
void print_rows_init(print_rows *p, writer *w);

#endif
