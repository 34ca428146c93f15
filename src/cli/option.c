/* option.c - an option of the command line, and reading its value.
 * See option.h.
 * SPDX-License-Identifier: MIT */
#include "cli/option.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool option_bad_value(const option_spec *option, const char *text, const char *hint,
                      tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not a valid value for --%s", text, option->name);
    return error_hint(err, "%s", hint);
}

bool option_bad_word(const option_spec *option, const char *text, tokvec_error *err)
{
    char hint[300] = "";
    size_t length = 0;
    for (size_t i = 0; option->word(i).name != NULL && length < sizeof hint; i++) {
        const char *before = i == 0 ? "choose " : option->word(i + 1).name != NULL ? ", " : " or ";
        length += (size_t)snprintf(hint + length, sizeof hint - length, "%s%s", before,
                                   option->word(i).name);
    }
    return option_bad_value(option, text, hint, err);
}

bool option_integer(const char *text, bool *negative, uint64_t *value)
{
    const char *digits = text + (*text == '-' || *text == '+');
    size_t length = strlen(digits);
    if (length == 0 || strspn(digits, "0123456789") != length)
        return false;
    errno = 0;
    unsigned long long magnitude = strtoull(digits, NULL, 10);
    *negative = *text == '-' && magnitude > 0;
    *value = *negative ? 0 - (uint64_t)magnitude : magnitude;
    return errno == 0 && !(*negative && magnitude > (UINT64_C(1) << 63));
}

bool option_unsigned(const char *text, uint64_t most, uint64_t *value)
{
    bool negative;
    return option_integer(text, &negative, value) && !negative && *value <= most;
}

bool option_signed(const char *text, int64_t *value)
{
    bool negative;
    uint64_t bits;
    if (!option_integer(text, &negative, &bits) || (!negative && bits > INT64_MAX))
        return false;
    *value = (int64_t)bits;
    return true;
}

tokvec_dtype option_dtype(const char *text)
{
    return tokvec_dtype_from_name(strncmp(text, "torch.", 6) == 0 ? text + 6 : text);
}

bool option_set(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    void *place = (char *)s + option->place;
    if (option->set != NULL)
        return option->set(option, s, text, err);
    if (option->kind == OPTION_FLAG)
        *(bool *)place = true;
    else
        *(const char **)place = text;
    return true;
}
