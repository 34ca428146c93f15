/* vocab_lines.c - vocabularies of one token a line.
 * The line's number, from 0, is the ID, as in BERT's vocab.txt. Of equal lines of BERT's the last
 * one is found, as its readers fill a dictionary; of other lists the first. SentencePiece's .vocab
 * files have a score after a tab, which is left out. SPDX-License-Identifier: MIT */
#include "vocab/vocab_kinds.h"

#include "base/utf8.h"
#include "text/lines.h"

#include <string.h>

/* What stands before the tab of a line of .vocab files, or SIZE_MAX if it is not one. */
static size_t before_score(tokvec_text line)
{
    static const char digits[] = "+-.0123456789eE";
    const char *tab = memchr(line.bytes, '\t', line.length);
    if (tab == NULL || tab == line.bytes || tab + 1 == line.bytes + line.length)
        return SIZE_MAX;
    for (const char *c = tab + 1; c < line.bytes + line.length; c++) {
        if (memchr(digits, *c, sizeof digits - 1) == NULL)
            return SIZE_MAX;
    }
    return (size_t)(tab - line.bytes);
}

/* Tokens of AllenNLP, and BERT's for unknown words. */
enum { PADDING, UNKNOWN, NEWLINE, BERT_UNKNOWN };
static const tokvec_text words[] = {
    {"@@PADDING@@", 11}, {"@@UNKNOWN@@", 11}, {"@@NEWLINE@@", 11}, {"[UNK]", 5}};

static bool is_word(tokvec_text line, int which)
{
    return line.length == words[which].length &&
           memcmp(line.bytes, words[which].bytes, line.length) == 0;
}

/* What the lines have in common. */
typedef struct shape {
    uint64_t start; /* after a byte order mark */
    bool scored;    /* each ends in a tab and a number */
    bool unknown;   /* one is AllenNLP's token for unknown words, */
    bool padding;   /* or for padding, which it does not write */
    bool bert;      /* one is BERT's token for unknown words, which its readers demand */
} shape;

static shape shape_of(const file_map *map, uint64_t start)
{
    shape s = {.start = start, .scored = true};
    tokvec_text line;
    for (uint64_t at = s.start; vocab_rules_line(map, &at, &line);) {
        s.unknown |= is_word(line, UNKNOWN);
        s.padding |= is_word(line, PADDING);
        s.bert |= is_word(line, BERT_UNKNOWN);
        s.scored = s.scored && before_score(line) != SIZE_MAX;
    }
    return s;
}

/* Python ends a line there, other readers do not: all that follow have another ID. */
static bool refuse_return(const file_map *map, tokvec_text line, tokvec_error *err)
{
    lines_bad(map, (uint64_t)(line.bytes - (const char *)map->data), err,
              "the line has a carriage return in it");
    return error_hint(err, "end lines with LF or CR LF alone");
}

static bool read_lines(vocab_list *list, const file_map *map, uint64_t begin, tokvec_error *err)
{
    shape s = shape_of(map, begin);
    tokvec_text line;
    int64_t id = 0;
    bool allennlp = s.unknown && !s.padding; /* ID 0 is the padding */
    if (allennlp && !vocab_list_add_text(list, id++, words[PADDING], err))
        return false;
    for (uint64_t at = s.start, start = at; vocab_rules_line(map, &at, &line); start = at, id++) {
        if (memchr(line.bytes, '\0', line.length) != NULL || !utf8_valid(line.bytes, line.length)) {
            error_set(err, TOKVEC_BAD_FILE, "the file is not a vocabulary that tokvec knows");
            error_where(err, "%s, byte %llu", map->path, (unsigned long long)start);
            return error_hint(err, "name a tokenizer.json, vocab.json, vocab.txt, or weights that "
                                   "have token strings");
        }
        if (memchr(line.bytes, '\r', line.length) != NULL)
            return refuse_return(map, line, err);
        if (s.scored)
            line.length = before_score(line);
        if (allennlp && is_word(line, NEWLINE))
            line = (tokvec_text){"\n", 1};
        if (!vocab_list_add_text(list, id, line, err))
            return false;
    }
    list->finds_last = s.bert;
    if (id > 0)
        return vocab_list_seal(list, true, err);
    error_set(err, TOKVEC_BAD_FILE, "the file is empty");
    return error_where(err, "%s", map->path);
}

tokvec_vocab *vocab_lines(const file_map *map, uint64_t start, tokvec_error *err)
{
    vocab_list *list = vocab_list_new(err);
    if (list == NULL)
        return NULL;
    if (read_lines(list, map, start, err))
        return &list->base;
    tokvec_vocab_close(&list->base);
    return NULL;
}
