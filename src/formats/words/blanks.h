/* blanks.h - lines of fields with blanks between them: one space, runs of spaces, tabs.
 * Shared by the readers of word vectors and of plain columns of numbers. Nothing here trusts that
 * the text stays as it is while it is read: a mapped file may be overwritten.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_WORDS_BLANKS_H
#define TOKVEC_FORMATS_WORDS_BLANKS_H

#include "io/file_map.h"

static inline bool blanks_is(char c)
{
    return c == ' ' || c == '\t';
}

/* Past the mark that some programs put before UTF-8: 0 or 3. */
uint64_t blanks_begin(const file_map *map);

/* The end of a line without what may stand behind its last field: blanks, a carriage return. */
uint64_t blanks_trim(const file_map *map, uint64_t start, uint64_t end);

/* How many blanks there are. */
uint64_t blanks_count(const char *text, size_t size);

/* Where the n-th field from the end begins, n > 0; NULL if there are fewer. The text is
 * trimmed. */
const char *blanks_last(const char *text, const char *end, uint64_t n);

/* What a line looks like, seen from its end. */
typedef struct blanks_line {
    uint64_t fields;
    uint64_t numbers; /* how many fields at the end are numbers */
    bool begins_blank;
    bool runs, tabs; /* between those numbers there are several blanks, or tabs */
} blanks_line;

/* Looks at a trimmed line. */
blanks_line blanks_look(const char *text, const char *end);

/* Reads n numbers of a dtype, all that there are from `at` to `end`. */
bool blanks_numbers(const file_map *map, uint64_t at, uint64_t end, tokvec_dtype dtype, uint64_t n,
                    void *out, tokvec_error *err);

#endif
