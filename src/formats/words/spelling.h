/* spelling.h - how words stand in text files of word vectors.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_WORDS_SPELLING_H
#define TOKVEC_FORMATS_WORDS_SPELLING_H

#include "formats/words/text_rows.h"

typedef enum spelling {
    SPELLING_FORMS,  /* as tokvec writes them: see text/word_form.h */
    SPELLING_QUOTED, /* as pandas does where blanks separate: "New York", "x""y" */
    SPELLING_R,      /* as R does, every word: "the", "x\"y", "x""y" */
    SPELLING_BASE64, /* as DeepLearning4j does: B64:dGhl */
} spelling;

/* Whether a word is written in base64. */
bool spelling_is_base64(tokvec_text written);

/* Turns a word as it stands in the file into what it means, in `room` if it is another. A word
 * that is not spelt so stays as it is. */
bool spelling_read(spelling kind, text_rows_room *room, tokvec_text *word, tokvec_error *err);

#endif
