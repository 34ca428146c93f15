/* release.c - which rules a release of PyTorch draws by.
 * See release.h.
 * SPDX-License-Identifier: MIT */
#include "rng/torch/release.h"

#include "rng/words.h"

#include <string.h>

/* All releases of a series draw alike. */
typedef struct series {
    unsigned major, minor;
    unsigned last; /* of its releases that is known: major.minor.last */
    torch_rules rules;
} series;

static const series known[] = {
    {1, 13, 1, TORCH_1_13}, {2, 0, 1, TORCH_2_0},   {2, 1, 2, TORCH_2_1},   {2, 2, 2, TORCH_2_1},
    {2, 3, 1, TORCH_2_3},   {2, 4, 1, TORCH_2_3},   {2, 5, 1, TORCH_2_3},   {2, 6, 0, TORCH_2_3},
    {2, 7, 1, TORCH_2_3},   {2, 8, 0, TORCH_2_3},   {2, 9, 1, TORCH_2_3},   {2, 10, 0, TORCH_2_3},
    {2, 11, 0, TORCH_2_3},  {2, 12, 1, TORCH_2_12}, {2, 13, 0, TORCH_2_13}, {2, 14, 1, TORCH_2_13},
    {2, 15, 0, TORCH_2_13},
};
enum { KNOWN = sizeof known / sizeof *known };

/* "2.12" has two numbers, "2.12.1" three. */
static bool read_numbers(const char *text, size_t *n, uint64_t *numbers)
{
    tokvec_text words[3];
    *n = 3;
    if (!words_split(text, strlen(text), '.', n, words) || *n < 2)
        return false;
    for (size_t i = 0; i < *n; i++) {
        bool zeros = words[i].length > 1 && words[i].bytes[0] == '0';
        if (zeros || !words_unsigned(words[i], 999, &numbers[i]))
            return false;
    }
    return true;
}

bool release_rules(const char *text, torch_rules *rules, tokvec_error *err)
{
    uint64_t numbers[3] = {0};
    size_t n;
    *rules = TORCH_2_13;
    if (text == NULL)
        return true;
    bool is_release = read_numbers(text, &n, numbers);
    for (size_t i = 0; is_release && i < KNOWN; i++) {
        if (known[i].major == numbers[0] && known[i].minor == numbers[1] &&
            numbers[2] <= known[i].last) {
            *rules = known[i].rules;
            return true;
        }
    }
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not a known release of PyTorch", text);
    return error_hint(err, "known are 1.13 and 2.0 to 2.15, written as 2.12 or 2.12.1");
}
