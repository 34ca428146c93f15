/* digest_job.h - one of many tables whose digests are computed at the same time.
 * SHA-256 is computed one byte after the other; many of them need not be.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_DIGEST_JOB_H
#define TOKVEC_CLI_DIGEST_JOB_H

#include "cli/settings.h"
#include "measure/digest.h"

typedef struct digest_job {
    tokvec_table *table; /* NULL: there is none, and `why` says why */
    tokvec_dtype dtype;  /* of the values that are hashed */
    bool later;          /* by digest_job_work */
    unsigned threads;
    bool good;
    char hex[SHA256_HEX + 1]; /* if good */
    tokvec_error why;         /* if not */
} digest_job;

/* How many threads the settings let work on so many tables. */
unsigned digest_job_threads(const settings *s, size_t tables);

/* Begins with a table out of `tables`, which may be NULL after an error in job->why, as values of
 * `as` or of its own dtype. A table that cannot be read beside others is read at once. Both are for
 * in_order's functions of their names. */
void digest_job_begin(digest_job *job, const settings *s, size_t tables, tokvec_table *table,
                      tokvec_dtype as);
void digest_job_work(digest_job *job);

#endif
