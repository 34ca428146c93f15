/* unit.h - what every unit test includes.
 * cmocka with the headers that it expects to come before it, in an order that no formatter changes.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TESTS_UNIT_H
#define TOKVEC_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tokvec.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The tensor of that name; the token embedding for NULL. */
static inline const tokvec_tensor *find_tensor(tokvec_weights *weights, const char *name,
                                               tokvec_error *err)
{
    return name == NULL ? tokvec_weights_embedding(weights, err)
                        : tokvec_weights_find(weights, name, err);
}

#endif
