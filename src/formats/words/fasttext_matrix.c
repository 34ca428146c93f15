/* fasttext_matrix.c - the input matrix of a fastText model.
 * Dense, or quantised by products: a row is put together from one of 256 centroids a part.
 * SPDX-License-Identifier: MIT
 *
 * Format: fastText 0.9.2, densematrix.cc, quantmatrix.cc, productquantizer.cc. */
#include "formats/words/fasttext.h"

#include "base/bytes.h"

enum { CENTROIDS = 256 };

bool fasttext_skip(fasttext_cursor *c, uint64_t size, const char *what)
{
    if (size > c->map->size - c->at)
        return file_map_bad(c->map, c->at, c->err, "the model is cut in its %s", what);
    c->at += size;
    return true;
}

bool fasttext_int32(fasttext_cursor *c, int32_t *out)
{
    if (!fasttext_skip(c, sizeof *out, "header") ||
        !file_want(c->map, c->at - sizeof *out, sizeof *out, c->err))
        return false;
    *out = (int32_t)load_le32(c->map->data + c->at - sizeof *out);
    return true;
}

bool fasttext_int64(fasttext_cursor *c, int64_t *out)
{
    if (!fasttext_skip(c, sizeof *out, "header") ||
        !file_want(c->map, c->at - sizeof *out, sizeof *out, c->err))
        return false;
    *out = (int64_t)load_le64(c->map->data + c->at - sizeof *out);
    return true;
}

static inline float load_float(const uint8_t *bytes)
{
    float value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

/* A product quantiser for vectors of `dim` numbers. */
static bool read_quantiser(fasttext_cursor *c, uint64_t dim, uint64_t *centroids, int32_t sizes[3])
{
    uint64_t begin = c->at;
    int32_t quantiser_dim;
    if (!fasttext_int32(c, &quantiser_dim) || !fasttext_int32(c, &sizes[0]) ||
        !fasttext_int32(c, &sizes[1]) || !fasttext_int32(c, &sizes[2]))
        return false;
    int64_t parts = sizes[0], part = sizes[1], last = sizes[2];
    if (quantiser_dim < 0 || (uint64_t)quantiser_dim != dim || parts < 1 || part < 1 || last < 1 ||
        (parts - 1) * part + last != quantiser_dim || last > part)
        return file_map_bad(c->map, begin, c->err,
                            "the parts of the quantised vectors do not make up %llu numbers",
                            (unsigned long long)dim);
    *centroids = c->at;
    return fasttext_skip(c, dim * CENTROIDS * sizeof(float), "centroids");
}

static bool read_quantised(fasttext_cursor *c, bool has_norms, fasttext_matrix *m)
{
    int32_t code_count, sizes[3];
    if (!fasttext_int32(c, &code_count))
        return false;
    uint64_t begin = c->at;
    m->codes = c->at;
    if (code_count < 0)
        return file_map_bad(c->map, begin, c->err, "the number of codes is negative");
    if (!fasttext_skip(c, (uint64_t)code_count, "codes") ||
        !read_quantiser(c, m->dim, &m->centroids, sizes))
        return false;
    m->parts = (uint64_t)sizes[0];
    m->part = (uint64_t)sizes[1];
    m->last_part = (uint64_t)sizes[2];
    uint64_t wanted;
    if (!mul_u64(m->rows, m->parts, &wanted) || wanted != (uint64_t)code_count)
        return file_map_bad(c->map, begin, c->err, "there are %d codes for %llu rows of %llu parts",
                            code_count, (unsigned long long)m->rows, (unsigned long long)m->parts);
    m->has_norms = has_norms;
    if (!has_norms)
        return true;
    m->norm_codes = c->at;
    return fasttext_skip(c, m->rows, "norms") && read_quantiser(c, 1, &m->norm_centroids, sizes);
}

bool fasttext_read_matrix(fasttext_cursor *c, uint64_t dim, uint64_t word_count, bool quantised,
                          fasttext_matrix *m)
{
    *m = (fasttext_matrix){.quantised = quantised, .dim = dim};
    uint64_t begin = c->at;
    if (quantised && (!fasttext_skip(c, 1, "header") || !file_want(c->map, begin, 1, c->err)))
        return false;
    bool has_norms = quantised && c->map->data[begin] != 0;
    int64_t rows, columns;
    if (!fasttext_int64(c, &rows) || !fasttext_int64(c, &columns))
        return false;
    if (rows < 1 || columns < 0 || (uint64_t)columns != dim || (uint64_t)rows < word_count)
        return file_map_bad(c->map, begin, c->err,
                            "the input matrix is %lld x %lld, for %llu words of dimension %llu",
                            (long long)rows, (long long)columns, (unsigned long long)word_count,
                            (unsigned long long)dim);
    m->rows = (uint64_t)rows;
    if (quantised)
        return read_quantised(c, has_norms, m);
    m->values = c->at;
    uint64_t bytes;
    if (!mul_u64(m->rows, dim * sizeof(float), &bytes))
        bytes = UINT64_MAX;
    return fasttext_skip(c, bytes, "input matrix");
}

static void add_dense(const uint8_t *restrict row, size_t dim, float *restrict out)
{
    for (size_t i = 0; i < dim; i++)
        out[i] += load_float(row + i * sizeof(float));
}

/* Asks for what a quantised row is put together from: all centroids, which any row may have. */
static bool want_quantised(const file_map *map, const fasttext_matrix *m, uint64_t row,
                           tokvec_error *err)
{
    uint64_t one = CENTROIDS * sizeof(float);
    return file_want(map, m->codes + row * m->parts, m->parts, err) &&
           file_want(map, m->centroids, m->dim * one, err) &&
           (!m->has_norms || (file_want(map, m->norm_codes + row, 1, err) &&
                              file_want(map, m->norm_centroids, one, err)));
}

static void add_quantised(const uint8_t *data, const fasttext_matrix *m, uint64_t row, float *out)
{
    float norm = 1;
    if (m->has_norms)
        norm = load_float(data + m->norm_centroids + sizeof(float) * data[m->norm_codes + row]);
    const uint8_t *code = data + m->codes + row * m->parts;
    for (uint64_t p = 0; p < m->parts; p++, out += m->part) {
        uint64_t size = p + 1 == m->parts ? m->last_part : m->part;
        uint64_t first = p * CENTROIDS * m->part + code[p] * size;
        const uint8_t *centroid = data + m->centroids + first * sizeof(float);
        for (uint64_t i = 0; i < size; i++)
            out[i] += norm * load_float(centroid + i * sizeof(float));
    }
}

void fasttext_fetch_row(const file_map *map, const fasttext_matrix *m, uint64_t row)
{
    enum { LINE = 64, MOST = 2048 }; /* after which the processor has seen where it goes */
    uint64_t bytes = m->dim * sizeof(float), most = bytes < MOST ? bytes : MOST;
    const uint8_t *begin = map->data + m->values + row * bytes;
    for (uint64_t at = 0; at < most && !m->quantised; at += LINE)
        __builtin_prefetch(begin + at);
}

bool fasttext_add_row(const file_map *map, const fasttext_matrix *m, uint64_t row, float *out,
                      tokvec_error *err)
{
    if (m->quantised) {
        if (!want_quantised(map, m, row, err))
            return false;
        add_quantised(map->data, m, row, out);
        return true;
    }
    uint64_t bytes = m->dim * sizeof(float), at = m->values + row * bytes;
    if (!file_want(map, at, bytes, err))
        return false;
    add_dense(map->data + at, (size_t)m->dim, out);
    return true;
}
