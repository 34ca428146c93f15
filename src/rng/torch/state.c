/* state.c - a state of PyTorch's CPU generator.
 * See state.h. The bytes are a C structure of PyTorch as it lies in memory on 64-bit little-endian
 * machines; its other fields are never set.
 * SPDX-License-Identifier: MIT */
#include "rng/torch/state.h"

#include "base/bytes.h"
#include "rng/mt19937_jump.h"

#include <string.h>

enum {
    N = MT19937_BLOCK,
    SEED_AT = 0,
    LEFT_AT = 8,    /* int32: outputs until the next twist, that one's first included */
    SEEDED_AT = 12, /* int32: 1 */
    NEXT_AT = 16,   /* uint64: the word that is used next */
    WORDS_AT = 24,  /* 624 uint64 */
    CACHE_AT = WORDS_AT + 8 * N + 8,
    CACHED_AT = CACHE_AT + 16, /* int32 */
    FLOAT_CACHE_AT = CACHED_AT + 8,
    FLOAT_CACHED_AT = FLOAT_CACHE_AT + 4, /* bool */
};
_Static_assert(FLOAT_CACHED_AT + 4 == TOKVEC_TORCH_STATE_SIZE, "the whole structure");

void state_seed(torch_state *state, uint64_t seed)
{
    *state = (torch_state){.seed = seed};
    mt19937_seed(&state->twister, (uint32_t)seed /* the low half */);
}

/* ---------------------------------------------------------------- bytes */

static bool bad_state(tokvec_error *err)
{
    return error_hint(err, "save it again, as torch.save(torch.get_rng_state(), FILE) does");
}

static bool check_size(size_t size, tokvec_error *err)
{
    if (size == TOKVEC_TORCH_STATE_SIZE)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT,
              "a state of PyTorch's CPU generator has %d bytes, this one has %zu",
              TOKVEC_TORCH_STATE_SIZE, size);
    return bad_state(err);
}

static bool check_field(bool good, const char *fault, tokvec_error *err)
{
    if (good)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT,
              "this is not a valid state of PyTorch's CPU generator: its %s", fault);
    return bad_state(err);
}

/* After the first twist there are as many outputs left as have not been used. */
static bool check_place(uint32_t left, uint64_t next, tokvec_error *err)
{
    bool fresh = next == 0 && left == 1;
    return check_field(fresh || (next >= 1 && next <= N && left == N + 1 - next),
                       "position is out of range", err);
}

static bool read_words(torch_state *state, const uint8_t *bytes, tokvec_error *err)
{
    uint64_t all = 0;
    for (size_t i = 0; i < N; i++) {
        uint64_t word = load_le64(bytes + 8 * i);
        state->twister.word[i] = (uint32_t)word;
        all |= word;
    }
    return check_field(all >> 32 == 0, "words have more than 32 bits", err);
}

static bool read_caches(torch_state *state, const uint8_t *bytes, tokvec_error *err)
{
    uint32_t cached = load_le32(bytes + CACHED_AT);
    uint8_t float_cached = bytes[FLOAT_CACHED_AT];
    double cache = double_of_bits(load_le64(bytes + CACHE_AT));
    if (!check_field(cached <= 1 && float_cached <= 1, "flag of a kept normal is not 0 or 1", err))
        return false;
    state->cached = cached != 0;
    state->cache = state->cached ? cache : 0.0;
    state->float_cached = float_cached != 0;
    state->float_cache = float_of_bits(load_le32(bytes + FLOAT_CACHE_AT));
    return check_field(state->cache - state->cache == 0.0, "kept normal is not finite", err);
}

bool state_read(torch_state *state, const void *data, size_t size, tokvec_error *err)
{
    const uint8_t *bytes = data;
    if (!check_size(size, err))
        return false;
    uint64_t next = load_le64(bytes + NEXT_AT);
    *state = (torch_state){.seed = load_le64(bytes + SEED_AT), .next = (unsigned)next};
    return check_field(load_le32(bytes + SEEDED_AT) == 1, "flag of having a seed is not 1", err) &&
           check_place(load_le32(bytes + LEFT_AT), next, err) &&
           read_words(state, bytes + WORDS_AT, err) && read_caches(state, bytes, err);
}

static void store(uint8_t *out, uint64_t value, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = (uint8_t)(value >> 8 * i);
}

void state_write(const torch_state *state, uint8_t *bytes)
{
    memset(bytes, 0, TOKVEC_TORCH_STATE_SIZE);
    store(bytes + SEED_AT, state->seed, 8);
    store(bytes + LEFT_AT, state->next == 0 ? 1 : N + 1 - state->next, 4);
    store(bytes + SEEDED_AT, 1, 4);
    store(bytes + NEXT_AT, state->next, 8);
    for (size_t i = 0; i < N; i++)
        store(bytes + WORDS_AT + 8 * i, state->twister.word[i], 8);
    if (state->cached) {
        store(bytes + CACHE_AT, bits_of_double(state->cache), 8);
        bytes[CACHED_AT] = 1;
    }
    if (state->float_cached) {
        store(bytes + FLOAT_CACHE_AT, bits_of_float(state->float_cache), 4);
        bytes[FLOAT_CACHED_AT] = 1;
    }
}

/* ---------------------------------------------------------------- moving on */

unsigned state_used(const torch_state *state)
{
    return state->next == 0 ? N : state->next;
}

/* A block is made when its first output is drawn, so that the place is 1 to 624 in a block. */
void state_advance(torch_state *state, uint64_t outputs)
{
    if (outputs == 0)
        return;
    state->passed += outputs;
    uint64_t last = state_used(state) + outputs - 1;
    mt19937_skip(&state->twister, last / N);
    state->next = (unsigned)(last % N) + 1;
}
