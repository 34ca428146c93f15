#!/usr/bin/env python3
"""test_seed_values.py - tables that other libraries have drawn, of which tests/data/seeds/*.txt has
the SHA-256 and two values.

Each line is a digest of all bytes in row-major order, the bits of the first and of the last value,
and the options of the same table. Each is made whole, on the processor's best level and on the
lowest one, and in rows of any order. Usage: test_seed_values.py --program PROGRAM
"""
import argparse
import hashlib
import os
import pathlib
import random
import subprocess
import sys

from every import every

DATA = pathlib.Path(__file__).resolve().parent.parent / 'data' / 'seeds'
LEVELS = (None, 'baseline')


def run(program, words, level):
    environment = dict(os.environ)
    environment.pop('TOKVEC_CPU', None)
    if level is not None:
        environment['TOKVEC_CPU'] = level
    done = subprocess.run([program, *words], env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    return done.stdout if done.returncode == 0 and done.stderr == b'' else done.stderr


def bits(value):
    """The value's bytes as a number, in hexadecimal."""
    return value[::-1].hex()


def whole_is_right(program, options, digest, first, last, level):
    whole = run(program, ['weight', '-f', 'raw', *options], level)
    if hashlib.sha256(whole).hexdigest() == digest:
        return whole
    size = len(first) // 2
    print(f'{" ".join(options)} (level {level}): not {first} ... {last} but '
          f'{bits(whole[:size])} ... {bits(whole[-size:])}, {len(whole)} bytes: {whole[:200]}')
    return None


def rows_are_right(program, options, whole, rng, level):
    rows = int(options[options.index('-n') + 1])
    size = len(whole) // rows
    ids = [rng.randrange(rows) for _ in range(20)] + [rows - 1, 0]
    got = run(program, ['-f', 'raw', *options, *map(str, ids)], level)
    wanted = b''.join(whole[i * size:(i + 1) * size] for i in ids)
    if got != wanted:
        print(f'{" ".join(options)} (level {level}): rows {ids} are not those of the whole')
    return got == wanted


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--program', required=True)
    parser.add_argument('--seed', type=int, default=random.SystemRandom().getrandbits(32))
    parser.add_argument('files', nargs='*')
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.program)
    rng = random.Random(arguments.seed)
    total = failed = 0
    for file in arguments.files or sorted(DATA.glob('*.txt')):
        lines = pathlib.Path(file).read_text().splitlines()
        for line in every(line for line in lines if not line.startswith('#')):
            digest, first, last, *options = line.split()
            for level in LEVELS:
                total += 1
                whole = whole_is_right(program, options, digest, first, last, level)
                if whole is None or not rows_are_right(program, options, whole, rng, level):
                    failed += 1
    print(f'{total} tables, {failed} wrong (--seed {arguments.seed})')
    sys.exit(failed > 0 or total == 0)


main()
