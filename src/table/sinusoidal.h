/* sinusoidal.h - a table of sinusoidal positions.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_SINUSOIDAL_H
#define TOKVEC_TABLE_SINUSOIDAL_H

#include "table/table.h"

/* Row t is the vector of position t, from 0 to 2^63-2: column 2i is sin(t * f), column 2i + 1
 * cos(t * f), f = exp(2i * (-log(10000) / dim)), rounded to float32 after each step and functions
 * correctly so; then to `dtype`, a float of 16 bits or more. PyTorch's own functions differ from
 * that in last bits. Closed with tokvec_table_close. */
tokvec_table *sinusoidal_table(uint64_t dim, tokvec_dtype dtype, tokvec_error *err);

#endif
