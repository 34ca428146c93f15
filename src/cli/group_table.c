/* group_table.c - the options that say which table.
 * See group_table.h.
 * SPDX-License-Identifier: MIT */
#include "cli/group_table.h"

#include "cli/group_seed.h"

#include <stddef.h>

static bool set_vocab_size(const option_spec *option, settings *s, const char *text,
                           tokvec_error *err)
{
    table_settings *t = &s->table;
    t->has_vocab_size = option_unsigned(text, INT64_MAX, &t->vocab_size) && t->vocab_size > 0;
    return t->has_vocab_size ||
           option_bad_value(option, text, "give the number of rows, 1 or more", err);
}

static bool set_dim(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    table_settings *t = &s->table;
    t->has_dim = option_unsigned(text, INT64_MAX, &t->dim) && t->dim > 0;
    return t->has_dim ||
           option_bad_value(option, text, "give the number of columns, 1 or more", err);
}

static bool set_dtype(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    s->table.dtype = option_dtype(text);
    return s->table.dtype != TOKVEC_NO_DTYPE ||
           option_bad_value(option, text, "give one as PyTorch names it, such as float32", err);
}

static option_word dtype_word(size_t index)
{
    size_t dtype = index + 1; /* after TOKVEC_NO_DTYPE */
    bool any = dtype < TOKVEC_DTYPE_COUNT;
    return (option_word){any ? tokvec_dtype_name((tokvec_dtype)dtype) : NULL, NULL};
}

static bool set_offset(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    s->table.has_offset = option_unsigned(text, INT64_MAX, &s->table.offset);
    return s->table.has_offset || option_bad_value(option, text, "give a number of bytes", err);
}

static bool set_padding_idx(const option_spec *option, settings *s, const char *text,
                            tokvec_error *err)
{
    s->table.has_padding_idx = option_signed(text, &s->table.padding_idx);
    return s->table.has_padding_idx ||
           option_bad_value(option, text, "give the number of a row", err);
}

static const option_spec weights = {
    .name = "weights",
    .letter = 'w',
    .kind = OPTION_FILE,
    .argument = "FILE",
    .help = "take the table from a weights file or a model's folder (-: a pipe)",
    .place = offsetof(settings, table.weights),
};
static const option_spec tensor = {
    .name = "tensor",
    .letter = 't',
    .kind = OPTION_TEXT,
    .argument = "NAME",
    .help = "this tensor, not the token embedding",
    .place = offsetof(settings, table.tensor),
};
static const option_spec vocab_size = {
    .name = "vocab-size",
    .letter = 'n',
    .kind = OPTION_NUMBER,
    .argument = "N",
    .help = "rows of the seeded table (" TEXT_OF(NOTEBOOK_VOCAB_SIZE) ")",
    .set = set_vocab_size,
};
static const option_spec dim = {
    .name = "dim",
    .letter = 'd',
    .kind = OPTION_NUMBER,
    .argument = "N",
    .help = "its columns (" TEXT_OF(NOTEBOOK_DIM) "); or those of a file of bare values",
    .set = set_dim,
};
static const option_spec dtype = {
    .name = "dtype",
    .kind = OPTION_WORD,
    .argument = "T",
    .help = "its dtype (float32); or that of bare values, of text",
    .set = set_dtype,
    .word = dtype_word,
};
static const option_spec offset = {
    .name = "offset",
    .kind = OPTION_NUMBER,
    .argument = "N",
    .help = "bytes before the bare values in the file (0)",
    .set = set_offset,
};
static const option_spec padding_idx = {
    .name = "padding-idx",
    .kind = OPTION_NUMBER,
    .argument = "N",
    .help = "make its row N zero, as nn.Embedding does",
    .set = set_padding_idx,
};

const option_spec stored_option = {
    .name = "stored",
    .kind = OPTION_FLAG,
    .help = "the stored numbers of a packed tensor, not the values",
    .place = offsetof(settings, table.stored),
};

#define SIZE_OPTIONS &vocab_size, &dim, &dtype, &offset, &padding_idx
const option_spec *const table_options[] = {&weights, &tensor, &stored_option, SIZE_OPTIONS,
                                            SEED_OPTIONS(SEED_OPTION_LISTED) NULL};
const option_spec *const file_options[] = {&weights, &tensor, NULL};
const option_spec *const bare_options[] = {&dim, &dtype, &offset, NULL};
const option_spec *const operand_options[] = {&tensor, &stored_option, SIZE_OPTIONS,
                                              SEED_OPTIONS(SEED_OPTION_LISTED) NULL};
