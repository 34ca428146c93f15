/* text_input.c - text that a command reads.
 * See text_input.h.
 * SPDX-License-Identifier: MIT */
#include "cli/text_input.h"

#include "base/error.h"
#include "base/same_file.h"
#include "cli/notice.h"
#include "io/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 18 };

bool text_input_open(text_input *in, const char *path, const char *what, tokvec_error *err)
{
    bool standard = path == NULL || strcmp(path, "-") == 0;
    struct stat status;
    in->name = standard ? "standard input" : path;
    in->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (in->fd < 0)
        return error_system(err, errno, "open", path);
    if (fstat(in->fd, &status) == 0)
        same_file_input(&status);
    in->piece = malloc(PIECE);
    if (in->piece == NULL)
        return error_no_memory(err, PIECE);
    if (isatty(in->fd))
        notice("reading %s from the terminal; end with Ctrl-D, or see tokvec --help", what);
    return true;
}

/* A file that has shrunk below what was read of it has perhaps ended too early. */
static bool still_whole(const text_input *in, tokvec_error *err)
{
    struct stat status;
    if (fstat(in->fd, &status) != 0 || !S_ISREG(status.st_mode) ||
        (uint64_t)status.st_size >= in->taken)
        return true;
    error_set(err, TOKVEC_SYSTEM, "the file shrank while it was read");
    error_where(err, "%s", in->name);
    return error_hint(err, "wait until it is written, then try again");
}

bool text_input_read(text_input *in, tokvec_error *err)
{
    ssize_t n = descriptor_read(in->fd, in->piece, PIECE);
    if (n < 0)
        return error_system(err, errno, "read", in->name);
    in->length = (size_t)n;
    in->taken += in->length;
    return n > 0 || still_whole(in, err);
}

bool text_input_ready(const text_input *in)
{
    struct pollfd wanted = {.fd = in->fd, .events = POLLIN};
    return poll(&wanted, 1, 0) > 0;
}

void text_input_close(text_input *in)
{
    free(in->piece);
    if (in->fd > STDERR_FILENO)
        close(in->fd);
    *in = (text_input){.fd = -1};
}
