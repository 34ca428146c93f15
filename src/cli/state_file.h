/* state_file.h - files with a state of PyTorch's generator in them.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_STATE_FILE_H
#define TOKVEC_CLI_STATE_FILE_H

#include "base/error.h"

/* Reads the one tensor of TOKVEC_TORCH_STATE_SIZE bytes that a file has, as torch.save and
 * numpy.save write it, alone or in a checkpoint. */
bool state_file_read(const char *path, void *state, tokvec_error *err);

/* Writes one as torch.save does. The file appears whole or not at all. */
bool state_file_write(const char *path, const void *state, tokvec_error *err);

#endif
