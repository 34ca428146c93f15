/* array.h - memory for arrays: growing ones and large ones.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_BASE_ARRAY_H
#define TOKVEC_BASE_ARRAY_H

#include "tokvec.h"

/* Makes room for `wanted` items of `size` bytes in the array at *items, which has room for
 * *capacity (NULL and 0 to begin with); grows by half at least. On failure the array stays as
 * it was. */
bool array_reserve(void *items, size_t *capacity, size_t wanted, size_t size, tokvec_error *err);

/* Memory for `bytes` bytes, to be freed; NULL if there is none. If it is much, on huge pages, where
 * the system has such: for what is used all over, that spares most of the time for finding pages.
 * Only what is touched takes memory, by 2 MB at a time. */
void *array_large(size_t bytes);

#endif
