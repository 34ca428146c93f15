/* memory.h - how much memory the program may fill.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_BASE_MEMORY_H
#define TOKVEC_BASE_MEMORY_H

#include <stdint.h>

/* Half of what there is, in bytes: of the machine's memory, or of what the program's group or its
 * limits leave it. Nobody whose size is not known beforehand, and may have no end, is given more.
 */
uint64_t memory_half(void);

#endif
