/* array.c - memory for arrays.
 * See array.h.
 * SPDX-License-Identifier: MIT */
#include "base/array.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

bool array_reserve(void *items, size_t *capacity, size_t wanted, size_t size, tokvec_error *err)
{
    if (wanted <= *capacity)
        return true;
    size_t room = *capacity + *capacity / 2;
    if (room < wanted)
        room = wanted < 8 ? 8 : wanted;
    size_t bytes;
    if (__builtin_mul_overflow(room, size, &bytes))
        return error_no_memory(err, UINT64_MAX);
    void *old; /* items is a pointer to some T*, which only memcpy may look at as a void* */
    memcpy(&old, items, sizeof old);
    void *grown = realloc(old, bytes);
    if (grown == NULL)
        return error_no_memory(err, bytes);
    memcpy(items, &grown, sizeof grown);
    *capacity = room;
    return true;
}

void *array_large(size_t bytes)
{
    enum { HUGE_PAGE = 1 << 21 };
    if (bytes < HUGE_PAGE || bytes > SIZE_MAX - HUGE_PAGE)
        return malloc(bytes > 0 ? bytes : 1);
    bytes = (bytes + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    void *memory = aligned_alloc(HUGE_PAGE, bytes);
#ifdef MADV_HUGEPAGE
    if (memory != NULL)
        (void)!madvise(memory, bytes, MADV_HUGEPAGE);
#endif
    return memory;
}
