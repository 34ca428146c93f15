/* vocab_rules.h - what all the lines of a text have in common.
 * A file with a rule of its own on every line is not one of a token a line.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_VOCAB_VOCAB_RULES_H
#define TOKVEC_VOCAB_VOCAB_RULES_H

#include "io/file_map.h"

typedef enum line_rule {
    RULE_NONE = 0,    /* one token a line, as far as can be told */
    RULE_RANK,        /* a token in base64, a number: tiktoken */
    RULE_LITERAL,     /* an ID, a literal of Python, a length: RWKV */
    RULE_YAML,        /* a key, a colon, a number: Marian */
    RULE_WORD_NUMBER, /* a word, blanks or a tab, an integer: an ID or a count */
    RULE_SCORE,       /* anything, a tab, a number: SentencePiece's .vocab */
    RULE_NUMBER,      /* something else ends in a number */
    RULE_TABLE,       /* a header of two columns, then tokens and integers */
    RULE_MERGES,      /* "#version" first, or two parts that make a token */
    RULE_SUBWORDS,    /* in quotes: tensor2tensor */
    RULE_ID_FIRST,    /* an ID, something else */
    RULE_FIELDS,      /* always as many fields, more than two */
    RULE_TABS,        /* always as many tabs */
    RULE_COMMAS,      /* always as many commas */
    RULE_PYTHON,      /* a dict or a list as Python prints it */
} line_rule;

typedef struct line_rules {
    line_rule rule;
    uint64_t lines; /* that are not empty */
    uint64_t
        odd; /* the line, from 1, that does not keep the rule, as nearly all others do; 0: none */
} line_rules;

/* The first rule of the list above that every line keeps, but empty ones; or one of those that no
 * list of tokens has which nearly every line keeps. Stops where none is left. */
line_rules vocab_rules_of(const file_map *map, uint64_t start);

/* Whether no weights file keeps the rule, so that there is no need to ask. */
bool vocab_rules_certain(line_rule rule);

/* The next line from *at on, without its end (LF or CR LF); *at goes behind it. False at the end.
 */
bool vocab_rules_line(const file_map *map, uint64_t *at, tokvec_text *line);

/* Likewise, but false too before a line longer than any in a vocabulary. */
bool vocab_rules_short_line(const file_map *map, uint64_t *at, tokvec_text *line);

/* ---- parts of lines -------------------------------------------------------------------------- */

/* True if all of it is digits, as many as a number up to 2^63 may have; the number. */
bool vocab_rules_number(tokvec_text text, uint64_t *out);

/* A line without what fairseq may write behind it. */
tokvec_text vocab_rules_bare(tokvec_text line);

/* True of a line whose last field is digits behind a blank, as tiktoken writes it; the digits, and
 * all that is before them, which is base64 if it is such a line. */
bool vocab_rules_rank(tokvec_text line, tokvec_text *token, uint64_t *rank);

/* How many fields there are between blanks and tabs; the first and the last of them. */
size_t vocab_rules_fields(tokvec_text line, tokvec_text *first, tokvec_text *last);

/* Decodes base64 with its padding, to out, which has room for as many bytes as text (NULL: only
 * checked). Returns the length, 0 if it is not base64. */
size_t vocab_rules_base64(tokvec_text text, char *out);

#endif
