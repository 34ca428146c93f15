/* utf8_copy.h - names from files as texts.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_BASE_UTF8_COPY_H
#define TOKVEC_BASE_UTF8_COPY_H

#include "base/error.h"

/* A copy with a final NUL, as tokvec_tensor promises its name: a NUL inside becomes C0 80, what is
 * not UTF-8 U+FFFD. The caller frees it; NULL and an error without memory. */
char *utf8_copy(const char *text, size_t length, tokvec_error *err);

#endif
