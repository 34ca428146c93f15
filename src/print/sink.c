/* sink.c - where output goes.
 * See sink.h.
 * SPDX-License-Identifier: MIT */
#include "print/sink.h"

#include "base/array.h"
#include "print/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#ifdef __linux__
#include <sys/sendfile.h>
#endif
#include <sys/stat.h>
#include <unistd.h>

/* ---------------------------------------------------------------- writing */

static void fail(sink *out, int number)
{
    out->failed = true;
    out->reader_gone = number == EPIPE;
    if (number == EFAULT) {
        error_set(&out->error, TOKVEC_SYSTEM, "the weights file shrank while it was read");
        error_where(&out->error, "%s", out->name);
    } else {
        error_system(&out->error, number, "write", out->name);
    }
    if (out->error.hint[0] == '\0')
        error_hint(&out->error, "the output is not complete");
}

/* In a pipe of the usual 64 KB, writer and reader mostly wait for each other. */
static void widen_pipe(int fd)
{
#ifdef F_SETPIPE_SZ
    enum { ROOM = 1 << 20 }; /* what Linux allows without asking */
    int room = fcntl(fd, F_GETPIPE_SZ);
    if (room > 0 && room < ROOM)
        (void)!fcntl(fd, F_SETPIPE_SZ, ROOM);
#else
    (void)fd;
#endif
}

/* Sends bytes that lie in the lent mapping, without looking at them. Returns how many; not all if
 * the system has no way for this kind of output, or the file has shrunk. */
static size_t send_lent(sink *out, const char *bytes, size_t n)
{
    size_t done = 0;
#ifdef __linux__
    while (done < n && out->lent != NULL) {
        off_t at = (off_t)(bytes - out->lent + (ptrdiff_t)done);
        ssize_t sent = sendfile(out->fd, out->lent_fd, &at, n - done);
        if (sent > 0)
            done += (size_t)sent;
        else if (sent == 0 || errno != EINTR)
            out->lent = NULL;
    }
#else
    (void)out, (void)bytes, (void)n;
#endif
    return done;
}

static bool write_bytes(sink *out, const char *bytes, size_t n)
{
    enum { MUCH = 1 << 18 };
    if (out->written < MUCH && (out->written += n) >= MUCH)
        widen_pipe(out->fd);
    if (out->lent != NULL && (uintptr_t)bytes - (uintptr_t)out->lent < out->lent_size) {
        size_t sent = send_lent(out, bytes, n);
        bytes += sent;
        n -= sent;
    }
    while (n > 0 && !out->failed) {
        ssize_t written = write(out->fd, bytes, n < SSIZE_MAX ? n : SSIZE_MAX);
        if (written < 0 && errno != EINTR)
            fail(out, errno);
        if (written > 0) {
            bytes += written;
            n -= (size_t)written;
        }
    }
    return !out->failed;
}

/* Passes on to a terminal what it may get. */
static bool write_visible(sink *out, const char *bytes, size_t n, bool last)
{
    enum { PIECE = 1000 };
    char piece[PIECE + sizeof out->holding], visible[sizeof piece * TERMINAL_ESCAPE_ROOM];
    do {
        size_t some = n < PIECE ? n : PIECE, there = out->held + some, length;
        memcpy(piece, out->holding, out->held);
        if (some > 0)
            memcpy(piece + out->held, bytes, some);
        bytes += some;
        n -= some;
        size_t taken = terminal_filter(piece, there, last && n == 0, visible, &length);
        out->held = (unsigned)(there - taken);
        memcpy(out->holding, piece + taken, out->held);
        write_bytes(out, visible, length);
    } while (n > 0);
    return !out->failed;
}

static bool write_all(sink *out, const char *bytes, size_t n)
{
    return out->terminal ? write_visible(out, bytes, n, false) : write_bytes(out, bytes, n);
}

bool sink_flush(sink *out)
{
    write_all(out, out->buffer, out->length);
    out->length = 0;
    return !out->failed;
}

/* A sink in memory grows; if it cannot, it fails and swallows what follows. */
static bool grow(sink *out, size_t n)
{
    if (!out->failed && n <= SIZE_MAX - out->length &&
        array_reserve(&out->buffer, &out->room, out->length + n, 1, &out->error))
        return true;
    if (!out->failed)
        error_no_memory(&out->error, n);
    out->failed = true;
    out->length = 0;
    return false;
}

void sink_make_room(sink *out, size_t n)
{
    if (out->fd < 0)
        grow(out, n);
    else
        sink_flush(out);
}

void sink_write(sink *out, const void *bytes, size_t n)
{
    if (out->fd >= 0 && n >= SINK_ROOM / 2) {
        sink_flush(out);
        write_all(out, bytes, n);
        return;
    }
    if (n > out->room - out->length) {
        if (out->fd >= 0)
            sink_flush(out);
        else if (!grow(out, n))
            return;
    }
    memcpy(out->buffer + out->length, bytes, n);
    out->length += n;
}

/* ---------------------------------------------------------------- files */

/* What the symbolic link at path points to, as a path from here; NULL if it is none. Allocated. */
static char *link_target(const char *path)
{
    char link[PATH_MAX];
    ssize_t length = readlink(path, link, sizeof link);
    if (length < 0 || (size_t)length == sizeof link)
        return NULL;
    const char *slash = link[0] == '/' ? NULL : strrchr(path, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    char *target = malloc(folder + (size_t)length + 1);
    if (target == NULL)
        return NULL;
    memcpy(target, path, folder);
    memcpy(target + folder, link, (size_t)length);
    target[folder + (size_t)length] = '\0';
    return target;
}

/* The file that path means at the end of all symbolic links, also if it is not there yet.
 * Allocated. */
static char *resolve(const char *path)
{
    enum { LINKS_MAX = 40 }; /* as the kernel has it */
    char *at = strdup(path);
    for (int i = 0; at != NULL && i < LINKS_MAX; i++) {
        char *target = link_target(at);
        if (target == NULL)
            break;
        free(at);
        at = target;
    }
    return at;
}

/* A file without a name in the folder of the target, or, where the file system has no such
 * thing, one with a name of its own. */
static int open_temporary(sink *out, mode_t mode)
{
    const char *slash = strrchr(out->target, '/');
    int folder = slash == NULL ? 1 : (int)(slash - out->target) + 1;
    size_t room = strlen(out->target) + 40;
    char *name = malloc(room);
    if (name == NULL)
        return -1;
    snprintf(name, room, "%.*s", folder, slash == NULL ? "." : out->target);
    int fd = open(name, O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
    snprintf(name, room, "%s.tokvec-%ld", out->target, (long)getpid());
    if (fd >= 0) {
        free(name);
        return fd;
    }
    fd = open(name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode);
    if (fd < 0)
        free(name);
    else
        out->temporary = name;
    return fd;
}

/* Gives a file without a name the temporary one, from which it can be renamed: a link cannot
 * replace what is there. */
static bool give_name(sink *out)
{
    if (out->temporary != NULL)
        return true;
    char self[40];
    size_t room = strlen(out->target) + 40;
    char *name = malloc(room);
    if (name == NULL)
        return false;
    snprintf(self, sizeof self, "/proc/self/fd/%d", out->fd);
    snprintf(name, room, "%s.tokvec-%ld", out->target, (long)getpid());
    if (linkat(AT_FDCWD, self, AT_FDCWD, name, AT_SYMLINK_FOLLOW) != 0) {
        free(name);
        return false;
    }
    out->temporary = name;
    return true;
}

static bool open_file(sink *out, const char *path, tokvec_error *err)
{
    struct stat status, standard;
    bool exists = stat(path, &status) == 0;
    if (!exists && errno != ENOENT)
        return error_system(err, errno, "create the file", path);
    if (exists && !S_ISREG(status.st_mode)) { /* a device or pipe is written to as it is */
        out->fd = open(path, O_WRONLY | O_CLOEXEC);
        return out->fd >= 0 || error_system(err, errno, "open for writing", path);
    }
    if (exists && fstat(STDOUT_FILENO, &standard) == 0 && standard.st_dev == status.st_dev &&
        standard.st_ino == status.st_ino)
        return true; /* it is standard output: /dev/stdout, perhaps to be appended to */
    mode_t mask = umask(0);
    umask(mask);
    out->target = resolve(path);
    if (out->target == NULL)
        return error_no_memory(err, strlen(path));
    out->fd = open_temporary(out, 0666 & ~mask);
    if (out->fd < 0)
        return error_system(err, errno, "create the file", path);
    if (exists)
        (void)!fchmod(out->fd, status.st_mode & 07777); /* keep its rights, where we may */
    return true;
}

static void release(sink *out)
{
    if (out->target != NULL || out->fd > STDERR_FILENO)
        close(out->fd);
    free(out->buffer);
    free(out->target);
    free(out->temporary);
    *out = (sink){.fd = -1};
}

bool sink_open(sink *out, const char *path, tokvec_error *err)
{
    *out = (sink){.fd = STDOUT_FILENO, .name = path == NULL ? "standard output" : path};
    out->buffer = malloc(SINK_ROOM);
    if (out->buffer == NULL)
        return error_no_memory(err, SINK_ROOM);
    out->room = SINK_ROOM;
    if (path == NULL || open_file(out, path, err)) {
        out->terminal = isatty(out->fd);
        return true;
    }
    out->fd = -1;
    free(out->buffer);
    free(out->target);
    *out = (sink){.fd = -1};
    return false;
}

bool sink_open_memory(sink *out, tokvec_error *err)
{
    *out = (sink){.fd = -1, .name = "memory"};
    return array_reserve(&out->buffer, &out->room, SINK_ROOM, 1, err);
}

void sink_lend(sink *out, int fd, const void *data, size_t size)
{
    out->lent_fd = fd;
    out->lent = data;
    out->lent_size = size;
}

void sink_append(sink *out, sink *memory)
{
    if (memory->length > 0)
        sink_write(out, memory->buffer, memory->length);
    memory->length = 0;
}

bool sink_commit(sink *out, tokvec_error *err)
{
    sink_flush(out);
    if (out->held > 0)
        write_visible(out, NULL, 0, true);
    if (!out->failed && out->target != NULL &&
        (!give_name(out) || fsync(out->fd) != 0 || rename(out->temporary, out->target) != 0))
        fail(out, errno);
    bool good = !out->failed || out->reader_gone;
    if (!good && err != NULL)
        *err = out->error;
    if (!good && out->temporary != NULL)
        unlink(out->temporary);
    release(out);
    return good;
}

void sink_abandon(sink *out)
{
    if (out->temporary != NULL)
        unlink(out->temporary);
    release(out);
}
