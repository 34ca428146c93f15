/* memory.c - how much memory the program may fill.
 * See memory.h.
 * SPDX-License-Identifier: MIT */
#include "base/memory.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

static uint64_t of_machine(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? (uint64_t)pages * (uint64_t)size : UINT64_MAX;
}

/* What a control group of Linux says, of version 2 or 1; in a container this is its own. */
static uint64_t of_group(const char *path)
{
    uint64_t limit = UINT64_MAX;
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return UINT64_MAX;
    if (fscanf(file, "%" SCNu64, &limit) != 1) /* "max": none */
        limit = UINT64_MAX;
    fclose(file);
    return limit;
}

static uint64_t of_process(void)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY ? limit.rlim_cur
                                                                                : UINT64_MAX;
}

uint64_t memory_half(void)
{
    const uint64_t limits[] = {of_group("/sys/fs/cgroup/memory.max"),
                               of_group("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
                               of_process()};
    uint64_t least = of_machine();
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        least = limits[i] < least ? limits[i] : least;
    return least / 2;
}
