/* path.h - paths of files in a folder.
 * For models whose files are found by name beside one another.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_IO_PATH_H
#define TOKVEC_IO_PATH_H

#include "base/error.h"

#include <sys/stat.h>

/* The path of `name` in a folder. The caller frees it; NULL and an error without memory. */
char *path_in_folder(const char *folder, const char *name, tokvec_error *err);

/* The path of `name` beside `file`. The caller frees it. */
char *path_beside(const char *file, const char *name, tokvec_error *err);

/* The folder that the file lies in, "." of a bare name. The caller frees it. */
char *path_folder_of(const char *file, tokvec_error *err);

/* Also if the suffix of a compressor follows: "x.vec.gz" ends in ".vec" and ".gz". */
bool path_ends_in(const char *path, const char *suffix);

bool path_is_standard_input(const char *path); /* "-" */

/* As stat, but of standard input if the path is "-". */
bool path_stat(const char *path, struct stat *status);

bool path_is_regular(const char *path); /* also by a link */

/* Also inside of other files (io/inner.h). */
bool path_is_file(const char *path);   /* also by a link */
bool path_is_folder(const char *path); /* not by a link */

#endif
