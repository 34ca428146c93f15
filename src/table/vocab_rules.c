/* vocab_rules.c - vocabularies in which every line keeps to a rule of its own.
 * See vocab_rules.h. A rule is a way to take a line apart; a file keeps to it if all its lines do.
 * SPDX-License-Identifier: MIT */
#include "table/vocab_rules.h"

#include "table/vocab_spelling.h"

#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_BYTES = 1 << 16 }; /* no token is as long */

/* A line taken apart. */
typedef struct parts {
    tokvec_text word;
    uint64_t number; /* rank, ID or count */
    uint64_t bytes;  /* RWKV: how many the token has */
} parts;

/* ---------------------------------------------------------------- lines */

/* The next line that is not empty, without its end; false after the last. A line that is too long
 * for any rule comes cut. */
static bool next_line(const file_map *map, uint64_t *at, tokvec_text *line)
{
    do {
        if (*at >= map->size)
            return false;
        const char *start = (const char *)map->data + *at;
        uint64_t left = map->size - *at;
        size_t most = left < LINE_MAX_BYTES ? (size_t)left : LINE_MAX_BYTES;
        const char *end = memchr(start, '\n', most);
        size_t length = end == NULL ? most : (size_t)(end - start);
        *at += length + (end != NULL);
        if (length > 0 && start[length - 1] == '\r')
            length--;
        *line = (tokvec_text){start, length};
    } while (line->length == 0);
    return true;
}

static uint64_t start_of(const file_map *map)
{
    return map->size >= 3 && memcmp(map->data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

/* All of a text as a natural number of at most 18 digits. */
static bool natural(tokvec_text text, uint64_t *number)
{
    if (text.length == 0 || text.length > 18)
        return false;
    *number = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return false;
        *number = *number * 10 + (uint64_t)(text.bytes[i] - '0');
    }
    return true;
}

static const char *last_of(tokvec_text text, const char *separators)
{
    for (size_t i = text.length; i > 0; i--) {
        if (strchr(separators, text.bytes[i - 1]) != NULL && text.bytes[i - 1] != '\0')
            return text.bytes + i - 1;
    }
    return NULL;
}

static tokvec_text before(tokvec_text text, const char *place)
{
    return (tokvec_text){text.bytes, (size_t)(place - text.bytes)};
}

static tokvec_text after(tokvec_text text, const char *place)
{
    return (tokvec_text){place + 1, text.length - (size_t)(place - text.bytes) - 1};
}

static bool ends_in(tokvec_text text, const char *end)
{
    size_t n = strlen(end);
    return text.length >= n && memcmp(text.bytes + text.length - n, end, n) == 0;
}

/* ---------------------------------------------------------------- rules */

/* WORD, one of the separators, NUMBER. */
static bool split_number(tokvec_text line, const char *separators, parts *p)
{
    const char *place = last_of(line, separators);
    if (place == NULL || place == line.bytes || !natural(after(line, place), &p->number))
        return false;
    p->word = before(line, place);
    return true;
}

/* tiktoken: "IQ== 0". */
static bool parse_rank(tokvec_text line, parts *p)
{
    return split_number(line, " ", p) && spelling_base64(p->word, NULL) > 0;
}

/* RWKV: "3 b'\xe3\x81' 2". */
static bool parse_rwkv(tokvec_text line, parts *p)
{
    const char *first = memchr(line.bytes, ' ', line.length);
    const char *last = last_of(line, " ");
    if (first == NULL || first == last || !natural(before(line, first), &p->number) ||
        !natural(after(line, last), &p->bytes))
        return false;
    p->word = (tokvec_text){first + 1, (size_t)(last - first) - 1};
    return spelling_is_python(p->word);
}

/* Marian: "\"the\": 2". */
static bool parse_yaml(tokvec_text line, parts *p)
{
    return split_number(line, " ", p) && ends_in(p->word, ":") && --p->word.length > 0;
}

/* Kaldi's symbol and number, fairseq's and GloVe's word and count. */
static bool parse_number(tokvec_text line, parts *p)
{
    static const char overwrite[] = " #fairseq:overwrite";
    if (ends_in(line, overwrite))
        line.length -= sizeof overwrite - 1;
    return split_number(line, " \t", p) && last_of(p->word, " \t") == NULL;
}

static bool parse_comma(tokvec_text line, parts *p)
{
    return split_number(line, ",;", p);
}

static bool parse_number_first(tokvec_text line, parts *p)
{
    size_t n = 0;
    while (n < line.length && line.bytes[n] >= '0' && line.bytes[n] <= '9')
        n++;
    if (n == line.length || strchr(" \t,;:", line.bytes[n]) == NULL || line.bytes[n] == '\0')
        return false;
    p->word = after(line, line.bytes + n);
    return natural(before(line, line.bytes + n), &p->number) && p->word.length > 0;
}

/* tensor2tensor: "'the_'". */
static bool parse_quoted(tokvec_text line, parts *p)
{
    p->word = line;
    char quote = line.bytes[0];
    return line.length >= 3 && (quote == '\'' || quote == '"') &&
           line.bytes[line.length - 1] == quote;
}

/* Two symbols that become one. */
static bool parse_merge(tokvec_text line, parts *p)
{
    const char *place = memchr(line.bytes, ' ', line.length);
    p->word = line;
    return place != NULL && place != line.bytes && after(line, place).length > 0 &&
           memchr(place + 1, ' ', after(line, place).length) == NULL;
}

typedef bool line_rule(tokvec_text line, parts *p);

/* How many lines there are, and how many of them keep to a rule. Gives up on a file where many do
 * not. The first that does not is number *odd, from 1. */
static bool count_lines(const file_map *map, line_rule *rule, uint64_t *lines, uint64_t *odd)
{
    enum { ODD_MAX = 8, ONE_IN = 16 };
    tokvec_text line;
    parts p;
    uint64_t wrong = 0;
    *lines = *odd = 0;
    for (uint64_t at = start_of(map); next_line(map, &at, &line); (*lines)++) {
        if (rule(line, &p))
            continue;
        if (wrong++ == 0)
            *odd = *lines + 1;
        if (wrong > ODD_MAX && wrong > *lines / ONE_IN)
            return false;
    }
    return wrong * ONE_IN <= *lines && *lines > 0;
}

/* ---------------------------------------------------------------- numbers */

/* What the numbers of a file are like. */
typedef struct numbers {
    uint64_t count, most;
    bool falling;  /* none is larger than the one before */
    bool distinct; /* asked only of numbers up to four times their count */
} numbers;

static bool look_at_numbers(const file_map *map, line_rule *rule, numbers *n, tokvec_error *err)
{
    tokvec_text line;
    parts p;
    uint64_t last = UINT64_MAX;
    *n = (numbers){.falling = true};
    for (uint64_t at = start_of(map); next_line(map, &at, &line) && rule(line, &p); n->count++) {
        n->most = p.number > n->most ? p.number : n->most;
        n->falling = n->falling && p.number <= last;
        last = p.number;
    }
    n->distinct = n->most / 4 <= n->count && n->count < VOCAB_LIST_MAX;
    if (!n->distinct)
        return true;
    uint8_t *seen = calloc((size_t)n->most + 1, 1);
    if (seen == NULL)
        return error_no_memory(err, (size_t)n->most + 1);
    for (uint64_t at = start_of(map); next_line(map, &at, &line) && rule(line, &p);) {
        if (p.number <= n->most && seen[p.number]++ != 0)
            n->distinct = false;
    }
    free(seen);
    return true;
}

/* ---------------------------------------------------------------- reading */

/* Writes the token of a word to out, which has room for the word's bytes and 4 more. Returns its
 * length, or SIZE_MAX if the word is not spelt as it should be. */
typedef size_t spelling_decoder(const parts *p, char *out);

static size_t decode_rank(const parts *p, char *out)
{
    return spelling_base64(p->word, out);
}

static size_t decode_rwkv(const parts *p, char *out)
{
    size_t n = spelling_python(p->word, out);
    return n == p->bytes ? n : SIZE_MAX;
}

static size_t decode_yaml(const parts *p, char *out)
{
    return spelling_yaml(p->word, out);
}

static size_t decode_plain(const parts *p, char *out)
{
    memcpy(out, p->word.bytes, p->word.length);
    return p->word.length;
}

static bool bad_line(const file_map *map, uint64_t line, const char *what, tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_FILE, "%s", what);
    error_where(err, "%s, line %llu", map->path, (unsigned long long)line);
    return error_hint(err, "name the model's tokenizer.json or vocab.json");
}

/* Adds all lines; IDs are the numbers, or count from `first` where `counted` says so. */
static bool read_lines(const file_map *map, line_rule *rule, spelling_decoder *decode, bool counted,
                       int64_t first, vocab_list *list, tokvec_error *err)
{
    enum { ROOM = 4 };
    tokvec_text line;
    parts p;
    int64_t number = 0;
    for (uint64_t at = start_of(map); next_line(map, &at, &line); number++) {
        if (!rule(line, &p) || p.number > UINT32_MAX)
            return bad_line(map, (uint64_t)number + 1, "the line is not as all others", err);
        char *room = vocab_list_room(list, p.word.length + ROOM, err);
        size_t length = room == NULL ? 0 : decode(&p, room);
        if (length == SIZE_MAX)
            return bad_line(map, (uint64_t)number + 1, "the token is not spelt as all others", err);
        if (room == NULL ||
            !vocab_list_add(list, counted ? first + number : (int64_t)p.number, length, false, err))
            return false;
    }
    return true;
}

/* ---------------------------------------------------------------- kinds */

static ruled refuse(const file_map *map, tokvec_error *err, const char *what, const char *hint)
{
    error_set(err, TOKVEC_UNSUPPORTED, "the file is %s", what);
    error_where(err, "%s", map->path);
    error_hint(err, "%s", hint);
    return RULED_REFUSED;
}

/* The parts of a file's kind that is read. */
typedef struct reading {
    line_rule *rule;
    spelling_decoder *decode;
    bool counted;
    const char *const *before; /* tokens that the file leaves out, IDs from 0; ends with NULL */
    bool guess;                /* the alphabet, by the tokens */
} reading;

static ruled read_as(const file_map *map, const reading *how, tokvec_vocab **vocab,
                     tokvec_error *err)
{
    vocab_list *list = vocab_list_new(err);
    int64_t first = 0;
    bool good = list != NULL;
    for (; good && how->before != NULL && how->before[first] != NULL; first++) {
        const char *token = how->before[first];
        good = vocab_list_copy(list, first, (stored_token){{token, strlen(token)}, true}, err);
    }
    good = good && read_lines(map, how->rule, how->decode, how->counted, first, list, err) &&
           vocab_list_seal(list, how->guess, err);
    if (good)
        *vocab = &list->base;
    else if (list != NULL)
        tokvec_vocab_close(&list->base);
    return good ? RULED_READ : RULED_REFUSED;
}

/* dict.txt, dict.en.txt: fairseq's, whose IDs begin behind four special tokens. Only the name
 * tells them from GloVe's counts. */
static bool is_fairseq(const char *path)
{
    const char *name = strrchr(path, '/');
    name = name == NULL ? path : name + 1;
    size_t length = strlen(name);
    return strncmp(name, "dict.", 5) == 0 && length >= 8 && strcmp(name + length - 4, ".txt") == 0;
}

/* RoBERTa's dict.txt has the IDs of another vocabulary in place of words. */
static bool words_are_numbers(const file_map *map)
{
    tokvec_text line;
    parts p;
    uint64_t number, words = 0, numeric = 0;
    for (uint64_t at = start_of(map); next_line(map, &at, &line) && parse_number(line, &p);) {
        words++;
        numeric += natural(p.word, &number);
    }
    return words > 0 && numeric >= words - words / 8;
}

static ruled numbered(const file_map *map, tokvec_vocab **vocab, tokvec_error *err)
{
    static const char *const special[] = {"<s>", "<pad>", "</s>", "<unk>", NULL};
    reading how = {.rule = parse_number, .decode = decode_plain, .counted = true, .guess = true};
    numbers n;
    if (!look_at_numbers(map, parse_number, &n, err))
        return RULED_REFUSED;
    if (is_fairseq(map->path)) {
        if (words_are_numbers(map))
            return refuse(map, err, "a dictionary of fairseq whose words are the IDs of GPT-2",
                          "name the vocab.json or encoder.json that has the tokens");
        how.before = special;
    } else if (n.distinct && n.most <= n.count) {
        how.counted = false;
    } else if (!n.falling) {
        return refuse(map, err, "a list of words and numbers, which are neither IDs nor counts",
                      "name the model's tokenizer.json or vocab.json");
    }
    return read_as(map, &how, vocab, err);
}

static ruled ranks(const file_map *map, tokvec_vocab **vocab, tokvec_error *err)
{
    static const reading how = {.rule = parse_rank, .decode = decode_rank};
    numbers n;
    if (!look_at_numbers(map, parse_rank, &n, err))
        return RULED_REFUSED;
    return n.distinct ? read_as(map, &how, vocab, err) : numbered(map, vocab, err);
}

/* True if some line ends its base64 in "=": in a rank file all single bytes do. */
static bool has_padding(const file_map *map)
{
    tokvec_text line;
    parts p;
    for (uint64_t at = start_of(map); next_line(map, &at, &line) && parse_rank(line, &p);) {
        if (ends_in(p.word, "="))
            return true;
    }
    return false;
}

static ruled allennlp(const file_map *map, tokvec_vocab **vocab, tokvec_error *err)
{
    static const char unknown[] = "@@UNKNOWN@@", newline[] = "@@NEWLINE@@";
    tokvec_text line;
    uint64_t at = start_of(map);
    if (!next_line(map, &at, &line) || line.length != sizeof unknown - 1 ||
        memcmp(line.bytes, unknown, line.length) != 0)
        return RULED_NOT;
    vocab_list *list = vocab_list_new(err);
    bool good =
        list != NULL && vocab_list_copy(list, 0, (stored_token){{"@@PADDING@@", 11}, true}, err);
    int64_t id = 1;
    for (at = start_of(map); good && next_line(map, &at, &line); id++) {
        if (line.length == sizeof newline - 1 && memcmp(line.bytes, newline, line.length) == 0)
            line = (tokvec_text){"\n", 1};
        good = vocab_list_copy(list, id, (stored_token){line, true}, err);
    }
    good = good && vocab_list_seal(list, false, err);
    if (good)
        *vocab = &list->base;
    else if (list != NULL)
        tokvec_vocab_close(&list->base);
    return good ? RULED_READ : RULED_REFUSED;
}

/* Merges begin with their version, or with two symbols of one character each. */
static bool is_merges(const file_map *map)
{
    tokvec_text line;
    parts p;
    uint64_t at = start_of(map), lines, odd;
    if (!next_line(map, &at, &line))
        return false;
    for (size_t i = 0; i + 8 <= line.length && i < 64; i++) {
        if (memcmp(line.bytes + i, "#version", 8) == 0)
            return true;
    }
    if (!parse_merge(line, &p) || line.length > 2 * 4 + 1 ||
        !count_lines(map, parse_merge, &lines, &odd) || odd != 0)
        return false;
    const char *blank = memchr(line.bytes, ' ', line.length);
    return spelling_is_character(before(line, blank)) && spelling_is_character(after(line, blank));
}

ruled vocab_rules(const file_map *map, tokvec_vocab **vocab, tokvec_error *err)
{
    static const reading rwkv = {.rule = parse_rwkv, .decode = decode_rwkv};
    static const reading yaml = {.rule = parse_yaml, .decode = decode_yaml, .guess = true};
    static const char other[] = "name the model's tokenizer.json or vocab.json";
    uint64_t lines, odd;
    *vocab = NULL;
    if (is_merges(map))
        return refuse(map, err, "a list of merges, not of tokens",
                      "name the vocab.json or tokenizer.json beside it");
    ruled found = allennlp(map, vocab, err);
    if (found != RULED_NOT)
        return found;
    if (count_lines(map, parse_rwkv, &lines, &odd))
        return read_as(map, &rwkv, vocab, err);
    if (count_lines(map, parse_rank, &lines, &odd) && odd == 0 && has_padding(map))
        return ranks(map, vocab, err);
    if (count_lines(map, parse_yaml, &lines, &odd))
        return read_as(map, &yaml, vocab, err);
    if (count_lines(map, parse_number, &lines, &odd)) {
        if (odd == 0)
            return numbered(map, vocab, err);
        bad_line(map, odd, "the line has no number behind its word, as all others have", err);
        return RULED_REFUSED;
    }
    if (count_lines(map, parse_quoted, &lines, &odd) && lines > 1)
        return refuse(map, err, "a list of quoted tokens, as tensor2tensor writes them", other);
    if (count_lines(map, parse_comma, &lines, &odd) && lines > 1)
        return refuse(map, err, "a table of words and numbers", other);
    if (count_lines(map, parse_number_first, &lines, &odd) && lines > 1)
        return refuse(map, err, "a list in which each line begins with a number", other);
    return RULED_NOT;
}
