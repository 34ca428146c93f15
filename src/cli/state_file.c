/* state_file.c - files with a state of PyTorch's generator in them.
 * See state_file.h.
 * SPDX-License-Identifier: MIT */
#include "cli/state_file.h"

#include "print/torch_bytes.h"
#include "rng/torch/state.h"

static bool is_state(const tokvec_tensor *tensor)
{
    return tensor->dtype == TOKVEC_UINT8 && tensor->ndim == 1 &&
           tensor->shape[0] == TOKVEC_TORCH_STATE_SIZE;
}

/* What the file has in place of a state. */
static bool no_state(const char *path, tokvec_weights *weights, tokvec_error *err)
{
    const tokvec_tensor *only = tokvec_weights_tensor(weights, 0);
    size_t count = tokvec_weights_count(weights);
    if (count == 1 && only->ndim == 1)
        error_set(err, TOKVEC_BAD_ARGUMENT,
                  "%llu values of %s are not a state of PyTorch's CPU "
                  "generator",
                  (unsigned long long)only->shape[0], only->dtype_name);
    else if (count == 1)
        error_set(err, TOKVEC_BAD_ARGUMENT,
                  "a tensor of %u dimensions is not a state of PyTorch's "
                  "CPU generator",
                  only->ndim);
    else
        error_set(err, TOKVEC_BAD_ARGUMENT,
                  "none of %zu tensors is a state of PyTorch's CPU "
                  "generator",
                  count);
    error_where(err, "%s", path);
    return error_hint(
        err, "a state is %d values of uint8, which torch.save(torch.get_rng_state(), FILE) saves",
        TOKVEC_TORCH_STATE_SIZE);
}

static const tokvec_tensor *find_state(const char *path, tokvec_weights *weights, tokvec_error *err)
{
    const tokvec_tensor *found = NULL;
    for (size_t i = 0; i < tokvec_weights_count(weights); i++) {
        const tokvec_tensor *tensor = tokvec_weights_tensor(weights, i);
        if (!is_state(tensor))
            continue;
        if (found != NULL) {
            error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' and '%s' both may be the generator's state",
                      found->name, tensor->name);
            error_where(err, "%s", path);
            error_hint(err, "save one of them alone");
            return NULL;
        }
        found = tensor;
    }
    if (found == NULL)
        no_state(path, weights, err);
    return found;
}

bool state_file_read(const char *path, void *state, tokvec_error *err)
{
    const int64_t row = 0;
    torch_state parts;
    tokvec_weights *weights = tokvec_weights_open(path, err);
    bool good = weights != NULL && tokvec_weights_complete(weights, err);
    const tokvec_tensor *tensor = good ? find_state(path, weights, err) : NULL;
    tokvec_table *table = tensor == NULL ? NULL : tokvec_weights_table(weights, tensor, err);
    good =
        table != NULL && tokvec_table_read(table, &row, 1, state, err) &&
        (state_read(&parts, state, TOKVEC_TORCH_STATE_SIZE, err) || error_where(err, "%s", path));
    tokvec_table_close(table);
    tokvec_weights_close(weights);
    return good;
}

bool state_file_write(const char *path, const void *state, tokvec_error *err)
{
    sink out;
    if (!sink_open(&out, path, err))
        return false;
    torch_bytes_write(&out, state, TOKVEC_TORCH_STATE_SIZE);
    return sink_commit(&out, err);
}
