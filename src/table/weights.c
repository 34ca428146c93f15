/* weights.c - opening a weights file by what is in it.
 * The list of formats is here; each has a file of its own beside this one.
 * SPDX-License-Identifier: MIT */
#include "table/weights.h"

#include "base/array.h"
#include "base/bytes.h"
#include "base/number.h"
#include "base/path.h"
#include "table/blob.h"
#include "table/folder.h"
#include "table/foreign.h"
#include "table/inflated.h"
#include "table/names.h"
#include "table/packed.h"
#include "table/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Those that their first bytes tell for certain come first, then what is known to be of none,
 * then those that are told from text, each of which refuses what the others take. What npz does
 * not want of zip archives, torch takes. */
static const weights_format *const formats[] = {&gguf_format,         &npy_format,
                                                &npz_format,          &torch_zip_format,
                                                &torch_legacy_format, &safetensors_format,
                                                &fasttext_format,     &index_format,
                                                &word2vec_format,     &word2vec_binary_format,
                                                &glove_format,        &columns_format,
                                                &json_table_format,   &jsonl_table_format,
                                                &csv_table_format,    &tsv_table_format,
                                                &semicolon_table_format};
enum { FORMAT_COUNT = sizeof formats / sizeof *formats, CERTAIN_COUNT = 7 };

static const weights_format *recognise(const file_map *map, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (formats[i]->recognise(map))
            return formats[i];
    }
    return NULL;
}

bool weights_refuse_foreign(const file_map *map, tokvec_error *err)
{
    return recognise(map, CERTAIN_COUNT) == NULL && foreign_refuse(map, err);
}

/* "it opens files such as .gguf, .npy, ...": every suffix once. */
static bool hint_formats(tokvec_error *err)
{
    char list[300] = "";
    size_t length = 0;
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        for (const char *const *suffix = formats[i]->suffixes; *suffix != NULL; suffix++) {
            char item[32];
            int n = snprintf(item, sizeof item, " %s,", *suffix);
            if (n < 0 || (size_t)n >= sizeof list - length || strstr(list, item) != NULL)
                continue;
            memcpy(list + length, item, (size_t)n + 1);
            length += (size_t)n;
        }
    }
    return error_hint(err,
                      "it opens files such as%s and folders of models; for bare values give "
                      "--dtype and --dim",
                      list);
}

/* A file that nothing recognises: its name may tell what it was meant to be, and then that
 * format's reader says best what is wrong with it. Never returns success. */
static bool refuse_unknown(tokvec_weights *weights, tokvec_error *err)
{
    const char *path = weights->map->path;
    if (foreign_refuse_unknown(weights->map, err))
        return false;
    for (size_t i = 0; i < FORMAT_COUNT && weights->map->size > 0; i++) {
        for (const char *const *suffix = formats[i]->suffixes; *suffix != NULL; suffix++) {
            if (!path_ends_in(path, *suffix))
                continue;
            weights->format = formats[i]; /* which will release what it made */
            if (!formats[i]->read_header(weights, err))
                return false;
        }
    }
    error_set(err, TOKVEC_BAD_FILE, "%s",
              weights->map->size == 0 ? "the file is empty" : "no weights file that tokvec knows");
    error_where(err, "%s", path);
    return hint_formats(err);
}

/* True if the file is taken for bare values from its first byte on, and is none: its first bytes
 * are those of a format that they tell for certain. Text is none, which bare values may look like;
 * and who gives an offset past a header means it. */
static bool refuse_bare(const file_map *map, tokvec_error *err)
{
    const weights_format *format = recognise(map, CERTAIN_COUNT);
    if (format == NULL || (format->is_certain != NULL && !format->is_certain(map)))
        return false;
    error_set(err, TOKVEC_BAD_ARGUMENT, "the file is of a format with a shape of its own (%s)",
              format->name);
    error_where(err, "%s", map->path);
    error_hint(err, "leave out --dim; or give --offset, the bytes before its bare values");
    return true;
}

/* The format, by what the caller says and by the content. False with an error if these differ;
 * NULL if nothing fits. */
static bool choose_format(tokvec_weights *weights, tokvec_error *err)
{
    const tokvec_file_spec *as = &weights->as;
    if (as->dim > 0 && as->offset == 0 && refuse_bare(weights->map, err))
        return false;
    if (as->dim == 0 && weights_refuse_foreign(weights->map, err))
        return false;
    weights->format = as->dim > 0 ? &raw_table_format : recognise(weights->map, FORMAT_COUNT);
    if (weights->format == NULL || as->dim > 0)
        return true;
    if (as->offset > 0) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "an offset is for files of bare values");
        error_where(err, "%s", weights->map->path);
        return error_hint(err, "give the dtype and the dimension of its rows too");
    }
    if (as->dtype == TOKVEC_NO_DTYPE)
        return true;
    if (!weights->format->numbers_are_text) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "the file has a dtype of its own (%s)",
                  weights->format->name);
        error_where(err, "%s", weights->map->path);
        return error_hint(err, "leave out --dtype; --as converts the rows");
    }
    if (number_reads(as->dtype))
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "numbers in text cannot become %s",
              tokvec_dtype_name(as->dtype));
    return error_hint(err, "give float32 or float64");
}

bool weights_recognised(const file_map *map)
{
    return recognise(map, FORMAT_COUNT) != NULL;
}

tokvec_weights *weights_of_map(file_map *map, tokvec_error *err)
{
    return weights_of_map_as(map, &(tokvec_file_spec){.dim = 0}, err);
}

tokvec_weights *weights_of_map_as(file_map *map, const tokvec_file_spec *spec, tokvec_error *err)
{
    tokvec_weights *weights = calloc(1, sizeof *weights);
    if (weights == NULL) {
        error_no_memory(err, sizeof *weights);
        file_map_close(map);
        return NULL;
    }
    weights->map = map;
    weights->as = *spec;
    bool read = choose_format(weights, err) &&
                (weights->format == NULL ? refuse_unknown(weights, err)
                                         : weights->format->read_header(weights, err));
    /* A header that was cut while it was read is a shrunk file first, a bad one second. */
    if (!file_map_intact(map, err) || !read) {
        if (!read && err != NULL && err->code == TOKVEC_BAD_FILE)
            foreign_hint_unfinished(map->path, err);
        tokvec_weights_close(weights);
        return NULL;
    }
    return weights;
}

static tokvec_weights *open_file(const char *path, const tokvec_file_spec *spec, tokvec_error *err)
{
    file_map *map = file_map_open(path, err);
    if (map == NULL) {
        foreign_hint_link(path, err);
        return NULL;
    }
    if (!blob_recognise(map))
        return weights_of_map_as(map, spec, err);
    char *blob = blob_path(map, err);
    file_map_close(map);
    map = blob == NULL ? NULL : file_map_open(blob, err);
    free(blob);
    return map == NULL ? NULL : weights_of_map_as(map, spec, err);
}

static tokvec_weights *open_folder(const char *folder, const tokvec_file_spec *spec,
                                   tokvec_error *err)
{
    char *path = folder_weights(folder, err);
    char *config = path == NULL ? NULL : path_beside(path, "config.json", err);
    tokvec_weights *weights = config == NULL ? NULL : open_file(path, spec, err);
    if (weights != NULL)
        weights->config = config;
    else
        free(config);
    free(path);
    return weights;
}

tokvec_weights *tokvec_weights_open_as(const char *path, const tokvec_file_spec *spec,
                                       tokvec_error *error)
{
    struct stat status;
    bool folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    return folder ? open_folder(path, spec, error) : open_file(path, spec, error);
}

tokvec_weights *tokvec_weights_open(const char *path, tokvec_error *error)
{
    return tokvec_weights_open_as(path, &(tokvec_file_spec){.dim = 0}, error);
}

void tokvec_weights_close(tokvec_weights *weights)
{
    if (weights == NULL)
        return;
    tokvec_vocab_close(weights->vocab);
    if (weights->format != NULL && weights->format->close != NULL)
        weights->format->close(weights);
    for (size_t i = 0; i < weights->count; i++) {
        free((char *)(uintptr_t)weights->tensors[i].name);
        free((uint64_t *)(uintptr_t)weights->tensors[i].shape);
        free((char *)(uintptr_t)weights->layouts[i].unusable);
        free((uint64_t *)(uintptr_t)weights->layouts[i].strides);
    }
    free(weights->tensors);
    free(weights->layouts);
    free(weights->config);
    file_map_close(weights->map);
    free(weights);
}

static uint64_t *copy_axes(const uint64_t *axes, unsigned n)
{
    uint64_t *copy = malloc((n + 1) * sizeof *copy);
    if (copy != NULL && n > 0)
        memcpy(copy, axes, n * sizeof *copy);
    return copy;
}

bool weights_add(tokvec_weights *weights, const tokvec_tensor *tensor, tensor_layout layout,
                 tokvec_error *err)
{
    if (!array_reserve(&weights->tensors, &weights->capacity, weights->count + 1,
                       sizeof *weights->tensors, err) ||
        !array_reserve(&weights->layouts, &weights->layout_capacity, weights->count + 1,
                       sizeof *weights->layouts, err))
        return false;
    char *name = strdup(tensor->name);
    uint64_t *shape = copy_axes(tensor->shape, tensor->ndim);
    uint64_t *strides = layout.strides == NULL ? NULL : copy_axes(layout.strides, tensor->ndim - 1);
    char *unusable = layout.unusable == NULL ? NULL : strdup(layout.unusable);
    if (name == NULL || shape == NULL || (strides == NULL && layout.strides != NULL) ||
        (unusable == NULL && layout.unusable != NULL)) {
        free(name);
        free(shape);
        free(strides);
        free(unusable);
        return error_no_memory(err, strlen(tensor->name));
    }
    tokvec_tensor *added = &weights->tensors[weights->count];
    *added = *tensor;
    added->name = name;
    added->shape = shape;
    if (added->file == NULL)
        added->file = layout.map != NULL ? layout.map->path : weights->map->path;
    weights->layouts[weights->count] = layout;
    weights->layouts[weights->count].unusable = unusable;
    weights->layouts[weights->count].strides = strides;
    weights->count++;
    return true;
}

tokvec_vocab *tokvec_weights_vocab(tokvec_weights *weights, tokvec_error *error)
{
    if (error != NULL)
        error->code = TOKVEC_OK;
    if (weights->vocab == NULL && weights->format->vocab != NULL)
        weights->vocab = weights->format->vocab(weights, error);
    return weights->vocab;
}

bool weights_fill_in(tokvec_weights *weights, size_t index, const tokvec_tensor *tensor,
                     tokvec_error *err)
{
    tokvec_tensor *known = &weights->tensors[index];
    uint64_t *shape = copy_axes(tensor->shape, tensor->ndim);
    if (shape == NULL)
        return error_no_memory(err, tensor->ndim * sizeof *shape);
    const char *name = known->name;
    free((uint64_t *)(uintptr_t)known->shape);
    *known = *tensor;
    known->name = name;
    known->shape = shape;
    return true;
}

bool weights_complete(tokvec_weights *weights, size_t index, tokvec_error *err)
{
    return weights->tensors[index].dtype_name[0] != '\0' ||
           weights->format->complete(weights, index, err);
}

bool tokvec_weights_complete(tokvec_weights *weights, tokvec_error *error)
{
    for (size_t i = 0; i < weights->count; i++) {
        if (!weights_complete(weights, i, error))
            return false;
    }
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp((*(const tokvec_tensor *const *)a)->name,
                  (*(const tokvec_tensor *const *)b)->name);
}

const tokvec_tensor **weights_by_name(const tokvec_weights *weights, tokvec_error *err)
{
    size_t n = weights->count;
    const tokvec_tensor **sorted = malloc((n + 1) * sizeof *sorted);
    if (sorted == NULL) {
        error_no_memory(err, n * sizeof *sorted);
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        sorted[i] = &weights->tensors[i];
    qsort(sorted, n, sizeof *sorted, by_name);
    return sorted;
}

bool weights_check_names(const tokvec_weights *weights, tokvec_error *err)
{
    const tokvec_tensor **sorted = weights_by_name(weights, err);
    if (sorted == NULL)
        return false;
    bool good = true;
    for (size_t i = 1; good && i < weights->count; i++) {
        if (strcmp(sorted[i - 1]->name, sorted[i]->name) == 0)
            good = file_map_bad(weights->map, 0, err, "the tensor name '%s' stands twice",
                                sorted[i]->name);
    }
    free(sorted);
    return good;
}

bool tokvec_weights_metadata(tokvec_weights *weights, tokvec_visitor *visit, void *context,
                             tokvec_error *error)
{
    return weights->format->metadata == NULL ||
           (weights->format->metadata(weights, visit, context, error) &&
            file_map_intact(weights->map, error));
}

const char *tokvec_weights_warning(const tokvec_weights *weights)
{
    return weights->warning[0] == '\0' ? NULL : weights->warning;
}

const char *tokvec_weights_format(const tokvec_weights *weights)
{
    return weights->format->name;
}

size_t tokvec_weights_count(const tokvec_weights *weights)
{
    return weights->count;
}

const tokvec_tensor *tokvec_weights_tensor(const tokvec_weights *weights, size_t index)
{
    return index < weights->count ? &weights->tensors[index] : NULL;
}

const char *weights_shape_text(const tokvec_tensor *tensor, char *out, size_t size)
{
    size_t length = (size_t)snprintf(out, size, "(");
    for (unsigned i = 0; i < tensor->ndim && length < size; i++)
        length += (size_t)snprintf(out + length, size - length, "%s%llu", i == 0 ? "" : ", ",
                                   (unsigned long long)tensor->shape[i]);
    if (length < size)
        snprintf(out + length, size - length, tensor->ndim == 1 ? ",)" : ")");
    return out;
}

/* A tensor that can be a table: its dtype is one, and its rows, if they hold no values, are not
 * without end. */
static bool check_usable(const tokvec_weights *weights, const tokvec_tensor *tensor,
                         tokvec_error *err)
{
    char shape[200];
    char which[300] = "the array";
    if (tensor->name[0] != '\0')
        snprintf(which, sizeof which, "tensor '%.250s'", tensor->name);
    const char *unusable = weights->layouts[tensor - weights->tensors].unusable;
    if (unusable != NULL) {
        error_set(err, TOKVEC_UNSUPPORTED, "%s %s", which, unusable);
        return error_where(err, "%s", tensor->file);
    }
    if (tensor->dtype == TOKVEC_NO_DTYPE) {
        error_set(err, TOKVEC_UNSUPPORTED, "%s has elements of type %s", which, tensor->dtype_name);
        error_where(err, "%s", tensor->file);
        return error_hint(err, "a table needs floats, integers or bools of 8 to 64 bits");
    }
    if (!tensor_is_bounded(tensor)) {
        error_set(err, TOKVEC_UNSUPPORTED, "%s has the shape %s, which holds no values", which,
                  weights_shape_text(tensor, shape, sizeof shape));
        error_where(err, "%s", tensor->file);
        return error_hint(err, "at most %d empty rows or columns can be shown", TENSOR_EMPTY_MAX);
    }
    return true;
}

/* Warns of a token embedding that is none of the model's whole: in a folder it is an error, as the
 * model was meant, not the file. */
static bool compare_with_model(tokvec_weights *weights, const tokvec_tensor *tensor,
                               tokvec_error *err)
{
    char *warning = weights->warning;
    if (!parts_check(tensor, err))
        return false;
    if (!names_is_embedding(tensor->name) && !path_ends_in(tensor->name, "output.weight"))
        return true;
    parts_describe(weights, tensor, warning, sizeof weights->warning);
    if (warning[0] == '\0' && weights->config != NULL && names_is_embedding(tensor->name))
        folder_compare_config(weights->config, tensor, warning, sizeof weights->warning);
    else if (warning[0] != '\0' && weights->config != NULL) {
        error_set(err, TOKVEC_UNSUPPORTED, "%s", warning);
        error_hint(err, "join the files, or name the one whose part is wanted");
        return false;
    }
    return true;
}

tokvec_table *weights_stored_table(tokvec_weights *weights, size_t index, bool column,
                                   tokvec_error *err)
{
    if (!weights_complete(weights, index, err))
        return NULL;
    if (weights->format->locate != NULL && !weights->format->locate(&weights, &index, err))
        return NULL;
    const tokvec_tensor *tensor = &weights->tensors[index];
    if (!check_usable(weights, tensor, err))
        return NULL;
    if (weights->format->table != NULL)
        return weights->format->table(weights, index, err);
    const tensor_layout *layout = &weights->layouts[index];
    matrix_view view = layout_view(layout, tensor);
    const file_map *map = layout->map != NULL ? layout->map : weights->map;
    if (column && tensor->ndim == 1) {
        view.rows = view.dim;
        view.dim = 1;
        view.row_stride = view.col_stride;
    }
    if (layout->member == NULL)
        return mapped_table(map, &view, err);
    view.offset = layout->member_offset;
    return inflated_table(map, layout->member, tensor->offset, &view, err);
}

tokvec_table *tokvec_weights_table(tokvec_weights *weights, const tokvec_tensor *tensor,
                                   tokvec_error *error)
{
    size_t index = (size_t)(tensor - weights->tensors);
    packed p = {.kind = PACKED_PLAIN};
    if (!weights_complete(weights, index, error))
        return NULL;
    if (weights->format->table == NULL && !packed_detect(weights, index, &p, error))
        return NULL;
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
    if (weights->format->number == NULL || weights->format->number(weights, index, table, error))
        return table;
    tokvec_table_close(table);
    return NULL;
}

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

const tokvec_tensor *tokvec_weights_find(tokvec_weights *weights, const char *name,
                                         tokvec_error *error)
{
    const tokvec_tensor *found = NULL;
    if (name == NULL) {
        found = names_choose(weights, error);
        if (found == NULL && error != NULL && error->code == TOKVEC_NOT_FOUND)
            folder_refuse_adapter(weights, error);
        return found;
    }
    for (size_t i = 0; i < weights->count; i++) {
        if (strcmp(weights->tensors[i].name, name) != 0)
            continue;
        if (found != NULL) { /* {"a.b": ..., "a": {"b": ...}} */
            error_set(error, TOKVEC_NOT_FOUND, "two tensors are named '%s'", name);
            error_where(error, "%s", weights->map->path);
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

static void release(void *weights)
{
    tokvec_weights_close(weights);
}

void weights_give(tokvec_weights *weights, void **owner, void (**release_owner)(void *))
{
    *owner = weights;
    *release_owner = release;
}

tokvec_table *tokvec_open(const char *path, const char *name, tokvec_error *error)
{
    tokvec_weights *weights = tokvec_weights_open(path, error);
    if (weights == NULL)
        return NULL;
    const tokvec_tensor *tensor = tokvec_weights_find(weights, name, error);
    tokvec_table *table = tensor == NULL ? NULL : tokvec_weights_table(weights, tensor, error);
    if (table == NULL)
        tokvec_weights_close(weights);
    else
        weights_give(weights, &table->owner, &table->release);
    return table;
}
