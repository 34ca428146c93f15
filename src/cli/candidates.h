/* candidates.h - the rows that may answer a query.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_CANDIDATES_H
#define TOKVEC_CLI_CANDIDATES_H

#include "cli/near_settings.h"
#include "cli/source.h"
#include "rows/id_list.h"

/* Those that the options leave: --first, --where. The list is empty before. */
bool candidates_list(id_list *list, const near_settings *s, source *from, tokvec_error *err);

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

/* Those of `all` whose tokens are other ones. */
bool candidates_spelt_otherwise(id_list *list, const id_list *all, const spellings *words,
                                const source *from, tokvec_error *err);

#endif
