/* sink.c - where output goes.
 * See sink.h.
 * SPDX-License-Identifier: MIT */
#include "io/sink.h"

#include "base/array.h"
#include "base/same_file.h"
#include "io/descriptor.h"
#include "io/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#ifdef __linux__
#include <sys/sendfile.h>
#endif
#include <sys/stat.h>
#include <unistd.h>

/* ---------------------------------------------------------------- writing */

/* Whether there can be a reader who leaves. A file or a device has none, whatever it may say. */
static bool has_reader(int fd)
{
    struct stat status;
    return fstat(fd, &status) == 0 && (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode));
}

static void fail(sink *out, int number)
{
    out->failed = true;
    out->reader_gone = number == EPIPE && has_reader(out->fd);
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
        else if (sent == 0 || !descriptor_retry(out->fd, true))
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
        ssize_t written = descriptor_write(out->fd, bytes, n < SSIZE_MAX ? n : SSIZE_MAX);
        if (written <= 0)
            fail(out, written < 0 ? errno : EIO);
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

bool sink_put(sink *out, const void *bytes, size_t n)
{
    return write_bytes(out, bytes, n);
}

void sink_fail(sink *out, const tokvec_error *why)
{
    if (!out->failed)
        out->error = *why;
    out->failed = true;
}

static bool write_all(sink *out, const char *bytes, size_t n)
{
    if (out->filter != NULL) {
        if (n > 0 && !out->failed)
            out->filter->write(out->filter, out, bytes, n, false);
        return !out->failed;
    }
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

/* ---------------------------------------------------------------- opening */

/* The open descriptor that a path is the name of: to open it again would lose its place in a file,
 * and a socket cannot be. -1: it is not one. */
static int descriptor_of(const char *path)
{
    static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
    if (strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        size_t length = strlen(folders[i]);
        if (strncmp(path, folders[i], length) != 0)
            continue;
        size_t digits = strspn(path + length, "0123456789");
        if (digits > 0 && digits < 10 && path[length + digits] == '\0')
            return atoi(path + length);
    }
    return -1;
}

static bool is_standard_output(const struct stat *status)
{
    struct stat standard;
    return fstat(STDOUT_FILENO, &standard) == 0 && standard.st_dev == status->st_dev &&
           standard.st_ino == status->st_ino;
}

/* A device or pipe, which is written to as it is. Opening a pipe waits for a reader. */
static bool open_as_it_is(sink *out, const char *path, tokvec_error *err)
{
    do {
        out->fd = open(path, O_WRONLY | O_CLOEXEC);
    } while (out->fd < 0 && errno == EINTR);
    return out->fd >= 0 || error_system(err, errno, "open for writing", path);
}

static bool open_path(sink *out, const char *path, tokvec_error *err)
{
    struct stat status;
    int named = descriptor_of(path);
    if (named >= 0) {
        out->fd = fcntl(named, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        return out->fd >= 0 || error_system(err, errno, "open for writing", path);
    }
    bool exists = stat(path, &status) == 0;
    if (!exists && errno != ENOENT)
        return error_system(err, errno, "create the file", path);
    if (exists && is_standard_output(&status))
        return true; /* by another name; perhaps it is to be appended to */
    if (exists && !S_ISREG(status.st_mode))
        return open_as_it_is(out, path, err);
    /* To replace a file takes no right to write to it, but whoever took that away means it. */
    if (exists && faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
        return error_system(err, errno, "open for writing", path);
    if (!new_file_open(&out->file, path, exists ? &status : NULL, err))
        return false;
    out->fd = out->file.fd;
    return true;
}

/* Whether there is something at a path, or at standard output if it is NULL; and whether it stays
 * what it is when that is opened. */
static bool find_there(const char *path, struct stat *status, bool *in_place)
{
    int named = path == NULL ? STDOUT_FILENO : descriptor_of(path);
    if ((named >= 0 ? fstat(named, status) : stat(path, status)) != 0)
        return false;
    *in_place = named >= 0 || is_standard_output(status);
    return true;
}

bool sink_in_place(const char *path, struct stat *status)
{
    bool in_place;
    return find_there(path, status, &in_place) && in_place && S_ISREG(status->st_mode);
}

bool sink_same(const char *a, const char *b)
{
    struct stat at_a, at_b;
    bool in_place, there_a = find_there(a, &at_a, &in_place),
                   there_b = find_there(b, &at_b, &in_place);
    if (!there_a && !there_b)
        return a != NULL && b != NULL && new_file_same(a, b);
    return there_a && there_b && at_a.st_dev == at_b.st_dev && at_a.st_ino == at_b.st_ino &&
           !S_ISCHR(at_a.st_mode);
}

static void release(sink *out)
{
    if (out->filter != NULL)
        out->filter->close(out->filter);
    if (out->fd > STDERR_FILENO)
        close(out->fd);
    free(out->buffer);
    *out = (sink){.fd = -1, .file.fd = -1};
}

bool sink_open(sink *out, const char *path, tokvec_error *err)
{
    *out = (sink){.fd = STDOUT_FILENO,
                  .name = path == NULL ? "standard output" : path,
                  .file.fd = -1,
                  .buffer = malloc(SINK_ROOM),
                  .room = SINK_ROOM};
    if (out->buffer == NULL)
        return error_no_memory(err, SINK_ROOM);
    if (same_file_check(out->name, err) && (path == NULL || open_path(out, path, err))) {
        out->terminal = isatty(out->fd);
        return true;
    }
    out->fd = -1;
    release(out);
    return false;
}

bool sink_check(const char *path, tokvec_error *err)
{
    struct stat status;
    sink out;
    bool in_place, there = find_there(path, &status, &in_place);
    if (there && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))
        return true;
    if (!sink_open(&out, path, err))
        return false;
    sink_abandon(&out);
    return true;
}

bool sink_open_memory(sink *out, tokvec_error *err)
{
    *out = (sink){.fd = -1, .name = "memory"};
    return array_reserve(&out->buffer, &out->room, SINK_ROOM, 1, err);
}

void sink_set_filter(sink *out, sink_filter *filter)
{
    out->filter = filter;
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
    if (out->filter != NULL && !out->failed)
        out->filter->write(out->filter, out, NULL, 0, true);
    if (out->file.target != NULL && !out->failed) {
        int number = new_file_commit(&out->file);
        out->fd = -1;
        if (number != 0)
            fail(out, number);
    }
    bool good = !out->failed || out->reader_gone;
    if (!good && err != NULL)
        *err = out->error;
    sink_abandon(out);
    return good;
}

void sink_abandon(sink *out)
{
    if (out->file.target != NULL) {
        new_file_abandon(&out->file);
        out->fd = -1;
    }
    release(out);
}
