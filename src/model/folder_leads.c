/* folder_leads.c - small files in a folder that name the place of a model below it.
 * See folder_leads.h.
 * SPDX-License-Identifier: MIT */
#include "model/folder_leads.h"

#include "io/file_map.h"
#include "io/path.h"
#include "text/json.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAD_MAX = 1 << 16 };

bool folder_is_below(const char *path)
{
    if (path[0] == '/' || strchr(path, '\\') != NULL)
        return false;
    for (const char *part = path; part != NULL;) {
        const char *slash = strchr(part, '/');
        size_t length = slash == NULL ? strlen(part) : (size_t)(slash - part);
        if (length == 2 && memcmp(part, "..", 2) == 0)
            return false;
        part = slash == NULL ? NULL : slash + 1;
    }
    return true;
}

/* The file of that name in the folder, mapped; NULL if it is not there or too large to be it. */
static file_map *open_lead(const char *folder, const char *name)
{
    char *path = path_in_folder(folder, name, NULL);
    file_map *map = path != NULL && path_is_file(path) ? file_map_open(path, NULL) : NULL;
    free(path);
    if (map != NULL && map->size > LEAD_MAX) {
        file_map_close(map);
        return NULL;
    }
    return map;
}

static bool exists(const char *folder, const char *name, bool (*is_kind)(const char *path))
{
    char *path = path_in_folder(folder, name, NULL);
    bool there = path != NULL && is_kind(path);
    free(path);
    return there;
}

static folder_lead refuse(const char *folder, const char *name, tokvec_error *err,
                          const char *format, const char *text)
{
    error_set(err, TOKVEC_BAD_FILE, format, text);
    error_where(err, "%s/%s", folder, name);
    error_hint(err, "name the weights file");
    return LEAD_ERROR;
}

/* ---- files of JSON -------------------------------------------------------------------------- */

/* sentence-transformers: the module with idx 0 has the embedding. */
static folder_lead of_modules(const char *folder, const cJSON *json, name_list *places,
                              tokvec_error *err)
{
    const cJSON *module;
    cJSON_ArrayForEach(module, json)
    {
        const cJSON *idx = json_get(module, "idx");
        const char *path = json_characters(json_get(module, "path"));
        if (!json_is_number(idx) || idx->valuedouble != 0 || path == NULL)
            continue;
        if (!folder_is_below(path))
            return refuse(folder, "modules.json", err, "the path '%s' points out of the folder",
                          path);
        return folder_names_add(places, path, err) ? LEAD_FOUND : LEAD_ERROR;
    }
    return refuse(folder, "modules.json", err, "no module has idx 0%s", "");
}

/* diffusers: each component that is a text encoder and there. [null, null] is one that is not. */
static folder_lead of_pipeline(const char *folder, const cJSON *json, name_list *places,
                               tokvec_error *err)
{
    static const char prefix[] = "text_encoder";
    const cJSON *part;
    cJSON_ArrayForEach(part, json)
    {
        if (part->string == NULL || strncmp(part->string, prefix, sizeof prefix - 1) != 0 ||
            strchr(part->string, '/') != NULL || !json_is_list(part) ||
            json_characters(part->child) == NULL)
            continue;
        if (exists(folder, part->string, path_is_folder) &&
            !folder_names_add(places, part->string, err))
            return LEAD_ERROR;
    }
    if (places->count > 0)
        return LEAD_FOUND;
    return refuse(folder, "model_index.json", err, "the pipeline has no text encoder here%s", "");
}

static folder_lead follow_json(const char *folder, const char *name, name_list *places,
                               folder_lead (*of)(const char *folder, const cJSON *json,
                                                 name_list *places, tokvec_error *err),
                               tokvec_error *err)
{
    file_map *map = open_lead(folder, name);
    if (map == NULL)
        return LEAD_NONE;
    cJSON *json = json_read(map, LEAD_MAX, "the JSON", err);
    file_map_close(map);
    if (json == NULL && err != NULL && err->code == TOKVEC_BAD_FILE)
        error_hint(err, "name the weights file");
    folder_lead lead = json == NULL ? LEAD_ERROR : of(folder, json, places, err);
    json_free(json);
    return lead;
}

/* ---- files of one name ---------------------------------------------------------------------- */

bool folder_read_name(const char *folder, const char *name, char out[FOLDER_NAME_MAX + 1])
{
    file_map *map = open_lead(folder, name);
    out[0] = '\0';
    if (map == NULL)
        return false;
    const char *text = (const char *)map->data;
    size_t from = 0, to = file_want(map, 0, map->size, NULL) ? (size_t)map->size : 0;
    while (from < to && isspace((unsigned char)text[from]))
        from++;
    while (to > from && isspace((unsigned char)text[to - 1]))
        to--;
    bool good = to > from && to - from <= FOLDER_NAME_MAX;
    if (good) {
        memcpy(out, text + from, to - from);
        out[to - from] = '\0';
        good = strlen(out) == to - from && strchr(out, '/') == NULL && folder_is_below(out);
    }
    if (!good)
        out[0] = '\0';
    file_map_close(map);
    return true;
}

static bool any(const char *name)
{
    return name[0] != '\0';
}

/* The hub's cache: the snapshot of the revision that refs/main names, else the only one. */
static folder_lead follow_cache(const char *folder, name_list *places, const char **what,
                                tokvec_error *err)
{
    char revision[FOLDER_NAME_MAX + 1], place[FOLDER_NAME_MAX + 20];
    if (!exists(folder, "snapshots", path_is_folder))
        return LEAD_NONE;
    *what = "snapshots, and refs/main names none of them";
    folder_read_name(folder, "refs/main", revision);
    snprintf(place, sizeof place, "snapshots/%s", revision);
    if (revision[0] != '\0' && exists(folder, place, path_is_folder))
        return folder_names_add(places, place, err) ? LEAD_FOUND : LEAD_ERROR;
    char *snapshots = path_in_folder(folder, "snapshots", err);
    name_list revisions = {NULL, 0, 0};
    bool good = snapshots != NULL && folder_names_of_folders(snapshots, any, &revisions, err);
    for (size_t i = 0; good && i < revisions.count; i++) {
        snprintf(place, sizeof place, "snapshots/%s", revisions.names[i]);
        good = folder_names_add(places, place, err);
    }
    folder_names_free(&revisions);
    free(snapshots);
    return !good ? LEAD_ERROR : places->count > 0 ? LEAD_FOUND : LEAD_NONE;
}

/* DeepSpeed's and Megatron's checkpoints: a file says which of the folders is the newest. */
static folder_lead follow_trainer(const char *folder, name_list *places, tokvec_error *err)
{
    static const char *const files[] = {
        "layer_00-model_00-model_states.pt", /* of GPT-NeoX */
        "mp_rank_00_model_states.pt", "mp_rank_00/model_optim_rng.pt",
        "mp_rank_00_000/model_optim_rng.pt", "pytorch_model/mp_rank_00_model_states.pt"};
    char name[FOLDER_NAME_MAX + 1], step[FOLDER_NAME_MAX + 20], place[2 * FOLDER_NAME_MAX];
    const char *file = "latest";
    if (folder_read_name(folder, file, name)) {
        snprintf(step, sizeof step, "%s", name);
    } else {
        file = "latest_checkpointed_iteration.txt";
        if (!folder_read_name(folder, file, name))
            return LEAD_NONE;
        bool number = name[strspn(name, "0123456789")] == '\0' && strlen(name) < 10;
        snprintf(step, sizeof step, number ? "iter_%07ld" : "release", strtol(name, NULL, 10));
    }
    if (name[0] == '\0')
        return refuse(folder, file, err, "the file does not name a folder%s", "");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(place, sizeof place, "%s/%s", step, files[i]);
        if (exists(folder, place, path_is_file))
            return folder_names_add(places, place, err) ? LEAD_FOUND : LEAD_ERROR;
    }
    if (exists(folder, step, path_is_folder))
        return folder_names_add(places, step, err) ? LEAD_FOUND : LEAD_ERROR;
    return refuse(folder, file, err, "the folder '%s', which it names, is not here", step);
}

folder_lead folder_follow(const char *folder, name_list *places, const char **what,
                          tokvec_error *err)
{
    *what = "models";
    folder_lead lead = follow_json(folder, "modules.json", places, of_modules, err);
    if (lead != LEAD_NONE)
        return lead;
    *what = "text encoders";
    lead = follow_json(folder, "model_index.json", places, of_pipeline, err);
    if (lead == LEAD_NONE)
        lead = follow_cache(folder, places, what, err);
    return lead != LEAD_NONE ? lead : follow_trainer(folder, places, err);
}
