/* seeds.c - seeds as NumPy takes them.
 * See seeds.h.
 * SPDX-License-Identifier: MIT */
#include "rng/numpy/seeds.h"

#include "rng/words.h"

#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- refusals */

static bool refuse(const char *text, bool legacy, const char *why, tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%.80s' is not a valid seed of NumPy%s%s", text,
              why[0] != '\0' ? ": " : "", why);
    if (legacy)
        return error_hint(err, "give an integer from 0 to 4294967295, or several, as 1,2,3");
    return error_hint(err, "give an integer from 0 on, of any size, or several, as 1,2,3");
}

static const char *why_not_negative(bool legacy)
{
    return legacy ? "Seed must be between 0 and 2**32 - 1" : "expected non-negative integer";
}

static const char *why_not_a_number(bool legacy, bool list)
{
    if (legacy)
        return "Cannot cast from dtype('float64') to dtype('int64') according to the rule 'safe'";
    return list ? "seed must be integer" : "SeedSequence expects int or sequence of ints";
}

/* ---------------------------------------------------------------- integers */

/* words = words * factor + more */
static size_t multiply_add(uint32_t *words, size_t count, uint32_t factor, uint32_t more)
{
    uint64_t carry = more;
    for (size_t i = 0; i < count; i++) {
        carry += (uint64_t)words[i] * factor;
        words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0)
        words[count++] = (uint32_t)carry;
    return count;
}

/* Decimal digits as words, the lowest first; how many. There is room for one for each 9 digits that
 * are begun. */
static size_t read_digits(const char *digits, size_t n, uint32_t *words)
{
    size_t count = 0;
    for (size_t i = 0; i < n;) {
        uint32_t part = 0, power = 1;
        for (size_t k = 0; k < 9 && i < n; k++, i++) {
            part = part * 10 + (uint32_t)(digits[i] - '0');
            power *= 10;
        }
        count = multiply_add(words, count, power, part);
    }
    if (count == 0)
        words[count++] = 0;
    return count;
}

static bool read_one(tokvec_text word, const char *text, bool legacy, seeds *s, tokvec_error *err)
{
    bool negative = word.length > 0 && word.bytes[0] == '-';
    size_t sign = negative || (word.length > 0 && word.bytes[0] == '+'), i = sign;
    while (i < word.length && word.bytes[i] >= '0' && word.bytes[i] <= '9')
        i++;
    if (i < word.length || i == sign) {
        double number;
        bool is_number = words_number(word, &number);
        return refuse(text, legacy, is_number ? why_not_a_number(legacy, s->list) : "", err);
    }
    uint32_t *words = s->words + s->count;
    size_t count = read_digits(word.bytes + sign, word.length - sign, words);
    s->count += count;
    s->wide |= count > 1;
    if (negative && (count > 1 || words[0] != 0))
        return refuse(text, legacy, why_not_negative(legacy), err);
    return true;
}

bool seed_read(const char *text, bool legacy, seeds *out, tokvec_error *err)
{
    size_t size = strlen(text);
    *out = (seeds){.list = strchr(text, ',') != NULL};
    out->words = calloc(size + 1, sizeof *out->words); /* more than one for each digit and comma */
    if (out->words == NULL)
        return error_no_memory(err, (size + 1) * sizeof *out->words);
    if (size > 1 && text[size - 1] == ',')
        size--;
    bool good = true;
    for (size_t from = 0, to; good && from <= size; from = to + 1) {
        const char *comma = memchr(text + from, ',', size - from);
        to = comma != NULL ? (size_t)(comma - text) : size;
        good = read_one((tokvec_text){text + from, to - from}, text, legacy, out, err);
    }
    if (good && legacy && out->wide)
        good = refuse(text, legacy, why_not_negative(legacy), err);
    if (!good) {
        free(out->words);
        out->words = NULL;
    }
    return good;
}

void seed_legacy(const seeds *s, mt19937 *state)
{
    if (s->list)
        mt19937_seed_array(state, s->words, s->count);
    else
        mt19937_seed(state, s->words[0]);
}
