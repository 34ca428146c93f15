/* weights.h - an open weights file and its formats.
 * A format is one file or folder in formats/: it recognises its content, reads the header into a
 * list of tensors, and stands in the list in model/open.c. Tensors may lie in several files.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_WEIGHTS_H
#define TOKVEC_TABLE_WEIGHTS_H

#include "table/layout.h"
#include "table/table.h"
#include "vocab/vocab.h"

/* What weights_add has copied of a tensor, to be released: the tensor and its layout point here. */
typedef struct tensor_copies {
    char *name;
    uint64_t *shape, *strides;
    char *unusable;
} tensor_copies;

struct tokvec_weights {
    const struct weights_format *format;
    file_map *map;
    tokvec_tensor *tensors;
    tensor_layout *layouts; /* [i] belongs to tensors[i] */
    tensor_copies *copies;  /* as well */
    size_t count, capacity, layout_capacity, copies_capacity;
    char *folder;   /* that was opened to find the file in; NULL: the file was named itself */
    char *config;   /* path of the model's config.json, if it was opened as a folder */
    char *found_as; /* path under which the file was found, whose neighbours are the model's, while
                     * the file may be a blob elsewhere; NULL: standard input, or opened as a part
                     * of other weights */
    char warning[800];
    const char *compression; /* as tokvec_weights_compression */
    char notice[200];    /* as tokvec_weights_notice */
    void *detail;        /* the format's own */
    tokvec_vocab *vocab; /* made when it is first asked for */
    tokvec_file_spec as; /* what the caller says of the file */
    void *kept;          /* what model/ has found out of it, and wants to ask again */
    void (*close_kept)(void *kept);
};

/* How sure a format is that a file is of it. */
typedef enum format_grade {
    GRADE_NO,
    GRADE_MAYBE,  /* it looks so, and may be more of something else */
    GRADE_LIKELY, /* text, or few bytes, that are hardly anything else */
    GRADE_CERTAIN /* by a mark made for it: bare values do not look like that */
} format_grade;

/* Is told what is wrong with a tensor of a file, as an error. */
typedef bool weights_fault(void *context, const tokvec_tensor *tensor, const tokvec_error *fault,
                           tokvec_error *err);

typedef struct weights_format {
    const char *name;
    const char *suffixes[5]; /* of file names; only for better messages. Ends with NULL. */
    /* How sure it is that the file is of this format. Of the formats that say the most one is left,
     * or else the file is refused: their order decides nothing. */
    format_grade (*recognise)(const file_map *map);
    /* Adds the tensors of weights->map with weights_add, everything about them checked: the
     * data of each lies inside the file and is as long as its shape and dtype need. */
    bool (*read_header)(tokvec_weights *weights, tokvec_error *err);
    /* Opens the file of tensor `index`, of which only name and file are known, and fills in the
     * rest with weights_fill_in; NULL: read_header has told everything. */
    bool (*complete)(tokvec_weights *weights, size_t index, tokvec_error *err);
    /* Tensor `index` as a table of layout_rows by layout_dim; NULL: as a mapped matrix, by its
     * layout. The table borrows weights. */
    tokvec_table *(*table)(tokvec_weights *weights, size_t index, tokvec_error *err);
    /* Sets table->numbering if the file says which IDs the rows of tensor `index` belong to; NULL:
     * the format never does, or its table() sees to it. */
    bool (*number)(tokvec_weights *weights, size_t index, tokvec_table *table, tokvec_error *err);
    /* Replaces weights and index by those of the file that holds the tensor, once it is complete;
     * NULL: it is this one. */
    bool (*locate)(tokvec_weights **weights, size_t *index, tokvec_error *err);
    /* As tokvec_weights_metadata; NULL if the format has none. */
    bool (*metadata)(tokvec_weights *weights, tokvec_visitor *visit, void *context,
                     tokvec_error *err);
    /* Tells what is wrong with the file, though it can be opened: each kind of fault once. NULL:
     * nothing can be. */
    bool (*faults)(const tokvec_weights *weights, weights_fault *tell, void *context,
                   tokvec_error *err);
    /* Releases weights->detail and the tensors' details; NULL if the format has none. */
    void (*close)(tokvec_weights *weights);
    /* The token strings of the file, which borrow weights, or NULL without touching *err if it
     * has none; NULL: the format has none. */
    tokvec_vocab *(*vocab)(tokvec_weights *weights, tokvec_error *err);
    /* The numbers are decimal text, so that read_header() heeds weights->as.dtype. */
    bool numbers_are_text;
    /* Each tensor is the only one of a file of its own, which locate() finds: its words, its IDs
     * and whatever else are that file's. */
    bool of_files;
    /* The file is read from the front to the back with no need of its size, and what is behind the
     * rows is released (io/file_want.h): it may be unpacked on the way. */
    bool one_pass;
} weights_format;

/* True for an index of files, whose tensors lie elsewhere. */
static inline bool weights_is_index(const tokvec_weights *weights)
{
    return weights->format->locate != NULL;
}

/* Lets a table or vocabulary made from weights close it. */
void weights_give(tokvec_weights *weights, void **owner, void (**release)(void *owner));

/* Appends a copy of `tensor`, its name and its shape, of layout.unusable and layout.strides. Its
 * file is that of the layout's map; where that is yet to be opened, tensor->file names it and lives
 * as long as weights. */
bool weights_add(tokvec_weights *weights, const tokvec_tensor *tensor, tensor_layout layout,
                 tokvec_error *err);

/* Completes tensor `index` with what its file says of it. */
bool weights_fill_in(tokvec_weights *weights, size_t index, const tokvec_tensor *tensor,
                     tokvec_error *err);

/* The tensors in the order of their names. The caller frees the list. */
const tokvec_tensor **weights_by_name(const tokvec_weights *weights, tokvec_error *err);

/* The later of two tensors that have one name; NULL if all names differ. False without memory. */
bool weights_find_repeated(const tokvec_weights *weights, const tokvec_tensor **repeated,
                           tokvec_error *err);

/* Refuses a name that is repeated: two readers might see two different models. */
bool weights_check_names(const tokvec_weights *weights, tokvec_error *err);

/* What is stored of tensor `index` as a table, whatever it means; a vector as one column rather
 * than one row if so asked. The table borrows weights. */
tokvec_table *weights_stored_table(tokvec_weights *weights, size_t index, bool column,
                                   tokvec_error *err);

/* The elements of tensor `index` in their order, whatever its shape, as rows of `width`, which they
 * are a multiple of. Fails with TOKVEC_UNSUPPORTED where they do not lie one after the other. */
tokvec_table *weights_flat_table(tokvec_weights *weights, size_t index, uint64_t width,
                                 tokvec_error *err);

/* The bytes of tensor `index`, whose elements are of a type that no table has, row by row. Fails
 * with TOKVEC_UNSUPPORTED where they do not lie one after the other. */
tokvec_table *weights_bytes_table(tokvec_weights *weights, size_t index, tokvec_error *err);

/* Where tensor *index is: in the file of its own that an archive holds, of which it then is tensor
 * *index, or else in these weights. NULL and an error if it cannot be opened. */
tokvec_weights *weights_holder(tokvec_weights *weights, size_t *index, tokvec_error *err);

/* Makes sure that everything about tensor `index` is known. */
bool weights_complete(tokvec_weights *weights, size_t index, tokvec_error *err);

/* "12 x 768", "(2, 3, 4)": a shape for messages. Returns out. */
const char *weights_shape_text(const tokvec_tensor *tensor, char *out, size_t size);

#endif
