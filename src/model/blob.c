/* blob.c - small files that stand for a blob elsewhere.
 * See blob.h.
 * SPDX-License-Identifier: MIT */
#include "model/blob.h"

#include "io/path.h"
#include "model/foreign.h"
#include "text/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Format: github.com/ollama/ollama, manifest and types/model. The file is
 * models/manifests/HOST/NAMESPACE/NAME/TAG, the model is models/blobs/sha256-HEX. */
enum { MANIFEST_MAX = 1 << 16, HEX = 64, LINK_MAX = 250 };
static const char kinds[] = "application/vnd.ollama.image.";

static bool is_manifest(const file_map *map)
{
    return map->size <= MANIFEST_MAX && file_head(map, 1) == 1 && map->data[0] == '{' &&
           file_want(map, 0, map->size, NULL) &&
           memmem(map->data, (size_t)map->size, "\"layers\"", 8) != NULL &&
           memmem(map->data, (size_t)map->size, kinds, sizeof kinds - 1) != NULL;
}

/* The digest of the first layer of that kind, "sha256:" and 64 hexadecimal digits, or NULL. */
static const char *digest_of(const cJSON *json, const char *kind)
{
    const cJSON *layer;
    cJSON_ArrayForEach(layer, json_get(json, "layers"))
    {
        const char *type = json_characters(json_get(layer, "mediaType"));
        const char *digest = json_characters(json_get(layer, "digest"));
        if (type != NULL && digest != NULL && strncmp(type, kinds, sizeof kinds - 1) == 0 &&
            strcmp(type + sizeof kinds - 1, kind) == 0)
            return digest;
    }
    return NULL;
}

static bool is_digest(const char *digest)
{
    static const char prefix[] = "sha256:";
    size_t n = sizeof prefix - 1;
    return strncmp(digest, prefix, n) == 0 && strlen(digest) == n + HEX &&
           strspn(digest + n, "0123456789abcdef") == HEX;
}

/* The blob beside the folder `manifests` that the manifest is in. */
static char *find_blob(const char *path, const char *digest)
{
    static const char manifests[] = "/manifests/";
    char *real = realpath(path, NULL), *at = NULL, *blob = NULL;
    for (char *next = real == NULL ? NULL : strstr(real, manifests); next != NULL;
         next = strstr(next + 1, manifests))
        at = next;
    /* The newer name, then that of the first releases. */
    for (int older = 0; at != NULL && blob == NULL && older < 2; older++) {
        char name[sizeof "blobs/sha256:" + HEX];
        snprintf(name, sizeof name, "blobs/%s", digest);
        name[sizeof "blobs/sha256" - 1] = older ? ':' : '-';
        *at = '\0';
        blob = path_in_folder(real, name, NULL);
        if (blob != NULL && !path_is_file(blob)) {
            free(blob);
            blob = NULL;
        }
    }
    free(real);
    return blob;
}

static char *refuse(const file_map *map, tokvec_error *err, const char *what, const char *hint)
{
    error_set(err, TOKVEC_NOT_FOUND, "the file is a manifest of Ollama's %s", what);
    error_where(err, "%s", map->path);
    error_hint(err, "%s", hint);
    return NULL;
}

static char *of_manifest(const file_map *map, tokvec_error *err)
{
    cJSON *json = json_read(map, MANIFEST_MAX, "the manifest", err);
    const char *digest = json == NULL ? NULL : digest_of(json, "model");
    char *blob = NULL;
    if (json == NULL)
        return NULL;
    if (digest == NULL && digest_of(json, "tensor") != NULL)
        refuse(map, err, "for a model of one file a tensor, which tokvec does not read",
               "name a model in GGUF");
    else if (digest == NULL)
        refuse(map, err, "without a model", "name the manifest of a model, or its blob");
    else if (!is_digest(digest))
        refuse(map, err, "whose model has no SHA-256", "pull the model again");
    else if ((blob = find_blob(map->path, digest)) == NULL)
        refuse(map, err, "whose model is not in blobs/", "pull the model again");
    json_free(json);
    return blob;
}

/* ---- links as text -------------------------------------------------------------------------- */

/* "../../blobs/HEX": what a link of the hub's cache leads to. Where links cannot be made, or were
 * lost on the way, the file has this text. */
static bool link_text(const file_map *map, char out[LINK_MAX + 1])
{
    static const char up[] = "../", blobs[] = "blobs/";
    size_t size = (size_t)map->size, at = 0;
    if (map->size == 0 || map->size > LINK_MAX || !file_want(map, 0, map->size, NULL))
        return false;
    while (size > 0 && (map->data[size - 1] == '\n' || map->data[size - 1] == '\r'))
        size--;
    memcpy(out, map->data, size);
    out[size] = '\0';
    while (strncmp(out + at, up, sizeof up - 1) == 0)
        at += sizeof up - 1;
    if (at == 0 || strncmp(out + at, blobs, sizeof blobs - 1) != 0)
        return false;
    at += sizeof blobs - 1;
    return at < size && strspn(out + at, "0123456789abcdef") == size - at;
}

static bool blob_recognise(const file_map *map)
{
    char text[LINK_MAX + 1];
    return is_manifest(map) || link_text(map, text);
}

/* The path of the blob that is meant, which is there; the caller frees it. */
static char *blob_path(const file_map *map, tokvec_error *err)
{
    char text[LINK_MAX + 1];
    if (!link_text(map, text))
        return of_manifest(map, err);
    char *path = path_beside(map->path, text, err);
    if (path == NULL || path_is_file(path))
        return path;
    error_set(err, TOKVEC_NOT_FOUND, "the file is the text of a link to %s, which is not there",
              text);
    error_where(err, "%s", map->path);
    error_hint(err, "fetch the file again");
    free(path);
    return NULL;
}

static file_map *open_by(file_map *(*open)(const char *path, tokvec_error *err), const char *path,
                         tokvec_error *err)
{
    file_map *map = open(path, err);
    if (map == NULL)
        foreign_hint_link(path, err);
    if (map == NULL || !blob_recognise(map))
        return map;
    char *blob = blob_path(map, err);
    file_map_close(map);
    map = blob == NULL ? NULL : open(blob, err);
    free(blob);
    return map;
}

file_map *blob_open(const char *path, tokvec_error *err)
{
    return open_by(file_map_open, path, err);
}

file_map *blob_open_any(const char *path, tokvec_error *err)
{
    return open_by(file_map_open_any, path, err);
}
