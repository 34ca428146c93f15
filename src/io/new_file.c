/* new_file.c - a file that appears whole or not at all.
 * See new_file.h.
 * SPDX-License-Identifier: MIT */
#include "io/new_file.h"

#include "io/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/xattr.h>
#endif

/* ---------------------------------------------------------------- signals */

/* Those that end a program from outside, and after which nothing may be left behind. */
static const int endings[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGTERM,   SIGXCPU,
                              SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF};
enum { ENDING_COUNT = sizeof endings / sizeof *endings };

/* The temporary name, for the handler; one, since a program has one output. */
static _Atomic(const char *) doomed;

/* SA_RESETHAND has taken the handler away: the signal, raised again, ends the program as soon as
 * this returns. */
static void on_ending(int number)
{
    const char *name = doomed;
    if (name != NULL)
        unlink(name);
    raise(number);
}

static void catch_endings(void)
{
    struct sigaction action, old;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_ending;
    action.sa_flags = (int)SA_RESETHAND;
    sigfillset(&action.sa_mask);
    for (int i = 0; i < ENDING_COUNT; i++) {
        /* What is ignored, as under nohup, stays so. */
        if (sigaction(endings[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
            sigaction(endings[i], &action, NULL);
    }
}

static void hold_endings(sigset_t *before)
{
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < ENDING_COUNT; i++)
        sigaddset(&set, endings[i]);
    pthread_sigmask(SIG_BLOCK, &set, before);
}

/* ---------------------------------------------------------------- names */

/* The path that a symbolic link of that text, at `path`, leads to. Allocated; NULL: no memory. */
static char *follow(const char *path, const char *link, size_t length)
{
    const char *slash = link[0] == '/' ? NULL : strrchr(path, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    char *target = malloc(folder + length + 1);
    if (target == NULL)
        return NULL;
    memcpy(target, path, folder);
    memcpy(target + folder, link, length);
    target[folder + length] = '\0';
    return target;
}

/* The file that path means at the end of all symbolic links, also if it is not there yet.
 * Allocated; NULL: no memory. */
static char *resolve(const char *path)
{
    enum { LINKS_MAX = 40 }; /* as the kernel has it */
    char link[PATH_MAX];
    char *at = strdup(path);
    for (int i = 0; at != NULL && i < LINKS_MAX; i++) {
        ssize_t length = readlink(at, link, sizeof link);
        if (length <= 0)
            break;
        char *target = follow(at, link, (size_t)length);
        free(at);
        at = target;
    }
    return at;
}

/* Nobody can foresee it. */
static uint64_t random_number(void)
{
    uint64_t number;
    if (getentropy(&number, sizeof number) == 0)
        return number;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return ((uint64_t)now.tv_nsec << 32) ^ (uint64_t)now.tv_sec ^ (uint64_t)getpid() << 20;
}

static size_t folder_length(const char *target)
{
    const char *slash = strrchr(target, '/');
    return slash == NULL ? 0 : (size_t)(slash - target) + 1;
}

/* The folder of what a path leads to. */
static bool folder_status(const char *target, struct stat *status)
{
    size_t length = folder_length(target);
    char *folder = length == 0 ? strdup(".") : strndup(target, length);
    bool good = folder != NULL && stat(folder, status) == 0;
    free(folder);
    return good;
}

bool new_file_same(const char *a, const char *b)
{
    struct stat folder_a, folder_b;
    char *target_a = resolve(a), *target_b = resolve(b);
    bool same =
        target_a != NULL && target_b != NULL &&
        strcmp(target_a + folder_length(target_a), target_b + folder_length(target_b)) == 0 &&
        folder_status(target_a, &folder_a) && folder_status(target_b, &folder_b) &&
        folder_a.st_dev == folder_b.st_dev && folder_a.st_ino == folder_b.st_ino;
    free(target_a);
    free(target_b);
    return same;
}

/* What the system calls an open file that has no other name. */
enum { SELF_ROOM = 40 };
static void self_name(int fd, char out[SELF_ROOM])
{
    snprintf(out, SELF_ROOM, "/proc/self/fd/%d", fd);
}

/* The open file gets a name. */
static int link_name(int fd, const char *name)
{
    char self[SELF_ROOM];
    self_name(fd, self);
    return linkat(AT_FDCWD, self, AT_FDCWD, name, AT_SYMLINK_FOLLOW);
}

/* Takes a name that nobody has in the target's folder: for the file without one that is open, or
 * for a new one. Returns false and errno. */
static bool take_name(new_file *file, mode_t mode)
{
    enum { TRIES = 100 };
    size_t folder = folder_length(file->target), room = folder + 40;
    char *name = malloc(room);
    if (name == NULL)
        return false;
    memcpy(name, file->target, folder);
    sigset_t before;
    hold_endings(&before); /* between the file and the note of its name */
    int result = -1;
    for (int i = 0; result < 0 && i < TRIES && (i == 0 || errno == EEXIST); i++) {
        snprintf(name + folder, room - folder, ".tokvec-%016llx",
                 (unsigned long long)random_number());
        if (file->fd >= 0)
            result = link_name(file->fd, name);
        else
            result = file->fd =
                open(name, O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY | O_CLOEXEC, mode);
    }
    int number = errno;
    if (result >= 0) {
        file->temporary = name;
        doomed = name;
        catch_endings();
    } else {
        free(name);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = number;
    return result >= 0;
}

/* A file without a name in the target's folder; -1 if there is no such thing, or no way to give it
 * a name later. */
static int open_nameless(const char *target, mode_t mode)
{
#ifdef O_TMPFILE
    char folder[PATH_MAX], self[SELF_ROOM];
    size_t length = folder_length(target);
    if (length >= sizeof folder)
        return -1;
    snprintf(folder, sizeof folder, "%.*s", (int)(length == 0 ? 1 : length),
             length == 0 ? "." : target);
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, mode);
    self_name(fd, self);
    if (fd >= 0 && access(self, F_OK) != 0) {
        close(fd);
        fd = -1;
    }
    return fd;
#else
    (void)target, (void)mode;
    return -1;
#endif
}

/* ---------------------------------------------------------------- rights */

/* Where there is an ACL, the group's bits are its mask, which says nothing about the group. Returns
 * whether the file has the same as the old one. */
static bool copy_acl(int fd, const char *path)
{
#ifdef __linux__
    static const char name[] = "system.posix_acl_access";
    char acl[4096];
    ssize_t size = getxattr(path, name, acl, sizeof acl);
    return size < 0 ? errno == ENODATA || errno == ENOTSUP
                    : fsetxattr(fd, name, acl, (size_t)size, 0) == 0;
#else
    (void)fd, (void)path;
    return true;
#endif
}

/* A group that is not the old one gets no more than everybody. */
static void copy_rights(int fd, const char *path, const struct stat *old)
{
    struct stat now;
    mode_t mode = old->st_mode & 0777;
    if (fchown(fd, old->st_uid, old->st_gid) != 0)
        (void)!fchown(fd, (uid_t)-1, old->st_gid);
    bool same_group = fstat(fd, &now) == 0 && now.st_gid == old->st_gid;
    if (same_group)
        (void)!fchmod(fd, mode);
    if (!same_group || !copy_acl(fd, path))
        (void)!fchmod(fd, (mode & 0707) | (mode & 07) << 3);
}

/* ---------------------------------------------------------------- the file */

static void release(new_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    if (file->temporary != NULL)
        doomed = NULL;
    free(file->target);
    free(file->temporary);
    *file = (new_file){.fd = -1};
}

bool new_file_open(new_file *file, const char *path, const struct stat *old, tokvec_error *err)
{
    mode_t mask = umask(0);
    umask(mask);
    mode_t mode = old != NULL ? 0600 : 0666 & ~mask;
    *file = (new_file){.fd = -1, .target = resolve(path)};
    if (file->target == NULL)
        return error_no_memory(err, strlen(path));
    file->fd = open_nameless(file->target, mode);
    if (file->fd < 0 && !take_name(file, mode)) {
        int number = errno;
        release(file);
        return number == ENOMEM ? error_no_memory(err, strlen(path))
                                : error_system(err, number, "create the file", path);
    }
    if (old != NULL)
        copy_rights(file->fd, path, old);
    return true;
}

/* Onto the disk. Some kinds of file systems have no such thing. */
static bool sync_file(int fd)
{
    int result;
    do {
        result = fsync(fd);
    } while (result != 0 && errno == EINTR);
    return result == 0 || errno == EINVAL || errno == ENOSYS;
}

static bool copy_bytes(int from, int to)
{
    enum { PIECE = 1 << 13 };
    char piece[PIECE];
    ssize_t n;
    if (lseek(from, 0, SEEK_SET) != 0)
        return false;
    while ((n = descriptor_read(from, piece, PIECE)) > 0) {
        for (ssize_t done = 0, written; done < n; done += written) {
            written = descriptor_write(to, piece + done, (size_t)(n - done));
            if (written == 0)
                errno = EIO;
            if (written <= 0)
                return false;
        }
    }
    return n == 0;
}

/* For systems that have files without names, but do not let them get one: a file with a name takes
 * over what is in it. */
static bool copy_to_named(new_file *file)
{
    int nameless = file->fd;
    struct stat status;
    char self[SELF_ROOM];
    self_name(nameless, self);
    file->fd = -1;
    bool good = fstat(nameless, &status) == 0 && take_name(file, 0600);
    if (good) {
        copy_rights(file->fd, self, &status);
        good = copy_bytes(nameless, file->fd) && sync_file(file->fd);
    }
    int number = errno;
    close(nameless);
    errno = number;
    return good;
}

int new_file_commit(new_file *file)
{
    /* A link cannot take the place of what is there: hence a name first, then a new one. */
    bool good = sync_file(file->fd) &&
                (file->temporary != NULL || take_name(file, 0) || copy_to_named(file)) &&
                rename(file->temporary, file->target) == 0;
    int number = good ? 0 : errno;
    if (!good && file->temporary != NULL)
        unlink(file->temporary);
    release(file);
    return number;
}

void new_file_abandon(new_file *file)
{
    if (file->temporary != NULL)
        unlink(file->temporary);
    release(file);
}
