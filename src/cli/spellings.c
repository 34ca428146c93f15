/* spellings.c - the tokens of some rows, to be compared with those of others.
 * See spellings.h.
 * SPDX-License-Identifier: MIT */
#include "cli/spellings.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

bool spellings_of_rows(spellings *words, const source *from, const int64_t *rows, size_t count,
                       tokvec_error *err)
{
    words->count = words->length = 0;
    for (size_t i = 0; i < count; i++) {
        tokvec_text token;
        if (!source_token(from, rows[i], &token, err))
            return false;
        if (token.bytes == NULL)
            continue;
        if (!array_reserve(&words->ends, &words->end_capacity, words->count + 1,
                           sizeof *words->ends, err) ||
            !array_reserve(&words->bytes, &words->capacity, words->length + token.length + 1, 1,
                           err))
            return false;
        memcpy(words->bytes + words->length, token.bytes, token.length);
        words->length += token.length;
        words->ends[words->count++] = words->length;
    }
    return true;
}

bool spellings_have(const spellings *words, const source *from, int64_t row, bool *have,
                    tokvec_error *err)
{
    tokvec_text token;
    *have = false;
    if (!source_token(from, row, &token, err))
        return false;
    for (size_t i = 0, begin = 0; i < words->count && token.bytes != NULL && !*have; i++) {
        size_t length = words->ends[i] - begin;
        *have = length == token.length && memcmp(words->bytes + begin, token.bytes, length) == 0;
        begin = words->ends[i];
    }
    return true;
}

void spellings_free(spellings *words)
{
    free(words->bytes);
    free(words->ends);
    *words = (spellings){.count = 0};
}
