/* wanted.h - the rows that the user wants: IDs and tokens, among the arguments or in text.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_WANTED_H
#define TOKVEC_CLI_WANTED_H

#include "cli/source.h"
#include "cli/text_input.h"
#include "ids/parser.h"

/* Starts with wanted_init, is released with wanted_free. */
typedef struct wanted {
    const settings *options;
    source *from;         /* the table; its vocabulary is opened when it is needed */
    id_list list;         /* numbers of rows */
    ids_bags *bags;       /* borrowed: their list is taken instead; NULL: there are none */
    sequences *sequences; /* borrowed: of the list; NULL: nobody asks for positions */
    const char *position_hint;
    ids_parser parser;
    bool compared; /* the first IDs with the words of their rows, or tokens are told apart */
} wanted;

/* `from` must be open, and both stay until wanted_free. */
void wanted_init(wanted *w, const settings *s, source *from);
void wanted_free(wanted *w);

/* Whether the options about IDs and tokens go together, with each other and with the table. */
bool wanted_ready(wanted *w, tokvec_error *err);

/* Makes the parser ready for text, whose name messages say, or with NULL for arguments. What it
 * meets is added to the list. */
void wanted_start(wanted *w, const char *source_name);

/* Adds what these arguments say, which are whole: after this the parser is to be started again. */
bool wanted_operands(wanted *w, const operand *words, size_t count, tokvec_error *err);

/* Reads the next piece of text, for which the parser was started, and adds what it says; *more
 * tells whether the text goes on. On failure what comes before the mistake is in the list. */
bool wanted_read(wanted *w, text_input *text, bool *more, tokvec_error *err);

/* Says once that an ID in the list is the number of a row, where it may have been meant as a word.
 */
void wanted_compare(wanted *w);

#endif
