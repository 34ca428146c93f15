/* diff_tensors.h - all tensors that two models have, compared by their names.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_DIFF_TENSORS_H
#define TOKVEC_CLI_DIFF_TENSORS_H

#include "cli/diff_settings.h"

/* Prints a line a tensor: those of the first operand in their order, then those that only the
 * second one has. Not equal, in *s->status, unless all are there and the same. */
bool diff_tensors_compare(const settings *s, tokvec_error *err);

#endif
