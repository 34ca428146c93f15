/* packed_parts.c - the tensors beside the codes, opened for the files packed_*.c.
 * See packed_parts.h.
 * SPDX-License-Identifier: MIT */
#include "model/packed_parts.h"

const tokvec_tensor *packed_parts_get(const tokvec_weights *weights, const packed *p,
                                      packed_part part)
{
    return p->parts[part] == SIZE_MAX ? NULL : &weights->tensors[p->parts[part]];
}

bool packed_parts_misfit(const tokvec_weights *weights, const packed *p, packed_part part,
                         tokvec_error *err)
{
    const tokvec_tensor *codes = &weights->tensors[p->codes];
    const tokvec_tensor *t = packed_parts_get(weights, p, part);
    char shape[200], other[200];
    if (t == NULL) {
        error_set(err, TOKVEC_UNSUPPORTED,
                  "tensor '%.200s' is packed, and what belongs beside it "
                  "is missing",
                  codes->name);
        error_where(err, "%s", codes->file);
        return error_hint(err, "fetch all files of the model, and name their folder");
    }
    error_set(err, TOKVEC_UNSUPPORTED,
              "tensor '%.200s' %s is packed, but '%.200s' of %s %s does not fit it in any way that "
              "tokvec knows",
              codes->name, weights_shape_text(codes, shape, sizeof shape), t->name, t->dtype_name,
              weights_shape_text(t, other, sizeof other));
    error_where(err, "%s", codes->file);
    error_kind(err, TOKVEC_KIND_PACKED);
    return error_hint(err, "fetch the file again, or take the original model");
}

uint64_t packed_parts_count(uint64_t n, uint64_t size)
{
    return n / size + (n % size != 0);
}

bool packed_parts_open(tokvec_weights *weights, const packed *p, packed_part part, bool column,
                       uint64_t row_step, uint64_t col_step, packed_grid *grid, tokvec_error *err)
{
    *grid = (packed_grid){.row_step = row_step, .col_step = col_step};
    grid->table = weights_stored_table(weights, p->parts[part], column, err);
    return grid->table != NULL;
}

bool packed_parts_read(tokvec_weights *weights, const packed *p, packed_part part,
                       tokvec_dtype dtype, uint64_t n, void *out, tokvec_error *err)
{
    const tokvec_tensor *t = packed_parts_get(weights, p, part);
    const int64_t first = 0;
    if (t == NULL || t->dtype != dtype || t->ndim > 1 || (t->ndim == 1 ? t->shape[0] : 1) != n)
        return packed_parts_misfit(weights, p, part, err);
    tokvec_table *table = weights_stored_table(weights, p->parts[part], false, err);
    bool good = table != NULL && table_prepare(table, &first, 1, err) &&
                tokvec_table_read(table, &first, 1, out, err);
    tokvec_table_close(table);
    return good;
}
