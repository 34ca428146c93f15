/* fuzz_npz.c - fuzz target of .npz archives, and so of zip and of NumPy's header.
 * See weights.h in this folder for what it does. Of the words beside the vectors, each has the
 * label that a list of all has, and is found. SPDX-License-Identifier: MIT */
#include "weights.h"

static void go_through_words(tokvec_vocab *vocab)
{
    enum { SEEN_MAX = 1000 };
    uint64_t count = tokvec_vocab_count(vocab);
    tokvec_text label;
    for (uint64_t i = 0; i < count && i < SEEN_MAX; i++) {
        if (!tokvec_vocab_label(vocab, (int64_t)i, &label, NULL))
            continue;
        char *copy = malloc(label.length + 1);
        if (copy == NULL)
            abort();
        if (label.length > 0)
            memcpy(copy, label.bytes, label.length);
        int64_t id;
        size_t length = label.length;
        tokvec_text again;
        if (tokvec_vocab_find(vocab, (tokvec_text){copy, length}, &id, NULL) &&
            (!tokvec_vocab_label(vocab, (int64_t)i, &again, NULL) || again.length != length ||
             memcmp(again.bytes, copy, length) != 0))
            abort(); /* the label is another now that there is a list */
        free(copy);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_weights(data, size);
    file_map *map = file_map_of_bytes(data, size, NULL);
    tokvec_weights *weights = map == NULL ? NULL : open_weights(map, NULL);
    tokvec_vocab *vocab;
    if (weights != NULL && tokvec_weights_vocab(weights, &vocab, NULL) && vocab != NULL)
        go_through_words(vocab);
    tokvec_weights_close(weights);
    return 0;
}
