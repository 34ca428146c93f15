/* inner.h - files inside other files: "model.zip/config.json".
 * A path may go on behind the name of a file, as if that were a folder. What can be found there is
 * for a room above to know, which says so once; until then there is nothing.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_IO_INNER_H
#define TOKVEC_IO_INNER_H

#include "io/file_want.h"

/* All of these get paths that lead through a regular file, and answer for what is in it. */
typedef struct inner_files {
    /* As file_map_open; if not `whole`, as file_map_open_any. */
    file_map *(*open)(const char *path, bool whole, tokvec_error *err);
    bool (*is_file)(const char *path);
    bool (*is_folder)(const char *path);
    /* Tells the names in a folder, or in the file itself, each once, until `tell` says false; false
     * and an error if that did, or if there is no such folder. */
    bool (*names)(const char *folder, bool (*tell)(void *context, const char *name), void *context,
                  tokvec_error *err);
} inner_files;

/* Who knows them; for any thread at any time. */
void inner_set(const inner_files *files);

/* NULL: nobody, or errno, which opening a path has left, does not say that it leads through a
 * file. */
const inner_files *inner_of_errno(void);

#endif
