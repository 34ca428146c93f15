/* test_file_want.c - asking for the bytes of a file.
 * SPDX-License-Identifier: MIT */
#include "io/file_map.h"
#include "unit.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- a source that has some bytes and lacks others ------------------------------------------ */

static const char text[] = "0123456789abcdefghijklmnopqrst\nz";
enum { SIZE = sizeof text - 1, HERE = 4, PIECE = 8 };

typedef struct counted_source {
    file_source base;
    uint64_t last; /* what is at it or behind it cannot be had */
    unsigned fetches;
    uint64_t offset, length; /* of the last one */
} counted_source;

static bool fetch(file_source *source, const file_map *map, uint64_t offset, uint64_t length,
                  tokvec_error *err)
{
    counted_source *s = (counted_source *)source;
    (void)map;
    s->fetches++;
    s->offset = offset;
    s->length = length;
    if (offset + length <= s->last)
        return true;
    error_set(err, TOKVEC_SYSTEM, "fetch %u failed", s->fetches);
    return false;
}

static void open_source(file_map *map, counted_source *source, uint64_t last)
{
    *source = (counted_source){.base = {.fetch = fetch, .piece = PIECE}, .last = last};
    *map = (file_map){.data = (const uint8_t *)text,
                      .size = SIZE,
                      .here = HERE,
                      .source = &source->base,
                      .path = "text",
                      .fd = -1};
}

static void only_what_is_not_here_is_fetched(void **state)
{
    (void)state;
    file_map map;
    counted_source source;
    open_source(&map, &source, SIZE);
    assert_true(file_want(&map, 0, HERE, NULL));
    assert_true(file_want(&map, 1, 2, NULL));
    assert_true(file_want(&map, SIZE, 0, NULL));
    assert_int_equal(source.fetches, 0);
    assert_true(file_want(&map, 3, 2, NULL));
    assert_int_equal(source.fetches, 1);
    assert_int_equal(source.offset, 3);
    assert_int_equal(source.length, 2);
    assert_int_equal(file_head(&map, 1000), SIZE);
    assert_int_equal(file_head(&map, 2), 2);
    assert_false(file_is_whole(&map));
    assert_true(file_map_intact(&map, NULL));
}

static void pieces_cover_the_file(void **state)
{
    (void)state;
    file_map map;
    counted_source source;
    open_source(&map, &source, SIZE);
    assert_int_equal(file_piece(&map, 0, NULL), HERE);
    uint64_t at = HERE, end;
    for (; (end = file_piece(&map, at, NULL)) > at; at = end)
        assert_true(end - at == PIECE || end == SIZE);
    assert_int_equal(at, SIZE);
    assert_int_equal(file_find(&map, 0, SIZE, '\n'), 30);
    assert_int_equal(file_find(&map, 0, 30, '\n'), 30);
    assert_int_equal(file_find(&map, 0, 29, '\n'), 29);
    assert_int_equal(file_find(&map, SIZE, SIZE, 'z'), SIZE);
}

static void a_range_past_the_end_is_refused(void **state)
{
    (void)state;
    static const uint64_t ranges[][2] = {
        {0, SIZE + 1}, {SIZE, 1}, {SIZE + 1, 0}, {1, UINT64_MAX}, {UINT64_MAX, UINT64_MAX}};
    file_map map;
    counted_source source;
    open_source(&map, &source, SIZE);
    for (size_t i = 0; i < COUNT(ranges); i++) {
        tokvec_error err = {.code = TOKVEC_OK};
        assert_false(file_want(&map, ranges[i][0], ranges[i][1], &err));
        assert_int_equal(err.code, TOKVEC_BAD_FILE);
    }
    assert_int_equal(source.fetches, 0);
    assert_true(file_map_intact(&map, NULL)); /* that is the format's fault, not the source's */
}

static void what_cannot_be_had_is_remembered(void **state)
{
    (void)state;
    file_map map;
    counted_source source;
    tokvec_error err;
    open_source(&map, &source, 20);
    assert_int_equal(file_find(&map, 0, SIZE, '\n'), SIZE); /* as if it ended there */
    assert_true(file_map_suspect(&map));
    assert_false(file_want(&map, 25, 1, &err));
    assert_string_equal(err.what, "fetch 4 failed");
    assert_false(file_map_intact(&map, &err));
    assert_string_equal(err.what, "fetch 3 failed"); /* the first */
}

/* ---- files ---------------------------------------------------------------------------------- */

static file_map *open_lines(void)
{
    file_map *map = file_map_of_bytes(text, SIZE, NULL);
    assert_non_null(map);
    return map;
}

static void a_local_file_is_whole(void **state)
{
    (void)state;
    file_map *map = open_lines();
    assert_int_equal(file_head(map, 10), 10);
    assert_true(file_want(map, 0, SIZE, NULL));
    assert_memory_equal(map->data, text, SIZE);
    assert_false(file_want(map, 1, SIZE, NULL));
    assert_int_equal(file_find(map, 0, SIZE, '\n'), 30);
#ifndef TOKVEC_WANT_CHECK
    assert_true(file_is_whole(map));
    assert_int_equal(file_piece(map, 5, NULL), SIZE);
#endif
    file_map_close(map);
}

/* Whether a process that touches a byte after asking for `asked` bytes lives on. */
static bool may_touch(const file_map *map, uint64_t asked, uint64_t at)
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        fclose(stderr); /* what a sanitizer has to say */
        bool good = file_want(map, 0, asked, NULL);
        volatile uint8_t byte = map->data[at];
        (void)byte;
        _exit(good ? 0 : 1);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void a_build_for_it_ends_at_bytes_that_nobody_asked_for(void **state)
{
    (void)state;
#ifndef TOKVEC_WANT_CHECK
    skip();
#endif
    char path[] = "/tmp/tokvec-want-XXXXXX";
    int fd = mkstemp(path);
    long page = sysconf(_SC_PAGESIZE);
    assert_true(fd >= 0 && ftruncate(fd, 2 * page) == 0);
    file_map *map = file_map_open(path, NULL);
    assert_non_null(map);
    assert_true(may_touch(map, 16, 15));
    assert_false(may_touch(map, 0, 0));
    assert_false(may_touch(map, 16, (uint64_t)page));
    assert_true(may_touch(map, (uint64_t)page + 1, (uint64_t)page));
    file_map_close(map);
    close(fd);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_is_not_here_is_fetched),
        cmocka_unit_test(pieces_cover_the_file),
        cmocka_unit_test(a_range_past_the_end_is_refused),
        cmocka_unit_test(what_cannot_be_had_is_remembered),
        cmocka_unit_test(a_local_file_is_whole),
        cmocka_unit_test(a_build_for_it_ends_at_bytes_that_nobody_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
