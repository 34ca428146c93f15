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

#define COUNT(array) (sizeof(array) / sizeof *(array))

#endif
