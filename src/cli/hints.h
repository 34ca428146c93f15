/* hints.h - what to do on the command line about an error of the library.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_HINTS_H
#define TOKVEC_CLI_HINTS_H

#include "base/error.h"

/* Makes the error's hint one for users of the program, by the error's kind. */
void hints_add(tokvec_error *err);

#endif
