/* fasttext.c - fastText models, .bin and .ftz.
 * A word's vector is the mean of the rows of the word and of its n-grams; words outside the
 * vocabulary have the n-grams alone.
 * SPDX-License-Identifier: MIT
 *
 * Format and arithmetic: fastText 0.9.2, args.cc, dictionary.cc, fasttext.cc. */
#include "formats/words/fasttext.h"

#include "base/array.h"
#include "base/bytes.h"

#include <stdlib.h>

enum {
    MAGIC = 793712314,
    VERSION_OLD = 11, /* in which supervised models have no n-grams, whatever they say */
    VERSION = 12,
    SUPERVISED = 3,
    ENTRY_TAIL = 1 + 8 + 1, /* a word's NUL, its count and its type */
    WORD_MAX = 1 << 16,     /* bytes of a word, and characters of an n-gram: beyond these, */
    NGRAM_MAX = 255,        /* a file is damaged, and would cost more time than sense */
};

/* ---------------------------------------------------------------- n-grams */

static int compare_kept(const void *a, const void *b)
{
    int32_t left = ((const kept_ngram *)a)->bucket, right = ((const kept_ngram *)b)->bucket;
    return (left > right) - (left < right);
}

static bool load_kept(fasttext *f, tokvec_error *err)
{
    size_t count = (size_t)f->kept_count;
    if (!file_want(f->base.map, f->kept_at, (uint64_t)count * 8, err))
        return false;
    f->kept = malloc(count * sizeof *f->kept);
    if (f->kept == NULL)
        return error_no_memory(err, count * sizeof *f->kept);
    for (size_t i = 0; i < count; i++) {
        const uint8_t *pair = f->base.map->data + f->kept_at + i * 8;
        f->kept[i] = (kept_ngram){(int32_t)load_le32(pair), (int32_t)load_le32(pair + 4)};
    }
    qsort(f->kept, count, sizeof *f->kept, compare_kept);
    return true;
}

/* The row of a bucket in the input matrix; *there is false if the n-gram was pruned away. */
static bool row_of_bucket(fasttext *f, int32_t bucket, uint64_t *row, bool *there,
                          tokvec_error *err)
{
    int64_t number = bucket;
    *there = f->kept_count != 0;
    if (f->kept_count > 0) {
        if (f->kept == NULL && !load_kept(f, err))
            return false;
        const kept_ngram key = {.bucket = bucket};
        const kept_ngram *kept =
            bsearch(&key, f->kept, (size_t)f->kept_count, sizeof key, compare_kept);
        *there = kept != NULL;
        number = kept == NULL ? 0 : kept->row;
    }
    *row = f->base.count + (uint64_t)number;
    if (*there && (number < 0 || *row >= f->input.rows))
        return file_map_bad(f->base.map, f->kept_at, err,
                            "an n-gram has row %lld, but the input matrix has %llu rows",
                            (long long)number, (unsigned long long)f->input.rows);
    return true;
}

bool fasttext_add_bucket(fasttext *f, int32_t bucket, float *out, uint64_t *added,
                         tokvec_error *err)
{
    uint64_t row;
    bool there;
    if (!row_of_bucket(f, bucket, &row, &there, err) ||
        (there && !fasttext_add_row(f->base.map, &f->input, row, out, err)))
        return false;
    *added += there;
    return true;
}

static bool continues_character(char byte)
{
    return (byte & 0xc0) == 0x80;
}

/* Rows that are to be added, while the memory fetches them: they lie all over the matrix. */
enum { FETCHED = 64 };
typedef struct row_queue {
    uint64_t rows[FETCHED];
    size_t count;
} row_queue;

/* In fastText's order: floats. */
static bool add_queued(const fasttext *f, row_queue *queue, float *out, tokvec_error *err)
{
    for (size_t i = 0; i < queue->count; i++) {
        if (!fasttext_add_row(f->base.map, &f->input, queue->rows[i], out, err))
            return false;
    }
    queue->count = 0;
    return true;
}

static bool queue_row(const fasttext *f, row_queue *queue, uint64_t row, float *out,
                      tokvec_error *err)
{
    if (queue->count == FETCHED && !add_queued(f, queue, out, err))
        return false;
    fasttext_fetch_row(f->base.map, &f->input, row);
    queue->rows[queue->count++] = row;
    return true;
}

/* Queues the rows of all n-grams of a word in angle brackets. */
static bool queue_ngrams(fasttext *f, const char *word, size_t length, row_queue *queue, float *out,
                         uint64_t *added, tokvec_error *err)
{
    for (size_t i = 0; i < length; i++) {
        if (continues_character(word[i]))
            continue;
        uint32_t hash = 2166136261; /* FNV-1a, but with signed bytes */
        int32_t n = 1;
        for (size_t j = i; j < length && n <= f->max_n; n++) {
            do {
                uint32_t byte = (uint32_t)(int8_t)word[j++];
                hash = (hash ^ byte) * 16777619;
            } while (j < length && continues_character(word[j]));
            if (n < f->min_n || (n == 1 && (i == 0 || j == length)))
                continue;
            uint64_t row;
            bool there;
            if (!row_of_bucket(f, (int32_t)(hash % (uint32_t)f->buckets), &row, &there, err))
                return false;
            if (there && !queue_row(f, queue, row, out, err))
                return false;
            *added += there;
        }
    }
    return true;
}

/* The rows of the word's n-grams, those of a usual one without asking for memory. */
static bool queue_word(fasttext *f, tokvec_text word, row_queue *queue, float *out, uint64_t *added,
                       tokvec_error *err)
{
    enum { USUAL = 256 };
    char usual[USUAL];
    size_t length = word.length + 2;
    char *bracketed = length <= USUAL ? usual : malloc(length);
    if (bracketed == NULL)
        return error_no_memory(err, length);
    bracketed[0] = '<';
    memcpy(bracketed + 1, word.bytes, word.length);
    bracketed[word.length + 1] = '>';
    bool good = queue_ngrams(f, bracketed, length, queue, out, added, err);
    if (bracketed != usual)
        free(bracketed);
    return good;
}

bool fasttext_add_word(fasttext *f, tokvec_text word, int64_t entry, float *out, uint64_t *added,
                       tokvec_error *err)
{
    row_queue queue = {.count = 0};
    if (entry >= 0 && !queue_row(f, &queue, (uint64_t)entry, out, err))
        return false;
    *added += entry >= 0;
    bool is_end = word.length == 4 && memcmp(word.bytes, "</s>", 4) == 0; /* has no n-grams */
    if (!is_end && f->max_n > 0 && !queue_word(f, word, &queue, out, added, err))
        return false;
    return add_queued(f, &queue, out, err);
}

void fasttext_divide(float *out, size_t dim, uint64_t n)
{
    float share = (float)(1.0 / (double)n);
    for (size_t i = 0; i < dim; i++)
        out[i] *= share;
}

bool fasttext_vector(fasttext *f, tokvec_text word, int64_t entry, float *out, tokvec_error *err)
{
    uint64_t added = 0;
    memset(out, 0, (size_t)f->base.dim * sizeof *out);
    if (!fasttext_add_word(f, word, entry, out, &added, err))
        return false;
    if (added > 0)
        fasttext_divide(out, (size_t)f->base.dim, added);
    return true;
}

/* ---------------------------------------------------------------- text_rows */

/* An entry of the dictionary: word, NUL, count (int64), type (a byte). */
bool fasttext_entry(const file_map *map, uint64_t at, tokvec_text *word, uint64_t *next,
                    tokvec_error *err)
{
    const char *bytes = (const char *)map->data + at;
    uint64_t left = map->size - at, stop = at + (left < WORD_MAX ? left : WORD_MAX);
    uint64_t nul = file_find(map, at, stop, '\0');
    if (nul == stop)
        return file_map_bad(map, at, err, "a word of the dictionary has no end");
    *word = (tokvec_text){bytes, (size_t)(nul - at)};
    *next = at + word->length + ENTRY_TAIL;
    if (*next > map->size)
        return file_map_bad(map, at, err, "the model is cut in its dictionary");
    return true;
}

static bool fasttext_scan(const text_rows *w, uint64_t row, uint64_t start, bool whole,
                          text_rows_room *room, text_row *out, tokvec_error *err)
{
    (void)row;
    (void)whole;
    (void)room;
    return fasttext_entry(w->map, start, &out->word, &out->next, err);
}

static bool fasttext_read(text_rows *w, uint64_t row, void *out, tokvec_error *err)
{
    fasttext *f = (fasttext *)w;
    if (row >= w->count) {
        const stranger *s = &f->strangers[row - w->count];
        return fasttext_vector(f, (tokvec_text){s->word, s->length}, -1, out, err);
    }
    tokvec_text word;
    uint64_t start;
    return text_rows_word(w, row, &word, &start, err) &&
           fasttext_vector(f, word, (int64_t)row, out, err);
}

static tokvec_text stranger_word(void *context, uint32_t number)
{
    const stranger *s = &((const fasttext *)context)->strangers[number];
    return (tokvec_text){s->word, s->length};
}

/* Labels of supervised models stand in the dictionary behind the words, but have no vectors. */
static bool refuse_label(const fasttext *f, tokvec_text word, tokvec_error *err)
{
    const text_rows *w = &f->base;
    uint64_t at = w->next; /* all words have been passed over */
    for (uint64_t i = w->known; i < f->entries; i++) {
        tokvec_text other = {"", 0};
        if (!fasttext_entry(w->map, at, &other, &at, err))
            return false;
        if (i >= w->count && other.length == word.length &&
            memcmp(other.bytes, word.bytes, word.length) == 0) {
            error_set(err, TOKVEC_UNSUPPORTED, "'%.*s' is a label of the model and has no vector",
                      (int)(word.length < 80 ? word.length : 80), word.bytes);
            error_where(err, "%s", w->map->path);
            return error_hint(err, "look up a word of its vocabulary, not a label");
        }
    }
    return true;
}

static bool fasttext_invent(text_rows *w, tokvec_text word, uint64_t *row, tokvec_error *err)
{
    fasttext *f = (fasttext *)w;
    uint32_t number;
    f->stranger_numbers.word = stranger_word;
    f->stranger_numbers.context = f;
    if (word_map_find(&f->stranger_numbers, word, &number)) {
        *row = w->count + number;
        return true;
    }
    if (word.length > WORD_MAX || w->invented >= UINT32_MAX)
        return error_set(err, TOKVEC_BAD_ARGUMENT,
                         word.length > WORD_MAX ? "the word is longer than 65536 bytes"
                                                : "more than 2^32 words outside the vocabulary");
    if (!refuse_label(f, word, err) ||
        !array_reserve(&f->strangers, &f->strangers_reserved, (size_t)w->invented + 1,
                       sizeof *f->strangers, err))
        return false;
    char *copy = malloc(word.length + 1);
    if (copy == NULL)
        return error_no_memory(err, word.length + 1);
    memcpy(copy, word.bytes, word.length);
    f->strangers[w->invented++] = (stranger){copy, word.length};
    *row = w->count + w->invented - 1;
    return word_map_add(&f->stranger_numbers, word, (uint32_t)w->invented - 1, err);
}

static tokvec_text fasttext_invented(text_rows *w, uint64_t row)
{
    return stranger_word(w, (uint32_t)(row - w->count));
}

static void fasttext_release(text_rows *w)
{
    fasttext *f = (fasttext *)w;
    for (uint64_t i = 0; i < w->invented; i++)
        free(f->strangers[i].word);
    free(f->strangers);
    free(f->stranger_numbers.slots);
    free(f->kept);
    free(f->label_starts);
    free(f->labels.slots);
    free(f->hashes);
}

/* What threads share. */
static bool fasttext_prepare(text_rows *w, tokvec_error *err)
{
    fasttext *f = (fasttext *)w;
    return f->kept_count <= 0 || f->kept != NULL || load_kept(f, err);
}

static const text_rows_kind fasttext_kind = {
    .scan = fasttext_scan,
    .read = fasttext_read,
    .concurrent = true,
    .prepare = fasttext_prepare,
    .invent = fasttext_invent,
    .invented = fasttext_invented,
    .sentence = fasttext_sentence,
    .release = fasttext_release,
};

/* ---------------------------------------------------------------- opening */

static format_grade fasttext_recognise(const file_map *map)
{
    return file_head(map, 4) == 4 && load_le32(map->data) == MAGIC ? GRADE_CERTAIN : GRADE_NO;
}

/* What the model was trained with. Most of it does not matter here. */
static bool read_arguments(fasttext_cursor *c, fasttext *f)
{
    enum { ARGUMENTS = 12 };
    int32_t magic, version, all[ARGUMENTS];
    if (!fasttext_int32(c, &magic) || !fasttext_int32(c, &version))
        return false;
    if (magic != MAGIC)
        return file_map_bad(c->map, 0, c->err, "the file does not begin as a fastText model");
    if (version != VERSION && version != VERSION_OLD)
        return file_map_bad(c->map, 4, c->err, "version %d of the format is unknown", version);
    uint64_t begin = c->at;
    for (int i = 0; i < ARGUMENTS; i++) {
        if (!fasttext_int32(c, &all[i]))
            return false;
    }
    /* dim, ws, epoch, minCount, neg, wordNgrams, loss, model, bucket, minn, maxn, lrUpdateRate */
    f->word_ngrams = all[5];
    f->is_supervised = all[7] == SUPERVISED;
    f->buckets = all[8];
    f->min_n = all[9];
    f->max_n = version == VERSION_OLD && f->is_supervised ? 0 : all[10];
    if (all[0] < 1)
        return file_map_bad(c->map, begin, c->err, "the dimension is %d, less than 1", all[0]);
    f->base.dim = (uint64_t)all[0];
    if (f->min_n < 0 || f->max_n < 0 || f->max_n > NGRAM_MAX)
        return file_map_bad(c->map, begin + 4 * 9, c->err, "the n-grams have %d to %d characters",
                            f->min_n, f->max_n);
    if (f->max_n > 0 && f->buckets < 1)
        return file_map_bad(c->map, begin + 4 * 8, c->err,
                            "the number of buckets for n-grams is %d", f->buckets);
    return fasttext_skip(c, sizeof(double), "header"); /* t */
}

static bool read_dictionary(fasttext_cursor *c, fasttext *f)
{
    int32_t entries, word_count, label_count;
    int64_t tokens;
    uint64_t begin = c->at;
    if (!fasttext_int32(c, &entries) || !fasttext_int32(c, &word_count) ||
        !fasttext_int32(c, &label_count) || !fasttext_int64(c, &tokens) ||
        !fasttext_int64(c, &f->kept_count))
        return false;
    if (word_count < 0 || label_count < 0 || (int64_t)word_count + label_count != entries)
        return file_map_bad(c->map, begin, c->err, "%d words and %d labels do not make %d entries",
                            word_count, label_count, entries);
    f->entries = (uint64_t)entries;
    f->base.count = (uint64_t)word_count;
    f->base.next = c->at;
    for (int32_t i = 0; i < entries; i++) {
        tokvec_text word = {"", 0};
        if (!fasttext_entry(c->map, c->at, &word, &c->at, c->err))
            return false;
    }
    f->kept_at = c->at;
    if (f->kept_count < -1)
        return file_map_bad(c->map, begin, c->err, "the number of n-grams kept is negative");
    if (f->kept_count <= 0)
        return true;
    uint64_t bytes = (uint64_t)f->kept_count;
    return fasttext_skip(c, mul_u64(bytes, 8, &bytes) ? bytes : UINT64_MAX, "n-grams");
}

static bool fasttext_read_header(tokvec_weights *weights, tokvec_error *err)
{
    fasttext *f = (fasttext *)text_rows_new(weights, &fasttext_kind, sizeof *f, err);
    if (f == NULL)
        return false;
    fasttext_cursor c = {.map = weights->map, .err = err};
    f->base.has_words = true;
    if (!read_arguments(&c, f) || !read_dictionary(&c, f) || !fasttext_skip(&c, 1, "header"))
        return false;
    if (!file_want(weights->map, c.at - 1, 1, err))
        return false;
    bool quantised = weights->map->data[c.at - 1] != 0;
    if (!quantised && f->kept_count >= 0)
        return file_map_bad(weights->map, c.at - 1, err,
                            "the model is pruned but not quantised, as a broken release wrote it");
    uint64_t begin = c.at;
    return fasttext_read_matrix(&c, f->base.dim, f->base.count, quantised, &f->input) &&
           text_rows_add_tensor(weights, begin, err);
}

const weights_format fasttext_format = {
    .name = "fasttext",
    .suffixes = {".bin"},
    .recognise = fasttext_recognise,
    .read_header = fasttext_read_header,
    TEXT_ROWS_FORMAT,
};
