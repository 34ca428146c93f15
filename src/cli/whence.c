/* whence.c - the command whence: where a table came from.
 * SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/group_seed.h"
#include "cli/notice.h"
#include "cli/reporting.h"
#include "cli/source.h"
#include "cli/whence_command.h"
#include "measure/whence.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define SEEDS_USUAL 65536

/* The settings, with what only this command is asked for. */
typedef struct whence_settings {
    settings shared;
    bool has_seeds;
    uint64_t first, count;
    bool all;
} whence_settings;

static const whence_settings *settings_of_whence(const settings *s)
{
    return (const whence_settings *)s;
}

/* ---------------------------------------------------------------- the report */

enum { COMMAND, RNG, INIT, DTYPE, SEED, ROWS, ROWS_EQUAL, FIELD_COUNT };
static const report_field fields[FIELD_COUNT] = {
    [COMMAND] = {.name = "command"},
    [RNG] = {.name = "rng"},
    [INIT] = {.name = "init"},
    [DTYPE] = {.name = "dtype"},
    [SEED] = {.name = "seed", .flags = REPORT_RIGHT},
    [ROWS] = {.name = "rows", .flags = REPORT_RIGHT},
    [ROWS_EQUAL] = {.name = "rows_equal", .flags = REPORT_RIGHT},
};

static report_value seed_of(const whence_match *m)
{
    if (m->recipe->spec.seed_text != NULL)
        return report_text_of(m->recipe->spec.seed_text);
    return m->recipe->seedless ? report_null() : report_natural(m->seed);
}

static bool print_match(const whence *w, const whence_match *m, report *to, sink *text,
                        tokvec_error *err)
{
    const tokvec_seed_spec *spec = &m->recipe->spec;
    text->length = 0;
    whence_command_put(text, m);
    sink_char(text, '\0');
    if (text->failed) {
        *err = text->error;
        return false;
    }
    const report_value line[FIELD_COUNT] = {
        [COMMAND] = report_text_of(text->buffer),
        [RNG] = report_text_of(spec->rng),
        [INIT] = report_text_of(spec->init),
        [DTYPE] = report_text_of(tokvec_dtype_name(spec->dtype)),
        [SEED] = seed_of(m),
        [ROWS] = report_natural(w->rows),
        [ROWS_EQUAL] = report_natural(m->equal.rows),
    };
    return report_line(to, line, err);
}

static bool print_none(const settings *s, const whence *w, report *to, tokvec_error *err)
{
    const bool text = s->output.report == &report_text;
    const report_value line[FIELD_COUNT] = {
        [COMMAND] = report_text_of(text ? "not found" : NULL),
        [ROWS] = report_natural(w->rows),
        [ROWS_EQUAL] = report_natural(0),
    };
    return report_line(to, line, err);
}

static bool print_answer(const settings *s, const whence *w, tokvec_error *err)
{
    reporting out;
    sink text;
    if (!reporting_open(&out, s, fields, FIELD_COUNT, false, err))
        return false;
    bool good = sink_open_memory(&text, err);
    for (size_t i = 0; good && i < w->count; i++)
        good = print_match(w, &w->matches[i], out.report, &text, err);
    if (good && w->count == 0)
        good = print_none(s, w, out.report, err);
    free(text.buffer);
    return reporting_close(&out, good, err);
}

static void tell(const whence *w, const whence_settings *own)
{
    if (w->more)
        notice("note: there are more seeds than these: the table does not tell enough");
    if (w->shallow)
        notice("note: of %llu seeds only the table's first values were tried, not rows that "
               "may have been left as they were; --all tries them too",
               (unsigned long long)own->count);
}

/* ---------------------------------------------------------------- progress */

typedef struct progress {
    time_t next;
    bool shown;
} progress;

/* On a terminal, once a second. */
static void show_progress(void *context, double part)
{
    progress *p = context;
    time_t now = time(NULL);
    if (now < p->next)
        return;
    p->next = now + 1;
    p->shown = true;
    fprintf(stderr, "\rtokvec: %.1f %% of the seeds ", 100 * part);
    fflush(stderr);
}

static void clear_progress(const progress *p)
{
    if (p->shown)
        fputs("\r\033[K", stderr);
}

/* ---------------------------------------------------------------- the table */

static bool choose_file(const settings *s, const char **path, tokvec_error *err)
{
    size_t files = s->operand_count + (s->table.weights != NULL);
    *path = s->operand_count > 0 ? s->operands[0].text : s->table.weights;
    if (files == 1)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT,
              files == 0 ? "'tokvec whence' needs a weights file"
                         : "'tokvec whence' takes one file");
    if (s->operand_count > 0)
        error_where(err, "argument %u", s->operands[s->operand_count - 1].number);
    return error_hint(err, "write tokvec whence FILE");
}

/* Opens the table. --dtype is that of bare values or of text; where the file says its own it is
 * that of the draw. */
static bool open_table(source *from, settings *of_file, tokvec_error *err)
{
    group_seed_clear(&of_file->table);
    if (source_open(from, of_file, err))
        return true;
    if (err->kind != TOKVEC_KIND_OWN_DTYPE || of_file->table.dtype == TOKVEC_NO_DTYPE)
        return false;
    of_file->table.dtype = TOKVEC_NO_DTYPE;
    return source_open(from, of_file, err);
}

static bool is_drawable(tokvec_dtype dtype)
{
    return tokvec_dtype_is_float(dtype) && tokvec_dtype_size(dtype) > 1;
}

/* ---------------------------------------------------------------- the command */

static bool find_and_print(const settings *s, const source *from, const tokvec_seed_spec *given,
                           tokvec_error *err)
{
    const whence_settings *own = settings_of_whence(s);
    progress p = {.next = time(NULL) + 1};
    bool shown = !s->common.quiet && isatty(STDERR_FILENO);
    const whence_query query = {.table = from->table,
                                .given = given,
                                .first = own->first,
                                .count = own->has_seeds ? own->count : SEEDS_USUAL,
                                .all = own->all,
                                .threads = s->common.threads,
                                .progress = shown ? show_progress : NULL,
                                .context = &p};
    whence w = {.rows = tokvec_table_rows(from->table)};
    bool drawable = is_drawable(tokvec_table_dtype(from->table));
    bool good = !drawable || whence_find(&w, &query, err);
    clear_progress(&p);
    if (!good)
        return false;
    if (!drawable)
        notice("note: a table of %s is not drawn by any generator",
               tokvec_dtype_name(tokvec_table_dtype(from->table)));
    tell(&w, own);
    if (!w.whole)
        *s->status = STATUS_DIFFERENT;
    good = s->common.quiet || print_answer(s, &w, err);
    whence_close(&w);
    return good;
}

static bool whence_run(const settings *s, tokvec_error *err)
{
    source from;
    whence_settings of_file = *settings_of_whence(s);
    tokvec_seed_spec given = s->table.drawn;
    if (!choose_file(s, &of_file.shared.table.weights, err))
        return false;
    if (given.seed_text != NULL && settings_of_whence(s)->has_seeds) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "--seed and --seeds are both given");
        return error_hint(err, "choose one of the two");
    }
    if (!open_table(&from, &of_file.shared, err))
        return false;
    if (of_file.shared.table.dtype == TOKVEC_NO_DTYPE)
        given.dtype = s->table.dtype;
    bool good = find_and_print(s, &from, &given, err);
    source_close(&from);
    return good;
}

/* ---------------------------------------------------------------- its options */

/* A:B as in Python: A and what comes after it, but not B. */
static bool set_seeds(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    whence_settings *own = (whence_settings *)s;
    char first[24];
    uint64_t end = 0;
    const char *colon = strchr(text, ':');
    size_t length = colon == NULL ? sizeof first : (size_t)(colon - text);
    bool good = length < sizeof first;
    if (good) {
        memcpy(first, text, length);
        first[length] = '\0';
        good = (length == 0 || option_unsigned(first, UINT64_MAX, &own->first)) &&
               option_unsigned(colon + 1, UINT64_MAX, &end) && end > own->first;
        own->first = length == 0 ? 0 : own->first;
    }
    own->has_seeds = good;
    own->count = end - own->first;
    return good || option_bad_value(option, text,
                                    "give the first seed and the one after the "
                                    "last, as 0:65536",
                                    err);
}

static const option_spec seeds = {
    .name = "seeds",
    .kind = OPTION_TEXT,
    .argument = "A:B",
    .help = "the seeds to try, B not included (0:" TEXT_OF(SEEDS_USUAL) ")",
    .set = set_seeds,
};
static const option_spec all = {
    .name = "all",
    .kind = OPTION_FLAG,
    .help = "try every distribution and dtype, whatever the table's numbers are like,\n"
            "and rows from all over it with any number of seeds",
    .place = offsetof(whence_settings, all),
};

static const option_spec *const own_options[] = {&seeds, &all, NULL};
/* All that tell of a draw, but for a generator's state: that is the seed's place. */
static const option_spec *const seed_options[] = {&group_seed_seed,  &group_seed_rng,
                                                  &group_seed_init,  &group_seed_times,
                                                  &group_seed_torch, &group_seed_numpy,
                                                  &group_seed_jax,   &group_seed_layer,
                                                  &group_seed_after, &group_seed_jax_key,
                                                  &group_seed_path,  &group_seed_call,
                                                  &group_seed_jit,   NULL};
static const option_list lists[] = {file_options,   bare_options,   own_options,    seed_options,
                                    report_options, thread_options, common_options, NULL};

const command whence_command = {
    .name = "whence",
    .operands = "[FILE]",
    .operands_are_files = true,
    .summary = "find the seed, generator and distribution that made a table",
    .about =
        "Status 0 if the whole table was found: the command printed makes it again. Status 1 if\n"
        "only some of its rows are those of a seed, as where training has changed the others, or\n"
        "none. Bits are compared: -0 is not 0. What the options tell of the draw is not\n"
        "looked for: it is tried as it is.\n",
    .options = lists,
    .size = sizeof(whence_settings),
    .run = whence_run,
};
