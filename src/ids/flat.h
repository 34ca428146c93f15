/* flat.h - the fast path of the parser: nothing but IDs, white space and commas.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_IDS_FLAT_H
#define TOKVEC_IDS_FLAT_H

#include "ids/items.h"

/* Takes IDs from text[at..size) as long as they are plain: at most seven digits, in range, between
 * white space and commas, outside all brackets. Returns where it stopped, which is where a word,
 * white space or a comma begins; what is there is for the general path, which also finds the words
 * for what is wrong with it. SIZE_MAX and an error if there is no memory. */
size_t ids_parse_flat(ids_parser *p, const char *text, size_t size, size_t at, tokvec_error *err);

#endif
