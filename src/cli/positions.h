/* positions.h - a lookup that adds the vectors of positions to those of tokens.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_POSITIONS_H
#define TOKVEC_CLI_POSITIONS_H

#include "cli/output.h"
#include "cli/wanted.h"

/* Starts with positions_open, is released with positions_close. */
typedef struct positions {
    const settings *options;
    source *from;
    wanted *wanted;
    sequences sequences; /* of wanted->list */
    tokvec_table *table; /* of positions; NULL until it is known how many there are */
    tokvec_table *sums;
    uint64_t first_row; /* of the table: position 0 */
    bool has_padding;   /* as in position_spec */
    int64_t padding;
    uint64_t before; /* how many IDs have been in the list before those that are there */
    id_list numbers; /* of rows of `sums`: those of all IDs that are in the list */
    char hint[200];  /* which positions are valid */
    char name[1100]; /* of what is added, for the output's source */
} positions;

/* Whether the options about positions go together with the others. */
bool positions_check(const settings *s, tokvec_error *err);

/* Opens the table of positions, if it does not depend on the IDs, and has those told apart that are
 * parsed from now on. All else is open and stays until positions_close; *p must not move. */
bool positions_open(positions *p, const settings *s, source *from, wanted *w, tokvec_error *err);

/* Makes `which` a selection of sums, before any ID was dropped: of all IDs, which are in the list,
 * or with `streams` of those that come. */
bool positions_select(positions *p, bool streams, selection *which, tokvec_error *err);

/* Prints the sums of the IDs that have come to be in the list. */
bool positions_print(positions *p, output *o, tokvec_error *err);

/* The list is about to be emptied. */
void positions_drop(positions *p);

void positions_close(positions *p); /* also of one that is {0} */

#endif
