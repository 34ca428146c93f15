/* pickle.h - Python pickles of protocols 2 to 5, read as data.
 * Nothing is imported, called or executed: what a pickle would have Python call becomes a value
 * of kind PICKLE_OBJECT, which says what and with what arguments.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_TORCH_PICKLE_H
#define TOKVEC_FORMATS_TORCH_PICKLE_H

#include "formats/torch/pickle_values.h"

/* Reads one pickle at the beginning of `size` bytes, which take `stored` in the file: fewer if they
 * are compressed. On success the caller releases it with pickle_free; on failure nothing is left,
 * and *fault tells. */
bool pickle_read(pickle *p, const uint8_t *data, uint64_t size, uint64_t stored,
                 pickle_fault *fault);

#endif
