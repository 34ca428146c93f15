/* error.c - filling in a tokvec_error.
 * See error.h.
 * SPDX-License-Identifier: MIT */
#include "base/error.h"

#include "base/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Formats into a part of an error. Text that does not fit ends in "...". */
static void fill(char *part, size_t size, const char *format, va_list args)
{
    int length = vsnprintf(part, size, format, args);
    if (length < 0)
        part[0] = '\0';
    if (length >= 0 && (size_t)length >= size) {
        size_t end = size - 4;
        while (end > 0 && ((unsigned char)part[end] & 0xc0) == 0x80) /* not inside a character */
            end--;
        memcpy(part + end, "...", 4);
    }
    utf8_one_line(part);
}

bool error_set(tokvec_error *err, tokvec_code code, const char *format, ...)
{
    if (err == NULL)
        return false;
    va_list args;
    va_start(args, format);
    err->code = code;
    err->kind = TOKVEC_KIND_NONE;
    err->where[0] = '\0';
    err->hint[0] = '\0';
    fill(err->what, sizeof err->what, format, args);
    va_end(args);
    return false;
}

bool error_where(tokvec_error *err, const char *format, ...)
{
    if (err == NULL)
        return false;
    va_list args;
    va_start(args, format);
    fill(err->where, sizeof err->where, format, args);
    va_end(args);
    return false;
}

bool error_hint(tokvec_error *err, const char *format, ...)
{
    if (err == NULL || (err->code == TOKVEC_NO_MEMORY && err->hint[0] != '\0'))
        return false;
    va_list args;
    va_start(args, format);
    fill(err->hint, sizeof err->hint, format, args);
    va_end(args);
    return false;
}

bool error_kind(tokvec_error *err, tokvec_error_kind kind)
{
    if (err != NULL)
        err->kind = kind;
    return false;
}

bool error_no_memory(tokvec_error *err, uint64_t bytes)
{
    return error_no_memory_for(err, bytes, "free some memory, or raise the limit (ulimit -v)");
}

bool error_no_memory_for(tokvec_error *err, uint64_t bytes, const char *hint)
{
    error_set(err, TOKVEC_NO_MEMORY, "out of memory: %llu bytes wanted", (unsigned long long)bytes);
    return error_hint(err, "%s", hint);
}

static const char *remedy(int number)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
    case ELOOP: return "check the name";
    case EISDIR: return "name a file, not a directory";
    case EACCES:
    case EPERM: return "check the permissions";
    case EROFS: return "choose a place that can be written to";
    case ENOSPC:
    case EDQUOT: return "make room and try again";
    case EFBIG: return "raise the limit on the size of files (ulimit -f), or write elsewhere";
    case EMFILE:
    case ENFILE: return "close some files, or raise the limit (ulimit -n)";
    case ENOMEM: return "free some memory, or raise the limit (ulimit -v)";
    case EIO: return "the device or the network failed: try again, or copy the file elsewhere";
    case EBADF: return "it is closed; redirect it somewhere";
    default: return "";
    }
}

bool error_system(tokvec_error *err, int number, const char *verb, const char *path)
{
    error_set(err, TOKVEC_SYSTEM, "cannot %s: %s", verb, strerror(number));
    error_where(err, "%s", *path != '\0' ? path : "the name is empty");
    return error_hint(err, "%s", remedy(number));
}

const char *tokvec_error_text(const tokvec_error *error, char *out, size_t size)
{
    snprintf(out, size, "%s%s%s%s%s%s", error->what, error->where[0] ? " (" : "", error->where,
             error->where[0] ? ")" : "", error->hint[0] ? "; " : "", error->hint);
    return out;
}
