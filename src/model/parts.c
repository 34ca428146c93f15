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

/* Whether the number stands there, between what belongs before and behind it. */
static bool is_number(const char *at, const char *behind)
{
    return isdigit((unsigned char)at[0]) && isdigit((unsigned char)at[1]) &&
           !isdigit((unsigned char)at[2]) && strncmp(at + 2, behind, strlen(behind)) == 0;
}

/* Where the number of the part begins in the path, the last that looks like one, or NULL. */
static const char *number_in(const char *path)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const char *found = strstr(path, forms[i].before), *at = NULL;
        for (; found != NULL; found = strstr(found + 1, forms[i].before)) {
            const char *number = found + strlen(forms[i].before);
            if (is_number(number, forms[i].behind))
                at = number;
        }
        if (at != NULL)
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
    enum { PARTS_MAX = 100, GAP_MAX = 8 };
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
        else if (i > last && i >= n + GAP_MAX)
            break;
    }
    free(other);
    return n > 0 ? n : 1;
}

char *parts_path(const char *path, unsigned number, tokvec_error *err)
{
    const char *at = number_in(path);
    char *other = strdup(path);
    if (other == NULL) {
        error_no_memory(err, strlen(path));
        return NULL;
    }
    if (at != NULL) {
        other[at - path] = (char)('0' + number / 10 % 10);
        other[at - path + 1] = (char)('0' + number % 10);
    }
    return other;
}

bool parts_are_of_meta(const char *path)
{
    const char *at = number_in(path);
    return at != NULL && at - path >= 13 && strncmp(at - 13, "consolidated.", 13) == 0;
}

/* ---- rows or columns ------------------------------------------------------------------------ */

/* A count in Meta's params.json beside the file; 0 if it is not told. */
static uint64_t count_of(const cJSON *json, const char *name)
{
    const cJSON *count = json_get(json, name);
    bool good = json_is_number(count) && count->valuedouble >= 1 && count->valuedouble < 0x1p53;
    return good ? (uint64_t)count->valuedouble : 0;
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

bool parts_sizes(tokvec_weights *weights, parts_whole *whole, tokvec_error *err)
{
    enum { PARAMS_MAX = 1 << 20 };
    cJSON *json = NULL;
    char *beside = path_beside(weights->map->path, "params.json", err);
    bool known = beside != NULL && json_read_optional(beside, PARAMS_MAX, &json, err);
    *whole = (parts_whole){count_of(json, "vocab_size"), count_of(json, "dim")};
    if (whole->columns == 0)
        whole->columns = width_of_norm(weights);
    json_free(json);
    free(beside);
    return known;
}

bool parts_describe(tokvec_weights *weights, const tokvec_tensor *tensor, char *out, size_t size,
                    tokvec_error *err)
{
    const char *path = weights->map->path;
    unsigned n = parts_count(path);
    out[0] = '\0';
    parts_whole whole;
    if (tensor->ndim != 2 || parts_are_joined(weights))
        return true;
    if (!parts_sizes(weights, &whole, err))
        return false;
    const uint64_t width = whole.columns;
    uint64_t rows = tensor->shape[0], columns = tensor->shape[1];
    const char *at = number_in(path);
    unsigned number = at == NULL ? 0 : number_at(at);
    bool meta = parts_are_of_meta(path);
    if (meta && width > columns && width % columns == 0 && columns > 0)
        snprintf(out, size,
                 "%s is one of %llu files that hold a part of each row: '%.200s' has %llu of the "
                 "%llu columns",
                 path, (unsigned long long)(width / columns), tensor->name,
                 (unsigned long long)columns, (unsigned long long)width);
    else if (n > 1 && (!meta || width == columns))
        snprintf(out, size,
                 "%s is one of %u files that hold a part of the rows: '%.200s' has the model's IDs "
                 "%llu to %llu, here from 0",
                 path, n, tensor->name, (unsigned long long)(number * rows),
                 (unsigned long long)(number * rows + rows - (rows > 0)));
    else if (n == 1 && meta && width == columns && whole.rows > rows && number == 0)
        snprintf(
            out, size,
            "%s is one of several files that hold a part of the rows: '%.200s' has %llu of the "
            "%llu rows",
            path, tensor->name, (unsigned long long)rows, (unsigned long long)whole.rows);
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
