/* library.c - shared libraries that are loaded where they are needed.
 * See library.h.
 * SPDX-License-Identifier: MIT */
#include "base/library.h"

#include <pthread.h>
#include <string.h>

#ifdef TOKVEC_LATE_LIBRARIES
#include <dlfcn.h>

/* The loader tells only in words what was wrong. */
static bool refuse(tokvec_error *err)
{
    const char *why = dlerror();
    bool missing = why != NULL && strstr(why, "No such file") != NULL;
    bool damaged = why != NULL && (strstr(why, "too short") != NULL || strstr(why, "ELF") != NULL ||
                                   strstr(why, "undefined symbol") != NULL);
    bool memory = why == NULL || strstr(why, "memory") != NULL;
    error_set(err, memory ? TOKVEC_NO_MEMORY : TOKVEC_SYSTEM, "cannot load a library (%s)",
              why == NULL ? "out of memory" : why);
    return error_hint(err, "%s",
                      missing   ? "install it"
                      : damaged ? "install it again"
                                : "free some memory, or install it again");
}

static bool load(library *lib, tokvec_error *err)
{
    void *handle = dlopen(lib->file, RTLD_LAZY | RTLD_LOCAL);
    if (handle == NULL)
        return refuse(err);
    for (size_t i = 0; i < lib->count; i++) {
        void *address = dlsym(handle, lib->names[i]);
        if (address == NULL)
            return refuse(err);
        memcpy((char *)lib->addresses + i * sizeof address, &address, sizeof address);
    }
    return true;
}
#else
static bool load(library *lib, tokvec_error *err)
{
    (void)lib;
    (void)err;
    return true;
}
#endif

bool library_load(library *lib, tokvec_error *err)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    if (atomic_load_explicit(&lib->loaded, memory_order_acquire))
        return true;
    pthread_mutex_lock(&lock);
    if (!lib->loaded && load(lib, err))
        lib->loaded = true;
    bool loaded = lib->loaded;
    pthread_mutex_unlock(&lock);
    return loaded;
}
