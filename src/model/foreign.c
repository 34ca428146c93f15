/* foreign.c - files that tokvec does not read, known by what is in them.
 * See foreign.h. What a few bytes tell stands in one table.
 * SPDX-License-Identifier: MIT */
#include "model/foreign.h"

#include "io/path.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- kinds with a magic number -------------------------------------------------------------- */

#define PYTHON       "in Python: "
#define PANDAS_JSONL "to_json('table.jsonl', orient='records', lines=True)"
#define H5PY         PYTHON "numpy.save('table.npy', h5py.File(FILE)[NAME][:])"
#define CHECKPOINT \
    PYTHON "numpy.save('table.npy', tensorflow.train.load_checkpoint(PREFIX).get_tensor(NAME))"
#define BYTES(text) text, sizeof(text) - 1

/* Advice with a %s takes the file as a word for a shell. A packer's is made from its command. */
typedef struct magic_kind {
    const char *bytes;
    size_t length;
    unsigned offset;
    const char *name, *advice;
    const char *packed_suffix; /* NULL: not one compressed file */
} magic_kind;

static const magic_kind kinds[] = {
    {BYTES("\x1f\x8b\x08"), 0, "compressed by gzip", "gunzip", ".gz"},
    {BYTES("\xfd\x37zXZ\0"), 0, "compressed by xz", "xz -d", ".xz"},
    {BYTES("1AY&SY"), 4, "compressed by bzip2", "bunzip2", ".bz2"},
    {BYTES("]\0\0"), 0, "compressed by lzma", "xz -d --format=lzma", ".lzma"},
    {BYTES("\x28\xb5\x2f\xfd"), 0, "compressed by zstd", "zstd -d", ".zst"},
    {BYTES("\x2a\x4d\x18"), 1, "compressed by zstd or lz4", "zstd -d", ".zst"},
    {BYTES("\x04\x22\x4d\x18"), 0, "compressed by lz4", "lz4 -d", ".lz4"},
    {BYTES("\x1f\x9d\x90"), 0, "compressed by compress", "gunzip", ".Z"},
    {BYTES("7z\xbc\xaf\x27\x1c"), 0, "a 7z archive", "unpack it: 7z x %s", NULL},
    {BYTES("Rar!\x1a\x07"), 0, "a RAR archive", "unpack it: unrar x %s", NULL},
    {BYTES("ustar"), 257, "a tar archive",
     "unpack it: tar xf %s; if PyTorch wrote it, before its release 0.2, load it with torch.load "
     "and save it again",
     NULL},
    {BYTES("PAR1"), 0, "of the Parquet format", PYTHON "pandas.read_parquet(FILE)." PANDAS_JSONL,
     NULL},
    {BYTES("ARROW1\0\0"), 0, "of the Arrow format (Feather)",
     PYTHON "pandas.read_feather(FILE)." PANDAS_JSONL, NULL},
    {BYTES("\xff\xff\xff\xff"), 0, "an Arrow stream",
     PYTHON "pyarrow.ipc.open_stream(FILE).read_pandas()." PANDAS_JSONL, NULL},
    {BYTES("FEA1\0\0\0\0"), 0, "of the Feather format",
     PYTHON "pandas.read_feather(FILE)." PANDAS_JSONL, NULL},
    {BYTES("SQLite format 3\0"), 0, "an SQLite database",
     "print its table of vectors: sqlite3 -csv %s 'select * from magnitude' (for Magnitude's)",
     NULL},
    {BYTES("TFL3"), 4, "of the TFLite format", "give the model as it was before it was converted",
     NULL},
    {BYTES("FiFu\0\0\0\0"), 0, "of finalfusion's format",
     "convert it: finalfusion convert -f finalfusion -t word2vec FILE NEW", NULL},
    {BYTES("MATLAB 5.0 MAT-file"), 0, "of MATLAB's format",
     PYTHON "numpy.save('table.npy', scipy.io.loadmat(FILE)[NAME])", NULL},
    {BYTES("\x12\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), 0, "of MXNet's format",
     PYTHON "numpy.savez('table.npz', **{k: v.asnumpy() for k, v in mxnet.nd.load(FILE).items()})",
     NULL},
    {BYTES("\4\0\0\0\1\0\0\0\3\0\0\0V 1"), 0, "of Lua Torch's format",
     PYTHON "numpy.save('table.npy', torchfile.load(FILE)...)", NULL},
    {BYTES("RDX3\n"), 0, "of R's format", "in R: load it and write.csv the matrix", NULL},
    {BYTES("RDX2\n"), 0, "of R's format", "in R: load it and write.csv the matrix", NULL},
    {BYTES("X\n\0\0\0"), 0, "of R's format", "in R: write.csv(readRDS(FILE), 'table.csv')", NULL},
    {BYTES("Obj\1"), 0, "of the Avro format", "convert it to JSON lines", NULL},
    {BYTES("%PDF-"), 0, "a PDF document", "give the weights file", NULL},
    {BYTES("\x89PNG\r\n\x1a\n"), 0, "a PNG picture", "give the weights file", NULL},
    {BYTES("\xff\xd8\xff"), 0, "a JPEG picture", "give the weights file", NULL},
    {BYTES("GIF8"), 0, "a GIF picture", "give the weights file", NULL},
};
enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

/* A text that begins like a magic number goes on with a blank, as the first word of a table. */
static bool is_word(const file_map *map, const magic_kind *kind)
{
    size_t end = kind->length;
    for (size_t i = 0; i < kind->length; i++) {
        uint8_t c = (uint8_t)kind->bytes[i];
        if (c < ' ' || c >= 0x7f)
            return false;
    }
    return kind->offset == 0 && end < map->size &&
           (map->data[end] == ' ' || map->data[end] == '\t');
}

static bool has_magic(const file_map *map, const magic_kind *kind)
{
    return map->size >= kind->offset + kind->length &&
           memcmp(map->data + kind->offset, kind->bytes, kind->length) == 0 && !is_word(map, kind);
}

const char *foreign_shell_word(const char *path, char *out, size_t size)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "./_-+=:,@%";
    bool bare = path[0] != '\0' && path[0] != '-' && path[strspn(path, plain)] == '\0';
    bool quotable = path[0] != '-' && strchr(path, '\'') == NULL;
    int n = snprintf(out, size, bare ? "%s" : "'%s'", path);
    if ((!bare && !quotable) || n < 0 || (size_t)n >= size)
        snprintf(out, size, "FILE");
    return out;
}

/* "gunzip < v.vec.gz > v.vec": leaves the file as it is and works under any name. */
static bool hint_unpack(const file_map *map, const magic_kind *kind, tokvec_error *err)
{
    char packed[400], plain[400], name[400] = "UNPACKED";
    size_t length = strlen(map->path), tail = strlen(kind->packed_suffix);
    foreign_shell_word(map->path, packed, sizeof packed);
    if (path_ends_in(map->path, ".tgz") || path_ends_in(map->path, ".tar.gz") ||
        path_ends_in(map->path, ".tar.bz2") || path_ends_in(map->path, ".tar.xz"))
        return error_hint(err, "unpack it: tar xf %s", packed);
    if (path_ends_in(map->path, kind->packed_suffix) && length > tail && length < sizeof name)
        snprintf(name, sizeof name, "%.*s", (int)(length - tail), map->path);
    return error_hint(err, "unpack it first: %s < %s > %s", kind->advice, packed,
                      foreign_shell_word(name, plain, sizeof plain));
}

static bool refuse_kind(const file_map *map, const magic_kind *kind, tokvec_error *err)
{
    char word[400];
    error_set(err, TOKVEC_UNSUPPORTED, "the file is %s", kind->name);
    error_where(err, "%s", map->path);
    foreign_shell_word(map->path, word, sizeof word);
    if (kind->packed_suffix != NULL)
        hint_unpack(map, kind, err);
    else if (strstr(kind->advice, "%s") != NULL)
        error_hint(err, "%.*s%s%s", (int)(strstr(kind->advice, "%s") - kind->advice), kind->advice,
                   word, strstr(kind->advice, "%s") + 2);
    else
        error_hint(err, "%s", kind->advice);
    return true;
}

/* ---- kinds that more than their first bytes tell -------------------------------------------- */

bool foreign_refuse_as(const file_map *map, tokvec_error *err, const char *name, const char *advice)
{
    error_set(err, TOKVEC_UNSUPPORTED, "the file is %s", name);
    error_where(err, "%s", map->path);
    error_hint(err, "%s", advice);
    return true;
}

/* HDF5's magic stands at 0, or at 512, 1024, 2048, ... behind a block of the user's. */
static bool hdf5(const file_map *map, tokvec_error *err)
{
    static const char magic[] = "\x89HDF\r\n\x1a\n";
    enum { LENGTH = 8, FIRST = 512 };
    for (uint64_t at = 0; at + LENGTH <= map->size; at = at == 0 ? FIRST : 2 * at) {
        if (file_want(map, at, LENGTH, NULL) && memcmp(map->data + at, magic, LENGTH) == 0)
            return foreign_refuse_as(map, err, "of the HDF5 format (Keras's, h5py's)", H5PY);
    }
    return false;
}

/* The table that TensorFlow's checkpoints have in X.index ends in LevelDB's magic. */
static bool leveldb(const file_map *map, tokvec_error *err)
{
    static const char magic[] = "\x57\xfb\x80\x8b\x24\x75\x47\xdb";
    enum { LENGTH = 8, FOOTER = 48 };
    if (map->size < FOOTER || !file_want(map, map->size - LENGTH, LENGTH, NULL) ||
        memcmp(map->data + map->size - LENGTH, magic, LENGTH) != 0)
        return false;
    return foreign_refuse_as(map, err, "the index of a TensorFlow checkpoint", CHECKPOINT);
}

/* A tar archive before POSIX: no magic, but the sum of its header. */
static bool old_tar(const file_map *map, tokvec_error *err)
{
    enum { HEADER = 512, SUM_AT = 148, SUM_SIZE = 8 };
    if (map->size < HEADER || map->data[0] == '\0')
        return false;
    unsigned sum = 0, said = 0;
    size_t i = SUM_AT;
    for (; i < SUM_AT + SUM_SIZE && map->data[i] == ' '; i++) {
    }
    size_t digits = i;
    for (; i < SUM_AT + SUM_SIZE && map->data[i] >= '0' && map->data[i] <= '7'; i++)
        said = said * 8 + (unsigned)(map->data[i] - '0');
    if (i - digits < 4 || i == SUM_AT + SUM_SIZE)
        return false;
    for (i = 0; i < HEADER; i++)
        sum += i >= SUM_AT && i < SUM_AT + SUM_SIZE ? ' ' : map->data[i];
    return sum == said && foreign_refuse_as(map, err, "a tar archive", "unpack it: tar xf FILE");
}

static bool zeros(const file_map *map, tokvec_error *err)
{
    enum { ENOUGH = 4096 };
    size_t n = foreign_head(map), i = 0;
    while (i < n && map->data[i] == 0)
        i++;
    if (n == 0 || (i < n && i < ENOUGH))
        return false;
    if (i == map->size)
        error_set(err, TOKVEC_BAD_FILE, "the file is all zero bytes");
    else
        error_set(err, TOKVEC_BAD_FILE, "the file begins with %zu zero bytes or more", i);
    error_where(err, "%s", map->path);
    error_kind(err, TOKVEC_KIND_NO_FORMAT);
    error_hint(err, "a download that was not finished, perhaps: fetch it again");
    return true;
}

bool foreign_refuse(const file_map *map, tokvec_error *err)
{
    if (foreign_head(map) == 0) /* which most of these look at alone */
        return false;
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (has_magic(map, &kinds[i]))
            return refuse_kind(map, &kinds[i], err);
    }
    return foreign_text(map, err) || foreign_pickle(map, err) || foreign_program(map, err) ||
           foreign_message(map, err) || foreign_vectors(map, err) || hdf5(map, err) ||
           leveldb(map, err) || old_tar(map, err) || zeros(map, err);
}

/* ---- unknown content under a known name ----------------------------------------------------- */

static const struct {
    const char *suffix, *name, *advice;
} suffixes[] = {
    {".onnx", "an ONNX model by its name", "fetch it again"},
    {".h5", "an HDF5 file by its name, which does not begin as one", "fetch it again"},
    {".hdf5", "an HDF5 file by its name, which does not begin as one", "fetch it again"},
    {".msgpack", "a msgpack file of Flax by its name", "fetch it again"},
    {".mat", "a MATLAB file by its name",
     PYTHON "numpy.save('table.npy', scipy.io.loadmat(FILE)[NAME])"},
    {".pb", "a TensorFlow graph by its name", "save the matrix with numpy.save"},
    {".joblib", "a file of joblib by its name",
     PYTHON "numpy.save('table.npy', joblib.load(FILE))"},
    {".onnx.data", "the external data of an ONNX model",
     "name the model beside it, which says what is in it"},
    {".onnx_data", "the external data of an ONNX model",
     "name the model beside it, which says what is in it"},
    {"key2row", "spaCy's list of words for its vectors", "the vectors are in the file 'vectors'"},
    {".ann", "an index of Annoy by its name", "print its vectors with get_item_vector"},
    {".annoy", "an index of Annoy by its name", "print its vectors with get_item_vector"},
    {".mlmodel", "a CoreML model by its name", "give the model as it was before"},
    {".distcp", "a piece of a distributed checkpoint by its name",
     "python3 -m torch.distributed.checkpoint.format_utils dcp_to_torch FOLDER model.pt"},
};

/* "model.ckpt.data-00000-of-00001": the numbers of a TensorFlow checkpoint. */
static bool is_checkpoint_data(const char *path)
{
    static const char form[] = ".data-00000-of-00000";
    size_t length = strlen(path), n = sizeof form - 1;
    if (length < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = path[length - n + i];
        if (form[i] == '0' ? c < '0' || c > '9' : c != form[i])
            return false;
    }
    return true;
}

static bool by_name(const file_map *map, tokvec_error *err)
{
    if (is_checkpoint_data(map->path))
        return foreign_refuse_as(map, err, "the data of a TensorFlow checkpoint", CHECKPOINT);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        if (path_ends_in(map->path, suffixes[i].suffix))
            return foreign_refuse_as(map, err, suffixes[i].name, suffixes[i].advice);
    }
    return false;
}

/* zlib's header has no more than two bytes; the second tells the level, of which there are four. */
static bool zlib_stream(const file_map *map, tokvec_error *err)
{
    static const uint8_t levels[] = {0x01, 0x5e, 0x9c, 0xda};
    enum { DEFLATE = 0x78 };
    return map->size > 2 && map->data[0] == DEFLATE &&
           memchr(levels, map->data[1], sizeof levels) != NULL &&
           foreign_refuse_as(
               map, err, "compressed by zlib",
               "in Python: open(NEW, 'wb').write(zlib.decompress(open(FILE, 'rb').read())), or "
               "joblib.load(FILE) if joblib wrote it");
}

/* An error or a note in place of weights: short, and text throughout. */
static bool short_text(const file_map *map, tokvec_error *err)
{
    enum { SHORT = 1024 };
    static const char *const binary[] = {".safetensors", ".gguf", ".bin", ".pt",   ".pth", ".ckpt",
                                         ".npy",         ".npz",  ".h5",  ".onnx", ".ftz"};
    bool weights = false;
    for (size_t i = 0; i < sizeof binary / sizeof *binary; i++)
        weights |= path_ends_in(map->path, binary[i]);
    if (!weights || map->size > SHORT)
        return false;
    size_t size = (size_t)map->size, line = size;
    for (size_t i = 0; i < size; i++) {
        uint8_t c = map->data[i];
        if ((c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == 0x7f)
            return false;
        if (line == size && (c == '\n' || c == '\r'))
            line = i;
    }
    error_set(err, TOKVEC_BAD_FILE, "the file is text, not weights: '%.*s'",
              (int)(line < 200 ? line : 200), (const char *)map->data);
    error_where(err, "%s", map->path);
    error_hint(err, "fetch it again");
    return true;
}

/* One that cannot be opened is for a reader of archives to complain of. */
static bool zip_of_others(const file_map *map, tokvec_error *err)
{
    zip_archive zip;
    if (!zip_recognise(map) || !zip_open(&zip, map, NULL))
        return false;
    foreign_refuse_zip(&zip, err);
    zip_close(&zip);
    return true;
}

bool foreign_refuse_unknown(const file_map *map, tokvec_error *err)
{
    return foreign_head(map) > 0 && (zip_of_others(map, err) || short_text(map, err) ||
                                     by_name(map, err) || zlib_stream(map, err));
}

bool foreign_hint_unfinished(const char *path, tokvec_error *err)
{
    static const char *const names[] = {".incomplete", ".part",  ".crdownload",
                                        ".download",   ".aria2", ".tmp"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (path_ends_in(path, names[i])) {
            error_hint(err,
                       "its name (%s) is that of an unfinished download: let it finish, or "
                       "fetch it again",
                       names[i]);
            return true;
        }
    }
    char beside[4096];
    struct stat status;
    int n = snprintf(beside, sizeof beside, "%s.aria2", path);
    if (n < 0 || (size_t)n >= sizeof beside || stat(beside, &status) != 0)
        return false;
    error_hint(err, "%s beside it says that the download is not finished: fetch it again", beside);
    return true;
}

bool foreign_hint_link(const char *path, tokvec_error *err)
{
    char target[600];
    struct stat status;
    ssize_t n = stat(path, &status) == 0 ? -1 : readlink(path, target, sizeof target - 1);
    if (n < 0)
        return false;
    target[n] = '\0';
    if (strstr(target, "annex/objects/") != NULL)
        error_hint(err, "it is a link of git-annex: in its repository, git annex get FILE");
    else
        error_hint(err, "it is a link to %s, which is not there: fetch the file again", target);
    return true;
}
