/* option.h - an option of the command line, and reading its value.
 * A command lists the options it takes: groups that commands share (group_*.h) beside its own. The
 * parser, the help and the suggestions for misspelt ones all come from these lists.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_OPTION_H
#define TOKVEC_CLI_OPTION_H

#include "base/error.h"

typedef struct settings settings; /* what options set, see settings.h */

typedef enum option_kind {
    OPTION_FLAG,   /* takes no value */
    OPTION_TEXT,   /* anything */
    OPTION_FILE,   /* the name of a file */
    OPTION_NUMBER, /* an integer */
    OPTION_WORD    /* one of few words */
} option_kind;

/* A word that an option takes. Without a name: there are no more. */
typedef struct option_word {
    const char *name;
    const char *help; /* NULL: goes without saying */
} option_word;

typedef struct option_spec {
    const char *name;
    char letter; /* or 0 */
    option_kind kind;
    const char *argument; /* what the help calls the value; NULL for a flag */
    const char *help;     /* one line or several */
    /* What the option does. By default a flag sets the bool at byte `place` of the command's
     * settings, and all others the const char * there, which is borrowed from the value. */
    size_t place;
    bool (*set)(const struct option_spec *option, settings *s, const char *text, tokvec_error *err);
    option_word (*word)(size_t index); /* OPTION_WORD: those it takes, by number */
    const char *words;                 /* what the help calls them; NULL: by the option's name */
} option_spec;

/* Some options, which end with NULL. */
typedef const option_spec *const *option_list;

/* Does what an option does with a value, which is NULL for a flag. */
bool option_set(const option_spec *option, settings *s, const char *text, tokvec_error *err);

/* The error for a value that an option does not take, with what to do; the second one names the
 * option's words. Both return false. */
bool option_bad_value(const option_spec *option, const char *text, const char *hint,
                      tokvec_error *err);
bool option_bad_word(const option_spec *option, const char *text, tokvec_error *err);

/* Decimal integers with an optional sign; false if there is anything else or it does not fit. In
 * the first one positive ones go up to 2^64-1, negative ones down to -2^63, as two's complement. */
bool option_integer(const char *text, bool *negative, uint64_t *value);
bool option_unsigned(const char *text, uint64_t most, uint64_t *value);
bool option_signed(const char *text, int64_t *value);

/* A dtype by PyTorch's name, with or without "torch."; else TOKVEC_NO_DTYPE. */
tokvec_dtype option_dtype(const char *text);

#endif
