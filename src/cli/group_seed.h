/* group_seed.h - the options that say how a seeded table is drawn.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_GROUP_SEED_H
#define TOKVEC_CLI_GROUP_SEED_H

#include "cli/settings.h"

/* Those beside --vocab-size, --dim, --dtype and --padding-idx, for lists of options. */
#define SEED_OPTIONS(EACH)                                                                         \
    EACH(seed)                                                                                     \
    EACH(rng)                                                                                      \
    EACH(init)                                                                                     \
    EACH(times)                                                                                    \
    EACH(torch) EACH(numpy) EACH(jax) EACH(layer) EACH(after) EACH(state) EACH(jax_key) EACH(path) \
        EACH(call) EACH(jit)
#define SEED_OPTION_DECLARE(name) extern const option_spec group_seed_##name;
#define SEED_OPTION_LISTED(name)  &group_seed_##name,
#define SEED_OPTION_COUNTED(name) +1
enum { SEED_OPTION_COUNT = 0 SEED_OPTIONS(SEED_OPTION_COUNTED) };
SEED_OPTIONS(SEED_OPTION_DECLARE)

/* Where commands draw a table once: where its generator's state goes. */
extern const option_spec *const state_options[];

/* The value that option number `index`, below SEED_OPTION_COUNT, was given; "" for a flag, NULL if
 * it was not given. */
const char *group_seed_value(const table_settings *t, size_t index, const option_spec **option);

/* Whether any of them was given; and whether one other than --seed was. */
bool group_seed_any(const table_settings *t);
bool group_seed_other(const table_settings *t);

/* The name of an option that only a seeded table has, of these and --vocab-size; NULL: none. */
const char *group_seed_only(const table_settings *t);

/* Takes back all that says how a table is drawn, its size not. */
void group_seed_clear(table_settings *t);

#endif
