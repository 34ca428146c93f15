/* trunc_normal.c - what torch.nn.init.trunc_normal_ takes, and which of its two rules makes it.
 * See trunc_normal.h.
 * SPDX-License-Identifier: MIT */
#include "rng/torch/trunc_normal.h"

#include "rng/libm.h"
#include "rng/torch/trunc_inverse.h"
#include "rng/torch/trunc_math.h"
#include "rng/torch/trunc_reject.h"

#include <math.h>

static bool refuse(tokvec_error *err, const char *why, const char *hint)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "trunc_normal: %s", why);
    return error_hint(err, "%s", hint);
}

static bool check_parameters(const torch_fill *fill, tokvec_error *err)
{
    double largest = trunc_largest(fill->dtype == TOKVEC_FLOAT64 ? fill->dtype : TOKVEC_FLOAT32);
    if (!(fabs(fill->a) <= largest))
        return refuse(err, "the mean is out of range", "give a finite number that the dtype has");
    if (!(fill->b > 0.0 && fill->b <= largest))
        return refuse(err, "the standard deviation is out of range", "give a number above 0");
    if (!(fill->low <= fill->high))
        return refuse(err, "the lower bound is above the upper one", "give the lower bound first");
    return true;
}

static bool rejects(const torch_fill *fill)
{
    return fill->rules >= TORCH_2_12;
}

generator *torch_trunc_normal_open(const torch_fill *fill, const torch_place *at, engine *draws,
                                   tokvec_error *err)
{
    if (!check_parameters(fill, err) || !libm_load(err)) {
        draws->kind->close(draws);
        return NULL;
    }
    return rejects(fill) ? trunc_reject_open(fill, at, draws, err)
                         : trunc_inverse_open(fill, at, draws, err);
}

bool torch_trunc_normal_after(const torch_fill *fill, torch_place *place, engine *draws,
                              tokvec_error *err)
{
    if (fill->rows == 0 || fill->dim == 0)
        return true;
    if (!check_parameters(fill, err) || !libm_load(err))
        return false;
    if (rejects(fill))
        return trunc_reject_after(fill, place, draws, err);
    torch_fill uniform = *fill;
    uniform.draw = TORCH_UNIFORM;
    place->draw += torch_fill_draws(&uniform, place->cached);
    return trunc_inverse_check(fill, err);
}

uint64_t torch_trunc_normal_draws(const torch_fill *fill)
{
    torch_fill uniform = *fill;
    uniform.draw = TORCH_UNIFORM;
    return rejects(fill) ? trunc_reject_draws(fill) : torch_fill_draws(&uniform, false);
}
