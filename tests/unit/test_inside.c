/* test_inside.c - files inside other files: parts of archives, paths that lead into them, output
 * that is packed, and how much memory there is for it.
 * SPDX-License-Identifier: MIT */
#include "base/memory.h"
#include "codec/pack.h"
#include "codec/unpack_map.h"
#include "codec/zip_files.h"
#include "codec/zip_map.h"
#include "io/path.h"
#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

/* Two members: "a" is stored, "b/c" deflated, in a block that is not compressed. */
static const uint8_t archive[] =
    "PK\3\4\x14\0\0\0\0\0\0\0\0\0\xc6\xc7\x84\xa6\x0a\0\0\0\x0a\0\0\0\1\0\0\0a0123456789"
    "PK\3\4\x14\0\0\0\x08\0\0\0\0\0\x85\x11\x4a\x0d\x10\0\0\0\x0b\0\0\0\3\0\0\0b/c"
    "\1\x0b\0\xf4\xffhello world"
    "PK\1\2\x14\0\x14\0\0\0\0\0\0\0\0\0\xc6\xc7\x84\xa6\x0a\0\0\0\x0a\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0a"
    "PK\1\2\x14\0\x14\0\0\0\x08\0\0\0\0\0\x85\x11\x4a\x0d\x10\0\0\0\x0b\0\0\0\3\0\0\0\0\0\0\0\0\0"
    "\0\0\0\0\x29\0\0\0b/c"
    "PK\5\6\0\0\0\0\2\0\2\0\x60\0\0\0\x5a\0\0\0\0";
enum { ARCHIVE_SIZE = sizeof archive }; /* of which the last byte is the string's own NUL */

static void open_archive(zip_archive *zip, const uint8_t *bytes)
{
    tokvec_error err;
    file_map *map = file_map_of_bytes(bytes, ARCHIVE_SIZE, &err);
    assert_non_null(map);
    if (!zip_open(zip, map, &err) || !zip_map_check(zip, &err))
        fail_msg("%s", err.what);
}

static void close_archive(zip_archive *zip)
{
    file_map *map = (file_map *)(uintptr_t)zip->map;
    zip_close(zip);
    file_map_close(map);
}

static void test_members_are_files(void **state)
{
    (void)state;
    zip_archive zip;
    open_archive(&zip, archive);
    file_map *a = zip_map_open(&zip, zip_find(&zip, "a", 1), false, "x.zip/a", NULL);
    file_map *c = zip_map_open(&zip, zip_find(&zip, "b/c", 3), false, "x.zip/b/c", NULL);
    assert_non_null(a);
    assert_non_null(c);
    assert_true(a->inner && c->inner);
    assert_true(zip_map_is_unpacked(c) && !zip_map_is_unpacked(a));
    assert_string_equal(c->path, "x.zip/b/c");

    assert_int_equal(a->size, 10);
    assert_ptr_equal(a->data, zip.map->data + 31); /* where it lies */
    assert_true(file_want(a, 9, 1, NULL));
    assert_false(file_want(a, 9, 2, NULL));

    assert_true(file_is_open_ended(c));
    assert_true(file_want(c, 0, 11, NULL));
    assert_memory_equal(c->data, "hello world", 11);
    assert_true(unpack_all(c, NULL));
    assert_int_equal(c->size, 11);
    assert_true(file_is_whole(c));
    file_map_close(a);
    file_map_close(c);
    close_archive(&zip);
}

static void test_sums_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t at; /* a byte of its content */
    } members[] = {{"a", 36}, {"b/c", 87}};
    for (size_t i = 0; i < 2; i++) {
        uint8_t spoilt[ARCHIVE_SIZE];
        memcpy(spoilt, archive, sizeof spoilt);
        spoilt[members[i].at] ^= 1;
        zip_archive zip;
        open_archive(&zip, spoilt);
        const zip_member *m = zip_find(&zip, members[i].name, strlen(members[i].name));
        tokvec_error err = {.code = TOKVEC_OK};
        file_map *map = zip_map_open(&zip, m, false, "x.zip", &err);
        if (map != NULL)
            assert_false(unpack_all(map, &err));
        assert_int_equal(err.code, TOKVEC_BAD_FILE);
        assert_non_null(strstr(err.what, "CRC-32"));
        file_map_close(map);
        close_archive(&zip);
    }
}

/* ---- paths ---------------------------------------------------------------------------------- */

static bool count_name(void *context, const char *name)
{
    unsigned *seen = context;
    *seen += strcmp(name, "a") == 0 ? 1 : strcmp(name, "b") == 0 ? 10 : 100;
    return true;
}

static void test_paths_lead_into_archives(void **state)
{
    (void)state;
    char outer[] = "/tmp/tokvec-inside-XXXXXX", path[64];
    int fd = mkstemp(outer);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, archive, ARCHIVE_SIZE), ARCHIVE_SIZE);
    close(fd);
    snprintf(path, sizeof path, "%s/./b//c", outer);
    inner_set(NULL);
    assert_null(file_map_open(path, NULL));
    inner_set(&zip_files);
    errno = ENOENT;
    assert_null(inner_of_errno());
    errno = ENOTDIR;
    assert_ptr_equal(inner_of_errno(), &zip_files);

    file_map *map = file_map_open(path, NULL);
    assert_non_null(map);
    assert_int_equal(map->here, 11); /* all of it */
    assert_memory_equal(map->data, "hello world", 11);
    file_map_close(map);
    assert_true(path_is_file(path));
    assert_false(path_is_folder(path));
    unsigned seen = 0;
    assert_true(zip_files.names(outer, count_name, &seen, NULL));
    assert_int_equal(seen, 11); /* each once */
    snprintf(path, sizeof path, "%s/b", outer);
    assert_true(path_is_folder(path));
    assert_false(path_is_file(path));
    snprintf(path, sizeof path, "%s/no", outer);
    assert_false(path_is_file(path) || path_is_folder(path));
    tokvec_error err;
    assert_null(file_map_open(path, &err));
    assert_int_equal(err.code, TOKVEC_SYSTEM);
    unlink(outer);
    inner_set(NULL);
}

/* ---- output --------------------------------------------------------------------------------- */

static void test_kinds_by_suffix(void **state)
{
    (void)state;
    size_t suffix = 7;
    assert_ptr_equal(pack_kind_of("a/b.vec.gz", &suffix), &pack_gzip);
    assert_int_equal(suffix, 3);
    assert_ptr_equal(pack_kind_of("b.VEC.ZST", &suffix), &pack_zstd);
    assert_int_equal(suffix, 4);
    assert_ptr_equal(pack_kind_of("b.xz", &suffix), &pack_xz);
    assert_ptr_equal(pack_kind_of("b.bz2", &suffix), &pack_bzip2);
    assert_null(pack_kind_of("b.vec", &suffix));
    assert_null(pack_kind_of("gz", &suffix));
    assert_null(pack_kind_of("b.gz/c", &suffix));
    assert_null(pack_kind_of("", &suffix));
}

/* What a kind packs, a byte of room at a time, is unpacked by the kind of the same name. */
static void test_packed_in_any_pieces(void **state)
{
    (void)state;
    static const pack_kind *const kinds[] = {&pack_gzip, &pack_zstd, &pack_xz, &pack_bzip2};
    static const char text[] = "the 0.5 1.5\nthe 0.5 1.5\nthe 0.5 1.5\n";
    for (size_t k = 0; k < 4; k++) {
        uint8_t packed[400];
        size_t taken = 0, made = 0;
        void *stream = kinds[k]->open(NULL);
        if (stream == NULL)
            continue; /* the library is not here */
        pack_status status = PACK_MORE;
        while (status == PACK_MORE && made < sizeof packed) {
            size_t left = sizeof text - taken;
            pack_io io = {.in = (const uint8_t *)text + taken,
                          .in_size = left < 5 ? left : 5,
                          .last = left <= 5,
                          .out = packed + made,
                          .out_size = 1};
            status = kinds[k]->step(stream, &io);
            taken += io.in_size;
            made += io.out_size;
        }
        kinds[k]->close(stream);
        assert_int_equal(status, PACK_END);
        const unpack_kind *kind = unpack_kind_of(packed, made);
        assert_non_null(kind);
        assert_string_equal(kind->name, kinds[k]->name);
        const unpack_from from = {.packed = file_map_of_bytes(packed, made, NULL),
                                  .owned = true,
                                  .length = made,
                                  .kind = kind,
                                  .size = UNPACK_ANY_SIZE};
        file_map *map = unpack_open(&from, NULL);
        assert_non_null(map);
        assert_true(unpack_all(map, NULL));
        assert_int_equal(map->size, sizeof text);
        assert_memory_equal(map->data, text, sizeof text);
        file_map_close(map);
    }
}

/* ---- memory --------------------------------------------------------------------------------- */

static void test_half_of_what_there_is(void **state)
{
    (void)state;
    uint64_t pages = (uint64_t)sysconf(_SC_PHYS_PAGES), half = memory_half();
    assert_true(half > 0 && half <= pages * (uint64_t)sysconf(_SC_PAGESIZE) / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_members_are_files),
        cmocka_unit_test(test_sums_are_checked),
        cmocka_unit_test(test_paths_lead_into_archives),
        cmocka_unit_test(test_kinds_by_suffix),
        cmocka_unit_test(test_packed_in_any_pieces),
        cmocka_unit_test(test_half_of_what_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
