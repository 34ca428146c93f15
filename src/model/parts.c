/* parts.c - checkpoints of models that were split among machines.
 * See parts.h.
 * SPDX-License-Identifier: MIT */
#include "model/parts.h"

#include "io/path.h"
#include "text/json.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the number in the path ----------------------------------------------------------------- */

/* What stands before and behind the number of two digits. */
static const struct {
    const char *before, *behind;
} forms[] = {{"consolidated.", ".pth"}, {"mp_rank_", ""}, {"-model_", "-model_states.pt"}};

/* Where the number of the part begins in the path, or NULL. */
static const char *number_in(const char *path)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const char *found = strstr(path, forms[i].before), *at = NULL;
        for (; found != NULL; found = strstr(found + 1, forms[i].before))
            at = found + strlen(forms[i].before);
        if (at != NULL && isdigit((unsigned char)at[0]) && isdigit((unsigned char)at[1]) &&
            !isdigit((unsigned char)at[2]) &&
            strncmp(at + 2, forms[i].behind, strlen(forms[i].behind)) == 0)
            return at;
    }
    return NULL;
}

static unsigned number_at(const char *at)
{
    return (unsigned)(at[0] - '0') * 10 + (unsigned)(at[1] - '0');
}

unsigned parts_count(const char *path)
{
    enum { PARTS_MAX = 100 };
    const char *at = number_in(path);
    char *other = at == NULL ? NULL : strdup(path);
    if (other == NULL)
        return 1;
    char *digits = other + (at - path);
    unsigned n = 0, last = number_at(at);
    for (unsigned i = 0; i < PARTS_MAX; i++) {
        digits[0] = (char)('0' + i / 10);
        digits[1] = (char)('0' + i % 10);
        if (path_is_file(other))
            n = i + 1;
        else if (i > last)
            break;
    }
    free(other);
    return n > 0 ? n : 1;
}

/* ---- rows or columns ------------------------------------------------------------------------ */

/* The width of the model: "dim" of Meta's params.json beside the file; 0 if it is not told. */
static bool width_in_params(const char *path, uint64_t *width, tokvec_error *err)
{
    enum { PARAMS_MAX = 1 << 20 };
    cJSON *json = NULL;
    char *beside = path_beside(path, "params.json", err);
    bool known = beside != NULL && json_read_optional(beside, PARAMS_MAX, &json, err);
    const cJSON *dim = json_get(json, "dim");
    bool good = json_is_number(dim) && dim->valuedouble >= 1 && dim->valuedouble < 0x1p53;
    *width = good ? (uint64_t)dim->valuedouble : 0;
    json_free(json);
    free(beside);
    return known;
}

/* The same by the last normalisation, which no machine holds a part of. */
static uint64_t width_of_norm(tokvec_weights *weights)
{
    for (size_t i = 0; i < weights->count; i++) {
        const tokvec_tensor *t = &weights->tensors[i];
        if (t->ndim == 1 && (strcmp(t->name, "norm.weight") == 0 ||
                             path_ends_in(t->name, ".final_layernorm.weight")))
            return t->shape[0];
    }
    return 0;
}

bool parts_describe(tokvec_weights *weights, const tokvec_tensor *tensor, char *out, size_t size,
                    tokvec_error *err)
{
    const char *path = weights->map->path;
    unsigned n = parts_count(path);
    out[0] = '\0';
    uint64_t width;
    if (tensor->ndim != 2)
        return true;
    if (!width_in_params(path, &width, err))
        return false;
    if (width == 0)
        width = width_of_norm(weights);
    uint64_t rows = tensor->shape[0], columns = tensor->shape[1];
    const char *at = number_in(path);
    unsigned number = at == NULL ? 0 : number_at(at);
    const char *meta = at == NULL ? NULL : strstr(path, "consolidated.");
    if (meta != NULL && width > columns && width % columns == 0 && columns > 0)
        snprintf(out, size,
                 "%s is one of %llu files that hold a part of each row: '%.200s' has %llu of the "
                 "%llu columns",
                 path, (unsigned long long)(width / columns), tensor->name,
                 (unsigned long long)columns, (unsigned long long)width);
    else if (n > 1 && (meta == NULL || width == columns))
        snprintf(out, size,
                 "%s is one of %u files that hold a part of the rows: '%.200s' has the model's IDs "
                 "%llu to %llu, here from 0",
                 path, n, tensor->name, (unsigned long long)(number * rows),
                 (unsigned long long)(number * rows + rows - (rows > 0)));
    else if (n > 1)
        snprintf(out, size, "%s is one of %u files that hold a part of the rows or of the columns",
                 path, n);
    return true;
}

bool parts_check(const tokvec_tensor *tensor, tokvec_error *err)
{
    if (tensor->ndim != 1 || tensor->shape[0] != 0 ||
        !path_ends_in(tensor->file, "_model_states.pt"))
        return true;
    error_set(err, TOKVEC_UNSUPPORTED,
              "tensor '%.250s' is empty: DeepSpeed has put its values into other files (ZeRO)",
              tensor->name);
    error_where(err, "%s", tensor->file);
    return error_hint(err, "join them with the script beside the checkpoint: "
                           "python3 zero_to_fp32.py . model.safetensors");
}
