/* foreign.h - files that tokvec does not read, known by what is in them.
 * A message then says what the file is and what to do, not what is wrong with it as a file of
 * another kind. Formats with a magic number of their own are asked before, those that are told
 * from text after it.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_FOREIGN_H
#define TOKVEC_MODEL_FOREIGN_H

#include "codec/zip.h"

/* True if the file is known to be something that tokvec does not read, whether weights or a
 * vocabulary are wanted; *err says what, and what to do. Looks at its first 64 KB and its end. */
bool foreign_refuse(const file_map *map, tokvec_error *err);

/* Refuses a file that nothing recognised, if it is a zip archive, short text or its name tells a
 * kind. */
bool foreign_refuse_unknown(const file_map *map, tokvec_error *err);

/* Gives an error about a file whose name is that of an unfinished download a hint that says so;
 * false if it is not one. */
bool foreign_hint_unfinished(const char *path, tokvec_error *err);

/* The same to an error about a file that is not there, but whose link is: it says what the link
 * leads to. */
bool foreign_hint_link(const char *path, tokvec_error *err);

/* ---- between the files foreign*.c: each true if it refused the file ------------------------ */

/* Looked at in a file; what lies further back does not decide. */
enum { FOREIGN_HEAD = 1 << 16 };

static inline size_t foreign_head(const file_map *map)
{
    return (size_t)file_head(map, FOREIGN_HEAD);
}

/* The file as a word for a shell: quoted if need be, FILE if it cannot be. Returns out. */
const char *foreign_shell_word(const char *path, char *out, size_t size);

/* Refuses the file as what it is called, with what to do. */
bool foreign_refuse_as(const file_map *map, tokvec_error *err, const char *name,
                       const char *advice);

/* A zip archive that is neither NumPy's nor PyTorch's: names what is in it. Returns false. */
bool foreign_refuse_zip(const zip_archive *zip, tokvec_error *err);

bool foreign_text(const file_map *map, tokvec_error *err);    /* pointers, pages, errors, UTF-16 */
bool foreign_pickle(const file_map *map, tokvec_error *err);  /* not of torch.save */
bool foreign_program(const file_map *map, tokvec_error *err); /* with weights behind it or not */
bool foreign_vectors(const file_map *map, tokvec_error *err); /* known by a header without magic */
bool foreign_message(const file_map *map, tokvec_error *err); /* protobuf and msgpack */

#endif
