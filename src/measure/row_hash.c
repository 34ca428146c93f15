/* row_hash.c - 16 bytes for a row.
 * See row_hash.h. The hash of a block of words is NH, see J. Black et al., "UMAC: Fast and Secure
 * Message Authentication" (1999): the sum of products of two words each, to which words of the key
 * have been added. What came of the blocks before is one more pair of words.
 * SPDX-License-Identifier: MIT */
#include "measure/row_hash.h"

#include "base/bytes.h"
#include "base/error.h"

#include <errno.h>
#include <sys/random.h>

__extension__ typedef unsigned __int128 u128;

enum { BLOCK_BYTES = 8 * ROW_HASH_WORDS };

bool row_hash_new_key(row_hash_key *key, tokvec_error *err)
{
    enum { PIECE_MAX = 256 }; /* of what getentropy gives */
    uint8_t *at = (uint8_t *)key->words;
    for (size_t done = 0; done < sizeof key->words; done += PIECE_MAX) {
        size_t left = sizeof key->words - done;
        if (getentropy(at + done, left < PIECE_MAX ? left : PIECE_MAX) != 0)
            return error_system(err, errno, "get", "random numbers");
    }
    return true;
}

static u128 product(const uint64_t *key, uint64_t a, uint64_t b)
{
    return (u128)(a + key[0]) * (b + key[1]);
}

/* The words' products; the last ones are filled up with zeros. */
static u128 of_block(const uint64_t *key, const uint8_t *bytes, size_t size)
{
    u128 sum = 0;
    size_t i = 0;
    for (; size - i >= 16; i += 16)
        sum += product(key + i / 8, load_le64(bytes + i), load_le64(bytes + i + 8));
    if (i < size) {
        uint8_t rest[16] = {0};
        memcpy(rest, bytes + i, size - i);
        sum += product(key + i / 8, load_le64(rest), load_le64(rest + 8));
    }
    return sum;
}

row_hash row_hash_of(const row_hash_key *key, const void *row, size_t size)
{
    const uint8_t *bytes = row;
    u128 hash = 0;
    for (size_t i = 0; i < size; i += BLOCK_BYTES) {
        u128 before = product(key->words + ROW_HASH_WORDS, (uint64_t)hash, (uint64_t)(hash >> 64));
        hash = before +
               of_block(key->words, bytes + i, size - i < BLOCK_BYTES ? size - i : BLOCK_BYTES);
    }
    return (row_hash){(uint64_t)hash, (uint64_t)(hash >> 64)};
}
