/* jax_draw.c - an array as one call of jax.random makes it.
 * See jax_draw.h. A float16 has 1,024 and a bfloat16 128 possible values, which are made once.
 * SPDX-License-Identifier: MIT */
#include "rng/jax/jax_draw.h"

#include "rng/drawn.h"
#include "rng/factor.h"
#include "rng/jax/jax_values.h"
#include "rng/libm.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { TABLE = 1024, BFLOAT16_TABLE = 128, FEW = 128 };

/* The factors behind erf_inv: sqrt(2), and those that were asked for. */
enum { FACTORS = JAX_FACTORS_MAX + 1 };

typedef struct jax_table {
    drawn drawn;
    jax_draw draw;
    jax_uniform uniform;
    double most; /* in size, of a truncated distribution */
    unsigned factor_count;
    double factors[FACTORS];
    pthread_mutex_t lock; /* of what follows */
    bool made;
    uint16_t values[TABLE]; /* of a 16-bit dtype, by the fraction's bits */
} jax_table;

static double rounded(double number, tokvec_dtype dtype)
{
    return factor_narrow(number, dtype, true);
}

double jax_narrow(double number, tokvec_dtype dtype, bool direct)
{
    if (dtype == TOKVEC_FLOAT64 || (dtype == TOKVEC_FLOAT16 && direct))
        return rounded(number, dtype);
    return rounded(rounded(number, TOKVEC_FLOAT32), dtype);
}

/* ---------------------------------------------------------------- what the call says */

/* The number next to 1 of those below it. */
static double below_one(tokvec_dtype dtype)
{
    return 1.0 - (dtype == TOKVEC_FLOAT64    ? 0x1p-53
                  : dtype == TOKVEC_FLOAT32  ? 0x1p-24
                  : dtype == TOKVEC_BFLOAT16 ? 0x1p-8
                                             : 0x1p-11);
}

/* erf(sqrt(2)), as XLA has it. */
static double erf_root_two(tokvec_dtype dtype)
{
    return dtype == TOKVEC_FLOAT64    ? 0x1.e8b4307d3627ap-1
           : dtype == TOKVEC_FLOAT32  ? 0x1.e8b43p-1
           : dtype == TOKVEC_BFLOAT16 ? 0x1.e8p-1
                                      : 0x1.e8cp-1;
}

static bool makes_normals(const jax_draw *draw)
{
    return draw->distribution == JAX_NORMAL || draw->distribution == JAX_TRUNCATED;
}

static jax_uniform uniform_of(const jax_draw *draw)
{
    double low = draw->low, high = draw->high;
    if (draw->distribution == JAX_NORMAL) {
        low = -below_one(draw->dtype);
        high = 1.0;
    } else if (draw->distribution == JAX_TRUNCATED) {
        high = erf_root_two(draw->dtype);
        low = -high;
    }
    low = jax_narrow(low, draw->dtype, false) + 0.0; /* -0.0 is never drawn: 0.0 is its maximum */
    high = jax_narrow(high, draw->dtype, false);
    jax_uniform how = {.one = 1.0, .low = low, .add = low};
    how.range = rounded(high - low, draw->dtype);
    /* (1 + f - 1) * 1 + low: of what is left the constants are merged. */
    bool wide = draw->dtype == TOKVEC_FLOAT32 || draw->dtype == TOKVEC_FLOAT64;
    if (draw->jit && wide && how.range == 1.0) {
        how.one = 0.0;
        how.add = rounded(low - 1.0, draw->dtype);
    }
    return how;
}

/* sqrt(2) and the factors. Under jit those that follow each other are one, but for bfloat16; a
 * truncated distribution is clipped behind sqrt(2). */
static void set_factors(jax_table *t)
{
    const jax_draw *draw = &t->draw;
    bool merges = draw->jit && draw->dtype != TOKVEC_BFLOAT16;
    unsigned apart = draw->distribution != JAX_NORMAL; /* of the factors, at the beginning */
    if (makes_normals(draw))
        t->factors[t->factor_count++] = rounded(0x1.6a09e667f3bcdp+0, draw->dtype);
    for (unsigned i = 0; i < draw->factor_count; i++) {
        double before = 1.0;
        if (merges && i >= apart)
            before = t->factors[--t->factor_count];
        t->factors[t->factor_count++] = rounded(before * draw->factors[i], draw->dtype);
    }
}

/* The least size, other than 0, that a number shrinks to by another one. */
static void shrink(double *least, double by)
{
    if (by != 0.0 && fabs(by) < 1.0)
        *least *= fabs(by);
}

/* Refuses what overflows, or might come down to subnormal numbers. */
static bool check_range(const jax_table *t, tokvec_error *err)
{
    tokvec_dtype dtype = t->draw.dtype;
    const double limit = dtype == TOKVEC_FLOAT64 ? 0x1p-900 : 0x1p-90;
    double least = 1.0, bound = 1.0;
    bool finite = isfinite(t->uniform.range) && isfinite(t->uniform.low);
    shrink(&bound, t->uniform.range);
    least = bound;
    bound = 1.0;
    shrink(&bound, t->uniform.low);
    least = bound < least ? bound : least;
    for (unsigned i = 0; i < t->factor_count; i++) {
        finite = finite && isfinite(t->factors[i]);
        shrink(&least, t->factors[i]);
    }
    if (!finite) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "a bound or a factor is too large for %s",
                  tokvec_dtype_name(dtype));
        return error_hint(err, "choose a wider dtype, or smaller numbers");
    }
    if (least < limit && dtype != TOKVEC_FLOAT16) {
        error_set(err, TOKVEC_BAD_ARGUMENT,
                  "the values would be so small that JAX takes some of them for 0");
        return error_hint(err, "give bounds and factors whose product is larger than %s",
                          dtype == TOKVEC_FLOAT64 ? "2^-900" : "2^-90");
    }
    return true;
}

/* ---------------------------------------------------------------- values */

static double clipped(const jax_table *t, double value)
{
    double most = t->most;
    return value > most ? most : value < -most ? -most : value;
}

static void make_float32(const jax_table *t, const uint32_t *draws, size_t n, float *out)
{
    float u[JAX_PIECE];
    bool normal = makes_normals(&t->draw);
    jax_uniform_float32(&t->uniform, draws, n, normal ? u : out);
    if (normal)
        jax_erf_inv_float32(t->draw.old, u, n, out);
    for (unsigned f = 0; f < t->factor_count; f++) {
        factor_multiply(TOKVEC_FLOAT32, t->factors[f], n, out);
        for (size_t i = 0; f == 0 && t->draw.distribution == JAX_TRUNCATED && i < n; i++)
            out[i] = (float)clipped(t, (double)out[i]);
    }
}

static void make_float64(const jax_table *t, const uint32_t *draws, size_t n, double *out)
{
    double u[JAX_PIECE];
    bool normal = makes_normals(&t->draw);
    jax_uniform_float64(&t->uniform, draws, n, normal ? u : out);
    if (normal)
        jax_erf_inv_float64(t->draw.old, u, n, out);
    for (unsigned f = 0; f < t->factor_count; f++) {
        factor_multiply(TOKVEC_FLOAT64, t->factors[f], n, out);
        for (size_t i = 0; f == 0 && t->draw.distribution == JAX_TRUNCATED && i < n; i++)
            out[i] = clipped(t, out[i]);
    }
}

/* Every operation in float32, and rounded; erf_inv only at its end. */
static double value_16(const jax_table *t, double fraction)
{
    tokvec_dtype dtype = t->draw.dtype;
    double value = rounded(fraction * t->uniform.range, dtype);
    value = rounded(value + t->uniform.add, dtype);
    value = value > t->uniform.low ? value : t->uniform.low;
    if (makes_normals(&t->draw)) {
        float u = (float)value, e;
        jax_erf_inv_float32(t->draw.old, &u, 1, &e);
        value = rounded((double)e, dtype);
    }
    for (unsigned f = 0; f < t->factor_count; f++) {
        value = rounded(value * t->factors[f], dtype);
        if (f == 0 && t->draw.distribution == JAX_TRUNCATED)
            value = clipped(t, value);
    }
    return value;
}

static size_t table_size(const jax_table *t)
{
    return t->draw.dtype == TOKVEC_BFLOAT16 ? BFLOAT16_TABLE : TABLE;
}

static uint16_t make_16(const jax_table *t, size_t i)
{
    uint16_t out;
    double value = value_16(t, (double)i / (double)table_size(t));
    tokvec_convert(TOKVEC_FLOAT64, &value, t->draw.dtype, &out, 1, NULL);
    return out;
}

/* Makes the table of all values at the first call. */
static void need_table(jax_table *t)
{
    pthread_mutex_lock(&t->lock);
    for (size_t i = 0; !t->made && i < table_size(t); i++)
        t->values[i] = make_16(t, i);
    t->made = true;
    pthread_mutex_unlock(&t->lock);
}

/* A few values are made without a table: that would take longer than they do. */
static void look_up(const jax_table *t, bool few, const uint32_t *draws, size_t n, uint16_t *out)
{
    unsigned shift = t->draw.dtype == TOKVEC_BFLOAT16 ? 1 : 6;
    for (size_t i = 0; i < n; i++)
        out[i] = few ? make_16(t, draws[i] >> shift) : t->values[draws[i] >> shift];
}

static void narrow_bits(size_t size, const uint32_t *draws, size_t n, void *out)
{
    uint8_t *bytes = out;
    uint16_t *halves = out;
    if (size >= sizeof *draws) {
        memcpy(out, draws, n * size);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (size == 1)
            bytes[i] = (uint8_t)draws[i];
        else
            halves[i] = (uint16_t)draws[i];
    }
}

static void make_piece(const jax_table *t, bool few, const uint32_t *draws, size_t n, void *out)
{
    if (t->draw.distribution == JAX_BITS)
        narrow_bits(tokvec_dtype_size(t->draw.dtype), draws, n, out);
    else if (t->draw.dtype == TOKVEC_FLOAT32)
        make_float32(t, draws, n, out);
    else if (t->draw.dtype == TOKVEC_FLOAT64)
        make_float64(t, draws, n, out);
    else
        look_up(t, few, draws, n, out);
}

static uint64_t jax_draw_of(const drawn *d, uint64_t value)
{
    return tokvec_dtype_size(d->generator.dtype) == 8 ? 2 * value : value;
}

static bool jax_make(const generator *g, generator_cursor *c, uint64_t begin, uint64_t end,
                     void *out, tokvec_error *err)
{
    const jax_table *t = (const jax_table *)g;
    size_t size = tokvec_dtype_size(g->dtype);
    size_t draws_each = size == 8 ? 2 : 1;
    uint32_t draws[2 * JAX_PIECE];
    uint8_t *to = out;
    bool few = end - begin < FEW;
    (void)err;
    if (size == 2 && !few && t->draw.distribution != JAX_BITS)
        need_table((jax_table *)(uintptr_t)g); /* its lock makes that safe */
    for (uint64_t at = begin; at < end;) {
        size_t n = end - at < JAX_PIECE ? (size_t)(end - at) : JAX_PIECE;
        drawn_fill(&t->drawn, c, at * draws_each, n * draws_each, draws);
        make_piece(t, few, draws, n, to);
        to += n * size;
        at += n;
    }
    c->at = end;
    return true;
}

static void jax_close(generator *g)
{
    jax_table *t = (jax_table *)g;
    if (t->drawn.draws != NULL)
        t->drawn.draws->kind->close(t->drawn.draws);
    pthread_mutex_destroy(&t->lock);
    free(t);
}

static const generator_ops jax_ops = {DRAWN_OPS, .make = jax_make, .close = jax_close};

static unsigned width_of(const jax_draw *draw)
{
    if (draw->dtype == TOKVEC_BFLOAT16)
        return 8;
    return 8 * (unsigned)tokvec_dtype_size(draw->dtype);
}

generator *jax_draw_open(const jax_draw *draw, tokvec_error *err)
{
    if (draw->dtype == TOKVEC_FLOAT64 && !libm_load(err))
        return NULL;
    jax_table *t = calloc(1, sizeof *t);
    if (t == NULL) {
        error_no_memory(err, sizeof *t);
        return NULL;
    }
    t->drawn = (drawn){.generator = {.ops = &jax_ops,
                                     .rows = draw->rows,
                                     .dim = draw->dim,
                                     .dtype = draw->dtype,
                                     .multiplied = true},
                       .draw_of = jax_draw_of};
    pthread_mutex_init(&t->lock, NULL);
    t->draw = *draw;
    t->most = 2.0 * below_one(draw->dtype);
    bool good = true;
    if (draw->distribution != JAX_BITS) {
        t->uniform = uniform_of(draw);
        set_factors(t);
        good = check_range(t, err);
    }
    engine *draws = !good ? NULL
                          : threefry_engine_open(draw->key, draw->scheme, width_of(draw),
                                                 draw->rows * draw->dim, err);
    if (draws == NULL) {
        jax_close(&t->drawn.generator);
        return NULL;
    }
    drawn_use(&t->drawn, draws);
    return &t->drawn.generator;
}
