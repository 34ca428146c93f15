/* npy.c - NumPy's .npy files, versions 1.0 to 3.0.
 * The header is a Python dict in text form, read here by a small parser for just that dict.
 * SPDX-License-Identifier: MIT */
#include "formats/numpy/npy.h"

#include "base/bytes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Format: numpy/lib/format.py, "NPY format". */
enum { MAGIC_SIZE = 6 };
static const char magic[] = "\x93NUMPY";

/* A position in the header's text. */
typedef struct cursor {
    const char *text;
    size_t size;
    size_t at;
    uint64_t offset; /* of text in the array */
    npy_fault *fault;
} cursor;

static bool bad(const cursor *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool bad(const cursor *c, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(c->fault->what, sizeof c->fault->what, format, args);
    va_end(args);
    c->fault->offset = c->offset + c->at;
    return false;
}

static int peek(const cursor *c)
{
    return c->at < c->size ? (unsigned char)c->text[c->at] : -1;
}

static void skip_space(cursor *c)
{
    while (c->at < c->size && memchr(" \t\n\r\f", c->text[c->at], 5) != NULL)
        c->at++;
}

/* Steps over one character, if it comes next. */
static bool take_char(cursor *c, char wanted)
{
    skip_space(c);
    if (peek(c) != (unsigned char)wanted)
        return false;
    c->at++;
    return true;
}

static bool take_word(cursor *c, const char *word)
{
    size_t length = strlen(word);
    skip_space(c);
    if (c->size - c->at < length || memcmp(c->text + c->at, word, length) != 0)
        return false;
    c->at += length;
    return true;
}

/* A text in single or double quotes, without escapes: none of the three keys nor a dtype that
 * can be a table has any. Copies it with a final NUL. */
static bool read_text(cursor *c, char *out, size_t room, const char *what)
{
    skip_space(c);
    int quote = peek(c);
    if (quote != '\'' && quote != '"')
        return bad(c, "the header's %s is not a text in quotes", what);
    size_t start = ++c->at;
    while (peek(c) != quote) {
        int next = peek(c);
        if (next < 0x20 || next == '\\')
            return bad(c, "the header's %s has no closing quote", what);
        c->at++;
    }
    size_t length = c->at - start;
    c->at++;
    if (length >= room) {
        c->at = start;
        return bad(c, "the header's %s is too long", what);
    }
    memcpy(out, c->text + start, length);
    out[length] = '\0';
    return true;
}

static bool read_dimension(cursor *c, uint64_t *out)
{
    skip_space(c);
    if (peek(c) == '-')
        return bad(c, "the shape has a negative dimension");
    uint64_t value = 0;
    size_t start = c->at;
    for (; peek(c) >= '0' && peek(c) <= '9'; c->at++) {
        if (!mul_u64(value, 10, &value) || !add_u64(value, (uint64_t)(peek(c) - '0'), &value) ||
            value > INT64_MAX) {
            c->at = start;
            return bad(c, "a dimension of the shape does not fit 63 bits");
        }
    }
    if (c->at == start)
        return bad(c, "the shape is not a tuple of integers");
    if (peek(c) == 'L') /* as Python 2 wrote long integers */
        c->at++;
    *out = value;
    return true;
}

static bool read_shape(cursor *c, npy_header *h)
{
    if (!take_char(c, '('))
        return bad(c, "the shape is not a tuple");
    h->ndim = 0;
    bool comma = true; /* one before the next dimension, or none needed */
    while (!take_char(c, ')')) {
        if (!comma)
            return bad(c, "the shape is not a tuple of integers");
        if (h->ndim == NPY_NDIM_MAX)
            return bad(c, "the shape has more than %d dimensions", NPY_NDIM_MAX);
        if (!read_dimension(c, &h->shape[h->ndim]))
            return false;
        h->ndim++;
        comma = take_char(c, ',');
    }
    if (h->ndim == 1 && !comma)
        return bad(c, "the shape is a number, not a tuple: a comma is missing");
    h->have_shape = true;
    return true;
}

/* Text of a fixed length, such as "U12" and "S12": words that may stand beside an array. */
static bool read_text_type(const char *code, npy_header *h)
{
    enum { DIGITS_MAX = 8 };
    size_t digits = strspn(code + 1, "0123456789");
    if ((code[0] != 'U' && code[0] != 'S') || digits == 0 || digits > DIGITS_MAX ||
        code[1 + digits] != '\0')
        return false;
    h->char_size = code[0] == 'U' ? 4 : 1;
    h->item_size = strtoul(code + 1, NULL, 10) * h->char_size;
    h->dtype_name = code[0] == 'U' ? "str" : "bytes";
    return true;
}

/* Says what the elements of an array are that are not numbers. Returns false. */
static bool refuse_type(cursor *c, const char *code, const char *descr)
{
    if (code[0] == 'O') {
        c->fault->hint = "in Python: numpy.save(NEW, numpy.load(FILE, allow_pickle=True)"
                         ".astype('float32'))";
        return bad(c,
                   "the elements are Python objects, which can only be read by running a pickle");
    }
    c->fault->hint = "save an array of numbers";
    if (code[0] == 'U' || code[0] == 'S' || code[0] == 'a')
        return bad(c, "the elements are strings ('%s'), not numbers", descr);
    if (code[0] == 'M' || code[0] == 'm')
        return bad(c, "the elements are dates or times ('%s'), not numbers", descr);
    return bad(c, "the elements are of type '%s', not numbers", descr);
}

/* A dtype such as "<f4": byte order, letter, size in bytes. */
static bool read_descr(cursor *c, npy_header *h)
{
    static const struct {
        const char *code;
        tokvec_dtype dtype;
        const char *name;
        size_t size;
    } codes[] = {
        {"f1", TOKVEC_FLOAT8_E5M2, NULL, 1}, /* the only one that ml_dtypes saves under this */
        {"f2", TOKVEC_FLOAT16, NULL, 2},
        {"f4", TOKVEC_FLOAT32, NULL, 4},
        {"f8", TOKVEC_FLOAT64, NULL, 8},
        {"i1", TOKVEC_INT8, NULL, 1},
        {"i2", TOKVEC_INT16, NULL, 2},
        {"i4", TOKVEC_INT32, NULL, 4},
        {"i8", TOKVEC_INT64, NULL, 8},
        {"u1", TOKVEC_UINT8, NULL, 1},
        {"u2", TOKVEC_UINT16, NULL, 2},
        {"u4", TOKVEC_UINT32, NULL, 4},
        {"u8", TOKVEC_UINT64, NULL, 8},
        {"b1", TOKVEC_BOOL, NULL, 1},
        {"?", TOKVEC_BOOL, NULL, 1},
        {"bfloat16", TOKVEC_BFLOAT16, NULL, 2},
        {"float8_e4m3fn", TOKVEC_FLOAT8_E4M3FN, NULL, 1},
        {"float8_e5m2", TOKVEC_FLOAT8_E5M2, NULL, 1},
        {"V1", TOKVEC_NO_DTYPE, "V1", 1},
        {"V2", TOKVEC_NO_DTYPE, "V2", 2},
        {"c8", TOKVEC_NO_DTYPE, "complex64", 8},
        {"c16", TOKVEC_NO_DTYPE, "complex128", 16},
        {"f16", TOKVEC_NO_DTYPE, "longdouble", 16},
        {"f12", TOKVEC_NO_DTYPE, "longdouble", 12},
    };
    char descr[16];
    skip_space(c);
    size_t start = c->at;
    if (peek(c) == '[' || peek(c) == '(')
        return bad(c, "the elements are records, not numbers");
    if (!read_text(c, descr, sizeof descr, "descr"))
        return false;
    bool has_order = descr[0] != '\0' && strchr("<>|=", descr[0]) != NULL;
    const char *code = descr + has_order;
    h->big_endian = descr[0] == '>';
    h->have_descr = read_text_type(code, h);
    for (size_t i = 0; !h->have_descr && i < sizeof codes / sizeof *codes; i++) {
        if (strcmp(code, codes[i].code) != 0)
            continue;
        h->dtype = codes[i].dtype;
        h->dtype_name = codes[i].name != NULL ? codes[i].name : tokvec_dtype_name(h->dtype);
        h->item_size = codes[i].size;
        h->have_descr = true;
    }
    if (h->have_descr)
        return true;
    c->at = start;
    return refuse_type(c, code, descr);
}

static bool read_order(cursor *c, npy_header *h)
{
    h->fortran_order = take_word(c, "True");
    if (!h->fortran_order && !take_word(c, "False"))
        return bad(c, "fortran_order is neither True nor False");
    h->have_order = true;
    return true;
}

static bool read_entry(cursor *c, npy_header *h)
{
    char key[16];
    skip_space(c);
    size_t start = c->at;
    if (!read_text(c, key, sizeof key, "key"))
        return false;
    if (!take_char(c, ':'))
        return bad(c, "a colon is missing in the header");
    if (strcmp(key, "descr") == 0)
        return read_descr(c, h);
    if (strcmp(key, "fortran_order") == 0)
        return read_order(c, h);
    if (strcmp(key, "shape") == 0)
        return read_shape(c, h);
    c->at = start;
    return bad(c, "unknown key '%s' in the header", key);
}

static bool read_dict(cursor *c, npy_header *h)
{
    if (!take_char(c, '{'))
        return bad(c, "the header is not a Python dict");
    bool comma = true;
    while (!take_char(c, '}')) {
        if (!comma)
            return bad(c, "a comma is missing in the header");
        if (!read_entry(c, h))
            return false;
        comma = take_char(c, ',');
    }
    skip_space(c);
    if (c->at != c->size)
        return bad(c, "the header has something after the dict");
    if (!h->have_descr || !h->have_order || !h->have_shape)
        return bad(c, "the header does not have the key '%s'",
                   !h->have_descr   ? "descr"
                   : !h->have_order ? "fortran_order"
                                    : "shape");
    return true;
}

/* Number of elements times size, which must fit what is there after the header. */
static bool check_data(cursor *c, npy_header *h, uint64_t available)
{
    uint64_t size = h->item_size;
    bool empty = false;
    for (unsigned i = 0; i < h->ndim; i++) {
        empty |= h->shape[i] == 0;
        if (h->shape[i] != 0 && (!mul_u64(size, h->shape[i], &size) || size > INT64_MAX))
            return bad(c, "the shape needs more than 2^63 bytes");
    }
    h->bytes = empty ? 0 : size;
    uint64_t stride = h->item_size; /* in Fortran order the first index runs fastest */
    for (unsigned i = 0; !empty && i < h->ndim; stride *= h->shape[i], i++)
        h->strides[i] = stride;
    c->at = c->size;
    if (h->bytes > available)
        return bad(c, "the data is cut: %llu bytes are there, the shape needs %llu",
                   (unsigned long long)available, (unsigned long long)h->bytes);
    return true;
}

/* Finds the header's text: version, length, and that it is there. */
static bool find_header(cursor *c, const uint8_t *data, uint64_t size)
{
    if (size < MAGIC_SIZE || memcmp(data, magic, MAGIC_SIZE) != 0)
        return bad(c, "the magic of .npy is not at the beginning");
    c->at = MAGIC_SIZE;
    if (size < MAGIC_SIZE + 2)
        return bad(c, "the file is cut in its version");
    unsigned major = data[6], minor = data[7];
    if (major < 1 || major > 3 || minor != 0)
        return bad(c, "version %u.%u of the format is unknown", major, minor);
    size_t width = major == 1 ? 2 : 4;
    c->at = MAGIC_SIZE + 2;
    if (size - c->at < width)
        return bad(c, "the file is cut in the header's length");
    uint64_t length = width == 2 ? load_le16(data + c->at) : load_le32(data + c->at);
    uint64_t start = c->at + width;
    if (length > size - start)
        return bad(c, "the header's length of %llu goes past the end of the file",
                   (unsigned long long)length);
    if (length > NPY_HEADER_MAX)
        return bad(c, "the header's length of %llu is over %d", (unsigned long long)length,
                   NPY_HEADER_MAX);
    c->text = (const char *)data + start;
    c->size = (size_t)length;
    c->at = 0;
    c->offset = start;
    return true;
}

uint64_t npy_header_size(const uint8_t *prefix, uint64_t size)
{
    if (size < NPY_PREFIX_SIZE || memcmp(prefix, magic, MAGIC_SIZE) != 0)
        return 0;
    return prefix[6] == 1 ? 10 + (uint64_t)load_le16(prefix + 8)
                          : 12 + (uint64_t)load_le32(prefix + 8);
}

bool npy_want_header(const file_map *map, uint64_t at, uint64_t size, tokvec_error *err)
{
    uint64_t prefix = size < NPY_PREFIX_SIZE ? size : NPY_PREFIX_SIZE;
    if (!file_want(map, at, prefix, err))
        return false;
    uint64_t header = npy_header_size(map->data + at, prefix);
    return header > size || header > NPY_PREFIX_SIZE + NPY_HEADER_MAX || /* refused untouched */
           file_want(map, at, header, err);
}

/* ml_dtypes and JAX save the types that NumPy does not have as plain bytes. */
static void note_lost_type(npy_header *h)
{
    uint64_t dim = h->ndim == 0 ? 1 : h->shape[h->ndim - 1];
    snprintf(h->unusable, sizeof h->unusable,
             "has elements of type '<%s', as ml_dtypes saves %s: if it is that, read it as bare "
             "values of dtype %s, dim %llu and offset %llu",
             h->dtype_name, h->item_size == 2 ? "bfloat16" : "float8_e4m3fn",
             h->item_size == 2 ? "bfloat16" : "float8_e4m3fn", (unsigned long long)dim,
             (unsigned long long)h->data);
}

bool npy_parse(const uint8_t *data, uint64_t there, uint64_t size, npy_header *h, npy_fault *fault)
{
    cursor c = {.fault = fault};
    *h = (npy_header){.ndim = 0};
    fault->hint = NULL;
    if (!find_header(&c, data, there) || !read_dict(&c, h))
        return false;
    h->data = c.offset + c.size;
    if (h->dtype == TOKVEC_NO_DTYPE && h->dtype_name[0] == 'V')
        note_lost_type(h);
    return check_data(&c, h, size - h->data);
}

tokvec_tensor npy_tensor(const npy_header *h, tensor_layout *layout)
{
    tokvec_tensor tensor = {
        .name = "",
        .dtype_name = h->dtype_name,
        .dtype = h->dtype,
        .ndim = h->ndim,
        .shape = h->shape,
        .offset = h->data,
        .bytes = h->bytes,
    };
    *layout = layout_contiguous(&tensor);
    if (h->fortran_order && h->bytes > 0)
        layout_stride(layout, &tensor, h->strides, h->item_size);
    layout->big_endian = h->big_endian;
    layout->unusable = h->unusable[0] == '\0' ? NULL : h->unusable;
    return tensor;
}

/* ---------------------------------------------------------------- .npy files */

static format_grade npy_recognise(const file_map *map)
{
    bool is = file_head(map, MAGIC_SIZE) == MAGIC_SIZE && memcmp(map->data, magic, MAGIC_SIZE) == 0;
    return is ? GRADE_CERTAIN : GRADE_NO;
}

static bool npy_read_header(tokvec_weights *weights, tokvec_error *err)
{
    const file_map *map = weights->map;
    npy_header h;
    npy_fault fault;
    tensor_layout layout;
    if (!npy_want_header(map, 0, map->size, err))
        return false;
    if (!npy_parse(map->data, map->size, map->size, &h, &fault)) {
        file_map_bad(map, fault.offset, err, "%s", fault.what);
        return fault.hint == NULL ? false : error_hint(err, "%s", fault.hint);
    }
    if (h.char_size > 0) {
        error_set(err, TOKVEC_UNSUPPORTED, "the elements are strings (%s), not numbers",
                  h.dtype_name);
        error_where(err, "%s", map->path);
        return error_hint(err, "save an array of numbers");
    }
    tokvec_tensor tensor = npy_tensor(&h, &layout);
    return weights_add(weights, &tensor, layout, err);
}

const weights_format npy_format = {
    .name = "npy",
    .suffixes = {".npy"},
    .recognise = npy_recognise,
    .read_header = npy_read_header,
};
