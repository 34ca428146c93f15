/* group_print.h - the options of the text format, those of torch.set_printoptions.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_GROUP_PRINT_H
#define TOKVEC_CLI_GROUP_PRINT_H

#include "cli/option.h"
#include "print/writer.h"

typedef struct print_settings {
    print_options options;
    /* Given by name, so that a profile does not change them. */
    bool has_precision, has_threshold, has_edgeitems, has_linewidth;
} print_settings;

extern const option_spec *const text_options[];

/* Sets what holds without options. */
void print_start(print_settings *p);

#endif
