/* findings.c - what a check has found.
 * See findings.h.
 * SPDX-License-Identifier: MIT */
#include "cli/findings.h"

#include "base/array.h"
#include "base/same_file.h"
#include "base/utf8.h"
#include "cli/reporting.h"

#include <stdlib.h>
#include <string.h>

option_word finding_word(size_t kind)
{
    static const option_word words[FINDING_COUNT + 1] = {
        [FINDING_NAN] = {"nan", NULL},
        [FINDING_INF] = {"inf", NULL},
        [FINDING_ZERO_ROWS] = {"zero_rows", NULL},
        [FINDING_REPEATED_ROWS] = {"repeated_rows", NULL},
        [FINDING_UNTRAINED_ROWS] = {"untrained_rows", NULL},
        [FINDING_VOCAB_SIZE] = {"vocab_size", NULL},
        [FINDING_CONFIG] = {"config", NULL},
        [FINDING_TIE] = {"tie", NULL},
        [FINDING_SCALE] = {"scale", NULL},
        [FINDING_FILE] = {"file", NULL},
        [FINDING_PICKLE] = {"pickle", NULL},
        [FINDING_COUNT] = {NULL, NULL},
    };
    return words[kind < FINDING_COUNT ? kind : FINDING_COUNT];
}

/* A copy of some bytes with a NUL behind them. */
static char *copy_of(const char *bytes, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy == NULL)
        return NULL;
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

static void release(finding_copy *copy)
{
    free(copy->tensor);
    free(copy->token);
    free(copy->detail);
}

/* Copies the texts that there are. */
static bool copy_texts(finding_copy *copy, const finding *one)
{
    if (one->tensor != NULL)
        copy->tensor = copy_of(one->tensor, strlen(one->tensor));
    if (one->token.bytes != NULL)
        copy->token = copy_of(one->token.bytes, one->token.length);
    copy->detail = copy_of(one->detail, strlen(one->detail));
    if (!copy->tensor != !one->tensor || !copy->token != !one->token.bytes || copy->detail == NULL)
        return false;
    utf8_one_line(copy->detail);
    copy->is.tensor = copy->tensor;
    copy->is.token.bytes = copy->token;
    copy->is.detail = copy->detail;
    return true;
}

static bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* What keeps a table from being made may have been found before, among the first. */
static bool is_known(const findings *all, const finding *one)
{
    enum { LOOKS = 16 };
    for (size_t i = 0; i < all->count && i < LOOKS; i++) {
        const finding *f = &all->items[i].is;
        if (f->kind == one->kind && f->error == one->error && same_text(f->tensor, one->tensor) &&
            same_text(f->detail, one->detail))
            return true;
    }
    return false;
}

bool findings_add(findings *all, const finding *one, tokvec_error *err)
{
    if (all->ignored[one->kind])
        return true;
    if (!array_reserve(&all->items, &all->capacity, all->count + 1, sizeof *all->items, err))
        return false;
    finding_copy *copy = &all->items[all->count];
    *copy = (finding_copy){.is = *one};
    if (!copy_texts(copy, one)) {
        release(copy);
        return error_no_memory(err, FINDING_DETAIL);
    }
    if (is_known(all, &copy->is)) {
        release(copy);
        return true;
    }
    all->count++;
    all->errors += one->error;
    return true;
}

void findings_free(findings *all)
{
    for (size_t i = 0; i < all->count; i++)
        release(&all->items[i]);
    free(all->items);
    *all = (findings){.count = 0};
}

/* ---------------------------------------------------------------- as a report */

enum { FINDING, LEVEL, TENSOR, ID, TOKEN, DETAIL, FIELD_COUNT };
static const report_field fields[FIELD_COUNT] = {
    [FINDING] = {.name = "finding"}, [LEVEL] = {.name = "level"},
    [TENSOR] = {.name = "tensor"},   [ID] = {.name = "id", .flags = REPORT_RIGHT},
    [TOKEN] = {.name = "token"},     [DETAIL] = {.name = "detail"},
};

static bool print_one(reporting *r, const finding *f, tokvec_error *err)
{
    const report_value line[FIELD_COUNT] = {
        [FINDING] = report_text_of(finding_word(f->kind).name),
        [LEVEL] = report_text_of(f->error ? "error" : "note"),
        [TENSOR] = report_text_of(f->tensor),
        [ID] = f->has_id ? report_integer(f->id) : report_null(),
        [TOKEN] = report_bytes(f->token),
        [DETAIL] = report_text_of(f->detail),
    };
    return report_line(r->report, line, err);
}

bool findings_print(const findings *all, const settings *s, tokvec_error *err)
{
    reporting r;
    if (!reporting_open(&r, s, fields, FIELD_COUNT, false, err))
        return false;
    bool good = same_file_check(r.out.name, err);
    for (size_t i = 0; good && i < all->count; i++)
        good = print_one(&r, &all->items[i].is, err);
    return reporting_close(&r, good, err);
}
