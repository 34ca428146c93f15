/* torch.c - from a checkpoint's pickle to a list of tensors.
 * See torch.h. The objects may refer to one another in circles and share parts without end, so
 * that they are never walked as if they were a tree.
 * SPDX-License-Identifier: MIT */
#include "table/torch.h"

#include "base/array.h"
#include "base/bytes.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    DEPTH_MAX = 64,         /* containers in one another; what lies deeper has no name */
    NAME_MAX_BYTES = 4096,  /* of a path, likewise */
    TENSOR_BYTES = 320,     /* about what one takes in memory beside its name */
    FAIR_MEMORY = 48 << 20, /* of all tensors together, */
    FAIR_FACTOR = 6,        /* and so many bytes for each of the pickle in the file */
};

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

/* ---- storages ------------------------------------------------------------------------------- */

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
        return torch_bad(r, pickle_at(&r->p, view)->at, "a part of a storage lies outside it");
    return true;
}

static bool check_key(const torch_reader *r, pickle_ref key)
{
    const pickle_value *v = pickle_at(&r->p, key);
    if (v->kind != PICKLE_TEXT || v->count == 0 || v->count > 100 ||
        memchr(pickle_text(&r->p, key), '/', v->count) != NULL ||
        pickle_text_is(&r->p, key, "..") || pickle_text_is(&r->p, key, "."))
        return torch_bad(r, v->at, "the key of a storage is no plain text");
    return true;
}

/* The class of ('module', class, file, source), which old files save for each module that was
 * pickled whole; else the value itself. */
static pickle_ref module_class(const pickle *p, pickle_ref id)
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
    if (r->has_modules && module_class(p, id) != id)
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

bool torch_read_pickle(torch_reader *r, const uint8_t *data, uint64_t size, uint64_t stored)
{
    pickle_fault fault;
    if (!pickle_read(&r->p, data, size, stored, &fault)) {
        if (fault.no_memory)
            return error_no_memory(r->err, size);
        torch_bad(r, fault.offset, "%s", fault.what);
        return fault.harmful &&
               error_hint(r->err, "tokvec executes no pickle; do not give the file to what does");
    }
    r->stored = stored < r->p.size ? stored : r->p.size;
    for (size_t i = 0; i < r->p.count; i++) {
        if (pickle_is(&r->p, (pickle_ref)i, PICKLE_PERSISTENT) && !read_storage(r, (pickle_ref)i))
            return false;
    }
    return true;
}

void torch_release(torch_reader *r)
{
    pickle_free(&r->p);
    free(r->storages);
}

/* ---- adding a tensor ------------------------------------------------------------------------ */

/* A path in the making, and the containers it leads through. */
typedef struct frame {
    pickle_ref container;
    uint32_t link; /* of the next item */
    size_t left;   /* items */
    size_t index;  /* of the next item, in a list */
    size_t length; /* of the path to the container */
} frame;

typedef struct walk {
    torch_reader *r;
    frame frames[DEPTH_MAX];
    unsigned depth;
    char path[NAME_MAX_BYTES];
    size_t key_at;    /* where the last key begins in the path */
    uint8_t *visited; /* a byte for each value: containers gone through, objects searched */
    uint64_t budget;  /* after that many items, nothing is gone through twice */
    uint64_t bytes;   /* that the tensors added so far take */
    size_t usable;
} walk;

enum { VISITED = 1, SEARCHED = 2 };

static bool add(walk *w, size_t length, tokvec_tensor *tensor, tensor_layout layout)
{
    char *name = utf8_copy(w->path, length, w->r->err);
    if (name == NULL)
        return false;
    uint64_t limit = FAIR_MEMORY + FAIR_FACTOR * w->r->stored;
    w->bytes += length + TENSOR_BYTES;
    if (w->bytes > limit) {
        free(name);
        return torch_bad(w->r, w->r->p.size,
                         "the list of tensors needs more memory than %llu bytes, the limit for a "
                         "pickle of its size",
                         (unsigned long long)limit);
    }
    tensor->name = name;
    if (w->key_at > 0 && w->key_at < length && length == strlen(name)) /* nothing was replaced */
        layout.key_at = w->key_at;
    w->usable += layout.unusable == NULL;
    bool good = weights_add(w->r->weights, tensor, layout, w->r->err);
    free(name);
    return good;
}

static bool add_unusable(walk *w, size_t length, const char *kind, const char *why)
{
    tokvec_tensor tensor = {.dtype_name = kind, .shape = NULL};
    return add(w, length, &tensor, (tensor_layout){.unusable = why});
}

static bool add_view(walk *w, size_t length, const torch_view *v)
{
    if (v->storage == NULL)
        return add_unusable(w, length, "object", v->unusable);
    uint64_t size = v->type->size;
    tokvec_tensor tensor = {
        .dtype_name = v->type->name,
        .dtype = v->unusable != NULL ? TOKVEC_NO_DTYPE : v->type->dtype,
        .ndim = v->ndim,
        .shape = v->shape,
        .offset = v->storage->offset + v->offset,
        .bytes = v->numel * size,
    };
    tensor_layout layout = {
        .big_endian = w->r->big_endian,
        .unusable = v->unusable,
    };
    uint64_t strides[sizeof v->stride / sizeof *v->stride];
    for (unsigned i = 0; i < v->ndim; i++) /* of an axis without steps it may be anything */
        strides[i] = v->shape[i] > 1 ? v->stride[i] * size : 0;
    if (v->numel > 0) /* as are all of an empty tensor */
        layout_stride(&layout, &tensor, strides, size);
    if (v->storage->deflated != NULL) {
        tensor.offset = v->storage->offset;
        layout.member = v->storage->deflated;
        layout.member_offset = v->offset;
    }
    return add(w, length, &tensor, layout);
}

/* ---- searching objects ---------------------------------------------------------------------- */

/* True if something that the value refers to, near or far, is a storage. Every value is looked
 * at once in all searches together. */
static bool holds_storage(walk *w, pickle_ref from, bool *found)
{
    const pickle *p = &w->r->p;
    pickle_ref *todo = NULL;
    size_t count = 0, capacity = 0;
    bool good = true;
    *found = false;
    w->visited[from] |= SEARCHED;
    for (pickle_ref at = from;; at = todo[--count]) {
        const pickle_value *v = pickle_at(p, at);
        *found = *found || (v->kind == PICKLE_PERSISTENT && module_class(p, at) == at);
        uint32_t link = v->as.first;
        for (uint32_t i = 0; good && v->kind >= PICKLE_TUPLE && i < v->count; i++) {
            pickle_ref item = p->links[link].value;
            link = p->links[link].next;
            if (w->visited[item] & SEARCHED)
                continue;
            w->visited[item] |= SEARCHED;
            good = array_reserve(&todo, &capacity, count + 1, sizeof *todo, w->r->err);
            if (good)
                todo[count++] = item;
        }
        if (count == 0 || !good)
            break;
    }
    free(todo);
    return good;
}

/* ---- the walk ------------------------------------------------------------------------------- */

/* True if the container is one of those that the path leads through. */
static bool is_open(const walk *w, pickle_ref container)
{
    for (unsigned i = 0; i < w->depth; i++) {
        if (w->frames[i].container == container)
            return true;
    }
    return false;
}

static void enter(walk *w, pickle_ref container, size_t length)
{
    const pickle_value *v = pickle_at(&w->r->p, container);
    bool again = w->visited[container] & VISITED;
    if (w->depth == DEPTH_MAX || v->count == 0 || is_open(w, container) ||
        (again && w->budget == 0))
        return;
    w->visited[container] |= VISITED;
    w->frames[w->depth++] = (frame){container, v->as.first, v->count, 0, length};
}

static bool is_dict_class(const pickle *p, pickle_ref callable)
{
    return pickle_global_is(p, callable, "collections", "OrderedDict") ||
           pickle_global_is(p, callable, "collections", "defaultdict");
}

/* A value that the path leads to. */
static bool visit(walk *w, pickle_ref ref, size_t length)
{
    const pickle *p = &w->r->p;
    pickle_kind kind = pickle_at(p, ref)->kind;
    if (kind == PICKLE_TUPLE || kind == PICKLE_LIST || kind == PICKLE_DICT)
        enter(w, ref, length);
    if (kind != PICKLE_OBJECT)
        return true;
    torch_view view;
    torch_answer answer = torch_view_of(w->r, ref, &view);
    if (answer != TORCH_NO_TENSOR)
        return answer == TORCH_TENSOR && add_view(w, length, &view);
    pickle_ref callable = pickle_part(p, ref, PICKLE_CALLABLE);
    if (is_dict_class(p, callable)) {
        pickle_ref entries = pickle_part(p, ref, PICKLE_ENTRIES);
        if (pickle_is(p, entries, PICKLE_DICT))
            enter(w, entries, length);
        return true;
    }
    bool found;
    char name[160], why[220];
    if ((w->visited[ref] & SEARCHED) != 0)
        return true;
    if (!holds_storage(w, ref, &found) || !found)
        return !found;
    snprintf(why, sizeof why, "is made by %s, which tokvec does not run",
             pickle_global_text(p, module_class(p, callable), name, sizeof name));
    return add_unusable(w, length, "object", why);
}

/* Appends a key to the path to its container: *length becomes that of the whole. False if the
 * key has no name. */
static bool append_key(walk *w, const frame *f, pickle_ref key, size_t *length)
{
    const pickle_value *v = pickle_at(&w->r->p, key);
    char digits[24];
    const char *text = digits;
    size_t size;
    if (v->kind == PICKLE_TEXT) {
        text = pickle_text(&w->r->p, key);
        size = v->count;
    } else if (v->kind == PICKLE_INTEGER) {
        size = (size_t)snprintf(digits, sizeof digits, "%lld", (long long)v->as.integer);
    } else {
        return false;
    }
    size_t dot = f->length > 0;
    if (size > NAME_MAX_BYTES - f->length - dot)
        return false;
    if (dot)
        w->path[f->length] = '.';
    if (size > 0)
        memcpy(w->path + f->length + dot, text, size);
    w->key_at = f->length + dot;
    *length = f->length + dot + size;
    return true;
}

static bool append_index(walk *w, const frame *f, size_t *length)
{
    size_t dot = f->length > 0;
    if (NAME_MAX_BYTES - f->length < 26)
        return false;
    char *end = w->path + f->length;
    int size = snprintf(end, 26, "%s%zu", dot ? "." : "", f->index);
    w->key_at = f->length + dot;
    *length = f->length + (size_t)size;
    return true;
}

static pickle_ref next_item(const walk *w, frame *f)
{
    pickle_link link = w->r->p.links[f->link];
    f->link = link.next;
    f->left--;
    return link.value;
}

static bool step(walk *w)
{
    frame *f = &w->frames[w->depth - 1];
    if (f->left == 0) {
        w->depth--;
        return true;
    }
    w->budget -= w->budget > 0;
    size_t length;
    if (pickle_is(&w->r->p, f->container, PICKLE_DICT)) {
        pickle_ref key = next_item(w, f), value = next_item(w, f);
        return !append_key(w, f, key, &length) || visit(w, value, length);
    }
    pickle_ref value = next_item(w, f);
    bool named = append_index(w, f, &length);
    f->index++;
    return !named || visit(w, value, length);
}

/* The first class in the pickle that is not Python's own, "module.name"; NULL if there is none. */
static const char *first_class(const pickle *p, char *out, size_t size)
{
    static const char *const pythons[] = {"collections.", "builtins.", "__builtin__.",
                                          "copyreg.",     "copy_reg.", "_codecs."};
    for (pickle_ref i = 0; i < p->count; i++) {
        if (!pickle_is(p, i, PICKLE_GLOBAL))
            continue;
        pickle_global_text(p, i, out, size);
        bool own = false;
        for (size_t k = 0; k < sizeof pythons / sizeof *pythons; k++)
            own |= strncmp(out, pythons[k], strlen(pythons[k])) == 0;
        if (!own)
            return out;
    }
    return NULL;
}

/* Nothing to look up: says what the checkpoint holds instead. */
static bool refuse_none(const walk *w)
{
    const tokvec_weights *weights = w->r->weights;
    char name[160];
    const char *class = weights->count > 0 ? NULL : first_class(&w->r->p, name, sizeof name);
    if (class != NULL && strncmp(class, "numpy.", 6) == 0) {
        error_set(w->r->err, TOKVEC_UNSUPPORTED, "the checkpoint holds NumPy arrays, no tensors");
        error_where(w->r->err, "%s", weights->map->path);
        return error_hint(w->r->err, "in Python: numpy.savez('table.npz', **torch.load(FILE, "
                                     "weights_only=False)), or torch.save of tensors");
    }
    if (weights->count == 0)
        error_set(w->r->err, TOKVEC_BAD_FILE, "the checkpoint holds no tensors%s%s",
                  class == NULL ? "" : ", but ", class == NULL ? "" : class);
    else
        error_set(w->r->err, TOKVEC_UNSUPPORTED, "the checkpoint's only tensor%s%s%s %s",
                  weights->tensors[0].name[0] == '\0' ? "" : " '", weights->tensors[0].name,
                  weights->tensors[0].name[0] == '\0' ? "" : "'", weights->layouts[0].unusable);
    error_where(w->r->err, "%s", weights->map->path);
    return error_hint(w->r->err, "save tensors in it: torch.save(model.state_dict(), FILE)");
}

bool torch_add_tensors(torch_reader *r)
{
    walk *w = calloc(1, sizeof *w);
    uint8_t *visited = calloc(r->p.count, 1);
    bool good = w != NULL && visited != NULL;
    if (!good)
        error_no_memory(r->err, sizeof *w + r->p.count);
    if (good) {
        w->r = r;
        w->visited = visited;
        w->budget = 4 * (uint64_t)r->p.link_count + 1000;
        good = visit(w, r->p.top, 0);
        while (good && w->depth > 0)
            good = step(w);
        if (good && w->usable == 0)
            good = refuse_none(w);
    }
    free(visited);
    free(w);
    return good;
}
