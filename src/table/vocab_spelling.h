/* vocab_spelling.h - how vocabulary files spell bytes: base64, Python's literals, YAML's keys.
 * Each function writes the token to out, which has room for the spelling's bytes, and returns its
 * length; SIZE_MAX if it is not spelt so.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_VOCAB_SPELLING_H
#define TOKVEC_TABLE_VOCAB_SPELLING_H

#include "tokvec.h"

/* Base64 of RFC 4648 with its padding, of one byte or more; with out NULL only its length, and 0
 * instead of SIZE_MAX. */
size_t spelling_base64(tokvec_text text, char *out);

/* 'text' and "text", in which \xe9 is a character, and b'bytes', in which it is a byte. */
bool spelling_is_python(tokvec_text text);
size_t spelling_python(tokvec_text text, char *out);

/* A key that is plain, in '' or in "". */
size_t spelling_yaml(tokvec_text text, char *out);

/* True if the text is one character, perhaps with the end of a word ("</w>") behind it. */
bool spelling_is_character(tokvec_text text);

#endif
