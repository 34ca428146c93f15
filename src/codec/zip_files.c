/* zip_files.c - paths that lead into zip archives.
 * See zip_files.h.
 * SPDX-License-Identifier: MIT */
#include "codec/zip_files.h"

#include "codec/unpack_map.h"
#include "codec/zip_map.h"
#include "io/path.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { MEMBERS_MOST = 10000 }; /* of an archive that is looked into by names */

/* A path that leads into an archive. */
typedef struct place {
    file_map *map; /* of the archive */
    zip_archive zip;
    char *inside; /* the name in it, without "." and doubled slashes; "": the archive itself */
} place;

static void leave(place *p)
{
    zip_close(&p->zip);
    file_map_close(p->map);
    free(p->inside);
    *p = (place){.map = NULL};
}

/* Says that there is no such file. Returns false. */
static bool nowhere(const char *path, tokvec_error *err)
{
    return error_system(err, ENOENT, "open", path);
}

/* How long the beginning of a path is that names a regular file; 0: none does. */
static size_t outer_length(const char *path)
{
    char outer[PATH_MAX];
    size_t length = strlen(path);
    if (length >= sizeof outer)
        return 0;
    for (size_t n = 1; n <= length; n++) {
        if (path[n] != '/' && path[n] != '\0')
            continue;
        memcpy(outer, path, n);
        outer[n] = '\0';
        if (path_is_regular(outer))
            return n;
    }
    return 0;
}

/* The same name in the way that archives write it. */
static char *tidy(const char *name, tokvec_error *err)
{
    char *out = malloc(strlen(name) + 1), *to = out;
    if (out == NULL) {
        error_no_memory(err, strlen(name));
        return NULL;
    }
    while (*name != '\0') {
        size_t n = strcspn(name, "/");
        bool nothing = n == 0 || (n == 1 && *name == '.');
        if (!nothing && to != out)
            *to++ = '/';
        if (!nothing) {
            memcpy(to, name, n);
            to += n;
        }
        name += n + (name[n] == '/');
    }
    *to = '\0';
    return out;
}

static bool enter(place *p, const char *path, tokvec_error *err)
{
    *p = (place){.map = NULL};
    size_t length = outer_length(path);
    char *outer = length == 0 ? NULL : strndup(path, length);
    if (length == 0)
        return nowhere(path, err);
    if (outer == NULL)
        return error_no_memory(err, length);
    p->inside = tidy(path + length, err);
    p->map = p->inside == NULL ? NULL : file_map_open(outer, err);
    free(outer);
    bool good = p->map != NULL && (zip_recognise(p->map) || nowhere(path, err)) &&
                zip_open(&p->zip, p->map, err) &&
                (p->zip.count <= MEMBERS_MOST || nowhere(path, err)) && zip_map_check(&p->zip, err);
    if (!good)
        leave(p);
    return good;
}

/* The part of a member's name that is in the folder `inside`; NULL: it is not in there. */
static const char *below(const place *p, const zip_member *m, size_t *length)
{
    size_t n = strlen(p->inside), skip = n == 0 ? 0 : n + 1;
    if (m->name_length <= skip ||
        (n > 0 && (memcmp(m->name, p->inside, n) != 0 || m->name[n] != '/')))
        return NULL;
    *length = m->name_length - skip;
    return m->name + skip;
}

static file_map *open_inner(const char *path, bool whole, tokvec_error *err)
{
    enum { SMALL = 1 << 20 }; /* bytes that are best unpacked at once */
    place p;
    if (!enter(&p, path, err))
        return NULL;
    const zip_member *m = zip_find(&p.zip, p.inside, strlen(p.inside));
    file_map *map = NULL;
    if (m == NULL || zip_map_is_furniture(m)) {
        nowhere(path, err);
    } else {
        whole = whole || m->size < SMALL;
        map = zip_map_open(&p.zip, m, true, path, err);
        p.map = NULL; /* which belongs to the other now */
    }
    leave(&p);
    if (map == NULL || !whole || !file_is_open_ended(map) || unpack_all(map, err))
        return map;
    file_map_close(map);
    return NULL;
}

static bool is_file(const char *path)
{
    place p;
    if (!enter(&p, path, NULL))
        return false;
    const zip_member *m = zip_find(&p.zip, p.inside, strlen(p.inside));
    bool is = m != NULL && !zip_map_is_furniture(m);
    leave(&p);
    return is;
}

static bool is_folder(const char *path)
{
    place p;
    size_t length;
    bool is = false;
    if (!enter(&p, path, NULL))
        return false;
    for (size_t i = 0; !is && i < p.zip.count; i++)
        is = below(&p, &p.zip.members[i], &length) != NULL;
    leave(&p);
    return is;
}

/* Members in the order of their names have those of one folder side by side. */
static bool tell_names(const place *p, bool (*tell)(void *context, const char *name), void *context,
                       bool *any, tokvec_error *err)
{
    const char *last = NULL;
    size_t last_length = 0;
    for (size_t i = 0; i < p->zip.count; i++) {
        size_t length;
        const zip_member *m = &p->zip.members[p->zip.sorted[i]];
        const char *rest = below(p, m, &length);
        if (rest == NULL)
            continue;
        const char *slash = memchr(rest, '/', length);
        length = slash == NULL ? length : (size_t)(slash - rest);
        *any = true;
        if (last != NULL && length == last_length && memcmp(rest, last, length) == 0)
            continue;
        last = rest;
        last_length = length;
        char *name = strndup(rest, length);
        if (name == NULL)
            return error_no_memory(err, length);
        bool more = tell(context, name);
        free(name);
        if (!more)
            return false;
    }
    return true;
}

static bool names(const char *folder, bool (*tell)(void *context, const char *name), void *context,
                  tokvec_error *err)
{
    place p;
    if (!enter(&p, folder, err))
        return false;
    bool any = p.inside[0] == '\0';
    bool good = tell_names(&p, tell, context, &any, err) && (any || nowhere(folder, err));
    leave(&p);
    return good;
}

const inner_files zip_files = {open_inner, is_file, is_folder, names};
