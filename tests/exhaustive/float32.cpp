/* float32.cpp - every float32 there is, against std::to_chars.
 * Shortest digits of all 2^32 bit patterns in rows, and of those without a sign alone; by hand.
 * SPDX-License-Identifier: MIT */
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

extern "C" {
#include "text/decimals.h"
}

static float float_of(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, 4);
    return value;
}

/* The text that NumPy would print of a value without a sign. The library lays short numbers out
 * alike; from 10^7 on, where its positional layout has all digits of the value, its scientific one
 * is unfolded. */
static size_t expected(uint32_t bits, char *out)
{
    float value = float_of(bits);
    if (value != value || value > 3.4028235e38f) {
        memcpy(out, value != value ? "nan" : "inf", 3);
        return 3;
    }
    if (value != 0 && (double{value} < 1e-4 || double{value} >= 1e16))
        return size_t(std::to_chars(out, out + 60, value, std::chars_format::scientific).ptr - out);
    if (value < 1e7f) {
        char *end = std::to_chars(out, out + 60, value, std::chars_format::fixed).ptr;
        if (memchr(out, '.', size_t(end - out)) == nullptr)
            end = (char *)memcpy(end, ".0", 2) + 2;
        return size_t(end - out);
    }
    char text[60];
    char *end = std::to_chars(text, text + 60, value, std::chars_format::scientific).ptr;
    char *e = (char *)memchr(text, 'e', size_t(end - text));
    size_t exponent = size_t(e[2] - '0') * 10 + size_t(e[3] - '0');
    size_t digits = 0;
    for (const char *c = text; c < e; c++)
        if (*c != '.')
            out[digits++] = *c;
    if (digits <= exponent + 1) {
        memset(out + digits, '0', exponent + 1 - digits);
        memcpy(out + exponent + 1, ".0", 2);
        return exponent + 3;
    }
    memmove(out + exponent + 2, out + exponent + 1, digits - exponent - 1);
    out[exponent + 1] = '.';
    return digits + 1;
}

enum { AT_ONCE = 1024 };

struct check {
    uint64_t wrong = 0;

    void compare(const char *what, uint32_t bits, const char *text, size_t length,
                 const char *wanted, size_t wanted_length)
    {
        if (length == wanted_length && memcmp(text, wanted, length) == 0)
            return;
        if (wrong++ < 20)
            printf("%08x %s: %.*s, not %.*s\n", bits, what, int(length), text, int(wanted_length),
                   wanted);
    }

    /* The patterns from `first` on, below 2^31, and those with a sign. */
    void block(uint32_t first)
    {
        static thread_local float plus[AT_ONCE], minus[AT_ONCE];
        static thread_local char row[2][AT_ONCE * DECIMAL_FLOAT32_MAX + DECIMAL_ROOM];
        for (uint32_t i = 0; i < AT_ONCE; i++) {
            plus[i] = float_of(first + i);
            minus[i] = float_of(first + i + 0x80000000);
        }
        decimal_float32s(plus, AT_ONCE, ",", 1, row[0]);
        decimal_float32s(minus, AT_ONCE, ", ", 2, row[1]);
        const char *p = row[0], *m = row[1];
        for (uint32_t i = 0; i < AT_ONCE; i++) {
            char signed_text[80] = "-", single[DECIMAL_ROOM];
            char *wanted = signed_text + 1;
            size_t length = expected(first + i, wanted);
            bool nan = first + i > 0x7f800000;
            memcpy(wanted + length, ", ", 2);
            compare("in a row", first + i, p, length + 1, wanted, length + 1);
            compare("in a row, negative", first + i, m, length + 2 + !nan,
                    nan ? wanted : signed_text, length + 2 + !nan);
            compare("alone", first + i, single, decimal_float32(plus[i], single), wanted, length);
            p += length + 1;
            m += length + 2 + !nan;
        }
    }
};

enum : uint64_t { BLOCKS = (uint64_t{1} << 31) / AT_ONCE, PARTS = 32 };

/* Argument: the number of threads. Each part has blocks of all exponents, so that a run that is cut
 * short still tells something. */
int main(int argc, char **argv)
{
    unsigned threads = argc > 1 ? unsigned(atoi(argv[1])) : std::thread::hardware_concurrency();
    std::vector<check> checks(threads);
    uint64_t wrong = 0;
    for (uint64_t part = 0; part < PARTS; part++) {
        std::vector<std::thread> running;
        for (unsigned t = 0; t < threads; t++)
            running.emplace_back([&checks, part, t, threads] {
                for (uint64_t b = part + PARTS * t; b < BLOCKS; b += PARTS * threads)
                    checks[t].block(uint32_t(b * AT_ONCE));
            });
        for (std::thread &thread : running)
            thread.join();
        wrong = 0;
        for (const check &c : checks)
            wrong += c.wrong;
        printf("part %d of %d: %llu texts are wrong so far\n", int(part + 1), int{PARTS},
               (unsigned long long)wrong);
        fflush(stdout);
    }
    return wrong > 0;
}
