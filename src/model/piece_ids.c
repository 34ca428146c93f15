/* piece_ids.c - which IDs a model gives to the pieces of its SentencePiece model.
 * See piece_ids.h. The classes are those of Transformers: tokenization_*.py in
 * github.com/huggingface/transformers.
 * SPDX-License-Identifier: MIT */
#include "model/piece_ids.h"

#include "io/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SPECIALS_MAX = 15, FILE_MAX_BYTES = 1 << 24 };

typedef enum piece_rule {
    BY_PLACE,
    BY_OFFSET,  /* behind tokens that the class has itself */
    BY_PEGASUS, /* the same, their number in the configuration */
    WITH_EXTRA, /* by place; T5's <extra_id_0> and so on count down from the end */
    OF_WORDS,   /* as BY_OFFSET, where the file is no model of SentencePiece, but fairseq's list of
                   words with counts */
    ELSEWHERE   /* vocab.json or dict.txt numbers them */
} piece_rule;

struct piece_class {
    const char *name; /* of the class, without "Tokenizer" behind it */
    piece_rule rule;
    int64_t offset;                         /* from a piece's place to its ID */
    const char *specials[SPECIALS_MAX + 1]; /* with the IDs 0, 1, ...; pieces there have none */
    const char *after;                      /* a token right behind the pieces, or NULL */
    unsigned made_up;                       /* tokens <madeupword0>, ... right behind the pieces */
};

#define FAIRSEQ                         \
    {                                   \
        "<s>", "<pad>", "</s>", "<unk>" \
    }

static const piece_class classes[] = {
    {.name = "Albert"},
    {.name = "Barthez"},
    {.name = "BertGeneration"},
    {.name = "BigBird"},
    {.name = "CodeLlama"},
    {.name = "Cpm"},
    {.name = "DebertaV2"},
    {.name = "FNet"},
    {.name = "GPTSw3"},
    {.name = "Gemma"},
    {.name = "Llama"},
    {.name = "Reformer"},
    {.name = "RemBert"},
    {.name = "Siglip"},
    {.name = "SpeechT5"},
    {.name = "XLNet"},
    {.name = "T5", .rule = WITH_EXTRA},
    {.name = "MT5", .rule = WITH_EXTRA},
    {.name = "Udop"},
    {.name = "Pegasus", .rule = BY_PEGASUS},
    {"XLMRoberta", BY_OFFSET, 1, FAIRSEQ, "<mask>", 0},
    {"LayoutXLM", BY_OFFSET, 1, FAIRSEQ, "<mask>", 0},
    {"MLuke", BY_OFFSET, 1, FAIRSEQ, "<mask>", 0},
    {"MBart", BY_OFFSET, 1, FAIRSEQ, NULL, 0},
    {"MBart50", BY_OFFSET, 1, FAIRSEQ, NULL, 0},
    {"PLBart", BY_OFFSET, 1, FAIRSEQ, NULL, 0},
    {"Nllb", BY_OFFSET, 1, FAIRSEQ, NULL, 0},
    {"XGLM", BY_OFFSET, 1, FAIRSEQ, NULL, 7},
    {"SeamlessM4T", BY_OFFSET, 1, {"<pad>", "<unk>", "<s>", "</s>"}, NULL, 0},
    {"Camembert",
     BY_OFFSET,
     4,
     {"<s>NOTUSED", "<pad>", "</s>NOTUSED", "<unk>", "<unk>NOTUSED"},
     "<mask>",
     0},
    {"XLMProphetNet",
     BY_OFFSET,
     12,
     {"[PAD]", "[CLS]", "[SEP]", "[UNK]", "[MASK]", "[unused0]", "[unused1]", "[unused2]",
      "[unused3]", "[unused4]", "[unused5]", "[unused6]", "[unused7]", "[unused8]", "[unused9]"},
     NULL,
     0},
    {"Bertweet", OF_WORDS, 4, FAIRSEQ, "<mask>", 0},
    {"Phobert", OF_WORDS, 4, FAIRSEQ, "<mask>", 0},
    {.name = "Marian", .rule = ELSEWHERE},
    {.name = "M2M100", .rule = ELSEWHERE},
    {.name = "Speech2Text", .rule = ELSEWHERE},
    {.name = "Bartpho", .rule = ELSEWHERE},
    {.name = "ErnieM", .rule = ELSEWHERE},
};
enum { CLASS_COUNT = sizeof classes / sizeof *classes };

/* Which class goes with a model's type, where no class is named. */
static const struct {
    const char *type, *class;
} types[] = {
    {"albert", "Albert"},
    {"barthez", "Barthez"},
    {"bartpho", "Bartpho"},
    {"bert-generation", "BertGeneration"},
    {"big_bird", "BigBird"},
    {"bigbird_pegasus", "Pegasus"},
    {"camembert", "Camembert"},
    {"code_llama", "CodeLlama"},
    {"cpm", "Cpm"},
    {"deberta-v2", "DebertaV2"},
    {"ernie_m", "ErnieM"},
    {"fnet", "FNet"},
    {"gemma", "Gemma"},
    {"gemma2", "Gemma"},
    {"gemma3", "Gemma"},
    {"gemma3_text", "Gemma"},
    {"kosmos-2", "XLMRoberta"},
    {"layoutxlm", "LayoutXLM"},
    {"llama", "Llama"},
    {"longt5", "T5"},
    {"m2m_100", "M2M100"},
    {"marian", "Marian"},
    {"mbart", "MBart"},
    {"mistral", "Llama"},
    {"mixtral", "Llama"},
    {"mt5", "MT5"},
    {"nllb-moe", "Nllb"},
    {"paligemma", "Llama"},
    {"pegasus", "Pegasus"},
    {"pegasus_x", "Pegasus"},
    {"plbart", "PLBart"},
    {"reformer", "Reformer"},
    {"rembert", "RemBert"},
    {"seamless_m4t", "SeamlessM4T"},
    {"seamless_m4t_v2", "SeamlessM4T"},
    {"siglip", "Siglip"},
    {"speech_to_text", "Speech2Text"},
    {"speecht5", "SpeechT5"},
    {"switch_transformers", "T5"},
    {"t5", "T5"},
    {"udop", "Udop"},
    {"umt5", "T5"},
    {"xglm", "XGLM"},
    {"xlm-prophetnet", "XLMProphetNet"},
    {"xlm-roberta", "XLMRoberta"},
    {"xlm-roberta-xl", "XLMRoberta"},
    {"xlnet", "XLNet"},
    {"xmod", "XLMRoberta"},
};

/* ---- which class ---------------------------------------------------------------------------- */

static const piece_class *class_named(const char *name, size_t length)
{
    for (size_t i = 0; i < CLASS_COUNT; i++) {
        if (strlen(classes[i].name) == length && memcmp(classes[i].name, name, length) == 0)
            return &classes[i];
    }
    return NULL;
}

/* "XLMRobertaTokenizer" or "XLMRobertaTokenizerFast". */
static const piece_class *class_of_tokenizer(const cJSON *config)
{
    const char *name = json_characters(json_get(config, "tokenizer_class"));
    const char *end = name == NULL ? NULL : strstr(name, "Tokenizer");
    if (end == NULL || (strcmp(end, "Tokenizer") != 0 && strcmp(end, "TokenizerFast") != 0))
        return NULL;
    return class_named(name, (size_t)(end - name));
}

/* A class that is named, and not known, is not that of the model's type. */
static bool names_other(const cJSON *config)
{
    const char *name = json_characters(json_get(config, "tokenizer_class"));
    return name != NULL && strncmp(name, "PreTrainedTokenizer", 19) != 0;
}

static const piece_class *class_of_model(const cJSON *config)
{
    const char *type = json_characters(json_get(config, "model_type"));
    for (size_t i = 0; type != NULL && i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i].type, type) == 0)
            return class_named(types[i].class, strlen(types[i].class));
    }
    return NULL;
}

static const piece_class *class_of(const cJSON *tokenizer, const cJSON *model)
{
    const piece_class *class = class_of_tokenizer(tokenizer);
    if (class == NULL && !names_other(tokenizer))
        class = class_of_tokenizer(model);
    if (class == NULL && !names_other(tokenizer) && !names_other(model))
        class = class_of_model(model);
    return class;
}

static bool read_in(const char *folder, const char *name, cJSON **out, tokvec_error *err)
{
    char *path = path_in_folder(folder, name, err);
    bool good = path != NULL && json_read_optional(path, FILE_MAX_BYTES, out, err);
    free(path);
    return good;
}

/* ---- Pegasus -------------------------------------------------------------------------------- */

enum { PEGASUS_OFFSET = 103, OFFSET_MAX = 1 << 20 };

/* A whole number of the configuration that is not negative; `usual` if it has none such. */
static int64_t number_in(const cJSON *config, const char *name, int64_t usual)
{
    const cJSON *value = json_get(config, name);
    double number = json_is_number(value) ? value->valuedouble : -1;
    return number >= 0 && number <= OFFSET_MAX && number == (double)(int64_t)number
               ? (int64_t)number
               : usual;
}

/* A token as text, or as {"content": text}; `usual` if it is not there; NULL if it is null. */
static const char *token_in(const cJSON *config, const char *name, const char *usual)
{
    const cJSON *value = json_get(config, name);
    if (value == NULL)
        return usual;
    return json_characters(json_is_object(value) ? json_get(value, "content") : value);
}

/* Its own tokens: padding, the end, two masks, and <unk_2>, <unk_3>, ... */
static int64_t pegasus_specials(const cJSON *config)
{
    int64_t offset = number_in(config, "offset", PEGASUS_OFFSET);
    bool masks = token_in(config, "mask_token_sent", "<mask_1>") != NULL;
    return (masks ? 4 : 2) + (offset > 2 ? offset - 2 : 0);
}

static const char *pegasus_special(const cJSON *config, int64_t id, char *room, size_t size)
{
    const char *first = token_in(config, "mask_token_sent", "<mask_1>");
    if (id == 0)
        return token_in(config, "pad_token", "<pad>");
    if (id == 1)
        return token_in(config, "eos_token", "</s>");
    if (first != NULL && id < 4)
        return id == 2 ? first : token_in(config, "mask_token", "<mask_2>");
    snprintf(room, size, "<unk_%lld>", (long long)(id - (first != NULL ? 2 : 0)));
    return room;
}

/* ---- numbering ------------------------------------------------------------------------------ */

static int64_t special_count(const piece_ids *ids)
{
    int64_t count = 0;
    if (ids->class->rule == BY_PEGASUS)
        return pegasus_specials(ids->config);
    while (ids->class->specials[count] != NULL)
        count++;
    return count;
}

static int64_t offset_of(const piece_ids *ids)
{
    return ids->class->rule == BY_PEGASUS ? number_in(ids->config, "offset", PEGASUS_OFFSET)
                                          : ids->class->offset;
}

/* Tokenizers whose own tokens are named like pieces count on the usual order of the first ones. */
static bool needs_order(const piece_class *class)
{
    return class->rule == BY_OFFSET && class->specials[0][0] == '<';
}

static bool check_order(const piece_class *class, const vocab_list *list, const char *folder,
                        tokvec_error *err)
{
    static const char *const usual[] = {"<unk>", "<s>", "</s>"};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        const list_token *token = i < list->count ? &list->tokens[i] : NULL;
        if (token != NULL && token->length == strlen(usual[i]) &&
            memcmp(list->text + token->offset, usual[i], token->length) == 0)
            continue;
        error_set(err, TOKVEC_UNSUPPORTED,
                  "the SentencePiece model does not begin with <unk>, <s>, </s>, as that of a "
                  "%sTokenizer does",
                  class->name);
        error_where(err, "%s", folder);
        return error_hint(err, "save the tokenizer as tokenizer.json");
    }
    return true;
}

static bool read_class(piece_ids *ids, const char *folder, tokvec_error *err)
{
    cJSON *model = NULL;
    if (!read_in(folder, "tokenizer_config.json", &ids->config, err) ||
        !read_in(folder, "config.json", &model, err))
        return false;
    ids->class = class_of(ids->config, model);
    json_free(model);
    return true;
}

bool piece_ids_where(const char *folder, piece_numbers *where, tokvec_error *err)
{
    piece_ids ids = {.pieces = 0};
    bool good = read_class(&ids, folder, err);
    *where = ids.class == NULL || ids.class->rule == OF_WORDS ? PIECES_UNKNOWN
             : ids.class->rule == ELSEWHERE                   ? PIECES_ELSEWHERE
                                                              : PIECES_NUMBERED;
    piece_ids_free(&ids);
    return good;
}

bool piece_ids_number(piece_ids *ids, vocab_list *list, const char *folder, tokvec_error *err)
{
    *ids = (piece_ids){.pieces = list->count};
    if (!read_class(ids, folder, err))
        return false;
    if (ids->class != NULL && (ids->class->rule == OF_WORDS) != list->base.counted)
        ids->class = NULL;
    list->base.by_place = ids->class == NULL && !list->base.counted;
    if (ids->class == NULL || ids->class->rule == BY_PLACE || ids->class->rule == WITH_EXTRA)
        return true;
    if (ids->class->rule == ELSEWHERE) {
        error_set(err, TOKVEC_UNSUPPORTED, "the model does not number its tokens by SentencePiece");
        error_where(err, "%s", folder);
        return error_hint(err, "its vocab.json or dict.txt does; fetch it");
    }
    if (needs_order(ids->class) && !check_order(ids->class, list, folder, err))
        return false;
    vocab_list_shift(list, offset_of(ids), special_count(ids));
    return true;
}

void piece_ids_free(piece_ids *ids)
{
    json_free(ids->config);
}

/* ---- tokens of the class -------------------------------------------------------------------- */

/* The IDs that have a token from a file beside, sorted. */
typedef struct taken_ids {
    int64_t *ids;
    size_t count;
} taken_ids;

static int compare_ids(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Tokens from files beside are the last ones of the list until others are added. */
static bool collect_taken(taken_ids *taken, const vocab_list *list, tokvec_error *err)
{
    size_t first = list->count;
    while (first > 0 && list->tokens[first - 1].origin == LIST_BESIDE)
        first--;
    taken->count = list->count - first;
    taken->ids = malloc((taken->count + 1) * sizeof *taken->ids);
    if (taken->ids == NULL)
        return error_no_memory(err, (taken->count + 1) * sizeof *taken->ids);
    for (size_t i = 0; i < taken->count; i++)
        taken->ids[i] = list->tokens[first + i].id;
    qsort(taken->ids, taken->count, sizeof *taken->ids, compare_ids);
    return true;
}

static bool is_named(const vocab_list *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++) {
        const list_token *token = &list->tokens[i];
        if (token->origin != LIST_BESIDE)
            continue;
        if (token->length == strlen(text) &&
            memcmp(list->text + token->offset, text, token->length) == 0)
            return true;
    }
    return false;
}

/* Adds a token, unless its ID has one from a file. */
static bool add(vocab_list *list, const taken_ids *taken, int64_t id, const char *text,
                tokvec_error *err)
{
    return text == NULL || bsearch(&id, taken->ids, taken->count, sizeof id, compare_ids) != NULL ||
           vocab_list_add_text(list, id, (tokvec_text){text, strlen(text)}, err);
}

/* Whether a file, or the pieces, have <extra_id_0> and its like. */
static bool has_extra(const vocab_list *list)
{
    static const char start[] = "<extra_id_";
    for (size_t i = 0; i < list->count; i++) {
        const list_token *token = &list->tokens[i];
        if (token->length > sizeof start &&
            memcmp(list->text + token->offset, start, sizeof start - 1) == 0)
            return true;
    }
    return false;
}

/* How many a T5 has: those that it names, else as many as it says. */
static int64_t extra_count(const cJSON *config)
{
    enum { USUAL = 100 };
    int64_t count = 0;
    const cJSON *item, *names = json_get(config, "additional_special_tokens");
    if (!json_is_list(names))
        names = NULL;
    cJSON_ArrayForEach(item, names)
    {
        const char *text = json_characters(json_is_object(item) ? json_get(item, "content") : item);
        count += text != NULL && strstr(text, "<extra_id_") != NULL;
    }
    return count > 0 ? count : number_in(config, "extra_ids", USUAL);
}

static bool add_extra(const piece_ids *ids, vocab_list *list, const taken_ids *taken,
                      tokvec_error *err)
{
    char text[40];
    int64_t count = has_extra(list) ? 0 : extra_count(ids->config);
    for (int64_t i = 0; i < count; i++) {
        snprintf(text, sizeof text, "<extra_id_%lld>", (long long)i);
        if (!add(list, taken, (int64_t)ids->pieces + count - 1 - i, text, err))
            return false;
    }
    return true;
}

bool piece_ids_complete(const piece_ids *ids, vocab_list *list, tokvec_error *err)
{
    char room[40];
    const piece_class *class = ids->class;
    if (class == NULL || class->rule == BY_PLACE)
        return true;
    taken_ids taken;
    if (!collect_taken(&taken, list, err))
        return false;
    int64_t count = special_count(ids), behind = (int64_t)ids->pieces + offset_of(ids);
    list->origin = LIST_ADDED;
    bool good = class->rule != WITH_EXTRA || add_extra(ids, list, &taken, err);
    for (int64_t id = 0; id < count && good; id++) {
        const char *text = class->rule == BY_PEGASUS
                               ? pegasus_special(ids->config, id, room, sizeof room)
                               : class->specials[id];
        good = add(list, &taken, id, text, err);
    }
    for (unsigned i = 0; i < class->made_up && good; i++) {
        snprintf(room, sizeof room, "<madeupword%u>", i);
        good = add(list, &taken, behind + i, room, err);
    }
    if (class->after != NULL && !is_named(list, class->after))
        good = good && add(list, &taken, behind, class->after, err);
    free(taken.ids);
    list->origin = LIST_MODEL;
    return good;
}
