/* gguf_faults.c - what is wrong with a GGUF file that can be opened all the same.
 * The tensors' data lie one after the other, in the order of their infos, each from a multiple of
 * the alignment on; ggml reads no other files.
 * SPDX-License-Identifier: MIT */
#include "formats/gguf/gguf.h"

#include "io/file_map.h"

/* What may be wrong with the place of a tensor. */
typedef enum fault_kind { FAULT_ALIGNMENT, FAULT_PLACE, FAULT_END, FAULT_KINDS } fault_kind;

static uint64_t padded(uint64_t bytes, uint64_t alignment)
{
    return (bytes + alignment - 1) / alignment * alignment;
}

/* Where the data of tensor `index` would have to begin, from the start of all data of its file;
 * false if the one before it is of an unknown size. */
static bool expected_offset(const tokvec_weights *weights, size_t index, uint64_t *out)
{
    const gguf_place *place = weights->layouts[index].detail;
    *out = 0;
    if (index == 0)
        return true;
    const gguf_place *before = weights->layouts[index - 1].detail;
    if (before->part != place->part)
        return true;
    *out = before->offset + padded(weights->tensors[index - 1].bytes, place->part->alignment);
    return before->type != NULL;
}

/* Says what is wrong with tensor `index`, if it is that. */
static bool find_fault(const tokvec_weights *weights, size_t index, fault_kind kind,
                       tokvec_error *fault)
{
    const gguf_place *place = weights->layouts[index].detail;
    const tokvec_tensor *t = &weights->tensors[index];
    const gguf_part *part = place->part;
    uint64_t expected, end = t->offset + t->bytes;
    switch (kind) {
    case FAULT_ALIGNMENT:
        if (place->offset % part->alignment == 0)
            return false;
        file_map_bad(part->map, place->offset_at, fault,
                     "the offset of tensor '%s', %llu, is not a multiple of the alignment, %llu",
                     t->name, (unsigned long long)place->offset,
                     (unsigned long long)part->alignment);
        return true;
    case FAULT_PLACE:
        if (!expected_offset(weights, index, &expected) || place->offset == expected)
            return false;
        file_map_bad(part->map, place->offset_at, fault,
                     "the data of tensor '%s' %s: it begins at byte %llu of the data instead of "
                     "%llu",
                     t->name, place->offset < expected ? "overlaps other data" : "is behind a gap",
                     (unsigned long long)place->offset, (unsigned long long)expected);
        return true;
    default:
        if (t->bytes == 0 || end <= part->map->size)
            return false;
        file_map_bad(part->map, t->offset, fault,
                     "tensor '%s' has %llu bytes, and the file ends %llu bytes too soon", t->name,
                     (unsigned long long)t->bytes, (unsigned long long)(end - part->map->size));
        return true;
    }
}

bool gguf_faults(const tokvec_weights *weights, weights_fault *tell, void *context,
                 tokvec_error *err)
{
    for (int kind = 0; kind < FAULT_KINDS; kind++) {
        tokvec_error fault;
        size_t i = 0;
        while (i < weights->count && !find_fault(weights, i, (fault_kind)kind, &fault))
            i++;
        if (i < weights->count && !tell(context, &weights->tensors[i], &fault, err))
            return false;
    }
    return true;
}
