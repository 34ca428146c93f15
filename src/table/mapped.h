/* mapped.h - a matrix in a mapped file as a table.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_MAPPED_H
#define TOKVEC_TABLE_MAPPED_H

#include "table/layout.h"

/* The view as a table. The caller has checked that all of it lies inside the map, which must
 * outlive the table. */
tokvec_table *mapped_table(const file_map *map, const matrix_view *view, tokvec_error *err);

#endif
