/* vocab_list.c - a vocabulary in memory.
 * Tokens in the order of their IDs, their bytes one after the other, and a hash table once more
 * tokens are looked for than going through all is good for.
 * SPDX-License-Identifier: MIT */
#include "vocab/vocab_list.h"

#include "base/array.h"
#include "base/bytes.h"

#include <stdlib.h>
#include <string.h>

enum { SCANS_MAX = 4 }; /* finds that go through the list, before there is a hash table */

static tokvec_text text_of(const vocab_list *list, const list_token *token)
{
    return (tokvec_text){list->text + token->offset, token->length};
}

static bool is_plain(const vocab_list *list, const list_token *token)
{
    return token->origin != LIST_MODEL && list->added_plain;
}

static bool reads(const vocab_list *list, const list_token *token, tokvec_text wanted)
{
    return token->length == wanted.length &&
           (wanted.length == 0 ||
            memcmp(list->text + token->offset, wanted.bytes, wanted.length) == 0);
}

static bool is(const vocab_list *list, const list_token *token, tokvec_text wanted, token_kind kind)
{
    return reads(list, token, wanted) &&
           (kind == TOKEN_ANY || is_plain(list, token) == (kind == TOKEN_PLAIN));
}

/* ---- the hash table ------------------------------------------------------------------------- */

/* The first of eight bytes, as many as `count` says; the others as zeros. */
static uint64_t first_bytes(const char *eight, size_t count)
{
    uint64_t all = load_le64(eight);
    return count < 8 ? all & ((UINT64_C(1) << 8 * count) - 1) : all;
}

/* Eight bytes at a time, multiplied and folded: in the manner of MurmurHash (Appleby). Of the last
 * bytes, 16 at most, `tail` is a place where 16 can be read: how many they are takes no branches.
 */
static uint64_t hash(tokvec_text text, const char *tail)
{
    const uint64_t factor = UINT64_C(0x9e3779b97f4a7c15);
    const char *bytes = text.bytes;
    size_t left = text.length;
    uint64_t h = left * factor;
    for (; left > LIST_SLACK; bytes += 8, left -= 8) {
        h = (h ^ load_le64(bytes)) * factor;
        h ^= h >> 32;
    }
    h = (h ^ first_bytes(tail, left)) * factor;
    h ^= h >> 32;
    h = (h ^ (left > 8 ? first_bytes(tail + 8, left - 8) : 0)) * factor;
    h = (h ^ h >> 32) * factor; /* what is in the last bytes reaches the lowest bits, too */
    return h ^ h >> 32;
}

/* Where the last bytes of a text begin that hash() takes for themselves. */
static size_t tail_of(size_t length)
{
    return length <= LIST_SLACK ? 0 : (length - LIST_SLACK + 7) / 8 * 8;
}

static uint64_t hash_of_token(const vocab_list *list, const list_token *token)
{
    tokvec_text text = text_of(list, token);
    return hash(text, text.bytes + tail_of(text.length));
}

/* Of a text behind which nothing may be read. */
static uint64_t hash_of_text(tokvec_text text)
{
    char tail[LIST_SLACK] = {0};
    size_t from = tail_of(text.length);
    if (text.length > 0)
        memcpy(tail, text.bytes + from, text.length - from);
    return hash(text, tail);
}

/* A slot is a bit that says that it is not empty, seven of the hash above it, so that few others
 * are compared, and the index of a token below it. */
enum { SLOT_TAKEN = VOCAB_LIST_MAX, SLOT_SHIFT = 24 };
_Static_assert(SLOT_TAKEN == 1 << SLOT_SHIFT, "any index fits into a slot");

static uint32_t tag_of(uint64_t h)
{
    return (uint32_t)(h >> 57) << 1 | 1;
}

static size_t index_in(uint32_t slot)
{
    return slot & (SLOT_TAKEN - 1);
}

/* The slot of the first token of that hash that reads so, or the empty one where it would be. */
static size_t slot_at(const vocab_list *list, uint64_t h, tokvec_text wanted, token_kind kind)
{
    size_t mask = list->slot_count - 1, at = (size_t)h & mask;
    for (uint32_t slot; (slot = list->slots[at]) != 0; at = (at + 1) & mask) {
        if (slot >> SLOT_SHIFT == tag_of(h) &&
            is(list, &list->tokens[index_in(slot)], wanted, kind))
            break;
    }
    return at;
}

static void fill_slot(vocab_list *list, size_t at, uint64_t h, size_t index)
{
    list->slots[at] = tag_of(h) << SLOT_SHIFT | (uint32_t)index;
}

enum { AHEAD = 16 }; /* tokens whose slots are on their way from memory */

/* The hashes of all tokens, in turn. */
typedef struct hashes {
    uint64_t of[AHEAD];
    size_t next;
} hashes;

static uint64_t next_hash(const vocab_list *list, hashes *ahead, size_t i)
{
    for (; ahead->next < list->count && ahead->next < i + AHEAD; ahead->next++) {
        uint64_t h = hash_of_token(list, &list->tokens[ahead->next]);
        ahead->of[ahead->next % AHEAD] = h;
        __builtin_prefetch(&list->slots[h & (list->slot_count - 1)], 1);
    }
    return ahead->of[i % AHEAD];
}

static bool empty_slots(vocab_list *list, tokvec_error *err)
{
    free(list->slots);
    list->slot_count = 16;
    while (list->slot_count < 2 * list->count)
        list->slot_count *= 2;
    size_t bytes = list->slot_count * sizeof *list->slots;
    list->slots = array_large(bytes);
    if (list->slots == NULL)
        return error_no_memory(err, bytes);
    memset(list->slots, 0, bytes);
    return true;
}

/* *repeated: how many tokens read like one before of their kind. */
static bool make_slots(vocab_list *list, size_t *repeated, tokvec_error *err)
{
    *repeated = 0;
    if (!empty_slots(list, err))
        return false;
    hashes ahead = {.next = 0};
    for (size_t i = 0; i < list->count; i++) {
        const list_token *token = &list->tokens[i];
        token_kind kind = is_plain(list, token) ? TOKEN_PLAIN : TOKEN_SPELT;
        uint64_t h = next_hash(list, &ahead, i);
        size_t at = slot_at(list, h, text_of(list, token), kind);
        bool free_slot = list->slots[at] == 0;
        *repeated += !free_slot;
        if (free_slot || list->finds_last)
            fill_slot(list, at, h, i);
    }
    return true;
}

/* ---- asking --------------------------------------------------------------------------------- */

static uint64_t list_count(tokvec_vocab *vocab)
{
    return ((vocab_list *)vocab)->count;
}

static stored_token stored_of(const vocab_list *list, const list_token *token)
{
    return (stored_token){text_of(list, token), is_plain(list, token)};
}

static bool list_token_at(tokvec_vocab *vocab, uint64_t index, int64_t *id, stored_token *stored,
                          tokvec_error *err)
{
    const vocab_list *list = (const vocab_list *)vocab;
    if (index >= list->count)
        return error_set(err, TOKVEC_BAD_ARGUMENT, "the vocabulary has %zu tokens", list->count);
    *id = list->tokens[index].id;
    *stored = stored_of(list, &list->tokens[index]);
    return true;
}

static bool list_label(tokvec_vocab *vocab, int64_t id, stored_token *stored, tokvec_error *err)
{
    const vocab_list *list = (const vocab_list *)vocab;
    size_t low = 0, high = list->count;
    if (id >= 0 && (uint64_t)id < list->count && list->tokens[id].id == id)
        low = high = (size_t)id; /* where no ID is left out */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->tokens[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == list->count || list->tokens[low].id != id)
        return vocab_no_label(id, err);
    while (low > 0 && list->tokens[low - 1].id == id) /* from the short way above */
        low--;
    *stored = stored_of(list, &list->tokens[low]);
    return true;
}

/* The first token that reads so, or the last where that one counts; list->count: none. */
static size_t scan(const vocab_list *list, tokvec_text stored, token_kind kind)
{
    size_t found = list->count;
    for (size_t i = 0; i < list->count && (found == list->count || list->finds_last); i++) {
        if (is(list, &list->tokens[i], stored, kind))
            found = i;
    }
    return found;
}

static bool list_find(tokvec_vocab *vocab, tokvec_text stored, token_kind kind, int64_t *id,
                      tokvec_error *err)
{
    vocab_list *list = (vocab_list *)vocab;
    size_t index = list->count, repeated;
    if (list->slots == NULL && list->finds++ < SCANS_MAX) {
        index = scan(list, stored, kind);
    } else {
        if (list->slots == NULL && !make_slots(list, &repeated, err))
            return false;
        size_t at = slot_at(list, hash_of_text(stored), stored, kind);
        if (list->slots[at] != 0)
            index = index_in(list->slots[at]);
    }
    if (index == list->count)
        return vocab_missing(err);
    *id = list->tokens[index].id;
    return true;
}

static void list_close(tokvec_vocab *vocab)
{
    vocab_list *list = (vocab_list *)vocab;
    free(list->tokens);
    free(list->text);
    free(list->slots);
    free(list);
}

static const vocab_ops list_ops = {
    .count = list_count,
    .token = list_token_at,
    .label = list_label,
    .find = list_find,
    .close = list_close,
};

/* ---- filling -------------------------------------------------------------------------------- */

vocab_list *vocab_list_new(tokvec_error *err)
{
    vocab_list *list = calloc(1, sizeof *list);
    if (list == NULL)
        error_no_memory(err, sizeof *list);
    else
        list->base.ops = &list_ops;
    return list;
}

void vocab_list_expect(vocab_list *list, uint64_t file_size)
{
    enum { LEAST = 1 << 20, TOKEN_BYTES = 16 }; /* of the file for a token, at least */
    if (file_size < LEAST || file_size > SIZE_MAX / 4 || list->tokens != NULL || list->text != NULL)
        return;
    size_t count = (size_t)file_size / TOKEN_BYTES;
    list->tokens = array_large(count * sizeof *list->tokens);
    list->capacity = list->tokens == NULL ? 0 : count < VOCAB_LIST_MAX ? count : VOCAB_LIST_MAX;
    list->text = array_large((size_t)file_size);
    list->reserved = list->text == NULL ? 0 : (size_t)file_size;
}

char *vocab_list_more_room(vocab_list *list, size_t length, tokvec_error *err)
{
    if (length > INT32_MAX || length > PTRDIFF_MAX - list->used - LIST_SLACK) {
        error_no_memory(err, UINT64_MAX);
        return NULL;
    }
    return array_reserve(&list->text, &list->reserved, list->used + length + LIST_SLACK, 1, err)
               ? list->text + list->used
               : NULL;
}

bool vocab_list_more_tokens(vocab_list *list, tokvec_error *err)
{
    if (list->count == VOCAB_LIST_MAX) {
        error_set(err, TOKVEC_UNSUPPORTED, "the vocabulary has more than %d tokens",
                  VOCAB_LIST_MAX);
        return error_hint(err, "name a file of token strings");
    }
    free(list->slots);
    list->slots = NULL;
    size_t capacity = list->capacity;
    bool good = array_reserve(&list->tokens, &capacity, list->count + 1, sizeof *list->tokens, err);
    list->capacity = capacity < VOCAB_LIST_MAX ? capacity : VOCAB_LIST_MAX;
    return good;
}

bool vocab_list_add_text(vocab_list *list, int64_t id, tokvec_text token, tokvec_error *err)
{
    char *room = vocab_list_room(list, token.length, err);
    if (room != NULL && token.length > 0)
        memcpy(room, token.bytes, token.length);
    return room != NULL && vocab_list_add(list, id, token.length, err);
}

vocab_list *vocab_list_of(tokvec_vocab *vocab)
{
    return vocab->ops == &list_ops ? (vocab_list *)vocab : NULL;
}

/* ---- sealing -------------------------------------------------------------------------------- */

/* By ID, then by origin, then as they were added. */
static int by_id(const void *a, const void *b)
{
    const list_token *x = a, *y = b;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    if (x->origin != y->origin)
        return x->origin < y->origin ? -1 : 1;
    return (x->offset > y->offset) - (x->offset < y->offset);
}

/* In the order of by_id. Where few IDs are left out,
 * as in all models, by counting: a vocabulary is to be opened in milliseconds. */
static bool sort_by_id(vocab_list *list, tokvec_error *err)
{
    enum { LEFT_OUT_MAX = 4 };
    int64_t last = 0;
    for (size_t i = 0; i < list->count; i++)
        last = list->tokens[i].id > last ? list->tokens[i].id : last;
    if ((uint64_t)last / LEFT_OUT_MAX > list->count) {
        qsort(list->tokens, list->count, sizeof *list->tokens, by_id);
        return true;
    }
    const size_t ids = (size_t)last + 2;
    size_t *next = array_large(ids * sizeof *next); /* place of the next token of each ID */
    list_token *sorted = array_large(list->count * sizeof *sorted);
    if (next == NULL || sorted == NULL) {
        free(next);
        free(sorted);
        return error_no_memory(err, list->count * sizeof *sorted);
    }
    memset(next, 0, ids * sizeof *next);
    for (size_t i = 0; i < list->count; i++)
        next[list->tokens[i].id + 1]++;
    for (size_t id = 0; id <= (size_t)last; id++)
        next[id + 1] += next[id];
    for (unsigned origin = LIST_MODEL; origin <= LIST_BESIDE; origin++) {
        for (size_t i = 0; i < list->count; i++) {
            if (list->tokens[i].origin == origin)
                sorted[next[list->tokens[i].id]++] = list->tokens[i];
        }
    }
    free(next);
    free(list->tokens);
    list->tokens = sorted;
    list->capacity = list->count;
    return true;
}

/* Which of two tokens that read alike, in the order of by_id, is not one; NULL: both are. */
static list_token *superfluous(const vocab_list *list, list_token *a, list_token *b)
{
    list_token *first = a->offset < b->offset ? a : b, *last = first == a ? b : a;
    if (a->origin == LIST_MODEL && b->origin == LIST_MODEL)
        return list->unique ? first : NULL;
    if (list->apart && a->origin != LIST_BESIDE && b->origin != LIST_BESIDE)
        return NULL;
    if (a->origin == b->origin)
        return last;
    list_token *better = a->origin < b->origin ? a : b;
    if (a->id == b->id && better->origin == LIST_MODEL)
        better->origin = LIST_ADDED; /* special tokens are named twice: they are text */
    return better == a ? b : a;
}

static bool drop_superfluous(vocab_list *list, tokvec_error *err)
{
    if (!empty_slots(list, err))
        return false;
    bool dropped = false, others = false;
    hashes ahead = {.next = 0};
    for (size_t i = 0; i < list->count; i++) {
        list_token *token = &list->tokens[i];
        uint64_t h = next_hash(list, &ahead, i);
        size_t at = slot_at(list, h, text_of(list, token), TOKEN_ANY);
        uint32_t there = list->slots[at];
        list_token *other = there == 0 ? NULL : &list->tokens[index_in(there)];
        list_token *drop = other == NULL ? NULL : superfluous(list, other, token);
        others |= token->origin != LIST_MODEL;
        if (drop != NULL)
            drop->dropped = dropped = true;
        if (other == NULL || drop == other)
            fill_slot(list, at, h, i);
    }
    size_t kept = dropped || others ? 0 : list->count;
    for (size_t i = kept; i < list->count; i++) {
        const list_token *token = &list->tokens[i];
        if (token->dropped)
            continue;
        list_token *before = kept > 0 ? &list->tokens[kept - 1] : NULL;
        if (before == NULL || token->origin == LIST_MODEL || before->id != token->id)
            list->tokens[kept++] = *token;
        else if (before->origin == LIST_BESIDE)
            *before = *token; /* as of the equal keys of a JSON object */
    }
    if (kept < list->count || !list->unique) { /* not what a search needs */
        free(list->slots);
        list->slots = NULL;
    }
    list->count = kept;
    return true;
}

/* GPT-2's alphabet has U+0120 for a space, SentencePiece's U+2581; with either, many tokens are
 * words that begin with it. A natural vocabulary has a few such words at most. */
static alphabet_kind guess_alphabet(const vocab_list *list)
{
    enum { ONE_IN = 16 };
    size_t byte_level = 0, sentencepiece = 0;
    for (size_t i = 0; i < list->count; i++) {
        tokvec_text token = text_of(list, &list->tokens[i]);
        byte_level += token.length >= 2 && memcmp(token.bytes, "\xc4\xa0", 2) == 0;
        sentencepiece += token.length >= 3 && memcmp(token.bytes, "\xe2\x96\x81", 3) == 0;
    }
    if (sentencepiece >= byte_level && sentencepiece * ONE_IN > list->count)
        return ALPHABET_SENTENCEPIECE;
    return byte_level * ONE_IN > list->count ? ALPHABET_BYTE_LEVEL : ALPHABET_PLAIN;
}

bool vocab_list_seal(vocab_list *list, bool guess, tokvec_error *err)
{
    if (vocab_list_room(list, 0, err) == NULL)
        return false;
    list_origin stays = list->apart ? LIST_ADDED : LIST_MODEL; /* whatever it reads */
    bool sorted = true, added = false;
    for (size_t i = 0; i < list->count; i++) {
        sorted = sorted && (i == 0 || list->tokens[i - 1].id < list->tokens[i].id);
        added = added || list->tokens[i].origin > stays;
    }
    if (!sorted && !sort_by_id(list, err))
        return false;
    if (!list->keep && (list->unique || added) && !drop_superfluous(list, err))
        return false;
    if (guess)
        list->base.alphabet.kind = guess_alphabet(list);
    return true;
}

bool vocab_list_differ(vocab_list *list, bool *differ, tokvec_error *err)
{
    size_t repeated;
    bool good = make_slots(list, &repeated, err);
    *differ = good && repeated == 0;
    return good;
}

void vocab_list_shift(vocab_list *list, int64_t offset, int64_t first)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        list_token token = list->tokens[i];
        token.id += offset;
        if (token.id >= first)
            list->tokens[kept++] = token;
    }
    if (kept < list->count) {
        free(list->slots);
        list->slots = NULL;
    }
    list->count = kept;
}
