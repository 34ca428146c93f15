/* decimals.c - many numbers to decimal text at once.
 * See decimals.h. Eight at a time where the processor can, the rest one by one.
 * SPDX-License-Identifier: MIT */
#include "text/decimals.h"

#include "base/dispatch.h"
#include "text/decimal_avx2.h"
#include "text/decimal_avx2_aligned.h"

#include <string.h>

size_t decimal_float32s(const float *values, size_t n, const char separator[2],
                        size_t separator_length, char *out)
{
    size_t done = 0, length = 0;
#ifdef DISPATCH_HAVE_AVX2
    if (dispatch_level() >= DISPATCH_AVX2) {
        length = decimal_avx2_float32s(values, n, separator, separator_length, out);
        done = n - n % 8;
    }
#endif
    for (; done < n; done++) {
        length += decimal_float32(values[done], out + length);
        memcpy(out + length, separator, 2);
        length += separator_length;
    }
    return length;
}

bool decimal_aligned(const float *values, size_t n, decimal_notation notation, int precision,
                     size_t width, char *out)
{
    size_t done = 0;
    if (precision < 0 || precision > 9 || width < 1 || width > DECIMAL_WIDTH_MAX)
        return false;
#ifdef DISPATCH_HAVE_AVX2
    if (dispatch_level() >= DISPATCH_AVX2 && decimal_avx2_can_align(notation, precision)) {
        if (!decimal_avx2_aligned(values, n, notation, precision, width, out))
            return false;
        done = n - n % 8;
    }
#endif
    for (; done < n; done++) {
        if (!decimal_aligned_one(values[done], notation, precision, width,
                                 out + done * (width + 2)))
            return false;
    }
    return true;
}
