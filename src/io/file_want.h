/* file_want.h - the bytes of a file, asked for before they are touched.
 *
 * Bytes may have to come from elsewhere first, so a reader asks before it touches any:
 *     if (!file_want(map, at, 24, err))
 *         return false;
 *     uint32_t version = load_le32(map->data + at + 4);
 * It goes through long texts by file_piece, and looks at beginnings by file_head. What has been
 * had once stays. For a file of this machine each is a comparison; a build with
 * TOKVEC_WANT_CHECK=ON ends at the first byte that was touched unasked.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_IO_FILE_WANT_H
#define TOKVEC_IO_FILE_WANT_H

#include "base/error.h"

#include <stdatomic.h>
#include <time.h>

typedef struct file_source file_source;

typedef struct file_map {
    const uint8_t *data; /* size bytes; not NULL, also if there are none */
    void *pages;         /* what data points to, if it is a mapping that the map owns; or NULL */
    uint64_t size;       /* of an open-ended map more than there is: see file_ends_at */
    uint64_t here;       /* so many of the first bytes can be read unasked: usually all */
    file_source *source; /* where the others come from; owned; NULL: there are no others */
    char *path;
    int fd;                   /* kept to see whether the file still has its size; -1: memory */
    struct timespec modified; /* when it was opened */
    bool inner;               /* it is a file inside another file */
    bool piped;               /* it came through a pipe, and is kept in memory */
    atomic_bool shrunk;       /* set by the SIGBUS handler: what was read is partly zeros */
} file_map;

/* ---- asking for bytes ----------------------------------------------------------------------- */

/* Makes the bytes of a range readable. False, with an error, if it goes past the end of the file,
 * or if they cannot be had; then file_map_intact fails too from then on, so that who has no error
 * to fill in may go on as if the file had ended, and leave the telling to whom it asks last.
 * Several threads may ask at the same time. */
static inline bool file_want(const file_map *map, uint64_t offset, uint64_t length,
                             tokvec_error *err);

/* The end of a piece that begins at `at` and can be read, as large as is good to get at once: for
 * who goes through a file from the front to the back. `at` itself if nothing more can be had: at
 * the end of the file, or with an error as above. */
static inline uint64_t file_piece(const file_map *map, uint64_t at, tokvec_error *err);

/* How many of the first `most` bytes there are to look at: fewer in a shorter file, 0 if they
 * cannot be had. For who recognises a file. */
static inline uint64_t file_head(const file_map *map, uint64_t most);

/* Whether the file has no byte `at` or any behind it. How long an open-ended map is (of what is
 * unpacked as it is read) shows only where its end has been asked for: until then its size is one
 * that it cannot exceed, and then becomes what it is; so who needs to know where the file ends asks
 * this. True too if bytes cannot be had, as above. */
static inline bool file_ends_at(const file_map *map, uint64_t at);

/* Whether what is released is gone, so that it is best to go through the file once. */
static inline bool file_is_one_pass(const file_map *map);

/* Whether the size is yet to be found out. */
static inline bool file_is_open_ended(const file_map *map);

/* For who goes through a file once: bytes before `up_to` need not be kept. They may be asked for
 * again, but at a price, and what was had of them is not to be touched before that. Where a map is
 * open-ended nobody may ask for more than 16 MB beyond the last such place. Only one thread at a
 * time may ask for bytes of such a map. */
static inline void file_release(const file_map *map, uint64_t up_to);

/* As file_head, of the bytes from `at` on. */
static inline uint64_t file_some(const file_map *map, uint64_t at, uint64_t most);

/* Where that byte is first found from `from` on; `stop`, which is at most the file's size, if it is
 * not before there. All bytes up to it have been asked for then. */
uint64_t file_find(const file_map *map, uint64_t from, uint64_t stop, char byte);

/* Whether nothing of the file need be asked for. */
static inline bool file_is_whole(const file_map *map);

/* True if something is wrong, which file_map_intact will say; does not ask the system. */
static inline bool file_map_suspect(const file_map *map);

/* ---- for those who bring the bytes ---------------------------------------------------------- */

/* The first member of a source's own struct. Its map's data is address space of its own, of which
 * it fills and makes readable what it is asked for. */
struct file_source {
    /* Makes a range, which lies in the file, readable; any thread may call. False without an error
     * (*err is that of TOKVEC_OK) if an open-ended map turns out to end before; map->size is right
     * then. */
    bool (*fetch)(file_source *source, const file_map *map, uint64_t offset, uint64_t length,
                  tokvec_error *err);
    /* As file_release; NULL: nothing is ever released. */
    void (*release)(file_source *source, const file_map *map, uint64_t up_to);
    bool open_ended;
    /* What file_map_intact asks beside; NULL: nothing. */
    bool (*intact)(const file_source *source, tokvec_error *err);
    /* Releases map->data and the source. */
    void (*close)(file_source *source, file_map *map);
    uint64_t piece;      /* bytes that are good to get at once */
    atomic_bool failing; /* a fetch has failed: it alone sets why, then failed */
    atomic_bool failed;
    tokvec_error why;
};

bool file_want_more(const file_map *map, uint64_t offset, uint64_t length, tokvec_error *err);
uint64_t file_piece_more(const file_map *map, uint64_t at, tokvec_error *err);
uint64_t file_some_more(const file_map *map, uint64_t at, uint64_t most);

static inline bool file_want(const file_map *map, uint64_t offset, uint64_t length,
                             tokvec_error *err)
{
    return (offset <= map->here && length <= map->here - offset) ||
           file_want_more(map, offset, length, err);
}

static inline uint64_t file_piece(const file_map *map, uint64_t at, tokvec_error *err)
{
    return at < map->here ? map->here : file_piece_more(map, at, err);
}

static inline uint64_t file_some(const file_map *map, uint64_t at, uint64_t most)
{
    uint64_t left = at < map->size ? map->size - at : 0, n = left < most ? left : most;
    return at + n <= map->here ? n : file_some_more(map, at, most);
}

static inline uint64_t file_head(const file_map *map, uint64_t most)
{
    return file_some(map, 0, most);
}

static inline bool file_is_one_pass(const file_map *map)
{
    return map->source != NULL && map->source->release != NULL;
}

static inline bool file_is_open_ended(const file_map *map)
{
    return map->source != NULL && map->source->open_ended;
}

static inline bool file_ends_at(const file_map *map, uint64_t at)
{
    return at >= map->size || (file_is_open_ended(map) && !file_want(map, at, 1, NULL));
}

static inline void file_release(const file_map *map, uint64_t up_to)
{
    if (map->source != NULL && map->source->release != NULL)
        map->source->release(map->source, map, up_to);
}

static inline bool file_is_whole(const file_map *map)
{
    return map->here == map->size;
}

static inline bool file_map_suspect(const file_map *map)
{
    return atomic_load(&map->shrunk) || (map->source != NULL && atomic_load(&map->source->failed));
}

#endif
