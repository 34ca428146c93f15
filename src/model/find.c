/* find.c - the tensor that is wanted, and the table that it is.
 * SPDX-License-Identifier: MIT */
#include "table/weights.h"

#include "io/path.h"
#include "model/adapter.h"
#include "model/config.h"
#include "model/folder_names.h"
#include "model/names.h"
#include "model/packed.h"
#include "model/parts.h"

#include <string.h>

/* The only tensor whose innermost key is `name`, in files whose names are paths. */
static const tokvec_tensor *find_key(const tokvec_weights *weights, const char *name)
{
    const tokvec_tensor *found = NULL;
    for (size_t i = 0; i < weights->count; i++) {
        size_t key_at = weights->layouts[i].key_at;
        if (key_at == 0 || strcmp(weights->tensors[i].name + key_at, name) != 0)
            continue;
        if (found != NULL)
            return NULL;
        found = &weights->tensors[i];
    }
    return found;
}

/* The codes of a packed weight, of which no tensor has the name itself. */
static const tokvec_tensor *find_codes(const tokvec_weights *weights, const char *name)
{
    size_t length = packed_stem(name);
    for (size_t i = 0; i < weights->count && length > 0; i++) {
        const char *there = weights->tensors[i].name;
        if (packed_stem(there) == length && memcmp(there, name, length) == 0)
            return &weights->tensors[i];
    }
    return NULL;
}

/* Says which tables an archive holds, none of which has been opened. Returns NULL. */
static const tokvec_tensor *refuse_tables(const tokvec_weights *weights, tokvec_error *err)
{
    name_list list = {NULL, 0, 0};
    char names[800];
    bool good = true;
    for (size_t i = 0; good && i < weights->count; i++)
        good = folder_names_add(&list, weights->tensors[i].name, err);
    if (good) {
        error_set(err, TOKVEC_NOT_FOUND, "the archive holds %zu tables", weights->count);
        error_where(err, "%s", weights->map->path);
        error_kind(err, TOKVEC_KIND_WHICH_TENSOR);
        error_hint(err, "%s", folder_names_text(&list, names, sizeof names));
    }
    folder_names_free(&list);
    return NULL;
}

const tokvec_tensor *tokvec_weights_embedding(tokvec_weights *weights, tokvec_error *error)
{
    if (weights->format->of_files && weights->count > 1)
        return refuse_tables(weights, error);
    if (weights->format->of_files)
        return weights_complete(weights, 0, error) ? &weights->tensors[0] : NULL;
    const tokvec_tensor *found = names_choose(weights, error);
    if (found == NULL && error != NULL && error->code == TOKVEC_NOT_FOUND)
        adapter_refuse(weights, error);
    /* An adapter's only matrix may be of other vectors: of a prompt, of layers. */
    if (found != NULL && error != NULL && names_is_other(found->name) &&
        adapter_refuse(weights, error))
        return NULL;
    return found;
}

const tokvec_tensor *tokvec_weights_find(tokvec_weights *weights, const char *name,
                                         tokvec_error *error)
{
    const tokvec_tensor *found = NULL;
    if (name == NULL) {
        error_set(error, TOKVEC_BAD_ARGUMENT, "no name of a tensor is given");
        return NULL;
    }
    for (size_t i = 0; i < weights->count; i++) {
        if (strcmp(weights->tensors[i].name, name) != 0)
            continue;
        if (found != NULL) { /* {"a.b": ..., "a": {"b": ...}} */
            error_set(error, TOKVEC_NOT_FOUND, "two tensors are named '%s'", name);
            error_where(error, "%s", weights->map->path);
            error_hint(error, "save the checkpoint again, with a different key for each tensor");
            return NULL;
        }
        found = &weights->tensors[i];
    }
    if (found == NULL)
        found = find_key(weights, name);
    if (found == NULL)
        found = find_codes(weights, name);
    if (found == NULL)
        found = names_alias(weights, name);
    if (found != NULL)
        return weights_complete(weights, (size_t)(found - weights->tensors), error) ? found : NULL;
    names_refuse(weights, name, error);
    return NULL;
}

/* Warns of a token embedding that is none of the model's whole: in a folder it is an error, as the
 * model was meant, not the file. */
static bool compare_with_model(tokvec_weights *weights, const tokvec_tensor *tensor,
                               tokvec_error *err)
{
    char *warning = weights->warning, part[sizeof weights->warning];
    if (!parts_check(tensor, err))
        return false;
    if (!names_is_embedding(tensor->name) && !path_ends_in(tensor->name, "output.weight"))
        return true;
    if (!parts_describe(weights, tensor, part, sizeof part, err))
        return false;
    if (part[0] != '\0')
        memcpy(warning, part, sizeof part);
    if (part[0] == '\0' && weights->config != NULL && names_is_embedding(tensor->name))
        config_compare(weights->config, tensor, warning, sizeof weights->warning);
    else if (part[0] != '\0' && weights->config != NULL) {
        error_set(err, TOKVEC_UNSUPPORTED, "%s", part);
        error_hint(err, "join the files, or name the one whose part is wanted");
        return false;
    }
    return true;
}

/* The IDs of the rows, as the file tells them, or else the adapter that it is a part of. */
static bool number_rows(tokvec_weights *weights, size_t index, tokvec_table *table,
                        tokvec_error *err)
{
    const weights_format *format = weights->format;
    if (format->number != NULL && !format->number(weights, index, table, err))
        return false;
    return table->numbering != NULL || adapter_number(weights, index, table, err);
}

/* Blocks of a format's own are no numbers by themselves. */
static bool check_numbers(const tokvec_tensor *t, tokvec_error *err)
{
    if (t->dtype == TOKVEC_NO_DTYPE || strcmp(t->dtype_name, tokvec_dtype_name(t->dtype)) == 0)
        return true;
    error_set(err, TOKVEC_UNSUPPORTED,
              "tensor '%.250s' is stored in blocks of the type %s, which are no numbers by "
              "themselves",
              t->name, t->dtype_name);
    error_where(err, "%s", t->file);
    return error_hint(err, "without asking for what is stored it gives its values");
}

/* How the tensor is packed, if it is. *stored: that matters to nobody, or is not known. */
static bool detect(tokvec_weights *weights, size_t index, packed *p, bool *stored,
                   tokvec_error *err)
{
    tokvec_error why = {.code = TOKVEC_OK};
    const bool wanted = weights->as.stored;
    *p = (packed){.kind = PACKED_PLAIN};
    *stored = false;
    if (wanted && !check_numbers(&weights->tensors[index], err))
        return false;
    if (weights->format->table != NULL)
        return true;
    bool known = packed_detect(weights, index, p, wanted ? &why : err);
    *stored = wanted && why.code != TOKVEC_NO_MEMORY && (!known || p->kind != PACKED_PLAIN);
    if (!known && wanted && err != NULL)
        *err = why;
    return known || *stored;
}

/* The table of a file of its own, with its warning. */
static tokvec_table *table_of_file(tokvec_weights *weights, size_t index, tokvec_error *err)
{
    tokvec_weights *file = weights_holder(weights, &index, err);
    tokvec_table *table =
        file == NULL ? NULL : tokvec_weights_table(file, &file->tensors[index], err);
    if (table != NULL)
        memcpy(weights->warning, file->warning, sizeof weights->warning);
    return table;
}

tokvec_table *tokvec_weights_table(tokvec_weights *weights, const tokvec_tensor *tensor,
                                   tokvec_error *error)
{
    size_t index = (size_t)(tensor - weights->tensors);
    packed p;
    bool stored;
    if (weights->format->of_files)
        return table_of_file(weights, index, error);
    if (!weights_complete(weights, index, error) || !detect(weights, index, &p, &stored, error))
        return NULL;
    if (stored)
        return weights_stored_table(weights, index, false, error);
    tokvec_table *table = p.kind == PACKED_PLAIN
                              ? weights_stored_table(weights, index, false, error)
                              : packed_open(weights, &p, error);
    if (table == NULL)
        return NULL;
    const uint64_t shape[] = {table->rows, table->dim};
    tokvec_tensor seen = *tensor;
    if (p.kind != PACKED_PLAIN)
        seen.shape = shape;
    if (!compare_with_model(weights, &seen, error)) {
        tokvec_table_close(table);
        return NULL;
    }
    if (p.kind == PACKED_PLAIN && weights->format->table == NULL && weights->warning[0] == '\0')
        packed_warn(weights, index);
    if (number_rows(weights, index, table, error))
        return table;
    tokvec_table_close(table);
    return NULL;
}

bool tokvec_weights_rows_are_tokens(tokvec_weights *weights, const tokvec_tensor *tensor)
{
    size_t index = (size_t)(tensor - weights->tensors);
    if (weights->format->of_files) {
        weights = weights_holder(weights, &index, NULL);
        return weights != NULL && tokvec_weights_rows_are_tokens(weights, &weights->tensors[index]);
    }
    return names_are_tokens(weights, tensor) &&
           (!weights->as.stored || packed_stores_rows(weights, index));
}

tokvec_table *tokvec_table_open(const char *path, tokvec_error *error)
{
    tokvec_weights *weights = tokvec_weights_open(path, error);
    if (weights == NULL)
        return NULL;
    const tokvec_tensor *tensor = tokvec_weights_embedding(weights, error);
    tokvec_table *table = tensor == NULL ? NULL : tokvec_weights_table(weights, tensor, error);
    if (table == NULL)
        tokvec_weights_close(weights);
    else
        weights_give(weights, &table->owner, &table->release);
    return table;
}
