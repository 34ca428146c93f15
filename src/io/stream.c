/* stream.c - what can be read only once, from the front to the end.
 * See stream.h.
 * SPDX-License-Identifier: MIT */
#include "io/stream.h"

#include "base/memory.h"
#include "io/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PIECE = 1 << 20 };

/* A FIFO that nobody has opened for writing yet reads as if it had ended. */
static bool wait_for_writer(int fd)
{
    struct pollfd wanted = {.fd = fd, .events = POLLIN};
    int ready;
    do {
        ready = poll(&wanted, 1, -1);
    } while (ready < 0 && errno == EINTR);
    return ready >= 0;
}

static bool write_all(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t done = descriptor_write(fd, bytes, n);
        if (done < 0)
            return false;
        bytes += done;
        n -= (size_t)done;
    }
    return true;
}

/* Moves the next piece from `from` to `to`: the number of bytes, 0 at the end, -1 and errno. */
static ssize_t move_piece(int from, int to, char *room)
{
    ssize_t n;
    do {
        n = splice(from, NULL, to, NULL, PIECE, 0);
    } while (n < 0 && descriptor_retry(from, false));
    if (n >= 0 || errno != EINVAL) /* that is no pipe */
        return n;
    n = descriptor_read(from, room, PIECE);
    return n > 0 && !write_all(to, room, (size_t)n) ? -1 : n;
}

static bool refuse_size(uint64_t most, const char *name, tokvec_error *err)
{
    error_set(err, TOKVEC_NO_MEMORY,
              "more than %llu bytes have come, which is half of the memory, and no end",
              (unsigned long long)most);
    error_where(err, "%s", name);
    return error_hint(err, "save it to a file first");
}

static bool move_all(int from, int to, char *room, const char *name, tokvec_error *err)
{
    const uint64_t most = memory_half();
    uint64_t size = 0;
    for (;;) {
        ssize_t n = move_piece(from, to, room);
        if (n < 0)
            return error_system(err, errno, "read", name);
        if (n == 0)
            return true;
        size += (uint64_t)n;
        if (size > most)
            return refuse_size(most, name, err);
    }
}

int stream_to_memory(int fd, const char *name, tokvec_error *err)
{
    if (!wait_for_writer(fd)) {
        error_system(err, errno, "read", name);
        return -1;
    }
    int memory = memfd_create("tokvec", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    char *room = malloc(PIECE);
    bool good = memory >= 0 && room != NULL;
    if (memory < 0)
        error_system(err, errno, "keep in memory", name);
    else if (room == NULL)
        error_no_memory(err, PIECE);
    good = good && move_all(fd, memory, room, name, err);
    /* Where sealing is not possible the file is nobody else's all the same. */
    if (good)
        (void)fcntl(memory, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
    free(room);
    if (good)
        return memory;
    if (memory >= 0)
        close(memory);
    return -1;
}
