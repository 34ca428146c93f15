/* hub.c - the cache of Hugging Face's hub: models by the name of their repository.
 * See hub.h. Format: huggingface.co/docs/huggingface_hub, "Understand caching".
 * SPDX-License-Identifier: MIT */
#include "model/hub.h"

#include "base/array.h"
#include "codec/zip_files.h"
#include "io/path.h"
#include "model/folder_leads.h"
#include "model/foreign.h"

#include <ctype.h>
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A name is short, and so is a revision; either is a part of a path. */
enum { NAME_LIMIT = 96, REVISION_LIMIT = 200, ROOM = NAME_LIMIT + 20 };

/* ---- names ---------------------------------------------------------------------------------- */

/* "ORG/NAME@REV", taken apart. */
typedef struct repository {
    char name[NAME_LIMIT + 1];
    char folder[ROOM];    /* models--ORG--NAME */
    const char *revision; /* NULL: none is given */
} repository;

/* One part of a name, as the hub allows it. */
static bool is_part(const char *text, size_t length)
{
    bool good =
        length > 0 && strchr("-.", text[0]) == NULL && strchr("-.", text[length - 1]) == NULL;
    for (size_t i = 0; good && i < length; i++)
        good = (isalnum((unsigned char)text[i]) || strchr("-._", text[i]) != NULL) &&
               (i == 0 || strchr("-.", text[i]) == NULL || text[i] != text[i - 1]);
    return good;
}

/* False if it is no name of a repository. */
static bool take_apart(const char *text, repository *out)
{
    const char *at = strchr(text, '@');
    size_t length = at == NULL ? strlen(text) : (size_t)(at - text);
    const char *slash = memchr(text, '/', length);
    size_t before = slash == NULL ? 0 : (size_t)(slash - text);
    const char *name = slash == NULL ? text : slash + 1;
    *out = (repository){.revision = at == NULL ? NULL : at + 1};
    if (length > NAME_LIMIT || !is_part(name, length - (size_t)(name - text)) ||
        (slash != NULL && !is_part(text, before)))
        return false;
    snprintf(out->name, sizeof out->name, "%.*s", (int)length, text);
    snprintf(out->folder, sizeof out->folder, "models--%.*s%s%.*s", (int)before, text,
             slash == NULL ? "" : "--", (int)(length - (size_t)(name - text)), name);
    return true;
}

/* ---- where the cache is --------------------------------------------------------------------- */

/* Text that grows; NULL once there was not enough memory. */
typedef struct text {
    char *bytes;
    size_t length, capacity;
    bool failed;
} text;

static void append(text *t, const char *bytes, size_t length)
{
    t->failed =
        t->failed || !array_reserve(&t->bytes, &t->capacity, t->length + length + 1, 1, NULL);
    if (t->failed)
        return;
    memcpy(t->bytes + t->length, bytes, length);
    t->length += length;
    t->bytes[t->length] = '\0';
}

static void append_home(text *t)
{
    const char *home = getenv("HOME");
    const struct passwd *user = home != NULL ? NULL : getpwuid(getuid());
    if (home == NULL && user != NULL)
        home = user->pw_dir;
    append(t, home == NULL ? "~" : home, home == NULL ? 1 : strlen(home));
}

/* Appends a path with ~ for the home at its beginning, and $NAME and ${NAME} for variables, of
 * which those that are not set stay as they are. */
static void append_expanded(text *t, const char *path)
{
    if (path[0] == '~' && (path[1] == '/' || path[1] == '\0')) {
        append_home(t);
        path++;
    }
    while (*path != '\0') {
        size_t plain = strcspn(path, "$");
        append(t, path, plain);
        path += plain;
        if (*path == '\0')
            break;
        char name[64];
        bool braces = path[1] == '{';
        const char *from = path + 1 + braces;
        size_t length = 0;
        while (isalnum((unsigned char)from[length]) || from[length] == '_')
            length++;
        const char *value = NULL;
        if (length > 0 && length < sizeof name && (!braces || from[length] == '}')) {
            snprintf(name, sizeof name, "%.*s", (int)length, from);
            value = getenv(name);
        }
        append(t, value == NULL ? path : value, value == NULL ? 1 : strlen(value));
        path = value == NULL ? path + 1 : from + length + braces;
    }
}

/* The path of the cache, which the caller frees; NULL without memory. */
static char *cache_path(tokvec_error *err)
{
    text t = {.bytes = NULL};
    const char *hub = getenv("HF_HUB_CACHE"), *home = getenv("HF_HOME");
    const char *cache = getenv("XDG_CACHE_HOME");
    if (hub == NULL)
        hub = getenv("HUGGINGFACE_HUB_CACHE");
    append_expanded(&t, hub != NULL     ? hub
                        : home != NULL  ? home
                        : cache != NULL ? cache
                                        : "~/.cache");
    if (t.length == 0)
        append(&t, ".", 1); /* a variable that is empty names the current folder */
    if (hub == NULL && home == NULL)
        append(&t, "/huggingface", 12);
    if (hub == NULL)
        append(&t, "/hub", 4);
    if (!t.failed)
        return t.bytes;
    free(t.bytes);
    error_no_memory(err, t.length);
    return NULL;
}

/* ---- revisions ------------------------------------------------------------------------------ */

static bool any(const char *name)
{
    return name[0] != '\0';
}

static bool refuse_revision(const repository *r, const char *folder, const name_list *commits,
                            tokvec_error *err)
{
    char list[500];
    error_set(err, TOKVEC_NOT_FOUND, "the hub's cache does not have '%.100s' of %s", r->revision,
              r->name);
    error_where(err, "%s", folder);
    return error_hint(err, "download it: hf download %s --revision %.100s%s%s", r->name,
                      r->revision, commits->count > 0 ? "; there is " : "",
                      folder_names_text(commits, list, sizeof list));
}

static bool refuse_several(const repository *r, const char *folder, const name_list *commits,
                           tokvec_error *err)
{
    char list[500];
    error_set(err, TOKVEC_NOT_FOUND, "'%.100s' begins the names of %zu snapshots of %s",
              r->revision, commits->count, r->name);
    error_where(err, "%s", folder);
    return error_hint(err, "name one of them: %s", folder_names_text(commits, list, sizeof list));
}

/* Adds to *out the commit itself, or else all that begin so. */
static bool choose(const name_list *commits, const char *commit, name_list *out, tokvec_error *err)
{
    bool good = true, exact = false;
    for (size_t i = 0; i < commits->count; i++)
        exact = exact || strcmp(commits->names[i], commit) == 0;
    for (size_t i = 0; good && i < commits->count; i++) {
        size_t length = strlen(commit) + exact;
        if (commit[0] != '\0' && strncmp(commits->names[i], commit, length) == 0)
            good = folder_names_add(out, commits->names[i], err);
    }
    return good;
}

/* The snapshot that a branch or tag names, or else the only one whose commit begins so; NULL and an
 * error if there is none. */
static char *find_snapshot(const repository *r, const char *folder, tokvec_error *err)
{
    char commit[FOLDER_NAME_MAX + 1] = "", place[REVISION_LIMIT + 20];
    name_list commits = {NULL, 0, 0}, chosen = {NULL, 0, 0};
    char *snapshots = path_in_folder(folder, "snapshots", err), *found = NULL;
    size_t length = strlen(r->revision);
    if (length > 0 && length <= REVISION_LIMIT && folder_is_below(r->revision)) {
        snprintf(place, sizeof place, "refs/%s", r->revision);
        if (!folder_read_name(folder, place, commit))
            snprintf(commit, sizeof commit, "%s", r->revision);
    }
    bool good = snapshots != NULL && (!path_is_folder(snapshots) ||
                                      folder_names_of_folders(snapshots, any, &commits, err));
    good = good && choose(&commits, commit, &chosen, err);
    if (good && chosen.count == 1)
        found = path_in_folder(snapshots, chosen.names[0], err);
    else if (good && chosen.count > 1)
        refuse_several(r, folder, &chosen, err);
    else if (good)
        refuse_revision(r, folder, &commits, err);
    folder_names_free(&chosen);
    folder_names_free(&commits);
    free(snapshots);
    return found;
}

/* The snapshot that refs/main names, or else the folder itself, which may hold only one. */
static char *main_snapshot(const char *folder, tokvec_error *err)
{
    char commit[FOLDER_NAME_MAX + 1], place[FOLDER_NAME_MAX + 20];
    folder_read_name(folder, "refs/main", commit);
    snprintf(place, sizeof place, "snapshots/%s", commit);
    char *snapshot = commit[0] == '\0' ? NULL : path_in_folder(folder, place, err);
    if (snapshot != NULL && path_is_folder(snapshot))
        return snapshot;
    free(snapshot);
    char *itself = strdup(folder);
    if (itself == NULL)
        error_no_memory(err, strlen(folder));
    return itself;
}

/* ---- finding -------------------------------------------------------------------------------- */

/* Whether who typed the name may have meant a repository: what lies in a folder that is there is a
 * file, and so is a single word unless it is one as "gpt2" or "bert-base-uncased". */
static bool may_be_meant(const repository *r)
{
    struct stat status;
    char before[NAME_LIMIT + 1];
    const char *slash = strchr(r->name, '/');
    if (slash == NULL)
        return r->revision != NULL ||
               (strchr(r->name, '.') == NULL && strpbrk(r->name, "-0123456789") != NULL &&
                !isdigit((unsigned char)r->name[0]));
    snprintf(before, sizeof before, "%.*s", (int)(slash - r->name), r->name);
    return stat(before, &status) != 0;
}

char *hub_find(const char *path, int reason, tokvec_error *err)
{
    repository r;
    char *cache = NULL, *folder = NULL;
    bool named = (reason == ENOENT || reason == ENOTDIR) && take_apart(path, &r);
    if (named) {
        cache = cache_path(err);
        folder = cache == NULL ? NULL : path_in_folder(cache, r.folder, err);
        if (folder == NULL) {
            free(cache);
            return NULL;
        }
    }
    struct stat status;
    if (named && stat(folder, &status) == 0 && S_ISDIR(status.st_mode)) {
        free(cache);
        char *snapshot =
            r.revision == NULL ? main_snapshot(folder, err) : find_snapshot(&r, folder, err);
        free(folder);
        return snapshot;
    }
    error_system(err, reason, "open", path);
    if (!foreign_hint_link(path, err) && named && may_be_meant(&r))
        error_hint(err, "nor is it in the hub's cache, %s: hf download %s%s%.100s", cache, r.name,
                   r.revision == NULL ? "" : " --revision ", r.revision == NULL ? "" : r.revision);
    free(folder);
    free(cache);
    return NULL;
}

bool hub_can_read(const char *path, tokvec_error *err)
{
    if (path_is_standard_input(path) || access(path, R_OK) == 0)
        return true;
    const int reason = errno;
    inner_set(&zip_files);
    if (reason == ENOTDIR && path_is_file(path))
        return true;
    char *folder = hub_find(path, reason, err);
    bool good = folder != NULL;
    free(folder);
    errno = reason;
    return good;
}
