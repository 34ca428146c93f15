/* harmful.c - names that only an attack would put into a model file.
 * See harmful.h.
 * SPDX-License-Identifier: MIT */
#include "formats/torch/harmful.h"

#include <string.h>

/* Modules of Python that run programs, load code, or reach files and the network. */
static const char *const modules[] = {
    "os",        "posix", "nt",  "subprocess", "sys",    "shutil",     "pty", "commands",
    "importlib", "runpy", "imp", "ctypes",     "socket", "webbrowser", "pdb", "marshal",
};

/* Functions elsewhere that do so. */
static const char *const functions[][2] = {
    {"builtins", "eval"},
    {"builtins", "exec"},
    {"builtins", "compile"},
    {"builtins", "open"},
    {"builtins", "__import__"},
    {"builtins", "breakpoint"},
    {"builtins", "input"},
    {"__builtin__", "eval"},
    {"__builtin__", "execfile"},
    {"__builtin__", "compile"},
    {"__builtin__", "open"},
    {"__builtin__", "__import__"},
    {"__builtin__", "file"},
    {"__builtin__", "input"},
    {"operator", "attrgetter"},
    {"operator", "methodcaller"},
    {"_operator", "attrgetter"},
    {"_operator", "methodcaller"},
    {"torch", "load"},
    {"torch.serialization", "load"},
    {"torch._utils", "_import_dotted_name"},
    {"torch.hub", "load"},
};

static bool is(const char *text, size_t length, const char *word)
{
    return strlen(word) == length && memcmp(text, word, length) == 0;
}

/* The first part of a dotted name is a harmful module. */
static bool begins_harmful(const char *text, size_t length)
{
    const char *dot = memchr(text, '.', length);
    size_t first = dot == NULL ? length : (size_t)(dot - text);
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++) {
        if (is(text, first, modules[i]))
            return true;
    }
    return false;
}

bool harmful_global(const char *module, size_t module_length, const char *name, size_t name_length)
{
    if (begins_harmful(module, module_length))
        return true;
    /* "os.system" in another module reaches os through that module's attributes. */
    if (memchr(name, '.', name_length) != NULL && begins_harmful(name, name_length))
        return true;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (is(module, module_length, functions[i][0]) && is(name, name_length, functions[i][1]))
            return true;
    }
    return false;
}
