/* pcg64_leap.h - states of PCG64, and steps from one to others.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_NUMPY_PCG64_LEAP_H
#define TOKVEC_RNG_NUMPY_PCG64_LEAP_H

__extension__ typedef unsigned __int128 pcg64_state;

/* One step or several at once: state * factor + sum. */
typedef struct pcg64_leap {
    pcg64_state factor, sum;
} pcg64_leap;

static inline pcg64_state pcg64_after(pcg64_leap leap, pcg64_state state)
{
    return state * leap.factor + leap.sum;
}

static inline pcg64_leap pcg64_twice(pcg64_leap leap)
{
    return (pcg64_leap){leap.factor * leap.factor, pcg64_after(leap, leap.sum)};
}

#endif
