/* mlx.c - what MLX draws on a Linux CPU after mx.random.seed.
 * The bits are those of JAX's original scheme; each draw without a key of its own takes the second
 * half of a split of the state, and leaves the first half as the state.
 * SPDX-License-Identifier: MIT */
#include "rng/generator.h"

#include "base/bytes.h"
#include "base/dispatch.h"
#include "rng/asked.h"
#include "rng/drawn.h"
#include "rng/fused.h"
#include "rng/libm.h"
#include "rng/threefry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 512 }; /* values */

static const init_form forms[] = {
    {"normal", 0, 2, {0.0, 1.0}, "normal or normal:LOC,SCALE", 0},
    {"uniform", 0, 2, {0.0, 1.0}, "uniform or uniform:LOW,HIGH", 0},
    {.name = NULL},
};

static const tokvec_seed_spec guesses[] = {
    {.init = NULL},      {.call = "1"},
    {.call = "2"},       {.call = "3"},
    {.init = "normal"},  {.init = "normal:0," GENERATOR_STD},
    {.init = "uniform"}, {.init = "uniform:-" GENERATOR_BOUND "," GENERATOR_BOUND},
};

typedef struct mlx {
    drawn drawn;
    bool normal;
    float factor, offset; /* of a normal or uniform number; rounded to the dtype */
} mlx;

/* ---------------------------------------------------------------- values */

/* In [0, most]: the draw as a float, over 2^32. */
DISPATCH_INLINE void make_units(const uint32_t *restrict draws, float most, size_t n,
                                float *restrict out)
{
    for (size_t i = 0; i < n; i++) {
        float unit = (float)draws[i] * 0x1p-32f;
        out[i] = unit < most ? unit : most;
    }
}

DISPATCH_VARIANTS(make_units,
                  (const uint32_t *restrict draws, float most, size_t n, float *restrict out),
                  (draws, most, n, out))

/* a in (-1, 1) out of each unit, and 1 - a * a. */
DISPATCH_INLINE void stretch(bool fuses, size_t n, float *restrict a, float *restrict rest)
{
    for (size_t i = 0; i < n; i++) {
        a[i] = 2.0f * a[i] - 0x1.fffffep-1f;
        rest[i] = fused(fuses, a[i], -a[i], 1.0f);
    }
}

DISPATCH_VARIANTS(stretch, (size_t n, float *restrict a, float *restrict rest), (fuses, n, a, rest))

/* The inverse of the error function, of a with t = log(1 - a * a): a times a polynomial in t. */
DISPATCH_INLINE float inverse_erf(bool fuses, float a, float t)
{
    float p = 3.03697567e-10f;
    p = fused(fuses, p, t, 2.93243101e-8f);
    p = fused(fuses, p, t, 1.22150334e-6f);
    p = fused(fuses, p, t, 2.84108955e-5f);
    p = fused(fuses, p, t, 3.93552968e-4f);
    p = fused(fuses, p, t, 3.02698812e-3f);
    p = fused(fuses, p, t, 4.83185798e-3f);
    p = fused(fuses, p, t, -2.64646143e-1f);
    p = fused(fuses, p, t, 8.40016484e-1f);
    float q = 5.43877832e-9f;
    q = fused(fuses, q, t, 1.43285448e-7f);
    q = fused(fuses, q, t, 1.22774793e-6f);
    q = fused(fuses, q, t, 1.12963626e-7f);
    q = fused(fuses, q, t, -5.61530760e-5f);
    q = fused(fuses, q, t, -1.47697632e-4f);
    q = fused(fuses, q, t, 2.31468678e-3f);
    q = fused(fuses, q, t, 1.15392581e-2f);
    q = fused(fuses, q, t, -2.32015476e-1f);
    q = fused(fuses, q, t, 8.86226892e-1f);
    return a * (t < -6.125f ? p : q); /* t is at most 0 */
}

DISPATCH_INLINE void invert(bool fuses, const float *restrict t, size_t n, float *restrict a)
{
    for (size_t i = 0; i < n; i++)
        a[i] = inverse_erf(fuses, a[i], t[i]);
}

DISPATCH_VARIANTS(invert, (const float *restrict t, size_t n, float *restrict a), (fuses, t, n, a))

/* Units become numbers of the normal distribution with variance 1/2, in place. */
static void make_normals(size_t n, float *values)
{
    float logs[AT_ONCE];
    DISPATCH(stretch, (n, values, logs));
    for (size_t i = 0; i < n; i++)
        logs[i] = libm_logf(logs[i]);
    DISPATCH(invert, (logs, n, values));
}

DISPATCH_INLINE void multiply(float factor, size_t n, float *values)
{
    for (size_t i = 0; i < n; i++)
        values[i] *= factor;
}

DISPATCH_VARIANTS(multiply, (float factor, size_t n, float *values), (factor, n, values))

DISPATCH_INLINE void add(float offset, size_t n, float *values)
{
    for (size_t i = 0; i < n; i++)
        values[i] += offset;
}

DISPATCH_VARIANTS(add, (float offset, size_t n, float *values), (offset, n, values))

/* Rounds values to a 16-bit dtype, as each operation of MLX does; float32 they are. */
static void narrow(tokvec_dtype dtype, size_t n, float *values)
{
    uint16_t narrowed[AT_ONCE];
    if (dtype == TOKVEC_FLOAT32)
        return;
    tokvec_convert(TOKVEC_FLOAT32, values, dtype, narrowed, n, NULL);
    tokvec_convert(dtype, narrowed, TOKVEC_FLOAT32, values, n, NULL);
}

/* The number before 1 in a dtype. */
static float below_1(tokvec_dtype dtype)
{
    return dtype == TOKVEC_FLOAT16    ? 0x1.ffcp-1f
           : dtype == TOKVEC_BFLOAT16 ? 0x1.fep-1f
                                      : 0x1.fffffep-1f;
}

static void make_some(const mlx *m, const uint32_t *draws, size_t n, float *values)
{
    tokvec_dtype dtype = m->drawn.generator.dtype;
    float most = below_1(m->normal ? TOKVEC_FLOAT32 : dtype);
    DISPATCH(make_units, (draws, most, n, values));
    if (m->normal)
        make_normals(n, values);
    narrow(dtype, n, values);
    DISPATCH(multiply, (m->factor, n, values));
    narrow(dtype, n, values);
    if (m->offset != 0.0f) /* a normal number of -0, without a mean, stays one */
        DISPATCH(add, (m->offset, n, values));
}

static bool mlx_make(const generator *g, generator_cursor *c, uint64_t begin, uint64_t end,
                     void *out, tokvec_error *err)
{
    const mlx *m = (const mlx *)g;
    uint32_t draws[AT_ONCE];
    float values[AT_ONCE];
    uint8_t *to = out;
    (void)err;
    for (uint64_t at = begin; at < end;) {
        size_t n = end - at < AT_ONCE ? (size_t)(end - at) : AT_ONCE;
        drawn_fill(&m->drawn, c, at, n, draws);
        make_some(m, draws, n, values);
        tokvec_convert(TOKVEC_FLOAT32, values, g->dtype, to, n, NULL);
        to += n * tokvec_dtype_size(g->dtype);
        at += n;
    }
    c->at = end;
    return true;
}

static uint64_t mlx_draw_of(const drawn *d, uint64_t value)
{
    (void)d;
    return value;
}

static void mlx_close(generator *g)
{
    mlx *m = (mlx *)g;
    m->drawn.draws->kind->close(m->drawn.draws);
    free(m);
}

static const generator_ops mlx_ops = {DRAWN_OPS, .make = mlx_make, .close = mlx_close};

/* ---------------------------------------------------------------- opening */

static bool read_seed(const char *text, threefry_key *state, tokvec_error *err)
{
    uint64_t seed;
    if (!words_unsigned((tokvec_text){text, strlen(text)}, UINT64_MAX, &seed)) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not a valid seed of MLX", text);
        return error_hint(err, "give an integer from 0 to 2^64-1");
    }
    *state = (threefry_key){(uint32_t)(seed >> 32), (uint32_t)seed};
    return true;
}

/* MLX's own arrays may be larger; their bits then follow another rule. */
static bool check_size(uint64_t values, tokvec_error *err)
{
    if (values < UINT32_MAX)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "the generator mlx cannot make %llu values",
              (unsigned long long)values);
    return error_hint(err, "they must be fewer than 2^32-1");
}

static threefry_key key_of_call(threefry_key state, uint32_t call)
{
    for (; call > 0; call--)
        state = threefry_split(state, THREEFRY_ORIGINAL, 2, 0);
    return threefry_split(state, THREEFRY_ORIGINAL, 2, 1);
}

static float narrowed(tokvec_dtype dtype, float value)
{
    narrow(dtype, 1, &value);
    return value;
}

/* What the numbers are multiplied by, and what is added. Without a distribution it is that of
 * nn.Embedding. */
static bool set_distribution(mlx *m, const init *asked, bool of_embedding, tokvec_error *err)
{
    const generator *g = &m->drawn.generator;
    double root = sqrt(1.0 / (double)g->dim);
    float a = narrowed(g->dtype, (float)asked->number[0]);
    float b = narrowed(g->dtype, (float)(of_embedding ? root : asked->number[1]));
    m->normal = asked->form == &forms[0];
    m->offset = a;
    m->factor = m->normal ? narrowed(g->dtype, narrowed(g->dtype, 0x1.6a09e6p+0f) * b)
                          : narrowed(g->dtype, b - a);
    if (m->offset - m->offset == 0.0f && m->factor - m->factor == 0.0f)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "a parameter of %s is not finite in %s", asked->form->name,
              tokvec_dtype_name(g->dtype));
    return error_hint(err, "write %s with smaller numbers", asked->form->hint);
}

static generator *mlx_open(const tokvec_seed_spec *spec, tokvec_error *err)
{
    const uint32_t allowed = 1u << TOKVEC_FLOAT32 | 1u << TOKVEC_FLOAT16 | 1u << TOKVEC_BFLOAT16;
    uint64_t count = spec->vocab_size * spec->dim;
    threefry_key state;
    uint32_t call;
    init asked;
    tokvec_dtype dtype;
    if (!read_seed(spec->seed_text, &state, err) || !check_size(count, err) ||
        !asked_call(spec, &call, err) || !asked_init(spec, forms, &forms[0], &asked, err) ||
        !asked_dtype(spec, "mlx", TOKVEC_FLOAT32, allowed, &dtype, err))
        return NULL;
    bool normal = asked.form == &forms[0];
    if (normal && !libm_load(err))
        return NULL;
    mlx *m = malloc(sizeof *m);
    if (m == NULL) {
        error_no_memory(err, sizeof *m);
        return NULL;
    }
    engine *draws =
        threefry_engine_open(key_of_call(state, call), THREEFRY_ORIGINAL, 32, count, err);
    if (draws == NULL) {
        free(m);
        return NULL;
    }
    *m = (mlx){.drawn = {.generator = {.ops = &mlx_ops,
                                       .rows = spec->vocab_size,
                                       .dim = spec->dim,
                                       .dtype = dtype,
                                       .narrow_factor = true,
                                       .warning = normal ? libm_warning() : NULL},
                         .draw_of = mlx_draw_of}};
    drawn_use(&m->drawn, draws);
    if (set_distribution(m, &asked, spec->init == NULL, err))
        return &m->drawn.generator;
    mlx_close(&m->drawn.generator);
    return NULL;
}

const generator_kind rng_mlx = {
    .name = "mlx",
    .equals = "mx.random.seed(N); nn.Embedding(V, D).weight, as MLX on a Linux CPU",
    .takes = GENERATOR_TAKES_init | GENERATOR_TAKES_call,
    .forms = forms,
    .open = mlx_open,
    GENERATOR_GUESSES(guesses),
};
