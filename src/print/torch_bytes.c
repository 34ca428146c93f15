/* torch_bytes.c - bytes as torch.save writes a tensor of uint8: a zip archive, whose members are
 * stored, with a pickle in it that says what the other members are.
 * See torch_bytes.h.
 * SPDX-License-Identifier: MIT */
#include "print/torch_bytes.h"

#define FOLDER "archive/"

enum { MEMBERS_MAX = 4, VERSION = 20 };

typedef struct member {
    const char *name;
    const uint8_t *bytes;
    size_t size;
    uint32_t crc;
    size_t at; /* of its local header */
} member;

typedef struct archive {
    sink *out;
    size_t at; /* bytes written */
    member members[MEMBERS_MAX];
    size_t count;
} archive;

/* The CRC-32 of zip archives, bit by bit: there are only few bytes. */
static uint32_t crc32_of(const uint8_t *bytes, size_t n)
{
    uint32_t crc = 0xffffffffu;
    for (size_t i = 0; i < n; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ ((0u - (crc & 1u)) & 0xedb88320u);
    }
    return ~crc;
}

static void put(archive *a, const void *bytes, size_t n)
{
    sink_write(a->out, bytes, n);
    a->at += n;
}

/* A little-endian number of n bytes. */
static void put_number(archive *a, uint64_t value, size_t n)
{
    for (size_t i = 0; i < n; i++)
        put(a, &(uint8_t){(uint8_t)(value >> 8 * i)}, 1);
}

/* What a local header and an entry of the directory have in common. There is no time: it is the
 * first day that the format knows. */
static void put_description(archive *a, const member *m)
{
    put_number(a, VERSION, 2);
    put_number(a, 0, 2); /* flags */
    put_number(a, 0, 2); /* stored */
    put_number(a, 0, 2);
    put_number(a, 1 << 5 | 1, 2);
    put_number(a, m->crc, 4);
    put_number(a, m->size, 4);
    put_number(a, m->size, 4);
    put_number(a, strlen(m->name), 2);
    put_number(a, 0, 2); /* nothing extra */
}

static void put_member(archive *a, const char *name, const void *bytes, size_t size)
{
    member *m = &a->members[a->count++];
    *m = (member){name, bytes, size, crc32_of(bytes, size), a->at};
    put(a, "PK\3\4", 4);
    put_description(a, m);
    put(a, name, strlen(name));
    put(a, bytes, size);
}

static void put_directory(archive *a)
{
    size_t begin = a->at;
    for (size_t i = 0; i < a->count; i++) {
        const member *m = &a->members[i];
        put(a, "PK\1\2", 4);
        put_number(a, VERSION, 2);
        put_description(a, m);
        put_number(a, 0, 2); /* no comment, disk 0, no attributes */
        put_number(a, 0, 2);
        put_number(a, 0, 2);
        put_number(a, 0, 4);
        put_number(a, m->at, 4);
        put(a, m->name, strlen(m->name));
    }
    size_t size = a->at - begin;
    put(a, "PK\5\6", 4);
    put_number(a, 0, 4); /* one disk */
    put_number(a, a->count, 2);
    put_number(a, a->count, 2);
    put_number(a, size, 4);
    put_number(a, begin, 4);
    put_number(a, 0, 2);
}

/* _rebuild_tensor_v2(storage, 0, (n,), (1,), False, OrderedDict()), in protocol 2. */
static size_t make_pickle(size_t n, char out[256])
{
    static const char begin[] =
        "\x80\x02"
        "ctorch._utils\n_rebuild_tensor_v2\n((X\7\0\0\0storagectorch\nByteStorage\n"
        "X\1\0\0\0000X\3\0\0\0cpuM";
    static const char middle[] = "tQK\0M";
    static const char end[] = "\x85K\1\x85\x89"
                              "ccollections\nOrderedDict\n)RtR.";
    const char size[2] = {(char)(n & 0xff), (char)(n >> 8)};
    const tokvec_text parts[] = {{begin, sizeof begin - 1},
                                 {size, sizeof size},
                                 {middle, sizeof middle - 1},
                                 {size, sizeof size},
                                 {end, sizeof end - 1}};
    size_t length = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        memcpy(out + length, parts[i].bytes, parts[i].length);
        length += parts[i].length;
    }
    return length;
}

void torch_bytes_write(sink *out, const uint8_t *bytes, size_t n)
{
    char pickle[256];
    archive a = {.out = out};
    put_member(&a, FOLDER "data.pkl", pickle, make_pickle(n, pickle));
    put_member(&a, FOLDER "byteorder", "little", 6);
    put_member(&a, FOLDER "data/0", bytes, n);
    put_member(&a, FOLDER "version", "3\n", 2);
    put_directory(&a);
}
