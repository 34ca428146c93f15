/* zip.c - the directory of a zip archive.
 * See zip.h. Nothing in the file is believed before it has been compared with the rest.
 * SPDX-License-Identifier: MIT */
#include "codec/zip.h"

#include "base/bytes.h"

#include <stdlib.h>

/* Format: PKWARE, APPNOTE.TXT 4.3 and 4.5.3. Sizes of records without their variable parts. */
enum {
    LOCAL_SIZE = 30,
    ENTRY_SIZE = 46,
    END_SIZE = 22,
    END64_SIZE = 56,
    LOCATOR_SIZE = 20,
    COMMENT_MAX = 65535,
    FLAG_ENCRYPTED = 1,
    FLAG_SIZES_FOLLOW = 8,
    STORED = 0,
    DEFLATED = 8,
};
static const uint32_t LOCAL_MAGIC = 0x04034b50, ENTRY_MAGIC = 0x02014b50, END_MAGIC = 0x06054b50,
                      END64_MAGIC = 0x06064b50, LOCATOR_MAGIC = 0x07064b50;

/* What the end records say. */
typedef struct zip_end {
    uint64_t at; /* of the first end record: where the directory must have ended */
    uint64_t count, size, directory;
} zip_end;

bool zip_recognise(const file_map *map)
{
    if (file_head(map, 4) < 4)
        return false;
    uint32_t magic = load_le32(map->data);
    return magic == LOCAL_MAGIC || magic == END_MAGIC;
}

/* ---- the end records ------------------------------------------------------------------------ */

/* The last end record whose comment reaches exactly to the end of the file. */
static bool find_end(const file_map *map, uint64_t *at)
{
    uint64_t most = COMMENT_MAX + END_SIZE, look = map->size < most ? map->size : most;
    if (!file_want(map, map->size - look, look, NULL))
        return false;
    for (uint64_t comment = 0; comment <= COMMENT_MAX && comment + END_SIZE <= map->size;
         comment++) {
        *at = map->size - END_SIZE - comment;
        if (load_le32(map->data + *at) == END_MAGIC && load_le16(map->data + *at + 20) == comment)
            return true;
    }
    return false;
}

/* A field of the plain end record says the same as zip64's, or that it does not know. */
static bool agrees(uint64_t plain, uint64_t unknown, uint64_t wide)
{
    return plain == unknown || plain == wide;
}

/* What the end record of zip64 says, if its locator is there. */
static bool read_end64(const file_map *map, zip_end *end, tokvec_error *err)
{
    uint64_t locator = end->at - LOCATOR_SIZE;
    if (!file_want(map, locator, LOCATOR_SIZE, err))
        return false;
    if (load_le32(map->data + locator) != LOCATOR_MAGIC)
        return true;
    uint64_t at = load_le64(map->data + locator + 8);
    if (at > locator || locator - at < END64_SIZE)
        return file_map_bad(map, locator + 8, err,
                            "the zip64 end record is said to be at byte %llu, where it cannot be",
                            (unsigned long long)at);
    const uint8_t *record = map->data + at;
    if (!file_want(map, at, END64_SIZE, err))
        return false;
    if (load_le32(record) != END64_MAGIC)
        return file_map_bad(map, at, err, "the zip64 end record is not where it should be");
    uint64_t count = load_le64(record + 32);
    uint64_t size = load_le64(record + 40);
    uint64_t directory = load_le64(record + 48);
    if (!agrees(end->count, UINT16_MAX, count) || !agrees(end->size, UINT32_MAX, size) ||
        !agrees(end->directory, UINT32_MAX, directory))
        return file_map_bad(map, at, err, "the zip's two end records disagree");
    *end = (zip_end){at, count, size, directory};
    return true;
}

static bool read_end(const file_map *map, zip_end *end, tokvec_error *err)
{
    uint64_t at;
    if (!find_end(map, &at))
        return file_map_bad(
            map, map->size, err,
            "the zip archive has no end record: the file is cut, or something follows it");
    const uint8_t *record = map->data + at;
    *end = (zip_end){at, load_le16(record + 10), load_le32(record + 12), load_le32(record + 16)};
    if (load_le16(record + 4) != 0 || load_le16(record + 6) != 0)
        return file_map_bad(map, at + 4, err, "the zip archive is spread over several files");
    if (at >= LOCATOR_SIZE && !read_end64(map, end, err))
        return false;
    if (end->directory > end->at || end->size > end->at - end->directory)
        return file_map_bad(map, at, err,
                            "the zip directory, %llu bytes at %llu, goes past its end record",
                            (unsigned long long)end->size, (unsigned long long)end->directory);
    if (end->count > end->size / ENTRY_SIZE)
        return file_map_bad(map, at, err,
                            "%llu zip members do not fit in a directory of %llu bytes",
                            (unsigned long long)end->count, (unsigned long long)end->size);
    return true;
}

/* ---- the directory -------------------------------------------------------------------------- */

/* The zip64 extra field holds those of size, packed size and header offset that do not fit. */
static bool read_extra(const file_map *map, zip_member *m, const uint8_t *extra, size_t length,
                       tokvec_error *err)
{
    uint64_t *wide[] = {&m->size, &m->packed, &m->header};
    size_t at = 0;
    while (length - at >= 4) {
        size_t id = load_le16(extra + at), size = load_le16(extra + at + 2);
        at += 4;
        if (size > length - at)
            break; /* some writers leave odd bytes here */
        size_t used = 0;
        for (size_t i = 0; id == 1 && i < 3; i++) {
            if (*wide[i] != UINT32_MAX)
                continue;
            if (size - used < 8)
                return file_map_bad(map, m->at, err, "zip64 sizes of a member are missing");
            *wide[i] = load_le64(extra + at + used);
            used += 8;
        }
        if (id == 1)
            return true;
        at += size;
    }
    return true;
}

/* The entry at `at`, which must end before `end`; *next is where the next one begins. */
static bool read_entry(const file_map *map, uint64_t at, uint64_t end, zip_member *m,
                       uint64_t *next, tokvec_error *err)
{
    const uint8_t *entry = map->data + at;
    if (end - at < ENTRY_SIZE || load_le32(entry) != ENTRY_MAGIC)
        return file_map_bad(map, at, err, "the zip directory has no entry here");
    size_t name = load_le16(entry + 28), extra = load_le16(entry + 30);
    size_t comment = load_le16(entry + 32);
    if (name + extra + comment > end - at - ENTRY_SIZE)
        return file_map_bad(map, at + 28, err, "an entry of the zip directory goes past its end");
    *next = at + ENTRY_SIZE + name + extra + comment;
    *m = (zip_member){
        .name = (const char *)entry + ENTRY_SIZE,
        .name_length = name,
        .at = at,
        .flags = load_le16(entry + 8),
        .method = load_le16(entry + 10),
        .crc = load_le32(entry + 16),
        .packed = load_le32(entry + 20),
        .size = load_le32(entry + 24),
        .header = load_le32(entry + 42),
    };
    return read_extra(map, m, entry + ENTRY_SIZE + name, extra, err);
}

static int compare_names(const char *a, size_t a_length, const char *b, size_t b_length)
{
    int order = memcmp(a, b, a_length < b_length ? a_length : b_length);
    return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

static int by_name(const void *a, const void *b, void *members)
{
    const zip_member *x = (const zip_member *)members + *(const size_t *)a;
    const zip_member *y = (const zip_member *)members + *(const size_t *)b;
    return compare_names(x->name, x->name_length, y->name, y->name_length);
}

/* A name that is repeated would let two readers see two different models. */
static bool sort_names(zip_archive *zip, tokvec_error *err)
{
    for (size_t i = 0; i < zip->count; i++)
        zip->sorted[i] = i;
    qsort_r(zip->sorted, zip->count, sizeof *zip->sorted, by_name, zip->members);
    for (size_t i = 1; i < zip->count; i++) {
        const zip_member *m = &zip->members[zip->sorted[i]];
        if (by_name(&zip->sorted[i - 1], &zip->sorted[i], zip->members) == 0)
            return file_map_bad(zip->map, m->at, err, "the zip member '%.*s' is repeated",
                                (int)m->name_length, m->name);
    }
    return true;
}

bool zip_open(zip_archive *zip, const file_map *map, tokvec_error *err)
{
    zip_end end = {0};
    if (!read_end(map, &end, err))
        return false;
    *zip = (zip_archive){.map = map, .count = (size_t)end.count, .directory = end.directory};
    if (!file_want(map, end.directory, end.size, err))
        return false;
    zip->members = malloc((zip->count + 1) * sizeof *zip->members);
    zip->sorted = malloc((zip->count + 1) * sizeof *zip->sorted);
    bool good = zip->members != NULL && zip->sorted != NULL;
    if (!good)
        error_no_memory(err, zip->count * sizeof *zip->members);
    uint64_t at = end.directory;
    for (size_t i = 0; good && i < zip->count; i++)
        good = read_entry(map, at, end.directory + end.size, &zip->members[i], &at, err);
    good = good && sort_names(zip, err);
    if (!good)
        zip_close(zip);
    return good;
}

void zip_close(zip_archive *zip)
{
    free(zip->members);
    free(zip->sorted);
    *zip = (zip_archive){.count = 0};
}

void zip_free(zip_archive *zip)
{
    if (zip != NULL)
        zip_close(zip);
    free(zip);
}

const zip_member *zip_find(const zip_archive *zip, const char *name, size_t length)
{
    size_t low = 0, high = zip->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const zip_member *m = &zip->members[zip->sorted[middle]];
        int order = compare_names(name, length, m->name, m->name_length);
        if (order == 0)
            return m;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* ---- a member ------------------------------------------------------------------------------- */

static const char *method_name(unsigned method)
{
    static const struct {
        unsigned method;
        const char *name;
    } names[] = {{1, "shrunk"}, {6, "imploded"}, {9, "deflate64"}, {12, "bzip2"},    {14, "LZMA"},
                 {93, "zstd"},  {95, "xz"},      {98, "PPMd"},     {99, "encrypted"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].method == method)
            return names[i].name;
    }
    return "unknown";
}

static bool check_method(const file_map *map, const zip_member *m, tokvec_error *err)
{
    int length = (int)m->name_length;
    if (m->flags & FLAG_ENCRYPTED) {
        file_map_bad(map, m->at + 8, err, "the zip member '%.*s' is encrypted", length, m->name);
        return error_hint(err, "unpack the archive, and name the file that was in it");
    }
    if (m->method != STORED && m->method != DEFLATED) {
        file_map_bad(map, m->at + 10, err,
                     "the zip member '%.*s' is packed by method %u (%s), not stored or deflated",
                     length, m->name, m->method, method_name(m->method));
        return error_hint(err, "unpack the archive, and name the file that was in it");
    }
    if (m->method == STORED && m->packed != m->size)
        return file_map_bad(map, m->at + 20, err,
                            "the zip member '%.*s' is stored, but its two sizes differ", length,
                            m->name);
    return true;
}

/* The local header must not tell another reader anything else. */
static bool check_local(const file_map *map, const zip_member *m, tokvec_error *err)
{
    const uint8_t *local = map->data + m->header;
    bool follow = load_le16(local + 6) & FLAG_SIZES_FOLLOW;
    if (((load_le16(local + 6) ^ m->flags) & FLAG_ENCRYPTED) != 0 ||
        load_le16(local + 8) != m->method ||
        (!follow &&
         (!agrees(load_le32(local + 18), UINT32_MAX, m->packed) ||
          !agrees(load_le32(local + 22), UINT32_MAX, m->size) || load_le32(local + 14) != m->crc)))
        return file_map_bad(map, m->header, err,
                            "the two headers of the zip member '%.*s' disagree",
                            (int)m->name_length, m->name);
    return true;
}

bool zip_locate(const zip_archive *zip, const zip_member *m, uint64_t *data, tokvec_error *err)
{
    const file_map *map = zip->map;
    int length = (int)m->name_length;
    if (!check_method(map, m, err))
        return false;
    if (m->header > zip->directory || zip->directory - m->header < LOCAL_SIZE)
        return file_map_bad(map, m->at + 42, err,
                            "the zip member '%.*s' is said to be at %llu, outside the data", length,
                            m->name, (unsigned long long)m->header);
    const uint8_t *local = map->data + m->header;
    if (!file_want(map, m->header, LOCAL_SIZE, err))
        return false;
    if (load_le32(local) != LOCAL_MAGIC)
        return file_map_bad(map, m->header, err, "the zip member '%.*s' does not begin here",
                            length, m->name);
    size_t name = load_le16(local + 26), extra = load_le16(local + 28);
    uint64_t room = zip->directory - m->header - LOCAL_SIZE;
    if (name + extra > room || m->packed > room - name - extra)
        return file_map_bad(map, m->at + 20, err,
                            "the zip member '%.*s', %llu bytes, goes past the end of the data",
                            length, m->name, (unsigned long long)m->packed);
    if (!file_want(map, m->header + LOCAL_SIZE, name, err))
        return false;
    if (name != m->name_length || memcmp(local + LOCAL_SIZE, m->name, name) != 0)
        return file_map_bad(map, m->header, err,
                            "the zip member '%.*s' has another name in its own header", length,
                            m->name);
    *data = m->header + LOCAL_SIZE + name + extra;
    return check_local(map, m, err);
}
