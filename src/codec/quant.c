/* quant.c - the tensor types of GGUF by their numbers.
 * See quant.h; the decoders are in quant_plain.c, quant_k.c and quant_iq.c.
 * SPDX-License-Identifier: MIT */
#include "codec/quant.h"

#include "codec/quant_block.h"

#define READY(text, size, dtype)          \
    {                                     \
        text, 1, size, dtype, NULL, true, \
        {                                 \
            -1, -1                        \
        }                                 \
    }
#define BLOCKS(name, text, number, elements, bytes, big, first, second) \
    [number] = {text, elements, bytes, TOKVEC_FLOAT32, quant_##name, big, {first, second}},

/* Indexed by number. Gaps are types that ggml removed. */
static const quant_type types[] = {[0] = READY("F32", 4, TOKVEC_FLOAT32),
                                   [1] = READY("F16", 2, TOKVEC_FLOAT16),
                                   [24] = READY("I8", 1, TOKVEC_INT8),
                                   [25] = READY("I16", 2, TOKVEC_INT16),
                                   [26] = READY("I32", 4, TOKVEC_INT32),
                                   [27] = READY("I64", 8, TOKVEC_INT64),
                                   [28] = READY("F64", 8, TOKVEC_FLOAT64),
                                   [30] = READY("BF16", 2, TOKVEC_BFLOAT16),
                                   QUANT_TYPES(BLOCKS)};

enum { BLOCK_MAX = q8_k_bytes };
#define FITS(name, text, number, elements, bytes, big, first, second) \
    _Static_assert((bytes) <= BLOCK_MAX, "a block of " text " needs a longer buffer");
QUANT_TYPES(FITS)

const quant_type *quant_find(uint32_t number)
{
    if (number >= sizeof types / sizeof *types || types[number].name == NULL)
        return NULL;
    return &types[number];
}

static void swap_half(uint8_t *block, int at)
{
    if (at < 0)
        return;
    uint8_t first = block[at];
    block[at] = block[at + 1];
    block[at + 1] = first;
}

void quant_decode(const quant_type *type, bool big_endian, const uint8_t *in, size_t n, float *out)
{
    if (!big_endian) {
        type->decode(in, n, out);
        return;
    }
    uint8_t block[BLOCK_MAX];
    for (; n > 0; n--, in += type->bytes, out += type->elements) {
        memcpy(block, in, type->bytes);
        swap_half(block, type->halves[0]);
        swap_half(block, type->halves[1]);
        type->decode(block, 1, out);
    }
}
