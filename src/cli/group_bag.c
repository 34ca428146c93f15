/* group_bag.c - the options that make one vector of several rows.
 * See group_bag.h.
 * SPDX-License-Identifier: MIT */
#include "cli/group_bag.h"

#include <stddef.h>
#include <string.h>

enum { SENTENCE = BAG_MAX + 1 };
static const option_word words[] = {
    [BAG_SUM] = {"sum", "as nn.EmbeddingBag"},
    [BAG_MEAN] = {"mean", "as nn.EmbeddingBag"},
    [BAG_MAX] = {"max", "as nn.EmbeddingBag"},
    [SENTENCE] = {"sentence", "as fasttext print-sentence-vectors"},
};
enum { WORDS = sizeof words / sizeof *words };

const char *group_bag_name(const bag_settings *b)
{
    return words[b->is_sentence ? SENTENCE : (unsigned)b->mode].name;
}

static option_word bag_word(size_t index)
{
    return index < WORDS ? words[index] : (option_word){NULL, NULL};
}

static bool set_bag(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    for (size_t i = 0; i < WORDS; i++) {
        if (strcmp(text, words[i].name) != 0)
            continue;
        s->bag.given = true;
        s->bag.is_sentence = i == SENTENCE;
        s->bag.mode = i == SENTENCE ? BAG_MEAN : (bag_mode)i;
        return true;
    }
    return option_bad_word(option, text, err);
}

static const option_spec bag_option = {
    .name = "bag",
    .kind = OPTION_WORD,
    .argument = "HOW",
    .help = "make one vector of each line or inner list, see below",
    .set = set_bag,
    .word = bag_word,
};
static const option_spec weights_option = {
    .name = "per-sample-weights",
    .kind = OPTION_FLAG,
    .help = "with --bag sum: items are ID:WEIGHT; of --tokens, lines\n"
            "are TOKEN, TAB, WEIGHT, TAB, TOKEN, ...",
    .place = offsetof(settings, bag.weighted),
};

const option_spec *const bag_options[] = {&bag_option, &weights_option, NULL};
