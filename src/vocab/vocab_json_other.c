/* vocab_json_other.c - JSON files beside a vocabulary that are not vocabularies.
 * See vocab_kinds.h. Told by the names of the outermost members, whatever their values are.
 * SPDX-License-Identifier: MIT */
#include "vocab/vocab_kinds.h"

#include "text/json_scan.h"

/* The first kind of which a member stands in the file. */
static const struct {
    const char *member, *kind, *hint;
    bool number; /* its value is one, as those of a vocabulary are */
} kinds[] = {
    {"weight_map", "the index of a split model", "name the tokenizer.json beside it", false},
    {"added_tokens_decoder", "the configuration of a tokenizer",
     "name the tokenizer.json or vocab.json beside it, or their folder", false},
    {"tokenizer_class", "the configuration of a tokenizer",
     "name the tokenizer.json or vocab.json beside it, or their folder", false},
    {"chat_template", "a chat template", "name the tokenizer.json beside it", false},
    {"model_type", "the configuration of a model", "name the tokenizer.json beside it", false},
    {"architectures", "the configuration of a model", "name the tokenizer.json beside it", false},
    {"transformers_version", "a configuration of Transformers", "name the tokenizer.json beside it",
     false},
    {"vocab_size", "the configuration of a model", "name the tokenizer.json beside it", true},
    {"hidden_size", "the configuration of a model", "name the tokenizer.json beside it", true},
    {"n_layers", "the configuration of a model", "name the tokenizer.json beside it", true},
    {"n_layer", "the configuration of a model", "name the tokenizer.json beside it", true},
    {"num_hidden_layers", "the configuration of a model", "name the tokenizer.json beside it",
     true},
    {"eos_token", "a map of special tokens", "name the tokenizer.json beside it", false},
    {"bos_token", "a map of special tokens", "name the tokenizer.json beside it", false},
    {"pad_token", "a map of special tokens", "name the tokenizer.json beside it", false},
    {"unk_token", "a map of special tokens", "name the tokenizer.json beside it", false},
    {"bos_token_id", "the configuration of a model", "name the tokenizer.json beside it", true},
    {"eos_token_id", "the configuration of a model", "name the tokenizer.json beside it", true},
    {"error", "an error message", "fetch the vocabulary again", false},
};
enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

/* The better of the kinds by their order: the one so far, and what a member tells. */
static size_t better(size_t so_far, const json_raw *member, bool numbers)
{
    for (size_t i = 0; i < so_far; i++) {
        if (json_raw_is(member, kinds[i].member) && (kinds[i].number || !numbers))
            return i;
    }
    return so_far;
}

const char *vocab_json_other(const file_map *map, uint64_t start, bool numbers, const char **hint)
{
    json_scanner s = {.text = map->data, .size = (size_t)map->size, .at = (size_t)start};
    size_t found = KIND_COUNT;
    bool in_object = json_peek(&s) == '{';
    int element = -1;
    if (!json_enter(&s, in_object ? '{' : '['))
        return NULL;
    for (bool first = true; json_more(&s, in_object ? '}' : ']', &first);) {
        json_raw key = {"", 0, false};
        if (in_object && !json_key(&s, &key))
            break;
        element = json_peek(&s);
        found = better(found, &key, numbers);
        if (!json_skip(&s))
            break;
    }
    *hint = "name a tokenizer.json, vocab.json or vocab.txt";
    if (!in_object)
        return element == '-' || (element >= '0' && element <= '9') ? "a list of numbers"
               : element == '{'                                     ? "a list of objects"
                                                                    : NULL;
    if (found == KIND_COUNT)
        return NULL;
    *hint = kinds[found].hint;
    return kinds[found].kind;
}
