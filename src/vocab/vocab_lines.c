/* vocab_lines.c - vocabularies of one token a line.
 * The line's number, from 0, is the ID, as in BERT's vocab.txt. Of equal lines of BERT's the last
 * one is found, as its readers fill a dictionary; of other lists the first. SentencePiece's .vocab
 * files have a score after a tab, which is left out.
 * SPDX-License-Identifier: MIT */
#include "vocab/vocab_kinds.h"

#include "base/utf8.h"
#include "text/lines.h"

#include <string.h>

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
    bool unknown;   /* one is AllenNLP's token for unknown words, */
    bool padding;   /* or for padding, which it does not write */
    bool bert;      /* one is BERT's token for unknown words, which its readers demand */
} shape;

static shape shape_of(const file_map *map, uint64_t start)
{
    shape s = {.start = start};
    tokvec_text line;
    for (uint64_t at = s.start; vocab_rules_line(map, &at, &line);) {
        s.unknown |= is_word(line, UNKNOWN);
        s.padding |= is_word(line, PADDING);
        s.bert |= is_word(line, BERT_UNKNOWN);
    }
    return s;
}

static bool bad_line(const file_map *map, tokvec_text line, const char *what, const char *hint,
                     tokvec_error *err)
{
    lines_bad(map, (uint64_t)(line.bytes - (const char *)map->data), err, "%s", what);
    return error_hint(err, "%s", hint);
}

/* Leaves out the tab and the score. A piece that is the end of a line leaves an empty one. */
static bool cut_score(const file_map *map, tokvec_text *line, tokvec_error *err)
{
    const char *tab = memchr(line->bytes, '\t', line->length);
    if (tab == NULL)
        return bad_line(map, *line, "the line does not have a token, a tab and a score",
                        "name the model of SentencePiece itself", err);
    line->length = (size_t)(tab - line->bytes);
    return true;
}

static bool read_lines(vocab_list *list, const file_map *map, uint64_t begin, bool scored,
                       tokvec_error *err)
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
        /* Python ends a line there, others do not: all that follow have another ID. */
        if (memchr(line.bytes, '\r', line.length) != NULL)
            return bad_line(map, line, "the line has a carriage return in it",
                            "end lines with LF or CR LF alone", err);
        if (scored && !cut_score(map, &line, err))
            return false;
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

tokvec_vocab *vocab_lines(const file_map *map, uint64_t start, bool scored, tokvec_error *err)
{
    vocab_list *list = vocab_list_new(err);
    if (list == NULL)
        return NULL;
    if (read_lines(list, map, start, scored, err))
        return &list->base;
    tokvec_vocab_close(&list->base);
    return NULL;
}
