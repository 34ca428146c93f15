/* torch_view.c - what a call in a pickle that makes a tensor would make.
 * See torch_view.h. The functions are those that torch.save writes; all are checked as strictly as
 * PyTorch does, and the storage's length besides.
 * SPDX-License-Identifier: MIT */
#include "formats/torch/torch_view.h"

#include "base/bytes.h"

enum { ARGUMENTS_MAX = 16, WRAPPERS_MAX = 16, NDIM_MAX = 64 };

/* Functions of torch._utils that make a tensor, with how many arguments. */
static const struct {
    const char *name;
    unsigned least, most;
    const char *unusable; /* no plain matrix: why */
} makers[] = {
    {"_rebuild_tensor", 4, 4, NULL},
    {"_rebuild_tensor_v2", 6, 7, NULL},
    {"_rebuild_tensor_v3", 7, 8, NULL},
    {"_rebuild_qtensor", 7, 8, "is quantised by PyTorch, with a scale of its own"},
    {"_rebuild_sparse_tensor", 2, 3, "is sparse"},
    {"_rebuild_sparse_csr_tensor", 2, 3, "is sparse"},
    {"_rebuild_nested_tensor", 1, 8, "is a nested tensor"},
    {"_rebuild_meta_tensor_no_storage", 4, 4, "is on the device meta: its elements are not saved"},
    {"_rebuild_wrapper_subclass", 8, 12, "is a tensor subclass without elements of its own"},
};
enum { MAKER_COUNT = sizeof makers / sizeof *makers, FIRST_OTHER = 4 };

/* ---- arguments ------------------------------------------------------------------------------ */

static bool number_of(const torch_reader *r, pickle_ref ref, const char *what, uint64_t *out)
{
    const pickle_value *v = pickle_at(&r->p, ref);
    if (v->kind == PICKLE_BIG_INTEGER)
        return torch_bad(r, v->at, "%s of a tensor does not fit 64 bits", what);
    if (v->kind != PICKLE_INTEGER)
        return torch_bad(r, v->at, "%s of a tensor is not an integer", what);
    if (v->as.integer < 0)
        return torch_bad(r, v->at, "%s of a tensor is negative: %lld", what,
                         (long long)v->as.integer);
    *out = (uint64_t)v->as.integer;
    return true;
}

/* A tuple of integers; their number, or -1. */
static int numbers_of(const torch_reader *r, pickle_ref ref, const char *what, uint64_t *out)
{
    pickle_ref items[NDIM_MAX];
    const pickle_value *v = pickle_at(&r->p, ref);
    if (v->kind != PICKLE_TUPLE) {
        torch_bad(r, v->at, "%s of a tensor is not a tuple of integers", what);
        return -1;
    }
    size_t n = pickle_items(&r->p, ref, items, NDIM_MAX);
    if (n > NDIM_MAX) {
        torch_bad(r, v->at, "%s of a tensor has more than %d dimensions", what, NDIM_MAX);
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        if (!number_of(r, items[i], what, &out[i]))
            return -1;
    }
    return (int)n;
}

static const torch_storage *storage_of(const torch_reader *r, pickle_ref ref)
{
    size_t low = 0, high = r->count; /* they stand in the order of their values */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->storages[middle].id == ref)
            return &r->storages[middle];
        if (r->storages[middle].id < ref)
            low = middle + 1;
        else
            high = middle;
    }
    torch_bad(r, pickle_at(&r->p, ref)->at, "a tensor has something else in place of its storage");
    return NULL;
}

/* ---- what else changes the values ----------------------------------------------------------- */

/* Why the elements are not what the storage holds, by the dict that PyTorch saves with a tensor
 * whose negative or conjugate bit is set; NULL if they are. */
static const char *metadata_changes(const pickle *p, pickle_ref metadata)
{
    static const char unknown[] = "is saved with metadata that tokvec does not know";
    if (pickle_is(p, metadata, PICKLE_NONE))
        return NULL;
    if (!pickle_is(p, metadata, PICKLE_DICT))
        return unknown;
    uint32_t link = p->values[metadata].as.first;
    for (uint32_t left = p->values[metadata].count; left >= 2; left -= 2) {
        pickle_ref key = p->links[link].value;
        link = p->links[link].next;
        const pickle_value *value = pickle_at(p, p->links[link].value);
        link = p->links[link].next;
        if (value->kind == PICKLE_BOOL && value->as.integer == 0)
            continue;
        return pickle_text_is(p, key, "neg")    ? "is saved with its negative bit set: its signs "
                                                  "are not those in the file (resolve_neg())"
               : pickle_text_is(p, key, "conj") ? "is saved with its conjugate bit set: its signs "
                                                  "are not those in the file (resolve_conj())"
                                                : unknown;
    }
    return NULL;
}

/* True if the pickle sets items or a state of what was made: a tensor's elements would change. */
static bool is_changed(const pickle *p, pickle_ref object)
{
    pickle_ref state = pickle_part(p, object, PICKLE_STATE);
    return !pickle_is(p, pickle_part(p, object, PICKLE_APPENDED), PICKLE_NONE) ||
           !pickle_is(p, pickle_part(p, object, PICKLE_ENTRIES), PICKLE_NONE) ||
           !(pickle_is(p, state, PICKLE_NONE) || pickle_is(p, state, PICKLE_DICT));
}

/* ---- a strided tensor ----------------------------------------------------------------------- */

/* The elements of the view, of `size` bytes each, lie in the `available` bytes of its storage. */
static bool check_extent(const torch_reader *r, size_t at, torch_view *v, uint64_t first,
                         uint64_t available)
{
    uint64_t size = v->type->size, bytes, last = first;
    bool fits = true;
    v->numel = 1;
    for (unsigned i = 0; i < v->ndim; i++) {
        if (v->shape[i] != 0 && !mul_u64(v->numel, v->shape[i], &v->numel))
            return torch_bad(r, at, "the shape of a tensor needs more than 2^64 elements");
    }
    if (!mul_u64(v->numel, size, &bytes) || bytes > INT64_MAX)
        return torch_bad(r, at, "the shape of a tensor needs more than 2^63 bytes");
    for (unsigned i = 0; i < v->ndim; i++) {
        uint64_t reach;
        if (v->shape[i] == 0)
            v->numel = 0;
        else
            fits = fits && mul_u64(v->shape[i] - 1, v->stride[i], &reach) &&
                   add_u64(last, reach, &last);
    }
    if (v->numel > 0 && (!fits || last >= available / size))
        return torch_bad(r, at, "a tensor reaches past its storage of %llu elements",
                         (unsigned long long)(available / size));
    v->offset = v->numel == 0 ? 0 : first * size;
    return true;
}

/* The element type that v3 gets as an argument: a global such as torch.float8_e5m2. */
static const torch_type *type_of(const torch_reader *r, pickle_ref ref)
{
    static torch_type types[TOKVEC_DTYPE_COUNT];
    char text[100];
    for (int i = 1; i < TOKVEC_DTYPE_COUNT; i++) {
        tokvec_dtype dtype = (tokvec_dtype)i;
        if (!pickle_global_is(&r->p, ref, "torch", tokvec_dtype_name(dtype)))
            continue;
        types[i] =
            (torch_type){"", tokvec_dtype_name(dtype), dtype, (unsigned)tokvec_dtype_size(dtype)};
        return &types[i];
    }
    torch_bad(r, pickle_at(&r->p, ref)->at, "a tensor has elements of the unknown type %s",
              pickle_global_text(&r->p, ref, text, sizeof text));
    return NULL;
}

static torch_answer strided(const torch_reader *r, pickle_ref object, unsigned maker,
                            const pickle_ref *argument, size_t count, torch_view *v)
{
    size_t at = pickle_at(&r->p, object)->at;
    uint64_t first = 0, available;
    v->storage = storage_of(r, argument[0]);
    if (v->storage == NULL || !number_of(r, argument[1], "the offset", &first))
        return TORCH_ERROR;
    int ndim = numbers_of(r, argument[2], "the size", v->shape);
    int strides = ndim < 0 ? -1 : numbers_of(r, argument[3], "the stride", v->stride);
    if (ndim < 0 || strides < 0)
        return TORCH_ERROR;
    if (ndim != strides) {
        torch_bad(r, at, "a tensor has %d dimensions and %d strides", ndim, strides);
        return TORCH_ERROR;
    }
    v->ndim = (unsigned)ndim;
    bool v3 = strcmp(makers[maker].name, "_rebuild_tensor_v3") == 0;
    v->type = v3 ? type_of(r, argument[6]) : v->storage->type;
    if (v->type == NULL)
        return TORCH_ERROR;
    if (v3 != v->storage->untyped) {
        torch_bad(r, at, "a tensor is made by %s of a storage that is %s", makers[maker].name,
                  v3 ? "typed" : "untyped");
        return TORCH_ERROR;
    }
    available = v->storage->length * v->storage->type->size; /* checked with the storage */
    if (!check_extent(r, at, v, first, available))
        return TORCH_ERROR;
    v->offset += v->storage->skip * v->storage->type->size;
    unsigned metadata = v3 ? 7 : 6;
    v->unusable = makers[maker].unusable;
    if (v->unusable == NULL && count > metadata)
        v->unusable = metadata_changes(&r->p, argument[metadata]);
    return TORCH_TENSOR;
}

/* ---- which function ------------------------------------------------------------------------- */

/* Classes that a tensor may be dressed up as without changing its elements. */
static bool is_plain_class(const pickle *p, pickle_ref ref)
{
    return pickle_global_is(p, ref, "torch", "Tensor") ||
           pickle_global_is(p, ref, "torch._tensor", "Tensor") ||
           pickle_global_is(p, ref, "torch.nn.parameter", "Parameter") ||
           pickle_global_is(p, ref, "torch.nn.parameter", "Buffer");
}

/* Goes through what only wraps a tensor: *callable and *arguments become those of the call that
 * makes it. False if there is no such call. */
static bool unwrap(const pickle *p, pickle_ref object, pickle_ref *callable, pickle_ref *arguments,
                   bool *changed)
{
    *changed = is_changed(p, object);
    *callable = pickle_part(p, object, PICKLE_CALLABLE);
    *arguments = pickle_part(p, object, PICKLE_ARGUMENTS);
    for (int i = 0; i < WRAPPERS_MAX; i++) {
        pickle_ref inner[4];
        size_t n = pickle_items(p, *arguments, inner, 4);
        bool from_type = pickle_global_is(p, *callable, "torch._tensor", "_rebuild_from_type_v2");
        bool wraps =
            is_plain_class(p, *callable) ||
            pickle_global_is(p, *callable, "torch._utils", "_rebuild_parameter") ||
            pickle_global_is(p, *callable, "torch._utils", "_rebuild_parameter_with_state");
        if (from_type && n == 4 && is_plain_class(p, inner[1]) &&
            pickle_is(p, inner[2], PICKLE_TUPLE)) {
            *callable = inner[0];
            *arguments = inner[2];
        } else if (wraps && n >= 1 && pickle_is(p, inner[0], PICKLE_OBJECT)) {
            *changed = *changed || is_changed(p, inner[0]);
            *callable = pickle_part(p, inner[0], PICKLE_CALLABLE);
            *arguments = pickle_part(p, inner[0], PICKLE_ARGUMENTS);
        } else {
            return !from_type && !wraps;
        }
    }
    return false;
}

static torch_answer finish(torch_answer answer, bool changed, torch_view *view)
{
    if (changed)
        view->unusable = "is changed after it is made, which tokvec does not follow";
    return answer;
}

torch_answer torch_view_of(const torch_reader *r, pickle_ref object, torch_view *view)
{
    const pickle *p = &r->p;
    pickle_ref callable, arguments, argument[ARGUMENTS_MAX];
    bool changed;
    memset(view, 0, sizeof *view);
    if (!unwrap(p, object, &callable, &arguments, &changed))
        return TORCH_NO_TENSOR;
    for (unsigned i = 0; i < MAKER_COUNT; i++) {
        if (!pickle_global_is(p, callable, "torch._utils", makers[i].name))
            continue;
        size_t n = pickle_items(p, arguments, argument, ARGUMENTS_MAX);
        if (n < makers[i].least || n > makers[i].most) {
            torch_bad(r, pickle_at(p, object)->at, "%s is called with %zu arguments",
                      makers[i].name, n);
            return TORCH_ERROR;
        }
        if (i < FIRST_OTHER)
            return finish(strided(r, object, i, argument, n, view), changed, view);
        view->unusable = makers[i].unusable;
        return TORCH_TENSOR;
    }
    return TORCH_NO_TENSOR;
}
