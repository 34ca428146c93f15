/* fuzz_foreign.c - arbitrary bytes as a file that tokvec does not read.
 * The first byte chooses the file's name. Whatever is said must be one line.
 * SPDX-License-Identifier: MIT */
#include "model/foreign.h"
#include "table/weights.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const char *part)
{
    for (; *part != '\0'; part++) {
        if ((unsigned char)*part < ' ' || *part == 0x7f)
            abort();
    }
}

static void check_error(const tokvec_error *error)
{
    if (error->code == TOKVEC_OK || error->what[0] == '\0')
        abort(); /* refused without a word */
    check(error->what);
    check(error->where);
    check(error->hint);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"x.safetensors", "x.bin",   "x.fbin",  "x.fvecs",
                                        "x.vec.gz",      "x.i8bin", "x.pb",    "x.onnx",
                                        "it's.part",     "x y.zst", "x.bvecs", "x.pdparams"};
    if (size == 0)
        return 0;
    file_map *map = file_map_of_bytes(data + 1, size - 1, NULL);
    if (map == NULL)
        return 0;
    free(map->path);
    map->path = strdup(names[data[0] % (sizeof names / sizeof *names)]);
    tokvec_error error;
    memset(&error, 0, sizeof error);
    if (foreign_refuse(map, &error))
        check_error(&error);
    memset(&error, 0, sizeof error);
    if (foreign_refuse_unknown(map, &error))
        check_error(&error);
    zip_archive zip;
    if (zip_open(&zip, map, NULL)) {
        memset(&error, 0, sizeof error);
        foreign_refuse_zip(&zip, &error);
        check_error(&error);
        zip_close(&zip);
    }
    file_map_close(map);
    return 0;
}
