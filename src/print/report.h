/* report.h - what a command has found out, as lines of named fields.
 * One description of the fields is behind all formats: aligned text for people; json, jsonl, csv
 * and tsv for programs. A report is of lines, one a thing, or of a single one.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_PRINT_REPORT_H
#define TOKVEC_PRINT_REPORT_H

#include "io/sink.h"

/* ---- values ---- */

typedef enum report_kind {
    REPORT_NULL,    /* there is none: null in JSON, else an empty field; "-" in text */
    REPORT_TEXT,    /* any bytes */
    REPORT_INTEGER, /* int64 */
    REPORT_NATURAL, /* uint64 */
    REPORT_REAL,    /* float64 in the shortest digits; not finite: null in JSON, else nan, inf */
    REPORT_REAL32,  /* likewise, float32 */
    REPORT_TRUTH,   /* true, false */
    REPORT_LIST /* of values, or the members of an object; in csv and tsv as JSON in one field */
} report_kind;

typedef struct report_value report_value;

/* Values that are made when they are printed, so that a list of any length needs no memory. */
typedef struct report_list {
    report_value (*item)(const void *context, uint64_t index);
    const void *context; /* borrowed until the line has been printed */
    uint64_t count;
} report_list;

struct report_value {
    report_kind kind;
    union {
        tokvec_text text; /* borrowed until report_line returns */
        int64_t integer;
        uint64_t natural;
        double real;
        float real32;
        bool truth;
        report_list list;
    } as;
};

/* Shorthands. */
static inline report_value report_null(void)
{
    return (report_value){.kind = REPORT_NULL};
}

static inline report_value report_bytes(tokvec_text text) /* REPORT_NULL if bytes is NULL */
{
    return (report_value){.kind = text.bytes == NULL ? REPORT_NULL : REPORT_TEXT, .as.text = text};
}

static inline report_value report_text_of(const char *text) /* REPORT_NULL if it is NULL */
{
    return report_bytes((tokvec_text){text, text == NULL ? 0 : strlen(text)});
}

static inline report_value report_integer(int64_t value)
{
    return (report_value){.kind = REPORT_INTEGER, .as.integer = value};
}

static inline report_value report_natural(uint64_t value)
{
    return (report_value){.kind = REPORT_NATURAL, .as.natural = value};
}

static inline report_value report_real(double value)
{
    return (report_value){.kind = REPORT_REAL, .as.real = value};
}

static inline report_value report_real32(float value)
{
    return (report_value){.kind = REPORT_REAL32, .as.real32 = value};
}

static inline report_value report_truth(bool value)
{
    return (report_value){.kind = REPORT_TRUTH, .as.truth = value};
}

static inline report_value report_items(report_value (*item)(const void *, uint64_t),
                                        const void *context, uint64_t count)
{
    return (report_value){.kind = REPORT_LIST, .as.list = {item, context, count}};
}

/* Lists of arrays, which stay borrowed. */
report_value report_integers(const int64_t *values, uint64_t count);
report_value report_naturals(const uint64_t *values, uint64_t count);
report_value report_values(const report_value *values, uint64_t count);

/* ---- fields ---- */

enum {
    REPORT_RIGHT = 1,     /* numbers: aligned to the right in text */
    REPORT_MARK = 2,      /* a truth that text shows as * before the line */
    REPORT_NO_TEXT = 4,   /* not in text */
    REPORT_ONLY_TEXT = 8, /* only there */
    REPORT_NO_TABLE = 16  /* not in csv and tsv */
};

typedef struct report_field {
    const char *name; /* key and name of the column; in text in capitals */
    unsigned flags;
    /* Of an object, the names of its members, as many as the value's list has; ends with NULL. In
     * csv and tsv each member has a column, NAME_MEMBER. */
    const char *const *members;
} report_field;

/* ---- formats ---- */

typedef struct report report;

/* How lines are written: each format is one file, report_NAME.c, and one line here. */
typedef struct report_format {
    const char *name, *help;
    bool (*begin)(report *r, tokvec_error *err); /* may be NULL */
    bool (*line)(report *r, const report_value *values, tokvec_error *err);
    bool (*flush)(report *r, tokvec_error *err); /* what is held; may be NULL */
    void (*end)(report *r);                      /* may be NULL */
} report_format;

#define REPORT_FORMATS(EACH) \
    EACH(report_text)        \
    EACH(report_json)        \
    EACH(report_jsonl)       \
    EACH(report_csv)         \
    EACH(report_tsv)

#define REPORT_DECLARE(format) extern const report_format format;
REPORT_FORMATS(REPORT_DECLARE)
#undef REPORT_DECLARE

/* All of them, text first; ends with NULL. */
extern const report_format *const report_formats[];

/* The format of that name, or NULL. */
const report_format *report_find(const char *name);

/* The format for output to that file (NULL: standard output): as writer_choose, among these. */
const report_format *report_choose(const report_format *asked, const char *path, tokvec_error *err);

/* ---- reports ---- */

typedef struct report_spec {
    const report_format *format;
    const report_field *fields; /* borrowed */
    size_t field_count;
    bool single;    /* exactly one line: in JSON an object, in text a field a line */
    bool no_header; /* text of lines, csv, tsv */
    bool nested;    /* JSON's array is part of an object that the caller prints */
} report_spec;

/* Begins. NULL without memory. The sink stays the caller's. */
report *report_open(const report_spec *spec, sink *out, tokvec_error *err);

/* A line: as many values as there are fields. Text of several lines is held until the widths of the
 * columns are known: until report_flush, or some hundreds of lines. */
bool report_line(report *r, const report_value *values, tokvec_error *err);

/* Writes what is held, and flushes the sink: for readers who wait. */
bool report_flush(report *r, tokvec_error *err);

/* Writes the rest. Numbers that JSON does not have, and that became null, are counted in *nulls,
 * which may be NULL. */
bool report_end(report *r, uint64_t *nulls, tokvec_error *err);

/* Releases it. NULL is allowed. */
void report_close(report *r);

/* ---- what a report is made of, for its formats ---- */

struct report {
    report_spec spec;
    sink *out;
    uint64_t lines; /* printed or held so far */
    uint64_t nulls; /* numbers that JSON does not have */

    sink scratch; /* in memory */

    /* text: the cells of lines that are held, one after the other in `scratch` */
    size_t *ends; /* of each cell there */
    bool *marks;  /* of each line */
    size_t held;  /* lines */
    size_t *widths;
    uint64_t shown; /* lines that have been printed */
};

/* A value as JSON writes it; members are the names of an object's, or NULL. */
void report_put_json(report *r, sink *out, const report_value *value, const char *const *members);

#endif
