/* vocab_kinds.h - the kinds of files that hold a vocabulary.
 * Each reads a whole file, which it borrows only while it reads, from `start` on, which is behind
 * a byte order mark.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_VOCAB_VOCAB_KINDS_H
#define TOKVEC_VOCAB_VOCAB_KINDS_H

#include "text/json_scan.h"
#include "vocab/vocab_list.h"
#include "vocab/vocab_rules.h"

/* True if the file is JSON, as vocabularies are, or something else that is an object or a list. */
bool vocab_json_recognise(const file_map *map, uint64_t start);

/* NULL and an error that says what the JSON is, if it is not a vocabulary. */
tokvec_vocab *vocab_json(const file_map *map, uint64_t start, tokvec_error *err);

/* True if the JSON, all of which is there, is a tekken.json of Mistral, by its list of tokens. */
bool vocab_is_tekken(const file_map *map, uint64_t start);
tokvec_vocab *vocab_tekken(const file_map *map, uint64_t start, tokvec_error *err);

/* What else the JSON is, by the names of its outermost members: "a model's configuration", with
 * what to do in *hint; NULL if no telling. It need not be well-formed. With `numbers`, all of them
 * are numbers, and it might be a vocabulary. */
const char *vocab_json_other(const file_map *map, uint64_t start, bool numbers, const char **hint);

/* Adds the tokens of a tokenizer_config.json (added_tokens_decoder) or of an added_tokens.json to
 * the list, which is then to be sealed. *found: whether there are any. */
bool vocab_json_added(vocab_list *list, const file_map *map, bool *found, tokvec_error *err);

/* A file of nothing but ranks, as tiktoken has, which shows only while it is read. False: it is
 * something else, and nothing is said. NULL and an error if its ranks or tokens are not good. */
bool vocab_ranks(const file_map *map, uint64_t start, tokvec_vocab **vocab, tokvec_error *err);

/* Text by a rule that all its lines keep; see vocab_rules.h. A rule for which there is no reader is
 * refused by name. */
tokvec_vocab *vocab_by_rule(const file_map *map, uint64_t start, const line_rules *rules,
                            tokvec_error *err);

/* The readers of the rules: ranks behind tokens in base64; RWKV's literals; words with numbers;
 * YAML. Each fills the list. */
bool vocab_read_ranks(vocab_list *list, const file_map *map, uint64_t start, tokvec_error *err);
bool vocab_read_literals(vocab_list *list, const file_map *map, uint64_t start, tokvec_error *err);
bool vocab_read_columns(vocab_list *list, const file_map *map, uint64_t start, tokvec_error *err);
bool vocab_read_yaml(vocab_list *list, const file_map *map, uint64_t start, tokvec_error *err);

/* Refuses repeated tokens where each has a number: `added` were added before sealing. */
bool vocab_repeated(const file_map *map, const vocab_list *list, size_t added, tokvec_error *err);

/* True if the file is a model of SentencePiece, or one that is damaged behind its first piece. */
bool vocab_is_pieces(const file_map *map);

/* Its pieces, each with its place as ID; a list, to which tokens may be added. */
tokvec_vocab *vocab_pieces(const file_map *map, tokvec_error *err);

/* One token a line; no rule of their own, or, scored, RULE_SCORE: a tab and a score behind each. */
tokvec_vocab *vocab_lines(const file_map *map, uint64_t start, bool scored, tokvec_error *err);

#endif
