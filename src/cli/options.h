/* options.h - the command line.
 * One table of options from which the parser, the help and the suggestions come; each option
 * says which commands take it.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_OPTIONS_H
#define TOKVEC_CLI_OPTIONS_H

#include "print/writer.h"

/* An argument that is no option. */
typedef struct operand {
    const char *text;
    unsigned number; /* of the argument on the command line, for messages */
} operand;

/* What the user asked for. Texts are borrowed from argv; release with settings_free. */
typedef struct settings {
    /* the table */
    const char *weights, *tensor;
    bool has_seed, has_vocab_size, has_dim, has_padding_idx, has_offset;
    uint64_t seed;
    char seed_text[24]; /* as given: -1, not 2^64-1 */
    uint64_t vocab_size, dim, offset;
    int64_t padding_idx;
    tokvec_dtype dtype; /* TOKVEC_NO_DTYPE: not given */

    /* the token IDs */
    const char *input;
    operand *operands;
    size_t operand_count;
    bool onehot;

    /* the tokens */
    const char *vocab;
    bool all_tokens; /* lookup: there are no IDs; list: show the vocabulary */
    bool all_ids, raw_tokens, no_labels;

    /* the output */
    const char *output;
    const writer_format *format; /* given by name, by the suffix of `output`, or text */
    tokvec_dtype as; /* TOKVEC_NO_DTYPE: as the table has it */
    print_options print;
    struct {          /* given by name, so that a profile does not change them */
        bool precision, threshold, edgeitems, linewidth;
    } fixed;

    bool metadata; /* list: print it too */
    unsigned threads; /* 0: not given */
    bool help, version;
} settings;

typedef struct command {
    const char *name;
    const char *operands; /* for the usage line */
    const char *summary;
    unsigned bit; /* in the options' lists of commands that take them */
    bool (*run)(const settings *s, tokvec_error *err);
} command;

enum { IN_LOOKUP = 1, IN_WEIGHT = 2, IN_LIST = 4 };

/* The list of commands, which ends with NULL; the first is the default. */
extern const command *const commands[];
extern const command lookup_command, weight_command, list_command;

/* Parses the arguments argv[first..]. Its own settings are at *s from the call on. */
bool options_parse(const command *cmd, int argc, char **argv, int first, settings *s,
                   tokvec_error *err);
void settings_free(settings *s);

/* Writes a command's help. */
void options_help(const command *cmd, sink *out);

#endif
