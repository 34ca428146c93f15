/* fuzz_digest_list.c - arbitrary text as a list of digests.
 * What has been read is written again and must read the same; a name says the same each time it is
 * read, and what a name says of a seeded table is written as it was understood.
 * SPDX-License-Identifier: MIT */
#include "cli/digest_name.h"
#include "cli/group_seed.h"
#include "text/digest_lines.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *copy_of(const char *text, size_t size)
{
    char *copy = malloc(size + 1); /* of just that size, for the sanitizer */
    if (copy == NULL)
        abort();
    memcpy(copy, text, size);
    copy[size] = '\0';
    return copy;
}

static void write_list(const digest_lines *list, sink *out)
{
    tokvec_error err;
    if (!sink_open_memory(out, &err))
        abort();
    for (size_t i = 0; i < list->count; i++)
        digest_lines_put(out, list->lines[i].hex, list->lines[i].name);
}

static void check_same(const digest_lines *a, const digest_lines *b)
{
    if (a->count != b->count)
        abort();
    for (size_t i = 0; i < a->count; i++) {
        if (strcmp(a->lines[i].hex, b->lines[i].hex) != 0 ||
            strcmp(a->lines[i].name, b->lines[i].name) != 0 ||
            strlen(a->lines[i].hex) != DIGEST_LINES_HEX || a->lines[i].name[0] == '\0')
            abort();
    }
}

static bool read_name(const char *name, settings *s, bool *is_file)
{
    tokvec_error err = {.code = TOKVEC_OK};
    char *copy = copy_of(name, strlen(name)), *file;
    bool good = digest_name_read(copy, s, &file, &err);
    if (good && file != NULL && strchr(file, ':') == NULL)
        abort();
    if (good && file == NULL && !group_seed_any(&s->table))
        abort();
    if (!good && err.code == TOKVEC_OK)
        abort();
    *is_file = good && file != NULL;
    free(copy);
    return good;
}

/* Bytes of padding in settings are none of the names' business: they are zero from the start. */
static void check_name(const char *name)
{
    tokvec_error err;
    settings *first = settings_new(sizeof *first, 0, &err);
    settings *again = settings_new(sizeof *again, 0, &err);
    bool is_file, is_file_again;
    if (first == NULL || again == NULL)
        abort();
    bool good = read_name(name, first, &is_file);
    if (good != read_name(name, again, &is_file_again) || is_file != is_file_again ||
        (good && (first->table.dim != again->table.dim || first->output.as != again->output.as)))
        abort();
    settings_free(first);
    settings_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    digest_lines list, again;
    tokvec_error err;
    if (!digest_lines_read(&list, copy_of((const char *)data, size), size, "list", &err))
        return 0;
    sink out;
    write_list(&list, &out);
    if (!digest_lines_read(&again, copy_of(out.buffer, out.length), out.length, "list", &err))
        abort();
    check_same(&list, &again);
    for (size_t i = 0; i < list.count; i++)
        check_name(list.lines[i].name);
    free(out.buffer);
    digest_lines_free(&list);
    digest_lines_free(&again);
    return 0;
}
