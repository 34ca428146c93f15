/* exact_cases.h - made by exact_cases.py.
 * SPDX-License-Identifier: MIT */
/* clang-format off */
enum { CASE_NUMBERS = 40 };
static const struct exact_case {
    unsigned low, size, cancels;
    double sum, mean, products, variance, deviation;
} exact_cases[] = {
    {0, 2047, 0, -0x1.deb3e2027d17ap+999, -0x1.7ef64e686412ep+994, INFINITY, INFINITY, 0x1.2ef29320e3659p+997},
    {0, 2047, 1, 0x1.aff171a9fae42p+558, 0x1.598df487fbe9bp+553, INFINITY, INFINITY, 0x1.6347bac64f9eap+1017},
    {0, 60, 0, -0x1.74fa71d3907b9p-968, -0x1.2a61f4a94062dp-973, 0x0.0p+0, 0x0.0p+0, 0x1.9658f0b7db22fp-969},
    {0, 2, 0, 0x1.aef31f824b29ap-1021, 0x0.158c27f9b6f54p-1022, -0x0.0p+0, 0x0.0p+0, 0x1.189f391cd047bp-1022},
    {1000, 40, 0, 0x1.1bb01aae8087cp+18, 0x1.c5e69117340c6p+12, 0x1.d002fe5749b38p+26, 0x1.c971a89a1b726p+29, 0x1.e3f42eb836e99p+14},
    {1000, 40, 1, 0x1.15a2612c6bd20p+15, 0x1.bc3701e0ac833p+9, -0x1.06a8ac015d14ep+25, 0x1.e28ff2c17cd0cp+24, 0x1.5f7a103f73b68p+12},
    {1023, 1, 0, -0x1.8f6493e76381ap+2, -0x1.3f83a985e9348p-3, -0x1.89c98436a0134p+2, 0x1.105ca0dc6fcb8p+1, 0x1.756dd656b33c2p+0},
    {1023, 1, 1, -0x1.deee0b55faef0p-4, -0x1.7f24d5de6258dp-9, -0x1.a9886d2b56a21p+3, 0x1.2009b054293e0p+1, 0x1.8006757f88dbfp+0},
    {1400, 3, 1, -0x1.636c05ee0797ap+380, -0x1.1c566b24d2dfbp+375, 0x1.1b04bc9f371edp+758, 0x1.11aa8dae3d0ecp+758, 0x1.08af8e33a4968p+379},
    {1980, 60, 0, 0x1.77d22623a8ffep+1015, 0x1.2ca81e82ed998p+1010, -INFINITY, INFINITY, 0x1.039302a1dae87p+1014},
    {2030, 17, 1, 0x1.0ed85e25f506bp+1015, 0x1.b15a303cbb3dfp+1009, INFINITY, INFINITY, 0x1.a4bbb95c4007dp+1021},
    {500, 30, 0, 0x1.4a20fd8524f2ap-493, 0x1.081a646a83f55p-498, 0x1.0c9d78feb97e6p-990, 0x1.f22e21f6ff33cp-994, 0x1.651e84c735a78p-497},
};
