/* group_seed.c - the options that say how a seeded table is drawn.
 * See group_seed.h. What they mean, and which of them go together, the generators know
 * (rng/generator.h).
 * SPDX-License-Identifier: MIT */
#include "cli/group_seed.h"

#include "rng/generator.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How a distribution is written at its longest: "normal:MEAN,STD" of the hint "normal or
 * normal:MEAN,STD, as ...". */
static int longest_form(const init_form *form, const char **text)
{
    const char *longer = strstr(form->hint, " or ");
    *text = longer != NULL ? longer + strlen(" or ") : form->hint;
    const char *end = strstr(*text, ", ");
    return (int)(end != NULL ? (size_t)(end - *text) : strlen(*text));
}

/* What a generator draws, and under it the distributions that it can be asked for. */
static const char *describe(const generator_kind *kind)
{
    enum { LINE = 78 };
    static char text[1000];
    int length = snprintf(text, sizeof text, "%s", kind->equals), column = LINE;
    for (const init_form *form = kind->forms; form != NULL && form->name != NULL; form++) {
        const char *name;
        int size = longest_form(form, &name);
        bool wraps = column + 1 + size > LINE - 20;
        const char *before = form == kind->forms ? "\n--init " : wraps ? "\n       " : " ";
        column = wraps ? 7 + size : column + 1 + size;
        length +=
            snprintf(text + length, sizeof text - (size_t)length, "%s%.*s", before, size, name);
    }
    return text;
}

static option_word rng_word(size_t index)
{
    const generator_kind *kind = generator_kind_at(index);
    return kind == NULL ? (option_word){NULL, NULL} : (option_word){kind->name, describe(kind)};
}

static bool set_rng(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    s->table.drawn.rng = text;
    return generator_kind_named(text, NULL) != NULL || option_bad_word(option, text, err);
}

/* Given again, it goes on from the key that it has come to. */
static bool add_key_steps(const option_spec *option, settings *s, const char *text,
                          tokvec_error *err)
{
    const char *before = s->table.drawn.key;
    (void)option;
    if (before == NULL) {
        s->table.drawn.key = text;
        return true;
    }
    size_t size = strlen(before) + strlen(text) + 2;
    char *all = malloc(size);
    if (all == NULL)
        return error_no_memory(err, size);
    snprintf(all, size, "%s,%s", before, text);
    free(s->key_steps);
    s->key_steps = all;
    s->table.drawn.key = all;
    return true;
}

const option_spec group_seed_seed = {
    .name = "seed",
    .kind = OPTION_TEXT,
    .argument = "N",
    .help = "seed a table as torch.manual_seed(N) does (" TEXT_OF(NOTEBOOK_SEED) ")",
    .place = offsetof(settings, table.drawn.seed_text),
};
const option_spec group_seed_rng = {
    .name = "rng",
    .kind = OPTION_WORD,
    .argument = "LIBRARY",
    .help = "whose generator draws it from the seed (torch)",
    .set = set_rng,
    .word = rng_word,
    .words = "Generators, and what they draw from the seed N into V rows of D columns",
};
const option_spec group_seed_init = {
    .name = "init",
    .kind = OPTION_TEXT,
    .argument = "DIST",
    .help = "from this distribution: normal:0,0.02 is, of torch,\n"
            "torch.nn.init.normal_(torch.empty(N, D), 0, 0.02)",
    .place = offsetof(settings, table.drawn.init),
};
const option_spec group_seed_times = {
    .name = "times",
    .kind = OPTION_TEXT,
    .argument = "X",
    .help = "and multiply the values by X, as table * X does",
    .place = offsetof(settings, table.drawn.times),
};
const option_spec group_seed_torch = {
    .name = "torch",
    .kind = OPTION_TEXT,
    .argument = "RELEASE",
    .help = "as this release of PyTorch draws: 1.13 to 2.15, as\n"
            "2.11 or 2.11.0 (the newest); they differ in 16 bits",
    .place = offsetof(settings, table.drawn.torch),
};
const option_spec group_seed_numpy = {
    .name = "numpy",
    .kind = OPTION_TEXT,
    .argument = "RELEASE",
    .help = "as this release of NumPy draws, as 1.19 (the newest)",
    .place = offsetof(settings, table.drawn.numpy),
};
const option_spec group_seed_jax = {
    .name = "jax",
    .kind = OPTION_TEXT,
    .argument = "RELEASE",
    .help = "as this release of JAX draws, as 0.4.35 (the newest); 64-bit\n"
            "dtypes as in x64 mode, where the key has all 64 bits of N",
    .place = offsetof(settings, table.drawn.jax),
};
const option_spec group_seed_layer = {
    .name = "layer",
    .kind = OPTION_TEXT,
    .argument = "LAYER",
    .help = "linear: torch.nn.Linear(D, N).weight, of N rows; linear.bias:\n"
            "its bias, one row (embedding: torch.nn.Embedding(N, D))",
    .place = offsetof(settings, table.drawn.layer),
};
const option_spec group_seed_after = {
    .name = "after",
    .kind = OPTION_TEXT,
    .argument = "LAYERS",
    .help = "what the same generator made before, in order: 50257x768 is\n"
            "Embedding(50257, 768), linear:768x9 is Linear(768, 9),\n"
            "linear:768x9:nobias, init:normal:0,0.02:9x768 is\n"
            "init.normal_(empty(9, 768), 0, 0.02); with :DTYPE behind it\n"
            "if not float32; skip:N is N outputs of 32 bits",
    .place = offsetof(settings, table.drawn.after),
};
const option_spec group_seed_state = {
    .name = "state",
    .kind = OPTION_FILE,
    .argument = "FILE",
    .help = "begin as torch.set_rng_state(torch.load(FILE)) does,\n"
            "in place of --seed; or as with numpy.load",
    .place = offsetof(settings, table.state),
};
const option_spec group_seed_jax_key = {
    .name = "jax-key",
    .kind = OPTION_TEXT,
    .argument = "STEPS",
    .help = "how the key came from the seed's, as split:0/2 or fold_in:7;\n"
            "given again, the next step",
    .set = add_key_steps,
    .place = offsetof(settings, table.drawn.key),
};
const option_spec group_seed_path = {
    .name = "path",
    .kind = OPTION_TEXT,
    .argument = "NAME",
    .help = "whose parameter it is in the model, as blk/pos",
    .place = offsetof(settings, table.drawn.path),
};
const option_spec group_seed_call = {
    .name = "call",
    .kind = OPTION_TEXT,
    .argument = "N",
    .help = "how many draws came before (0)",
    .place = offsetof(settings, table.drawn.call),
};
const option_spec group_seed_jit = {
    .name = "jit",
    .kind = OPTION_FLAG,
    .help = "as a function under jax.jit draws and multiplies it",
    .place = offsetof(settings, table.drawn.jit),
};

static bool set_save_state(const option_spec *option, settings *s, const char *text,
                           tokvec_error *err)
{
    s->table.save_state = text;
    return (*text != '\0' && strcmp(text, "-") != 0) ||
           option_bad_value(option, text, "give the name of a file", err);
}

static const option_spec save_state = {
    .name = "save-state",
    .kind = OPTION_FILE,
    .argument = "FILE",
    .help = "after the whole table, save the generator's state as\n"
            "torch.save(torch.get_rng_state(), FILE) does",
    .set = set_save_state,
};
const option_spec *const state_options[] = {&save_state, NULL};

static const option_spec *const all[] = {SEED_OPTIONS(SEED_OPTION_LISTED)};

const char *group_seed_value(const table_settings *t, size_t index, const option_spec **option)
{
    const option_spec *o = all[index];
    *option = o;
    if (o == &group_seed_rng)
        return t->drawn.rng;
    const char *place = (const char *)t + (o->place - offsetof(settings, table));
    if (o->kind == OPTION_FLAG)
        return *(const bool *)place ? "" : NULL;
    return *(const char *const *)(const void *)place;
}

bool group_seed_other(const table_settings *t)
{
    const option_spec *option;
    for (size_t i = 0; i < SEED_OPTION_COUNT; i++) {
        if (all[i] != &group_seed_seed && group_seed_value(t, i, &option) != NULL)
            return true;
    }
    return false;
}

bool group_seed_any(const table_settings *t)
{
    return t->drawn.seed_text != NULL || group_seed_other(t);
}

const char *group_seed_only(const table_settings *t)
{
    const option_spec *option;
    for (size_t i = 0; i < SEED_OPTION_COUNT; i++) {
        if (group_seed_value(t, i, &option) != NULL)
            return option->name;
    }
    return t->has_vocab_size ? "vocab-size" : NULL;
}

void group_seed_clear(table_settings *t)
{
    t->drawn = (tokvec_seed_spec){.seed_text = NULL};
    t->state = NULL;
}
