/* vocab_by_rule.c - vocabularies whose lines have a rule of their own.
 * See vocab_kinds.h.
 * SPDX-License-Identifier: MIT */
#include "vocab/vocab_kinds.h"

#include <stdlib.h>
#include <string.h>

/* Rules without a reader. */
static const struct {
    line_rule rule;
    const char *what, *hint;
} refused[] = {
    {RULE_TABLE, "each line is a token and a number, under a header",
     "write a vocab.json, an object from token to ID"},
    {RULE_MERGES, "the file is a list of merges, not of tokens",
     "name the vocab.json or tokenizer.json beside it"},
    {RULE_SUBWORDS, "each line is in quotes, as in the subwords of tensor2tensor",
     "write a vocab.json, an object from token to ID"},
    {RULE_NUMBER, "each line ends in a number, as no list of tokens does",
     "write a vocab.json, an object from token to ID"},
    {RULE_ID_FIRST, "each line begins with a number, as no list of tokens does",
     "write a vocab.json, an object from token to ID"},
    {RULE_FIELDS, "each line has the same number of fields, as no list of tokens has",
     "if it lists merges, name the vocab.json beside it"},
    {RULE_TABS, "each line has the same number of tabs, as no list of tokens has",
     "write a vocab.json, an object from token to ID"},
    {RULE_COMMAS, "each line has the same number of commas, as no list of tokens has",
     "write a vocab.json, an object from token to ID"},
    {RULE_PYTHON, "the file is text that Python printed, not JSON", "write it with json.dump"},
};

static bool refuse(const file_map *map, line_rule rule, tokvec_error *err)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (refused[i].rule != rule)
            continue;
        error_set(err, TOKVEC_BAD_FILE, "%s", refused[i].what);
        error_where(err, "%s", map->path);
        return error_hint(err, "%s", refused[i].hint);
    }
    return error_set(err, TOKVEC_BAD_FILE, "the file is not a vocabulary that tokvec knows");
}

/* What the numbers of all lines tell of them. */
typedef struct numbers {
    uint64_t count, first, least, largest;
    bool rise, fall; /* nowhere the other way */
    uint64_t words;  /* that are not digits */
} numbers;

static bool read_pair(tokvec_text line, tokvec_text *word, uint64_t *number)
{
    tokvec_text last = {"", 0};
    size_t fields = vocab_rules_fields(vocab_rules_bare(line), word, &last);
    if (fields == 1) /* the word is the blank before its ID */
        *word = (tokvec_text){" ", 1};
    return (fields == 1 || fields == 2) && vocab_rules_number(last, number);
}

static numbers look_at_numbers(const file_map *map, uint64_t start)
{
    numbers n = {.least = UINT64_MAX, .rise = true, .fall = true};
    tokvec_text line, word = {"", 0};
    uint64_t number, before = 0, ignored;
    for (uint64_t at = start; vocab_rules_line(map, &at, &line);) {
        if (!read_pair(line, &word, &number))
            continue;
        if (n.count++ == 0)
            n.first = before = number;
        n.rise = n.rise && number >= before;
        n.fall = n.fall && number <= before;
        n.least = number < n.least ? number : n.least;
        n.largest = number > n.largest ? number : n.largest;
        n.words += !vocab_rules_number(word, &ignored);
        before = number;
    }
    return n;
}

/* Words of four letters may be base64, too. Ranks rise somewhere, mostly at once. */
static bool are_counts(const file_map *map, uint64_t start)
{
    tokvec_text line, word = {"", 0};
    uint64_t number, before = UINT64_MAX, count = 0;
    for (uint64_t at = start; vocab_rules_line(map, &at, &line);) {
        if (!read_pair(line, &word, &number))
            continue;
        if (number > before)
            return false;
        before = number;
        count++;
    }
    return before > 0 && count > 1;
}

static bool read_by(vocab_list *list, const file_map *map, uint64_t start, line_rule rule,
                    tokvec_error *err)
{
    switch (rule) {
    case RULE_RANK:
        return are_counts(map, start) ? vocab_read_columns(list, map, start, err)
                                      : vocab_read_ranks(list, map, start, err);
    case RULE_LITERAL: return vocab_read_literals(list, map, start, err);
    case RULE_YAML: return vocab_read_yaml(list, map, start, err);
    case RULE_WORD_NUMBER: return vocab_read_columns(list, map, start, err);
    default: return refuse(map, rule, err);
    }
}

/* What the lines have of rules that nearly all may keep. */
static const char *const names[] = {
    [RULE_RANK] = "a token in base64 and its rank",
    [RULE_LITERAL] = "an ID, a literal of Python and its length",
    [RULE_YAML] = "a key, a colon and a number",
    [RULE_WORD_NUMBER] = "a word and a number",
    [RULE_SCORE] = "a token, a tab and a score",
    [RULE_NUMBER] = "a number at its end",
    [RULE_SUBWORDS] = "quotes around it",
    [RULE_ID_FIRST] = "a number at its beginning",
    [RULE_TABS] = "as many tabs",
};

tokvec_vocab *vocab_by_rule(const file_map *map, uint64_t start, const line_rules *rules,
                            tokvec_error *err)
{
    vocab_list *list = vocab_list_new(err);
    if (list == NULL)
        return NULL;
    vocab_list_expect(list, map->size);
    if (rules->odd > 0) {
        error_set(err, TOKVEC_BAD_FILE, "the line does not have what all others have: %s",
                  names[rules->rule]);
        error_where(err, "%s, line %llu", map->path, (unsigned long long)rules->odd);
        error_hint(err, "correct it, or name the model's tokenizer.json or vocab.json");
    } else if (read_by(list, map, start, rules->rule, err)) {
        return &list->base;
    }
    tokvec_vocab_close(&list->base);
    return NULL;
}

bool vocab_repeated(const file_map *map, const vocab_list *list, size_t added, tokvec_error *err)
{
    if (list->count == added)
        return true;
    error_set(err, TOKVEC_BAD_FILE, "%zu token%s repeated", added - list->count,
              added - list->count == 1 ? " is" : "s are");
    error_where(err, "%s", map->path);
    return error_hint(err, "give each token one ID");
}

/* ---- tiktoken ------------------------------------------------------------------------------- */

/* Adds the token of a line as tiktoken writes it. *is_rank: whether it is one. */
static bool add_rank(vocab_list *list, tokvec_text line, bool *is_rank, uint64_t *rank,
                     tokvec_error *err)
{
    tokvec_text token;
    char *room = vocab_list_room(list, line.length, err);
    if (room == NULL)
        return false;
    size_t length = vocab_rules_rank(line, &token, rank) ? vocab_rules_base64(token, room) : 0;
    *is_rank = length > 0;
    return length == 0 || vocab_list_add(list, (int64_t)*rank, length, err);
}

/* Ends a list of ranks. */
static bool seal_ranks(vocab_list *list, const file_map *map, uint64_t largest, tokvec_error *err)
{
    enum { HOLES_MAX = 4 }; /* the largest rank, in lines */
    size_t added = list->count;
    list->unique = true;
    if (largest <= UINT32_MAX && !vocab_list_seal(list, false, err))
        return false;
    bool ranks = largest <= UINT32_MAX && largest / HOLES_MAX <= added;
    for (size_t i = 1; i < list->count && ranks; i++)
        ranks = list->tokens[i - 1].id != list->tokens[i].id;
    if (!ranks) {
        error_set(err, TOKVEC_BAD_FILE, "the numbers after the tokens are not their ranks");
        error_where(err, "%s", map->path);
        return error_hint(err, "in a tiktoken file each rank occurs once; if they are counts, "
                               "write a vocab.json, an object from token to ID");
    }
    list->base.lacks = "a file of ranks has no special tokens: give its ID, or name the model's "
                       "tokenizer.json";
    return vocab_repeated(map, list, added, err);
}

bool vocab_read_ranks(vocab_list *list, const file_map *map, uint64_t start, tokvec_error *err)
{
    tokvec_text line, token, rank;
    uint64_t largest = 0, id = 0;
    for (uint64_t at = start; vocab_rules_line(map, &at, &line);) {
        bool is_rank;
        if (!add_rank(list, line, &is_rank, &id, err))
            return false;
        if (!is_rank) {
            if (vocab_rules_fields(line, &token, &rank) != 2 || !vocab_rules_number(rank, &id))
                continue;
            char *room = vocab_list_room(list, token.length, err);
            if (room == NULL ||
                !vocab_list_add(list, (int64_t)id, vocab_rules_base64(token, room), err))
                return false;
        }
        largest = id > largest ? id : largest;
    }
    return seal_ranks(list, map, largest, err);
}

/* Two numbers in the first line may be a header. */
static bool may_be_rank(const file_map *map, uint64_t start)
{
    tokvec_text line, token;
    uint64_t number;
    return vocab_rules_short_line(map, &start, &line) && vocab_rules_rank(line, &token, &number) &&
           vocab_rules_base64(token, NULL) > 0 &&
           !vocab_rules_number((tokvec_text){token.bytes, 4}, &number);
}

bool vocab_ranks(const file_map *map, uint64_t start, tokvec_vocab **vocab, tokvec_error *err)
{
    *vocab = NULL;
    if (!may_be_rank(map, start))
        return false;
    vocab_list *list = vocab_list_new(err);
    if (list == NULL)
        return true;
    vocab_list_expect(list, map->size);
    tokvec_text line;
    uint64_t at = start, largest = 0, rank = 0, before = UINT64_MAX;
    bool good = true, is_rank = true, rise = false;
    while (good && is_rank && vocab_rules_short_line(map, &at, &line)) {
        good = add_rank(list, line, &is_rank, &rank, err);
        rise |= rank > before;
        before = rank;
        largest = rank > largest ? rank : largest;
    }
    bool falls = list->count > 1 && !rise && rank > 0; /* see are_counts */
    bool all = is_rank && at == map->size && !falls;
    if (good && all && seal_ranks(list, map, largest, err))
        *vocab = &list->base;
    else
        tokvec_vocab_close(&list->base);
    return !good || all;
}

/* ---- words with numbers ---------------------------------------------------------------------- */

/* Whether all numbers are different, which they are if they are as many as they can be. */
static bool all_different(const file_map *map, uint64_t start, const numbers *n, bool *different,
                          tokvec_error *err)
{
    uint8_t *seen = calloc((size_t)n->count / 8 + 1, 1);
    if (seen == NULL)
        return error_no_memory(err, n->count / 8 + 1);
    tokvec_text line, word;
    uint64_t number;
    *different = true;
    for (uint64_t at = start; *different && vocab_rules_line(map, &at, &line);) {
        if (!read_pair(line, &word, &number))
            continue;
        uint64_t place = number - n->least;
        *different = place < n->count && !(seen[place / 8] >> place % 8 & 1);
        if (*different)
            seen[place / 8] |= (uint8_t)(1 << place % 8);
    }
    free(seen);
    return true;
}

/* fairseq's dictionaries are known by nothing but their names: dict.txt, dict.en.txt. */
static bool is_dictionary(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    size_t length = strlen(name);
    return strncmp(name, "dict.", 5) == 0 && length >= 8 && strcmp(name + length - 4, ".txt") == 0;
}

static bool refuse_columns(const file_map *map, const char *what, const char *hint,
                           tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_FILE, "%s", what);
    error_where(err, "%s", map->path);
    return error_hint(err, "%s", hint);
}

/* Whether the numbers are IDs, or counts, which fall. */
static bool decide(const file_map *map, uint64_t start, const numbers *n, bool *ids,
                   tokvec_error *err)
{
    bool different = false;
    if (!all_different(map, start, n, &different, err))
        return false;
    bool single = n->count == 1 && n->first > 0;           /* no telling */
    bool dictionary = is_dictionary(map->path) && n->fall; /* may end in counts of 0 */
    *ids =
        !dictionary && ((different && n->least == 0) || (different && n->least == 1 && n->rise) ||
                        (n->rise && n->first == 0 && n->largest > 0));
    bool counts = dictionary || (n->fall && n->least > 0);
    if (single || (!*ids && !counts) || n->largest > (*ids ? UINT32_MAX : INT64_MAX))
        return refuse_columns(map,
                              "each line is a word and a number, and the numbers are neither "
                              "IDs nor counts that fall",
                              "write a vocab.json, an object from token to ID", err);
    if (!*ids && n->words < n->count / 2)
        return refuse_columns(map, "the words are numbers, the token IDs of another vocabulary",
                              "name the vocab.json or encoder.json of the model", err);
    return true;
}

bool vocab_read_columns(vocab_list *list, const file_map *map, uint64_t start, tokvec_error *err)
{
    static const char *const specials[] = {"<s>", "<pad>", "</s>", "<unk>"};
    enum { SPECIALS = sizeof specials / sizeof *specials };
    numbers n = look_at_numbers(map, start);
    bool ids;
    if (!decide(map, start, &n, &ids, err))
        return false;
    int64_t next = 0;
    for (; !ids && is_dictionary(map->path) && next < SPECIALS; next++) {
        tokvec_text special = {specials[next], strlen(specials[next])};
        if (!vocab_list_add_text(list, next, special, err))
            return false;
    }
    tokvec_text line, word;
    uint64_t number;
    for (uint64_t at = start; vocab_rules_line(map, &at, &line);) {
        if (read_pair(line, &word, &number) &&
            !vocab_list_add_text(list, ids ? (int64_t)number : next++, word, err))
            return false;
    }
    size_t added = list->count;
    list->unique = true;
    list->base.fairseq = !ids && is_dictionary(map->path);
    list->base.counted = !ids && !list->base.fairseq;
    return vocab_list_seal(list, true, err) && vocab_repeated(map, list, added, err);
}
