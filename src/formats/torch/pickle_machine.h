/* pickle_machine.h - the stack machine that a pickle is a program for.
 * Its state, and what all opcodes are made of: values, the stack with its marks, the memo, and the
 * bytes that follow an opcode. For the files of pickles alone.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_TORCH_PICKLE_MACHINE_H
#define TOKVEC_FORMATS_TORCH_PICKLE_MACHINE_H

#include "formats/torch/pickle_values.h"
#include "io/file_map.h"

typedef struct pickle_memo_slot {
    uint32_t key;
    pickle_ref value; /* plus 1; 0: free */
} pickle_memo_slot;

typedef struct pickle_machine {
    pickle *p;
    const file_map *map; /* that the pickle lies in; NULL: it is in memory */
    uint64_t available, stored;
    size_t at, start; /* of the next byte, and of the opcode at work */
    pickle_ref *stack;
    size_t height, stack_capacity;
    uint32_t *marks; /* heights of the stack */
    size_t mark_count, mark_capacity;
    pickle_memo_slot *memo; /* a hash table, since numbers may be anything up to 2^32-1 */
    size_t memo_size, memo_count;
    pickle_ref none, yes, no;
    pickle_fault *fault;
} pickle_machine;

/* Notes what is wrong with the opcode at work. Returns false. */
bool pickle_bad(pickle_machine *m, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- values --------------------------------------------------------------------------------- */

/* Makes a value of no items; one that is a text of n bytes at `at` in the pickle. */
bool pickle_make(pickle_machine *m, pickle_kind kind, pickle_ref *out);
bool pickle_make_text(pickle_machine *m, pickle_kind kind, size_t at, size_t n, pickle_ref *out);

/* Appends an item to a container's chain. */
bool pickle_attach(pickle_machine *m, pickle_ref container, pickle_ref item);

/* ---- stack ---------------------------------------------------------------------------------- */

bool pickle_push(pickle_machine *m, pickle_ref ref);
bool pickle_push_new(pickle_machine *m, pickle_kind kind);

/* The height of the last mark, below which nothing may be taken. */
static inline size_t pickle_floor(const pickle_machine *m)
{
    return m->mark_count == 0 ? 0 : m->marks[m->mark_count - 1];
}

/* True if n values lie on the stack above the last mark. */
bool pickle_need(pickle_machine *m, size_t n);

/* The topmost value, taken off the stack; one is there. */
static inline pickle_ref pickle_pop(pickle_machine *m)
{
    return m->stack[--m->height];
}

bool pickle_mark(pickle_machine *m);

/* Takes away the last mark: *first is the height where the values above it begin. */
bool pickle_unmark(pickle_machine *m, size_t *first);

/* ---- memo ----------------------------------------------------------------------------------- */

/* Stores the topmost value; pushes one that was stored. */
bool pickle_memo_put(pickle_machine *m, uint32_t key);
bool pickle_memo_get(pickle_machine *m, uint32_t key);

/* ---- bytes of the pickle -------------------------------------------------------------------- */

/* Asks for the next n bytes, which are available. */
bool pickle_want(pickle_machine *m, uint64_t n);

/* The next n bytes, or NULL. */
const uint8_t *pickle_take(pickle_machine *m, uint64_t n);

/* A little-endian number of 1 to 8 bytes. */
bool pickle_take_number(pickle_machine *m, size_t width, uint64_t *out);

#endif
