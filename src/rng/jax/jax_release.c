/* jax_release.c - which of JAX's rules a release has.
 * See jax_release.h.
 * SPDX-License-Identifier: MIT */
#include "rng/jax/jax_release.h"

#include "rng/words.h"

#include <string.h>

/* The first that was compared; and the last patch of each minor release there is. */
enum { OLDEST_MINOR = 4, OLDEST_PATCH = 13, NEWEST_MINOR = 10, NUMBER_MAX = 99 };
static const unsigned char last_patch[] = {[4] = 38, 3, 2, 2, 3, 2, 2};
_Static_assert(sizeof last_patch == NEWEST_MINOR + 1, "one for each");

static bool is_from(const jax_release *r, unsigned minor, unsigned patch)
{
    return r->minor > minor || (r->minor == minor && r->patch >= patch);
}

static bool read_numbers(tokvec_text text, jax_release *out)
{
    tokvec_text words[3];
    uint64_t number[3] = {0};
    size_t n = 3;
    if (!words_split(text.bytes, text.length, '.', &n, words) || n < 2)
        return false;
    for (size_t i = 0; i < n; i++) {
        bool padded = words[i].length > 1 && words[i].bytes[0] == '0';
        if (padded || !words_unsigned(words[i], NUMBER_MAX, &number[i]))
            return false;
    }
    out->minor = (unsigned)number[1];
    out->patch = n == 3 ? (unsigned)number[2] : out->minor == OLDEST_MINOR ? 35 : 0;
    return number[0] == 0 && is_from(out, OLDEST_MINOR, OLDEST_PATCH) &&
           out->minor <= NEWEST_MINOR && out->patch <= last_patch[out->minor];
}

bool jax_release_read(const char *text, bool either, jax_release *out, tokvec_error *err)
{
    size_t length = strcspn(text, ":");
    const char *scheme = text[length] == ':' ? text + length + 1 : NULL;
    if (!read_numbers((tokvec_text){text, length}, out)) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not a known release of JAX", text);
        return error_hint(err, "known are 0.4.13 to 0.10, as 0.4.35 or 0.9");
    }
    out->scheme = out->minor <= 4 ? THREEFRY_ORIGINAL : THREEFRY_COUNTER;
    if (scheme == NULL)
        return true;
    if (!either || (strcmp(scheme, "original") != 0 && strcmp(scheme, "partitionable") != 0)) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not a valid release of JAX here", text);
        return error_hint(err, "%s",
                          either ? "behind the release stands nothing, :original or :partitionable"
                                 : "give the release alone; jax has the bits of"
                                   " jax_threefry_partitionable, jax-original the older ones");
    }
    out->scheme = scheme[0] == 'o' ? THREEFRY_ORIGINAL : THREEFRY_COUNTER;
    return true;
}

bool jax_release_apply(const jax_release *release, jax_draw *draw, const char **warning,
                       tokvec_error *err)
{
    bool normal = draw->distribution == JAX_NORMAL || draw->distribution == JAX_TRUNCATED;
    bool wide = normal && draw->dtype == TOKVEC_FLOAT32;
    *warning = NULL;
    draw->old = release->minor <= 6;
    if (wide && is_from(release, 7, 0) && !is_from(release, 8, 2)) {
        error_set(err, TOKVEC_BAD_ARGUMENT,
                  "float32 normals of JAX 0.7.0 to 0.8.1 are not one answer");
        return error_hint(err, "they depend on the shape and on the number of cores; choose 0.6.2"
                               " and older, or 0.8.2 and newer");
    }
    bool odd = is_from(release, 4, 14) && !is_from(release, 4, 33);
    if (odd && draw->dtype == TOKVEC_BFLOAT16 && draw->distribution != JAX_BITS) {
        error_set(err, TOKVEC_BAD_ARGUMENT,
                  "bfloat16 numbers of JAX 0.4.14 to 0.4.32 depend on the processor");
        return error_hint(err, "choose 0.4.13, or 0.4.33 and newer");
    }
    if (odd && wide)
        *warning = "with JAX 0.4.14 to 0.4.32 about 1 value in 500,000 may differ in its last bit";
    return true;
}
