/* digest_job.c - one of many tables whose digests are computed at the same time.
 * See digest_job.h.
 * SPDX-License-Identifier: MIT */
#include "cli/digest_job.h"

#include "base/threads.h"
#include "table/table.h"

unsigned digest_job_threads(const settings *s, size_t tables)
{
    unsigned threads = s->common.threads != 0 ? s->common.threads : threads_available();
    return tables < threads ? (unsigned)tables : threads;
}

static void compute(digest_job *job)
{
    job->good = digest_table(job->table, job->dtype, job->threads, job->hex, &job->why);
}

void digest_job_begin(digest_job *job, const settings *s, size_t tables, tokvec_table *table,
                      tokvec_dtype as)
{
    job->good = job->later = false;
    job->table = table;
    if (table == NULL)
        return;
    job->dtype = as != TOKVEC_NO_DTYPE ? as : tokvec_table_dtype(table);
    job->later = table->concurrent && table->ops->prepare == NULL;
    job->threads = job->later && digest_job_threads(s, tables) > 1 ? 1 : s->common.threads;
    if (!job->later)
        compute(job);
}

void digest_job_work(digest_job *job)
{
    if (job->later)
        compute(job);
}
