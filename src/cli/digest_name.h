/* digest_name.h - what a line of digests calls a table.
 * FILE:TENSOR, or seed:SEED:ROWSxCOLUMNS:DTYPE. Before either there may be options of the command
 * line, without which the values would be others; a seeded table that takes more than the above to
 * draw is named by options alone. A file whose name would be taken for one of these has ./ before
 * it.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_DIGEST_NAME_H
#define TOKVEC_CLI_DIGEST_NAME_H

#include "cli/source.h"

/* Writes the name of a source's table, or of another tensor of its file. */
void digest_name_put(const settings *s, const source *from, const tokvec_tensor *tensor, sink *out);

/* Reads a name: what it tells of the table goes into s->table and s->output.as, and *file is where
 * FILE:TENSOR begins; NULL: the table is seeded. The text is cut up. Fails with
 * TOKVEC_BAD_ARGUMENT if it is no name. */
bool digest_name_read(char *text, settings *s, char **file, tokvec_error *err);

#endif
