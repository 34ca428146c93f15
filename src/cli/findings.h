/* findings.h - what a check has found.
 * Kept until all is known, so that nothing is printed where the check itself fails.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_FINDINGS_H
#define TOKVEC_CLI_FINDINGS_H

#include "cli/settings.h"

/* What may be found, in the order of the help. */
typedef enum finding_kind {
    FINDING_NAN,
    FINDING_INF,
    FINDING_ZERO_ROWS,
    FINDING_REPEATED_ROWS,
    FINDING_UNTRAINED_ROWS,
    FINDING_VOCAB_SIZE,
    FINDING_CONFIG,
    FINDING_TIE,
    FINDING_SCALE,
    FINDING_FILE,
    FINDING_PICKLE,
    FINDING_COUNT
} finding_kind;

/* Its word; one without a name for FINDING_COUNT. */
option_word finding_word(size_t kind);

/* One of them. findings_add copies the texts. */
typedef struct finding {
    finding_kind kind;
    bool error;         /* else it is a note */
    const char *tensor; /* NULL: of no tensor */
    bool has_id;
    int64_t id;        /* the first */
    tokvec_text token; /* of the ID; bytes are NULL if it has none */
    const char *detail;
} finding;

enum { FINDING_DETAIL = 1200 }; /* bytes for a detail, with its final NUL */

/* One that is kept, with its texts. */
typedef struct finding_copy {
    finding is;
    char *tensor, *token, *detail;
} finding_copy;

/* Starts as {0}; released by findings_free. */
typedef struct findings {
    finding_copy *items;
    size_t count, capacity;
    bool ignored[FINDING_COUNT]; /* these are not kept */
    size_t errors;
} findings;

bool findings_add(findings *all, const finding *one, tokvec_error *err);
void findings_free(findings *all);

/* Prints them in the format that the settings name. */
bool findings_print(const findings *all, const settings *s, tokvec_error *err);

#endif
