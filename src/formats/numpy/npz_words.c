/* npz_words.c - words that stand beside the vectors in an .npz file.
 * See npz_words.h. Elements of such an array have a fixed length, padded with zeros: UCS-4 in the
 * array's byte order ("U12"), or bytes ("S12"). Those of a stored array are read where they lie; a
 * list in memory is made if the array is compressed, or once a word is looked for.
 * SPDX-License-Identifier: MIT */
#include "formats/numpy/npz_words.h"

#include "base/bytes.h"
#include "codec/zip.h"
#include "vocab/vocab_list.h"

#include <stdlib.h>
#include <string.h>

enum {
    UCS4 = 4,
    ITEM_MAX = 1 << 16, /* bytes of one element: no word is longer */
    TEXT_MAX = 1 << 30, /* bytes of all words in memory */
};

typedef struct npz_words_kind {
    tokvec_vocab base;
    const file_map *map;
    const tokvec_tensor *tensor;
    const tensor_layout *layout;
    size_t item, char_size; /* in bytes */
    char *word;             /* room for one: never more bytes than the element, and 1 */
    vocab_list *list;       /* NULL until it is needed */
} npz_words_kind;

static bool bad(const npz_words_kind *v, tokvec_error *err, const char *what)
{
    return file_map_bad(v->map, v->tensor->offset, err, "the array '%.200s' %s", v->tensor->name,
                        what);
}

/* Appends a character as UTF-8; half of a surrogate pair, which Python's strings may hold, as the
 * three bytes it would have. */
static size_t put_utf8(uint32_t code, char *out)
{
    static const uint8_t lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    size_t n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = n; i-- > 1; code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3F));
    out[0] = (char)(n == 1 ? code : lead[n] | code);
    return n;
}

/* The word that an element holds, without the zeros at its end; it lies in the element or in
 * v->word. */
static bool read_word(const npz_words_kind *v, const uint8_t *item, tokvec_text *word,
                      tokvec_error *err)
{
    size_t length = v->item, put = 0;
    while (length > 0 && item[length - 1] == 0)
        length--;
    *word = (tokvec_text){(const char *)item, length};
    for (size_t i = 0; v->char_size == UCS4 && i < length; i += UCS4) {
        uint32_t code = load_le32(item + i);
        if (v->layout->big_endian)
            code = __builtin_bswap32(code);
        if (code > 0x10FFFF)
            return bad(v, err, "holds a number that is not a Unicode character");
        put += put_utf8(code, v->word + put);
        *word = (tokvec_text){v->word, put};
    }
    return true;
}

/* ---- all of them ---------------------------------------------------------------------------- */

static const uint8_t *stored_items(const npz_words_kind *v)
{
    return v->map->data + v->tensor->offset;
}

/* Adds all words to the list, from the stream if there is one. */
static bool fill(vocab_list *list, const npz_words_kind *v, zip_stream *stream, uint8_t *item,
                 tokvec_error *err)
{
    const uint8_t *at = stream == NULL ? stored_items(v) : item;
    tokvec_text word;
    if (stream == NULL && !file_want(v->map, v->tensor->offset, v->tensor->bytes, err))
        return false;
    list->keep = true;
    for (uint64_t i = 0; i < v->tensor->shape[0]; i++) {
        if (stream != NULL && !zip_stream_read(stream, item, v->item, err))
            return false;
        if (!read_word(v, at, &word, err) || !vocab_list_add_text(list, (int64_t)i, word, err))
            return false;
        if (list->used > TEXT_MAX)
            return bad(v, err, "holds more than 1 GB of text");
        at += stream == NULL ? v->item : 0;
    }
    return file_map_intact(v->map, err) && vocab_list_seal(list, false, err);
}

/* Steps over the header. */
static bool skip(const npz_words_kind *v, zip_stream *stream, uint8_t *room, tokvec_error *err)
{
    for (uint64_t left = v->layout->member_offset; left > 0;) {
        size_t n = left < v->item ? (size_t)left : v->item;
        if (!zip_stream_read(stream, room, n, err))
            return false;
        left -= n;
    }
    return true;
}

static bool make_list(npz_words_kind *v, tokvec_error *err)
{
    const tensor_layout *layout = v->layout;
    const uint64_t at = v->tensor->offset;
    bool deflated = layout->member != NULL;
    vocab_list *list = vocab_list_new(err);
    uint8_t *item = list == NULL ? NULL : malloc(v->item);
    zip_stream *stream = NULL;
    if (list != NULL && item == NULL)
        error_no_memory(err, v->item);
    else if (list != NULL && deflated)
        stream = zip_stream_open(v->map, layout->member, at, err);
    bool good = item != NULL && (deflated ? stream != NULL && skip(v, stream, item, err)
                                          : zip_check_stored(v->map, layout->checked,
                                                             at - layout->member_offset, err));
    good = good && fill(list, v, stream, item, err);
    zip_stream_close(stream);
    free(item);
    if (good)
        v->list = list;
    else
        tokvec_vocab_close(list == NULL ? NULL : &list->base);
    return good;
}

/* ---- the vocabulary ------------------------------------------------------------------------- */

static uint64_t words_count(tokvec_vocab *vocab)
{
    return ((npz_words_kind *)vocab)->tensor->shape[0];
}

static bool words_label(tokvec_vocab *vocab, int64_t id, stored_token *stored, tokvec_error *err)
{
    npz_words_kind *v = (npz_words_kind *)vocab;
    if (v->list != NULL)
        return v->list->base.ops->label(&v->list->base, id, stored, err);
    if (id < 0 || (uint64_t)id >= v->tensor->shape[0])
        return vocab_no_label(id, err);
    stored->plain = false;
    return file_want(v->map, v->tensor->offset + (uint64_t)id * v->item, v->item, err) &&
           read_word(v, stored_items(v) + (uint64_t)id * v->item, &stored->text, err) &&
           (!file_map_suspect(v->map) || file_map_intact(v->map, err));
}

static bool words_find(tokvec_vocab *vocab, tokvec_text stored, token_kind kind, int64_t *id,
                       tokvec_error *err)
{
    npz_words_kind *v = (npz_words_kind *)vocab;
    return (v->list != NULL || make_list(v, err)) &&
           v->list->base.ops->find(&v->list->base, stored, kind, id, err);
}

static void words_close(tokvec_vocab *vocab)
{
    npz_words_kind *v = (npz_words_kind *)vocab;
    tokvec_vocab_close(v->list == NULL ? NULL : &v->list->base);
    free(v->word);
    free(v);
}

static const vocab_ops words_ops = {
    .count = words_count, .label = words_label, .find = words_find, .close = words_close};

/* Arrays of other types than tables have are called by NumPy's names too. */
static bool is_ucs4(const tokvec_tensor *t)
{
    return strcmp(t->dtype_name, "str") == 0;
}

static bool is_text(const tokvec_tensor *t)
{
    return is_ucs4(t) || strcmp(t->dtype_name, "bytes") == 0;
}

/* Whether a matrix beside them has that many rows. */
static bool are_rows(const tokvec_weights *weights, uint64_t count)
{
    for (size_t i = 0; i < weights->count; i++) {
        const tokvec_tensor *t = &weights->tensors[i];
        if (t->ndim > 1 && t->dtype != TOKVEC_NO_DTYPE && layout_rows(t) == count)
            return true;
    }
    return false;
}

/* The array of that name, if it may be the words of a matrix; SIZE_MAX: there is none. */
static size_t find_named(const tokvec_weights *weights, const char *name)
{
    for (size_t i = 0; i < weights->count; i++) {
        const tokvec_tensor *t = &weights->tensors[i];
        if (is_text(t) && t->ndim == 1 && t->bytes > 0 && strcmp(t->name, name) == 0 &&
            are_rows(weights, t->shape[0]))
            return i;
    }
    return SIZE_MAX;
}

static size_t find_words(const tokvec_weights *weights)
{
    static const char *const names[] = {"words",        "word", "vocab", "vocabulary", "tokens",
                                        "index_to_key", "itos", "keys",  "index",      "labels"};
    size_t found = SIZE_MAX;
    for (size_t i = 0; found == SIZE_MAX && i < sizeof names / sizeof *names; i++)
        found = find_named(weights, names[i]);
    return found;
}

tokvec_vocab *npz_words(tokvec_weights *weights, tokvec_error *err)
{
    size_t index = find_words(weights);
    if (index == SIZE_MAX)
        return NULL;
    const tokvec_tensor *t = &weights->tensors[index];
    uint64_t item = t->bytes / t->shape[0];
    if (item > ITEM_MAX || t->shape[0] > VOCAB_LIST_MAX) {
        error_set(err, TOKVEC_UNSUPPORTED,
                  "the array '%.200s' has words that are too long, or too "
                  "many",
                  t->name);
        error_where(err, "%s", t->file);
        error_hint(err, "at most %d words of %d bytes are read", VOCAB_LIST_MAX, ITEM_MAX);
        return NULL;
    }
    npz_words_kind *v = calloc(1, sizeof *v);
    char *word = malloc((size_t)item + 1);
    if (v == NULL || word == NULL) {
        free(v);
        free(word);
        error_no_memory(err, item);
        return NULL;
    }
    *v = (npz_words_kind){
        .base = {.ops = &words_ops, .alphabet = {.kind = ALPHABET_PLAIN}, .listed = true},
        .map = weights->map,
        .tensor = t,
        .layout = &weights->layouts[index],
        .item = (size_t)item,
        .char_size = is_ucs4(t) ? UCS4 : 1,
        .word = word};
    if (v->layout->member == NULL || make_list(v, err))
        return &v->base;
    words_close(&v->base);
    return NULL;
}
