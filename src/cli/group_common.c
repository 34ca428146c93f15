/* group_common.c - the options of nearly all commands.
 * See group_common.h.
 * SPDX-License-Identifier: MIT */
#include "cli/group_common.h"

#include "base/threads.h"

#include <stddef.h>

static bool set_threads(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    uint64_t value;
    if (!option_unsigned(text, THREADS_MAX, &value) || value == 0)
        return option_bad_value(option, text, "give a number from 1 to " TEXT_OF(THREADS_MAX), err);
    s->common.threads = (unsigned)value;
    return true;
}

static const option_spec threads = {
    .name = "threads",
    .letter = 'j',
    .kind = OPTION_NUMBER,
    .argument = "N",
    .help = "use N threads (as many as there are processors)",
    .set = set_threads,
};
static const option_spec help = {
    .name = "help",
    .letter = 'h',
    .kind = OPTION_FLAG,
    .help = "show this help",
    .place = offsetof(settings, common.help),
};
static const option_spec version = {
    .name = "version",
    .letter = 'V',
    .kind = OPTION_FLAG,
    .help = "show the version",
    .place = offsetof(settings, common.version),
};

static const option_spec quiet = {
    .name = "quiet",
    .letter = 'q',
    .kind = OPTION_FLAG,
    .help = "print no warnings; where the status tells, nothing",
    .place = offsetof(settings, common.quiet),
};

const option_spec *const common_options[] = {&quiet, &help, &version, NULL};
const option_spec *const thread_options[] = {&threads, NULL};
