/* inner.c - files inside other files.
 * See inner.h.
 * SPDX-License-Identifier: MIT */
#include "io/inner.h"

#include <errno.h>

static _Atomic(const inner_files *) known;

void inner_set(const inner_files *files)
{
    atomic_store(&known, files);
}

const inner_files *inner_of_errno(void)
{
    return errno == ENOTDIR ? atomic_load(&known) : NULL;
}
