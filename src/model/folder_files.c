/* folder_files.c - the files of a folder that a model was opened from.
 * See folder_files.h.
 * SPDX-License-Identifier: MIT */
#include "model/folder_files.h"

#include "base/array.h"
#include "io/path.h"
#include "model/folder.h"
#include "model/folder_names.h"
#include "model/folder_vocab.h"
#include "model/parts.h"

#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 1000, FOLDERS_MAX = 200, LEVELS = 3 };

/* What is known before the files are gone through: paths of those that were taken. */
typedef struct survey {
    tokvec_weights *weights;
    name_list parts;  /* that hold tensors */
    char *vocabulary; /* its path, and its folder; NULL: none beside the weights */
    char *vocab_folder;
    char *beside; /* the folder of the weights */
    size_t top;   /* bytes of the folder's path, which names leave out */
    size_t folders;
} survey;

/* ---- why ------------------------------------------------------------------------------------ */

static bool ends_in_any(const char *name, const char *const *suffixes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (path_ends_in(name, suffixes[i]))
            return true;
    }
    return false;
}

/* Why a file was left, by its name. */
static const char *left_as(const char *name)
{
    static const char *const training[] = {"optimizer.pt",    "optimizer.bin",     "scheduler.pt",
                                           "scaler.pt",       "training_args.bin", "rng_state.pth",
                                           "_optim_states.pt"};
    static const char *const weights[] = {".safetensors", ".gguf", ".bin", ".pt",
                                          ".pth",         ".ckpt", ".npy", ".npz"};
    static const char *const unread[] = {".h5",     ".onnx",    ".msgpack", ".ot",
                                         ".tflite", ".pb",      ".keras",   ".nemo",
                                         ".xml",    ".mlmodel", ".distcp",  ".onnx_data"};
#define ENDS_IN(name, list) ends_in_any(name, list, sizeof(list) / sizeof *(list))
    if (ENDS_IN(name, training) || strncmp(name, "rng_state", 9) == 0)
        return "training state";
    if (folder_is_other_part(name))
        return "no token embedding";
    if (ENDS_IN(name, weights) || path_ends_in(name, ".index.json"))
        return "other weights";
    if (ENDS_IN(name, unread))
        return "other format";
    return folder_vocab_is_name(name) ? "other vocabulary" : "not needed";
}

/* Files by which folder_follow finds the place. */
static bool is_lead(const char *name)
{
    static const char *const leads[] = {"modules.json", "model_index.json", "latest",
                                        "latest_checkpointed_iteration.txt"};
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        if (strcmp(name, leads[i]) == 0)
            return true;
    }
    return false;
}

/* Why a file was taken, or NULL. */
static const char *taken_as(const survey *s, const char *folder, const char *path, const char *name)
{
    const tokvec_weights *weights = s->weights;
    for (size_t i = 0; i < s->parts.count; i++) {
        if (strcmp(s->parts.names[i], path) == 0)
            return s->parts.count > 1 ? "a part of the weights" : "weights";
    }
    if (strcmp(weights->found_as, path) == 0)
        return path_ends_in(path, ".json") ? "index" : "weights";
    bool beside = strcmp(folder, s->beside) == 0;
    if (beside && (strcmp(name, "config.json") == 0 || strcmp(name, "adapter_config.json") == 0 ||
                   strcmp(name, "params.json") == 0))
        return "config";
    if (s->vocabulary != NULL && strcmp(s->vocabulary, path) == 0)
        return "vocabulary";
    if (s->vocabulary != NULL && strcmp(s->vocab_folder, folder) == 0 &&
        folder_vocab_is_added(name))
        return "added tokens";
    return !beside && is_lead(name) ? "names the place" : NULL;
}

/* ---- going through -------------------------------------------------------------------------- */

static bool any(const char *name)
{
    return name[0] != '\0';
}

static bool add(folder_files *out, const survey *s, const char *folder, const char *name,
                tokvec_error *err)
{
    char *path = path_in_folder(folder, name, err);
    if (path == NULL ||
        !array_reserve(&out->files, &out->capacity, out->count + 1, sizeof *out->files, err)) {
        free(path);
        return false;
    }
    const char *why = taken_as(s, folder, path, name);
    if (why == NULL && out->count >= FILES_MAX) {
        out->cut = true;
        free(path);
        return true;
    }
    folder_file file = {strdup(path + s->top), why != NULL, why != NULL ? why : left_as(name)};
    free(path);
    if (file.name == NULL)
        return error_no_memory(err, strlen(name));
    out->files[out->count++] = file;
    return true;
}

static bool walk(survey *s, const char *folder, unsigned levels, folder_files *out,
                 tokvec_error *err)
{
    name_list files = {NULL, 0, 0}, folders = {NULL, 0, 0};
    bool good = folder_names_of_files(folder, any, &files, err);
    for (size_t i = 0; good && i < files.count; i++)
        good = add(out, s, folder, files.names[i], err);
    if (good && levels > 0)
        good = folder_names_of_folders(folder, any, &folders, err);
    for (size_t i = 0; good && i < folders.count; i++) {
        if (s->folders++ >= FOLDERS_MAX) {
            out->cut = true;
            break;
        }
        char *below = path_in_folder(folder, folders.names[i], err);
        good = below != NULL && walk(s, below, levels - 1, out, err);
        free(below);
    }
    folder_names_free(&files);
    folder_names_free(&folders);
    return good;
}

static bool find_parts(survey *s, tokvec_error *err)
{
    const tokvec_weights *weights = s->weights;
    const char *last = NULL;
    bool good = true;
    for (unsigned i = 0; parts_are_joined(weights) && good && i < parts_count(weights->found_as);
         i++) {
        char *path = parts_path(weights->found_as, i, err);
        good = path != NULL && folder_names_add(&s->parts, path, err);
        free(path);
    }
    for (size_t i = 0; good && i < weights->count; i++) {
        const char *file = weights->tensors[i].file;
        bool known = last != NULL && strcmp(file, last) == 0;
        for (size_t k = 0; !known && k < s->parts.count; k++)
            known = strcmp(s->parts.names[k], file) == 0;
        good = known || folder_names_add(&s->parts, file, err);
        last = file;
    }
    return good;
}

/* The tokens of the weights themselves need no file. */
static bool find_vocabulary(survey *s, tokvec_error *err)
{
    tokvec_vocab *own;
    tokvec_error local;
    if (!tokvec_weights_vocab(s->weights, &own, NULL) || own != NULL)
        return true;
    s->vocab_folder = folder_vocab_beside(s->weights, &local);
    if (s->vocab_folder != NULL)
        s->vocabulary = folder_vocab_taken(s->vocab_folder, &local);
    if (local.code != TOKVEC_OK && err != NULL)
        *err = local;
    return local.code == TOKVEC_OK;
}

bool folder_files_list(tokvec_weights *weights, folder_files *out, tokvec_error *err)
{
    *out = (folder_files){.files = NULL};
    if (weights->folder == NULL || weights->found_as == NULL)
        return true;
    survey s = {.weights = weights, .beside = path_folder_of(weights->found_as, err)};
    bool good = s.beside != NULL && find_parts(&s, err) && find_vocabulary(&s, err);
    size_t length = strlen(weights->folder);
    while (length > 1 && weights->folder[length - 1] == '/')
        length--;
    bool snapshot = good && strncmp(weights->found_as, weights->folder, length) == 0 &&
                    strstr(weights->found_as + length, "/snapshots/") != NULL;
    char *top = !good ? NULL : snapshot ? strdup(s.beside) : strndup(weights->folder, length);
    if (good && top == NULL)
        good = error_no_memory(err, length);
    if (good) {
        s.top = strlen(top) + (top[strlen(top) - 1] != '/');
        good = walk(&s, top, LEVELS, out, err);
    }
    free(top);
    free(s.beside);
    free(s.vocabulary);
    free(s.vocab_folder);
    folder_names_free(&s.parts);
    return good;
}

void folder_files_free(folder_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        free(files->files[i].name);
    free(files->files);
    *files = (folder_files){.files = NULL};
}
