/* settings.h - what the user asked for: what the options of all groups set, and the operands.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_SETTINGS_H
#define TOKVEC_CLI_SETTINGS_H

#include "base/text_of.h"
#include "cli/option.h"
#include "codec/pack.h"
#include "measure/bag.h"
#include "print/report.h"
#include "print/writer.h"

/* ---- what the options of each group set: see group_*.h ---- */

typedef struct table_settings {
    const char *weights, *tensor;
    tokvec_seed_spec drawn;         /* how a seeded table is: its texts; see group_seed.h */
    const char *state, *save_state; /* files with a state of the generator: before, and after */
    bool stored;                    /* not what a packed tensor stands for */
    bool has_vocab_size, has_dim, has_padding_idx, has_offset;
    uint64_t vocab_size, dim, offset;
    int64_t padding_idx;
    tokvec_dtype dtype; /* TOKVEC_NO_DTYPE: not given */
} table_settings;

typedef struct ids_settings {
    const char *input;
    const char *vocab;
    bool all_tokens; /* there are no IDs */
    bool all_ids;    /* there are no tokens */
    bool raw_tokens, no_labels;
    bool onehot;
} ids_settings;

typedef struct bag_settings {
    bool given;
    bag_mode mode;
    bool is_sentence; /* as the model makes vectors of sentences, whatever the mode */
    bool weighted;
} bag_settings;

/* Vectors of positions that are added to those of tokens. */
enum positions_how {
    POSITIONS_NONE,
    POSITIONS_LEARNED,    /* a seeded table of `count` rows or, without, of as many as it takes */
    POSITIONS_SINUSOIDAL, /* computed */
    POSITIONS_AUTO,       /* the weights file's own */
    POSITIONS_TENSOR      /* `tensor` of the weights file */
};
typedef struct positions_settings {
    enum positions_how how;
    const char *text; /* as it was given */
    const char *tensor;
    bool has_count, has_offset;
    uint64_t count;
    uint64_t offset; /* the first position */
} positions_settings;

typedef struct output_settings {
    const char *path;            /* NULL: standard output */
    const pack_kind *packing;    /* by the last suffix of `path`; NULL: none */
    const writer_format *format; /* given by name, by the suffix of `path`, or text */
    const report_format *report; /* likewise, of a command that reports */
    bool no_header;              /* of a report */
    tokvec_dtype as;             /* TOKVEC_NO_DTYPE: as the table has it */
} output_settings;

typedef struct print_settings {
    print_options options;
    /* Given by name, so that a profile does not change them. */
    bool has_precision, has_threshold, has_edgeitems, has_linewidth;
} print_settings;

typedef struct common_settings {
    unsigned threads; /* 0: not given */
    bool help, version, quiet;
} common_settings;

/* ---- all of it ---- */

/* 1 is for what was compared and differs, or was checked and found wanting. */
enum exit_status { STATUS_DONE = 0, STATUS_DIFFERENT = 1, STATUS_FAILED = 2 };

/* An argument that is not an option. */
typedef struct operand {
    const char *text;
    unsigned number; /* of the argument on the command line, for messages */
} operand;

/* The table where none is named: the layer of the notebook that tokvec comes from. */
#define NOTEBOOK_SEED       123
#define NOTEBOOK_VOCAB_SIZE 6
#define NOTEBOOK_DIM        3

/* Texts are borrowed from argv. A command with options of its own has a larger struct, of which
 * this is the first member. */
struct settings {
    table_settings table;
    ids_settings ids;
    bag_settings bag;
    positions_settings positions;
    output_settings output;
    print_settings print;
    common_settings common;
    char *key_steps; /* owned: those of table.drawn.key, if they were given in parts; or NULL */
    operand *operands;
    size_t operand_count;
    enum exit_status
        *status; /* of a run that succeeds: STATUS_DONE, if the command does not set it */
};

/* Settings as they are without arguments, `size` bytes of which those beyond this struct are zero,
 * with room for that many operands. NULL without memory; released with settings_free. */
settings *settings_new(size_t size, size_t operands, tokvec_error *err);
void settings_free(settings *s); /* NULL is allowed */

#endif
