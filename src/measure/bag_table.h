/* bag_table.h - a table of which each row is a bag of another table's rows.
 * Whoever reads rows of a table, on however many threads, so reads bags.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_BAG_TABLE_H
#define TOKVEC_MEASURE_BAG_TABLE_H

#include "measure/bag.h"
#include "rows/bag_list.h"

/* What bags are made of. */
typedef struct bag_spec {
    bag_mode mode;
    bool weighted;
    bool padded;     /* the rows of `padding` are left out */
    int64_t padding; /* a row's number */
} bag_spec;

/* The bags of `list`, complete and open, by their numbers: the caller may change the list between
 * two reads, and says so by bag_table_renew. Table and list are borrowed. The dtype is the
 * table's, or float32 if that is a float of 8 bits; tables of integers are refused. Closed with
 * tokvec_table_close. */
tokvec_table *bag_table(tokvec_table *table, const bag_spec *spec, const bag_list *list,
                        tokvec_error *err);
void bag_table_renew(tokvec_table *bags);

/* Puts the IDs of the open bag, where there is no complete one, into its sum, and takes them out of
 * the list: so a bag may have more IDs than there is memory for. */
bool bag_table_absorb(tokvec_table *bags, bag_list *list, tokvec_error *err);

#endif
