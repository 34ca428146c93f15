/* near.h - what the files of the command near share: its settings and its job.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_NEAR_H
#define TOKVEC_CLI_NEAR_H

#include "cli/answers.h"
#include "cli/text_input.h"
#include "cli/wanted.h"
#include "ids/vectors.h"

/* A search under way: where its questions come from, and who answers them. */
typedef struct near_job {
    const near_settings *options;
    source from;
    wanted wanted;
    questions asked;
    answers answers;
    text_input text;

    /* Of lines: the one that has not ended yet, */
    char line[IDS_TOKEN_ROOM + 1];
    size_t line_length;   /* all of it, also what did not fit, */
    uint64_t line_number; /* and its number */

    vectors_parser vectors; /* with --vectors: more than one piece of text may make one */
    uint64_t vector_number; /* of the next one */
} near_job;

/* The question that a row is, or that several are, each one. Where there is but one, it is called
 * `name`; else each is called by its ID. Rows are those of wanted.list, which is empty afterwards.
 */
bool near_ask_rows(near_job *j, tokvec_text name, tokvec_error *err);

/* Answers the questions in text as they come: many at once, if they are there, but none waits for
 * the next one. */
bool near_answer_text(near_job *j, tokvec_error *err);

#endif
