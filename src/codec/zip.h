/* zip.h - zip archives in mapped files.
 * The directory at the end tells where members are; stored ones are used where they lie, deflated
 * ones are inflated as a stream.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CODEC_ZIP_H
#define TOKVEC_CODEC_ZIP_H

#include "io/file_map.h"

/* A member as the directory describes it. The name lies in the map and has no final NUL. */
typedef struct zip_member {
    const char *name;
    size_t name_length;
    uint64_t at; /* of its entry in the directory, for messages */
    unsigned method, flags;
    uint32_t crc;
    uint64_t packed, size; /* bytes in the file, and bytes of content */
    uint64_t header;       /* of its local header in the file */
} zip_member;

typedef struct zip_archive {
    const file_map *map;
    zip_member *members; /* in the order of the directory */
    size_t count;
    size_t *sorted;     /* indices of members by name */
    uint64_t directory; /* where the members end */
} zip_archive;

/* True if the file begins like a zip archive. */
bool zip_recognise(const file_map *map);

/* Reads the directory of a mapped file, which must outlive the archive. No name is repeated.
 * On success the caller releases it with zip_close; on failure nothing is left. */
bool zip_open(zip_archive *zip, const file_map *map, tokvec_error *err);
void zip_close(zip_archive *zip);

/* Closes and frees one that calloc made, whether it was opened or not. NULL is allowed. */
void zip_free(zip_archive *zip);

/* The member of that name, or NULL. */
const zip_member *zip_find(const zip_archive *zip, const char *name, size_t length);

/* Checks a member's local header against the directory, and its method. *data is where its bytes
 * begin in the file; all `packed` of them lie in it. */
bool zip_locate(const zip_archive *zip, const zip_member *member, uint64_t *data,
                tokvec_error *err);

static inline bool zip_is_deflated(const zip_member *member)
{
    return member->method != 0;
}

/* A deflated member as a stream of bytes. Memory: zlib's window and nothing else. */
typedef struct zip_stream zip_stream;

/* data: from zip_locate. The member and the map must outlive the stream. */
zip_stream *zip_stream_open(const file_map *map, const zip_member *member, uint64_t data,
                            tokvec_error *err);
void zip_stream_close(zip_stream *stream); /* NULL is allowed */

uint64_t zip_stream_position(const zip_stream *stream);

/* Goes back to the first byte. */
void zip_stream_rewind(zip_stream *stream);

/* The next n bytes of content, which must be there by the directory's size. After the last one
 * the CRC-32 is checked, if all went through the stream. */
bool zip_stream_read(zip_stream *stream, void *out, size_t n, tokvec_error *err);

/* Checks the CRC-32 of a stored member, going through all of it. data: from zip_locate. */
bool zip_check_stored(const file_map *map, const zip_member *member, uint64_t data,
                      tokvec_error *err);

/* A whole member in memory: for small ones. The bytes of a stored one lie in the map; those of a
 * deflated one are in *owned, which the caller frees (NULL otherwise). */
bool zip_content(const zip_archive *zip, const zip_member *member, const uint8_t **bytes,
                 uint64_t *at, uint8_t **owned, tokvec_error *err);

#endif
