/* threads.c - work shared out over threads.
 * See threads.h.
 * SPDX-License-Identifier: MIT */
#include "base/threads.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <unistd.h>

typedef struct part {
    void (*work)(void *context, unsigned index);
    void *context;
    unsigned index;
    bool started;
    pthread_t thread;
} part;

static void *run_part(void *argument)
{
    const part *p = argument;
    p->work(p->context, p->index);
    return NULL;
}

static void run_parts(unsigned count, void (*work)(void *context, unsigned index), void *context)
{
    part parts[THREADS_MAX];
    unsigned threads = count < THREADS_MAX ? count : THREADS_MAX;
    for (unsigned i = 1; i < threads; i++) {
        parts[i] = (part){.work = work, .context = context, .index = i};
        parts[i].started = pthread_create(&parts[i].thread, NULL, run_part, &parts[i]) == 0;
    }
    for (unsigned i = 0; i < count; i++) {
        if (i == 0 || i >= threads || !parts[i].started)
            work(context, i);
    }
    for (unsigned i = 1; i < threads; i++) {
        if (parts[i].started)
            pthread_join(parts[i].thread, NULL);
    }
}

void threads_run(unsigned count, void (*work)(void *context, unsigned index), void *context)
{
    if (count == 1)
        work(context, 0); /* which should not touch the memory that the above needs */
    else
        run_parts(count, work, context);
}

unsigned threads_available(void)
{
#ifdef __linux__
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0)
        return (unsigned)CPU_COUNT(&set);
#endif
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (unsigned)online : 1;
}
