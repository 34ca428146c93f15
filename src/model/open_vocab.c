/* open_vocab.c - opening a vocabulary by what is in its file.
 * JSON, a weights file that has token strings, or else one token a line; in a folder, the file
 * that tokenizers keep there.
 * SPDX-License-Identifier: MIT */
#include "model/open.h"

#include "io/path.h"
#include "model/unpacked.h"
#include "vocab/spacy.h"
#include "vocab/vocab_kinds.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The token strings of a weights file, which then belongs to the vocabulary. */
static tokvec_vocab *of_weights(tokvec_weights *weights, const char *path, tokvec_error *err)
{
    tokvec_vocab *vocab;
    bool good = tokvec_weights_vocab(weights, &vocab, err);
    if (vocab != NULL) {
        weights->vocab = NULL;
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

/* What the bytes or the name tell to be no list of tokens, whatever its lines look like. */
static bool refuse_text(const file_map *map, line_rule rule, tokvec_error *err)
{
    bool yaml = path_ends_in(map->path, ".yml") || path_ends_in(map->path, ".yaml");
    if (vocab_is_pieces(map))
        return !refuse(map, "the file is a model of SentencePiece, which tokvec does not read",
                       "name the tokenizer.json or vocab.json beside it", err);
    if (yaml && rule != RULE_YAML)
        return !refuse(map, "the file is YAML other than tokens with IDs",
                       "write a vocab.json, an object from token to ID", err);
    return false;
}

static tokvec_vocab *read_text(const file_map *map, uint64_t start, const line_rules *rules,
                               tokvec_error *err)
{
    if (refuse_text(map, rules->rule, err))
        return NULL;
    if (rules->rule == RULE_NONE || rules->rule == RULE_SCORE)
        return vocab_lines(map, start, err);
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
    bool marked = file_head(map, 3) == 3 && memcmp(map->data, "\xef\xbb\xbf", 3) == 0;
    uint64_t start = marked ? 3 : 0;
    bool json = vocab_json_recognise(map, start);
    line_rules rules = json ? (line_rules){RULE_NONE, 0, 0} : vocab_rules_of(map, start);
    if (!json && !vocab_rules_certain(rules.rule) && open_recognised(map)) {
        char *path = strdup(map->path);
        tokvec_weights *weights = open_weights(map, err);
        tokvec_vocab *vocab =
            weights == NULL ? NULL : of_weights(weights, path == NULL ? "" : path, err);
        free(path);
        return vocab;
    }
    tokvec_vocab *vocab = json ? vocab_json(map, start, err) : read_text(map, start, &rules, err);
    /* What was cut while it was read is a shrunk file first, a bad one second. */
    if (!file_map_intact(map, err) || (vocab != NULL && refuse_strings(vocab, map, err))) {
        tokvec_vocab_close(vocab);
        vocab = NULL;
    }
    file_map_close(map);
    return vocab;
}

/* ---- a model's folder ----------------------------------------------------------------------- */

typedef char path_room[PATH_MAX];

/* The path of a file in a folder; false if it is not one. */
static bool file_in(const char *folder, const char *name, path_room out)
{
    struct stat status;
    int length = snprintf(out, PATH_MAX, "%s/%s", folder, name);
    return length > 0 && length < PATH_MAX && stat(out, &status) == 0 && S_ISREG(status.st_mode);
}

/* The only file in a folder whose name ends so; false if there are none or several. */
static bool only_file_in(const char *folder, const char *suffix, path_room out)
{
    unsigned count = 0;
    path_room path;
    DIR *entries = opendir(folder);
    for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        if (path_ends_in(entry->d_name, suffix) && file_in(folder, entry->d_name, path) &&
            count++ == 0)
            memcpy(out, path, sizeof path);
    }
    if (entries != NULL)
        closedir(entries);
    return count == 1;
}

/* The path of the vocabulary in a folder; false if there is none. */
static bool in_folder(const char *folder, path_room out)
{
    static const char *const names[] = {
        "tokenizer.json", "vocab.json",      "encoder.json", "tekken.json",
        "*.tiktoken",     "tokenizer.model", "spiece.model", "sentencepiece.bpe.model",
        "vocab.txt",      "dict.txt",        "key2row",      "vocab/key2row"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i][0] == '*' ? only_file_in(folder, names[i] + 1, out)
                               : file_in(folder, names[i], out))
            return true;
    }
    return false;
}

/* Adds what a file of added tokens in the folder has; *found: whether it has any. */
static bool add_from(vocab_list *list, const char *folder, const char *name, bool *found,
                     tokvec_error *err)
{
    path_room path;
    *found = false;
    if (!file_in(folder, name, path))
        return true;
    file_map *map = file_map_open(path, err);
    bool good = map != NULL && vocab_json_added(list, map, found, err);
    file_map_close(map);
    return good;
}

/* Tokens that were added to a tokenizer stand beside its vocabulary. As Transformers do it, the
 * second file counts only where the first has none. */
static bool add_beside(tokvec_vocab *vocab, const char *folder, tokvec_error *err)
{
    vocab_list *list = vocab_list_of(vocab);
    bool found;
    if (list == NULL)
        return true;
    return add_from(list, folder, "tokenizer_config.json", &found, err) &&
           (found || add_from(list, folder, "added_tokens.json", &found, err)) &&
           (!found || vocab_list_seal(list, false, err));
}

static tokvec_vocab *open_folder(const char *folder, tokvec_error *err)
{
    path_room path;
    if (!in_folder(folder, path)) {
        error_set(err, TOKVEC_NOT_FOUND, "the folder has no vocabulary");
        error_where(err, "%s", folder);
        error_hint(err, "it would be tokenizer.json, vocab.json, encoder.json or vocab.txt");
        return NULL;
    }
    file_map *map = file_map_open(path, err);
    tokvec_vocab *vocab = map == NULL ? NULL : open_vocab(map, err);
    if (vocab != NULL && !add_beside(vocab, folder, err)) {
        tokvec_vocab_close(vocab);
        return NULL;
    }
    return vocab;
}

tokvec_vocab *tokvec_vocab_open(const char *path, tokvec_error *error)
{
    struct stat status;
    if (!path_is_standard_input(path) && stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return open_folder(path, error);
    file_map *map = file_map_open(path, error);
    return map == NULL ? NULL : open_vocab(map, error);
}
