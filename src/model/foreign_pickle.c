/* foreign_pickle.c - pickles that torch.save did not write, named by the first class in them.
 * See foreign.h. The opcodes are stepped over; nothing is built.
 * SPDX-License-Identifier: MIT */
#include "model/foreign.h"

#include "formats/torch/harmful.h"
#include "io/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Format: Python's pickletools.py. */
typedef struct piece {
    const char *at;
    size_t length;
} piece;

typedef struct walker {
    const uint8_t *data;
    size_t at, size;
    piece texts[2]; /* the last two on the stack: the operands of STACK_GLOBAL */
} walker;

/* The next n bytes as text; false if they are not all there. */
static bool take_bytes(walker *w, uint64_t n, piece *out)
{
    if (n > w->size - w->at)
        return false;
    *out = (piece){(const char *)w->data + w->at, (size_t)n};
    w->at += (size_t)n;
    return true;
}

static bool take_line(walker *w, piece *out)
{
    const uint8_t *end = memchr(w->data + w->at, '\n', w->size - w->at);
    return end != NULL && take_bytes(w, (uint64_t)(end - w->data) - w->at, out) && ++w->at;
}

/* A length of `bytes` bytes, then as many bytes. */
static bool take_counted(walker *w, unsigned bytes, piece *out)
{
    piece length;
    uint64_t n = 0;
    if (!take_bytes(w, bytes, &length))
        return false;
    memcpy(&n, length.at, length.length);
    return take_bytes(w, n, out);
}

static bool keep(walker *w, piece p)
{
    w->texts[0] = w->texts[1];
    w->texts[1] = p;
    return true;
}

/* Steps over one opcode and its argument. False at the end, and where the class is found. */
static bool execute(walker *w, piece *module, piece *name)
{
    piece p;
    switch (w->data[w->at++]) {
    case 'c': /* GLOBAL */
    case 'i': return take_line(w, module) && take_line(w, name) && false;
    case 0x93: /* STACK_GLOBAL */
        *module = w->texts[0];
        *name = w->texts[1];
        return false;
    case '.': return false;
    case 'X':
    case 'T': return take_counted(w, 4, &p) && keep(w, p);
    case 'U':
    case 0x8c: return take_counted(w, 1, &p) && keep(w, p);
    case 0x8d: return take_counted(w, 8, &p) && keep(w, p);
    case 'S':
    case 'V': return take_line(w, &p) && keep(w, p);
    case 'I':
    case 'L':
    case 'F':
    case 'P':
    case 'p':
    case 'g': return take_line(w, &p);
    case 'C':
    case 0x8a: return take_counted(w, 1, &p);
    case 'B':
    case 0x8b: return take_counted(w, 4, &p);
    case 0x8e:
    case 0x96: return take_counted(w, 8, &p);
    case 'K':
    case 'q':
    case 'h':
    case 0x80:
    case 0x82: return take_bytes(w, 1, &p);
    case 'M':
    case 0x83: return take_bytes(w, 2, &p);
    case 'J':
    case 'r':
    case 'j':
    case 0x84: return take_bytes(w, 4, &p);
    case 'G':
    case 0x95: return take_bytes(w, 8, &p);
    default: return true;
    }
}

/* Protocols 0 and 1 are text that may begin like a list of words: taken are the modules that
 * pickles of arrays begin with. */
static bool begins_with_global(const uint8_t *data, size_t size)
{
    static const char *const modules[] = {"copy_reg\n", "copyreg\n",     "collections\n", "numpy.",
                                          "gensim.",    "__builtin__\n", "joblib.",       "pandas.",
                                          "torch.",     "sklearn.",      "paddle."};
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++) {
        size_t n = strlen(modules[i]);
        if (size > n && data[0] == 'c' && memcmp(data + 1, modules[i], n) == 0)
            return true;
    }
    return false;
}

/* Protocols 2 to 5 begin with PROTO; the others, which have no mark, with a global, a list or a
 * dict and the opcodes that follow it. */
static bool is_pickle(const file_map *map)
{
    const uint8_t *data = map->data, *end = data + foreign_head(map);
    if (end - data < 4)
        return false;
    if (data[0] == 0x80)
        return data[1] >= 2 && data[1] <= 5 && (data[1] < 4 || data[2] == 0x95 || end - data < 64);
    if (begins_with_global(data, (size_t)(end - data)))
        return true;
    if (end - data > 4 && (memcmp(data, "(dp", 3) == 0 || memcmp(data, "(lp", 3) == 0))
        return (data[3] == '0' || data[3] == '1') && data[4] == '\n';
    return (data[0] == '}' || data[0] == ']') && data[1] == 'q' && data[2] < 2;
}

/* What to do with the pickles of a library, by the module that its classes are in. */
static const struct {
    const char *module, *name, *advice;
} libraries[] = {
    {"gensim.", "a model of gensim",
     "in Python: model.wv.save_word2vec_format('table.vec'), of "
     "KeyedVectors without .wv"},
    {"joblib.", "a pickle of joblib", "in Python: numpy.save('table.npy', joblib.load(FILE))"},
    {"sklearn.", "a model of scikit-learn", "save its matrix with numpy.save"},
    {"pandas", "a pickle of pandas", "in Python: pandas.read_pickle(FILE).to_csv('table.csv')"},
    {"numpy", "a pickle of NumPy arrays",
     "in Python: numpy.save('table.npy', x), of x = pickle.load(open(FILE, 'rb')) or an array in "
     "it"},
    {"torch.distributed.checkpoint", "the index of a distributed checkpoint",
     "python3 -m torch.distributed.checkpoint.format_utils dcp_to_torch FOLDER model.pt"},
    {"torch", "a pickle of PyTorch objects that torch.save did not write",
     "in Python: torch.save(pickle.load(open(FILE, 'rb')), 'model.pt')"},
    {"paddle", "a model of PaddlePaddle",
     "in Python: numpy.savez('table.npz', "
     "**{k: v.numpy() for k, v in paddle.load(FILE).items()})"},
    {"", "a Python pickle, not of torch.save", "in Python: save the matrix in it with numpy.save"},
};
enum { LIBRARY_COUNT = sizeof libraries / sizeof *libraries, PADDLE = LIBRARY_COUNT - 2 };

/* gensim puts large matrices beside its pickles, as .npy files, which tokvec opens. */
static bool hint_beside(const file_map *map, tokvec_error *err)
{
    static const char *const parts[] = {"vectors", "wv.vectors", "wv.vectors_vocab", "syn0",
                                        "wv.syn0"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char path[4096];
        struct stat status;
        int n = snprintf(path, sizeof path, "%s.%s.npy", map->path, parts[i]);
        if (n < 0 || (size_t)n >= sizeof path || stat(path, &status) != 0)
            continue;
        error_hint(err,
                   "its rows are in %s, which tokvec opens; with the words: in Python, "
                   "save_word2vec_format('table.vec')",
                   path);
        return true;
    }
    return false;
}

bool foreign_pickle(const file_map *map, tokvec_error *err)
{
    if (!is_pickle(map))
        return false;
    walker w = {map->data, 0, foreign_head(map), {{"", 0}, {"", 0}}};
    piece module = {"", 0}, name = {"", 0};
    while (w.at < w.size && execute(&w, &module, &name)) {
    }
    if (harmful_global(module.at, module.length, name.at, name.length)) {
        error_set(err, TOKVEC_BAD_FILE,
                  "the file is a pickle that calls %.*s.%.*s when it is loaded", (int)module.length,
                  module.at, (int)name.length, name.at);
        error_where(err, "%s", map->path);
        error_kind(err, TOKVEC_KIND_HARMFUL);
        error_hint(err, "it is made to attack whoever loads it: delete it");
        return true;
    }
    size_t i = 0;
    for (; i + 1 < LIBRARY_COUNT; i++) {
        size_t length = strlen(libraries[i].module);
        if (module.length >= length && memcmp(module.at, libraries[i].module, length) == 0)
            break;
    }
    if (path_ends_in(map->path, ".pdparams") || path_ends_in(map->path, ".pdopt"))
        i = PADDLE;
    if (module.length == 0)
        error_set(err, TOKVEC_UNSUPPORTED, "the file is %s", libraries[i].name);
    else
        error_set(err, TOKVEC_UNSUPPORTED, "the file is %s (the first class in it is %.*s.%.*s)",
                  libraries[i].name, (int)(module.length < 100 ? module.length : 100), module.at,
                  (int)(name.length < 100 ? name.length : 100), name.at);
    error_where(err, "%s", map->path);
    if (i != 0 || !hint_beside(map, err))
        error_hint(err, "%s", libraries[i].advice);
    return true;
}
