/* metadata.h - printing what a weights file says beside its tensors.
 * As lines for people, in which long values are shortened, or as a JSON object with everything.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_METADATA_H
#define TOKVEC_CLI_METADATA_H

#include "io/sink.h"

bool metadata_lines(sink *out, tokvec_weights *weights, tokvec_error *err);
bool metadata_json(sink *out, tokvec_weights *weights, tokvec_error *err);

#endif
