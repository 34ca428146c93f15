/* group_ids.c - the options that say which token IDs, and how tokens are taken and shown.
 * See group_ids.h.
 * SPDX-License-Identifier: MIT */
#include "cli/group_ids.h"

#include <stddef.h>

static const option_spec input = {
    .name = "input",
    .letter = 'i',
    .kind = OPTION_FILE,
    .argument = "FILE",
    .help = "read token IDs from a file ('-': standard input)",
    .place = offsetof(settings, ids.input),
};
const option_spec vocab_option = {
    .name = "vocab",
    .kind = OPTION_FILE,
    .argument = "FILE",
    .help = "take token strings from a tokenizer.json, vocab.txt, ...",
    .place = offsetof(settings, ids.vocab),
};
static const option_spec tokens = {
    .name = "tokens",
    .kind = OPTION_FLAG,
    .help = "all input is tokens; on standard input one a line",
    .place = offsetof(settings, ids.all_tokens),
};
static const option_spec ids = {
    .name = "ids",
    .kind = OPTION_FLAG,
    .help = "all input is IDs; a word is an error",
    .place = offsetof(settings, ids.all_ids),
};
const option_spec raw_tokens_option = {
    .name = "raw-tokens",
    .kind = OPTION_FLAG,
    .help = "tokens as they are stored, not as text",
    .place = offsetof(settings, ids.raw_tokens),
};
static const option_spec no_labels = {
    .name = "no-labels",
    .kind = OPTION_FLAG,
    .help = "print no tokens beside the IDs",
    .place = offsetof(settings, ids.no_labels),
};
static const option_spec onehot = {
    .name = "onehot",
    .kind = OPTION_FLAG,
    .help = "multiply one-hot rows by the matrix; same result",
    .place = offsetof(settings, ids.onehot),
};

const option_spec *const ids_options[] = {
    &input, &vocab_option, &tokens, &ids, &raw_tokens_option, &no_labels, &onehot, NULL};
const option_spec *const query_options[] = {
    &input, &vocab_option, &tokens, &ids, &raw_tokens_option, &no_labels, NULL};
const option_spec *const label_options[] = {&vocab_option, &raw_tokens_option, &no_labels, NULL};
