/* archive_members.h - what a zip archive is of, by the names of its members.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_ARCHIVE_MEMBERS_H
#define TOKVEC_MODEL_ARCHIVE_MEMBERS_H

#include "codec/zip.h"

enum archive_kind {
    ARCHIVE_OF_MODEL, /* a folder with a model in it */
    ARCHIVE_OF_FILES, /* any of which may be a table */
    ARCHIVE_OF_OTHERS /* a file of PyTorch, NumPy or Keras, which other formats read or refuse */
};
enum archive_kind archive_members_kind(const zip_archive *zip);

/* Whether a path is that of an archive of a model's folder, which can be opened as that folder.
 * Only its last bytes and its directory are read. */
bool archive_members_is_folder(const char *path);

/* Whether a member may be a table: no folder, no text about tables, nothing that systems leave. */
bool archive_members_may_be_table(const zip_member *member);

/* Where in its name the name of the file begins. */
size_t archive_members_base(const zip_member *member);

#endif
