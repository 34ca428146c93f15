/* folder.c - a model's folder: which file in it holds the weights.
 * See folder.h.
 * SPDX-License-Identifier: MIT */
#include "model/folder.h"

#include "formats/gguf/gguf.h"
#include "io/path.h"
#include "model/folder_leads.h"
#include "model/foreign.h"
#include "model/parts.h"
#include "model/shards.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Under these names transformers, Mistral and Meta save a model; the first that is there is it. */
static const char *const usual_names[] = {
    "model.safetensors",        "model.safetensors.index.json",
    "pytorch_model.bin",        "pytorch_model.bin.index.json",
    "consolidated.safetensors", "consolidated.safetensors.index.json",
    "consolidated.00.pth",
};

/* How far down a model is looked for, where a file in the folder names the place and where not. */
enum { FOLLOW_MAX = 4, SEARCH_MAX = 2, FOLDERS_MAX = 1000 };

typedef enum found { NOTHING, FOUND, FAILED } found;

/* ---- files by other names ------------------------------------------------------------------- */

static bool begins_with(const char *name, const char *with)
{
    return strncmp(name, with, strlen(with)) == 0;
}

static bool is_index(const char *name)
{
    return path_ends_in(name, ".json") && !begins_with(name, "diffusion_") &&
           (strstr(name, ".safetensors.index.") != NULL || strstr(name, ".bin.index.") != NULL);
}

/* The name alone says little; what lies beside it says all. */
static bool is_spacy(const char *path, const char *name)
{
    char *keys = strcmp(name, "vectors") == 0 ? path_beside(path, "key2row", NULL) : NULL;
    bool is = keys != NULL && path_is_file(keys);
    free(keys);
    return is;
}

bool folder_is_usual(const char *path)
{
    const char *slash = path == NULL ? NULL : strrchr(path, '/');
    const char *name = path == NULL ? "" : slash == NULL ? path : slash + 1;
    for (size_t i = 0; i < sizeof usual_names / sizeof *usual_names; i++) {
        if (strcmp(name, usual_names[i]) == 0)
            return true;
    }
    return (path != NULL && is_spacy(path, name)) ||
           (begins_with(name, "model.") && path_ends_in(name, ".safetensors")) ||
           ((begins_with(name, "model-") || begins_with(name, "pytorch_model-")) &&
            strstr(name, "-of-") != NULL);
}

bool folder_is_other_part(const char *name)
{
    return begins_with(name, "diffusion_pytorch_model") || begins_with(name, "optimizer") ||
           begins_with(name, "mmproj") || strstr(name, ".lora.") != NULL;
}

static bool is_any_part(const char *name)
{
    return (path_ends_in(name, ".gguf") || path_ends_in(name, ".safetensors")) &&
           !folder_is_other_part(name);
}

/* Of a model in several GGUF files the first stands for all. */
static bool is_candidate(const char *name)
{
    uint64_t number = 1, count;
    return is_any_part(name) &&
           (!path_ends_in(name, ".gguf") || !gguf_split_name(name, &number, &count) || number == 1);
}

static bool is_adapter(const char *name)
{
    return strcmp(name, "adapter_model.safetensors") == 0 || strcmp(name, "adapter_model.bin") == 0;
}

/* Files that may be meant, for messages. */
static bool may_be_meant(const char *name)
{
    static const char *const suffixes[] = {
        ".safetensors", ".gguf", ".bin", ".pt",   ".pth",     ".ckpt",  ".npy",    ".npz",
        ".vec",         ".txt",  ".h5",  ".onnx", ".msgpack", ".ot",    ".tflite", ".pb",
        ".keras",       ".nemo", ".zip", ".gz",   ".distcp",  ".ocdbt", ".index"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        if (path_ends_in(name, suffixes[i]))
            return true;
    }
    return false;
}

static found refuse_several(const char *folder, const char *what, const name_list *list,
                            tokvec_error *err)
{
    char names[800];
    error_set(err, TOKVEC_NOT_FOUND, "the folder holds %zu %s", list->count, what);
    error_where(err, "%s", folder);
    error_hint(err, "name one of them: %s", folder_names_text(list, names, sizeof names));
    return FAILED;
}

static bool is_shard(const char *name)
{
    unsigned number, count;
    return shards_number(name, &number, &count) && !folder_is_other_part(name);
}

/* True if the names are those of all files of one model. */
static bool are_shards(const name_list *list)
{
    unsigned number, count = 0;
    size_t same = strcspn(list->names[0], "0123456789");
    for (size_t i = 0; i < list->count; i++) {
        if (!shards_number(list->names[i], &number, &count) || number != i + 1 ||
            strncmp(list->names[0], list->names[i], same) != 0)
            return false;
    }
    return count == list->count;
}

static found refuse_shards(const char *folder, const name_list *list, tokvec_error *err)
{
    char names[800];
    unsigned number, count = 0;
    shards_number(list->names[0], &number, &count);
    error_set(err, TOKVEC_NOT_FOUND, "the folder holds %zu of the %u files of a model and no index",
              list->count, count);
    error_where(err, "%s", folder);
    error_hint(err, "fetch the others, or name one of them: %s",
               folder_names_text(list, names, sizeof names));
    return FAILED;
}

/* The files of a model that was saved in several without an index: all have to be there. */
static found look_for_shards(const char *folder, char **path, tokvec_error *err)
{
    name_list list = {NULL, 0, 0};
    found result = NOTHING;
    if (!folder_names_of_files(folder, is_shard, &list, err))
        result = FAILED;
    else if (list.count > 0 && are_shards(&list))
        result = (*path = path_in_folder(folder, list.names[0], err)) == NULL ? FAILED : FOUND;
    else if (list.count > 0)
        result = refuse_shards(folder, &list, err);
    folder_names_free(&list);
    return result;
}

/* The only file that `wanted` says yes to. */
static found look_for(const char *folder, bool (*wanted)(const char *name), char **path,
                      tokvec_error *err)
{
    name_list list = {NULL, 0, 0};
    found result = NOTHING;
    if (!folder_names_of_files(folder, wanted, &list, err))
        result = FAILED;
    else if (list.count > 1)
        result = refuse_several(folder, "weights files and no index", &list, err);
    else if (list.count == 1)
        result = (*path = path_in_folder(folder, list.names[0], err)) == NULL ? FAILED : FOUND;
    folder_names_free(&list);
    return result;
}

static found look_for_usual(const char *folder, char **path, tokvec_error *err)
{
    for (size_t i = 0; i < sizeof usual_names / sizeof *usual_names; i++) {
        *path = path_in_folder(folder, usual_names[i], err);
        if (*path == NULL)
            return FAILED;
        if (path_is_file(*path))
            return FOUND;
        free(*path);
    }
    *path = NULL;
    return NOTHING;
}

/* spaCy's vectors are a .npy by no name of their own, but for what lies beside them. */
static found look_for_spacy(const char *folder, char **path, tokvec_error *err)
{
    char *keys = path_in_folder(folder, "key2row", err);
    *path = keys == NULL ? NULL : path_in_folder(folder, "vectors", err);
    found result = *path == NULL ? FAILED : NOTHING;
    if (result == NOTHING && path_is_file(keys) && path_is_file(*path))
        result = FOUND;
    free(keys);
    if (result == NOTHING) {
        free(*path);
        *path = NULL;
    }
    return result;
}

/* ---- nothing that can be opened ------------------------------------------------------------- */

/* Layouts that tokvec does not read, by a file in them. */
static const struct {
    const char *file, *name, *advice;
} layouts[] = {
    {".metadata", "a distributed checkpoint of PyTorch",
     "join it: python3 -m torch.distributed.checkpoint.format_utils dcp_to_torch FOLDER model.pt"},
    {"manifest.ocdbt", "a checkpoint of Orbax",
     "in Python: orbax.checkpoint.StandardCheckpointer().restore(FOLDER), then numpy.save"},
    {"_CHECKPOINT_METADATA", "a checkpoint of Orbax",
     "in Python: orbax.checkpoint.StandardCheckpointer().restore(FOLDER), then numpy.save"},
    {"saved_model.pb", "a SavedModel of TensorFlow",
     "in Python: numpy.save('table.npy', tensorflow.train.load_checkpoint(FOLDER + "
     "'/variables/variables').get_tensor(NAME))"},
    {"checkpoint", "a checkpoint of TensorFlow",
     "in Python: numpy.save('table.npy', "
     "tensorflow.train.load_checkpoint(FOLDER).get_tensor(NAME))"},
    {".zarray", "an array of Zarr", "in Python: numpy.save('table.npy', zarr.open(FOLDER)[:])"},
};

/* A link under a usual name that leads to nothing: a download that was not finished. */
static bool refuse_link(const char *folder, tokvec_error *err)
{
    bool refused = false;
    for (size_t i = 0; !refused && i < sizeof usual_names / sizeof *usual_names; i++) {
        char *path = path_in_folder(folder, usual_names[i], NULL);
        tokvec_error local;
        error_set(&local, TOKVEC_NOT_FOUND, "the link points to nothing");
        error_where(&local, "%s", path == NULL ? folder : path);
        refused = path != NULL && foreign_hint_link(path, &local);
        if (refused && err != NULL)
            *err = local;
        free(path);
    }
    return refused;
}

static void refuse_empty(const char *folder, tokvec_error *err)
{
    if (refuse_link(folder, err))
        return;
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        char *path = path_in_folder(folder, layouts[i].file, NULL);
        bool there = path != NULL && path_is_file(path);
        free(path);
        if (!there)
            continue;
        error_set(err, TOKVEC_UNSUPPORTED, "the folder is %s", layouts[i].name);
        error_where(err, "%s", folder);
        error_hint(err, "%s", layouts[i].advice);
        return;
    }
    name_list list = {NULL, 0, 0};
    char names[800];
    bool listed = folder_names_of_files(folder, may_be_meant, &list, NULL) && list.count > 0;
    error_set(err, TOKVEC_NOT_FOUND, "the folder holds no model that tokvec knows");
    error_where(err, "%s", folder);
    error_hint(err,
               "it opens model.safetensors, pytorch_model.bin, their .index.json, or a "
               "single .safetensors or .gguf file%s%s",
               listed ? "; there is " : "",
               listed ? folder_names_text(&list, names, sizeof names) : "");
    folder_names_free(&list);
}

/* ---- folders -------------------------------------------------------------------------------- */

static found search_folder(const char *folder, unsigned depth, char **path, tokvec_error *err);
static found look_below(const char *folder, unsigned depth, char **path, tokvec_error *err);

static found look_here_and_below(const char *folder, unsigned depth, char **path, tokvec_error *err)
{
    found result = search_folder(folder, depth, path, err);
    return result == NOTHING ? look_below(folder, depth, path, err) : result;
}

/* The weights at a place below the folder that a file has named. */
static found look_at(const char *folder, const char *place, unsigned depth, char **path,
                     tokvec_error *err)
{
    if (place[0] == '\0' || strcmp(place, ".") == 0)
        return NOTHING;
    char *there = path_in_folder(folder, place, err);
    found result = FAILED;
    if (there != NULL && path_is_file(there)) {
        *path = there;
        return FOUND;
    }
    if (there != NULL)
        result = path_is_folder(there) ? look_here_and_below(there, depth + 1, path, err) : NOTHING;
    free(there);
    return result;
}

/* Where a file in the folder says that the model is. A place with nothing is an error: what else
 * is in the folder is not the model. */
static found follow(const char *folder, unsigned depth, char **path, tokvec_error *err)
{
    name_list places = {NULL, 0, 0};
    const char *what;
    folder_lead lead = folder_follow(folder, &places, &what, err);
    found result = lead == LEAD_ERROR ? FAILED : NOTHING;
    size_t with = 0;
    for (size_t i = 0; lead == LEAD_FOUND && result != FAILED && i < places.count; i++) {
        char *found_path = NULL;
        found one = look_at(folder, places.names[i], depth, &found_path, err);
        if (one == FAILED)
            result = FAILED;
        if (one == FOUND && with++ == 0)
            *path = found_path;
        else
            free(found_path);
    }
    if (result != FAILED && with == 1)
        result = FOUND;
    else if (with == 0 && result != FAILED && places.count > 0 && places.names[0][0] != '\0') {
        char *there = path_in_folder(folder, places.names[0], err);
        if (there != NULL)
            refuse_empty(there, err);
        free(there);
        result = FAILED;
    } else if (with > 0) {
        free(*path);
        *path = NULL;
        if (result != FAILED)
            result = refuse_several(folder, what, &places, err);
    }
    folder_names_free(&places);
    return result;
}

static found search_folder(const char *folder, unsigned depth, char **path, tokvec_error *err)
{
    found result = look_for_usual(folder, path, err);
    if (result == NOTHING)
        result = look_for(folder, is_index, path, err);
    if (result == NOTHING)
        result = look_for(folder, is_adapter, path, err);
    if (result == NOTHING && depth < FOLLOW_MAX)
        result = follow(folder, depth, path, err);
    if (result == NOTHING)
        result = look_for_shards(folder, path, err);
    if (result == NOTHING)
        result = look_for(folder, is_candidate, path, err);
    if (result == NOTHING)
        result = look_for(folder, is_any_part, path, err);
    return result != NOTHING ? result : look_for_spacy(folder, path, err);
}

/* Folders of models for other things, and of what is not a model. */
static bool may_hold_model(const char *name)
{
    static const char *const others[] = {
        "unet",       "vae",       "vae_decoder", "vae_encoder", "safety_checker", "image_encoder",
        "controlnet", "optimizer", "onnx",        "openvino",    "coreml"};
    static const char *const layers[] = {
        "_Dense", "_Pooling", "_Normalize", "_LayerNorm", "_WeightedLayerPooling",
        "_CNN",   "_LSTM",    "_Dropout"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (strcmp(name, others[i]) == 0)
            return false;
    }
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        if (path_ends_in(name, layers[i]))
            return false;
    }
    return true;
}

/* Adds the weights in the folders below, as paths from `top`, to the list. */
static bool search(const char *top, const char *folder, unsigned depth, unsigned levels,
                   name_list *list, tokvec_error *err)
{
    name_list names = {NULL, 0, 0};
    bool good = folder_names_of_folders(folder, may_hold_model, &names, err);
    bool few = names.count <= FOLDERS_MAX; /* more are not a model's, and would take long */
    for (size_t i = 0; good && few && i < names.count; i++) {
        char *below = path_in_folder(folder, names.names[i], err), *path = NULL;
        found one = below == NULL ? FAILED : search_folder(below, depth + 1, &path, err);
        good = one != FAILED;
        if (one == FOUND)
            good = folder_names_add(list, path + strlen(top) + (top[strlen(top) - 1] != '/'), err);
        else if (one == NOTHING && levels > 1)
            good = search(top, below, depth + 1, levels - 1, list, err);
        free(path);
        free(below);
    }
    folder_names_free(&names);
    return good;
}

static found look_below(const char *folder, unsigned depth, char **path, tokvec_error *err)
{
    name_list list = {NULL, 0, 0};
    found result = NOTHING;
    if (!search(folder, folder, depth, SEARCH_MAX, &list, err))
        result = FAILED;
    else if (list.count > 1)
        result = refuse_several(folder, "models, each in a folder of its own", &list, err);
    else if (list.count == 1)
        result = (*path = path_in_folder(folder, list.names[0], err)) == NULL ? FAILED : FOUND;
    folder_names_free(&list);
    return result;
}

/* Files beside the weights that might have been taken in their place. */
static bool is_beside(const char *name)
{
    return (folder_is_usual(name) || is_adapter(name) || is_candidate(name)) &&
           !folder_is_other_part(name);
}

/* Whether some tensor of an index lies in the file of that name. */
static bool is_of_index(const tokvec_weights *weights, const char *name)
{
    for (size_t i = 0; weights_is_index(weights) && i < weights->count; i++) {
        const char *file = weights->tensors[i].file;
        const char *slash = file == NULL ? NULL : strrchr(file, '/');
        if (file != NULL && strcmp(slash == NULL ? file : slash + 1, name) == 0)
            return true;
    }
    return false;
}

void folder_choice(tokvec_weights *weights, const char *path)
{
    char names[160];
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    name_list list = {NULL, 0, 0}, others = {NULL, 0, 0};
    char *folder = path_folder_of(path, NULL);
    unsigned number, count;
    bool good = folder != NULL && folder_names_of_files(folder, is_beside, &list, NULL);
    for (size_t i = 0; good && i < list.count; i++) {
        const char *other = list.names[i];
        bool part = shards_number(other, &number, &count) ||
                    (parts_are_of_meta(path) && parts_are_of_meta(other)) ||
                    gguf_split_name(other, &(uint64_t){0}, &(uint64_t){0});
        if (!part && strcmp(other, name) != 0 && !is_of_index(weights, other))
            good = folder_names_add(&others, other, NULL);
    }
    if (good && others.count > 0)
        snprintf(weights->notice, sizeof weights->notice, "%.60s is read, not %s beside it", name,
                 folder_names_text(&others, names, sizeof names - 40));
    folder_names_free(&others);
    folder_names_free(&list);
    free(folder);
}

char *folder_weights(const char *folder, tokvec_error *err)
{
    char *path = NULL;
    found result = look_here_and_below(folder, 0, &path, err);
    if (result == NOTHING)
        refuse_empty(folder, err);
    return path;
}
