/* names_match.h - what the name of a tensor tells.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_NAMES_MATCH_H
#define TOKVEC_MODEL_NAMES_MATCH_H

#include <stdbool.h>
#include <stddef.h>

enum { NAMES_LIKELY_COUNT = 3 };

/* The ends of the names under which models keep their token embedding, the surest first. */
extern const char *const names_known[];
extern const size_t names_known_count;

/* True if a model keeps its token embedding under such a name. */
bool names_is_embedding(const char *name);

/* True if the name is the known one, or ends in it with nothing before it that speaks against it.
 */
bool names_matches(const char *name, const char *known);

/* Whether a known name may be the end of another thing's. */
bool names_is_general(const char *known);

/* True if the name is known to be that of another thing than a token embedding. */
bool names_is_other(const char *name);

/* How little a name sounds like that of a token embedding, 0 to NAMES_LIKELY_COUNT - 1, by its last
 * two parts. */
int names_unlikelihood(const char *name);

#endif
