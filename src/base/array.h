/* array.h - growing an array.
 * One function for every array whose final length is not known beforehand.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_BASE_ARRAY_H
#define TOKVEC_BASE_ARRAY_H

#include "tokvec.h"

/* Makes room for `wanted` items of `size` bytes in the array at *items, which has room for
 * *capacity (NULL and 0 to begin with); grows by half at least. On failure the array stays as
 * it was. */
bool array_reserve(void *items, size_t *capacity, size_t wanted, size_t size, tokvec_error *err);

#endif
