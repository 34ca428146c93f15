/* text_input.h - text that a command reads: a file, or standard input.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_TEXT_INPUT_H
#define TOKVEC_CLI_TEXT_INPUT_H

#include "tokvec.h"

/* Starts as {.fd = -1}; released by text_input_close. */
typedef struct text_input {
    int fd;
    const char *name; /* for messages */
    uint64_t taken;   /* bytes so far, from where it stood */
    char *piece;      /* those read last, */
    size_t length;    /* so many of them; 0: the text has ended */
} text_input;

/* Opens a file, or standard input if the path is NULL or "-". A person at a terminal is told that
 * `what` ("token IDs") is waited for. */
bool text_input_open(text_input *in, const char *path, const char *what, tokvec_error *err);

/* Reads the next piece, and waits for it where it has to. */
bool text_input_read(text_input *in, tokvec_error *err);

/* Whether there is more to be read without waiting for it, be it only the end. */
bool text_input_ready(const text_input *in);

void text_input_close(text_input *in);

#endif
