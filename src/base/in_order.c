/* in_order.c - jobs on several threads, and what comes of them in their order.
 * See in_order.h. A thread that is done with a job does not wait until those before it are: it
 * takes the next one, and the thread that is done with the first of them ends all that are ready.
 * SPDX-License-Identifier: MIT */
#include "base/in_order.h"

#include "base/threads.h"

#include <pthread.h>

/* All that changes is under the lock. */
typedef struct in_order_run_state {
    const in_order *jobs;
    pthread_mutex_t lock;
    pthread_cond_t ended_some;
    size_t begun, ended;
    bool ready[IN_ORDER_JOBS]; /* worked on, and not yet ended */
    bool stopped;
} run_state;

/* The next job, which it begins; false: there are no more. */
static bool take(run_state *r, size_t *job)
{
    while (!r->stopped && r->begun < r->jobs->count && r->begun - r->ended == IN_ORDER_JOBS)
        pthread_cond_wait(&r->ended_some, &r->lock);
    if (r->stopped || r->begun == r->jobs->count)
        return false;
    *job = r->begun++;
    r->jobs->begin(r->jobs->context, *job);
    return true;
}

static void end_ready(run_state *r)
{
    while (r->ended < r->begun && r->ready[r->ended % IN_ORDER_JOBS]) {
        r->ready[r->ended % IN_ORDER_JOBS] = false;
        if (!r->jobs->end(r->jobs->context, r->ended, !r->stopped))
            r->stopped = true;
        r->ended++;
        pthread_cond_broadcast(&r->ended_some);
    }
}

static void run_jobs(void *context, unsigned index)
{
    (void)index;
    run_state *r = context;
    size_t job;
    pthread_mutex_lock(&r->lock);
    while (take(r, &job)) {
        pthread_mutex_unlock(&r->lock);
        r->jobs->work(r->jobs->context, job);
        pthread_mutex_lock(&r->lock);
        r->ready[job % IN_ORDER_JOBS] = true;
        end_ready(r);
    }
    pthread_mutex_unlock(&r->lock);
}

bool in_order_run(const in_order *jobs)
{
    run_state r = {
        .jobs = jobs, .lock = PTHREAD_MUTEX_INITIALIZER, .ended_some = PTHREAD_COND_INITIALIZER};
    size_t threads = jobs->threads < jobs->count ? jobs->threads : jobs->count;
    threads_run(threads > 0 ? (unsigned)threads : 1, run_jobs, &r);
    return !r.stopped;
}
