/* diff_settings.h - what the command diff is asked for.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_DIFF_SETTINGS_H
#define TOKVEC_CLI_DIFF_SETTINGS_H

#include "cli/settings.h"

typedef struct diff_settings {
    settings shared;
    const char *other_tensor; /* of b; NULL: it is named as that of a */
    bool rows;                /* print a line for each that differs */
    bool all;                 /* compare all tensors */
    bool bits, equal_nan, close;
    bool has_atol, has_rtol;
    double atol, rtol;
} diff_settings;

static inline const diff_settings *diff_settings_of(const settings *s)
{
    return (const diff_settings *)s;
}

#endif
