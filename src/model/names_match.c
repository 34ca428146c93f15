/* names_match.c - what the name of a tensor tells.
 * See names_match.h.
 * SPDX-License-Identifier: MIT */
#include "model/names_match.h"

#include <ctype.h>
#include <string.h>

/* The ends of the names under which models keep their token embedding, the surest first. What
 * comes before them ("model.", "transformer.", "bert.embeddings.") differs from one program to
 * the next and does not matter. */
const char *const names_known[] = {
    "tok_emb.weight",         /* "Build a Large Language Model From Scratch" */
    "wte.weight",             /* GPT-2, GPT-J, MPT, StarCoder, OLMo, Qwen 1 */
    "shared.weight",          /* T5, BART: beside copies for encoder and decoder */
    "embed_tokens.weight",    /* Llama, Mistral, Qwen, Gemma, Phi, OPT */
    "word_embeddings.weight", /* BERT, RoBERTa, Falcon, BLOOM, ChatGLM */
    "embed_in.weight",        /* GPT-NeoX, Pythia */
    "tok_embeddings.weight",  /* Llama's own files, InternLM 2, ModernBERT */
    "token_embd.weight",      /* llama.cpp */
    "tokens_embed.weight",    /* GPT-1 */
    "token_embedding.weight", /* CLIP, Whisper */
    "token_embeddings.weight", "word_embedding.weight", /* XLNet */
    "token_embedding_table.weight", "tok_embed.weight", "token_embed.weight", "token_emb.weight",
    "embed_token.weight", "word_embeds.weight",
    "emb_layer.weight",                               /* WordEmbeddings of sentence-transformers */
    "input_embedding.weight", "transformer.w.weight", /* CTRL */
    "embed_tokens.modules_to_save.default.weight",    /* PEFT: trained in place of the other */
    "embed_tokens.base_layer.weight", "embed_tokens.weight_packed", /* compressed-tensors */
    "embed_tokens.embedding_quantized",                             /* Gemma, packed */
    "wte.embedding",                                                /* Flax */
    "embed_tokens.embedding", "word_embeddings.embedding", "shared.embedding",
    "tok_embeddings.embedding", "token_embedder.embedding", "embedder.input_embedding",
    /* From here on they may be the ends of other things' names too. */
    "embeddings.weight",                             /* Mamba as transformers keeps it, RWKV */
    "embedding.weight",                              /* Mamba */
    "emb.weight",                                    /* RWKV */
    "embed.weight", "embedder.weight", "embeddings", /* tokvec -f safetensors */
};
const size_t names_known_count = sizeof names_known / sizeof *names_known;
enum { GENERAL_COUNT = 6 };

/* True if the text ends in `end`; keys of Flax have slashes for dots. */
static bool ends_in(const char *text, size_t length, const char *end)
{
    size_t tail = strlen(end);
    if (length < tail)
        return false;
    for (size_t i = 0; i < tail; i++) {
        char c = text[length - tail + i];
        if ((c == '/' ? '.' : c) != end[i])
            return false;
    }
    return true;
}

/* True if the part of the name before `at` is one that numbers the layers of a model. */
static bool numbers_layers(const char *name, size_t at)
{
    static const char *const parts[] = {"layers",
                                        "layer",
                                        "blocks",
                                        "block",
                                        "h",
                                        "blk",
                                        "resblocks",
                                        "stages",
                                        "experts",
                                        "heads",
                                        "transformer_blocks"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t n = strlen(parts[i]);
        if (ends_in(name, at, parts[i]) && (at == n || strchr("./", name[at - n - 1]) != NULL))
            return true;
    }
    return false;
}

/* True if a number in the first `length` bytes of a name may be that of a layer, which has no token
 * embedding. The first of all may begin with one. */
static bool has_layer(const char *name, size_t length, bool general)
{
    for (size_t i = 0; i < length; i++) {
        if (!isdigit((unsigned char)name[i]) || (i > 0 && strchr("./", name[i - 1]) == NULL))
            continue;
        size_t end = i + strspn(name + i, "0123456789");
        if (name[end] != '.' && name[end] != '/')
            continue;
        bool first = end == i + 1 && name[i] == '0' &&
                     (i == 0 || end + 1 == length || ends_in(name, i - 1, "sequential"));
        if (general ? !first || (i > 0 && !ends_in(name, i - 1, "sequential"))
                    : !first && (i == 0 || numbers_layers(name, i - 1)))
            return true;
    }
    return false;
}

/* True if the text has one of the words in it. */
static bool has_word(const char *text, size_t length, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (memmem(text, length, words[i], strlen(words[i])) != NULL)
            return true;
    }
    return false;
}

/* What has the shape of an embedding, or its name in part, and is another thing. */
static const char *const states[] = {"optimizer", "exp_avg"};
static const char *const others[] = {
    "posi",  "pos_",  "type",   "time",     "segment", "label",   "visi",   "visual",   "image",
    "patch", "audio", "quant",  "codebook", "class_",  "speaker", "lang_",  "user",     "item",
    "rel_",  "relat", "rotary", "entity",   "node",    "task",    "expert", "per_layer"};
#define HAS_WORD(text, length, words) has_word(text, length, words, sizeof(words) / sizeof *(words))

/* The length of a layer's name whose weight PEFT has trained for some tokens; 0: it is no such
 * name.
 */
static size_t trained_layer(const char *name)
{
    static const char *const ends[] = {".token_adapter.trainable_tokens_delta",
                                       ".trainable_tokens_delta"};
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (ends_in(name, length, ends[i]))
            return length - strlen(ends[i]);
    }
    return 0;
}

/* True if name is `known` or ends in "." and `known`, with nothing before it that speaks against
 * it. The rows that PEFT has trained are known by the weight they belong to. */
static bool matches_as(const char *name, const char *known, bool general)
{
    static const char weight[] = ".weight";
    char layer[64];
    size_t length = strlen(name), tail = strlen(known), trained = trained_layer(name);
    if (trained > 0) {
        if (tail >= sizeof layer || !ends_in(known, tail, weight))
            return false;
        tail -= sizeof weight - 1;
        memcpy(layer, known, tail);
        layer[tail] = '\0';
        known = layer;
        length = trained;
    }
    if (!ends_in(name, length, known))
        return false;
    if (length == tail)
        return true;
    const size_t before = length - tail;
    return strchr("./", name[before - 1]) != NULL && !has_layer(name, before, general) &&
           !HAS_WORD(name, before, states) && !(general && HAS_WORD(name, before, others));
}

bool names_is_general(const char *known)
{
    for (size_t i = names_known_count - GENERAL_COUNT; i < names_known_count; i++) {
        if (known == names_known[i])
            return true;
    }
    return false;
}

bool names_matches(const char *name, const char *known)
{
    return matches_as(name, known, names_is_general(known));
}

bool names_is_embedding(const char *name)
{
    for (size_t i = 0; i < names_known_count; i++) {
        if (names_matches(name, names_known[i]))
            return true;
    }
    return false;
}

bool names_is_other(const char *name)
{
    static const char *const more[] = {"wpe",    "norm",   "proj",  "attn",    "mlp",
                                       "pooler", "prompt", "lora_", "classif", "score"};
    size_t length = strlen(name);
    return !names_is_embedding(name) &&
           (has_layer(name, length, false) || HAS_WORD(name, length, others) ||
            HAS_WORD(name, length, states) || HAS_WORD(name, length, more));
}

int names_unlikelihood(const char *name)
{
    static const char *const likely[] = {"emb", "wte", "token", "Emb", "vocab"};
    static const char *const perhaps[] = {"head", "encoder.weight", "output.weight"};
    const char *from = name + strlen(name);
    for (int dots = 0; from > name && dots < 3; from--)
        dots += from[-1] == '.' || from[-1] == '/';
    size_t length = strlen(from);
    if (HAS_WORD(from, length, likely) && !HAS_WORD(from, length, others))
        return 0;
    return HAS_WORD(from, length, likely) || HAS_WORD(from, length, perhaps) ? 1 : 2;
}
