#!/usr/bin/env python3
"""seed_jax.py - random tables of jax.random and, where it is installed, Flax, bit for bit.

Keys, distributions, dtypes, shapes, factors, jit, both arrangements of the random bits. With
--inputs also so many values of float32 normals that each of the 2^23 possible ones occurs, which
is checked. JAX must run on a processor with fused multiplication and addition.
Usage: seed_jax.py --program PROGRAM [--cases N] [--seed N] [--inputs]
"""
import os
import sys

os.environ.setdefault('JAX_PLATFORMS', 'cpu')
ALL_INPUTS = '--inputs' in sys.argv
sys.argv = [a for a in sys.argv if a != '--inputs']
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import parity  # noqa: E402

jax, np = parity.originals('jax', 'numpy')
try:
    import flax
    from flax import linen, nnx
except ImportError:
    flax = None

RELEASE = jax.__version__
PARTITIONABLE = {True: 'partitionable', False: 'original'}


def shape_of(rng):
    return rng.choice([(1, 1), (5, 3), (rng.randint(1, 40), rng.randint(1, 40)),
                       (rng.randint(1, 3), rng.randint(1, 3000)), (rng.randint(1, 2000), 1),
                       (rng.randint(500, 900), rng.choice([48, 64, 99]))])


def number(rng):
    return rng.choice([0.02, 0.5, 1.0, -0.3, rng.uniform(-3, 3), 10 ** rng.uniform(-6, 6),
                       1 + 2**-8 + 2**-30, 1 + 2**-11 + 2**-30, 2, 3])


class Nest(linen.Module if flax else object):
    """Modules within one another, the innermost an Embed."""
    if flax:
        names: tuple
        rows: int
        dim: int
        options: dict

        @linen.compact
        def __call__(self, ids):
            if len(self.names) == 1:
                return linen.Embed(self.rows, self.dim, name=self.names[0], **self.options)(ids)
            return Nest(self.names[1:], self.rows, self.dim, self.options, name=self.names[0])(ids)


def seed_of(rng, wide):
    return rng.choice([0, 1, 42, rng.getrandbits(31), rng.getrandbits(32), rng.getrandbits(63),
                       -rng.getrandbits(63), -1, 2**63 - 1, -2**63])


def derive(rng, key):
    words = []
    for _ in range(rng.choice([0, 0, 0, 1, 2, 3])):
        if rng.random() < 0.5:
            n = rng.choice([1, 2, 3, 5, 8, 100])
            i = rng.randrange(n)
            key = jax.random.split(key, n)[i]
            step = f'split:{i}/{n}'
        else:
            data = rng.choice([0, 1, 7, 2**32 - 1, rng.getrandbits(32)])
            key = jax.random.fold_in(key, np.uint32(data))
            step = f'fold_in:{data}'
        if words and rng.random() < 0.5:
            words[-1] += ',' + step
        else:
            words += ['--jax-key', step]
    return key, words


def jax_case(rng, key, shape, dtype):
    """What is called with a key, and the options."""
    kind = rng.choice(['normal', 'normal', 'uniform', 'uniform01', 'truncated_normal'])
    if kind == 'uniform':
        low, high = sorted([number(rng), number(rng)])
        if dtype == 'float16':  # which ends at 65504
            low, high = max(low, -9.0), min(high, 9.0)
        low, high = rng.choice([(low, high), (low, high), (0, high) if high > 0 else (low, 0),
                                (0.1, 1.1), (-0.05, 0.05), (-0.0, 0.5)])
        words = ['--init', f'uniform:{low!r},{high!r}']

        def call(k):
            return jax.random.uniform(k, shape, dtype, low, high)
    elif kind == 'uniform01':
        words = ['--init', 'uniform']

        def call(k):
            return jax.random.uniform(k, shape, dtype)
    elif kind == 'truncated_normal':
        words = ['--init', kind]

        def call(k):
            return jax.random.truncated_normal(k, -2, 2, shape, dtype)
    else:
        words = rng.choice([[], ['--init', kind]])

        def call(k):
            return jax.random.normal(k, shape, dtype)
    return call, words, kind


def times(rng, call, words, dtype, jit_alone):
    """The call, multiplied by a factor or not, under jit or not."""
    if rng.random() < 0.5:
        c = number(rng)
        if dtype == 'float16' and abs(c) > 1000:
            c = 3.5
        jit = rng.random() < 0.5

        def multiplied(k):
            return call(k) * c
        words = words + ['--times', repr(c)] + (['--jit'] if jit else [])
        return (jax.jit(multiplied) if jit else multiplied), words
    if jit_alone and rng.random() < 0.3:
        return jax.jit(call), words + ['--jit']
    return call, words


def random_case(run):
    rng = run.random
    dtype = rng.choice(['float32', 'float32', 'float32', 'float64', 'bfloat16', 'float16'])
    kind = rng.choice(['jax', 'jax', 'jax', 'bits'] + (['flax', 'nnx'] if flax else []))
    if kind == 'bits':
        dtype = rng.choice(['uint8', 'uint16', 'uint32', 'uint64'])
    wide = dtype in ('float64', 'uint64')
    partitionable = rng.random() < 0.5
    jax.config.update('jax_enable_x64', wide)
    jax.config.update('jax_threefry_partitionable', partitionable)
    seed, shape = seed_of(rng, wide), shape_of(rng)
    key, words = derive(rng, jax.random.key(seed))
    words += ['--seed', str(seed), '-n', str(shape[0]), '-d', str(shape[1]), '--dtype', dtype]
    if kind in ('jax', 'bits'):
        words += ['--rng', 'jax' if partitionable else 'jax-original', '--jax', RELEASE]
    else:
        words += ['--rng', kind, '--jax', f'{RELEASE}:{PARTITIONABLE[partitionable]}']
    if kind == 'bits':
        words += ['--init', 'bits']
        return words, jax.random.bits(key, shape, dtype)
    if kind == 'jax':
        call, more, which = jax_case(rng, key, shape, dtype)
        call, more = times(rng, call, more, dtype, which == 'uniform')
        return words + more, call(key)
    return flax_case(rng, kind, key, shape, dtype, words)


def flax_case(rng, kind, key, shape, dtype, words):
    options = {'param_dtype': dtype}
    how = rng.choice([None, None, 'normal', 'uniform', 'truncated_normal'])
    if how is not None:
        scale = rng.choice([None, 0.02, abs(number(rng))])
        if scale is not None and dtype == 'float16':
            scale = min(scale, 1000.0)
        words = words + ['--init', how if scale is None else f'{how}:{scale!r}']
        make = getattr(jax.nn.initializers, how)
        options['embedding_init'] = make() if scale is None else make(scale)
    if kind == 'nnx':
        before = rng.choice([0, 0, 1, 2, 5])
        words = words + (['--call', str(before)] if before or rng.random() < 0.5 else [])

        def call_nnx(k):
            rngs = nnx.Rngs(k)
            for _ in range(before):
                nnx.Embed(1, 1, rngs=rngs)
            return nnx.Embed(*shape, rngs=rngs, **options).embedding[...]
        call, words = times(rng, call_nnx, words, dtype, True)
        return words, call(key)
    names = tuple(rng.choice(['wte', 'blk', 'pos', 'Embed_0', 'h_11', 'größe', 'x' * 70, 'a b'])
                  for _ in range(rng.choice([0, 1, 1, 2, 3, 4])))
    model = Nest(names, *shape, options) if names else linen.Embed(*shape, **options)
    words = words + (['--path', '/'.join(names)] if names else [])

    def call(k):
        found = model.init(k, np.zeros(1, np.int32))['params']
        for name in names:
            found = found[name]
        return found['embedding']
    call, words = times(rng, call, words, dtype, True)
    return words, call(key)


def compare(run, words, wanted):
    got = run.output('weight', '-f', 'raw', *words)
    run.equal(got, np.asarray(wanted).tobytes(), ' '.join(words))


def all_inputs(run):
    """Tables of float32 normals in which each possible fraction occurs."""
    jax.config.update('jax_enable_x64', False)
    jax.config.update('jax_threefry_partitionable', True)
    seen = np.zeros(2**23, bool)
    values = 0
    while not seen.all():
        seed = run.random.getrandbits(32)
        key = jax.random.key(seed)
        shape = (16384, 1024)
        seen[np.asarray(jax.random.bits(key, shape)).ravel() >> 9] = True
        words = ['--rng', 'jax', '--jax', RELEASE, '--seed', str(seed), '-n', str(shape[0]), '-d',
                 str(shape[1])]
        compare(run, words, jax.random.normal(key, shape))
        values += shape[0] * shape[1]
    print(f'{values} normals, all {len(seen)} inputs', flush=True)


def main():
    run = parity.Run(300)
    print(f'JAX {RELEASE}' + (f', Flax {flax.__version__}' if flax else ''), flush=True)
    if ALL_INPUTS:
        all_inputs(run)
    for _ in range(run.cases):
        words, wanted = random_case(run)
        compare(run, words, wanted)
    run.end()


main()
