/* fuzz_protobuf.c - arbitrary bytes as a message of Protocol Buffers.
 * Goes through all fields, and through bytes as messages and as packed lists as far as they are
 * such: nothing outside may be touched, and each field must lie behind the one before.
 * SPDX-License-Identifier: MIT */
#include "codec/protobuf.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned touch(const uint8_t *data, uint64_t size)
{
    unsigned sum = 0;
    for (uint64_t i = 0; i < size; i++)
        sum += data[i];
    return sum;
}

static volatile unsigned kept; /* so that no compiler leaves the reading out */

static void go_through(protobuf_reader r, unsigned *budget)
{
    uint64_t before = r.at;
    for (protobuf_field f; *budget > 0 && protobuf_next(&r, &f);) {
        --*budget;
        if (r.at <= before || r.at > r.end || f.number == 0)
            abort();
        before = r.at;
        if (f.type != PROTOBUF_BYTES)
            continue;
        if (f.data + f.size != r.data + r.at)
            abort();
        kept += touch(f.data, f.size);
        go_through(protobuf_inner(&r, &f), budget);
        protobuf_reader list = protobuf_inner(&r, &f);
        for (uint64_t value; protobuf_next_varint(&list, &value);)
            kept += (unsigned)value;
    }
    if (r.fault != NULL && r.at > r.end)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned budget = 10000;
    go_through(protobuf_of_bytes(data, size), &budget);
    return 0;
}
