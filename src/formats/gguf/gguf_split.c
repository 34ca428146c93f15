/* gguf_split.c - models in several GGUF files, NAME-00001-of-00003.gguf and so on.
 * Each part is a GGUF file of its own; the parts are found by their names beside the one that
 * was opened, and must agree on how many they are.
 * SPDX-License-Identifier: MIT */
#include "formats/gguf/gguf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS = 5 };
static const char pattern[] = "-#####-of-#####.gguf"; /* the part, from 1, and how many */
enum { TAIL = sizeof pattern - 1, NUMBER_AT = 1, COUNT_AT = 10 };

bool gguf_split_name(const char *path, uint64_t *number, uint64_t *count)
{
    size_t length = strlen(path);
    if (length < TAIL)
        return false;
    const char *tail = path + length - TAIL;
    uint64_t numbers[2] = {0, 0};
    for (int i = 0; i < TAIL; i++) {
        bool digit = tail[i] >= '0' && tail[i] <= '9';
        if (pattern[i] == '#' ? !digit : tail[i] != pattern[i])
            return false;
        if (pattern[i] == '#')
            numbers[i >= COUNT_AT] = numbers[i >= COUNT_AT] * 10 + (uint64_t)(tail[i] - '0');
    }
    *number = numbers[0];
    *count = numbers[1];
    return true;
}

/* What a part says of itself, against what its name says; `number` counts from 1. */
static bool check_part(const gguf_part *part, uint64_t number, uint64_t count, tokvec_error *err)
{
    if (part->has_split_no && part->split_no != number - 1)
        return file_map_bad(part->map, GGUF_HEADER_SIZE, err,
                            "split.no is %llu in part %llu of a split model",
                            (unsigned long long)part->split_no, (unsigned long long)number);
    if (part->has_split_count && part->split_count != count)
        return file_map_bad(part->map, GGUF_HEADER_SIZE, err,
                            "split.count is %llu in a model of %llu parts",
                            (unsigned long long)part->split_count, (unsigned long long)count);
    return true;
}

static bool open_part(gguf_part *part, const char *sibling, uint64_t number, uint64_t count,
                      tokvec_error *err)
{
    char *path = strdup(sibling);
    if (path == NULL)
        return error_no_memory(err, strlen(sibling));
    char digits[DIGITS + 1];
    snprintf(digits, sizeof digits, "%05u", (unsigned)(number % 100000));
    memcpy(path + strlen(path) - TAIL + NUMBER_AT, digits, DIGITS);
    part->map = file_map_open(path, err);
    free(path);
    if (part->map == NULL)
        return error_hint(err,
                          "it is part %llu of the %llu of this model; all belong in one folder",
                          (unsigned long long)number, (unsigned long long)count);
    return gguf_read_pairs(part, err) && check_part(part, number, count, err);
}

static bool check_tensor_count(const gguf_model *model, tokvec_error *err)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < model->count; i++)
        sum += model->parts[i].tensor_count;
    for (size_t i = 0; i < model->count; i++) {
        const gguf_part *part = &model->parts[i];
        if (part->has_split_tensors && part->split_tensors != sum)
            return file_map_bad(part->map, GGUF_HEADER_SIZE, err,
                                "split.tensors.count is %llu, but the parts hold %llu tensors",
                                (unsigned long long)part->split_tensors, (unsigned long long)sum);
    }
    return true;
}

static bool refuse_name(const gguf_part *own, uint64_t count, tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_FILE,
              "the file is one of the %llu parts of a split model, but not "
              "named as one",
              (unsigned long long)count);
    error_where(err, "%s", own->map->path);
    if (own->has_split_no && own->split_no < count && count <= 99999)
        return error_hint(err, "give it a name that ends in -%05u-of-%05u.gguf",
                          (unsigned)own->split_no + 1, (unsigned)count);
    return error_hint(err, "give it its name back, which ends like -00001-of-00002.gguf");
}

bool gguf_find_parts(gguf_model *model, const gguf_part *own, tokvec_error *err)
{
    uint64_t number = 1, named_count = 1;
    bool named = gguf_split_name(own->map->path, &number, &named_count);
    uint64_t count = own->has_split_count ? own->split_count : named_count;
    if (count <= 1) {
        number = 1;
        count = 1;
    } else if (!named || named_count != count || number < 1 || number > count) {
        return refuse_name(own, count, err);
    } else if (!check_part(own, number, count, err)) {
        return false;
    }
    model->parts = calloc((size_t)count, sizeof *model->parts);
    if (model->parts == NULL)
        return error_no_memory(err, count * sizeof *model->parts);
    model->count = (size_t)count;
    model->parts[number - 1] = *own;
    for (uint64_t i = 1; i <= count; i++) {
        if (i != number && !open_part(&model->parts[i - 1], own->map->path, i, count, err))
            return false;
    }
    return count == 1 || check_tensor_count(model, err);
}
