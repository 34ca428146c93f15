/* descriptor.c - reading and writing that waits where it has to.
 * See descriptor.h.
 * SPDX-License-Identifier: MIT */
#include "io/descriptor.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

bool descriptor_retry(int fd, bool to_write)
{
    if (errno == EINTR)
        return true;
#if EWOULDBLOCK != EAGAIN
    if (errno == EWOULDBLOCK)
        errno = EAGAIN;
#endif
    if (errno != EAGAIN)
        return false;
    struct pollfd wanted = {.fd = fd, .events = to_write ? POLLOUT : POLLIN};
    return poll(&wanted, 1, -1) >= 0 || errno == EINTR;
}

ssize_t descriptor_read(int fd, void *out, size_t n)
{
    ssize_t got;
    do {
        got = read(fd, out, n);
    } while (got < 0 && descriptor_retry(fd, false));
    return got;
}

ssize_t descriptor_write(int fd, const void *bytes, size_t n)
{
    ssize_t done;
    do {
        done = write(fd, bytes, n);
    } while (done < 0 && descriptor_retry(fd, true));
    return done;
}
