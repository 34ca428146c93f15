/* fuzz_archive.c - fuzz target of zip archives of tables and of models' folders.
 * The bytes choose the members and how they are packed, so that lengths and sums are right, and
 * then perhaps spoil some of them. An archive that was not spoilt gives the rows of each member
 * that is a table by itself. It is opened as a file that came through a pipe, and by a path, which
 * can lead into it. SPDX-License-Identifier: MIT */
#include "base/bytes.h"
#include "codec/deflate.h"
#include "codec/zip_files.h"
#include "model/open.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    MEMBERS = 6,
    CONTENT_MOST = 3 << 20, /* more than what tables are recognised by */
    BLOCK = 0xffff,         /* of deflated data that is not compressed */
    DIM_MAX = 1 << 12
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {
    "a.vec",        "glove.2d.txt", "model.safetensors", "config.json", "README.md", "in/b.vec",
    "in/vocab.txt", "__MACOSX/._a", "../out.vec",        "x.npy",       "in/",       "w.bin",
};

typedef struct buffer {
    uint8_t *bytes;
    size_t size, capacity;
} buffer;

static void put(buffer *b, const void *bytes, size_t n)
{
    if (b->size + n > b->capacity) {
        b->capacity = 2 * b->capacity + n;
        b->bytes = realloc(b->bytes, b->capacity);
        if (b->bytes == NULL)
            abort();
    }
    if (n > 0)
        memcpy(b->bytes + b->size, bytes, n);
    b->size += n;
}

static void put_number(buffer *b, uint64_t value, unsigned bytes)
{
    uint8_t little[8];
    for (unsigned i = 0; i < bytes; i++)
        little[i] = (uint8_t)(value >> (8 * i));
    put(b, little, bytes);
}

typedef struct chosen {
    const char *name;
    bool deflated;
    buffer content;
    size_t header; /* where it is in the archive */
    size_t packed;
    uint32_t crc;
} chosen;

/* ---- the archive ---------------------------------------------------------------------------- */

static uint8_t next(const uint8_t **data, size_t *size)
{
    if (*size == 0)
        return 0;
    --*size;
    return *(*data)++;
}

/* A member: its name, how it is packed and how often its content is repeated, how long that is. */
static void choose(chosen *c, const uint8_t **data, size_t *size)
{
    c->name = names[next(data, size) % (sizeof names / sizeof *names)];
    uint8_t how = next(data, size);
    c->deflated = how & 1;
    size_t n = next(data, size), times = (size_t)1 << (how >> 4);
    n += 256 * (size_t)next(data, size);
    n = n < *size ? n : *size;
    /* A first line that is not repeated may be a header. */
    const uint8_t *line = (how & 2) != 0 && n > 0 ? memchr(*data, '\n', n) : NULL;
    size_t once = line == NULL ? 0 : (size_t)(line - *data) + 1;
    put(&c->content, *data, once);
    for (size_t i = 0; i < times && c->content.size + n < CONTENT_MOST; i++)
        put(&c->content, *data + once, n - once);
    *data += n;
    *size -= n;
}

static void put_deflated(buffer *b, const buffer *content)
{
    size_t at = 0;
    do {
        size_t n = content->size - at < BLOCK ? content->size - at : BLOCK;
        put_number(b, at + n == content->size, 1);
        put_number(b, n, 2);
        put_number(b, ~(uint64_t)n, 2);
        if (n > 0) /* an empty content has no bytes */
            put(b, content->bytes + at, n);
        at += n;
    } while (at < content->size);
}

/* What a local header and an entry of the directory have in common. */
static void put_about(buffer *b, const chosen *c)
{
    put_number(b, 20, 2);
    put_number(b, 0, 2);
    put_number(b, c->deflated ? 8 : 0, 2);
    put_number(b, 0, 4);
    put_number(b, c->crc, 4);
    put_number(b, c->packed, 4);
    put_number(b, c->content.size, 4);
    put_number(b, strlen(c->name), 2);
    put_number(b, 0, 2);
}

static void put_member(buffer *b, chosen *c)
{
    buffer packed = {.size = 0};
    if (c->deflated)
        put_deflated(&packed, &c->content);
    else
        put(&packed, c->content.bytes, c->content.size);
    c->header = b->size;
    c->packed = packed.size;
    deflate_crc32(&c->crc, c->content.bytes, c->content.size, NULL);
    put_number(b, 0x04034b50, 4);
    put_about(b, c);
    put(b, c->name, strlen(c->name));
    put(b, packed.bytes, packed.size);
    free(packed.bytes);
}

static void put_directory(buffer *b, const chosen *members, size_t count)
{
    size_t begin = b->size;
    for (size_t i = 0; i < count; i++) {
        put_number(b, 0x02014b50, 4);
        put_number(b, 20, 2);
        put_about(b, &members[i]);
        put_number(b, 0, 8);
        put_number(b, 0, 2);
        put_number(b, members[i].header, 4);
        put(b, members[i].name, strlen(members[i].name));
    }
    size_t end = b->size;
    put_number(b, 0x06054b50, 4);
    put_number(b, 0, 4);
    put_number(b, count, 2);
    put_number(b, count, 2);
    put_number(b, end - begin, 4);
    put_number(b, begin, 4);
    put_number(b, 0, 2);
}

/* ---- reading -------------------------------------------------------------------------------- */

/* The rows at the ends of a table: the caller frees them. NULL: there are none to read. */
static uint8_t *ends_of(tokvec_weights *weights, size_t index, size_t *size)
{
    tokvec_table *table =
        tokvec_weights_table(weights, tokvec_weights_tensor(weights, index), NULL);
    if (table == NULL)
        return NULL;
    uint64_t rows = tokvec_table_rows(table), dim = tokvec_table_dim(table);
    uint8_t *out = NULL;
    if (rows > 0 && dim <= DIM_MAX) {
        const int64_t ids[] = {(int64_t)rows - 1, 0, (int64_t)(rows / 2)};
        tokvec_error error = {.code = TOKVEC_OK};
        *size = 3 * (size_t)dim * tokvec_dtype_size(tokvec_table_dtype(table));
        out = malloc(*size + 1);
        if (out == NULL)
            abort();
        if (!tokvec_table_read(table, ids, 3, out, &error)) {
            if (error.code == TOKVEC_OK)
                abort(); /* fails without a word */
            free(out);
            out = NULL;
        }
    }
    tokvec_table_close(table);
    return out;
}

/* What a member gives by itself is what it gives in the archive. */
static void compare(tokvec_weights *archive, size_t index, const chosen *c)
{
    file_map *map = file_map_of_copy(c->name, c->content.bytes, c->content.size);
    tokvec_weights *alone = map == NULL ? NULL : open_weights(map, NULL);
    size_t size = 0, other = 0;
    uint8_t *there = ends_of(archive, index, &size);
    uint8_t *here =
        alone == NULL || tokvec_weights_count(alone) != 1 ? NULL : ends_of(alone, 0, &other);
    if ((there == NULL) != (here == NULL) ||
        (here != NULL && (size != other || memcmp(there, here, size) != 0)))
        abort();
    free(there);
    free(here);
    tokvec_weights_close(alone);
}

static const chosen *member_named(const chosen *members, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        const char *base = strrchr(members[i].name, '/');
        if (strcmp(members[i].name, name) == 0 || (base != NULL && strcmp(base + 1, name) == 0))
            return &members[i];
    }
    return NULL;
}

/* members: NULL of an archive that was spoilt. */
static void go_through(tokvec_weights *weights, const tokvec_error *error, const chosen *members,
                       size_t count)
{
    if (weights == NULL && (error->code == TOKVEC_OK || error->what[0] == '\0'))
        abort(); /* refused without a word */
    for (size_t i = 0; weights != NULL && i < tokvec_weights_count(weights); i++) {
        const char *name = tokvec_weights_tensor(weights, i)->name;
        const chosen *c = members == NULL || strcmp(weights->format->name, "zip") != 0
                              ? NULL
                              : member_named(members, count, name);
        size_t size;
        if (c != NULL)
            compare(weights, i, c);
        else
            free(ends_of(weights, i, &size));
    }
    tokvec_weights_close(weights);
}

static void open_by_path(const buffer *zip, const char *inside, const chosen *members, size_t count)
{
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    char path[128];
    if (fd < 0 || write(fd, zip->bytes, zip->size) != (ssize_t)zip->size)
        abort();
    tokvec_error error = {.code = TOKVEC_OK};
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    tokvec_weights *weights = tokvec_weights_open(path, &error);
    go_through(weights, &error, members, count);
    snprintf(path, sizeof path, "/proc/self/fd/%d/%s", fd, inside);
    error.code = TOKVEC_OK;
    weights = tokvec_weights_open(path, &error);
    go_through(weights, &error, NULL, 0);
    close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    chosen members[MEMBERS] = {{.name = NULL}};
    buffer zip = {.size = 0};
    unsigned spoilt = next(&data, &size) % 4;
    const uint8_t *spoiling = data; /* an offset of two bytes from the end, and what to put there */
    for (unsigned i = 0; i < 3 * spoilt; i++)
        next(&data, &size);
    bool whole = 3 * spoilt <= (size_t)(data - spoiling);
    size_t count = 0;
    for (; count < MEMBERS && size > 0; count++) {
        choose(&members[count], &data, &size);
        put_member(&zip, &members[count]);
    }
    put_directory(&zip, members, count);
    for (unsigned i = 0; whole && i < spoilt; i++) {
        size_t from_end = 1 + (size_t)load_le16(spoiling + 3 * i);
        zip.bytes[from_end <= zip.size ? zip.size - from_end : 0] ^= spoiling[3 * i + 2];
    }
    tokvec_error error = {.code = TOKVEC_OK};
    file_map *map = file_map_of_bytes(zip.bytes, zip.size, NULL);
    tokvec_weights *weights = map == NULL ? NULL : open_weights(map, &error);
    if (map != NULL)
        go_through(weights, &error, spoilt == 0 ? members : NULL, count);
    open_by_path(&zip, count > 0 ? members[count - 1].name : "a.vec", spoilt == 0 ? members : NULL,
                 count);
    for (size_t i = 0; i < count; i++)
        free(members[i].content.bytes);
    free(zip.bytes);
    return 0;
}
