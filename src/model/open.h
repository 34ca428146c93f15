/* open.h - which format a file is of.
 * The list of formats is in open.c. A format is one file or folder in formats/: it recognises its
 * content and reads the header into a list of tensors; and a line in that list.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_OPEN_H
#define TOKVEC_MODEL_OPEN_H

#include "table/weights.h"

/* All formats that are recognised, in an order that decides nothing; ends with NULL. */
extern const weights_format *const weights_formats[];

/* Opens what is mapped; owns map from the call on, also when it fails. */
tokvec_weights *open_weights(file_map *map, tokvec_error *err);
tokvec_weights *open_weights_as(file_map *map, const tokvec_file_spec *spec, tokvec_error *err);
/* The same of what is in it, if it is compressed. */
tokvec_weights *open_unpacking(file_map *map, const tokvec_file_spec *spec, tokvec_error *err);
/* Opens a file by a format that is not recognised by its content: of one of several files. */
tokvec_weights *open_weights_of(const char *path, const weights_format *format, tokvec_error *err);
tokvec_vocab *open_vocab(file_map *map, tokvec_error *err);

/* True if the file is known to be something that tokvec does not read: see foreign_refuse. */
bool open_refuse_foreign(const file_map *map, tokvec_error *err);

/* Whether the content is that of some format. */
bool open_recognised(const file_map *map);

#endif
