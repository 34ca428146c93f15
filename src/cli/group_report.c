/* group_report.c - the options that say how a report is printed, and where to.
 * See group_report.h.
 * SPDX-License-Identifier: MIT */
#include "cli/group_report.h"

#include "cli/group_output.h"

#include <stddef.h>
#include <stdlib.h>

static option_word format_word(size_t index)
{
    const report_format *format = report_formats[index];
    return format == NULL ? (option_word){NULL, NULL} : (option_word){format->name, format->help};
}

static bool set_format(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    s->output.report = report_find(text);
    return s->output.report != NULL || group_output_unknown_format(option, text, err);
}

bool group_report_settle(output_settings *s, tokvec_error *err)
{
    const report_format *asked = s->report;
    char *path;
    if (!group_output_unpacked(s, &path, err))
        return false;
    s->report = report_choose(asked, path, err);
    free(path);
    if (s->report == NULL && asked != NULL)
        return error_hint(err, "leave out --format, or give the file another name");
    return s->report != NULL;
}

const option_spec report_format_option = {
    .name = "format",
    .letter = 'f',
    .kind = OPTION_WORD,
    .argument = "F",
    .help = "output format, see below",
    .set = set_format,
    .word = format_word,
};
static const option_spec no_header = {
    .name = "no-header",
    .kind = OPTION_FLAG,
    .help = "leave out the names of the columns",
    .place = offsetof(settings, output.no_header),
};

const option_spec *const report_options[] = {&report_format_option, &output_option, &no_header,
                                             NULL};
