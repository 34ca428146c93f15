/* asked.c - checks of what a spec asks for that several generators make alike.
 * See asked.h.
 * SPDX-License-Identifier: MIT */
#include "rng/asked.h"

#include <stdio.h>
#include <string.h>

/* "float32, float16 or bfloat16" */
static void list_dtypes(uint32_t allowed, char *out, size_t size)
{
    size_t length = 0;
    for (unsigned d = 0; d < 32 && length < size; d++) {
        if ((allowed >> d & 1) == 0)
            continue;
        bool last = allowed >> d == 1;
        const char *between = length == 0 ? "" : last ? " or " : ", ";
        length += (size_t)snprintf(out + length, size - length, "%s%s", between,
                                   tokvec_dtype_name((tokvec_dtype)d));
    }
}

bool asked_dtype(const tokvec_seed_spec *spec, const char *library, tokvec_dtype usual,
                 uint32_t allowed, tokvec_dtype *dtype, tokvec_error *err)
{
    char names[100];
    *dtype = spec->dtype != TOKVEC_NO_DTYPE ? spec->dtype : usual;
    if ((allowed >> *dtype & 1) != 0)
        return true;
    list_dtypes(allowed, names, sizeof names);
    error_set(err, TOKVEC_BAD_ARGUMENT, "the generator %s does not draw in %s", library,
              tokvec_dtype_name(*dtype));
    error_hint(err, "choose %s", names);
    return error_kind(err, TOKVEC_KIND_DRAWN_DTYPE);
}

bool asked_call(const tokvec_seed_spec *spec, uint32_t *call, tokvec_error *err)
{
    enum { CALLS_MAX = 1000000 };
    uint64_t n = 0;
    if (spec->call != NULL &&
        !words_unsigned((tokvec_text){spec->call, strlen(spec->call)}, CALLS_MAX, &n)) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not a valid number of a call", spec->call);
        return error_hint(err, "give how many came before: 0 to %d", CALLS_MAX);
    }
    *call = (uint32_t)n;
    return true;
}

static bool is_finite(double x)
{
    float narrow = (float)x;
    return narrow - narrow == 0.0f;
}

bool asked_init(const tokvec_seed_spec *spec, const init_form *forms, const init_form *usual,
                init *out, tokvec_error *err)
{
    if (spec->init == NULL) {
        *out = (init){.form = usual};
        memcpy(out->number, usual->defaults, sizeof out->number);
        return true;
    }
    if (!words_init(spec->init, strlen(spec->init), forms, out, err))
        return false;
    double a = out->number[0], b = out->number[1];
    bool normal = strstr(out->form->name, "normal") != NULL;
    if (!is_finite(a) || !is_finite(b) || (!normal && !is_finite((float)b - (float)a))) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' has a number that is not finite in float32",
                  spec->init);
        return error_hint(err, "write %s with finite numbers", out->form->hint);
    }
    if (normal && b < 0.0) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' has a negative standard deviation", spec->init);
        return error_hint(err, "give one of 0 or more");
    }
    if (!normal && a > b) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' begins above its end", spec->init);
        return error_hint(err, "write the lower bound first");
    }
    return true;
}
