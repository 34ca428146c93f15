/* alphabet.h - how tokenizers write text in their vocabularies.
 * GPT-2's byte-level BPE has a character for every byte; SentencePiece writes spaces as U+2581
 * and single bytes as <0x0A>; RWKV's tokens stand in GGUF files as Python prints bytes.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_VOCAB_ALPHABET_H
#define TOKVEC_VOCAB_ALPHABET_H

#include "tokvec.h"

typedef enum alphabet_kind {
    ALPHABET_PLAIN = 0, /* tokens are stored as they read */
    ALPHABET_BYTE_LEVEL,
    ALPHABET_SENTENCEPIECE,
    ALPHABET_PYTHON /* \n, \xe4: as repr() writes bytes, without the quotes */
} alphabet_kind;

/* Which tokens of SentencePiece's alphabet are single bytes. Its own models have them in capitals
 * only; the decoder ByteFallback of tokenizer.json takes small letters too; a tokenizer.json
 * without it has none. */
typedef enum byte_forms { BYTES_IN_CAPITALS = 0, BYTES_IN_ANY_CASE, BYTES_NEVER } byte_forms;

#define ALPHABET_MARK "\xe2\x96\x81" /* U+2581, which SentencePiece writes for a space */

enum { ALPHABET_SPACE = 4 }; /* as many bytes may stand for a space */

typedef struct alphabet {
    alphabet_kind kind;
    byte_forms bytes;               /* the rest: of SentencePiece's */
    char space[ALPHABET_SPACE + 1]; /* what stands for a space; "": ALPHABET_MARK */
} alphabet;

enum { ALPHABET_GROWTH = 4 }; /* a spelling has at most this many bytes for one of text */

/* The text of a stored token, to out, which has room for stored.length bytes. A token that is not
 * in GPT-2's alphabet (a special one, with a space as it is) is text already. Returns the length.
 */
size_t alphabet_decode(const alphabet *a, tokvec_text stored, char *out);

/* Whether a token is a form of one byte, as <0x0A>. */
bool alphabet_is_byte(tokvec_text stored, byte_forms forms);

/* How text is stored, to out, which has room for ALPHABET_GROWTH * text.length bytes. Returns the
 * length. */
size_t alphabet_encode(const alphabet *a, tokvec_text text, char *out);

/* Bytes that are not UTF-8 as <0xE4>, and a < that would be taken for the beginning of one as
 * <0x3C>; the rest as it is. out has room for 6 * text.length bytes. Returns the length. */
size_t alphabet_escape(tokvec_text text, char *out);

/* The reverse, for every <0xE4> in it. out has room for text.length bytes. */
size_t alphabet_unescape(tokvec_text text, char *out);

#endif
