/* torch_bytes.h - bytes as torch.save writes a tensor of uint8.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_PRINT_TORCH_BYTES_H
#define TOKVEC_PRINT_TORCH_BYTES_H

#include "io/sink.h"

#include <stdint.h>

/* Writes n bytes, at most 65535, as a file that torch.load reads as a tensor of shape (n), with
 * weights_only=True too. */
void torch_bytes_write(sink *out, const uint8_t *bytes, size_t n);

#endif
