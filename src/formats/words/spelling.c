/* spelling.c - how words stand in text files of word vectors.
 * See spelling.h.
 * SPDX-License-Identifier: MIT */
#include "formats/words/spelling.h"

#include "base/array.h"
#include "text/word_form.h"

#include <string.h>

/* ---------------------------------------------------------------- base64 */

static const char mark[] = "B64:";
enum { MARK = sizeof mark - 1, GROUP = 4 }; /* characters that are three bytes */

static int digit_of(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = memchr(digits, c, sizeof digits - 1);
    return found == NULL ? -1 : (int)(found - digits);
}

/* The bytes of `length` base64 characters, padded as they should be; false if they are not base64.
 * With `out` NULL they are only looked at. */
static bool decode(const char *text, size_t length, char *out, size_t *size)
{
    *size = 0;
    if (length % GROUP != 0)
        return false;
    for (size_t at = 0; at < length; at += GROUP) {
        bool last = at + GROUP == length;
        unsigned padding = !last                         ? 0
                           : text[at + 2] == '='         ? 2
                           : text[at + GROUP - 1] == '=' ? 1
                                                         : 0;
        unsigned bits = 0;
        for (unsigned i = 0; i < GROUP; i++) {
            int digit =
                i + padding >= GROUP ? (text[at + i] == '=' ? 0 : -1) : digit_of(text[at + i]);
            if (digit < 0)
                return false;
            bits = bits << 6 | (unsigned)digit;
        }
        for (unsigned i = 0; i + padding < GROUP - 1; i++, ++*size) {
            if (out != NULL)
                out[*size] = (char)(bits >> (16 - 8 * i));
        }
    }
    return true;
}

bool spelling_is_base64(tokvec_text w)
{
    size_t size;
    return w.length > MARK && memcmp(w.bytes, mark, MARK) == 0 &&
           decode(w.bytes + MARK, w.length - MARK, NULL, &size);
}

/* ---------------------------------------------------------------- quotes */

/* A field in quotes that needs them: with a blank or a doubled quote in it, and no other quote. A
 * lone quote, or a word that merely stands in quotes, is a word as it is. */
static bool is_quoted(tokvec_text w)
{
    bool needed = false, other = false;
    if (w.length < 3 || w.bytes[0] != '"' || w.bytes[w.length - 1] != '"')
        return false;
    for (size_t i = 1; i + 1 < w.length; i++) {
        if (w.bytes[i] == '"') {
            if (i + 2 >= w.length || w.bytes[++i] != '"')
                return false;
            needed = true;
        } else {
            needed = needed || w.bytes[i] == ' ';
            other = true;
        }
    }
    return needed && other;
}

static bool in_quotes(tokvec_text w)
{
    return w.length >= 2 && w.bytes[0] == '"' && w.bytes[w.length - 1] == '"';
}

static size_t unquote_r(tokvec_text w, char *out)
{
    size_t n = 0;
    for (size_t i = 1; i + 1 < w.length; i++) {
        bool pair = (w.bytes[i] == '\\' || w.bytes[i] == '"') && w.bytes[i + 1] == '"';
        i += pair && i + 2 < w.length;
        out[n++] = w.bytes[i];
    }
    return n;
}

static size_t unquote(tokvec_text w, char *out)
{
    size_t n = 0;
    for (size_t i = 1; i + 1 < w.length; i++) {
        out[n++] = w.bytes[i];
        i += w.bytes[i] == '"';
    }
    return n;
}

/* ---------------------------------------------------------------- all */

bool spelling_read(spelling kind, text_rows_room *room, tokvec_text *word, tokvec_error *err)
{
    bool other = kind == SPELLING_FORMS    ? word_form_is_one(*word)
                 : kind == SPELLING_QUOTED ? is_quoted(*word)
                 : kind == SPELLING_R      ? in_quotes(*word)
                                           : spelling_is_base64(*word);
    if (!other)
        return true;
    if (!array_reserve(&room->bytes, &room->reserved, word->length, 1, err))
        return false;
    size_t length = 0;
    if (kind == SPELLING_FORMS)
        length = word_form_read(*word, room->bytes);
    else if (kind == SPELLING_QUOTED)
        length = unquote(*word, room->bytes);
    else if (kind == SPELLING_R)
        length = unquote_r(*word, room->bytes);
    else
        decode(word->bytes + MARK, word->length - MARK, room->bytes, &length);
    *word = (tokvec_text){room->bytes, length};
    return true;
}
