/* fuzz_packed_parts.c - packed matrices and their parts, of any dtypes and shapes.
 * The bytes choose which tensors there are, and what config.json says: what comes of it is a
 * safetensors file without a fault of its own.
 * SPDX-License-Identifier: MIT */
#include "weights.h"

#include "model/packed_view.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

enum { TENSORS_MAX = 8, BYTES_MAX = 1 << 16, TEXT_MAX = 1 << 13 };

typedef struct choices {
    const uint8_t *at, *end;
} choices;

static unsigned choose(choices *c)
{
    return c->at < c->end ? *c->at++ : 0;
}

static uint64_t choose_number(choices *c)
{
    static const uint64_t usual[] = {
        0,  1,  2,  3,  4,  5,   6,   7,   8,       9,          16,         31,
        32, 33, 64, 96, 80, 128, 255, 256, 1 << 12, 1ULL << 31, 1ULL << 48, 1ULL << 62};
    unsigned b = choose(c);
    return b < 200 ? usual[b % (sizeof usual / sizeof *usual)] : b - 200;
}

/* "%s" stands for the layer. */
static const char *const names[] = {
    "%s.weight",
    "%s.scales",
    "%s.biases",
    "%s.weight_scale",
    "%s.weight_scale_inv",
    "%s.weight_zero_point",
    "%s.weight_packed",
    "%s.weight_shape",
    "%s.weight_global_scale",
    "%s.embedding_quantized",
    "%s.embedding_scale",
    "%s.weight.absmax",
    "%s.weight.quant_map",
    "%s.weight.nested_absmax",
    "%s.weight.nested_quant_map",
    "%s.weight.quant_state.bitsandbytes__nf4",
    "%s.SCB",
    "%s.weight_format",
    "embeddings",
    "mapping",
    "weights",
    "%s.scale",
    "%s.qweight",
    "%s.weight_g_idx",
};
static const struct {
    const char *name;
    uint64_t size;
} dtypes[] = {{"U32", 4},  {"I32", 4}, {"U8", 1},      {"I8", 1},      {"F32", 4},     {"F16", 2},
              {"BF16", 2}, {"F64", 8}, {"F8_E4M3", 1}, {"F8_E5M2", 1}, {"F8_E8M0", 1}, {"I64", 8}};

typedef struct made {
    char header[TEXT_MAX];
    size_t length;
    uint8_t data[TENSORS_MAX * BYTES_MAX];
    size_t bytes;
} made;

static void put_values(choices *c, made *m, const char *name, uint64_t bytes)
{
    uint8_t *to = m->data + m->bytes;
    for (uint64_t i = 0; i < bytes; i++)
        to[i] = (uint8_t)(i < 32 || choose(c) > 0 ? choose(c) : i * 7);
    if (strstr(name, "quant_state") != NULL) {
        char text[300];
        int n = snprintf(text, sizeof text,
                         "{\"blocksize\": %llu, \"dtype\": \"bfloat16\", \"shape\": [%llu, %llu]%s",
                         (unsigned long long)choose_number(c), (unsigned long long)choose_number(c),
                         (unsigned long long)choose_number(c),
                         choose(c) % 2 == 0 ? "}"
                                            : ", \"nested_blocksize\": 256, \"nested_offset\": 1}");
        memset(to, ' ', bytes);
        memcpy(to, text, (uint64_t)n < bytes ? (size_t)n : bytes);
    }
    for (uint64_t i = 0; strstr(name, "weight_shape") != NULL && i + 8 <= bytes; i += 8) {
        uint64_t n = choose_number(c);
        memcpy(to + i, &n, sizeof n);
    }
    m->bytes += bytes;
}

static void put_tensor(choices *c, made *m, const char *layer, bool used[])
{
    const unsigned which = choose(c) % (sizeof names / sizeof *names);
    const unsigned dtype = choose(c) % (sizeof dtypes / sizeof *dtypes), ndim = choose(c) % 4;
    uint64_t shape[3], bytes = dtypes[dtype].size;
    char name[100], dims[100] = "";
    for (unsigned i = 0; i < ndim; i++) {
        shape[i] = choose_number(c);
        bytes = shape[i] > BYTES_MAX || bytes > BYTES_MAX ? BYTES_MAX + 1 : bytes * shape[i];
        size_t length = strlen(dims);
        snprintf(dims + length, sizeof dims - length, "%s%llu", i == 0 ? "" : ",",
                 (unsigned long long)shape[i]);
    }
    if (bytes > BYTES_MAX || used[which])
        return;
    used[which] = true;
    snprintf(name, sizeof name, names[which], layer);
    size_t begin = m->bytes;
    put_values(c, m, name, bytes);
    m->length += (size_t)snprintf(
        m->header + m->length, sizeof m->header - m->length,
        "%s\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%zu,%zu]}",
        m->length == 1 ? "" : ",", name, dtypes[dtype].name, dims, begin, m->bytes);
}

/* A config.json that speaks of packing, as a file; its descriptor. */
static int make_config(choices *c, const char *layer)
{
    static const char *const modes[] = {"affine", "mxfp4", "mxfp8", "nvfp4", "none"};
    char text[1000];
    unsigned long long n[8];
    for (size_t i = 0; i < 8; i++)
        n[i] = choose_number(c);
    int length = snprintf(
        text, sizeof text,
        "{\"hidden_size\": %llu, \"quantization\": {\"bits\": %llu, \"group_size\": %llu, "
        "\"mode\": "
        "\"%s\", \"%s\": {\"bits\": %llu, \"group_size\": %llu}}, \"quantization_config\": "
        "{\"weight_block_size\": [%llu, %llu], \"quant_method\": \"fp8\", \"config_groups\": "
        "{\"group_0\": {\"weights\": {\"num_bits\": %llu}}}}}",
        n[0], n[1], n[2], modes[choose(c) % 5], choose(c) % 2 == 0 ? layer : "other", n[3], n[4],
        n[5], n[6], n[7]);
    int fd = memfd_create("config", MFD_CLOEXEC);
    if (fd < 0 || write(fd, text, (size_t)length) != length)
        abort();
    return fd;
}

static void read_all(const uint8_t *bytes, size_t size, int config, bool stored)
{
    file_map *map = file_map_of_bytes(bytes, size, NULL);
    const tokvec_file_spec spec = {.stored = stored};
    tokvec_weights *weights = map == NULL ? NULL : open_weights_as(map, &spec, NULL);
    if (weights == NULL)
        return;
    weights->config = malloc(64);
    if (weights->config == NULL)
        abort();
    snprintf(weights->config, 64, "/proc/self/fd/%d", config);
    for (size_t i = 0; i < tokvec_weights_count(weights); i++) {
        packed_view view;
        read_ends(weights, tokvec_weights_tensor(weights, i));
        if (!packed_view_of(weights, i, &view, NULL))
            abort();
    }
    tokvec_weights_close(weights);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    choices c = {data, data + size};
    made *m = malloc(sizeof *m);
    if (m == NULL)
        abort();
    m->header[0] = '{';
    m->length = 1;
    m->bytes = 0;
    bool used[sizeof names / sizeof *names] = {false};
    const char *layer = choose(&c) % 8 == 0 ? "a" : "model.embed_tokens";
    int config = make_config(&c, layer);
    for (unsigned i = choose(&c) % TENSORS_MAX + 1; i > 0; i--)
        put_tensor(&c, m, layer, used);
    m->header[m->length++] = '}';
    while (m->length % 8 != 0)
        m->header[m->length++] = ' ';
    size_t all = 8 + m->length + m->bytes;
    uint8_t *file = malloc(all);
    if (file == NULL)
        abort();
    uint64_t length = m->length;
    memcpy(file, &length, 8);
    memcpy(file + 8, m->header, m->length);
    memcpy(file + 8 + m->length, m->data, m->bytes);
    read_all(file, all, config, false);
    read_all(file, all, config, true);
    close(config);
    free(file);
    free(m);
    return 0;
}
