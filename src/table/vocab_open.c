/* vocab_open.c - opening a vocabulary by what is in its file.
 * JSON, a weights file that has token strings, or else one token a line; in a folder, the file
 * that tokenizers keep there.
 * SPDX-License-Identifier: MIT */
#include "table/sentencepiece.h"
#include "table/vocab_list.h"
#include "table/vocab_rules.h"
#include "table/weights.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The token strings of a weights file, which then belongs to the vocabulary. */
static tokvec_vocab *of_weights(tokvec_weights *weights, const char *path, tokvec_error *err)
{
    tokvec_error local;
    tokvec_vocab *vocab = tokvec_weights_vocab(weights, &local);
    if (vocab != NULL) {
        weights->vocab = NULL;
        weights_give(weights, &vocab->owner, &vocab->release);
        return vocab;
    }
    if (local.code == TOKVEC_OK) {
        error_set(&local, TOKVEC_NOT_FOUND, "the file has no token strings");
        error_where(&local, "%s", path);
        error_hint(&local, "name the model's tokenizer.json, vocab.json or vocab.txt");
    }
    if (err != NULL)
        *err = local;
    tokvec_weights_close(weights);
    return NULL;
}

/* Files whose lines keep to a rule, and those that are named but not read; false if it is neither.
 * *vocab is NULL where the file is refused. */
static bool read_by_rules(const file_map *map, tokvec_vocab **vocab, tokvec_error *err)
{
    *vocab = NULL;
    if (sentencepiece_recognise(map)) {
        error_set(err, TOKVEC_UNSUPPORTED, "the file is a model of SentencePiece");
        error_where(err, "%s", map->path);
        error_hint(err, "name the model's tokenizer.json, whose IDs are those of the rows");
        return true;
    }
    if (vocab_rules(map, vocab, err) == RULED_NOT)
        return false;
    if (!file_map_intact(map, err)) {
        tokvec_vocab_close(*vocab);
        *vocab = NULL;
    }
    return true;
}

tokvec_vocab *vocab_of_map(file_map *map, tokvec_error *err)
{
    if (weights_refuse_foreign(map, err)) {
        file_map_close(map);
        return NULL;
    }
    bool json = vocab_json_recognise(map);
    tokvec_vocab *vocab;
    if (!json && read_by_rules(map, &vocab, err)) {
        file_map_close(map);
        return vocab;
    }
    if (!json && weights_recognised(map)) {
        char *path = strdup(map->path);
        tokvec_weights *weights = weights_of_map(map, err);
        vocab = weights == NULL ? NULL : of_weights(weights, path == NULL ? "" : path, err);
        free(path);
        return vocab;
    }
    vocab = json ? vocab_json(map, err) : vocab_lines(map, err);
    /* What was cut while it was read is a shrunk file first, a bad one second. */
    if (!file_map_intact(map, err)) {
        tokvec_vocab_close(vocab);
        vocab = NULL;
    }
    file_map_close(map);
    return vocab;
}

/* The path of the vocabulary in a folder, allocated; NULL if there is none. */
static char *in_folder(const char *folder)
{
    static const char *const names[] = {"tokenizer.json", "vocab.json", "encoder.json",
                                        "vocab.txt"};
    size_t room = strlen(folder) + 32;
    char *path = malloc(room);
    for (size_t i = 0; path != NULL && i < sizeof names / sizeof *names; i++) {
        struct stat status;
        snprintf(path, room, "%s/%s", folder, names[i]);
        if (stat(path, &status) == 0 && S_ISREG(status.st_mode))
            return path;
    }
    free(path);
    return NULL;
}

tokvec_vocab *tokvec_vocab_open(const char *path, tokvec_error *error)
{
    struct stat status;
    bool folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    char *inside = folder ? in_folder(path) : NULL;
    if (folder && inside == NULL) {
        error_set(error, TOKVEC_NOT_FOUND, "the folder has no vocabulary");
        error_where(error, "%s", path);
        error_hint(error, "it would be tokenizer.json, vocab.json, encoder.json or vocab.txt");
        return NULL;
    }
    file_map *map = file_map_open(inside != NULL ? inside : path, error);
    free(inside);
    return map == NULL ? NULL : vocab_of_map(map, error);
}
