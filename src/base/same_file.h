/* same_file.h - the file that is read and written to at once.
 * What is written at a place in a file that is still read, or at its end, would be read again, or
 * be read in place of what was there.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_BASE_SAME_FILE_H
#define TOKVEC_BASE_SAME_FILE_H

#include "base/error.h"

#include <sys/stat.h>

/* Says which regular file the output of the program is going to be written into. Once, before
 * anything is opened. */
void same_file_output(const struct stat *status);

/* Says what has been opened to be read. */
void same_file_input(const struct stat *status);

/* False and an error, which names the output, if one of those is the output. */
bool same_file_check(const char *output, tokvec_error *err);

#endif
