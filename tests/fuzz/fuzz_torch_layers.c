/* fuzz_torch_layers.c - lists of layers, from states of PyTorch's generator that may be damaged.
 * The first bytes overwrite some of a good state; from a zero byte on, the rest is the list.
 * SPDX-License-Identifier: MIT */
#include "rng/torch/layers.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    SIZE = TOKVEC_TORCH_STATE_SIZE,
    WORDS_END = 24 + 8 * 624, /* so that what is before and behind the words is met at once */
    EDIT = 2,                 /* a place and a byte */
};

/* Applies the edits, and returns what comes after them. */
static size_t edit(const uint8_t *data, size_t size, uint8_t *state)
{
    size_t at = 0;
    for (; at + EDIT <= size && data[at] != 0; at += EDIT) {
        size_t place = data[at] - 1u; /* 0 .. 31: before the words, and one of them; or behind */
        state[place < 32 ? place : WORDS_END + (place - 32) % (SIZE - WORDS_END)] = data[at + 1];
    }
    return at < size ? at + 1 : size;
}

/* What was read is what is written, but for what PyTorch does not regard either. */
static void check_written(const torch_state *state)
{
    uint8_t bytes[SIZE], again[SIZE];
    torch_state copy;
    state_write(state, bytes);
    if (!state_read(&copy, bytes, SIZE, NULL))
        abort();
    state_write(&copy, again);
    if (memcmp(bytes, again, SIZE) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t bytes[SIZE];
    torch_state state;
    tokvec_error error;
    state_seed(&state, size > 0 ? data[size - 1] : 0);
    state_advance(&state, size);
    state_write(&state, bytes);
    size_t at = edit(data, size, bytes);
    if (!state_read(&state, bytes, SIZE, &error))
        return 0;
    char *text = malloc(size - at + 1);
    if (text == NULL)
        abort();
    memcpy(text, data + at, size - at);
    text[size - at] = '\0';
    /* Those that are made to be counted take as long as their size says. */
    bool slow = strstr(text, "trunc_normal") != NULL;
    torch_rules rules = size % 2 != 0 ? TORCH_1_13 : TORCH_2_13;
    if (!slow && !layers_pass(text, rules, &state, &error) && error.code != TOKVEC_BAD_ARGUMENT)
        abort();
    check_written(&state);
    free(text);
    return 0;
}
