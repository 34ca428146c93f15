/* new_file.h - a file that appears whole or not at all.
 * It has no name until it is complete, where the system can do that; else one of its own, which is
 * taken away if the program is ended by a signal. Then it takes the place of what was there.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_IO_NEW_FILE_H
#define TOKVEC_IO_NEW_FILE_H

#include "base/error.h"

#include <sys/stat.h>

typedef struct new_file {
    int fd;
    char *target;    /* where it is to appear, at the end of all symbolic links; NULL: no file */
    char *temporary; /* its name until then, or NULL if it has none */
} new_file;

/* Whether two paths, at neither of which there is a file yet, would become one. */
bool new_file_same(const char *a, const char *b);

/* Begins a file that is to appear at path. `old` is what is there now, a regular file, or NULL: it
 * keeps its owner, group, ACL and rights where that may be, but never set-user-ID and
 * set-group-ID. On failure there is nothing to release. */
bool new_file_open(new_file *file, const char *path, const struct stat *old, tokvec_error *err);

/* Lets the file appear, and releases it. Returns 0 or an errno; then nothing has changed. */
int new_file_commit(new_file *file);

/* Releases a file that is not wanted: nothing remains of it. */
void new_file_abandon(new_file *file);

#endif
