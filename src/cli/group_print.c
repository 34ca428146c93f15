/* group_print.c - the options of the text format, those of torch.set_printoptions.
 * See group_print.h.
 * SPDX-License-Identifier: MIT */
#include "cli/group_print.h"

#include <string.h>
#include <strings.h>

static const struct profile {
    const char *name;
    print_options options;
} profiles[] = {{"default", PRINT_DEFAULTS},
                {"short", {2, 1000, 2, 80, SCI_AUTO}},
                {"full", {4, UINT64_MAX, 3, 80, SCI_AUTO}}};
enum { PROFILE_COUNT = sizeof profiles / sizeof *profiles };

static bool set_precision(const option_spec *option, settings *s, const char *text,
                          tokvec_error *err)
{
    enum { PRECISION_MAX = 1000 }; /* a double has at most 1074 digits after the point */
    uint64_t value;
    if (!option_unsigned(text, PRECISION_MAX, &value))
        return option_bad_value(option, text, "give a number of digits from 0 to 1000", err);
    s->print.options.precision = (int)value;
    s->print.has_precision = true;
    return true;
}

static bool set_threshold(const option_spec *option, settings *s, const char *text,
                          tokvec_error *err)
{
    uint64_t *threshold = &s->print.options.threshold;
    s->print.has_threshold = true;
    if (strcmp(text, "inf") == 0) {
        *threshold = UINT64_MAX;
        return true;
    }
    return option_unsigned(text, UINT64_MAX, threshold) ||
           option_bad_value(option, text, "give a number of values, or inf", err);
}

static bool set_edgeitems(const option_spec *option, settings *s, const char *text,
                          tokvec_error *err)
{
    print_settings *p = &s->print;
    p->has_edgeitems = option_unsigned(text, INT64_MAX, &p->options.edgeitems);
    return p->has_edgeitems || option_bad_value(option, text, "give a number of items", err);
}

static bool set_linewidth(const option_spec *option, settings *s, const char *text,
                          tokvec_error *err)
{
    print_settings *p = &s->print;
    p->has_linewidth = option_signed(text, &p->options.linewidth);
    return p->has_linewidth || option_bad_value(option, text, "give a number of characters", err);
}

/* The first three are shown, the others are what Python calls the same. */
static const struct {
    const char *name;
    enum sci_mode mode;
} sci_words[] = {{"auto", SCI_AUTO}, {"always", SCI_ALWAYS}, {"never", SCI_NEVER},
                 {"none", SCI_AUTO}, {"true", SCI_ALWAYS},   {"false", SCI_NEVER}};

static option_word sci_mode_word(size_t index)
{
    return (option_word){index < 3 ? sci_words[index].name : NULL, NULL};
}

static bool set_sci_mode(const option_spec *option, settings *s, const char *text,
                         tokvec_error *err)
{
    for (size_t i = 0; i < sizeof sci_words / sizeof *sci_words; i++) {
        if (strcasecmp(text, sci_words[i].name) == 0) {
            s->print.options.sci_mode = sci_words[i].mode;
            return true;
        }
    }
    return option_bad_value(option, text, "choose auto, always (true) or never (false)", err);
}

static option_word profile_word(size_t index)
{
    return (option_word){index < PROFILE_COUNT ? profiles[index].name : NULL, NULL};
}

static bool set_profile(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    print_settings *p = &s->print;
    for (size_t i = 0; i < PROFILE_COUNT; i++) {
        const print_options *from = &profiles[i].options;
        if (strcmp(text, profiles[i].name) != 0)
            continue;
        if (!p->has_precision)
            p->options.precision = from->precision;
        if (!p->has_threshold)
            p->options.threshold = from->threshold;
        if (!p->has_edgeitems)
            p->options.edgeitems = from->edgeitems;
        if (!p->has_linewidth)
            p->options.linewidth = from->linewidth;
        return true;
    }
    return option_bad_word(option, text, err);
}

static const option_spec precision = {
    .name = "precision",
    .kind = OPTION_NUMBER,
    .argument = "N",
    .help = "text: digits after the point (" TEXT_OF(PRINT_PRECISION) ")",
    .set = set_precision,
};
static const option_spec threshold = {
    .name = "threshold",
    .kind = OPTION_NUMBER,
    .argument = "N",
    .help = "text: summarise if there are more values (" TEXT_OF(PRINT_THRESHOLD) ")",
    .set = set_threshold,
};
static const option_spec edgeitems = {
    .name = "edgeitems",
    .kind = OPTION_NUMBER,
    .argument = "N",
    .help = "text: values shown at each end of a summary (" TEXT_OF(PRINT_EDGEITEMS) ")",
    .set = set_edgeitems,
};
static const option_spec linewidth = {
    .name = "linewidth",
    .kind = OPTION_NUMBER,
    .argument = "N",
    .help = "text: characters on a line (" TEXT_OF(PRINT_LINEWIDTH) ")",
    .set = set_linewidth,
};
static const option_spec sci_mode = {
    .name = "sci-mode",
    .kind = OPTION_WORD,
    .argument = "WHEN",
    .help = "text: scientific notation auto, always or never",
    .set = set_sci_mode,
    .word = sci_mode_word,
};
static const option_spec profile = {
    .name = "profile",
    .kind = OPTION_WORD,
    .argument = "P",
    .help = "text: default, short or full",
    .set = set_profile,
    .word = profile_word,
};

const option_spec *const text_options[] = {&precision, &threshold, &edgeitems, &linewidth,
                                           &sci_mode,  &profile,   NULL};
