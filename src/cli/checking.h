/* checking.h - what the files of the command check share.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_CHECKING_H
#define TOKVEC_CLI_CHECKING_H

#include "base/error.h"
#include "cli/findings.h"
#include "measure/row_flaws.h"
#include "model/token_roles.h"

/* A model that is being checked. */
typedef struct checking {
    const settings *options;
    const char *path;
    findings found;
    tokvec_weights *weights;
    const tokvec_tensor *tensor;
    tokvec_table *table;
    bool of_tokens;            /* its rows are those of tokens */
    bool is_embedding;         /* by its name */
    bool packed;               /* its values are made of codes, or by a mapping */
    const char *scale;         /* that the codes are multiplied by; or NULL */
    bool shares_vectors;       /* several tokens may have one vector on purpose */
    char *config;              /* path of the model's config.json; NULL: it has none */
    char *folder;              /* that the weights are in */
    const char *tokens_folder; /* with the files of a tokenizer; or NULL */
    tokvec_vocab *vocab;       /* NULL: none is known */
    tokvec_vocab *owned_vocab;
    token_roles roles; /* of the table's rows */
    row_flaws flaws;   /* likewise */
    row_hash_key key;  /* of all hashes */
    size_t unread;     /* tensors that were to be looked at, and are of a kind that is not read */
    char why_unread[300]; /* of the first of them */
} checking;

/* ---- checking.c ---- */

/* What is to be told, of the table if `tensor` is NULL; detail in the manner of printf. */
bool checking_tell(checking *c, const finding *what, tokvec_error *err, const char *format, ...)
    ERROR_PRINTF(4, 5);

/* What an error tells of what is checked; FINDING_COUNT: nothing. Files that are of no known
 * format, and what the user told wrongly about them, are no findings. */
finding_kind checking_kind_of(const tokvec_error *err);

/* Makes a finding of an error that tells of something wrong with what is checked; false if it is
 * another, or if there is no memory. Afterwards *err tells why it is false. `tensor` may be NULL.
 */
bool checking_tell_error(checking *c, const char *tensor, tokvec_error *err);

/* The same of an error that ends the check: false too if what it tells is to be left out, as
 * nothing else is known then. */
bool checking_end(checking *c, const char *tensor, tokvec_error *err);

/* A finding about the row of the table, with its ID and token. */
finding checking_row(checking *c, finding_kind kind, bool error, uint64_t row);

/* Looks at all rows of a table, which get hashes if so asked; *flaws is to be released with
 * row_flaws_end before the check ends. */
bool checking_look(const checking *c, tokvec_table *table, bool hashes, row_flaws *flaws,
                   tokvec_error *err);

/* Tells what is not finite in a tensor, whose rows are as many. */
bool checking_finite(checking *c, const tokvec_tensor *tensor, const row_flaws *flaws,
                     uint64_t rows, tokvec_error *err);

/* Counts a tensor that made no table, if that is for its kind; else as checking_tell_error. */
bool checking_pass_over(checking *c, const tokvec_tensor *tensor, tokvec_error *err);

/* Finds what is not finite in one that is neither the table nor the output head. */
bool checking_other(checking *c, const tokvec_tensor *tensor, tokvec_error *err);

/* ---- checking_model.c ---- */

/* Tells of scales beside the weight, before there is a table. *readable: there can be one. */
bool checking_scales(checking *c, bool *readable, tokvec_error *err);

/* As checking_end, of an error that kept a table from being made. */
bool checking_tell_unread(checking *c, tokvec_error *err);

/* Finds the vocabulary, and what token each row belongs to; tells of tokens without a row and rows
 * without a token. */
bool checking_tokens(checking *c, tokvec_error *err);

/* Tells what config.json claims wrongly, and looks at the output head. */
bool checking_claims(checking *c, tokvec_error *err);

/* ---- checking_rows.c ---- */

/* Tells of rows that are zero, untrained or repeated. */
bool checking_rows(checking *c, tokvec_error *err);

/* The ID of a row, as the user knows it. */
int64_t checking_id(const checking *c, uint64_t row);

/* The first few of the rows that are wanted, "3, 7, 20 to 25, ...", to out. */
typedef bool checking_wanted(const void *context, uint64_t row);
const char *checking_list(const checking *c, checking_wanted *wanted, const void *context,
                          uint64_t rows, char *out, size_t size);

#endif
