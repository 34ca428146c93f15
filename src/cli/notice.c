/* notice.c - warnings and remarks on standard error.
 * See notice.h.
 * SPDX-License-Identifier: MIT */
#include "cli/notice.h"

#include <stdarg.h>
#include <stdio.h>

void notice(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("tokvec: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
}
