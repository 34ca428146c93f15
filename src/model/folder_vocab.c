/* folder_vocab.c - the vocabulary in a model's folder, and where it is kept for weights.
 * See folder_vocab.h.
 * SPDX-License-Identifier: MIT */
#include "model/folder_vocab.h"

#include "io/path.h"
#include "model/blob.h"
#include "model/open.h"
#include "model/piece_ids.h"
#include "vocab/vocab_kinds.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- in one folder -------------------------------------------------------------------------- */

/* The names that tokenizers give their vocabularies, in the order in which they count. Of those by
 * their suffix only one may be there. */
static const char *const names[] = {"tokenizer.json",
                                    "tekken.json",
                                    "vocab.json",
                                    "encoder.json",
                                    "*.tiktoken",
                                    "tokenizer.model",
                                    "spiece.model",
                                    "sentencepiece.bpe.model",
                                    "vocab.txt",
                                    "dict.txt",
                                    "key2row", /* of spaCy */
                                    "vocab/key2row",
                                    "whitespacetokenizer_config.json",
                                    "phrasetokenizer_config.json"};

/* Tokens that were added stand in files beside the vocabulary. As Transformers do it, the second
 * counts only where the first has none. */
static const char *const added[] = {"tokenizer_config.json", "added_tokens.json"};

bool folder_vocab_is_added(const char *name)
{
    return strcmp(name, added[0]) == 0 || strcmp(name, added[1]) == 0;
}

/* *path becomes that of a file in the folder, or NULL if it is not one. False without memory. */
static bool find_file(const char *folder, const char *name, char **path, tokvec_error *err)
{
    *path = path_in_folder(folder, name, err);
    if (*path == NULL)
        return false;
    if (path_is_file(*path))
        return true;
    free(*path);
    *path = NULL;
    return true;
}

/* The same for the only file whose name ends so; NULL if there are none or several. */
static bool find_only(const char *folder, const char *suffix, char **path, tokvec_error *err)
{
    DIR *entries = opendir(folder);
    bool good = true, several = false;
    *path = NULL;
    for (struct dirent *entry; good && !several && entries != NULL;) {
        char *one = NULL;
        entry = readdir(entries);
        if (entry == NULL)
            break;
        if (path_ends_in(entry->d_name, suffix))
            good = find_file(folder, entry->d_name, &one, err);
        several = one != NULL && *path != NULL;
        if (*path == NULL)
            *path = one;
        else
            free(one);
    }
    if (entries != NULL)
        closedir(entries);
    if (several || !good) {
        free(*path);
        *path = NULL;
    }
    return good;
}

char *folder_vocab_path(const char *folder, tokvec_error *err)
{
    char *path = NULL;
    bool good = true;
    if (err != NULL)
        err->code = TOKVEC_OK;
    for (size_t i = 0; good && path == NULL && i < sizeof names / sizeof *names; i++)
        good = names[i][0] == '*' ? find_only(folder, names[i] + 1, &path, err)
                                  : find_file(folder, names[i], &path, err);
    return path;
}

/* Adds what a file of added tokens in the folder has; *found: whether it has any. */
static bool add_from(vocab_list *list, const char *folder, const char *name, bool *found,
                     tokvec_error *err)
{
    char *path;
    *found = false;
    bool good = find_file(folder, name, &path, err);
    if (path == NULL)
        return good;
    file_map *map = blob_open(path, err);
    good = map != NULL && vocab_json_added(list, map, found, err);
    file_map_close(map);
    free(path);
    return good;
}

static bool add_beside(vocab_list *list, const char *folder, bool *found, tokvec_error *err)
{
    return add_from(list, folder, added[0], found, err) &&
           (*found || add_from(list, folder, added[1], found, err));
}

bool folder_vocab_settle(tokvec_vocab *vocab, const char *folder, tokvec_error *err)
{
    vocab_list *list = vocab_list_of(vocab);
    bool found, pieces = list != NULL && vocab->by_place;
    piece_ids ids = {0};
    if (list == NULL)
        return true;
    bool good = (!pieces || piece_ids_number(&ids, list, folder, err)) &&
                add_beside(list, folder, &found, err) &&
                (!pieces || piece_ids_complete(&ids, list, err)) &&
                ((!found && !pieces) || vocab_list_seal(list, false, err));
    piece_ids_free(&ids);
    return good;
}

/* fairseq's own list has the IDs of the model whose SentencePiece model is beside it. NULL: there
 * is none, or it cannot be read. */
static tokvec_vocab *open_dictionary(const char *folder)
{
    char *path;
    tokvec_error ignored;
    if (!find_file(folder, "dict.txt", &path, &ignored) || path == NULL)
        return NULL;
    file_map *map = blob_open(path, &ignored);
    free(path);
    return map == NULL ? NULL : open_vocab(map, &ignored);
}

static void refuse_none(const char *folder, tokvec_error *err)
{
    error_set(err, TOKVEC_NOT_FOUND, "the folder has no vocabulary");
    error_where(err, "%s", folder);
    error_hint(err, "it would be tokenizer.json, vocab.json, tokenizer.model or vocab.txt");
}

tokvec_vocab *folder_vocab_open(const char *folder, tokvec_error *err)
{
    tokvec_error local;
    char *path = folder_vocab_path(folder, &local);
    if (path == NULL) {
        if (local.code == TOKVEC_OK)
            refuse_none(folder, &local);
        if (err != NULL)
            *err = local;
        return NULL;
    }
    file_map *map = blob_open(path, err);
    tokvec_vocab *vocab = map == NULL ? NULL : open_vocab(map, err);
    free(path);
    tokvec_vocab *dictionary = vocab != NULL && vocab->by_place ? open_dictionary(folder) : NULL;
    if (dictionary != NULL) {
        tokvec_vocab_close(vocab);
        vocab = dictionary;
    }
    if (vocab != NULL && !folder_vocab_settle(vocab, folder, err)) {
        tokvec_vocab_close(vocab);
        return NULL;
    }
    return vocab;
}

/* ---- beside weights ------------------------------------------------------------------------- */

/* The vocabulary in a folder, if there is one: NULL with TOKVEC_NOT_FOUND if not. */
static tokvec_vocab *open_at(char *folder, tokvec_error *err)
{
    tokvec_vocab *vocab = folder == NULL ? NULL : folder_vocab_open(folder, err);
    free(folder);
    return vocab;
}

/* diffusers: the tokenizer of the folder text_encoder_2 is in tokenizer_2 beside it. */
static tokvec_vocab *open_of_encoder(const char *folder, tokvec_error *err)
{
    static const char encoder[] = "text_encoder";
    char beside[80];
    char *real = realpath(folder, NULL); /* the folder's own name, where it is given as "." */
    const char *name = real == NULL ? "" : strrchr(real, '/') + 1;
    bool is = strncmp(name, encoder, sizeof encoder - 1) == 0;
    int n = snprintf(beside, sizeof beside, "../tokenizer%s", is ? name + sizeof encoder - 1 : "");
    free(real);
    if (is && n > 0 && (size_t)n < sizeof beside)
        return open_at(path_in_folder(folder, beside, err), err);
    refuse_none(folder, err);
    return NULL;
}

/* Above the weights, up to the folder that was named: a checkpoint's tokenizer is beside the folder
 * of its parts, that of an old model beside its modules. */
static tokvec_vocab *open_above(const char *folder, const char *top, tokvec_error *err)
{
    const size_t least = strlen(top);
    char *path = strdup(folder);
    tokvec_vocab *vocab = NULL;
    if (path == NULL) {
        error_no_memory(err, least);
        return NULL;
    }
    refuse_none(top, err);
    for (size_t length = strlen(path);;) {
        while (length > 0 && path[length - 1] == '/')
            length--;
        while (length > 0 && path[length - 1] != '/')
            length--;
        if (length < least || length == 0 || strncmp(path, top, least) != 0)
            break;
        path[length] = '\0';
        vocab = folder_vocab_open(path, err);
        if (vocab != NULL || (err != NULL && err->code != TOKVEC_NOT_FOUND))
            break;
    }
    free(path);
    return vocab;
}

tokvec_vocab *tokvec_weights_vocab_beside(const tokvec_weights *weights, tokvec_error *error)
{
    tokvec_error local;
    const char *file = weights->found_as;
    refuse_none("standard input", &local);
    char *folder = file == NULL ? NULL : path_folder_of(file, &local);
    tokvec_vocab *vocab = NULL;
    if (folder != NULL) {
        vocab = folder_vocab_open(folder, &local);
        if (vocab == NULL && local.code == TOKVEC_NOT_FOUND)
            vocab = open_of_encoder(folder, &local);
        if (vocab == NULL && local.code == TOKVEC_NOT_FOUND && weights->folder != NULL)
            vocab = open_above(folder, weights->folder, &local);
    }
    free(folder);
    if (vocab == NULL && error != NULL)
        *error = local;
    return vocab;
}
