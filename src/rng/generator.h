/* generator.h - what gives a seeded table its values.
 * Each origin of tables (PyTorch, NumPy, JAX ...) is a generator_kind: it reads what the user says
 * of the draw, and opens a generator of one table's values, which makes any of them from an
 * engine's draws (rng/engine.h). Adding one: a file with its kind, and a word in GENERATORS.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_GENERATOR_H
#define TOKVEC_RNG_GENERATOR_H

#include "base/error.h"
#include "rng/words.h"

/* All kinds: rng_torch and so on. */
#define GENERATORS(EACH)                                                                   \
    EACH(torch)                                                                            \
    EACH(numpy)                                                                            \
    EACH(numpy_legacy)                                                                     \
    EACH(jax)                                                                              \
    EACH(jax_original)                                                                     \
    EACH(flax) EACH(nnx) EACH(keras_jax) EACH(keras_tensorflow) EACH(tensorflow) EACH(mlx) \
        EACH(gensim)

typedef struct generator generator;

/* A thread's place among the values; the first member of every kind's own struct. */
typedef struct generator_cursor {
    uint64_t at; /* the number of the value that is made next at no cost, from 0 */
} generator_cursor;

typedef struct generator_ops {
    /* Makes a cursor, of the generator's cursor_size, at value 0. */
    void (*start)(const generator *g, generator_cursor *c);
    /* Values begin .. end-1, begin < end, of the table in row-major order, in its dtype. Threads
     * may make values at the same time, each with a cursor of its own. */
    bool (*make)(const generator *g, generator_cursor *c, uint64_t begin, uint64_t end, void *out,
                 tokvec_error *err);
    /* What it costs to go on from one value to another, in values that could be made meanwhile;
     * NULL: nothing. */
    uint64_t (*cost)(const generator *g, uint64_t from, uint64_t to);
    /* What it costs to lay checkpoints along all values, in values as well; and laying them: after
     * that no place is far off. Where they are of no use the cost is 0, or both are NULL. Other
     * threads may make values meanwhile, but only one may lay. Without memory there are none. */
    uint64_t (*checkpoints_cost)(const generator *g);
    void (*lay_checkpoints)(generator *g);
    void (*close)(generator *g);
} generator_ops;

/* The first member of every kind's own struct. */
struct generator {
    const generator_ops *ops;
    size_t cursor_size;
    uint64_t rows, dim; /* of the table */
    tokvec_dtype dtype;
    /* How a factor (tokvec_seed_spec.times) is rounded before the product: to the table's dtype,
     * as MLX does; otherwise to float32 where that is wider, as PyTorch does since 2.1. */
    bool narrow_factor;
    bool multiplied;     /* the generator has regarded the factor itself */
    const char *warning; /* on values that are not the original's in each bit; NULL: none */
};

/* What not every kind takes: the members of tokvec_seed_spec of these names. */
#define GENERATOR_TAKES(EACH)           \
    EACH(init, "a distribution")        \
    EACH(torch, "a release of PyTorch") \
    EACH(numpy, "a release of NumPy")   \
    EACH(jax, "a release of JAX")       \
    EACH(layer, "a layer")              \
    EACH(after, "layers before it")     \
    EACH(state, "a saved state")        \
    EACH(key, "a derived key")          \
    EACH(path, "a path")                \
    EACH(call, "a call's number")       \
    EACH(jit, "jit")

#define GENERATOR_BIT(name, what)  GENERATOR_##name##_bit,
#define GENERATOR_TAKE(name, what) GENERATOR_TAKES_##name = 1 << GENERATOR_##name##_bit,
enum { GENERATOR_TAKES(GENERATOR_BIT) GENERATOR_TAKES_COUNT };
enum { GENERATOR_TAKES(GENERATOR_TAKE) GENERATOR_TAKES_NONE = 0 };

/* Values of a table that are known: from number `first` on, `count` of them, each of which lies
 * between low and high as it was drawn, before a factor and a narrower dtype. */
typedef struct generator_span {
    uint64_t first;
    size_t count; /* 1 or more */
    const double *low, *high;
} generator_span;

/* A quick test of many seeds. It lets pass each that makes the values of a span, and few others.
 * The first member of every kind's own struct; several threads may be in `run`. */
typedef struct generator_sieve {
    /* Tests seeds first .. first+n-1, n at most 2^16; writes those that pass, as offsets from the
     * first one in ascending order, to out, which has room for n. Returns how many. */
    size_t (*run)(const struct generator_sieve *s, uint64_t first, size_t n, uint16_t *out);
    void (*close)(struct generator_sieve *s);
} generator_sieve;

/* In the texts of a kind's guesses these words stand for numbers that the table tells: its
 * deviation; the bound of a uniform distribution around 0, or of one from 0 on; the one value that
 * it has. */
#define GENERATOR_STD   "STD"
#define GENERATOR_BOUND "BOUND"
#define GENERATOR_VALUE "VALUE"

typedef struct generator_kind {
    const char *name;
    const char *equals; /* its default table in Python, from seed N and V x D values; one line */
    unsigned takes;     /* GENERATOR_TAKES_... */
    const init_form *forms; /* the distributions that it draws; NULL: it does not take any */
    /* A generator of what the spec tells, all of whose members that this kind takes are its to
     * check, seed_text included; the others are NULL or 0. seed_text is never NULL, and the size
     * is one of a table (vocab_size and dim at least 1, and the bytes of so many doubles fit an
     * int64_t). NULL with an error. */
    generator *(*open)(const tokvec_seed_spec *spec, tokvec_error *err);
    /* The state of its engine after the table, TOKVEC_TORCH_STATE_SIZE bytes; NULL: it has none
     * that could be saved. */
    bool (*state)(const tokvec_seed_spec *spec, uint8_t *out, tokvec_error *err);

    /* For finding out how a table was drawn. What is worth trying: members of a spec, with a name
     * in texts where a number is to come from the table (above). None: the
     * default alone. */
    const tokvec_seed_spec *guesses;
    size_t guess_count;
    /* A sieve for spans of the table that a spec tells of but for its seed; or NULL, as where there
     * is no such function: then each seed's values have to be made. */
    generator_sieve *(*sieve)(const tokvec_seed_spec *spec, const generator_span *spans, size_t n);
} generator_kind;

/* The two members for an array of guesses. */
#define GENERATOR_GUESSES(array) .guesses = (array), .guess_count = sizeof(array) / sizeof *(array)

#define GENERATOR_DECLARE(name) extern const generator_kind rng_##name;
GENERATORS(GENERATOR_DECLARE)

/* The kinds in their order; NULL: there are no more. */
const generator_kind *generator_kind_at(size_t index);

/* The kind of that name, NULL meaning torch; NULL with an error if there is none. */
const generator_kind *generator_kind_named(const char *name, tokvec_error *err);

/* Opens the generator that the spec names, after refusing what its kind does not take. */
generator *generator_open(const tokvec_seed_spec *spec, tokvec_error *err);

/* What the kind that the spec names says of its state, after the same refusals. */
bool generator_state(const tokvec_seed_spec *spec, uint8_t *out, tokvec_error *err);

/* Opens a cursor at value 0; released by free. NULL without memory. */
generator_cursor *generator_cursor_open(const generator *g, tokvec_error *err);

#endif
