/* mapped.h - a matrix in a mapped file as a table.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_MAPPED_H
#define TOKVEC_TABLE_MAPPED_H

#include "table/layout.h"

/* The view as a table. The caller has checked that all of it lies inside the map, which must
 * outlive the table. */
tokvec_table *mapped_table(const file_map *map, const matrix_view *view, tokvec_error *err);

/* Checks the CRC-32 of the stored zip member that a mapped table lies in, from byte `data` of the
 * file on: right now if it is small, or else when table_verify asks for it. */
bool mapped_check(tokvec_table *table, const struct zip_member *member, uint64_t data,
                  tokvec_error *err);

#endif
