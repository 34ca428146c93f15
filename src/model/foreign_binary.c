/* foreign_binary.c - kinds without a magic number, told from how their headers fit the file:
 * protobuf, msgpack, bare vectors; programs and archives that hold something else.
 * See foreign.h.
 * SPDX-License-Identifier: MIT */
#include "model/foreign.h"

#include "base/bytes.h"
#include "io/path.h"

#include <ctype.h>
#include <stdio.h>

/* ---- protobuf and msgpack ------------------------------------------------------------------- */

/* Both begin with a version in field 1, but for models of ONNX that tools have written by hand.
 * ONNX goes on with the producer's name (2), an operator set (8) or the graph (7); SavedModel
 * with a graph in field 2, which begins with its metadata in field 1. */
static bool protobuf(const file_map *map, tokvec_error *err)
{
    enum { VERSION = 0x08, FIELD_2 = 0x12, GRAPH = 0x3a, OPERATORS = 0x42, NEWEST = 0x20 };
    const uint8_t *data = map->data;
    if (map->size < 5 || data[0] != VERSION || data[1] == 0 || data[1] > NEWEST)
        return false;
    size_t length = 1; /* of the varint behind the tag */
    while (length < 5 && (data[2 + length] & 0x80) != 0 && 3 + length < map->size)
        length++;
    bool graph_inside = 3 + length < map->size && data[3 + length] == 0x0a;
    if (data[2] == FIELD_2 && data[1] == 1 && graph_inside)
        return foreign_refuse_as(
            map, err, "a SavedModel of TensorFlow",
            "its numbers are in variables/: in Python: numpy.save('table.npy', "
            "tensorflow.train.load_checkpoint(FOLDER + '/variables/variables')"
            ".get_tensor(NAME))");
    if (data[2] != FIELD_2 && data[2] != GRAPH && data[2] != OPERATORS &&
        !path_ends_in(map->path, ".onnx"))
        return false;
    return foreign_refuse_as(
        map, err, "an ONNX model",
        "in Python: numpy.save('table.npy', onnx.numpy_helper.to_array(t)), of the t in "
        "onnx.load(FILE).graph.initializer that has the name");
}

/* A map whose first key is a text, as Flax writes. The count of a larger map is below 8192, so
 * that no text in UTF-8 begins so. */
static bool msgpack(const file_map *map, tokvec_error *err)
{
    const uint8_t *data = map->data;
    if (map->size < 5)
        return false;
    size_t key;
    if (data[0] > 0x80 && data[0] <= 0x8f)
        key = 1;
    else if (data[0] == 0xde && data[1] < 0x20)
        key = 3;
    else
        return false;
    bool fixed = data[key] > 0xa0 && data[key] <= 0xbf, counted = data[key] == 0xd9;
    size_t length = fixed ? data[key] & 0x1f : data[key + 1], at = key + (fixed ? 1 : 2);
    if ((!fixed && !counted) || length > map->size - at)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (data[at + i] < ' ')
            return false;
    }
    return foreign_refuse_as(
        map, err, "of the msgpack format (Flax's)",
        "in Python: flax.serialization.msgpack_restore(open(FILE, 'rb').read()), then "
        "numpy.save('table.npy', ...) of the embedding in it");
}

bool foreign_message(const file_map *map, tokvec_error *err)
{
    return protobuf(map, err) || msgpack(map, err);
}

/* ---- bare vectors --------------------------------------------------------------------------- */

/* Two counts, then the values: the type is in the suffix only, and the size must fit. */
static bool counted_vectors(const file_map *map, tokvec_error *err)
{
    static const struct {
        const char *suffix, *dtype;
        unsigned size;
    } kinds[] = {{".fbin", "float32", 4},
                 {".f16bin", "float16", 2},
                 {".ibin", "int32", 4},
                 {".i8bin", "int8", 1},
                 {".u8bin", "uint8", 1}};
    enum { HEADER = 8 };
    if (map->size < HEADER)
        return false;
    uint64_t rows = load_le32(map->data), dim = load_le32(map->data + 4), bytes;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!path_ends_in(map->path, kinds[i].suffix) || dim == 0 ||
            !mul_u64(rows * dim, kinds[i].size, &bytes))
            continue;
        error_where(err, "%s", map->path);
        error_set(err, TOKVEC_UNSUPPORTED, "the file is of the %s format of vector indexes%s",
                  kinds[i].suffix + 1, bytes == map->size - HEADER ? "" : ", but is cut or longer");
        error_where(err, "%s", map->path);
        error_kind(err, TOKVEC_KIND_BARE_VALUES);
        error_hint(err, "read its bare values as dtype %s, dim %llu, offset %d", kinds[i].dtype,
                   (unsigned long long)dim, HEADER);
        return true;
    }
    return false;
}

/* Each row behind its length. */
static bool vectors_with_lengths(const file_map *map, tokvec_error *err)
{
    static const struct {
        const char *suffix, *numpy;
        unsigned size;
    } kinds[] = {
        {".fvecs", "<f4", 4}, {".ivecs", "<i4", 4}, {".dvecs", "<f8", 8}, {".bvecs", "u1", 1}};
    enum { LENGTH = 4, DIM_MAX = 1 << 20 };
    if (map->size < LENGTH)
        return false;
    uint32_t dim = load_le32(map->data);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!path_ends_in(map->path, kinds[i].suffix) || dim == 0 || dim > DIM_MAX)
            continue;
        uint64_t row = LENGTH + (uint64_t)dim * kinds[i].size;
        error_set(err, TOKVEC_UNSUPPORTED,
                  "the file is of the %s format, whose rows begin with their dimension (%u)%s",
                  kinds[i].suffix + 1, dim, map->size % row == 0 ? "" : ", but is cut");
        error_where(err, "%s", map->path);
        error_hint(err,
                   "in Python: numpy.save('table.npy', numpy.fromfile(FILE, [('d', '<i4'), "
                   "('v', '%s', %u)])['v'])",
                   kinds[i].numpy, dim);
        return true;
    }
    return false;
}

/* fastText's models of 2016 begin with the arguments at once, then the size of the dictionary,
 * which is that of its words and labels together. */
static bool old_fasttext(const file_map *map, tokvec_error *err)
{
    enum { HEADER = 12 * 4 + 8 + 3 * 4 + 8 };
    enum {
        DIM,
        WINDOW,
        EPOCHS,
        MIN_COUNT,
        NEGATIVES,
        WORD_NGRAMS,
        LOSS,
        MODEL,
        BUCKET,
        MIN_N,
        MAX_N
    };
    if (map->size < HEADER)
        return false;
    uint32_t a[12];
    memcpy(a, map->data, sizeof a);
    const uint8_t *dictionary = map->data + sizeof a + 8;
    uint32_t size = load_le32(dictionary), words = load_le32(dictionary + 4),
             labels = load_le32(dictionary + 8);
    bool fits = a[DIM] > 0 && a[DIM] <= 1 << 16 && a[WINDOW] <= 1 << 10 && a[EPOCHS] <= 1 << 20 &&
                a[LOSS] >= 1 && a[LOSS] <= 3 && a[MODEL] >= 1 && a[MODEL] <= 3 && a[MIN_N] <= 64 &&
                a[MAX_N] <= 64 && words > 0 && words <= size && labels == size - words &&
                size <= map->size;
    return fits && foreign_refuse_as(
                       map, err, "a fastText model of 2016, before its format had a magic number",
                       "in Python: gensim.models.fasttext.load_facebook_vectors(FILE)"
                       ".save_word2vec_format('table.vec')");
}

/* CTranslate2: a version, then the length and name of the model's class, "TransformerSpec". */
static bool ctranslate2(const file_map *map, tokvec_error *err)
{
    enum { HEADER = 6, NEWEST = 16, TAIL = 5 };
    if (map->size < HEADER)
        return false;
    uint32_t version = load_le32(map->data), length = load_le16(map->data + 4);
    if (version == 0 || version > NEWEST || length <= TAIL || length > map->size - HEADER)
        return false;
    return file_want(map, 0, HEADER + (uint64_t)length, NULL) &&
           memcmp(map->data + HEADER + length - TAIL, "Spec", TAIL) == 0 &&
           foreign_refuse_as(map, err, "a model of CTranslate2", "give the model as it was before");
}

/* Faiss: the kind of index, then its dimension. */
static bool faiss(const file_map *map, tokvec_error *err)
{
    static const char *const kinds[] = {"IxFI", "IxF2", "IxFl", "IwFl", "IwPQ", "IxPq",
                                        "IHNf", "IHNs", "IxMp", "IxM2", "IxSQ", "IwSq"};
    enum { DIM_MAX = 1 << 20 };
    if (map->size < 8 || load_le32(map->data + 4) > DIM_MAX)
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (memcmp(map->data, kinds[i], 4) == 0)
            return foreign_refuse_as(
                map, err, "an index of Faiss",
                "in Python: i = faiss.read_index(FILE); numpy.save('table.npy', "
                "i.reconstruct_n(0, i.ntotal))");
    }
    return false;
}

bool foreign_vectors(const file_map *map, tokvec_error *err)
{
    return counted_vectors(map, err) || vectors_with_lengths(map, err) || faiss(map, err) ||
           ctranslate2(map, err) || old_fasttext(map, err);
}

/* ---- programs and archives ------------------------------------------------------------------ */

static bool member_ends_in(const zip_member *m, const char *suffix)
{
    size_t length = strlen(suffix);
    return m->name_length >= length &&
           memcmp(m->name + m->name_length - length, suffix, length) == 0;
}

static const zip_member *member_like(const zip_archive *zip, const char *suffix)
{
    for (size_t i = 0; i < zip->count; i++) {
        if (member_ends_in(&zip->members[i], suffix))
            return &zip->members[i];
    }
    return NULL;
}

/* A llamafile is a program with a zip archive behind it that holds a model in GGUF. */
bool foreign_program(const file_map *map, tokvec_error *err)
{
    static const char *const magics[] = {"\177ELF", "MZqFpD", "MZ\x90"};
    bool program = false;
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        size_t n = strlen(magics[i]);
        program |= map->size > n && memcmp(map->data, magics[i], n) == 0;
    }
    zip_archive zip;
    if (!program)
        return false;
    if (!zip_open(&zip, map, NULL))
        return foreign_refuse_as(map, err, "a program", "give the weights file");
    const zip_member *model = member_like(&zip, ".gguf");
    char word[400];
    foreign_shell_word(map->path, word, sizeof word);
    if (model == NULL)
        foreign_refuse_as(map, err, "a program with a zip archive in it",
                          "unpack that: unzip FILE");
    else {
        foreign_refuse_as(map, err, "a llamafile: a program with a model in GGUF inside", "");
        error_hint(err, "unpack the model: unzip %s '%.*s'", word, (int)model->name_length,
                   model->name);
    }
    zip_close(&zip);
    return true;
}

static bool is_furniture(const zip_member *m)
{
    return member_ends_in(m, "/") || member_ends_in(m, ".DS_Store") ||
           (m->name_length >= 9 && memcmp(m->name, "__MACOSX/", 9) == 0);
}

bool foreign_refuse_zip(const zip_archive *zip, tokvec_error *err)
{
    enum { LISTED_MAX = 6 };
    char names[400] = "", word[400];
    size_t length = 0, listed = 0, count = 0;
    for (size_t i = 0; i < zip->count; i++) {
        const zip_member *m = &zip->members[i];
        if (is_furniture(m))
            continue;
        count++;
        if (listed == LISTED_MAX || m->name_length + 2 >= sizeof names - length)
            continue;
        int n = snprintf(names + length, sizeof names - length, "%s%.*s", listed == 0 ? "" : ", ",
                         (int)m->name_length, m->name);
        length += n > 0 ? (size_t)n : 0;
        listed++;
    }
    const char *path = zip->map->path;
    if (count == 0)
        error_set(err, TOKVEC_UNSUPPORTED, "the file is a zip archive with nothing in it");
    else if (listed < count)
        error_set(err, TOKVEC_UNSUPPORTED, "the file is a zip archive of %s and %zu more", names,
                  count - listed);
    else
        error_set(err, TOKVEC_UNSUPPORTED, "the file is a zip archive of %s", names);
    error_where(err, "%s", path);
    if (member_like(zip, ".weights.h5") != NULL)
        return error_hint(err, "Keras wrote it: in Python: numpy.save('table.npy', "
                               "keras.saving.load_model(FILE).get_layer(NAME).get_weights()[0])");
    foreign_shell_word(path, word, sizeof word);
    return error_hint(err, "unpack it: unzip %s; then name the file in it, or the model's folder",
                      word);
}
