/* spacy.h - the words of spaCy's vectors.
 * Beside a matrix, "vectors", lies "key2row": which row the hash of each word has; several words
 * may have one row, and rows none. The words themselves are in "strings.json", in an order of their
 * own, among many others; a word can be looked up without it, a row not be labelled.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_VOCAB_SPACY_H
#define TOKVEC_VOCAB_SPACY_H

#include "io/file_map.h"
#include "vocab/vocab.h"

/* Whether the file is a key2row: all of it is a map from hashes to rows; or its name and its first
 * byte say so. */
bool spacy_recognise(const file_map *map);

/* Its vocabulary; the map is borrowed only meanwhile. NULL and an error, of TOKVEC_UNSUPPORTED
 * where vectors.cfg beside it says that rows are not those of words (floret). */
tokvec_vocab *spacy_open(const file_map *map, tokvec_error *err);

/* What a word has in place of a row's number: its hash, MurmurHash64A with the seed 1. */
uint64_t spacy_key(tokvec_text word);

/* Some words have a number in place of the hash: those that are names of spaCy's own, as "number"
 * is. SPACY_NO_SYMBOL: this is not one. */
uint64_t spacy_symbol(tokvec_text word);
#define SPACY_NO_SYMBOL UINT64_MAX

/* Such a word, by its number; NULL bytes: there is none. */
tokvec_text spacy_symbol_text(uint64_t number);

#endif
