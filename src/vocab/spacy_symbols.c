/* spacy_symbols.c - hashes of words, and the words that have none.
 * See spacy.h.
 * SPDX-License-Identifier: MIT */
#include "vocab/spacy.h"

#include "base/bytes.h"

#include <string.h>

uint64_t spacy_key(tokvec_text word)
{
    enum { SEED = 1, SHIFT = 47 };
    const uint64_t factor = UINT64_C(0xc6a4a7935bd1e995);
    uint64_t h = SEED ^ (word.length * factor);
    size_t at = 0;
    for (; word.length - at >= 8; at += 8) {
        uint64_t k = load_le64(word.bytes + at) * factor;
        h = (h ^ (k ^ k >> SHIFT) * factor) * factor;
    }
    if (at < word.length) {
        uint8_t rest[8] = {0};
        memcpy(rest, word.bytes + at, word.length - at);
        h = (h ^ load_le64(rest)) * factor;
    }
    h = (h ^ h >> SHIFT) * factor;
    return h ^ h >> SHIFT;
}

/* spaCy's symbols, of which the numbers from `first` on follow one another. Those left out,
 * FLAG19 and DEPRECATED001 and the like, are not words. */
static const struct {
    unsigned first;
    const char *names; /* a space between them */
} symbols[] = {
    {0, " IS_ALPHA IS_ASCII IS_DIGIT IS_LOWER IS_PUNCT IS_SPACE IS_TITLE IS_UPPER LIKE_URL "
        "LIKE_NUM LIKE_EMAIL IS_STOP IS_OOV_DEPRECATED IS_BRACKET IS_QUOTE IS_LEFT_PUNCT "
        "IS_RIGHT_PUNCT IS_CURRENCY"},
    {64, "ID ORTH LOWER NORM SHAPE PREFIX SUFFIX LENGTH CLUSTER LEMMA POS TAG DEP ENT_IOB ENT_TYPE "
         "HEAD SENT_START SPACY PROB LANG ADJ ADP ADV AUX CONJ CCONJ DET INTJ NOUN NUM PART PRON "
         "PROPN PUNCT SCONJ SYM VERB X EOL SPACE"},
    {380,
     "PERSON NORP FACILITY ORG GPE LOC PRODUCT EVENT WORK_OF_ART LANGUAGE LAW DATE TIME "
     "PERCENT MONEY QUANTITY ORDINAL CARDINAL acomp advcl advmod agent amod appos attr aux "
     "auxpass cc ccomp complm conj cop csubj csubjpass dep det dobj expl hmod hyph infmod intj "
     "iobj mark meta neg nmod nn npadvmod nsubj nsubjpass num number oprd obj obl parataxis "
     "partmod pcomp pobj poss possessive preconj prep prt punct quantmod relcl rcmod root "
     "xcomp acl ENT_KB_ID MORPH ENT_ID IDX _"},
};

static size_t name_length(const char *name)
{
    return strcspn(name, " ");
}

uint64_t spacy_symbol(tokvec_text word)
{
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        uint64_t number = symbols[i].first;
        for (const char *at = symbols[i].names;; number++) {
            size_t length = name_length(at);
            if (length == word.length && (length == 0 || memcmp(at, word.bytes, length) == 0))
                return number;
            if (at[length] == '\0')
                break;
            at += length + 1;
        }
    }
    return SPACY_NO_SYMBOL;
}

tokvec_text spacy_symbol_text(uint64_t number)
{
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        uint64_t here = symbols[i].first;
        for (const char *at = symbols[i].names;; here++) {
            size_t length = name_length(at);
            if (here == number)
                return (tokvec_text){at, length};
            if (at[length] == '\0')
                break;
            at += length + 1;
        }
    }
    return (tokvec_text){NULL, 0};
}
