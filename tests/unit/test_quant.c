/* test_quant.c - tests of table/quant and of the grids.
 * Every decoder on random bits against the formula of one element, as the description of the
 * type has it, computed in double and narrowed once.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include <math.h>

#include "codec/quant.h"
#include "codec/quant_tables.h"

/* ---- the formulas, element by element ------------------------------------------------------- */

static double half_at(const uint8_t *at)
{
    unsigned bits = at[0] | (unsigned)at[1] << 8;
    double mantissa = bits & 0x3ff;
    int exponent = bits >> 10 & 31;
    double value = exponent == 0 ? ldexp(mantissa, -24) : ldexp(mantissa + 1024, exponent - 25);
    return (bits & 0x8000) != 0 ? -value : value;
}

static unsigned u16_at(const uint8_t *at)
{
    return at[0] | (unsigned)at[1] << 8;
}

static uint32_t u32_at(const uint8_t *at)
{
    return u16_at(at) | (uint32_t)u16_at(at + 2) << 16;
}

/* The nibble of element i where 16 bytes hold 32 elements. */
static int nibble32(const uint8_t *codes, int i)
{
    return i < 16 ? codes[i] & 15 : codes[i - 16] >> 4;
}

static const int nl_codes[16] = {-127, -104, -83, -65, -49, -35, -22, -10,
                                 1,    13,   25,  38,  53,  69,  89,  113};
static const int fp4_codes[16] = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

static double one_q4_0(const uint8_t *b, int i)
{
    return (nibble32(b + 2, i) - 8) * half_at(b);
}

static double one_q4_1(const uint8_t *b, int i)
{
    return nibble32(b + 4, i) * half_at(b) + half_at(b + 2);
}

static double one_q5_0(const uint8_t *b, int i)
{
    int q = nibble32(b + 6, i) | (int)(u32_at(b + 2) >> i & 1) << 4;
    return (q - 16) * half_at(b);
}

static double one_q5_1(const uint8_t *b, int i)
{
    int q = nibble32(b + 8, i) | (int)(u32_at(b + 4) >> i & 1) << 4;
    return q * half_at(b) + half_at(b + 2);
}

static double one_q8_0(const uint8_t *b, int i)
{
    return (int8_t)b[2 + i] * half_at(b);
}

static double one_q8_1(const uint8_t *b, int i)
{
    return (int8_t)b[4 + i] * half_at(b);
}

static double one_iq4_nl(const uint8_t *b, int i)
{
    return half_at(b) * nl_codes[nibble32(b + 2, i)];
}

static double one_mxfp4(const uint8_t *b, int i)
{
    return fp4_codes[nibble32(b + 1, i)] * ldexp(1, b[0] - 128);
}

static double one_nvfp4(const uint8_t *b, int i)
{
    int k = i / 16, r = i % 16;
    const uint8_t *codes = b + 4 + 8 * k;
    int n = r < 8 ? codes[r] & 15 : codes[r - 8] >> 4;
    int e = b[k] >> 3 & 15, m = b[k] & 7;
    double scale = e == 0 ? ldexp(m, -10) : ldexp(8 + m, e - 11);
    return fp4_codes[n] * (b[k] == 0x7f ? 0.0 : scale);
}

static double one_q1_0(const uint8_t *b, int i)
{
    return (b[2 + i / 8] >> i % 8 & 1) != 0 ? half_at(b) : -half_at(b);
}

static double one_q2_0(const uint8_t *b, int i)
{
    return ((b[2 + i / 4] >> 2 * (i % 4) & 3) - 1) * half_at(b);
}

/* Element i's two bits where the 4 quarters of 128 elements share 32 bytes. */
static int two_bits(const uint8_t *codes, int i)
{
    return codes[32 * (i / 128) + i % 32] >> 2 * (i % 128 / 32) & 3;
}

static double one_q2_k(const uint8_t *b, int i)
{
    int scale = b[i / 16];
    return half_at(b + 80) * (scale & 15) * two_bits(b + 16, i) - half_at(b + 82) * (scale >> 4);
}

static double one_q3_k(const uint8_t *b, int i)
{
    const uint8_t *s = b + 96;
    int k = i / 16;
    int q = two_bits(b + 32, i) - ((b[i % 32] >> i / 32 & 1) != 0 ? 0 : 4);
    int sc = (k < 8 ? s[k] & 15 : s[k - 8] >> 4) | (s[8 + k % 4] >> 2 * (k / 4) & 3) << 4;
    return half_at(b + 108) * (sc - 32) * q;
}

static void scale_of(const uint8_t *s, int b, int *sc, int *mn)
{
    *sc = b < 4 ? s[b] & 63 : (s[b + 4] & 15) | (s[b - 4] >> 6) << 4;
    *mn = b < 4 ? s[b + 4] & 63 : (s[b + 4] >> 4) | (s[b] >> 6) << 4;
}

static double one_q4_k(const uint8_t *b, int i)
{
    int sc, mn, byte = b[16 + 32 * (i / 64) + i % 32];
    scale_of(b + 4, i / 32, &sc, &mn);
    int n = i / 32 % 2 == 0 ? byte & 15 : byte >> 4;
    return half_at(b) * sc * n - half_at(b + 2) * mn;
}

static double one_q5_k(const uint8_t *b, int i)
{
    int sc, mn, byte = b[48 + 32 * (i / 64) + i % 32];
    scale_of(b + 4, i / 32, &sc, &mn);
    int n = i / 32 % 2 == 0 ? byte & 15 : byte >> 4;
    int q = n | (b[16 + i % 32] >> i / 32 & 1) << 4;
    return half_at(b) * sc * q - half_at(b + 2) * mn;
}

static double one_q6_k(const uint8_t *b, int i)
{
    int p = i % 128 / 32;
    int byte = b[64 * (i / 128) + 32 * (p & 1) + i % 32];
    int q = (p < 2 ? byte & 15 : byte >> 4) | two_bits(b + 128, i) << 4;
    return half_at(b + 208) * (int8_t)b[192 + i / 16] * (q - 32);
}

static double one_q8_k(const uint8_t *b, int i)
{
    uint32_t bits = u32_at(b);
    float d;
    memcpy(&d, &bits, sizeof d);
    return (double)d * (int8_t)b[4 + i];
}

static double one_tq1_0(const uint8_t *b, int i)
{
    static const int power[5] = {1, 3, 9, 27, 81};
    int byte, t;
    if (i < 160) {
        byte = b[i % 32];
        t = i / 32;
    } else if (i < 240) {
        byte = b[32 + (i - 160) % 16];
        t = (i - 160) / 16;
    } else {
        byte = b[48 + (i - 240) % 4];
        t = (i - 240) / 4;
    }
    return (((byte * power[t] & 255) * 3 >> 8) - 1) * half_at(b + 52);
}

static double one_tq2_0(const uint8_t *b, int i)
{
    return (two_bits(b, i) - 1) * half_at(b + 64);
}

/* Bit 7 makes the number of set bits even. */
static unsigned ksign(unsigned x)
{
    unsigned ones = 0;
    for (int i = 0; i < 7; i++)
        ones += x >> i & 1;
    return x | (ones & 1) << 7;
}

static double signed_by(double value, unsigned signs, int j)
{
    return value * ((signs >> j & 1) != 0 ? -1.0 : 1.0);
}

static int iq2_byte(unsigned entry, int j)
{
    return quant_iq2_value(entry >> 2 * j & 3);
}

static double one_iq2_xxs(const uint8_t *b, int i)
{
    int g = i / 32, c = i % 32 / 8;
    const uint8_t *a = b + 2 + 8 * g;
    uint32_t w = u32_at(a + 4);
    double db = half_at(b) * (0.5 + (w >> 28)) * 0.25;
    return signed_by(db * iq2_byte(quant_iq2xxs_grid[a[c]], i % 8), ksign(w >> 7 * c & 127), i % 8);
}

static double one_iq2_xs(const uint8_t *b, int i)
{
    unsigned code = u16_at(b + 2 + 2 * (i / 8));
    int scales = b[66 + i / 32];
    int s = i % 32 / 8 < 2 ? scales & 15 : scales >> 4;
    double db = half_at(b) * (0.5 + s) * 0.25;
    return signed_by(db * iq2_byte(quant_iq2xs_grid[code & 511], i % 8), ksign(code >> 9), i % 8);
}

static double one_iq2_s(const uint8_t *b, int i)
{
    int e = i / 8, g = i / 32, c = i % 32 / 8;
    int index = b[2 + e] | (b[66 + g] >> 2 * c & 3) << 8;
    int s = c < 2 ? b[74 + g] & 15 : b[74 + g] >> 4;
    double db = half_at(b) * (0.5 + s) * 0.25;
    return signed_by(db * iq2_byte(quant_iq2s_grid[index], i % 8), b[34 + e], i % 8);
}

static double one_iq3_xxs(const uint8_t *b, int i)
{
    uint32_t w = u32_at(b + 66 + 4 * (i / 32));
    double db = half_at(b) * (0.5 + (w >> 28)) * 0.5;
    int byte = quant_iq3xxs_value(quant_iq3xxs_grid[b[2 + i / 4]] >> 3 * (i % 4) & 7);
    return signed_by(db * byte, ksign(w >> 7 * (i % 32 / 8) & 127), i % 8);
}

static double one_iq3_s(const uint8_t *b, int i)
{
    int g = i / 32;
    int index = b[2 + i / 4] | (b[66 + g] >> i % 32 / 4 & 1) << 8;
    int s = g % 2 == 0 ? b[106 + g / 2] & 15 : b[106 + g / 2] >> 4;
    double db = half_at(b) * (1 + 2 * s);
    int byte = quant_iq3s_value(quant_iq3s_grid[index] >> 3 * (i % 4) & 7);
    return signed_by(db * byte, b[74 + i / 8], i % 8);
}

static double iq1(unsigned entry, int j, double dl, bool down)
{
    return dl * (quant_iq1_value(entry >> 2 * j & 3) + (down ? -0.125 : 0.125));
}

static double one_iq1_s(const uint8_t *b, int i)
{
    unsigned high = u16_at(b + 34 + 2 * (i / 32));
    unsigned index = b[2 + i / 8] | (high >> 3 * (i % 32 / 8) & 7) << 8;
    double dl = half_at(b) * (2 * (high >> 12 & 7) + 1);
    return iq1(quant_iq1s_grid[index], i % 8, dl, high >> 15 != 0);
}

static double one_iq1_m(const uint8_t *b, int i)
{
    int e = i / 8, k = i / 16;
    unsigned v = e % 2 == 0 ? b[32 + k] & 15 : b[32 + k] >> 4;
    unsigned word[4], bits = 0;
    for (int w = 0; w < 4; w++) {
        word[w] = u16_at(b + 48 + 2 * w);
        bits |= (word[w] >> 12) << 4 * w;
    }
    uint8_t half[2] = {(uint8_t)bits, (uint8_t)(bits >> 8)};
    double dl = half_at(half) * (2 * (word[k / 4] >> 3 * (k % 4) & 7) + 1);
    return iq1(quant_iq1s_grid[b[e] | (v & 7) << 8], i % 8, dl, v >> 3 != 0);
}

static double one_iq4_xs(const uint8_t *b, int i)
{
    int g = i / 32;
    int low = g % 2 == 0 ? b[4 + g / 2] & 15 : b[4 + g / 2] >> 4;
    int ls = low | (int)(u16_at(b + 2) >> 2 * g & 3) << 4;
    int byte = b[8 + 16 * g + i % 16];
    int n = i % 32 < 16 ? byte & 15 : byte >> 4;
    return half_at(b) * (ls - 32) * nl_codes[n];
}

/* ---- against the decoders ------------------------------------------------------------------- */

/* Number, block and name as in the table of types; the float16 fields, which a random block
 * needs finite and which are swapped in big-endian files; IQ1_M's lies in pieces. */
static const struct {
    uint32_t number;
    const char *name;
    uint32_t elements, bytes;
    int halves[2];
    bool has_big_endian;
    double (*one)(const uint8_t *block, int i);
} types[] = {
    {2, "Q4_0", 32, 18, {0, -1}, true, one_q4_0},
    {3, "Q4_1", 32, 20, {0, 2}, true, one_q4_1},
    {6, "Q5_0", 32, 22, {0, -1}, false, one_q5_0},
    {7, "Q5_1", 32, 24, {0, 2}, false, one_q5_1},
    {8, "Q8_0", 32, 34, {0, -1}, true, one_q8_0},
    {9, "Q8_1", 32, 36, {0, 2}, true, one_q8_1},
    {10, "Q2_K", 256, 84, {80, 82}, true, one_q2_k},
    {11, "Q3_K", 256, 110, {108, -1}, true, one_q3_k},
    {12, "Q4_K", 256, 144, {0, 2}, true, one_q4_k},
    {13, "Q5_K", 256, 176, {0, 2}, true, one_q5_k},
    {14, "Q6_K", 256, 210, {208, -1}, true, one_q6_k},
    {15, "Q8_K", 256, 292, {-1, -1}, false, one_q8_k},
    {16, "IQ2_XXS", 256, 66, {0, -1}, false, one_iq2_xxs},
    {17, "IQ2_XS", 256, 74, {0, -1}, false, one_iq2_xs},
    {18, "IQ3_XXS", 256, 98, {0, -1}, false, one_iq3_xxs},
    {19, "IQ1_S", 256, 50, {0, -1}, false, one_iq1_s},
    {20, "IQ4_NL", 32, 18, {0, -1}, true, one_iq4_nl},
    {21, "IQ3_S", 256, 110, {0, -1}, true, one_iq3_s},
    {22, "IQ2_S", 256, 82, {0, -1}, true, one_iq2_s},
    {23, "IQ4_XS", 256, 136, {0, -1}, false, one_iq4_xs},
    {29, "IQ1_M", 256, 56, {-1, -1}, false, one_iq1_m},
    {34, "TQ1_0", 256, 54, {52, -1}, true, one_tq1_0},
    {35, "TQ2_0", 256, 66, {64, -1}, true, one_tq2_0},
    {39, "MXFP4", 32, 17, {-1, -1}, true, one_mxfp4},
    {40, "NVFP4", 64, 36, {-1, -1}, true, one_nvfp4},
    {41, "Q1_0", 128, 18, {0, -1}, true, one_q1_0},
    {42, "Q2_0", 64, 18, {0, -1}, true, one_q2_0},
};

static uint64_t random_state = 1;

static uint8_t random_byte(void)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint8_t)(random_state >> 56);
}

/* Clears a bit of the exponent of the float in the high byte(s), so that it is finite. */
static void make_finite(size_t t, uint8_t *block)
{
    for (int h = 0; h < 2; h++) {
        if (types[t].halves[h] >= 0)
            block[types[t].halves[h] + 1] &= 0xbf;
    }
    if (types[t].number == 15)
        block[3] &= 0xbf;
    if (types[t].number == 29)
        block[55] &= 0xbf;
    if (types[t].number == 39 && block[0] > 252)
        block[0] = 252;
}

static void compare_block(size_t t, const uint8_t *block, const float *got)
{
    for (uint32_t i = 0; i < types[t].elements; i++) {
        float expected = (float)types[t].one(block, (int)i);
        if (memcmp(&expected, &got[i], sizeof expected) != 0)
            fail_msg("%s, element %u: %a instead of %a", types[t].name, i, (double)got[i],
                     (double)expected);
    }
}

static void test_random_blocks(void **state)
{
    (void)state;
    enum { BLOCKS = 500, ELEMENTS_MAX = 256, BYTES_MAX = 292 };
    static float out[BLOCKS * ELEMENTS_MAX];
    for (size_t t = 0; t < COUNT(types); t++) {
        const quant_type *type = quant_find(types[t].number);
        size_t size = types[t].bytes;
        uint8_t *in = malloc(BLOCKS * size + 1); /* at its exact end, for the sanitizer */
        assert_non_null(in);
        for (size_t i = 0; i < BLOCKS * size; i++)
            in[1 + i] = random_byte();
        for (size_t b = 0; b < BLOCKS; b++)
            make_finite(t, in + 1 + b * size);
        quant_decode(type, false, in + 1, BLOCKS, out);
        for (size_t b = 0; b < BLOCKS; b++)
            compare_block(t, in + 1 + b * size, out + b * types[t].elements);
        free(in);
    }
}

static void test_big_endian_blocks(void **state)
{
    (void)state;
    for (size_t t = 0; t < COUNT(types); t++) {
        const quant_type *type = quant_find(types[t].number);
        assert_int_equal(type->has_big_endian, types[t].has_big_endian);
        if (!type->has_big_endian)
            continue;
        uint8_t little[292], big[292];
        float out[256];
        for (size_t i = 0; i < type->bytes; i++)
            little[i] = random_byte();
        make_finite(t, little);
        memcpy(big, little, sizeof big);
        for (int h = 0; h < 2; h++) {
            int at = types[t].halves[h];
            if (at >= 0) {
                big[at] = little[at + 1];
                big[at + 1] = little[at];
            }
        }
        quant_decode(type, true, big, 1, out);
        compare_block(t, little, out);
    }
}

/* ---- numbers, scales, grids ----------------------------------------------------------------- */

static void test_types(void **state)
{
    (void)state;
    static const struct {
        uint32_t number, bytes;
        tokvec_dtype dtype;
    } ready[] = {{0, 4, TOKVEC_FLOAT32},  {1, 2, TOKVEC_FLOAT16},  {24, 1, TOKVEC_INT8},
                 {25, 2, TOKVEC_INT16},   {26, 4, TOKVEC_INT32},   {27, 8, TOKVEC_INT64},
                 {28, 8, TOKVEC_FLOAT64}, {30, 2, TOKVEC_BFLOAT16}};
    size_t known = 0;
    for (uint32_t number = 0; number < 1000; number++)
        known += quant_find(number) != NULL;
    assert_int_equal(known, COUNT(types) + COUNT(ready));
    assert_null(quant_find(UINT32_MAX));
    for (size_t i = 0; i < COUNT(ready); i++) {
        const quant_type *type = quant_find(ready[i].number);
        assert_non_null(type);
        assert_null(type->decode);
        assert_int_equal(type->dtype, ready[i].dtype);
        assert_int_equal(type->bytes, ready[i].bytes);
        assert_int_equal(type->elements, 1);
    }
    for (size_t i = 0; i < COUNT(types); i++) {
        const quant_type *type = quant_find(types[i].number);
        assert_non_null(type);
        assert_string_equal(type->name, types[i].name);
        assert_int_equal(type->dtype, TOKVEC_FLOAT32);
        assert_int_equal(type->elements, types[i].elements);
        assert_int_equal(type->bytes, types[i].bytes);
    }
}

static float first_of(uint32_t number, const uint8_t *block)
{
    float out[256];
    quant_decode(quant_find(number), false, block, 1, out);
    return out[0];
}

/* All float16 scales, by Q8_0 with the code 1. */
static void test_half_scales(void **state)
{
    (void)state;
    for (unsigned bits = 0; bits <= 0xffff; bits++) {
        uint8_t block[34] = {(uint8_t)bits, (uint8_t)(bits >> 8), 1};
        float got = first_of(8, block);
        if ((bits & 0x7c00) != 0x7c00) {
            float expected = (float)half_at(block);
            assert_memory_equal(&got, &expected, sizeof got);
        } else if ((bits & 0x3ff) != 0) {
            assert_true(isnan(got));
        } else {
            assert_true(got == (bits >> 15 != 0 ? -INFINITY : INFINITY));
        }
    }
}

static void test_byte_scales(void **state)
{
    (void)state;
    for (int e = 0; e < 256; e++) {
        uint8_t block[36] = {(uint8_t)e};
        memset(block + 1, 0x22, 16); /* the code of 2 */
        float expected = (float)ldexp(2, e - 128);
        float got = first_of(39, block);
        assert_memory_equal(&got, &expected, sizeof got); /* infinite from 255 on */
        memset(block + 4, 0x11, 32);                      /* the code of 1 */
        expected = (float)one_nvfp4(block, 0);
        got = first_of(40, block);
        assert_memory_equal(&got, &expected, sizeof got);
    }
    uint8_t block[36] = {0x7f, 0, 0, 0, 0x77};
    assert_true(first_of(40, block) == 0.0f);
    block[0] = 0xff;
    assert_true(first_of(40, block) == 12 * 240.0f);
    block[0] = 0x80;
    assert_true(first_of(40, block) == 0.0f);
}

static void test_signed_zeros(void **state)
{
    (void)state;
    uint8_t q4_0[18] = {0, 0x80 | 0x3c, 0x88}; /* -1.0, code 8, which stands for 0 */
    float zero = first_of(2, q4_0);
    assert_true(zero == 0.0f && signbit(zero));
    uint8_t q4_1[20] = {0, 0x80 | 0x3c}; /* -1.0 * 0 + 0.0 */
    zero = first_of(3, q4_1);
    assert_true(zero == 0.0f && !signbit(zero));
    q4_1[3] = 0x80; /* -1.0 * 0 + -0.0 */
    zero = first_of(3, q4_1);
    assert_true(zero == 0.0f && signbit(zero));
    uint8_t mxfp4[17] = {127, 0x88}; /* code 8 is not -0 */
    zero = first_of(39, mxfp4);
    assert_true(zero == 0.0f && !signbit(zero));
}

static uint32_t crc32_of(const uint8_t *bytes, size_t n)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < n; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xedb88320u : 0);
    }
    return ~crc;
}

/* The grids with one byte a value have these checksums. */
static void test_grids(void **state)
{
    (void)state;
    static const struct {
        const uint16_t *grid;
        size_t entries;
        int (*value)(unsigned number);
        int bits;
        unsigned long sum;
        uint32_t crc;
    } grids[] = {
        {quant_iq2xxs_grid, COUNT(quant_iq2xxs_grid), quant_iq2_value, 2, 38611, 0x9924ff02},
        {quant_iq2xs_grid, COUNT(quant_iq2xs_grid), quant_iq2_value, 2, 81582, 0xfa1e1bfd},
        {quant_iq2s_grid, COUNT(quant_iq2s_grid), quant_iq2_value, 2, 167589, 0x25ae5bf1},
        {quant_iq3xxs_grid, COUNT(quant_iq3xxs_grid), quant_iq3xxs_value, 3, 25592, 0x07ba9ed0},
        {quant_iq3s_grid, COUNT(quant_iq3s_grid), quant_iq3s_value, 3, 12748, 0xf576e4f3},
        {quant_iq1s_grid, COUNT(quant_iq1s_grid), quant_iq1_value, 2, 1247985, 0xb85e6ccf},
    };
    static uint8_t bytes[8 * 2048];
    for (size_t g = 0; g < COUNT(grids); g++) {
        size_t n = 0;
        unsigned long sum = 0;
        int run = grids[g].bits == 2 ? 8 : 4;
        for (size_t e = 0; e < grids[g].entries; e++) {
            for (int j = 0; j < run; j++) {
                unsigned mask = (1u << grids[g].bits) - 1;
                bytes[n] = (uint8_t)grids[g].value(grids[g].grid[e] >> grids[g].bits * j & mask);
                sum += bytes[n++];
            }
        }
        assert_int_equal(sum, grids[g].sum);
        assert_int_equal(crc32_of(bytes, n), grids[g].crc);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types),       cmocka_unit_test(test_random_blocks),
        cmocka_unit_test(test_half_scales), cmocka_unit_test(test_big_endian_blocks),
        cmocka_unit_test(test_byte_scales), cmocka_unit_test(test_signed_zeros),
        cmocka_unit_test(test_grids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
