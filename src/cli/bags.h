/* bags.h - a lookup that makes one vector of several rows.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_BAGS_H
#define TOKVEC_CLI_BAGS_H

#include "cli/text_input.h"
#include "cli/wanted.h"

/* Whether the options about bags go together with the others. */
bool bags_check(const settings *s, tokvec_error *err);

/* Prints the bags of the arguments or, if there are none, of the text. All but `text` are open and
 * ready. */
bool bags_print(const settings *s, source *from, wanted *w, text_input *text, tokvec_error *err);

#endif
