/* packed_codes.c - codes of few bits to floats, and what is done to the values of a row by groups.
 * See packed_codes.h. Every operation is of floats and rounded by itself, in whichever lanes.
 * SPDX-License-Identifier: MIT */
#include "table/packed_codes.h"

#include "base/bytes.h"
#include "base/dispatch.h"

/* ---- codes ---------------------------------------------------------------------------------- */

void packed_codes_nibbles(const uint8_t *in, const float values[16], float *out, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        out[2 * i] = values[in[i] & 15];
        out[2 * i + 1] = values[in[i] >> 4];
    }
    if (n % 2 != 0)
        out[n - 1] = values[in[n / 2] & 15];
}

/* The codes of a word of up to 64 bits, the lowest first. */
static inline void take(uint64_t word, unsigned bits, int offset, float *out, size_t n)
{
    for (size_t k = 0; k < n; k++)
        out[k] = (float)((int)(word >> (k * bits) & ((1u << bits) - 1)) - offset);
}

/* Eight codes are as many bytes as one has bits. */
DISPATCH_INLINE void take_eights(const uint8_t *in, unsigned bits, int offset, float *out, size_t n)
{
    for (; n >= 8; n -= 8, in += bits, out += 8) {
        uint64_t word = 0;
        for (unsigned b = 0; b < bits; b++)
            word |= (uint64_t)in[b] << 8 * b;
        const uint32_t half[2] = {(uint32_t)word, (uint32_t)(word >> 4 * bits)};
        for (unsigned k = 0; k < 8; k++)
            out[k] = (float)((int)(half[k / 4] >> (k % 4 * bits) & ((1u << bits) - 1)) - offset);
    }
    uint64_t word = 0;
    for (unsigned b = 0; b < (n * bits + 7) / 8; b++)
        word |= (uint64_t)in[b] << 8 * b;
    take(word, bits, offset, out, n);
}

/* One loop for each number of bits, so that it is a constant in it. */
DISPATCH_INLINE void take_stream(const uint8_t *in, unsigned bits, int offset, float *out, size_t n)
{
    switch (bits) {
    case 2: take_eights(in, 2, offset, out, n); break;
    case 3: take_eights(in, 3, offset, out, n); break;
    case 4: take_eights(in, 4, offset, out, n); break;
    case 5: take_eights(in, 5, offset, out, n); break;
    case 6: take_eights(in, 6, offset, out, n); break;
    case 7: take_eights(in, 7, offset, out, n); break;
    case 8:
        for (size_t j = 0; j < n; j++)
            out[j] = (float)(in[j] - offset);
    }
}
DISPATCH_VARIANTS(take_stream, (const uint8_t *in, unsigned bits, int offset, float *out, size_t n),
                  (in, bits, offset, out, n))

void packed_codes_stream(const uint8_t *in, unsigned bits, int offset, float *out, size_t n)
{
    DISPATCH(take_stream, (in, bits, offset, out, n));
}

void packed_codes_words(const uint8_t *in, unsigned bits, int offset, float *out, size_t n)
{
    const size_t each = 32 / bits;
    if (32 % bits == 0) {
        packed_codes_stream(in, bits, offset, out, n);
        return;
    }
    for (; n > each; n -= each, in += 4, out += each)
        take(load_le32(in), bits, offset, out, each);
    if (n > 0)
        take(load_le32(in), bits, offset, out, n);
}

/* ---- groups --------------------------------------------------------------------------------- */

/* Calls for each group what is done to `count` values at `v` with one number. */
#define EACH_GROUP(operation)                                   \
    for (size_t left = n; left > 0; numbers++) {                \
        const size_t count = left < step ? left : (size_t)step; \
        const float number = *numbers;                          \
        for (size_t j = 0; j < count; j++)                      \
            values[j] = values[j] operation number;             \
        values += count;                                        \
        left -= count;                                          \
    }

#define GROUP_PARAMETERS \
    (float *restrict values, const float *restrict numbers, uint64_t step, size_t n)
#define GROUP_ARGUMENTS (values, numbers, step, n)

DISPATCH_INLINE void subtract GROUP_PARAMETERS{
    EACH_GROUP(-)} DISPATCH_VARIANTS(subtract, GROUP_PARAMETERS, GROUP_ARGUMENTS)

    DISPATCH_INLINE void multiply GROUP_PARAMETERS{
        EACH_GROUP(*)} DISPATCH_VARIANTS(multiply, GROUP_PARAMETERS, GROUP_ARGUMENTS)

        DISPATCH_INLINE void add GROUP_PARAMETERS{
            EACH_GROUP(+)} DISPATCH_VARIANTS(add, GROUP_PARAMETERS, GROUP_ARGUMENTS)

            void packed_codes_subtract(float *values, const float *numbers, uint64_t step, size_t n)
{
    DISPATCH(subtract, GROUP_ARGUMENTS);
}

void packed_codes_multiply(float *values, const float *numbers, uint64_t step, size_t n)
{
    DISPATCH(multiply, GROUP_ARGUMENTS);
}

void packed_codes_add(float *values, const float *numbers, uint64_t step, size_t n)
{
    DISPATCH(add, GROUP_ARGUMENTS);
}
