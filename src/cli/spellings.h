/* spellings.h - the tokens of some rows, to be compared with those of others.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_SPELLINGS_H
#define TOKVEC_CLI_SPELLINGS_H

#include "cli/source.h"

/* Some texts, one after the other in `bytes`. Starts as {0}; released by spellings_free. */
typedef struct spellings {
    char *bytes;
    size_t length, capacity;
    size_t *ends;
    size_t count, end_capacity;
} spellings;

/* The tokens of these rows; before, it has none. */
bool spellings_of_rows(spellings *words, const source *from, const int64_t *rows, size_t count,
                       tokvec_error *err);

/* Whether the token of a row is one of them. */
bool spellings_have(const spellings *words, const source *from, int64_t row, bool *have,
                    tokvec_error *err);

void spellings_free(spellings *words);

#endif
