/* file_map.c - a file as read-only memory.
 * See file_map.h.
 * SPDX-License-Identifier: MIT */
#include "io/file_map.h"

#include "base/same_file.h"
#include "io/file_check.h"
#include "io/inner.h"
#include "io/path.h"
#include "io/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* The maps that the SIGBUS handler knows. A fixed array of atomics, since a signal handler may
 * neither lock nor allocate. Maps beyond its size work, but are not guarded. */
enum { GUARDED_MAX = 256 };
static _Atomic(file_map *) guarded[GUARDED_MAX];
static struct sigaction previous_action;

static void guard(file_map *map)
{
    for (int i = 0; i < GUARDED_MAX; i++) {
        file_map *empty = NULL;
        if (atomic_compare_exchange_strong(&guarded[i], &empty, map))
            return;
    }
}

static void unguard(file_map *map)
{
    for (int i = 0; i < GUARDED_MAX; i++) {
        file_map *found = map;
        if (atomic_compare_exchange_strong(&guarded[i], &found, NULL))
            return;
    }
}

/* The pages from the one at `address` to the end of the map are gone from the file: puts zeros
 * in their place, so that the access that failed can be done again, and notes it in the map. */
static bool patch(file_map *map, uintptr_t address)
{
    uintptr_t begin = (uintptr_t)map->data;
    uintptr_t end = begin + (uintptr_t)map->size;
    if (address < begin || address >= end)
        return false;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    address -= address % page;
    void *zeros = mmap((void *)address, end - address, PROT_READ,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    atomic_store(&map->shrunk, true);
    return zeros != MAP_FAILED;
}

static void on_sigbus(int number, siginfo_t *info, void *context)
{
    int saved = errno;
    for (int i = 0; i < GUARDED_MAX; i++) {
        file_map *map = atomic_load(&guarded[i]);
        if (map != NULL && patch(map, (uintptr_t)info->si_addr)) {
            errno = saved;
            return;
        }
    }
    if (previous_action.sa_flags & SA_SIGINFO) {
        previous_action.sa_sigaction(number, info, context);
    } else if (previous_action.sa_handler != SIG_DFL && previous_action.sa_handler != SIG_IGN) {
        previous_action.sa_handler(number);
    } else {
        signal(SIGBUS, SIG_DFL); /* the access is tried again and ends the program */
    }
    errno = saved;
}

bool tokvec_survive_truncation(tokvec_error *error)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_sigbus;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    sigemptyset(&action.sa_mask);
    struct sigaction current;
    if (sigaction(SIGBUS, NULL, &current) == 0 && (current.sa_flags & SA_SIGINFO) &&
        current.sa_sigaction == on_sigbus)
        return true; /* asked for before */
    if (sigaction(SIGBUS, &action, &previous_action) != 0)
        return error_system(error, errno, "install a signal handler", "SIGBUS");
    return true;
}

static bool refuse_kind(const struct stat *status, int fd, const char *path, tokvec_error *err)
{
    bool folder = S_ISDIR(status->st_mode), terminal = isatty(fd);
    error_set(err, TOKVEC_UNSUPPORTED, "%s",
              folder     ? "this is a directory"
              : terminal ? "this is a terminal"
                         : "this is a device, neither a file nor a pipe");
    error_where(err, "%s", path);
    return error_hint(err, "%s",
                      folder     ? "name a weights file inside it"
                      : terminal ? "redirect it: tokvec ... < FILE, or PROGRAM | tokvec ..."
                                 : "copy it to a file first");
}

/* True if what is behind a descriptor can only be read, not mapped: all that is no file, and of a
 * file that is standard input what is left, if some has been read. */
static bool is_stream(const struct stat *status, int fd, bool standard)
{
    return S_ISFIFO(status->st_mode) || S_ISSOCK(status->st_mode) ||
           (standard && S_ISREG(status->st_mode) && lseek(fd, 0, SEEK_CUR) > 0);
}

/* Puts a file with what comes out of a stream in its place. */
static bool take_stream(file_map *map, struct stat *status, tokvec_error *err)
{
    int memory = stream_to_memory(map->fd, map->path, err);
    if (memory < 0)
        return false;
    close(map->fd);
    map->fd = memory;
    map->piped = true;
    return fstat(memory, status) == 0 || error_system(err, errno, "open", map->path);
}

static bool map_descriptor(file_map *map, bool standard, tokvec_error *err)
{
    struct stat status;
    if (fstat(map->fd, &status) != 0)
        return error_system(err, errno, "open", map->path);
    if (S_ISREG(status.st_mode))
        same_file_input(&status);
    if (is_stream(&status, map->fd, standard) && !take_stream(map, &status, err))
        return false;
    if (!S_ISREG(status.st_mode))
        return refuse_kind(&status, map->fd, map->path, err);
    map->modified = status.st_mtim;
    if (status.st_size == 0)
        return true;
    if ((uint64_t)status.st_size > SIZE_MAX)
        return error_system(err, EFBIG, "map the file", map->path);
    void *data = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, map->fd, 0);
    if (data == MAP_FAILED)
        return error_system(err, errno, "map the file", map->path);
    map->size = map->here = (uint64_t)status.st_size;
    map->data = map->pages = data;
    guard(map);
    return true;
}

/* What an empty file has for bytes, so that no pointer to them need be told from NULL. */
static const uint8_t nothing[1];

static file_map *new_map(const char *path, tokvec_error *err)
{
    file_map *map = calloc(1, sizeof *map);
    char *copy = strdup(path);
    if (map == NULL || copy == NULL) {
        error_no_memory(err, sizeof *map + strlen(path));
        free(map);
        free(copy);
        return NULL;
    }
    map->path = copy;
    map->fd = -1;
    map->data = nothing;
    return map;
}

/* In a build for that, lets nobody touch what has not been asked for. */
static file_map *checked(file_map *map, tokvec_error *err)
{
    if (map == NULL || file_check(map, err))
        return map;
    file_map_close(map);
    return NULL;
}

static file_map *open_path(const char *path, bool whole, tokvec_error *err)
{
    bool standard = path_is_standard_input(path);
    const inner_files *inner;
    file_map *map = new_map(standard ? "/dev/stdin" : path, err);
    if (map == NULL)
        return NULL;
    /* O_NONBLOCK: what is no file must be known for what it is before anything is waited for. */
    map->fd = standard ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
                       : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (map->fd < 0 && (inner = inner_of_errno()) != NULL) {
        file_map_close(map);
        return inner->open(path, whole, err);
    }
    if (map->fd < 0)
        error_system(err, errno, "open", map->path);
    else if (map_descriptor(map, standard, err))
        return checked(map, err);
    file_map_close(map);
    return NULL;
}

file_map *file_map_open(const char *path, tokvec_error *err)
{
    return open_path(path, true, err);
}

file_map *file_map_open_any(const char *path, tokvec_error *err)
{
    return open_path(path, false, err);
}

file_map *file_map_of_bytes(const void *data, size_t size, tokvec_error *err)
{
    file_map *map = new_map("", err);
    if (map != NULL && size > 0) {
        map->data = data;
        map->size = map->here = size;
    }
    return checked(map, err);
}

file_map *file_map_of_source(const char *path, const void *data, uint64_t size, file_source *source,
                             tokvec_error *err)
{
    file_map *map = new_map(path, err);
    if (map != NULL) {
        map->data = data;
        map->size = size;
        map->source = source;
    }
    return map;
}

static void free_copy(file_source *source, file_map *map)
{
    free((void *)(uintptr_t)map->data);
    free(source);
}

file_map *file_map_of_copy(const char *path, const void *data, size_t size)
{
    file_source *source = calloc(1, sizeof *source);
    void *copy = malloc(size + 1);
    file_map *map = NULL;
    if (source != NULL && copy != NULL)
        map = file_map_of_source(path, memcpy(copy, data, size), size, source, NULL);
    if (map == NULL) {
        free(source);
        free(copy);
        return NULL;
    }
    source->close = free_copy;
    map->here = size;
    return map;
}

void file_map_forget(const file_map *map, uint64_t offset, uint64_t length)
{
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE), end = offset + length;
    offset = (offset + page - 1) / page * page;
    end -= end % page;
    if (map->fd >= 0 && map->source == NULL && map->pages != NULL && offset < end)
        madvise((char *)map->pages + offset, (size_t)(end - offset), MADV_DONTNEED);
}

void file_map_close(file_map *map)
{
    if (map == NULL)
        return;
    bool mapped = map->fd >= 0 && map->size > 0;
    if (mapped)
        unguard(map);
    if (map->source != NULL)
        map->source->close(map->source, map);
    else if (mapped)
        munmap(map->pages, (size_t)map->size);
    if (map->fd >= 0)
        close(map->fd);
    free(map->path);
    free(map);
}

bool file_map_changed(const file_map *map, tokvec_error *err)
{
    error_set(err, TOKVEC_SYSTEM, "the file has changed since it was opened");
    error_where(err, "%s", map->path);
    return error_hint(err, "wait until it is written, then start again");
}

bool file_map_intact(const file_map *map, tokvec_error *err)
{
    if (map->source != NULL && atomic_load(&map->source->failed)) {
        if (err != NULL)
            *err = map->source->why;
        return false;
    }
    if (map->source != NULL && map->source->intact != NULL &&
        !map->source->intact(map->source, err))
        return false;
    /* Past the end but in the same page there is no signal, only zeros: hence the size. */
    struct stat status;
    bool known = map->fd >= 0 && fstat(map->fd, &status) == 0;
    if ((known && (uint64_t)status.st_size < map->size) || atomic_load(&map->shrunk)) {
        error_set(err, TOKVEC_SYSTEM, "the file shrank while it was read");
        error_where(err, "%s", map->path);
        return error_hint(err, "wait until it is written, then try again");
    }
    return !known ||
           (status.st_mtim.tv_sec == map->modified.tv_sec &&
            status.st_mtim.tv_nsec == map->modified.tv_nsec) ||
           file_map_changed(map, err);
}

bool file_map_bad(const file_map *map, uint64_t offset, tokvec_error *err, const char *format, ...)
{
    if (err == NULL)
        return false;
    char what[sizeof err->what];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    error_set(err, TOKVEC_BAD_FILE, "%s", what);
    error_where(err, "%s, byte %llu", map->path, (unsigned long long)offset);
    return error_hint(err, "the file is damaged or of another kind; fetch or save it again");
}
