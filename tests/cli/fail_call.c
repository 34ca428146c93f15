/* fail_call.c - lets one system call of a program fail, for LD_PRELOAD.
 * FAIL_CALL names it, FAIL_AT says which of its calls, counted from 1, FAIL_WITH the error's
 * number. FAIL_ALWAYS lets all from there on fail, FAIL_LINKS every linkat besides. For glibc.
 * SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

static int fails(const char *call)
{
    static atomic_long count;
    const char *which = getenv("FAIL_CALL"), *at = getenv("FAIL_AT"), *with = getenv("FAIL_WITH");
    if (which == NULL || at == NULL || with == NULL || strcmp(which, call) != 0)
        return 0;
    long number = atomic_fetch_add(&count, 1) + 1;
    if (number != atol(at) && (number < atol(at) || getenv("FAIL_ALWAYS") == NULL))
        return 0;
    errno = atoi(with);
    return 1;
}

/* The function of that name that would have been called. */
#define NEXT(type, name, ...)             \
    type (*next)(__VA_ARGS__);            \
    void *found = dlsym(RTLD_NEXT, name); \
    memcpy(&next, &found, sizeof next)

ssize_t read(int fd, void *out, size_t n)
{
    NEXT(ssize_t, "read", int, void *, size_t);
    return fails("read") ? -1 : next(fd, out, n);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    NEXT(ssize_t, "write", int, const void *, size_t);
    return fd != STDERR_FILENO && fails("write") ? -1 : next(fd, bytes, n);
}

ssize_t sendfile(int out, int in, off_t *at, size_t n)
{
    NEXT(ssize_t, "sendfile", int, int, off_t *, size_t);
    return fails("sendfile") ? -1 : next(out, in, at, n);
}

/* O_TMPFILE goes by a name of its own. */
int open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
    va_end(args);
    NEXT(int, "open", const char *, int, ...);
    return fails((flags & O_TMPFILE) == O_TMPFILE ? "tmpfile" : "open") ? -1
                                                                        : next(path, flags, mode);
}

int access(const char *path, int mode)
{
    NEXT(int, "access", const char *, int);
    return fails("access") ? -1 : next(path, mode);
}

int stat(const char *path, struct stat *out)
{
    NEXT(int, "stat", const char *, struct stat *);
    return fails("stat") ? -1 : next(path, out);
}

int fstat(int fd, struct stat *out)
{
    NEXT(int, "fstat", int, struct stat *);
    return fails("fstat") ? -1 : next(fd, out);
}

void *mmap(void *address, size_t n, int protection, int flags, int fd, off_t at)
{
    NEXT(void *, "mmap", void *, size_t, int, int, int, off_t);
    return fd >= 0 && fails("mmap") ? MAP_FAILED : next(address, n, protection, flags, fd, at);
}

int linkat(int from, const char *path, int to, const char *name, int flags)
{
    NEXT(int, "linkat", int, const char *, int, const char *, int);
    if (getenv("FAIL_LINKS") != NULL) {
        errno = EPERM;
        return -1;
    }
    return fails("linkat") ? -1 : next(from, path, to, name, flags);
}

int fsync(int fd)
{
    NEXT(int, "fsync", int);
    return fails("fsync") ? -1 : next(fd);
}

int rename(const char *from, const char *to)
{
    NEXT(int, "rename", const char *, const char *);
    return fails("rename") ? -1 : next(from, to);
}
