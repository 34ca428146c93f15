/* stream.h - what can be read only once, from the front to the end: a pipe, a FIFO, a socket.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_IO_STREAM_H
#define TOKVEC_IO_STREAM_H

#include "base/error.h"

/* Reads a stream to its end into a file without a name, in memory, which then cannot be changed any
 * more; waits for a FIFO's first writer. Returns the file's descriptor, which the caller closes;
 * -1 and an error if that fails, or if there is more than half of the memory holds. fd stays open;
 * name is for messages. */
int stream_to_memory(int fd, const char *name, tokvec_error *err);

#endif
