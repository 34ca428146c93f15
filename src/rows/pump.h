/* pump.h - rows on their way from a table to a consumer.
 * Block by block they are read, converted and handed over, in order and in bounded memory, by
 * several threads where there is enough to do.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_ROWS_PUMP_H
#define TOKVEC_ROWS_PUMP_H

#include "rows/lanes.h"

/* Table and consumer are borrowed until pump_close, and so is the context of the reader. */
typedef struct pump_spec {
    tokvec_table *table;
    const row_reader *reader; /* NULL: the table's own */
    consumer *to;
    uint64_t rows;    /* how many will be asked for; 0: that is not known */
    uint64_t work;    /* how many rows of another table each is made of, about; 0: none */
    unsigned threads; /* at most; 0: as many as there are processors */
} pump_spec;

/* Makes ready to read. On failure there is nothing to close. */
bool pump_open(pump *p, const pump_spec *spec, tokvec_error *err);

/* Hands over the rows of those IDs, which are valid, or those of them that the consumer wants.
 * They go on after those of earlier calls. After an error the pump is only to be closed. */
bool pump_rows(pump *p, const id_list *list, tokvec_error *err);

void pump_close(pump *p);

/* The above in one: the rows of those IDs to a consumer, or all rows of a table. */
bool pump_list(tokvec_table *table, const id_list *list, consumer *to, unsigned threads,
               tokvec_error *err);
bool pump_table(tokvec_table *table, consumer *to, unsigned threads, tokvec_error *err);

#endif
