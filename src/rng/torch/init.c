/* init.c - torch.nn.init's distributions, as a text names them.
 * See init.h. Computed in double, in the order of torch.nn.init's own statements.
 * SPDX-License-Identifier: MIT */
#include "rng/torch/init.h"

#include "rng/libm.h"
#include "rng/words.h"

#include <float.h>
#include <math.h>
#include <strings.h>

static bool unlike(tokvec_error *err, const char *what, tokvec_text word, const char *hint)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%.*s' is not a valid %s",
              (int)(word.length < 100 ? word.length : 100), word.bytes, what);
    return error_hint(err, "valid are %s", hint);
}

/* ---------------------------------------------------------------- what is computed */

/* normal_(0, std), or uniform_(-k, k) with the same deviation. */
static bool set_deviation(torch_fill *fill, double std)
{
    if (fill->draw == TORCH_NORMAL) {
        fill->a = 0.0;
        fill->b = std;
    } else {
        double k = sqrt(3.0) * std;
        fill->a = -k;
        fill->b = k;
    }
    return true;
}

static bool set_xavier(const init *in, torch_fill *fill)
{
    double fans = (double)fill->dim + (double)fill->rows;
    return set_deviation(fill, in->number[0] * sqrt(2.0 / fans));
}

/* torch.nn.init.calculate_gain */
static bool find_gain(tokvec_text nonlinearity, double slope, double *gain, tokvec_error *err)
{
    static const struct {
        const char *name;
        double gain;
    } gains[] = {{"relu", 0.0 /* below */}, {"tanh", 5.0 / 3},        {"selu", 3.0 / 4},
                 {"linear", 1.0},           {"sigmoid", 1.0},         {"conv1d", 1.0},
                 {"conv2d", 1.0},           {"conv3d", 1.0},          {"conv_transpose1d", 1.0},
                 {"conv_transpose2d", 1.0}, {"conv_transpose3d", 1.0}};
    if (nonlinearity.bytes == NULL || words_equal(nonlinearity, "leaky_relu")) {
        double square = libm_pow(slope, 2.0);
        *gain = sqrt(2.0 / (1.0 + square));
        if (!isinf(square) || isinf(slope))
            return true;
        error_set(err, TOKVEC_BAD_ARGUMENT, "the square of A, %g, is too large", slope);
        return error_hint(err, "give a slope below 1e154");
    }
    for (size_t i = 0; i < sizeof gains / sizeof *gains; i++) {
        if (words_equal(nonlinearity, gains[i].name)) {
            *gain = i == 0 ? sqrt(2.0) : gains[i].gain;
            return true;
        }
    }
    return unlike(err, "nonlinearity", nonlinearity,
                  "leaky_relu, relu, tanh, selu, linear, sigmoid");
}

static bool is_word_of_any_case(tokvec_text word, const char *text, size_t length)
{
    return word.length == length && strncasecmp(word.bytes, text, length) == 0;
}

static bool set_kaiming(const init *in, torch_fill *fill, tokvec_error *err)
{
    double gain = 0.0;
    bool out = is_word_of_any_case(in->word[1], "fan_out", 7);
    if (in->word[1].bytes != NULL && !out && !is_word_of_any_case(in->word[1], "fan_in", 6))
        return unlike(err, "mode", in->word[1], "fan_in and fan_out");
    if (!libm_load(err) || !find_gain(in->word[2], in->number[0], &gain, err))
        return false;
    return set_deviation(fill, gain / sqrt((double)(out ? fill->rows : fill->dim)));
}

/* ---------------------------------------------------------------- what PyTorch refuses */

static double largest_of(tokvec_dtype dtype)
{
    switch (dtype) {
    case TOKVEC_FLOAT64: return DBL_MAX;
    case TOKVEC_FLOAT32: return (double)FLT_MAX;
    case TOKVEC_BFLOAT16: return 0x1.fep127;
    default: return 65504.0;
    }
}

static bool check_normal(const torch_fill *fill, tokvec_error *err)
{
    if (fill->b >= 0.0)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "a normal distribution cannot have std %g", fill->b);
    return error_hint(err, "give a standard deviation of 0 or more");
}

static bool check_uniform(const torch_fill *fill, tokvec_error *err)
{
    double most = largest_of(fill->dtype);
    const char *name = tokvec_dtype_name(fill->dtype);
    if (!(fabs(fill->a) <= most && fabs(fill->b) <= most)) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "%g to %g is out of bounds for %s", fill->a, fill->b,
                  name);
        return error_hint(err, "bounds are finite numbers of the table's dtype");
    }
    if (fill->a > fill->b) {
        error_set(err, TOKVEC_BAD_ARGUMENT,
                  "a uniform distribution cannot have the lower bound %g above the upper bound %g",
                  fill->a, fill->b);
        return error_hint(err, "give the lower bound first");
    }
    if (fill->b - fill->a <= most)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "%g to %g is too wide for %s", fill->a, fill->b, name);
    return error_hint(err, "PyTorch takes ranges of %g at most", most);
}

static bool check_constant(const torch_fill *fill, tokvec_error *err)
{
    if (isinf(fill->a) || fabs(fill->a) <= largest_of(fill->dtype))
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "the value %g is too large for %s", fill->a,
              tokvec_dtype_name(fill->dtype));
    return error_hint(err, "%g is the largest", largest_of(fill->dtype));
}

static bool check_eye(const torch_fill *fill, tokvec_error *err)
{
    if (fill->dtype != TOKVEC_BFLOAT16 || fill->rules >= TORCH_2_3)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "eye_ does not take bfloat16 in PyTorch before 2.3");
    return error_hint(err, "choose float32, or a later release");
}

static bool check_fill(const torch_fill *fill, tokvec_error *err)
{
    switch (fill->draw) {
    case TORCH_NORMAL: return check_normal(fill, err);
    case TORCH_UNIFORM: return check_uniform(fill, err);
    case TORCH_CONSTANT: return check_constant(fill, err);
    case TORCH_EYE: return check_eye(fill, err);
    default: return true;
    }
}

/* ---------------------------------------------------------------- the text */

enum { MODE_AND_NONLINEARITY = 6 };
#define KAIMING_HINT(name) name " or " name ":A,MODE,NONLINEARITY, as " name ":0,fan_out,relu"

const init_form init_forms[] = {
    {"normal", 0, 2, {0.0, 1.0}, "normal or normal:MEAN,STD", 0},
    {"uniform", 0, 2, {0.0, 1.0}, "uniform or uniform:A,B", 0},
    {"xavier_normal", 0, 1, {1.0}, "xavier_normal or xavier_normal:GAIN", 0},
    {"xavier_uniform", 0, 1, {1.0}, "xavier_uniform or xavier_uniform:GAIN", 0},
    {"kaiming_normal", 0, 3, {0.0}, KAIMING_HINT("kaiming_normal"), MODE_AND_NONLINEARITY},
    {"kaiming_uniform", 0, 3, {0.0}, KAIMING_HINT("kaiming_uniform"), MODE_AND_NONLINEARITY},
    {"trunc_normal", 0, 4, {0.0, 1.0, -2.0, 2.0}, "trunc_normal or trunc_normal:MEAN,STD,A,B", 0},
    {"ones", 0, 0, {0.0}, "ones", 0},
    {"zeros", 0, 0, {0.0}, "zeros", 0},
    {"constant", 1, 1, {0.0}, "constant:VALUE", 0},
    {"eye", 0, 0, {0.0}, "eye", 0},
    {NULL, 0, 0, {0.0}, NULL, 0},
};
typedef enum init_number {
    INIT_NORMAL,
    INIT_UNIFORM,
    INIT_XAVIER_NORMAL,
    INIT_XAVIER_UNIFORM,
    INIT_KAIMING_NORMAL,
    INIT_KAIMING_UNIFORM,
    INIT_TRUNC_NORMAL,
    INIT_ONES,
    INIT_ZEROS,
    INIT_CONSTANT,
    INIT_EYE,
} init_number;

static const torch_draw draws[] = {
    [INIT_NORMAL] = TORCH_NORMAL,
    [INIT_UNIFORM] = TORCH_UNIFORM,
    [INIT_XAVIER_NORMAL] = TORCH_NORMAL,
    [INIT_XAVIER_UNIFORM] = TORCH_UNIFORM,
    [INIT_KAIMING_NORMAL] = TORCH_NORMAL,
    [INIT_KAIMING_UNIFORM] = TORCH_UNIFORM,
    [INIT_TRUNC_NORMAL] = TORCH_TRUNC_NORMAL,
    [INIT_ONES] = TORCH_CONSTANT,
    [INIT_ZEROS] = TORCH_CONSTANT,
    [INIT_CONSTANT] = TORCH_CONSTANT,
    [INIT_EYE] = TORCH_EYE,
};

static bool set_parameters(const init *in, torch_fill *fill, tokvec_error *err)
{
    init_number number = (init_number)(in->form - init_forms);
    fill->draw = draws[number];
    switch (number) {
    case INIT_XAVIER_NORMAL:
    case INIT_XAVIER_UNIFORM: return set_xavier(in, fill);
    case INIT_KAIMING_NORMAL:
    case INIT_KAIMING_UNIFORM: return set_kaiming(in, fill, err);
    default: break;
    }
    fill->a = number == INIT_ONES ? 1.0 : in->number[0];
    fill->b = in->number[1];
    fill->low = in->number[2];
    fill->high = in->number[3];
    return true;
}

bool init_read(const char *text, size_t size, torch_fill *fill, tokvec_error *err)
{
    init in;
    return words_init(text, size, init_forms, &in, err) && set_parameters(&in, fill, err) &&
           check_fill(fill, err);
}
