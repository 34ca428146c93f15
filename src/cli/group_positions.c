/* group_positions.c - the options that add vectors of positions.
 * See group_positions.h.
 * SPDX-License-Identifier: MIT */
#include "cli/group_positions.h"

#include <stddef.h>
#include <string.h>

/* learned, or learned:P. */
static bool set_learned(const option_spec *option, positions_settings *p, const char *text,
                        tokvec_error *err)
{
    static const char word[] = "learned";
    p->how = POSITIONS_LEARNED;
    p->has_count = text[sizeof word - 1] == ':';
    if (!p->has_count ||
        (option_unsigned(text + sizeof word, INT64_MAX, &p->count) && p->count > 0))
        return true;
    return option_bad_value(option, text, "give learned or learned:P, P being 1 or more", err);
}

static bool set_positions(const option_spec *option, settings *s, const char *text,
                          tokvec_error *err)
{
    positions_settings *p = &s->positions;
    p->text = text;
    if (strcmp(text, "learned") == 0 || strncmp(text, "learned:", 8) == 0)
        return set_learned(option, p, text, err);
    p->how = strcmp(text, "sinusoidal") == 0 ? POSITIONS_SINUSOIDAL
             : strcmp(text, "auto") == 0     ? POSITIONS_AUTO
                                             : POSITIONS_TENSOR;
    p->tensor = strncmp(text, "./", 2) == 0 ? text + 2 : text;
    return true;
}

static bool set_offset(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    positions_settings *p = &s->positions;
    p->has_offset = option_unsigned(text, INT64_MAX / 2, &p->offset);
    return p->has_offset ||
           option_bad_value(option, text, "give the first position, 0 or more", err);
}

static const option_spec add_positions = {
    .name = "add-positions",
    .kind = OPTION_TEXT,
    .argument = "HOW",
    .help = "print tok(ids) + pos(arange(T)), and nothing more that a\n"
            "model may add; T counts in each inner list. HOW is\n"
            "  learned[:P]  an nn.Embedding of P rows, drawn right after\n"
            "               the table as it is; P: the longest list\n"
            "  sinusoidal   sin and cos of the Transformer, in float32\n"
            "               with last bits that are not PyTorch's\n"
            "  auto         the file's own table of positions\n"
            "  TENSOR       this one of the file; ./learned if so called",
    .set = set_positions,
};
static const option_spec position_offset = {
    .name = "position-offset",
    .kind = OPTION_NUMBER,
    .argument = "N",
    .help = "the position of the first ID of each list (0)",
    .set = set_offset,
};

const option_spec *const positions_options[] = {&add_positions, &position_offset, NULL};
