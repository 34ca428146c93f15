/* notice.c - warnings and remarks on standard error.
 * See notice.h.
 * SPDX-License-Identifier: MIT */
#include "cli/notice.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

static bool silent;

void notice_silence(void)
{
    silent = true;
}

void notice(const char *format, ...)
{
    char text[2000];
    va_list args;
    if (silent)
        return;
    va_start(args, format);
    if (vsnprintf(text, sizeof text, format, args) < 0)
        text[0] = '\0';
    va_end(args);
    utf8_one_line(text);
    fprintf(stderr, "tokvec: %s\n", text);
}
