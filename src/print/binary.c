/* binary.c - the formats raw (nothing but the values) and npy (NumPy).
 * Little-endian, row after row, in the dtype of the result.
 * SPDX-License-Identifier: MIT */
#include "print/writer.h"

#include <stdio.h>

static bool binary_rows(writer *w, const int64_t *ids, size_t n, const void *data,
                        tokvec_error *err)
{
    (void)ids;
    (void)err;
    size_t row_bytes = (size_t)w->what->dim * tokvec_dtype_size(w->what->dtype);
    sink_write(w->out, data, n * row_bytes);
    return true;
}

static bool binary_end(writer *w, tokvec_error *err)
{
    (void)w;
    (void)err;
    return true;
}

static bool raw_begin(writer *w, tokvec_error *err)
{
    (void)w;
    (void)err;
    return true;
}

/* The codes of numpy.dtype.str; NULL where NumPy has no such type. */
static const char *npy_code(tokvec_dtype dtype)
{
    switch (dtype) {
    case TOKVEC_FLOAT16: return "<f2";
    case TOKVEC_FLOAT32: return "<f4";
    case TOKVEC_FLOAT64: return "<f8";
    case TOKVEC_BOOL: return "|b1";
    case TOKVEC_INT8: return "|i1";
    case TOKVEC_INT16: return "<i2";
    case TOKVEC_INT32: return "<i4";
    case TOKVEC_INT64: return "<i8";
    case TOKVEC_UINT8: return "|u1";
    case TOKVEC_UINT16: return "<u2";
    case TOKVEC_UINT32: return "<u4";
    case TOKVEC_UINT64: return "<u8";
    default: return NULL;
    }
}

static tokvec_dtype npy_accepts(tokvec_dtype dtype)
{
    return npy_code(dtype) != NULL ? dtype : TOKVEC_FLOAT32;
}

/* Version 1.0, written as numpy.save does: keys in order, padded to a multiple of 64 bytes. */
static bool npy_begin(writer *w, tokvec_error *err)
{
    (void)err;
    enum { ALIGNMENT = 64, FIXED = 10, DIMENSION_ROOM = 24 };
    const result *what = w->what;
    char header[FIXED + 100 + RESULT_MAX_NDIM * DIMENSION_ROOM + ALIGNMENT];
    size_t length = FIXED;
    length += (size_t)snprintf(header + length, sizeof header - length,
                               "{'descr': '%s', 'fortran_order': False, 'shape': (",
                               npy_code(what->dtype));
    for (unsigned i = 0; i < what->ndim; i++)
        length += (size_t)snprintf(header + length, sizeof header - length, "%s%llu",
                                   i == 0 ? "" : ", ", (unsigned long long)what->shape[i]);
    length += (size_t)snprintf(header + length, sizeof header - length, "%s), }",
                               what->ndim == 1 ? "," : "");
    size_t padding = ALIGNMENT - (length + 1) % ALIGNMENT;
    memset(header + length, ' ', padding % ALIGNMENT);
    length += padding % ALIGNMENT;
    header[length++] = '\n';
    memcpy(header, "\x93NUMPY\x01", 8);
    header[8] = (char)((length - FIXED) & 0xff);
    header[9] = (char)((length - FIXED) >> 8);
    sink_write(w->out, header, length);
    return true;
}

const writer_format raw_format = {
    .name = "raw",
    .help = "the bare values, little-endian, in the table's dtype",
    .suffixes = {"raw"},
    .streams = true,
    .binary = true,
    .size = sizeof(writer),
    .begin = raw_begin,
    .rows = binary_rows,
    .end = binary_end,
};

const writer_format npy_writer_format = {
    .name = "npy",
    .help = "NumPy array file",
    .suffixes = {"npy"},
    .suffix_binds = true,
    .binary = true,
    .accepts = npy_accepts,
    .size = sizeof(writer),
    .begin = npy_begin,
    .rows = binary_rows,
    .end = binary_end,
};
