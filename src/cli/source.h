/* source.h - the table that the user named.
 * Opened from a weights file or seeded, with what messages and formats say about it.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_SOURCE_H
#define TOKVEC_CLI_SOURCE_H

#include "cli/settings.h"

/* Where the table came from. */
typedef struct provenance {
    const char *file;   /* NULL: seeded */
    const char *tensor; /* "" if it has no name */
    const char *seed;   /* as the user wrote it, but for signs and zeros that say nothing; NULL:
                           a state took its place */
    uint64_t vocab_size, dim;
    bool has_padding_idx;
    int64_t padding_idx;
} provenance;

/* Released with source_close. */
typedef struct source {
    tokvec_weights *weights;     /* NULL: seeded */
    const tokvec_tensor *tensor; /* that the table was made of; NULL: seeded */
    tokvec_table *table;
    provenance origin;
    char seed[24];                          /* that it may point to */
    uint8_t state[TOKVEC_TORCH_STATE_SIZE]; /* that a seeded table begins with, if it has one */
    char range_hint[900];                   /* which IDs are valid, in which table */
    const settings *options;
    tokvec_vocab *vocab;       /* NULL: not yet opened, or there is none */
    tokvec_vocab *owned_vocab; /* released with the source */
    bool weights_lent;         /* they are another source's */
    bool not_tokens;           /* the table's rows are those of something else: no vocabulary */
    int64_t beyond;            /* the vocabulary's last ID, if no row has it; else -1 */
} source;

/* What the options tell of a weights file. */
tokvec_file_spec source_spec(const settings *s);

/* As tokvec_weights_open_as; tells what that took. */
tokvec_weights *source_weights(const char *path, const tokvec_file_spec *spec, tokvec_error *err);

/* Refuses options that say something about the kind of table that was not asked for. */
bool source_check(const settings *s, tokvec_error *err);

/* Opens or seeds the table; it begins with source_check. */
bool source_open(source *from, const settings *s, tokvec_error *err);

/* The same for another tensor of the weights of a source, which must be closed after this one. */
bool source_open_other(source *from, const settings *s, const source *with, tokvec_error *err);
void source_close(source *from);

/* What the options tell of a seeded table; of a state, once the table is open. */
tokvec_seed_spec source_seed_spec(const source *from);

/* Saves the state of the generator after the whole of a seeded table, if the user wants it. */
bool source_save_state(const source *from, tokvec_error *err);

/* Whether the vocabulary, which has been opened, knows tokens by the number of their row: so it
 * does if it comes with the rows. Others know them by the IDs that rows may belong to. */
bool source_vocab_is_by_row(const source *from);

/* The error for a token where the rows are not those of tokens; false. */
bool source_refuse_token(const source *from, tokvec_error *err);

/* Warns if a vocabulary has the places of pieces for IDs, and another number than the table has
 * rows.
 */
void source_warn_of_places(tokvec_vocab *vocab, uint64_t rows);

/* The vocabulary that was named, or else the one of the weights file or of the folder that it was
 * looked for in; opened at the first call. NULL without an error (code TOKVEC_OK) if there is none.
 * The source owns it. */
tokvec_vocab *source_vocab(source *from, tokvec_error *err);

/* Opens the vocabulary for an option that does not work without; false if there is none. */
bool source_need_vocab(source *from, const char *option, tokvec_error *err);

/* Whether rows have tokens to be shown beside them (source_label): not if the user wants none, and
 * not, with a warning, if those of the model's folder are of a kind that is not read. Opens the
 * vocabulary. */
bool source_labels(source *from, bool *any, tokvec_error *err);

/* The token of a row, once source_vocab has been asked; token->bytes is NULL if it has none. Lent
 * until the next call for the vocabulary. */
bool source_token(const source *from, int64_t row, tokvec_text *token, tokvec_error *err);

/* The same for who shows tokens, once source_labels has been asked: none if the user wants none. */
bool source_label(const source *from, int64_t row, tokvec_text *label, tokvec_error *err);

/* The ID of a row as the user knows it; false if it has none. */
bool source_id(const source *from, int64_t row, int64_t *id);

#endif
