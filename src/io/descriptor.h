/* descriptor.h - reading and writing that waits where it has to.
 * A terminal, pipe or socket may have been made non-blocking by whoever shares it.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_IO_DESCRIPTOR_H
#define TOKVEC_IO_DESCRIPTOR_H

#include <stdbool.h>
#include <sys/types.h>

/* As read and write, but not ended by a signal, and waiting where the descriptor does not. */
ssize_t descriptor_read(int fd, void *out, size_t n);
ssize_t descriptor_write(int fd, const void *bytes, size_t n);

/* After a call that failed: true if errno says that it may be tried again, after waiting until
 * then. */
bool descriptor_retry(int fd, bool to_write);

#endif
