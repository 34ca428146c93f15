/* config.h - what a model's config.json says of its token embedding.
 * Only compared, never needed: whatever is wrong with the file is a warning.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_CONFIG_H
#define TOKVEC_MODEL_CONFIG_H

#include "table/weights.h"

/* A larger config.json is not read; real ones have a few thousand bytes. */
enum { CONFIG_MAX_BYTES = 1 << 24 };

/* Compares the shape of a token embedding with the config.json of its model, whose path may be
 * that of no file. Writes what differs, or what is wrong with the config, to out as one line, or
 * "" if nothing is. */
void config_compare(const char *path, const tokvec_tensor *tensor, char *out, size_t size);

/* The same with the config as it is mapped. */
void config_compare_map(const file_map *config, const tokvec_tensor *tensor, char *out,
                        size_t size);

typedef enum config_tie { CONFIG_SAYS_NOTHING, CONFIG_TIES, CONFIG_UNTIES } config_tie;

/* What a config.json says that the weights ought to bear out. The texts are single lines, "" where
 * nothing is to be said. */
typedef struct config_claims {
    char fault[800];   /* why nothing was compared */
    char rows[800];    /* what disagrees with the rows of the token embedding */
    char columns[800]; /* and with its columns */
    config_tie tie;    /* of the output head to the token embedding, if it says so clearly */
    bool has_head;     /* the model is one with an output head, or may be */
} config_claims;

/* Reads them from a config.json, whose path may be that of no file; of a tensor that is not a
 * matrix nothing is compared. False, with an error, without memory. */
bool config_read_claims(const char *path, const tokvec_tensor *tensor, config_claims *out,
                        tokvec_error *err);

/* Whether the config.json beside a file says that the output head is not the token embedding.
 * False, with an error, if there is not enough memory to tell. */
bool config_unties(const char *file, bool *unties, tokvec_error *err);

/* Refuses `head`, an output head that is the only matrix of `file`, where the config.json beside it
 * says that it is not the token embedding. Returns false then. */
bool config_allows_head(const char *file, const char *head, tokvec_error *err);

#endif
