/* word_form.h - words in word2vec text whatever their bytes.
 * The format ends a word at a space and a row at a newline, and other readers end words at any
 * white space. tokvec therefore writes those bytes as <0x20>, other control characters too, and no
 * bytes at all as <0x>; and where a word itself has such a form in it, the form's '<' as <0x3C>.
 * All else, bytes that are not UTF-8 included, stands as it is.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TEXT_WORD_FORM_H
#define TOKVEC_TEXT_WORD_FORM_H

#include "tokvec.h"

enum { WORD_FORM_MAX = 6 }; /* bytes that a byte of a word may become */

/* Writes the first byte of a word, or of what is left of one, as it stands in a file, to out, which
 * has WORD_FORM_MAX bytes; of a word of no bytes its form. Returns how many it has become. */
size_t word_form_write(tokvec_text rest, char *out);

/* Whether a word in a file may be other than it looks; else word_form_read need not be called. */
bool word_form_is_one(tokvec_text written);

/* Writes the word that stands so in a file to out, which has written.length bytes. Returns how
 * many it has; what word_form_write did not write comes out as it is. */
size_t word_form_read(tokvec_text written, char *out);

/* The value of a digit of such a form, which are capitals; -1 if it is not one. */
int word_form_hex_digit(char c);

#endif
