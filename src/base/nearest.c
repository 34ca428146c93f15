/* nearest.c - the likely meaning of a misspelt word.
 * See nearest.h.
 * SPDX-License-Identifier: MIT */
#include "base/nearest.h"

#include <stdint.h>
#include <string.h>

enum { WORD_MAX = 63 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t nearest_distance(const char *a, const char *b)
{
    size_t n = strnlen(a, WORD_MAX + 1); /* the text may be long, and looked at piece by piece */
    size_t m = strnlen(b, WORD_MAX + 1);
    if (n > WORD_MAX || m > WORD_MAX)
        return SIZE_MAX;
    size_t rows[3][WORD_MAX + 1]; /* of the table of distances of prefixes: i-2, i-1, i */
    for (size_t j = 0; j <= m; j++)
        rows[1][j] = j;
    for (size_t i = 1; i <= n; i++) {
        rows[2][0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t d = least(least(rows[1][j], rows[2][j - 1]) + 1,
                             rows[1][j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d = least(d, rows[0][j - 2] + 1);
            rows[2][j] = d;
        }
        memcpy(rows[0], rows[1], sizeof rows[0]);
        memcpy(rows[1], rows[2], sizeof rows[1]);
    }
    return rows[1][m];
}

nearest nearest_to(const char *wanted)
{
    /* Near enough is one slip for every three letters. */
    return (nearest){.wanted = wanted, .distance = strlen(wanted) / 3 + 2};
}

void nearest_offer(nearest *search, const char *word)
{
    nearest_offer_as(search, word, word);
}

void nearest_offer_as(nearest *search, const char *word, const char *meant)
{
    size_t n = strnlen(search->wanted, WORD_MAX + 1), m = strnlen(word, WORD_MAX + 1);
    if ((n > m ? n - m : m - n) >= search->distance) /* as far apart, at the least */
        return;
    size_t distance = nearest_distance(search->wanted, word);
    if (distance < search->distance) {
        search->best = meant;
        search->distance = distance;
    }
}
