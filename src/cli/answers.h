/* answers.h - answers of the command near: the search, and the report of what it finds.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_ANSWERS_H
#define TOKVEC_CLI_ANSWERS_H

#include "cli/candidates.h"
#include "cli/questions.h"
#include "cli/reporting.h"

enum { ANSWER_QUERY, ANSWER_RANK, ANSWER_ID, ANSWER_TOKEN, ANSWER_SCORE, ANSWER_FIELDS };

/* Starts with answers_open; ended by answers_close. */
typedef struct answers {
    const near_settings *options;
    source *from;
    id_list candidates; /* the rows that may answer */
    bool spelt;         /* rows are left out by spelling, too: as in fastText */
    spellings words;    /* of one question */
    size_t at_once;     /* questions */

    report_field fields[ANSWER_FIELDS];
    reporting out;
    bool begun; /* the output: not before there is something to print */

    uint64_t zero_rows, nonfinite_rows; /* that answer nothing */
} answers;

/* Makes ready; nothing is printed yet. To be closed in any case. */
bool answers_open(answers *a, const near_settings *s, source *from, tokvec_error *err);

/* Answers all the questions, several: beside others; and sees to it that whoever waits gets them.
 * Of a question that has no useful vector, those before it are answered. */
bool answers_give(answers *a, questions *asked, bool several, tokvec_error *err);

/* Whether nobody reads the answers any more. */
bool answers_unread(const answers *a);

/* Ends the output. If all went well until now lets it appear, with a warning of rows that cannot
 * answer; if not, *err stays. Returns whether all went well. */
bool answers_close(answers *a, bool good, tokvec_error *err);

#endif
