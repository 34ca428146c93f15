/* npz_words.h - words that stand beside the vectors in an .npz file, as numpy.savez(words=...,
 * vectors=...) puts them there.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_NUMPY_NPZ_WORDS_H
#define TOKVEC_FORMATS_NUMPY_NPZ_WORDS_H

#include "table/weights.h"

/* The words of the rows: an array of text with one axis, called "words", "vocab" or the like, of as
 * many elements as a matrix beside it has rows. As weights_format.vocab. */
tokvec_vocab *npz_words(tokvec_weights *weights, tokvec_error *err);

#endif
