/* sink.h - where output goes: standard output, or a file that appears whole or not at all.
 * Buffers; notes the first failure and swallows what follows, so that writers need not check.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_IO_SINK_H
#define TOKVEC_IO_SINK_H

#include "io/new_file.h"

#include <string.h>

enum { SINK_ROOM = 1 << 16 };

/* What changes the bytes of a sink on their way out. The first member of a filter's own struct. */
typedef struct sink_filter sink_filter;

typedef struct sink {
    char *buffer; /* `room` bytes, SINK_ROOM or more, of which `length` wait to be written */
    size_t length, room;
    int fd;           /* -1: memory, which grows */
    size_t written;   /* counted only while it is not much */
    const char *lent; /* see sink_lend; NULL: nothing */
    size_t lent_size;
    int lent_fd;
    const char *name; /* for messages; borrowed */
    bool terminal;    /* it gets nothing but visible characters: see terminal_filter */
    unsigned held;    /* bytes of a character that may go on, */
    char holding[4];  /* these */
    bool failed;
    bool reader_gone; /* the failure is a closed pipe or socket, which is nobody's fault */
    tokvec_error error;

    sink_filter *filter; /* owned; NULL: none */
    new_file file;       /* whose fd is the sink's, if it has a target */
} sink;

/* Whether output to path, or to standard output if it is NULL, is written into a regular file as it
 * stands, which is then described, rather than into a new one that takes its place. */
bool sink_in_place(const char *path, struct stat *status);

/* Whether two outputs, of which standard output is NULL, would go into one file or pipe. */
bool sink_same(const char *a, const char *b);

/* False and an error if sink_open would not open a path now. Pipes and devices are not tried: to
 * open them may wait for their reader, or tell it something. */
bool sink_check(const char *path, tokvec_error *err);

/* Opens path, or standard output if it is NULL. path is borrowed. */
bool sink_open(sink *out, const char *path, tokvec_error *err);

struct sink_filter {
    /* Takes n bytes, and gives what comes of them to sink_put; there are no more if they are the
     * last. What goes wrong is told to sink_fail. */
    void (*write)(sink_filter *filter, sink *out, const char *bytes, size_t n, bool last);
    void (*close)(sink_filter *filter);
};

/* Before anything is written; the sink owns the filter from then on. */
void sink_set_filter(sink *out, sink_filter *filter);

/* For filters: writes what they have made, or fails the sink. */
bool sink_put(sink *out, const void *bytes, size_t n);
void sink_fail(sink *out, const tokvec_error *why);

/* Says that these bytes in memory are the mapping of that file, from its start on. What lies there
 * goes out straight from the file, where the system can do that. */
void sink_lend(sink *out, int fd, const void *data, size_t size);

/* A sink that only keeps what is written, for sink_append. Release it with free(out->buffer). */
bool sink_open_memory(sink *out, tokvec_error *err);

/* Writes what such a sink holds to another one, and empties it. */
void sink_append(sink *out, sink *memory);

/* Writes what is buffered. Returns false if that or anything before it failed. */
bool sink_flush(sink *out);

/* Writes the rest and lets the file appear. False and an error if anything has failed, but for
 * a reader who has had enough. The sink is released in any case. */
bool sink_commit(sink *out, tokvec_error *err);

/* Releases a sink whose output is not wanted: of a file nothing remains. */
void sink_abandon(sink *out);

/* For sink_reserve. */
void sink_make_room(sink *out, size_t n);

/* Room for n bytes (at most SINK_ROOM); say with sink_advance how many were filled. */
static inline char *sink_reserve(sink *out, size_t n)
{
    if (out->room - out->length < n)
        sink_make_room(out, n);
    return out->buffer + out->length;
}

static inline void sink_advance(sink *out, size_t n)
{
    out->length += n;
}

/* Writes n bytes, large amounts without a copy. */
void sink_write(sink *out, const void *bytes, size_t n);

static inline void sink_char(sink *out, char c)
{
    *sink_reserve(out, 1) = c;
    sink_advance(out, 1);
}

static inline void sink_text(sink *out, const char *text)
{
    sink_write(out, text, strlen(text));
}

#endif
