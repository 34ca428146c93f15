/* candidates.h - the rows that may answer a query.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_CANDIDATES_H
#define TOKVEC_CLI_CANDIDATES_H

#include "cli/near_settings.h"
#include "cli/spellings.h"
#include "rows/id_list.h"

/* Those that the options leave: --first, --where. The list is empty before. */
bool candidates_list(id_list *list, const near_settings *s, source *from, tokvec_error *err);

/* Those of `all` whose tokens are other ones. */
bool candidates_spelt_otherwise(id_list *list, const id_list *all, const spellings *words,
                                const source *from, tokvec_error *err);

#endif
