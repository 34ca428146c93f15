/* at_level.c - runs a command as on a processor of a lower level.
 * usage: at_level baseline|avx2|avx512 COMMAND [ARGUMENT]...
 * Exits with status 77, which ctest reports as skipped, where this processor lacks the level.
 * SPDX-License-Identifier: MIT */
#include "base/dispatch.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    enum { USAGE = 2, SKIPPED = 77 };
    enum dispatch_level wanted;
    if (argc < 3 || !dispatch_named(argv[1], &wanted)) {
        fputs("usage: at_level baseline|avx2|avx512 COMMAND [ARGUMENT]...\n", stderr);
        return USAGE;
    }
    unsetenv("TOKVEC_CPU");
    if (dispatch_level() < wanted) {
        printf("skipped: this processor has no %s\n", argv[1]);
        return SKIPPED;
    }
    setenv("TOKVEC_CPU", argv[1], 1);
    execvp(argv[2], argv + 2);
    perror(argv[2]);
    return USAGE;
}
