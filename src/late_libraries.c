/* late_libraries.c - libcjson, loaded when the first of their functions is called.
 * Most runs call none of them, and loading it takes longer than such a run does.
 * SPDX-License-Identifier: MIT */
#include <cjson/cJSON.h>
#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Each function here has the name and the type of one of theirs, and passes its arguments on. Only
 * the program is linked with this file (CMake: TOKVEC_LATE_LIBRARIES), and then not with the
 * libraries; without it, it is linked as usual, and nothing else changes. */

#define TEXT_OF(x)  #x
#define TEXT(x)     TEXT_OF(x)
#define LIBCJSON_SO "libcjson.so." TEXT(CJSON_VERSION_MAJOR)

/* The address of a function. Libraries stay loaded; loading one twice gives the same one. One that
 * is missing ends the program, as it would have at the start of one that was linked with it. */
static void *find(const char *library, const char *name)
{
    void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
    void *address = handle == NULL ? NULL : dlsym(handle, name);
    if (address == NULL) {
        const char *why = dlerror();
        bool damaged =
            why != NULL && (strstr(why, "too short") != NULL || strstr(why, "ELF") != NULL);
        bool missing = why != NULL && strstr(why, "No such file") != NULL;
        fprintf(stderr, "tokvec: cannot load a library (%s); %s\n", why,
                missing   ? "install it"
                : damaged ? "install it again"
                          : "free some memory, or install it again");
        _exit(2);
    }
    return address;
}

/* Threads may come here at the same time: they find the same address. */
#define FIND(library, type, name, parameters)                                 \
    static type(*address) parameters;                                         \
    type(*function) parameters = __atomic_load_n(&address, __ATOMIC_RELAXED); \
    if (function == NULL) {                                                   \
        *(void **)&function = find(library, #name);                           \
        __atomic_store_n(&address, function, __ATOMIC_RELAXED);               \
    }

#define LATE(library, type, name, parameters, ...) \
    type name parameters                           \
    {                                              \
        FIND(library, type, name, parameters)      \
        return function(__VA_ARGS__);              \
    }

#define LATE_VOID(library, name, parameters, ...) \
    void name parameters                          \
    {                                             \
        FIND(library, void, name, parameters)     \
        function(__VA_ARGS__);                    \
    }

/* clang-format off */
LATE(LIBCJSON_SO, cJSON *, cJSON_ParseWithLength, (const char *text, size_t size), text, size)
LATE_VOID(LIBCJSON_SO, cJSON_Delete, (cJSON *item), item)
LATE(LIBCJSON_SO, int, cJSON_GetArraySize, (const cJSON *array), array)
LATE(LIBCJSON_SO, char *, cJSON_GetStringValue, (const cJSON *item), item)
LATE(LIBCJSON_SO, cJSON_bool, cJSON_Compare, (const cJSON *a, const cJSON *b, cJSON_bool exactly),
     a, b, exactly)
LATE(LIBCJSON_SO, cJSON *, cJSON_GetObjectItemCaseSensitive,
     (const cJSON *object, const char *name), object, name)
LATE(LIBCJSON_SO, cJSON *, cJSON_GetArrayItem, (const cJSON *array, int index), array, index)
LATE(LIBCJSON_SO, cJSON_bool, cJSON_IsFalse, (const cJSON *item), item)
LATE(LIBCJSON_SO, cJSON_bool, cJSON_IsNull, (const cJSON *item), item)
LATE(LIBCJSON_SO, cJSON_bool, cJSON_IsArray, (const cJSON *item), item)
LATE(LIBCJSON_SO, cJSON_bool, cJSON_IsBool, (const cJSON *item), item)
LATE(LIBCJSON_SO, cJSON_bool, cJSON_IsNumber, (const cJSON *item), item)
LATE(LIBCJSON_SO, cJSON_bool, cJSON_IsObject, (const cJSON *item), item)
LATE(LIBCJSON_SO, cJSON_bool, cJSON_IsString, (const cJSON *item), item)
LATE(LIBCJSON_SO, cJSON_bool, cJSON_IsTrue, (const cJSON *item), item)

/* clang-format on */
