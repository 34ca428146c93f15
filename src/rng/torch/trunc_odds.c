/* trunc_odds.c - how trunc_normal_ proposes values from PyTorch 2.12 on, and how often in vain.
 * See trunc_odds.h.
 * SPDX-License-Identifier: MIT */
#include "rng/torch/trunc_odds.h"

#include "rng/libm.h"
#include "rng/torch/trunc_math.h"

#include <float.h>
#include <math.h>

static double lesser(double a, double b)
{
    return a < b ? a : b;
}

/* The integral of exp(-(from s + s^2 / 2)) from 0 to length, roughly. */
static double one_side(double from, double length)
{
    return lesser(length, from > 0.8 ? 1.0 / from : 1.0 / 0.8);
}

/* How many of the proposals are accepted. A uniform of 0, which the chances in 16 bits often are,
 * accepts whatever is proposed. */
static double accepted_uniforms(const torch_fill *fill, double mode)
{
    double zero = trunc_spacing(fill->dtype);
    double length = (fill->high - fill->low) / fill->b, from = fabs(mode - fill->a) / fill->b;
    if (length == 0.0)
        return 1.0;
    double sides = one_side(from, (mode - fill->low) / fill->b) +
                   one_side(from, (fill->high - mode) / fill->b);
    return lesser(sides / length + zero, 1.0);
}

/* Whether numbers near the mode lie apart by more than an eighth of the way on which the density
 * falls; or those near the logarithm of the density there, by more than an eighth. */
static bool is_coarse(const torch_fill *fill, double mode)
{
    double apart = 8.0 * trunc_spacing(fill->dtype), from = fabs(mode - fill->a) / fill->b;
    double farthest = fabs(mode) > fabs(fill->a) ? fabs(mode) : fabs(fill->a);
    return one_side(from, HUGE_VAL) * fill->b < apart * farthest || from * from * apart > 1.0;
}

static uint64_t passes_for(double accepted, uint64_t values)
{
    const double most = 0x1p60;
    double each = -libm_log1p(-lesser(accepted, 0.999));
    double passes = libm_log((double)values + 2.0) / each + 2.0;
    return passes < most ? (uint64_t)passes : (uint64_t)most;
}

/* As uniform_ does. */
static bool check_bounds(const torch_fill *fill, tokvec_error *err)
{
    double largest = trunc_largest(fill->dtype);
    if (fabs(fill->low) <= largest && fabs(fill->high) <= largest &&
        fill->high - fill->low <= largest)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT,
              "trunc_normal: a bound is out of range for %s, so far from the mean",
              tokvec_dtype_name(fill->dtype));
    return error_hint(err, "give bounds, and a difference of them, of at most %g", largest);
}

bool trunc_odds_find(const torch_fill *fill, trunc_odds *out, tokvec_error *err)
{
    uint64_t values = fill->rows * fill->dim;
    double mean = fill->a, std = fill->b;
    double chance = trunc_chance_below((fill->high - mean) / std) -
                    trunc_chance_below((fill->low - mean) / std);
    if (chance > 0.3) {
        *out = (trunc_odds){.passes = passes_for(chance, values), .coarse = is_coarse(fill, mean)};
        return true;
    }
    if (!check_bounds(fill, err))
        return false;
    double mode = mean < fill->low ? fill->low : lesser(mean, fill->high);
    double far = (mode - mean) / std;
    *out = (trunc_odds){.uniform = true,
                        .log_peak = -0.5 * (far * far),
                        .passes = passes_for(accepted_uniforms(fill, mode), values),
                        .coarse = is_coarse(fill, mode)};
    return true;
}
