/* repeats.c - groups of rows that are the same.
 * See repeats.h.
 * SPDX-License-Identifier: MIT */
#include "measure/repeats.h"

#include "base/array.h"
#include "base/bytes.h"
#include "base/error.h"

#include <stdlib.h>

/* A row and the first that is the same. */
typedef struct pair {
    uint64_t first, row;
} pair;

typedef struct search {
    const row_hash *hashes;
    uint64_t *slots; /* a row plus 1; 0: none. By hash, else in one of the next slots */
    uint64_t mask;   /* the number of slots, a power of 2, less 1 */
    pair *pairs;     /* in the order of row */
    size_t count, capacity;
} search;

static bool open_slots(search *s, uint64_t n, tokvec_error *err)
{
    uint64_t slots = 16, bytes;
    while (slots < UINT64_MAX / 4 && slots / 2 < n)
        slots *= 2;
    if (!mul_u64(slots, sizeof *s->slots, &bytes) || bytes > PTRDIFF_MAX)
        return error_no_memory(err, UINT64_MAX);
    s->mask = slots - 1;
    s->slots = calloc((size_t)slots, sizeof *s->slots);
    return s->slots != NULL || error_no_memory(err, bytes);
}

/* The first row that is the same; it becomes the row itself if there is none. */
static uint64_t first_like(search *s, uint64_t row)
{
    const row_hash *hash = &s->hashes[row];
    for (uint64_t i = hash->low;; i++) {
        uint64_t *slot = &s->slots[i & s->mask];
        if (*slot == 0) {
            *slot = row + 1;
            return row;
        }
        const row_hash *other = &s->hashes[*slot - 1];
        if (other->low == hash->low && other->high == hash->high)
            return *slot - 1;
    }
}

static bool find_pairs(search *s, uint64_t n, tokvec_error *err)
{
    enum { AHEAD = 16 }; /* slots lie anywhere: they are asked for in time */
    for (uint64_t row = 0; row < n; row++) {
        if (row + AHEAD < n)
            __builtin_prefetch(&s->slots[s->hashes[row + AHEAD].low & s->mask], 1);
        uint64_t first = first_like(s, row);
        if (first == row)
            continue;
        if (!array_reserve(&s->pairs, &s->capacity, s->count + 1, sizeof *s->pairs, err))
            return false;
        s->pairs[s->count++] = (pair){first, row};
    }
    return true;
}

static int compare(const void *a, const void *b)
{
    const pair *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static bool make_groups(repeats *r, const search *s, tokvec_error *err)
{
    r->repeated = s->count;
    for (size_t i = 0; i < s->count; i++)
        r->groups += i == 0 || s->pairs[i].first != s->pairs[i - 1].first;
    size_t members = s->count + (size_t)r->groups;
    r->members = calloc(members + 1, sizeof *r->members);
    r->starts = calloc((size_t)r->groups + 1, sizeof *r->starts);
    if (r->members == NULL || r->starts == NULL)
        return error_no_memory(err, (members + r->groups + 2) * sizeof *r->members);
    uint64_t at = 0, group = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (i == 0 || s->pairs[i].first != s->pairs[i - 1].first) {
            r->starts[group++] = at;
            r->members[at++] = s->pairs[i].first;
        }
        r->members[at++] = s->pairs[i].row;
    }
    r->starts[group] = at;
    return true;
}

bool repeats_find(repeats *r, const row_hash *hashes, uint64_t n, tokvec_error *err)
{
    search s = {.hashes = hashes};
    *r = (repeats){.groups = 0};
    bool good = open_slots(&s, n, err) && find_pairs(&s, n, err);
    free(s.slots);
    if (good && s.count > 0)
        qsort(s.pairs, s.count, sizeof *s.pairs, compare);
    good = good && make_groups(r, &s, err);
    free(s.pairs);
    if (!good)
        repeats_free(r);
    return good;
}

void repeats_free(repeats *r)
{
    free(r->members);
    free(r->starts);
    *r = (repeats){.groups = 0};
}
