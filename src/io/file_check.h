/* file_check.h - a test of readers: does each ask for bytes before it touches them?
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_IO_FILE_CHECK_H
#define TOKVEC_IO_FILE_CHECK_H

#include "io/file_want.h"

/* In a build with TOKVEC_WANT_CHECK=ON, takes all bytes of a new map away, to give them back as
 * they are asked for: by pages, and where there is AddressSanitizer by 8 bytes. Touching any other
 * ends the program. In other builds it does nothing. */
#ifdef TOKVEC_WANT_CHECK
bool file_check(file_map *map, tokvec_error *err);
#else
static inline bool file_check(file_map *map, tokvec_error *err)
{
    (void)map;
    (void)err;
    return true;
}
#endif

#endif
