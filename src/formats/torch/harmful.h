/* harmful.h - names that only an attack would put into a model file.
 * Nothing named in a pickle is ever called here, so that this list keeps no one safe: it is there
 * so that a file made to attack other readers is not taken for a model.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_TORCH_HARMFUL_H
#define TOKVEC_FORMATS_TORCH_HARMFUL_H

#include <stdbool.h>
#include <stddef.h>

/* Names need no final NUL. */
bool harmful_global(const char *module, size_t module_length, const char *name, size_t name_length);

#endif
