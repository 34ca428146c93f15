/* release.c - releases of NumPy.
 * See release.h.
 * SPDX-License-Identifier: MIT */
#include "rng/numpy/release.h"

#include "rng/factor.h"
#include "rng/words.h"

#include <math.h>
#include <string.h>

/* All since there is a default_rng, and the last of their patches that is known. */
static const struct known {
    unsigned major, minor, patches;
} known[] = {
    {1, 17, 5}, {1, 18, 5}, {1, 19, 5}, {1, 20, 3}, {1, 21, 6}, {1, 22, 4}, {1, 23, 5}, {1, 24, 4},
    {1, 25, 2}, {1, 26, 4}, {2, 0, 2},  {2, 1, 3},  {2, 2, 6},  {2, 3, 5},  {2, 4, 6},
};
enum { KNOWN = sizeof known / sizeof *known };

/* A number as releases have it: without leading zeros. */
static bool read_number(tokvec_text word, uint64_t *out)
{
    return words_unsigned(word, 1000, out) && (word.length == 1 || word.bytes[0] != '0');
}

bool release_read(const char *text, release *out, tokvec_error *err)
{
    const struct known *newest = &known[KNOWN - 1];
    *out = (release){newest->major, newest->minor};
    if (text == NULL)
        return true;
    tokvec_text words[3];
    uint64_t number[3] = {0};
    size_t n = 3;
    bool good = words_split(text, strlen(text), '.', &n, words) && n >= 2;
    for (size_t i = 0; good && i < n; i++)
        good = read_number(words[i], &number[i]);
    for (size_t i = 0; good && i < KNOWN; i++) {
        if (number[0] == known[i].major && number[1] == known[i].minor &&
            number[2] <= known[i].patches) {
            *out = (release){known[i].major, known[i].minor};
            return true;
        }
    }
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%.40s' is not a known release of NumPy", text);
    return error_hint(err, "known are %u.%u to %u.%u, as 1.21 or 1.21.6", known[0].major,
                      known[0].minor, newest->major, newest->minor);
}

bool release_before(release r, unsigned major, unsigned minor)
{
    return r.major < major || (r.major == major && r.minor < minor);
}

/* Until 2.0 the factor's value, and not its type alone, decided on the product's dtype. */
bool release_check_factor(release r, const char *times, tokvec_error *err)
{
    const double wide = 3.4e38; /* NumPy's own bound of what fits a float32 */
    double factor;
    if (times == NULL || !release_before(r, 2, 0))
        return true;
    if (!factor_read(times, &factor, err))
        return false;
    if (fabs(factor) < wide)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT,
              "the product of float32 values and %.40s is float64 in NumPy before 2.0", times);
    return error_hint(err, "choose a factor below 3.4e38");
}
