/* flat.c - the fast path of the parser.
 * See flat.h. Eight characters are looked at together, without a branch on how many are digits.
 * SPDX-License-Identifier: MIT */
#include "ids/flat.h"

#include "base/bytes.h"

enum { AT_ONCE = 8 };
#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The number of digits that the eight characters begin with; 8 also stands for more. */
static inline unsigned count_digits(uint64_t characters)
{
    uint64_t values = characters ^ EACH('0'); /* 0 to 9 for digits, above 9 for all others */
    uint64_t others = (((values & EACH(0x7f)) + EACH(0x7f - 9)) | values) & EACH(0x80);
    return others == 0 ? AT_ONCE : (unsigned)__builtin_ctzll(others) / 8;
}

/* The value of the first n digits, 1 to 7. */
static inline uint64_t digits_value(uint64_t characters, unsigned n)
{
    uint64_t v = (characters ^ EACH('0')) << (64 - 8 * n); /* to the end, zeros before them */
    v = (v * 10 + (v >> 8)) & UINT64_C(0x00ff00ff00ff00ff);
    v = (v * 100 + (v >> 16)) & UINT64_C(0x0000ffff0000ffff);
    return (v * 10000 + (v >> 32)) & UINT64_C(0xffffffff);
}

static inline bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

size_t ids_parse_flat(ids_parser *p, const char *text, size_t size, size_t at, tokvec_error *err)
{
    if (size - at < AT_ONCE || p->numbered != NULL || (p->bags != NULL && p->bags->weighted))
        return at;
    int64_t *ids = id_list_reserve(p->list, (size - at) / 2 + 1, err);
    if (ids == NULL)
        return SIZE_MAX;
    size_t count = 0, counted = 0; /* of them, in the list */
    uint64_t most =
        p->sequences == NULL ? UINT64_MAX : sequences_room(p->sequences, p->list->count);
    bool after_item = p->levels[0].after_item;
    while (size - at >= AT_ONCE) {
        uint64_t characters = load_le64(text + at);
        unsigned n = count_digits(characters);
        if (n == AT_ONCE)
            break;
        char after = text[at + n];
        if (!is_space(after) && (after != ',' || (n == 0 && !after_item)))
            break;
        if (n > 0) {
            uint64_t id = digits_value(characters, n);
            if (id >= p->rows || count >= most)
                break;
            ids[count++] = (int64_t)id;
        }
        after_item = after != ',' && (n > 0 || after_item);
        at += n + 1;
        if (after == '\n') {
            if (p->bags != NULL) {
                if (!id_list_commit(p->list, count - counted, err) || !ids_bag_end_line(p, err))
                    return SIZE_MAX;
                counted = count;
                after_item = false;
            }
            ids_begin_line(p, at);
        }
    }
    p->levels[0].after_item = after_item;
    if (p->bags != NULL)
        p->bags->items += count - counted;
    ids_count_flat(p, count);
    return id_list_commit(p->list, count - counted, err) ? at : SIZE_MAX;
}
