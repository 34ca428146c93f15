/* torch_storages.c - a checkpoint's pickle, and the storages that it names.
 * See torch_storages.h.
 * SPDX-License-Identifier: MIT */
#include "formats/torch/torch_storages.h"

#include "base/array.h"
#include "base/bytes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Storage classes: torch/storage.py, torch/_storage_docs.py. */
static const torch_type types[] = {
    {"FloatStorage", "float32", TOKVEC_FLOAT32, 4},
    {"DoubleStorage", "float64", TOKVEC_FLOAT64, 8},
    {"HalfStorage", "float16", TOKVEC_FLOAT16, 2},
    {"BFloat16Storage", "bfloat16", TOKVEC_BFLOAT16, 2},
    {"LongStorage", "int64", TOKVEC_INT64, 8},
    {"IntStorage", "int32", TOKVEC_INT32, 4},
    {"ShortStorage", "int16", TOKVEC_INT16, 2},
    {"CharStorage", "int8", TOKVEC_INT8, 1},
    {"ByteStorage", "uint8", TOKVEC_UINT8, 1},
    {"BoolStorage", "bool", TOKVEC_BOOL, 1},
    {"ComplexFloatStorage", "complex64", TOKVEC_NO_DTYPE, 8},
    {"ComplexDoubleStorage", "complex128", TOKVEC_NO_DTYPE, 16},
    {"QInt8Storage", "qint8", TOKVEC_NO_DTYPE, 1},
    {"QUInt8Storage", "quint8", TOKVEC_NO_DTYPE, 1},
    {"QInt32Storage", "qint32", TOKVEC_NO_DTYPE, 4},
    {"QUInt4x2Storage", "quint4x2", TOKVEC_NO_DTYPE, 1},
    {"QUInt2x4Storage", "quint2x4", TOKVEC_NO_DTYPE, 1},
    {"UntypedStorage", "uint8", TOKVEC_UINT8, 1},
};
enum { TYPE_COUNT = sizeof types / sizeof *types, UNTYPED = TYPE_COUNT - 1 };

bool torch_bad(const torch_reader *r, size_t at, const char *format, ...)
{
    char what[400];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    if (r->inflated == NULL)
        return file_map_bad(r->weights->map, r->pickle_at + at, r->err, "%s", what);
    file_map_bad(r->weights->map, 0, r->err, "%s", what);
    return error_where(r->err, "%s, byte %zu of the member %s", r->weights->map->path, at,
                       r->inflated);
}

static const torch_type *storage_type(const torch_reader *r, pickle_ref class)
{
    const pickle *p = &r->p;
    char text[100];
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        if (pickle_global_is(p, class, "torch", types[i].storage) ||
            (i == UNTYPED && pickle_global_is(p, class, "torch.storage", types[i].storage)))
            return &types[i];
    }
    torch_bad(r, pickle_at(p, class)->at, "the storage class %s is unknown",
              pickle_global_text(p, class, text, sizeof text));
    return NULL;
}

static bool natural(const pickle *p, pickle_ref ref, uint64_t *out)
{
    const pickle_value *v = pickle_at(p, ref);
    if (v->kind != PICKLE_INTEGER || v->as.integer < 0)
        return false;
    *out = (uint64_t)v->as.integer;
    return true;
}

/* Old files: the storage is a part (key, offset, size) of the one in the file. */
static bool read_part(const torch_reader *r, pickle_ref view, torch_storage *s)
{
    pickle_ref item[3];
    if (pickle_is(&r->p, view, PICKLE_NONE))
        return true;
    if (!pickle_is(&r->p, view, PICKLE_TUPLE) || pickle_items(&r->p, view, item, 3) != 3 ||
        !natural(&r->p, item[1], &s->skip) || !natural(&r->p, item[2], &s->length) ||
        s->skip > s->numel || s->length > s->numel - s->skip)
        return torch_bad(r, pickle_at(&r->p, view)->at, "a view of a storage reaches outside it");
    return true;
}

static bool check_key(const torch_reader *r, pickle_ref key)
{
    const pickle_value *v = pickle_at(&r->p, key);
    if (v->kind != PICKLE_TEXT || v->count == 0 || v->count > 100 ||
        memchr(pickle_text(&r->p, key), '/', v->count) != NULL ||
        pickle_text_is(&r->p, key, "..") || pickle_text_is(&r->p, key, "."))
        return torch_bad(r, v->at, "the key of a storage is not plain text");
    return true;
}

pickle_ref torch_module_class(const pickle *p, pickle_ref id)
{
    pickle_ref tuple, item[4];
    if (!pickle_is(p, id, PICKLE_PERSISTENT))
        return id;
    pickle_items(p, id, &tuple, 1);
    bool module = pickle_is(p, tuple, PICKLE_TUPLE) && pickle_items(p, tuple, item, 4) == 4 &&
                  pickle_text_is(p, item[0], "module") && pickle_is(p, item[1], PICKLE_GLOBAL);
    return module ? item[1] : id;
}

/* ('storage', class, key, location, numel) and in old files, sixth, the part. */
static bool read_storage(torch_reader *r, pickle_ref id)
{
    const pickle *p = &r->p;
    pickle_ref tuple, item[6];
    torch_storage s = {.id = id};
    size_t at = pickle_at(p, id)->at;
    if (r->has_modules && torch_module_class(p, id) != id)
        return true;
    pickle_items(p, id, &tuple, 1);
    size_t n = pickle_is(p, tuple, PICKLE_TUPLE) ? pickle_items(p, tuple, item, 6) : 0;
    if (n < 5 || n > 6 || !pickle_text_is(p, item[0], "storage"))
        return torch_bad(r, at, "a persistent id is not that of a storage");
    s.type = storage_type(r, item[1]);
    s.untyped = s.type == &types[UNTYPED];
    s.key = item[2];
    if (s.type == NULL || !check_key(r, item[2]))
        return false;
    uint64_t bytes;
    if (!natural(p, item[4], &s.numel) || !mul_u64(s.numel, s.type->size, &bytes) ||
        bytes > INT64_MAX)
        return torch_bad(r, at, "the number of elements of a storage is out of range");
    s.length = s.numel;
    if (n == 6 && !read_part(r, item[5], &s))
        return false;
    if (!array_reserve(&r->storages, &r->capacity, r->count + 1, sizeof *r->storages, r->err))
        return false;
    r->storages[r->count++] = s;
    return true;
}

bool torch_storage_bytes(const torch_storage *s, uint64_t *bytes)
{
    return mul_u64(s->numel, s->type->size, bytes);
}

int torch_compare_keys(const pickle *p, pickle_ref a, const pickle *q, pickle_ref b)
{
    const pickle_value *x = pickle_at(p, a), *y = pickle_at(q, b);
    size_t least = x->count < y->count ? x->count : y->count;
    int order = memcmp(pickle_text(p, a), pickle_text(q, b), least);
    return order != 0 ? order : (x->count > y->count) - (x->count < y->count);
}

static int by_key(const void *a, const void *b, void *p)
{
    const torch_storage *x = *(torch_storage *const *)a, *y = *(torch_storage *const *)b;
    int order = torch_compare_keys(p, x->key, p, y->key);
    return order != 0 ? order : (x->id > y->id) - (x->id < y->id);
}

torch_storage **torch_storages_by_key(const torch_reader *r)
{
    torch_storage **sorted = malloc((r->count + 1) * sizeof *sorted);
    if (sorted == NULL) {
        error_no_memory(r->err, r->count * sizeof *sorted);
        return NULL;
    }
    for (size_t i = 0; i < r->count; i++)
        sorted[i] = &r->storages[i];
    qsort_r(sorted, r->count, sizeof *sorted, by_key, (void *)&r->p);
    return sorted;
}

/* PyTorch loads a storage once, as the first that names it says; none that it saves is named as
 * two types or sizes. */
static bool check_same(const torch_reader *r)
{
    torch_storage **sorted = torch_storages_by_key(r);
    bool good = sorted != NULL;
    for (size_t i = 1; good && i < r->count; i++) {
        const torch_storage *a = sorted[i - 1], *b = sorted[i];
        if (torch_compare_keys(&r->p, a->key, &r->p, b->key) == 0 &&
            (a->type != b->type || a->numel != b->numel))
            good = torch_bad(r, pickle_at(&r->p, b->id)->at,
                             "storage %.*s is repeated, as %llu elements of %s and %llu of %s",
                             (int)pickle_at(&r->p, a->key)->count, pickle_text(&r->p, a->key),
                             (unsigned long long)a->numel, a->type->storage,
                             (unsigned long long)b->numel, b->type->storage);
    }
    free(sorted);
    return good;
}

bool torch_read_pickle(torch_reader *r, const file_map *map, const uint8_t *data, uint64_t size,
                       uint64_t stored)
{
    pickle_fault fault;
    if (!pickle_read(&r->p, map, data, size, stored, &fault)) {
        if (fault.no_memory)
            return error_no_memory(r->err, size);
        torch_bad(r, fault.offset, "%s", fault.what);
        if (fault.harmful) {
            error_kind(r->err, TOKVEC_KIND_HARMFUL);
            error_hint(r->err,
                       "tokvec never runs a pickle; do not load the file with a program that does");
        }
        return false;
    }
    r->stored = stored < r->p.size ? stored : r->p.size;
    for (size_t i = 0; i < r->p.count; i++) {
        if (pickle_is(&r->p, (pickle_ref)i, PICKLE_PERSISTENT) && !read_storage(r, (pickle_ref)i))
            return false;
    }
    return check_same(r);
}

void torch_release(torch_reader *r)
{
    pickle_free(&r->p);
    free(r->storages);
}
