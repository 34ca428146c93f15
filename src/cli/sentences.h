/* sentences.h - a lookup that makes one vector of each sentence.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_SENTENCES_H
#define TOKVEC_CLI_SENTENCES_H

#include "cli/source.h"
#include "cli/text_input.h"

/* Prints the vectors of the sentences of the arguments, which together are a line, or of the text,
 * which is yet to be opened. */
bool sentences_print(const settings *s, source *from, text_input *text, tokvec_error *err);

#endif
