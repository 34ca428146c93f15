/* torch.c - from a checkpoint's pickle to a list of tensors.
 * See torch.h. The objects may refer to one another in circles and share parts without end, so
 * that they are never walked as if they were a tree.
 * SPDX-License-Identifier: MIT */
#include "formats/torch/torch.h"

#include "base/array.h"
#include "base/utf8_copy.h"
#include "formats/torch/torch_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEPTH_MAX = 64,         /* containers in one another; what lies deeper has no name */
    NAME_MAX_BYTES = 4096,  /* of a path, likewise */
    TENSOR_BYTES = 320,     /* about what one takes in memory beside its name */
    FAIR_MEMORY = 48 << 20, /* of all tensors together, */
    FAIR_FACTOR = 6,        /* and this many bytes for each of the pickle in the file */
};

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
        *found = *found || (v->kind == PICKLE_PERSISTENT && torch_module_class(p, at) == at);
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
             pickle_global_text(p, torch_module_class(p, callable), name, sizeof name));
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
