/* pickle.h - Python pickles of protocols 2 to 5, read as data.
 * Nothing is imported, called or executed: what a pickle would have Python call becomes a value
 * of kind PICKLE_OBJECT, which says what and with what arguments.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_TORCH_PICKLE_H
#define TOKVEC_FORMATS_TORCH_PICKLE_H

#include "formats/torch/pickle_values.h"
#include "io/file_map.h"

/* Reads one pickle at the beginning of `size` bytes, which take `stored` in the file: fewer if they
 * are compressed. If `map` is not NULL, they lie in it, and only those of the pickle are asked for
 * there; after a failure file_map_intact may know better. On success the caller releases it with
 * pickle_free; on failure nothing is left, and *fault tells. */
bool pickle_read(pickle *p, const file_map *map, const uint8_t *data, uint64_t size,
                 uint64_t stored, pickle_fault *fault);

#endif
