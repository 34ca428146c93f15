/* open_vocab.c - opening a vocabulary by what is in its file.
 * JSON, a weights file that has token strings, or else one token a line. For folders see
 * folder_vocab.h.
 * SPDX-License-Identifier: MIT */
#include "model/open.h"

#include "codec/zip_files.h"
#include "io/path.h"
#include "model/archive_members.h"
#include "model/blob.h"
#include "model/folder_vocab.h"
#include "model/hub.h"
#include "model/unpacked.h"
#include "vocab/spacy.h"
#include "vocab/vocab_kinds.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The token strings of a weights file, which then belongs to the vocabulary. */
static tokvec_vocab *of_weights(tokvec_weights *weights, const char *path, tokvec_error *err)
{
    tokvec_vocab *vocab;
    bool good = tokvec_weights_vocab(weights, &vocab, err);
    if (vocab != NULL) {
        size_t only = 0;
        weights_holder(weights, &only, NULL)->vocab = NULL;
        weights_give(weights, &vocab->owner, &vocab->release);
        return vocab;
    }
    if (good) {
        error_set(err, TOKVEC_NOT_FOUND, "the file has no token strings");
        error_where(err, "%s", path);
        error_hint(err, "name the model's tokenizer.json, vocab.json or vocab.txt");
    }
    tokvec_weights_close(weights);
    return NULL;
}

static bool refuse(const file_map *map, const char *what, const char *hint, tokvec_error *err)
{
    error_set(err, TOKVEC_UNSUPPORTED, "%s", what);
    error_where(err, "%s", map->path);
    return error_hint(err, "%s", hint);
}

static bool is_yaml_name(const char *path)
{
    return path_ends_in(path, ".yml") || path_ends_in(path, ".yaml");
}

/* What the bytes or the name tell to be no list of tokens, whatever its lines look like. */
static bool refuse_text(const file_map *map, line_rule rule, tokvec_error *err)
{
    if (is_yaml_name(map->path) && rule != RULE_YAML)
        return !refuse(map, "the file is YAML other than tokens with IDs",
                       "write a vocab.json, an object from token to ID", err);
    bool model = path_ends_in(map->path, ".model") || path_ends_in(map->path, ".spm");
    if (model && (rule == RULE_NONE || rule == RULE_SCORE))
        return !refuse(map, "the file is not a valid model of SentencePiece, nor one of ranks",
                       "fetch it again, or name the model's tokenizer.json", err);
    return false;
}

static tokvec_vocab *read_text(const file_map *map, uint64_t start, const line_rules *rules,
                               tokvec_error *err)
{
    if (refuse_text(map, rules->rule, err))
        return NULL;
    if (rules->rule == RULE_NONE || (rules->rule == RULE_SCORE && rules->odd == 0))
        return vocab_lines(map, start, rules->rule == RULE_SCORE, err);
    return vocab_by_rule(map, start, rules, err);
}

/* spaCy's list of all strings that it knows has another order and length than its vectors. */
static bool refuse_strings(tokvec_vocab *vocab, const file_map *map, tokvec_error *err)
{
    const char *slash = strrchr(map->path, '/');
    if (!vocab->listed || strcmp(slash == NULL ? map->path : slash + 1, "strings.json") != 0)
        return false;
    return !refuse(map, "the file is a list of strings of spaCy, not the words of its vectors",
                   "name key2row beside it, or the folder of both", err);
}

/* SentencePiece's own readers do not take one, and nobody keeps it so. */
static tokvec_vocab *refuse_packed(const file_map *map, tokvec_error *err)
{
    refuse(map, "the file is a compressed model of SentencePiece", "unpack it", err);
    return NULL;
}

/* What was cut while it was read is a shrunk file first, a bad one second. Closes the map. */
static tokvec_vocab *finish(tokvec_vocab *vocab, file_map *map, tokvec_error *err)
{
    if (!file_map_intact(map, err) || (vocab != NULL && refuse_strings(vocab, map, err))) {
        tokvec_vocab_close(vocab);
        vocab = NULL;
    }
    file_map_close(map);
    return vocab;
}

tokvec_vocab *open_vocab(file_map *map, tokvec_error *err)
{
    const unpack_kind *kind = unpacked_kind(map);
    if (kind != NULL && (map = unpacked_whole(map, kind, err)) == NULL)
        return NULL;
    if (spacy_recognise(map)) {
        tokvec_vocab *vocab = spacy_open(map, err);
        file_map_close(map);
        return vocab;
    }
    if (open_refuse_foreign(map, err)) {
        file_map_close(map);
        return NULL;
    }
    if (vocab_is_pieces(map))
        return finish(kind != NULL ? refuse_packed(map, err) : vocab_pieces(map, err), map, err);
    bool marked = file_head(map, 3) == 3 && memcmp(map->data, "\xef\xbb\xbf", 3) == 0;
    uint64_t start = marked ? 3 : 0;
    bool json = vocab_json_recognise(map, start);
    tokvec_vocab *ranks;
    if (!json && !is_yaml_name(map->path) && vocab_ranks(map, start, &ranks, err))
        return finish(ranks, map, err);
    line_rules rules = json ? (line_rules){RULE_NONE, 0, 0} : vocab_rules_of(map, start);
    if (!json && !vocab_rules_certain(rules.rule) && open_recognised(map)) {
        char *path = strdup(map->path);
        tokvec_weights *weights = open_weights(map, err);
        tokvec_vocab *vocab =
            weights == NULL ? NULL : of_weights(weights, path == NULL ? "" : path, err);
        free(path);
        return vocab;
    }
    return finish(json ? vocab_json(map, start, err) : read_text(map, start, &rules, err), map,
                  err);
}

/* In a folder, or else where the layout of the model in it keeps it. */
static tokvec_vocab *open_folder(const char *folder, tokvec_error *err)
{
    tokvec_error local;
    tokvec_vocab *vocab = folder_vocab_open(folder, &local);
    tokvec_weights *weights = NULL;
    if (vocab == NULL && local.code == TOKVEC_NOT_FOUND)
        weights = tokvec_weights_open(folder, NULL);
    if (weights != NULL)
        vocab = tokvec_weights_vocab_beside(weights, &local);
    if (weights != NULL && vocab == NULL && local.code == TOKVEC_NOT_FOUND)
        return of_weights(weights, folder, err);
    tokvec_weights_close(weights);
    if (vocab == NULL && err != NULL)
        *err = local;
    return vocab;
}

/* The places of pieces are no IDs yet: what is beside the file tells. */
static tokvec_vocab *open_file(const char *path, tokvec_error *err)
{
    file_map *map = blob_open(path, err);
    tokvec_vocab *vocab = map == NULL ? NULL : open_vocab(map, err);
    if (vocab == NULL || !(vocab->by_place || vocab->counted) || path_is_standard_input(path))
        return vocab;
    char *folder = path_folder_of(path, err);
    bool good = folder != NULL && folder_vocab_settle(vocab, folder, err);
    free(folder);
    if (good)
        return vocab;
    tokvec_vocab_close(vocab);
    return NULL;
}

tokvec_vocab *tokvec_vocab_open(const char *path, tokvec_error *error)
{
    struct stat status = {.st_mode = 0};
    inner_set(&zip_files);
    if (!path_is_standard_input(path) && stat(path, &status) != 0 && errno != ENOTDIR) {
        char *folder = hub_find(path, errno, error);
        tokvec_vocab *vocab = folder == NULL ? NULL : open_folder(folder, error);
        free(folder);
        return vocab;
    }
    bool folder =
        S_ISDIR(status.st_mode) || archive_members_is_folder(path) || path_is_folder(path);
    return folder ? open_folder(path, error) : open_file(path, error);
}
