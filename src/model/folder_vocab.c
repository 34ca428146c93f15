/* folder_vocab.c - the vocabulary in a model's folder, and where it is kept for weights.
 * See folder_vocab.h.
 * SPDX-License-Identifier: MIT */
#include "model/folder_vocab.h"

#include "io/path.h"
#include "model/blob.h"
#include "model/folder_names.h"
#include "model/open.h"
#include "model/piece_ids.h"
#include "vocab/vocab_kinds.h"

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
                                    "spm.model",           /* DeBERTa 2 and 3 */
                                    "sentencepiece.model", /* RemBERT */
                                    "spm_char.model",      /* SpeechT5 */
                                    "prophetnet.tokenizer",
                                    "vocab.txt",
                                    "dict.txt",
                                    "key2row", /* of spaCy */
                                    "vocab/key2row",
                                    "whitespacetokenizer_config.json",
                                    "phrasetokenizer_config.json"};

/* Tokens that were added stand in files beside the vocabulary. As Transformers do it, the second
 * counts only where the first has none. */
static const char *const added[] = {"tokenizer_config.json", "added_tokens.json"};

bool folder_vocab_is_name(const char *name)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i][0] == '*' ? path_ends_in(name, names[i] + 1) : strcmp(name, names[i]) == 0)
            return true;
    }
    return false;
}

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

/* A search for the only file whose name ends so. */
typedef struct only_file {
    const char *folder, *suffix;
    char *path; /* of the first one; NULL: there is none */
    bool several, failed;
    tokvec_error *err;
} only_file;

static bool look_at_name(void *context, const char *name)
{
    only_file *only = context;
    char *path = NULL;
    if (path_ends_in(name, only->suffix))
        only->failed = !find_file(only->folder, name, &path, only->err);
    only->several = path != NULL && only->path != NULL;
    if (only->path == NULL)
        only->path = path;
    else
        free(path);
    return !only->several && !only->failed;
}

/* The same as find_file for the only file whose name ends so; NULL if there are none or several. */
static bool find_only(const char *folder, const char *suffix, char **path, tokvec_error *err)
{
    only_file only = {.folder = folder, .suffix = suffix, .err = err};
    (void)folder_names_each(folder, look_at_name, &only,
                            NULL); /* a folder that is not there has none */
    if (only.several || only.failed) {
        free(only.path);
        only.path = NULL;
    }
    *path = only.path;
    return !only.failed;
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
    bool found, numbered = list != NULL && (vocab->by_place || vocab->counted);
    piece_ids ids = {0};
    if (list == NULL)
        return true;
    bool good = (!numbered || piece_ids_number(&ids, list, folder, err)) &&
                add_beside(list, folder, &found, err) &&
                (!numbered || piece_ids_complete(&ids, list, err)) &&
                ((!found && !numbered) || vocab_list_seal(list, false, err));
    piece_ids_free(&ids);
    return good;
}

static tokvec_vocab *open_at(const char *path, tokvec_error *err)
{
    file_map *map = blob_open(path, err);
    return map == NULL ? NULL : open_vocab(map, err);
}

static tokvec_vocab *open_dictionary(const char *path, tokvec_error *err)
{
    tokvec_vocab *vocab = open_at(path, err);
    if (vocab == NULL || vocab->fairseq)
        return vocab;
    tokvec_vocab_close(vocab);
    error_set(err, TOKVEC_BAD_FILE, "not each line is a word and a count, as in fairseq's lists");
    error_where(err, "%s", path);
    error_hint(err, "the file is damaged or of another kind; fetch it again");
    return NULL;
}

static const char dictionary[] = "dict.txt";

/* fairseq's own list, where it has the IDs of the model, takes the place of the vocabulary and its
 * path. */
static bool prefer_dictionary(const char *folder, char **path, tokvec_vocab **vocab,
                              tokvec_error *err)
{
    tokvec_error local;
    piece_numbers where;
    char *other;
    if (!find_file(folder, dictionary, &other, err))
        return false;
    if (other == NULL)
        return true;
    bool good = piece_ids_where(folder, &where, err);
    bool wanted = good && where != PIECES_NUMBERED;
    tokvec_vocab *better = wanted ? open_dictionary(other, &local) : NULL;
    if (better != NULL) {
        tokvec_vocab_close(*vocab);
        free(*path);
        *vocab = better;
        *path = other;
        return true;
    }
    free(other);
    if (wanted && where == PIECES_ELSEWHERE) {
        good = false;
        if (err != NULL)
            *err = local;
    }
    return good;
}

/* Opens the vocabulary that was found; *path becomes that of the file which is taken for it. */
static tokvec_vocab *open_found(const char *folder, char **path, tokvec_error *err)
{
    tokvec_vocab *vocab = open_at(*path, err);
    bool lines = vocab != NULL && !vocab->fairseq && path_ends_in(*path, dictionary);
    if (vocab == NULL || (!vocab->by_place && !lines) ||
        prefer_dictionary(folder, path, &vocab, err))
        return vocab;
    tokvec_vocab_close(vocab);
    return NULL;
}

char *folder_vocab_taken(const char *folder, tokvec_error *err)
{
    char *path = folder_vocab_path(folder, err), *other = NULL;
    bool good = path == NULL || find_file(folder, dictionary, &other, err);
    if (other != NULL)
        tokvec_vocab_close(open_found(folder, &path, NULL));
    free(other);
    if (good)
        return path;
    free(path);
    return NULL;
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
    tokvec_vocab *vocab = open_found(folder, &path, err);
    free(path);
    if (vocab != NULL && !folder_vocab_settle(vocab, folder, err)) {
        tokvec_vocab_close(vocab);
        return NULL;
    }
    return vocab;
}

/* ---- beside weights ------------------------------------------------------------------------- */

/* Whether the folder has a vocabulary; frees its path if not. */
static bool has_vocab(char **folder, tokvec_error *err)
{
    char *path = *folder == NULL ? NULL : folder_vocab_path(*folder, err);
    bool has = path != NULL;
    free(path);
    if (!has) {
        free(*folder);
        *folder = NULL;
    }
    return has;
}

/* diffusers: the tokenizer of the folder text_encoder_2 is in tokenizer_2 beside it. */
static char *beside_encoder(const char *folder, tokvec_error *err)
{
    static const char encoder[] = "text_encoder";
    char beside[80];
    const char *slash = strrchr(folder, '/');
    const char *name = slash == NULL ? folder : slash + 1;
    char *real = NULL;
    if (name[strspn(name, ".")] == '\0') {
        real = realpath(folder, NULL); /* the folder's own name, where it is given as "." */
        name = real == NULL ? "" : strrchr(real, '/') + 1;
    }
    bool is = strncmp(name, encoder, sizeof encoder - 1) == 0;
    int n = snprintf(beside, sizeof beside, "tokenizer%s", is ? name + sizeof encoder - 1 : "");
    char *path = NULL;
    if (is && n > 0 && (size_t)n < sizeof beside)
        path = path_beside(real != NULL ? real : folder, beside, err);
    free(real);
    return path;
}

/* Above the weights, up to the folder that was named: a checkpoint's tokenizer is beside the folder
 * of its parts, that of an old model beside its modules. */
static char *above(const char *folder, const char *top, tokvec_error *err)
{
    size_t least = strlen(top);
    while (least > 1 && top[least - 1] == '/')
        least--;
    char *path = strdup(folder);
    while (path != NULL && strlen(path) > least && strncmp(path, top, least) == 0) {
        char *higher = path_folder_of(path, err);
        free(path);
        path = higher;
        char *tried = path == NULL ? NULL : strdup(path);
        if (has_vocab(&tried, err)) {
            free(path);
            return tried;
        }
    }
    free(path);
    return NULL;
}

char *folder_vocab_beside(const tokvec_weights *weights, tokvec_error *err)
{
    tokvec_error local = {.code = TOKVEC_OK};
    const char *file = weights->found_as;
    char *folder = file == NULL ? NULL : path_folder_of(file, &local);
    char *found = folder == NULL ? NULL : strdup(folder);
    if (folder != NULL && !has_vocab(&found, &local)) {
        found = beside_encoder(folder, &local);
        if (!has_vocab(&found, &local) && weights->folder != NULL)
            found = above(folder, weights->folder, &local);
    }
    free(folder);
    if (err != NULL)
        *err = local;
    return found;
}

tokvec_vocab *tokvec_weights_vocab_beside(const tokvec_weights *weights, tokvec_error *error)
{
    tokvec_error local;
    char *folder = folder_vocab_beside(weights, &local);
    if (folder == NULL && local.code == TOKVEC_OK)
        refuse_none(weights->found_as == NULL ? "standard input" : weights->found_as, &local);
    if (folder == NULL && error != NULL)
        *error = local;
    tokvec_vocab *vocab = folder == NULL ? NULL : folder_vocab_open(folder, error);
    free(folder);
    return vocab;
}
