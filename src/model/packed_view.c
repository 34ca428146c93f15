/* packed_view.c - what there is to say of a packed tensor to people.
 * See packed_view.h.
 * SPDX-License-Identifier: MIT */
#include "model/packed_view.h"

#include "model/packed_parts.h"

#include <stdio.h>
#include <string.h>

static unsigned long long group_of(const tokvec_tensor *scales, uint64_t dim)
{
    return scales->shape[1] == 0 ? 0 : dim / scales->shape[1];
}

static const char *float_mode(const tokvec_tensor *codes, const tokvec_tensor *scales)
{
    uint64_t words = scales->shape[1] == 0 ? 0 : codes->shape[1] / scales->shape[1];
    return words == 2 ? "nvfp4" : words == 4 ? "mxfp4" : "mxfp8";
}

/* By whom a tensor is packed that cannot be decoded. */
static const char *name_scheme(const packed *p)
{
    static const char *const names[] = {
        [PACKED_PLAIN] = "packed",
        [PACKED_MLX_AFFINE] = "MLX affine",
        [PACKED_MLX_FLOAT] = "MLX mxfp4, mxfp8 or nvfp4",
        [PACKED_SCALED] = "codes with scales",
        [PACKED_WORDS] = "compressed-tensors",
        [PACKED_NVFP4] = "compressed-tensors nvfp4",
        [PACKED_GEMMA] = "Gemma",
        [PACKED_BNB4] = "bitsandbytes, 4 bits",
        [PACKED_BNB8] = "bitsandbytes, 8 bits",
        [PACKED_MAPPED] = "model2vec",
    };
    return p->scheme != NULL ? p->scheme : names[p->kind];
}

/* Names the kind of a tensor whose values are known to have `dim` columns. */
static void name_kind(const tokvec_weights *weights, const packed *p, uint64_t dim, char *out,
                      size_t size)
{
    const tokvec_tensor *codes = &weights->tensors[p->codes];
    const tokvec_tensor *scales = packed_parts_get(weights, p, PART_SCALES);
    bool mapping = p->parts[PART_MAPPING] != SIZE_MAX, factors = p->parts[PART_WEIGHTS] != SIZE_MAX;
    bool is_nf4 = p->parts[PART_QUANT_STATE_NF4] != SIZE_MAX;
    switch (p->kind) {
    case PACKED_PLAIN: break;
    case PACKED_MLX_AFFINE:
        snprintf(out, size, "MLX affine, %u bits, groups of %llu", p->bits, group_of(scales, dim));
        break;
    case PACKED_MLX_FLOAT: snprintf(out, size, "MLX %s", float_mode(codes, scales)); break;
    case PACKED_SCALED: snprintf(out, size, "%s with scales", codes->dtype_name); break;
    case PACKED_WORDS: snprintf(out, size, "compressed-tensors, %u bits", p->bits); break;
    case PACKED_NVFP4: snprintf(out, size, "compressed-tensors nvfp4"); break;
    case PACKED_GEMMA: snprintf(out, size, "Gemma, %u bits", p->bits == 0 ? 8 : p->bits); break;
    case PACKED_BNB4: snprintf(out, size, "bitsandbytes %s", is_nf4 ? "nf4" : "fp4"); break;
    case PACKED_BNB8: snprintf(out, size, "bitsandbytes, 8 bits"); break;
    case PACKED_MAPPED:
        snprintf(out, size, "model2vec, %s%s%s", mapping ? "mapping" : "",
                 mapping && factors ? " and " : "", factors ? "weights" : "");
    }
}

bool packed_view_of(tokvec_weights *weights, size_t index, packed_view *view, tokvec_error *err)
{
    packed p;
    tokvec_error why;
    *view = (packed_view){.decoded = false};
    if (weights->format->table != NULL)
        return true;
    bool known = packed_detect(weights, index, &p, &why);
    if (known && p.kind == PACKED_PLAIN)
        return true;
    tokvec_table *table = known ? packed_open(weights, &p, &why) : NULL;
    if (table != NULL) {
        view->decoded = true;
        view->shape[0] = tokvec_table_rows(table);
        view->shape[1] = tokvec_table_dim(table);
        view->dtype = tokvec_table_dtype(table);
        name_kind(weights, &p, view->shape[1], view->kind, sizeof view->kind);
        tokvec_table_close(table);
        return true;
    }
    if (why.code == TOKVEC_NO_MEMORY) {
        if (err != NULL)
            *err = why;
        return false;
    }
    snprintf(view->kind, sizeof view->kind, "%s, not decoded", name_scheme(&p));
    return true;
}
