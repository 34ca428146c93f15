/* zip_map.h - a member of a zip archive as a file.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CODEC_ZIP_MAP_H
#define TOKVEC_CODEC_ZIP_MAP_H

#include "codec/zip.h"

/* Opens a member. A stored one is used where it lies; a deflated one is unpacked as it is asked for
 * (codec/unpack_map.h), its size and CRC-32 checked at its end. The archive's map outlives what is
 * returned or, if it is `owned`, is closed with it, or at once on failure; the archive itself is
 * not needed any longer. path is for messages and suffixes, copied. */
file_map *zip_map_open(const zip_archive *zip, const zip_member *member, bool owned,
                       const char *path, tokvec_error *err);

/* Whether a file is a member that had to be unpacked. */
bool zip_map_is_unpacked(const file_map *map);

/* Checks what matters only where members are used as files: no name leads out of the archive, and
 * no two members share bytes. */
bool zip_map_check(const zip_archive *zip, tokvec_error *err);

/* True for what is no member that anybody packed on purpose: folders, what systems leave. */
bool zip_map_is_furniture(const zip_member *member);

#endif
