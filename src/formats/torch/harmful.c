/* harmful.c - names that only an attack would put into a model file.
 * See harmful.h.
 * SPDX-License-Identifier: MIT */
#include "formats/torch/harmful.h"

#include <string.h>

/* Modules of Python that run programs, load code, or reach files and the network. Other modules
 * import them, and so have them as attributes. */
static const char *const powers[] = {
    "os",        "posix", "nt",  "subprocess", "sys",    "shutil",     "pty", "commands",
    "importlib", "runpy", "imp", "ctypes",     "socket", "webbrowser", "pdb", "marshal",
};

/* Packages whose names an attribute may have; and modules, which a user's package may be called. */
static const char *const packages[] = {
    "_posixsubprocess", "_socket", "_ctypes",   "_imp",    "pickle",  "_pickle",
    "idlelib",          "lib2to3", "pip",       "venv",    "http",    "distutils",
    "asyncio",          "urllib",  "ensurepip", "httplib", "aiohttp", "requests",
};
static const char *const modules[] = {
    "bdb",    "code",    "codeop",    "cProfile",  "profile", "trace",  "pydoc",
    "timeit", "doctest", "zipimport", "telnetlib", "smtplib", "ftplib",
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
    {"io", "open"}, /* as Python 3 names its own open */
    {"io", "open_code"},
    {"io", "FileIO"},
    {"_io", "open"},
    {"_io", "open_code"},
    {"_io", "FileIO"},
    {"codecs", "open"},
    {"types", "CodeType"},
    {"types", "FunctionType"},
    {"operator", "attrgetter"},
    {"operator", "methodcaller"},
    {"_operator", "attrgetter"},
    {"_operator", "methodcaller"},
    {"torch", "load"},
    {"torch.serialization", "load"},
    {"torch._utils", "_import_dotted_name"},
    {"torch.hub", "load"},
    {"torch.jit.unsupported_tensor_ops", "execWrapper"},
    {"numpy.testing._private.utils", "runstring"},
    {"numpy", "load"},
};

static bool is(const char *text, size_t length, const char *word)
{
    return strlen(word) == length && memcmp(text, word, length) == 0;
}

static bool is_among(const char *text, size_t length, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is(text, length, words[i]))
            return true;
    }
    return false;
}

static bool is_power(const char *text, size_t length)
{
    return is_among(text, length, powers, sizeof powers / sizeof *powers);
}

/* "os.system" in another module reaches os through that module's attributes, as do "os" alone,
 * which getattr is then told to search, and "utils.os.system". */
static bool reaches_harm(const char *name, size_t length)
{
    static const char *const all[] = {"builtins", "__builtin__", "__builtins__"};
    const char *end = name + length;
    for (;;) {
        const char *dot = memchr(name, '.', (size_t)(end - name));
        size_t part = (size_t)((dot == NULL ? end : dot) - name);
        if (is_power(name, part) || is_among(name, part, all, sizeof all / sizeof *all))
            return true;
        if (dot == NULL)
            return false;
        name = dot + 1;
    }
}

static bool is_harmful_module(const char *text, size_t length)
{
    const char *dot = memchr(text, '.', length);
    size_t first = dot == NULL ? length : (size_t)(dot - text);
    return is_power(text, first) ||
           is_among(text, first, packages, sizeof packages / sizeof *packages) ||
           is_among(text, length, modules, sizeof modules / sizeof *modules);
}

bool harmful_global(const char *module, size_t module_length, const char *name, size_t name_length)
{
    if (is_harmful_module(module, module_length) || reaches_harm(name, name_length))
        return true;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (is(module, module_length, functions[i][0]) && is(name, name_length, functions[i][1]))
            return true;
    }
    return false;
}
