/* fuzz_words_stream.c - arbitrary bytes as word vectors in a compressed file that is read in one
 * pass: rows and words are those of the same bytes in a file of their own.
 * SPDX-License-Identifier: MIT */
#include "codec/deflate.h"
#include "read_words.h"

enum { HEADER = 10, BLOCK_MOST = 65535, ROWS_MOST = 3000 };

static uint8_t *put(uint8_t *to, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        *to++ = (uint8_t)(value >> 8 * i);
    return to;
}

/* As a gzip file of stored blocks. NULL without zlib. */
static uint8_t *stored(const uint8_t *data, size_t size, size_t *packed_size)
{
    uint32_t crc = 0;
    uint8_t *packed = malloc(HEADER + size + (size / BLOCK_MOST + 1) * 5 + 8), *to = packed;
    if (packed == NULL || !deflate_crc32(&crc, data, size, NULL)) {
        free(packed);
        return NULL;
    }
    memcpy(to, "\x1f\x8b\x08\0\0\0\0\0\0\xff", HEADER);
    to += HEADER;
    size_t left = size;
    do {
        uint32_t n = left < BLOCK_MOST ? (uint32_t)left : BLOCK_MOST;
        *to++ = n == left; /* the last block */
        to = put(to, n, 2);
        to = put(to, ~n, 2);
        memcpy(to, data + (size - left), n);
        to += n;
        left -= n;
    } while (left > 0);
    to = put(put(to, crc, 4), (uint32_t)size, 4);
    *packed_size = (size_t)(to - packed);
    return packed;
}

typedef struct opened {
    tokvec_weights *weights;
    tokvec_table *table;
    tokvec_vocab *vocab;
    bool intact; /* all rows and words can be read */
} opened;

static bool open_bytes(const uint8_t *data, size_t size, opened *o)
{
    tokvec_error error;
    memset(&error, 0, sizeof error);
    memset(o, 0, sizeof *o);
    file_map *map = file_map_of_bytes(data, size, NULL);
    if (map == NULL)
        return false;
    o->weights = open_unpacking(map, &(tokvec_file_spec){.dim = 0}, &error);
    if (o->weights == NULL && error.code == TOKVEC_OK)
        abort();
    const tokvec_tensor *tensor = o->weights == NULL ? NULL : tokvec_weights_tensor(o->weights, 0);
    o->table = tensor == NULL ? NULL : tokvec_weights_table(o->weights, tensor, &error);
    if (o->table == NULL || tokvec_table_dim(o->table) > DIM_MAX ||
        tokvec_table_rows(o->table) > ROWS_MOST)
        return false;
    return tokvec_weights_vocab(o->weights, &o->vocab, &error);
}

static void close_all(opened *o)
{
    tokvec_table_close(o->table);
    tokvec_weights_close(o->weights);
}

/* What is damaged further back may be met earlier in one pass. */
static bool is_intact(const opened *o)
{
    uint64_t rows = tokvec_table_rows(o->table);
    size_t bytes =
        (size_t)tokvec_table_dim(o->table) * tokvec_dtype_size(tokvec_table_dtype(o->table));
    char *row = malloc(bytes + 1);
    bool good = row != NULL;
    for (uint64_t i = 0; good && i < rows; i++) {
        int64_t id = (int64_t)i;
        tokvec_text word;
        tokvec_error error;
        good = tokvec_table_read(o->table, &id, 1, row, &error) &&
               (o->vocab == NULL || tokvec_vocab_token(o->vocab, i, &id, &word, &error));
    }
    free(row);
    return good;
}

/* One row of both. */
static void compare_row(opened *plain, opened *packed, int64_t id)
{
    size_t bytes = (size_t)tokvec_table_dim(plain->table) *
                   tokvec_dtype_size(tokvec_table_dtype(plain->table));
    char *a = malloc(bytes + 1), *b = malloc(bytes + 1);
    tokvec_error error;
    if (a == NULL || b == NULL)
        abort();
    if (tokvec_table_read(plain->table, &id, 1, a, &error)) {
        bool read = tokvec_table_read(packed->table, &id, 1, b, &error);
        if (read ? memcmp(a, b, bytes) != 0 : plain->intact)
            abort();
    }
    free(a);
    free(b);
}

/* The word of a row of the one, looked for in both. */
static void compare_word(opened *plain, opened *packed, uint64_t row)
{
    int64_t id, ids[2] = {-1, -1};
    tokvec_text word;
    tokvec_error error;
    char copy[200];
    if (plain->vocab == NULL || !tokvec_vocab_token(plain->vocab, row, &id, &word, &error) ||
        word.length > sizeof copy)
        return;
    memcpy(copy, word.bytes, word.length);
    word.bytes = copy;
    if (!tokvec_vocab_find(plain->vocab, word, &ids[0], &error))
        return;
    tokvec_text label;
    if (!tokvec_vocab_find(packed->vocab, word, &ids[1], &error) ||
        !tokvec_vocab_label(packed->vocab, ids[1], &label, &error)) {
        if (plain->intact)
            abort();
        return;
    }
    if (ids[0] != ids[1] || label.length != word.length ||
        memcmp(label.bytes, copy, label.length) != 0)
        abort();
    compare_row(plain, packed, ids[1]);
}

static void compare(opened *plain, opened *packed, const uint8_t *data, size_t size)
{
    uint64_t rows = tokvec_table_rows(plain->table);
    if (tokvec_table_rows(packed->table) != rows ||
        tokvec_table_dim(packed->table) != tokvec_table_dim(plain->table) ||
        (plain->vocab == NULL) != (packed->vocab == NULL))
        abort();
    for (size_t i = 0; i < 12 && rows > 0; i++) { /* there and back */
        uint64_t row =
            i % 3 == 2 ? rows - 1 - data[i % size] % rows : data[i * 31 % size] * i % rows;
        if (i % 4 == 3)
            compare_word(plain, packed, row);
        else
            compare_row(plain, packed, (int64_t)row);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    setenv("TOKVEC_WINDOW", "1", 1); /* the smallest */
    size_t packed_size = 0;
    uint8_t *bytes = stored(data, size, &packed_size);
    if (bytes == NULL)
        return 0;
    opened plain, packed;
    bool good = open_bytes(data, size, &plain);
    if (open_bytes(bytes, packed_size, &packed) && good) {
        plain.intact = is_intact(&plain);
        compare(&plain, &packed, data, size);
    }
    close_all(&plain);
    close_all(&packed);
    free(bytes);
    return 0;
}
