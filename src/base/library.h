/* library.h - shared libraries that are loaded where they are needed.
 * Most runs need none, and loading one takes longer than such a run does.
 * SPDX-License-Identifier: MIT
 *
 * For each library one file lists the functions that it calls, and calls them through pointers:
 *
 *     #define FUNCTIONS(EACH) EACH(inflate) EACH(crc32)
 *     LIBRARY(zlib, "libz.so.1", FUNCTIONS)
 *     ...
 *     if (!library_load(&zlib_library, err))
 *         return false;
 *     crc = zlib.crc32(crc, bytes, size);
 *
 * Types are those of the library's own header. Where the build says so (CMake:
 * TOKVEC_LATE_LIBRARIES), the addresses are found by library_load; elsewhere the linker has put
 * them there, and library_load has nothing to do. */
#ifndef TOKVEC_BASE_LIBRARY_H
#define TOKVEC_BASE_LIBRARY_H

#include "base/error.h"

#include <stdatomic.h>
#include <stddef.h>

typedef struct library {
    const char *file;         /* as dlopen takes it; NULL: linked */
    const char *const *names; /* of its functions */
    size_t count;
    void *addresses; /* room for as many pointers to functions, in that order */
    atomic_bool loaded;
} library;

/* Makes a library's functions callable. Only the first call that succeeds does anything; threads
 * may come at the same time. False, with an error, if the library is missing or damaged, or there
 * is no memory for it. A library stays loaded. */
bool library_load(library *lib, tokvec_error *err);

#define LIBRARY_POINTER(function) __typeof__(function) *function;
#define LIBRARY_NAME(function)    #function,
#define LIBRARY_ADDRESS(function) function,

/* Defines `name`, the functions, and name##_library. */
#ifdef TOKVEC_LATE_LIBRARIES
#define LIBRARY(name, file, FUNCTIONS)                                   \
    static struct {                                                      \
        FUNCTIONS(LIBRARY_POINTER)                                       \
    } name;                                                              \
    static const char *const name##_names[] = {FUNCTIONS(LIBRARY_NAME)}; \
    static library name##_library = {file, name##_names,                 \
                                     sizeof name##_names / sizeof *name##_names, &name, false};
#else
#define LIBRARY(name, file, FUNCTIONS)     \
    static const struct {                  \
        FUNCTIONS(LIBRARY_POINTER)         \
    } name = {FUNCTIONS(LIBRARY_ADDRESS)}; \
    static library name##_library = {NULL, NULL, 0, NULL, true};
#endif

#endif
