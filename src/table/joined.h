/* joined.h - several tables as one, their rows one after the other or their columns side by side.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_JOINED_H
#define TOKVEC_TABLE_JOINED_H

#include "table/table.h"

typedef enum joined_axis { JOINED_ROWS, JOINED_COLUMNS } joined_axis;

/* The parts, 1 or more of one dtype and one shape, joined along an axis. They belong to the table,
 * and are closed also on failure. */
tokvec_table *joined_table(tokvec_table *const *parts, size_t count, joined_axis axis,
                           tokvec_error *err);

#endif
