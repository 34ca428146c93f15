/* jax_key.c - JAX's keys as the user tells of them.
 * See jax_key.h.
 * SPDX-License-Identifier: MIT */
#include "rng/jax/jax_key.h"

#include "rng/jax/sha1.h"
#include "rng/words.h"

#include <string.h>

bool jax_key_of_seed(const char *text, bool wide, threefry_key *out, tokvec_error *err)
{
    uint64_t seed;
    tokvec_text word = {text, strlen(text)};
    if (!words_integer(word, &seed) || (text[0] != '-' && seed > INT64_MAX)) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not a valid seed of JAX", text);
        return error_hint(err, "give an integer from -2^63 to 2^63-1; for others jax.random.key"
                               " raises OverflowError");
    }
    *out = (threefry_key){wide ? (uint32_t)(seed >> 32) : 0, (uint32_t)seed};
    return true;
}

/* ---------------------------------------------------------------- steps */

static bool bad_step(tokvec_text step, size_t number, const char *hint, tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%.*s', step %zu of the key, is not a valid step",
              (int)(step.length < 200 ? step.length : 200), step.bytes, number);
    return error_hint(err, "%s", hint);
}

/* What comes behind a step's name and colon; false if it is another step. */
static bool has_name(tokvec_text step, const char *name, tokvec_text *rest)
{
    size_t length = strlen(name);
    if (step.length < length || memcmp(step.bytes, name, length) != 0)
        return false;
    *rest = (tokvec_text){step.bytes + length, step.length - length};
    return true;
}

static bool split_key(tokvec_text step, tokvec_text rest, size_t number, threefry_scheme scheme,
                      threefry_key *key, tokvec_error *err)
{
    tokvec_text words[2];
    size_t count = 2;
    uint64_t i, n;
    if (!words_split(rest.bytes, rest.length, '/', &count, words) || count != 2 ||
        !words_unsigned(words[0], INT32_MAX, &i) || !words_unsigned(words[1], INT32_MAX, &n))
        return bad_step(step, number, "write split:I/N for jax.random.split(key, N)[I]", err);
    if (i >= n)
        return bad_step(step, number, "a key that is split in N has the parts 0 to N-1", err);
    *key = threefry_split(*key, scheme, (uint32_t)n, (uint32_t)i);
    return true;
}

static bool take_step(tokvec_text step, size_t number, threefry_scheme scheme, threefry_key *key,
                      tokvec_error *err)
{
    tokvec_text rest;
    uint64_t data;
    if (has_name(step, "split:", &rest))
        return split_key(step, rest, number, scheme, key, err);
    if (!has_name(step, "fold_in:", &rest))
        return bad_step(step, number, "valid are split:I/N and fold_in:D", err);
    if (!words_unsigned(rest, UINT32_MAX, &data))
        return bad_step(step, number, "jax.random.fold_in takes integers from 0 to 2^32-1", err);
    *key = threefry_fold_in(*key, (uint32_t)data);
    return true;
}

bool jax_key_derive(const char *steps, threefry_scheme scheme, threefry_key *key, tokvec_error *err)
{
    if (steps == NULL)
        return true;
    for (size_t number = 1;; number++) {
        size_t length = strcspn(steps, ",");
        if (!take_step((tokvec_text){steps, length}, number, scheme, key, err))
            return false;
        if (steps[length] == '\0')
            return true;
        steps += length + 1;
    }
}

/* ---------------------------------------------------------------- paths */

bool jax_key_of_path(const char *path, threefry_key *key, tokvec_error *err)
{
    sha1 hash;
    uint8_t digest[SHA1_SIZE];
    sha1_begin(&hash);
    for (const char *at = path; at != NULL;) {
        size_t length = strcspn(at, "/");
        if (length == 0) {
            error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not a valid path", path);
            return error_hint(err, "give the names of the modules from the root's child on, as"
                                   " blk/pos; without a path it is the root's own parameter");
        }
        sha1_add(&hash, at, length);
        at = at[length] == '/' ? at + length + 1 : NULL;
    }
    sha1_add(&hash, "\1", 1); /* the module's first parameter */
    sha1_end(&hash, digest);
    *key = threefry_fold_in(*key, (uint32_t)digest[0] << 24 | (uint32_t)digest[1] << 16 |
                                      (uint32_t)digest[2] << 8 | digest[3]);
    return true;
}
