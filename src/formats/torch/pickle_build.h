/* pickle_build.h - containers, globals and objects.
 * What the opcodes make of values that lie on the stack. For the files of pickles alone.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_TORCH_PICKLE_BUILD_H
#define TOKVEC_FORMATS_TORCH_PICKLE_BUILD_H

#include "formats/torch/pickle_machine.h"

/* A container of the last n values, or of those above the last mark, in their place. */
bool pickle_gather_last(pickle_machine *m, pickle_kind kind, size_t n);
bool pickle_gather_marked(pickle_machine *m, pickle_kind kind);

/* Puts what lies on the stack from `first` on, or above the last mark, into the container below it:
 * items of a list, or pairs of a dict. An object keeps them in a container of its own. */
bool pickle_put_into(pickle_machine *m, pickle_kind kind, size_t first);
bool pickle_put_marked(pickle_machine *m, pickle_kind kind);

/* A global whose module and name are the next two lines, or the last two values. Refuses those that
 * only an attack would name. */
bool pickle_read_global(pickle_machine *m);
bool pickle_stack_global(pickle_machine *m);

/* The object that Python would get by calling: the callable lies below its arguments. */
bool pickle_call(pickle_machine *m, size_t arguments);

/* The last value becomes the state of the object below it. */
bool pickle_build(pickle_machine *m);

#endif
