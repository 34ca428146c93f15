/* file_check.c - a test of readers: does each ask for bytes before it touches them?
 * See file_check.h. A part of builds with TOKVEC_WANT_CHECK=ON alone.
 * SPDX-License-Identifier: MIT */
#include "io/file_check.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size)   ((void)0)
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)0)
#endif

enum { PIECE = 200 }; /* so small that pieces end within lines and numbers */

typedef struct check_source {
    file_source base;
    pthread_mutex_t lock;
} check_source;

static void *address_of(const file_map *map, uint64_t offset)
{
    return (char *)map->pages + offset;
}

/* Gives back the pages that a range lies on, and of them only the range. */
static bool give_back(file_source *source, const file_map *map, uint64_t offset, uint64_t length,
                      tokvec_error *err)
{
    check_source *c = (check_source *)source;
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE), first = offset - offset % page;
    pthread_mutex_lock(&c->lock);
    int status = mprotect(address_of(map, first), (size_t)(offset + length - first), PROT_READ);
    ASAN_UNPOISON_MEMORY_REGION(address_of(map, offset), (size_t)length);
    pthread_mutex_unlock(&c->lock);
    return status == 0 || error_system(err, errno, "make readable", map->path);
}

static void check_close(file_source *source, file_map *map)
{
    ASAN_UNPOISON_MEMORY_REGION(address_of(map, 0), (size_t)map->size);
    munmap(address_of(map, 0), (size_t)map->size);
    pthread_mutex_destroy(&((check_source *)source)->lock);
    free(source);
}

/* Bytes that are borrowed must stay readable for others: they are copied. */
static bool copy(file_map *map, tokvec_error *err)
{
    size_t size = (size_t)map->size;
    void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED)
        return error_no_memory(err, size);
    map->data = map->pages = memcpy(pages, map->data, size);
    return true;
}

bool file_check(file_map *map, tokvec_error *err)
{
    if (map->size == 0)
        return true;
    check_source *c = calloc(1, sizeof *c);
    if (c == NULL)
        return error_no_memory(err, sizeof *c);
    c->base = (file_source){.fetch = give_back, .close = check_close, .piece = PIECE};
    if (pthread_mutex_init(&c->lock, NULL) != 0 || (map->fd < 0 && !copy(map, err))) {
        free(c);
        return false;
    }
    map->source = &c->base;
    map->here = 0;
    if (mprotect(address_of(map, 0), (size_t)map->size, PROT_NONE) != 0)
        return error_system(err, errno, "take away", map->path);
    ASAN_POISON_MEMORY_REGION(address_of(map, 0), (size_t)map->size);
    return true;
}
