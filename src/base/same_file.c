/* same_file.c - the file that is read and written to at once.
 * See same_file.h.
 * SPDX-License-Identifier: MIT */
#include "base/same_file.h"

#include <stdatomic.h>

static struct {
    bool known;
    dev_t device;
    ino_t number;
    atomic_bool read;
} output;

void same_file_output(const struct stat *status)
{
    output.known = true;
    output.device = status->st_dev;
    output.number = status->st_ino;
}

void same_file_input(const struct stat *status)
{
    if (output.known && status->st_dev == output.device && status->st_ino == output.number)
        output.read = true;
}

bool same_file_check(const char *name, tokvec_error *err)
{
    if (!output.read)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "the output would go into a file that is read");
    error_where(err, "%s", name);
    error_kind(err, TOKVEC_KIND_OVER_INPUT);
    return error_hint(err, "write to another file");
}
