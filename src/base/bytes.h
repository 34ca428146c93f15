/* bytes.h - numbers out of byte buffers, and arithmetic that cannot wrap.
 * Everything that comes from a file goes through these; a struct is never cast onto a buffer.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_BASE_BYTES_H
#define TOKVEC_BASE_BYTES_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#if !defined(__BYTE_ORDER__) || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "tokvec is written for little-endian machines (x86-64, arm64, riscv64)"
#endif

static inline uint16_t load_le16(const void *bytes)
{
    uint16_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

static inline uint32_t load_le32(const void *bytes)
{
    uint32_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

static inline uint64_t load_le64(const void *bytes)
{
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

/* *out = a + b or a * b; false (and *out of no use) if that needs more than 64 bits. */
static inline bool add_u64(uint64_t a, uint64_t b, uint64_t *out)
{
    return !__builtin_add_overflow(a, b, out);
}

static inline bool mul_u64(uint64_t a, uint64_t b, uint64_t *out)
{
    return !__builtin_mul_overflow(a, b, out);
}

#endif
