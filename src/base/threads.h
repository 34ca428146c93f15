/* threads.h - work shared out over threads.
 * A job is split into parts that do not touch each other's memory; one call runs them all.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_BASE_THREADS_H
#define TOKVEC_BASE_THREADS_H

/* More parts than this are run, but not all at the same time. */
#define THREADS_MAX 256

/* Calls work(context, index) once for each index 0 .. count-1, each on a thread of its own, 0 on
 * the caller's; returns when all are done. Where the system gives no thread, the caller's does
 * that part too, so this cannot fail. Starting a thread costs some 20 microseconds: a part should
 * be worth several times that. */
void threads_run(unsigned count, void (*work)(void *context, unsigned index), void *context);

/* The processors that this process may run on; 1 or more. */
unsigned threads_available(void);

#endif
