/* lookup.c - the command lookup: the vectors of token IDs.
 * IDs come from the arguments, or else from a file or standard input. If the format streams,
 * rows go out as IDs come in.
 * SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "base/same_file.h"
#include "cli/notice.h"
#include "cli/output.h"
#include "cli/wanted.h"
#include "io/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 18 }; /* bytes of text read at a time */

/* A lookup under way. */
typedef struct lookup {
    const settings *options;
    source from;
    wanted wanted;
    int fd;         /* of the text */
    uint64_t taken; /* bytes of it so far, from where it stood */
    char *piece;
} lookup;

/* ---------------------------------------------------------------- IDs from text */

static bool open_text(lookup *l, tokvec_error *err)
{
    const char *path = l->options->ids.input;
    bool standard = path == NULL || strcmp(path, "-") == 0;
    l->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (l->fd < 0)
        return error_system(err, errno, "open", path);
    struct stat status;
    if (fstat(l->fd, &status) == 0)
        same_file_input(&status);
    l->piece = malloc(PIECE);
    if (l->piece == NULL)
        return error_no_memory(err, PIECE);
    if (isatty(l->fd))
        notice("reading token IDs from the terminal; end with Ctrl-D, or see tokvec --help");
    wanted_start(&l->wanted, standard ? "standard input" : path);
    return true;
}

/* A file that has shrunk below what was read of it has perhaps ended too early. */
static bool still_whole(const lookup *l, tokvec_error *err)
{
    struct stat status;
    if (fstat(l->fd, &status) != 0 || !S_ISREG(status.st_mode) ||
        (uint64_t)status.st_size >= l->taken)
        return true;
    error_set(err, TOKVEC_SYSTEM, "the file shrank while it was read");
    error_where(err, "%s", l->wanted.parser.source);
    return error_hint(err, "wait until it is written, then try again");
}

/* Reads the next piece of text and parses it; *more tells whether the text goes on. */
static bool parse_piece(lookup *l, bool *more, tokvec_error *err)
{
    ssize_t n = descriptor_read(l->fd, l->piece, PIECE);
    if (n < 0)
        return error_system(err, errno, "read", l->wanted.parser.source);
    *more = n > 0;
    l->taken += (uint64_t)n;
    if (n == 0 && !still_whole(l, err))
        return false;
    return n > 0 ? ids_parse(&l->wanted.parser, l->piece, (size_t)n, err)
                 : ids_parse_end(&l->wanted.parser, err);
}

static bool parse_text(lookup *l, tokvec_error *err)
{
    bool more = true;
    while (more) {
        if (!parse_piece(l, &more, err))
            return false;
    }
    return true;
}

/* ---------------------------------------------------------------- the command */

/* All IDs are there: they have a shape. */
static bool print_all(lookup *l, tokvec_error *err)
{
    uint64_t shape[IDS_MAX_DEPTH + 1] = {0};
    wanted_compare(&l->wanted);
    selection which = {.list = &l->wanted.list, .shape = shape};
    if (l->options->output.format->streams || l->options->output.format->flat)
        shape[which.ndim++] =
            l->wanted.list.count; /* no matter which, so it need not be a rectangle */
    else if (!ids_shape(&l->wanted.parser, shape, &which.ndim, err))
        return false;
    output o;
    if (!output_open(&o, l->options, &l->from, &which, err))
        return false;
    return output_close(&o, output_rows(&o, &l->wanted.list, err), err);
}

/* The rows of each piece of text go out before the next one is read, so that whoever waits for
 * answers before asking on gets them. */
static bool print_stream(lookup *l, tokvec_error *err)
{
    output o;
    const selection which = {.list = NULL};
    if (!output_open(&o, l->options, &l->from, &which, err))
        return false;
    bool good = true;
    for (bool more = true; good && more && sink_flush(&o.out);) {
        tokvec_error later;
        good = parse_piece(l, &more, &later);
        wanted_compare(&l->wanted);
        /* Also after a bad ID: those before it are in the list. */
        bool printed = output_rows(&o, &l->wanted.list, err);
        id_list_clear(&l->wanted.list);
        if (printed && !good && err != NULL)
            *err = later;
        good = good && printed;
    }
    return output_close(&o, good, err);
}

static bool run(lookup *l, tokvec_error *err)
{
    const settings *s = l->options;
    if (!wanted_ready(&l->wanted, err))
        return false;
    if (s->operand_count > 0)
        return wanted_operands(&l->wanted, s->operands, s->operand_count, err) && print_all(l, err);
    if (!open_text(l, err))
        return false;
    if (s->output.format->streams)
        return print_stream(l, err);
    return parse_text(l, err) && print_all(l, err);
}

static bool lookup_run(const settings *s, tokvec_error *err)
{
    if (s->operand_count > 0 && s->ids.input != NULL) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "token IDs come from the arguments and from --input");
        error_where(err, "argument %u", s->operands[0].number);
        return error_hint(err, "choose one of the two");
    }
    lookup l = {.options = s, .fd = -1};
    if (!source_open(&l.from, s, err))
        return false;
    wanted_init(&l.wanted, s, &l.from);
    bool good = run(&l, err);
    wanted_free(&l.wanted);
    source_close(&l.from);
    free(l.piece);
    if (l.fd > STDERR_FILENO)
        close(l.fd);
    return good;
}

static const option_list lists[] = {
    table_options, ids_options, output_options, text_options, thread_options, common_options, NULL};

const command lookup_command = {
    .name = "lookup",
    .operands = "[ID|TOKEN]...",
    .summary = "print the vectors of token IDs or tokens (the default command)",
    .about =
        "Without IDs, reads them from standard input. Without -w, uses a table that is seeded\n"
        "as torch.manual_seed(" TEXT_OF(NOTEBOOK_SEED) ") seeds torch.nn.Embedding(" TEXT_OF(
            NOTEBOOK_VOCAB_SIZE) ", " TEXT_OF(NOTEBOOK_DIM) ").\n",
    .options = lists,
    .run = lookup_run,
};
