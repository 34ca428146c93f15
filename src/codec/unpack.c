/* unpack.c - the kinds of compressed data.
 * See unpack.h.
 * SPDX-License-Identifier: MIT */
#include "codec/unpack.h"

static const unpack_kind *const kinds[] = {&unpack_gzip, &unpack_zstd, &unpack_xz, &unpack_bzip2};

const unpack_kind *unpack_kind_of(const uint8_t *head, size_t size)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i]->recognise(head, size))
            return kinds[i];
    }
    return NULL;
}

bool unpack_not_built(const unpack_kind *kind, const char *library, tokvec_error *err)
{
    error_set(err, TOKVEC_UNSUPPORTED, "the data is compressed (%s)", kind->name);
    return error_hint(err, "this tokvec was built without %s; build it with, or unpack it first",
                      library);
}

bool unpack_hint_package(const char *package, tokvec_error *err)
{
    if (err != NULL && err->code == TOKVEC_SYSTEM)
        error_hint(err, "install it (Debian, Ubuntu: apt install %s), or unpack it first", package);
    return false;
}
