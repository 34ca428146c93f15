/* shards.c - the names of the files of a model that was saved in several.
 * See shards.h.
 * SPDX-License-Identifier: MIT */
#include "model/shards.h"

#include "io/path.h"

#include <ctype.h>
#include <string.h>

enum { COUNT_MAX = 1000 };

/* Five digits, and no more. */
static bool read_digits(const char *at, unsigned *out)
{
    *out = 0;
    for (int i = 0; i < SHARDS_DIGITS; i++) {
        if (!isdigit((unsigned char)at[i]))
            return false;
        *out = *out * 10 + (unsigned)(at[i] - '0');
    }
    return true;
}

bool shards_number(const char *path, unsigned *number, unsigned *count)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *at = strstr(name, SHARDS_OF);
    if (at == NULL || at - name <= SHARDS_DIGITS || at[-SHARDS_DIGITS - 1] != '-' ||
        !(path_ends_in(path, ".safetensors") || path_ends_in(path, ".bin")))
        return false;
    const char *behind = at + sizeof SHARDS_OF - 1;
    return read_digits(at - SHARDS_DIGITS, number) && read_digits(behind, count) &&
           behind[SHARDS_DIGITS] == '.' && *number >= 1 && *number <= *count && *count <= COUNT_MAX;
}
