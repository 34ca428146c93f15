/* hints.c - what to do on the command line about an error of the library.
 * See hints.h.
 * SPDX-License-Identifier: MIT */
#include "cli/hints.h"

#include <stdio.h>
#include <string.h>

/* What takes the place of the error's own hint, which stands where the %s is. */
static const char *const hints[] = {
    [TOKVEC_KIND_NO_TENSOR] = "see the names with tokvec list, and give one with -t",
    [TOKVEC_KIND_WHICH_TENSOR] = "name one with -t: %s; tokvec list shows all",
    [TOKVEC_KIND_NAMELESS] = "%s; leave out -t",
    [TOKVEC_KIND_ELSEWHERE] = "%s; or name a tensor with -t",
    [TOKVEC_KIND_NO_TOKEN] = "see the tokens with tokvec list --tokens",
    [TOKVEC_KIND_NO_VOCABULARY] = "%s; for tokens, name a vocabulary with --vocab",
    [TOKVEC_KIND_OVER_INPUT] = "%s, or name it with -o, which replaces it at the end",
    [TOKVEC_KIND_NO_FORMAT] = "%s; for bare values give --dtype and --dim",
    [TOKVEC_KIND_BARE_VALUES] = "%s: give --dtype, --dim and --offset",
    [TOKVEC_KIND_BARE_DTYPE] = "give it with --dtype",
    [TOKVEC_KIND_BARE_FIT] = "%s; check --dtype, --dim and --offset",
    [TOKVEC_KIND_OWN_DIM] = "leave out --dim; or give --offset, the bytes before its bare values",
    [TOKVEC_KIND_OWN_DTYPE] = "leave out --dtype; --as converts the rows",
    [TOKVEC_KIND_DRAWN_DTYPE] = "%s; --as converts what is drawn",
    [TOKVEC_KIND_PACKED] = "%s; --stored gives the codes",
};

/* Makes "... dtype float32, dim 4, offset 8" the options "... --dtype float32 --dim 4 --offset 8".
 * False if the hint has no such end. */
static bool name_options(tokvec_error *err)
{
    char own[sizeof err->hint], dtype[32], dim[32], offset[32];
    memcpy(own, err->hint, sizeof own);
    const char *values = strstr(own, "dtype ");
    if (values == NULL ||
        sscanf(values, "dtype %31[^,], dim %31[^,], offset %31s", dtype, dim, offset) != 3)
        return false;
    error_hint(err, "%.*s--dtype %s --dim %s --offset %s", (int)(values - own), own, dtype, dim,
               offset);
    return true;
}

void hints_add(tokvec_error *err)
{
    if (err->kind == TOKVEC_KIND_BARE_VALUES && name_options(err))
        return;
    const char *hint = (size_t)err->kind < sizeof hints / sizeof *hints ? hints[err->kind] : NULL;
    if (hint == NULL)
        return;
    char own[sizeof err->hint];
    memcpy(own, err->hint, sizeof own);
    const char *place = strstr(hint, "%s");
    if (place == NULL)
        error_hint(err, "%s", hint);
    else
        error_hint(err, "%.*s%s%s", (int)(place - hint), hint, own, place + 2);
}
