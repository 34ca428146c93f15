/* path.c - paths of files in a folder.
 * See path.h.
 * SPDX-License-Identifier: MIT */
#include "io/path.h"

#include "io/inner.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *join(const char *before, size_t length, const char *slash, const char *name,
                  tokvec_error *err)
{
    size_t slash_length = strlen(slash);
    size_t name_length = strlen(name);
    char *path = malloc(length + slash_length + name_length + 1);
    if (path == NULL) {
        error_no_memory(err, length + name_length);
        return NULL;
    }
    memcpy(path, before, length);
    memcpy(path + length, slash, slash_length);
    memcpy(path + length + slash_length, name, name_length + 1);
    return path;
}

char *path_in_folder(const char *folder, const char *name, tokvec_error *err)
{
    size_t length = strlen(folder);
    bool has_slash = length > 0 && folder[length - 1] == '/';
    return join(folder, length, has_slash ? "" : "/", name, err);
}

char *path_beside(const char *file, const char *name, tokvec_error *err)
{
    const char *slash = strrchr(file, '/');
    return join(file, slash == NULL ? 0 : (size_t)(slash - file) + 1, "", name, err);
}

char *path_folder_of(const char *file, tokvec_error *err)
{
    const char *slash = strrchr(file, '/');
    if (slash == NULL)
        return join("", 0, "", ".", err);
    return join(file, (size_t)(slash - file) + (slash == file), "", "", err);
}

static bool ends_in(const char *path, size_t length, const char *suffix)
{
    size_t tail = strlen(suffix);
    return length >= tail && memcmp(path + length - tail, suffix, tail) == 0;
}

/* The length of a path without the suffix of a compressor. */
static size_t unpacked_length(const char *path)
{
    static const char *const packed[] = {".gz", ".zst", ".zstd", ".xz", ".bz2"};
    size_t length = strlen(path);
    for (size_t i = 0; i < sizeof packed / sizeof *packed; i++) {
        if (ends_in(path, length, packed[i]))
            return length - strlen(packed[i]);
    }
    return length;
}

bool path_ends_in(const char *path, const char *suffix)
{
    return ends_in(path, strlen(path), suffix) || ends_in(path, unpacked_length(path), suffix);
}

bool path_is_standard_input(const char *path)
{
    return strcmp(path, "-") == 0;
}

bool path_stat(const char *path, struct stat *status)
{
    return (path_is_standard_input(path) ? fstat(STDIN_FILENO, status) : stat(path, status)) == 0;
}

bool path_is_regular(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

bool path_is_file(const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0)
        return S_ISREG(status.st_mode);
    const inner_files *inner = inner_of_errno();
    return inner != NULL && inner->is_file(path);
}

bool path_is_folder(const char *path)
{
    struct stat status;
    if (lstat(path, &status) == 0)
        return S_ISDIR(status.st_mode);
    const inner_files *inner = inner_of_errno();
    return inner != NULL && inner->is_folder(path);
}
