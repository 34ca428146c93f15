/* quantised.h - a matrix of quantised rows as a table of float32.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_QUANTISED_H
#define TOKVEC_TABLE_QUANTISED_H

#include "codec/quant.h"
#include "io/file_map.h"

/* A matrix of quantised rows in a mapped file. */
typedef struct quant_view {
    uint64_t rows, dim; /* dim is a multiple of type->elements */
    const quant_type *type;
    uint64_t offset; /* of the first block in the file */
    bool big_endian;
} quant_view;

/* The view as a table of float32. The caller has checked that all of it lies inside the map,
 * which must outlive the table. */
tokvec_table *quantised_table(const file_map *map, const quant_view *view, tokvec_error *err);

#endif
