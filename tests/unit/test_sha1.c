/* test_sha1.c - tests of rng/jax/sha1: the examples of FIPS 180, and messages of each length around
 * a block, whose digests were made with another program.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "rng/jax/sha1.h"

static void same(const char *message, size_t length, size_t times, const char *expected)
{
    sha1 h;
    uint8_t digest[SHA1_SIZE];
    char text[2 * SHA1_SIZE + 1];
    sha1_begin(&h);
    for (size_t i = 0; i < times; i++)
        sha1_add(&h, message, length);
    sha1_end(&h, digest);
    for (size_t i = 0; i < SHA1_SIZE; i++)
        snprintf(text + 2 * i, 3, "%02x", digest[i]);
    assert_string_equal(text, expected);
}

static void examples(void **state)
{
    (void)state;
    same("abc", 3, 1, "a9993e364706816aba3e25717850c26c9cd0d89d");
    same("", 0, 0, "da39a3ee5e6b4b0d3255bfef95601890afd80709");
    same("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, 1,
         "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
    same("a", 1, 1000000, "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
}

static void lengths_around_a_block(void **state)
{
    (void)state;
    static const struct {
        size_t length;
        const char *digest;
    } cases[] = {{55, "cef734ba81a024479e09eb5a75b6ddae62e6abf1"},
                 {56, "901305367c259952f4e7af8323f480d59f81335b"},
                 {63, "0ddc4e0cccd9a12850deb5abb0853a4425559fec"},
                 {64, "bb2fa3ee7afb9f54c6dfb5d021f14b1ffe40c163"},
                 {65, "78c741ddc482e4cdf8c474a0876347a0905b6233"},
                 {119, "4300320394f7ee239bcdce7d3b8bcee173a0cd5c"},
                 {120, "ceb2821639c4b6dcb10bce0e522ca2e608ce056d"},
                 {128, "150fa3fbdc899bd0b8f95a9fb6027f564d953762"}};
    for (size_t i = 0; i < COUNT(cases); i++)
        same("x", 1, cases[i].length, cases[i].digest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples),
        cmocka_unit_test(lengths_around_a_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
