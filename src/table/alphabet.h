/* alphabet.h - how tokenizers write text in their vocabularies.
 * GPT-2's byte-level BPE has a character for every byte; SentencePiece writes spaces as U+2581
 * and single bytes as <0x0A>; RWKV's tokens stand in GGUF files as Python prints bytes.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_ALPHABET_H
#define TOKVEC_TABLE_ALPHABET_H

#include "tokvec.h"

typedef enum alphabet {
    ALPHABET_PLAIN = 0, /* tokens are stored as they read */
    ALPHABET_BYTE_LEVEL,
    ALPHABET_SENTENCEPIECE,
    ALPHABET_PYTHON /* \n, \xe4: as repr() writes bytes, without the quotes */
} alphabet;

enum { ALPHABET_GROWTH = 4 }; /* a spelling has at most so many bytes for one of text */

/* The text of a stored token, to out, which has room for stored.length bytes. A token that is not
 * in the alphabet (a special one, with a space as it is) is text already. Returns the length. */
size_t alphabet_decode(alphabet kind, tokvec_text stored, char *out);

/* How text is stored, to out, which has room for ALPHABET_GROWTH * text.length bytes. Returns the
 * length. */
size_t alphabet_encode(alphabet kind, tokvec_text text, char *out);

/* Bytes that are no UTF-8 as <0xE4>, and a < that would be taken for the beginning of one as
 * <0x3C>; the rest as it is. out has room for 6 * text.length bytes. Returns the length. */
size_t alphabet_escape(tokvec_text text, char *out);

/* The reverse, for every <0xE4> in it. out has room for text.length bytes. */
size_t alphabet_unescape(tokvec_text text, char *out);

#endif
