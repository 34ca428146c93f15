"""The .npy files of NumPy, both ways, and --as conversions against NumPy and PyTorch."""
import io
import json
import math
import struct
from fractions import Fraction

import parity

run = parity.Run(cases=150)
(numpy,) = parity.originals("numpy")
try:
    import torch
except ImportError:
    torch = None  # bfloat16 is then rounded here, by the definition

DTYPES = ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?")


def random_array(rng, dtype, shape):
    """All bit patterns are equally likely, nans with payload among them."""
    dtype = numpy.dtype(dtype)
    data = rng.randbytes(int(numpy.prod(shape, dtype=int)) * dtype.itemsize)
    if dtype == bool:
        data = bytes(byte & 1 for byte in data)
    return numpy.frombuffer(data, dtype).reshape(shape)


def bits(array):
    return array.dtype.newbyteorder("=").str, array.shape, array.tobytes()


def write(array, version):
    path = run.path("array.npy")
    with open(path, "wb") as file:
        numpy.lib.format.write_array(file, array, version)
    return path


# ---------------------------------------------------------------- there and back

def there_and_back(rng):
    dtype = rng.choice("<>") + rng.choice(DTYPES)
    shape = rng.choice(((), (rng.randrange(9),), (rng.randrange(1, 40), rng.randrange(30)),
                        (rng.randrange(1, 5), rng.randrange(600)), (1, 1), (300, 300)))
    array = random_array(rng, dtype, shape)
    if shape and rng.random() < 0.4:
        array = numpy.asfortranarray(array)
    version = rng.choice(((1, 0), (2, 0), (3, 0)))
    path = write(array, version)
    case = f"{dtype} {shape} fortran={array.flags.f_contiguous} version={version}"
    matrix = array if len(shape) == 2 else array.reshape(1, -1)
    native = matrix.astype(matrix.dtype.newbyteorder("="))
    got = run.output("weight", "-w", path, "-f", "npy")
    run.equal(bits(load(got)), bits(native), case)
    run.equal(run.output("weight", "-w", path, "-f", "raw"), native.tobytes(), case)
    ids = numpy.array([rng.randrange(len(matrix)) for _ in range(6)])
    ids = ids.reshape(rng.choice(((6,), (2, 3), (1, 3, 2))))
    got = run.output("-w", path, "-f", "npy", stdin=str(ids.tolist()).encode())
    run.equal(bits(load(got)), bits(native[ids]), f"{case} {ids.tolist()}")
    listed = json.loads(run.output("list", path, "-f", "json"))["tensors"]
    run.equal([(t["shape"], t["dtype"]) for t in listed], [(list(shape), native.dtype.name)], case)


def load(data):
    try:
        return numpy.load(io.BytesIO(data), allow_pickle=False)
    except ValueError:
        return numpy.array(data.decode(errors="replace"))  # a message; equals nothing


# ---------------------------------------------------------------- conversions

def bfloat16_bits(value):
    """The pattern of a number rounded once, to nearest, ties to even; None for nan."""
    if value != value:
        return None
    sign = 0x8000 if math.copysign(1, value) < 0 else 0
    if value in (0, math.inf, -math.inf):
        return sign | (0x7F80 if value else 0)
    exact = abs(Fraction(value))
    exponent = exact.numerator.bit_length() - exact.denominator.bit_length()
    if Fraction(2) ** exponent > exact:
        exponent -= 1
    exponent = max(exponent, -126)
    units = round(exact / Fraction(2) ** (exponent - 7))
    return sign | min(((exponent + 126) << 7) + units, 0x7F80)


def hard_values():
    """Ties, neighbours of ties, subnormals, limits of each narrow format, and specials."""
    values = [0.0, -0.0, numpy.inf, -numpy.inf, numpy.nan, 65504.0, 65519.99, 65520.0, 65536.0,
              2.0**-24, 2.0**-25, 2.0**-25 * (1 + 2**-40), 3 * 2.0**-26, 6.1e-5, 5.96e-8, 2.0**-14,
              2.0**-126, 2.0**-133, 2.0**-134, 3 * 2.0**-134, 2.0**-149, 2.0**-150, 2.0**-1074,
              3.3895313892515355e38, 3.3961775292304601e38, 3.4028234663852886e38,
              3.4028235677973366e38, 1e300]
    for mantissa_bits in (7, 10, 23):
        for exponent in (-140, -126, -20, -14, -3, 0, 1, 9, 15, 100, 127):
            for step in (1, 3, 5, 2**mantissa_bits - 1):
                tie = (1 + (step + 0.5) * 2.0**-mantissa_bits) * 2.0**exponent
                values += [tie, tie * (1 + 2**-52), tie * (1 - 2**-53), tie * (1 + 2**-30)]
    return numpy.array(values + [-value for value in values])


def convert(array):
    """Compares --as for the four dtypes with what NumPy (one rounding each) and PyTorch give."""
    path = write(array, (1, 0))
    with numpy.errstate(all="ignore"):
        for to in ("float16", "float32", "float64"):
            got = run.output("weight", "-w", path, "-f", "raw", "--as", to)
            got = numpy.frombuffer(got, to) if len(got) == array.size * numpy.dtype(to).itemsize \
                else numpy.full(1, len(got))
            wanted = array.astype(to).ravel()
            if to == "float16" and array.dtype.kind in "iu":
                wanted = numpy.array([round_integer(int(i)) for i in array.ravel()], "float16")
            run.equal(same(got), same(wanted), f"--as {to} {array.dtype} {array.shape}")
    got = run.output("weight", "-w", path, "-f", "raw", "--as", "bfloat16")
    got = list(struct.unpack(f"<{len(got) // 2}H", got[:len(got) // 2 * 2]))
    got = [None if pattern & 0x7FFF > 0x7F80 else pattern for pattern in got]
    wanted = [bfloat16_bits(value) for value in array.ravel().tolist()]
    run.equal(got, wanted, f"--as bfloat16 {array.dtype} {array.shape}")
    if torch is not None and array.dtype == "float32":
        wanted = torch.from_numpy(array.copy()).bfloat16().view(torch.int16).numpy().view("u2")
        wanted = [None if pattern & 0x7FFF > 0x7F80 else pattern for pattern in
                  wanted.ravel().tolist()]
        run.equal(got, wanted, f"--as bfloat16 {array.dtype} by PyTorch")


def same(array):
    """Bits, but all nans alike: their payload is nobody's promise."""
    return [None if value != value else value.tobytes() for value in array]


def round_integer(value):
    """An integer as float16, rounded once; NumPy itself goes by way of another float."""
    if abs(value) >= 65520:
        return numpy.inf if value > 0 else -numpy.inf
    return numpy.float16(float(value))


for dtype in ("float64", "float32", "float16"):
    with numpy.errstate(all="ignore"):
        convert(hard_values().astype(dtype).reshape(1, -1))
for dtype in DTYPES:
    convert(random_array(run.random, "<" + dtype, (40, 25)))
edges = [2**53 + 1, 2**54 + 2, 2**54 + 6, 2**63 - 1, 2**62 + 2**38, 2**62 + 2**38 + 1,
         2**62 + 2**38 - 1, 65519, 65520, 2049, 2051, 0, 1, 2**24 + 1, 2**25 + 2]
convert(numpy.array([edges, [-edge for edge in edges]], "int64"))
convert(numpy.array([edges + [2**64 - 1, 2**63 + 2**39, 2**63 + 2**39 + 1, 2**63 + 1024]], "uint64"))
for _ in range(run.cases):
    there_and_back(run.random)
run.end()
