/* writer.h - printing a result in some format.
 * A writer is told the shape, then gets blocks of rows, then the end. It knows nothing of where
 * rows come from. Each format is one file in this folder and a line in the list in writer.c.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_PRINT_WRITER_H
#define TOKVEC_PRINT_WRITER_H

#include "io/sink.h"

/* torch.set_printoptions. */
enum sci_mode { SCI_AUTO, SCI_ALWAYS, SCI_NEVER };
typedef struct print_options {
    int precision;      /* digits after the point */
    uint64_t threshold; /* more elements than this are summarised; UINT64_MAX: never */
    uint64_t edgeitems; /* kept at each end of a long dimension */
    int64_t linewidth;
    enum sci_mode sci_mode;
} print_options;

/* As PyTorch prints where nothing was set. */
#define PRINT_PRECISION 4
#define PRINT_THRESHOLD 1000
#define PRINT_EDGEITEMS 3
#define PRINT_LINEWIDTH 80
#define PRINT_DEFAULTS                                                                            \
    {                                                                                             \
        .precision = PRINT_PRECISION, .threshold = PRINT_THRESHOLD, .edgeitems = PRINT_EDGEITEMS, \
        .linewidth = PRINT_LINEWIDTH                                                              \
    }

/* Something that is known of where the rows came from. */
typedef struct fact {
    const char *name, *text;
    bool is_number; /* so is the text */
} fact;

enum { RESULT_MAX_FACTS = 24 };
enum { RESULT_MAX_NDIM = 64 };

/* What a writer is told before the rows. Borrowed until the writer is closed. */
typedef struct result {
    unsigned ndim; /* of the whole, the vectors' own dimension included; 1 or more */
    uint64_t shape[RESULT_MAX_NDIM];
    uint64_t rows; /* product of all dimensions but the last; with a writer that streams, unknown
                      and 0 */
    uint64_t dim;
    tokvec_dtype dtype; /* of the rows as the writer gets them */
    /* The IDs of the rows from `first` on, for formats that print them before the rows. */
    void (*ids)(const void *context, uint64_t first, size_t n, int64_t *out);
    const void *ids_context;
    /* The token that an ID stands for, valid until the next call; with bytes NULL where it has
     * none. NULL: there are no labels, or the format prints none. */
    bool (*label)(void *context, int64_t id, tokvec_text *label, tokvec_error *err);
    void *label_context;
    /* The ID that is shown for one of the IDs above; false: none stands for it. Writers ask
     * writer_result_id. May be called by several threads. */
    bool (*shown)(const void *context, int64_t id, int64_t *out);
    const void *shown_context;
    /* The IDs that the vector of an ID was made of: how many there are, and at out those from
     * `first` on, n at most, as they are to be shown, -1 for one that nothing stands for. NULL: it
     * is a row. May be called by several threads. */
    uint64_t (*members)(const void *context, int64_t id, uint64_t first, size_t n, int64_t *out);
    const void *members_context;
    fact source[RESULT_MAX_FACTS]; /* for formats that say where rows came from */
    unsigned source_count;
    print_options options;
    bool is_parameter;  /* print as torch.nn.Parameter */
    const char *suffix; /* "grad_fn=<EmbeddingBackward0>", "requires_grad=True" or NULL */
} result;

/* The ID to print for one that a writer was given; -1 and false where there is none to print. */
bool writer_result_id(const result *what, int64_t id, int64_t *out);

/* The first member of every format's own struct. */
typedef struct writer {
    const struct writer_format *format;
    sink *out;
    const result *what;
    uint64_t row;   /* set before rows(): which row of the result the first one is; not for
                       formats with next_row */
    bool lasting;   /* set before rows(): the data stays there until after end() */
    uint64_t nulls; /* values that the format has no word for, written as null */
} writer;

/* What a format does with the tokens: as text or, where that cannot be, as they are stored. */
enum label_use { LABELS_NONE, LABELS_TEXT, LABELS_STORED };

typedef struct writer_format {
    const char *name;
    const char *help;
    const char *suffixes[2]; /* of files that are to have this format, without the dot, or NULL */
    bool suffix_binds;       /* a file of that name in any other format would be misread */
    bool streams;            /* needs neither shape nor number of rows beforehand */
    bool flat;               /* needs the number, but no shape: one row after the other */
    enum label_use labels;
    bool members; /* it prints the IDs that a vector was made of */
    bool binary;
    /* rows() depends on its arguments, `row` and *what alone, and changes nothing but `nulls`: so
     * blocks may be formatted at the same time, each by a copy of the writer that has a sink of
     * its own. Labels may be asked for as usual: whoever makes the copies sees to it that a label
     * stays until the same copy asks for the next one. */
    bool parallel;
    /* The dtype to which rows are converted before they are given to rows(); NULL: as it is. */
    tokvec_dtype (*accepts)(tokvec_dtype dtype);
    size_t size; /* of the format's own struct, which the caller allocates zeroed */
    bool (*begin)(writer *w, tokvec_error *err);
    /* The first row from `row` on that the writer wants to see; NULL: it wants all. */
    uint64_t (*next_row)(const writer *w, uint64_t row);
    /* n rows that follow one another in the result, or that next_row skipped to. */
    bool (*rows)(writer *w, const int64_t *ids, size_t n, const void *data, tokvec_error *err);
    bool (*end)(writer *w, tokvec_error *err);
    void (*release)(writer *w); /* what the format's own struct owns; may be NULL */
} writer_format;

/* One line a format, in the order of the help; each has a file of its own, or shares one. */
#define WRITER_FORMATS(EACH)        \
    EACH(text_format)               \
    EACH(json_format)               \
    EACH(jsonl_format)              \
    EACH(csv_format)                \
    EACH(tsv_format)                \
    EACH(npy_writer_format)         \
    EACH(raw_format)                \
    EACH(safetensors_writer_format) \
    EACH(vec_format)

#define WRITER_DECLARE(format) extern const writer_format format;
WRITER_FORMATS(WRITER_DECLARE)
#undef WRITER_DECLARE

/* The format of that name, or NULL; and the list of all, which ends with NULL. */
const writer_format *writer_find(const char *name);
extern const writer_format *const writer_formats[];

/* The format for output to that file (NULL: standard output): the one `asked` for, or else what the
 * suffix says, in letters of either case, or else text. NULL and an error if the two contradict
 * each other in a way that matters, or the suffix is that of a format that is not written. */
const writer_format *writer_choose(const writer_format *asked, const char *path, tokvec_error *err);

/* A writer whose begin() is yet to be called. */
writer *writer_open(const writer_format *format, sink *out, const result *what, tokvec_error *err);
void writer_close(writer *w); /* NULL is allowed */

#endif
