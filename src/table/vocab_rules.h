/* vocab_rules.h - vocabularies in which every line keeps to a rule of its own.
 * A token and its rank, number or count; Python's or YAML's spelling. Read as one token a line they
 * would give labels that are none, so each is read by its rule or refused by its name.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_VOCAB_RULES_H
#define TOKVEC_TABLE_VOCAB_RULES_H

#include "table/vocab_list.h"

/* What a text file turned out to be. */
typedef enum ruled { RULED_NOT, RULED_READ, RULED_REFUSED } ruled;

/* RULED_READ: *vocab is the vocabulary; RULED_REFUSED: *err says what the file is; RULED_NOT:
 * its lines keep to no rule. Sources of the rules: facts of tiktoken, RWKV's vocabulary, fairseq's
 * dictionary, Kaldi's symbol tables, Marian's YAML, and GloVe's counts. */
ruled vocab_rules(const file_map *map, tokvec_vocab **vocab, tokvec_error *err);

#endif
