/* digest_check.h - comparing tables with a list of their digests.
 * What tokvec digest --check does, in the manner of sha256sum -c.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_DIGEST_CHECK_H
#define TOKVEC_CLI_DIGEST_CHECK_H

#include "cli/settings.h"

/* Reads the lists that are the operands ("-" or none: standard input), all of them before anything
 * is printed, and compares line by line. A digest that differs or a table that cannot be read makes
 * the program's status 1. With ignore_missing, files that do not exist are passed over. */
bool digest_check(const settings *s, bool ignore_missing, tokvec_error *err);

#endif
