/* near_settings.h - what only the command near is asked for.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_NEAR_SETTINGS_H
#define TOKVEC_CLI_NEAR_SETTINGS_H

#include "cli/settings.h"
#include "measure/near.h"

enum { NEAR_TERMS_MAX = 1000, NEAR_DEFAULT_K = 10 };

/* --plus TOKEN, --minus TOKEN */
typedef struct near_term {
    const char *text;
    bool minus;
} near_term;

typedef struct near_settings {
    settings shared;
    near_term terms[NEAR_TERMS_MAX];
    size_t term_count;
    bool vectors, self;
    bool has_k, has_first;
    uint64_t k, first;
    near_metric by;
    const char *where; /* NULL: any token */
} near_settings;

static inline uint64_t near_settings_k(const near_settings *s)
{
    return s->has_k ? s->k : NEAR_DEFAULT_K;
}

#endif
