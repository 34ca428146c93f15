/* inflated.h - a matrix in a deflated zip member as a table.
 * The counterpart of mapped_table for what cannot be used where it lies.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_INFLATED_H
#define TOKVEC_TABLE_INFLATED_H

#include "codec/zip.h"
#include "table/layout.h"

/* view->offset counts from the start of the member's content, all of which the view's elements
 * lie in; data is from zip_locate. The map and the member must outlive the table. */
tokvec_table *inflated_table(const file_map *map, const zip_member *member, uint64_t data,
                             const matrix_view *view, tokvec_error *err);

#endif
