#!/usr/bin/env python3
"""Writes ziggurat_tables.h: the layers of the ziggurat under the normal density.

The method is G. Marsaglia and W. W. Tsang, "The Ziggurat Method for Generating Random Variables",
Journal of Statistical Software 5(8), 2000, here with 256 layers of the area V and the tail from R
on. All is computed in double, each operation rounded by itself, since that is how NumPy's tables
were once made, of which each bit counts. One step is not: see below. So the result is compared
with the digests of NumPy's tables (numpy/random/src/distributions/ziggurat_constants.h).

Usage: ziggurat_tables.py > ziggurat_tables.h
"""
import hashlib
import math
import struct

LAYERS = 256
R = 3.6541528853610088  # where the tail begins
V = 0.0049286732339746519  # the area of each layer

DIGESTS = {
    'k64': '565295797825931547a1036f5b012a247be54abbe077c39fe06c8ed1e9d0a5a9',
    'w64': '33c6472209e1d09ea3548f0291e5e1ad67fb4f1d0305e9f1086689584b7bb7fa',
    'f64': 'acd898d9d87e212f657755ba43b21e40958090a7ff2103c9e79f4ea1b0fe2bc5',
    'k32': 'b00c1701b8ee9b5e5bb285bef552e979942af25328141d131b0ad8183643fd39',
    'w32': '7e876b6f831f031c494d3f21c00f1845928d7ba8984b207e08b3fcba766a67fd',
    'f32': '3ec75aef4fc5308b6f948d1fd8d0eef691a752eebbaa91914fc111948aea6ad8',
}


def layers():
    """The right ends x of the layers, and the density f there."""
    x, f = [0.0] * LAYERS, [0.0] * LAYERS
    x[255] = R
    f[255] = math.exp(-0.5 * R * R)
    for i in range(254, 0, -1):
        x[i] = math.sqrt(-2.0 * math.log(f[i + 1] + V / x[i + 1]))
        f[i] = math.exp(-0.5 * x[i] * x[i])
        if i == 38:  # all but in the middle between two doubles: rounded up once, down today
            f[i] = math.nextafter(f[i], 1.0)
    x[0] = V / f[255]
    f[0] = 1.0
    return x, f


def shorter(value):
    """To float32."""
    return struct.unpack('<f', struct.pack('<f', value))[0]


def tables():
    x, f = layers()
    q = [R * f[255] / V, 0.0] + [x[i - 1] / x[i] for i in range(2, LAYERS)]
    return {
        'k64': [round(v * 2.0**52) for v in q],
        'w64': [v / 2.0**52 for v in x],
        'f64': f,
        'k32': [round(v * 2.0**23) for v in q],
        'w32': [shorter(v / 2.0**23) for v in x],
        'f32': [shorter(v) for v in f],
    }


def print_table(name, values):
    form = {'k64': '<Q', 'k32': '<I', 'w64': '<d', 'f64': '<d', 'w32': '<f', 'f32': '<f'}[name]
    packed = b''.join(struct.pack(form, v) for v in values)
    assert hashlib.sha256(packed).hexdigest() == DIGESTS[name], name
    kind = {'Q': 'uint64_t', 'I': 'uint32_t', 'd': 'double', 'f': 'float'}[form[1]]
    texts = [hex(v) if isinstance(v, int) else v.hex() + ('f' if kind == 'float' else '')
             for v in values]
    print(f'static const {kind} ziggurat_{name}[{LAYERS}] = {{')
    each = 5 if name == 'k64' else 8 if name == 'k32' else 4
    for i in range(0, LAYERS, each):
        print('    ' + ' '.join(text + ',' for text in texts[i:i + each]))
    print('};')


def main():
    print('/* ziggurat_tables.h - the layers of the ziggurat under the normal density.')
    print(' * Written by ziggurat_tables.py, which says where they come from and checks them.')
    print(' * SPDX-License-Identifier: MIT */')
    print('#ifndef TOKVEC_RNG_NUMPY_ZIGGURAT_TABLES_H')
    print('#define TOKVEC_RNG_NUMPY_ZIGGURAT_TABLES_H\n')
    print('#include <stdint.h>\n')
    print('/* For double and for float: an integer below k[i] lies in layer i for sure; times w[i] it')
    print(' * is a number there, in which f[i] is the density at the right end. */')
    print('/* clang-format off */')
    for name, values in tables().items():
        print_table(name, values)
    print('/* clang-format on */\n\n#endif')


if __name__ == '__main__':
    main()
