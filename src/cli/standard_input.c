/* standard_input.c - standard input, which can be read once.
 * See standard_input.h.
 * SPDX-License-Identifier: MIT */
#include "cli/standard_input.h"

#include "io/path.h"

#include <string.h>

bool standard_input_take(const char *path, const char *what, tokvec_error *err)
{
    static const char *taken;
    if (path != NULL && !path_is_standard_input(path))
        return true;
    if (taken == NULL) {
        taken = what;
        return true;
    }
    error_set(err, TOKVEC_BAD_ARGUMENT, "standard input would be read twice, for %s and for %s",
              taken, what);
    return error_hint(err, "name a file for one of the two%s",
                      strstr(what, "IDs") != NULL ? ", or give the IDs as arguments" : "");
}

bool standard_input_check(const settings *s, bool operands_are_files, tokvec_error *err)
{
    const struct {
        const char *path, *what;
    } named[] = {{s->table.weights, "the weights"},
                 {s->table.state, "the state"},
                 {s->ids.vocab, "the vocabulary"},
                 {s->ids.input, "token IDs"}};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (named[i].path != NULL && !standard_input_take(named[i].path, named[i].what, err))
            return false;
    }
    for (size_t i = 0; operands_are_files && i < s->operand_count; i++) {
        if (!standard_input_take(s->operands[i].text, "the file", err))
            return false;
    }
    return true;
}
