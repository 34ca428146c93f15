/* pickle_values.h - what was read from a pickle.
 * Values that refer to one another by number, questions about them, and what may be wrong.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_TORCH_PICKLE_VALUES_H
#define TOKVEC_FORMATS_TORCH_PICKLE_VALUES_H

#include "base/error.h"

typedef enum pickle_kind {
    PICKLE_NONE,
    PICKLE_BOOL,
    PICKLE_INTEGER,
    PICKLE_BIG_INTEGER, /* one that does not fit 64 bits */
    PICKLE_FLOAT,
    PICKLE_TEXT,
    PICKLE_BYTES,
    PICKLE_TUPLE,
    PICKLE_LIST,       /* and sets */
    PICKLE_DICT,       /* its items are key, value, key, value, ... */
    PICKLE_GLOBAL,     /* items: module, name */
    PICKLE_OBJECT,     /* items: see PICKLE_CALLABLE .. PICKLE_ENTRIES */
    PICKLE_PERSISTENT, /* items: the id */
} pickle_kind;

/* The items of an object: what is called, with what, the state it then gets, and what is appended
 * to it or set in it. All but the first two may be PICKLE_NONE. */
enum { PICKLE_CALLABLE, PICKLE_ARGUMENTS, PICKLE_STATE, PICKLE_APPENDED, PICKLE_ENTRIES };

/* A value is known by its number. Values refer to one another, possibly in circles. */
typedef uint32_t pickle_ref;

typedef struct pickle_value {
    pickle_kind kind;
    uint32_t at;    /* byte of the pickle where it is made */
    uint32_t count; /* items, or bytes of a text */
    uint32_t last;  /* of the chain of items */
    union {
        int64_t integer;
        uint32_t first; /* of the chain of items; or of a text, its place in the pickle */
    } as;
} pickle_value;

typedef struct pickle_link {
    pickle_ref value;
    uint32_t next;
} pickle_link;

typedef struct pickle {
    const uint8_t *data; /* borrowed; texts lie in it */
    size_t size;         /* up to and with STOP */
    pickle_value *values;
    size_t count, capacity;
    pickle_link *links;
    size_t link_count, link_capacity;
    pickle_ref top;
} pickle;

void pickle_free(pickle *p);

/* What is wrong with a pickle, and at which byte of it. */
typedef struct pickle_fault {
    char what[200];
    size_t offset;
    bool harmful;   /* not damaged, but made to attack whoever executes it */
    bool no_memory; /* not damaged, but there is no memory for its values */
} pickle_fault;

/* Longer ones are refused, and those whose values take more memory than is fair: so much, and so
 * many bytes for each that the pickle has in its file. Honest ones take two to six. */
enum { PICKLE_MAX_BYTES = 32 << 20, PICKLE_FAIR_MEMORY = 40 << 20, PICKLE_FAIR_FACTOR = 6 };

static inline const pickle_value *pickle_at(const pickle *p, pickle_ref ref)
{
    return &p->values[ref];
}

static inline bool pickle_is(const pickle *p, pickle_ref ref, pickle_kind kind)
{
    return p->values[ref].kind == kind;
}

/* The first `room` items of a container; returns how many it has in all. */
size_t pickle_items(const pickle *p, pickle_ref ref, pickle_ref *out, size_t room);

/* Item `index` of an object. */
pickle_ref pickle_part(const pickle *p, pickle_ref object, unsigned index);

static inline const char *pickle_text(const pickle *p, pickle_ref ref)
{
    return (const char *)p->data + p->values[ref].as.first;
}

bool pickle_text_is(const pickle *p, pickle_ref ref, const char *text);

/* True for the global of that module and name. */
bool pickle_global_is(const pickle *p, pickle_ref ref, const char *module, const char *name);

/* "module.name" of a global, for messages; "?" of anything else. Returns out. */
const char *pickle_global_text(const pickle *p, pickle_ref ref, char *out, size_t size);

#endif
