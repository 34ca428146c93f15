"""Packed matrices: a few rows of a 10 GB MLX file against the same rows in safetensors, and whole
tables against the libraries that they come from, a thread each.

The libraries decode in memory what they have already loaded, and nothing is counted but that; tokvec
is the whole program, which writes the table to /dev/null. Their Pythons are named, with colons
between them, by TOKVEC_PYTHONS. model2vec indexes by NumPy: a copy, as fast as memory is on both
sides, in which the goal of five times is not reached.
"""
import json
import os
import statistics
import struct
import subprocess
import time

import measure
from measure import job, skipped

LAYER = "model.embed_tokens."
ROWS, DIM = 50000, 1024
SIZES = {"U32": 4, "I32": 4, "F32": 4, "BF16": 2, "F16": 2, "U8": 1, "F8_E4M3": 1, "I64": 8, "F64": 8}


def write(name, config, tensors, sparse=False):
    """A folder with a model of {name: (dtype, shape, bytes that are repeated)}."""
    folder = measure.path(name)
    os.mkdir(folder)
    with open(os.path.join(folder, "config.json"), "w", encoding="ascii") as file:
        json.dump(config, file)
    header, end = {}, 0
    for key, (dtype, shape, _) in tensors.items():
        size = SIZES[dtype]
        for n in shape:
            size *= n
        header[key] = {"dtype": dtype, "shape": shape, "data_offsets": [end, end + size]}
        end += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 64)
    with open(os.path.join(folder, "model.safetensors"), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        begin = file.tell()
        file.truncate(begin + end)
        for key, (_, _, pattern) in tensors.items():
            first, last = header[key]["data_offsets"]
            if not sparse:
                file.seek(begin + first)
                file.write((pattern * ((last - first) // len(pattern) + 1))[:last - first])
    return folder


def bfloat16(values):
    return b"".join(struct.pack("<f", value)[2:] for value in values)


def mlx(name, bits, group, rows=ROWS, dim=DIM, sparse=False):
    scales = bfloat16([0.01 + 0.001 * i for i in range(61)])
    words = os.urandom(1 << 20)
    return write(name, {"quantization": {"bits": bits, "group_size": group}}, {
        LAYER + "weight": ("U32", [rows, dim * bits // 32], words),
        LAYER + "scales": ("BF16", [rows, dim // group], scales),
        LAYER + "biases": ("BF16", [rows, dim // group], scales)}, sparse)


def mxfp4(name):
    return write(name, {"quantization": {"bits": 4, "group_size": 32, "mode": "mxfp4"}}, {
        LAYER + "weight": ("U32", [ROWS, DIM // 8], os.urandom(1 << 20)),
        LAYER + "scales": ("U8", [ROWS, DIM // 32], bytes(range(110, 130)))})


def fp8(name):
    rows = ROWS // 128 * 128
    return write(name, {"quantization_config": {"quant_method": "fp8",
                                                "weight_block_size": [128, 128]}}, {
        LAYER + "weight": ("F8_E4M3", [rows, DIM], bytes(b & 0x7e for b in os.urandom(1 << 20))),
        LAYER + "weight_scale_inv": ("F32", [rows // 128, DIM // 128], struct.pack("<f", 0.25))})


def words(name):
    return write(name, {"quantization_config": {
        "quant_method": "compressed-tensors", "format": "pack-quantized",
        "config_groups": {"group_0": {"weights": {"num_bits": 4}}}}}, {
        LAYER + "weight_packed": ("I32", [ROWS, DIM // 8], os.urandom(1 << 20)),
        LAYER + "weight_scale": ("BF16", [ROWS, DIM // 128], bfloat16([0.01, 0.02, 0.03])),
        LAYER + "weight_shape": ("I64", [2], struct.pack("<2q", ROWS, DIM))})


def model2vec(name, weighted):
    mapping = b"".join(struct.pack("<q", i * 7919 % 60000) for i in range(200000))
    parts = {"embeddings": ("F32", [60000, 256], struct.pack("<61f", *range(61))),
             "mapping": ("I64", [200000], mapping)}
    if weighted:
        parts["weights"] = ("F64", [200000], struct.pack("<7d", *range(1, 8)))
    return write(name, {}, parts)


# Each is run once a line of standard input; load() comes before.
WORKER = """
import json, os, sys, time
for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
os.environ["ATEN_CPU_CAPABILITY"] = "avx2"
path, P = sys.argv[1], "model.embed_tokens."
%s
print("ready", flush=True)
for line in sys.stdin:
    begin = time.perf_counter()
    work()
    print(time.perf_counter() - begin, flush=True)
"""

MLX = """
import mlx.core as mx
mx.set_default_device(mx.cpu)
part = mx.load(path)
mx.eval(*part.values())
config = json.load(open(os.path.dirname(path) + "/config.json"))["quantization"]
def work():
    mx.eval(mx.dequantize(part[P + "weight"], part[P + "scales"], part.get(P + "biases"), **config))
"""

TORCH = """
import torch
torch.set_num_threads(1)
from safetensors.torch import load_file
part = load_file(path)
"""

FP8 = TORCH + """
from transformers.integrations.finegrained_fp8 import Fp8Dequantize
def work():
    Fp8Dequantize(None)._dequantize_one(part[P + "weight"], part[P + "weight_scale_inv"])
"""

WORDS = TORCH + """
from compressed_tensors.quantization import QuantizationArgs
from compressed_tensors.quantization.lifecycle.forward import dequantize
try:
    from compressed_tensors.compressors.pack_quantized.helpers import unpack_from_int32
except ImportError:
    from compressed_tensors.compressors.quantized_compressors.pack_quantized import unpack_from_int32
args = QuantizationArgs(num_bits=4, strategy="group", group_size=128)
shape = torch.Size(part[P + "weight_shape"].tolist())
def work():
    codes = unpack_from_int32(part[P + "weight_packed"], 4, shape)
    dequantize(x_q=codes, scale=part[P + "weight_scale"], args=args)
"""

NUMPY = """
import numpy, struct
data = open(path, "rb").read()
size = struct.unpack("<Q", data[:8])[0]
kinds = {"F32": "f4", "I64": "i8", "F64": "f8"}
part = {}
for name, about in json.loads(data[8:8 + size]).items():
    first, last = about["data_offsets"]
    part[name] = numpy.frombuffer(data[8 + size + first:8 + size + last],
                                  kinds[about["dtype"]]).reshape(about["shape"])
def work():
    rows = part["embeddings"][part["mapping"]]
    if "weights" in part:
        rows = rows * part["weights"][:, None]
    return rows.astype(numpy.float32, copy=False)
"""

TABLES = (
    ("MLX, 4 bits", "mlx", MLX, lambda: mlx("mlx4", 4, 64), 5),
    ("MLX, 3 bits", "mlx", MLX, lambda: mlx("mlx3", 3, 64), 5),
    ("MLX, 8 bits", "mlx", MLX, lambda: mlx("mlx8", 8, 64), 5),
    ("MLX, mxfp4", "mlx", MLX, lambda: mxfp4("mxfp4"), 5),
    ("FP8 in blocks", "transformers", FP8, lambda: fp8("fp8"), 5),
    ("compressed-tensors, 4 bits", "compressed_tensors", WORDS, lambda: words("words"), 5),
    ("model2vec, mapping", "numpy", NUMPY, lambda: model2vec("mapping", False), 5),
    ("model2vec, mapping and weights", "numpy", NUMPY, lambda: model2vec("weights", True), 5),
)
ROUNDS = 7


def start(worker, path):
    """A worker of the first Python in which it can work; None without one."""
    for python in os.environ.get("TOKVEC_PYTHONS", measure.ORACLE).split(":"):
        try:
            process = subprocess.Popen([python, "-c", WORKER % worker, path], text=True,
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                       stderr=subprocess.DEVNULL)
        except OSError:
            continue
        if process.stdout.readline().strip() == "ready":
            return process
        process.wait()
    return None


def in_turns(process, command):
    """The median seconds of a worker and of a command."""
    theirs, ours = [], []
    for _ in range(ROUNDS):
        process.stdin.write("\n")
        process.stdin.flush()
        theirs.append(float(process.stdout.readline()))
        begin = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        ours.append(time.perf_counter() - begin)
    return statistics.median(theirs), statistics.median(ours)


def few_rows(program):
    rows, dim = 2_200_000, 8192
    packed = mlx("large", 4, 64, rows, dim, sparse=True)
    plain = write("plain", {}, {LAYER + "weight": ("BF16", [rows, dim], b"")}, sparse=True)
    ids = [str(rows * i // 4 + 7) for i in range(4)]
    ours, peer = measure.compare([program, "-w", packed, "-f", "raw", *ids],
                                 [program, "-w", plain, "-f", "raw", *ids], rounds=41)
    return job("4 rows of a 10 GB MLX file", ours.seconds, peer.seconds,
               "the same rows in safetensors", 1.5)


def jobs(program):
    yield few_rows(program)
    for name, peer, worker, make, at_least in TABLES:
        folder = make()
        process = start(worker, os.path.join(folder, "model.safetensors"))
        title = f"whole table, {name}"
        if process is None:
            yield skipped(title, peer)
            continue
        theirs, ours = in_turns(process, [program, "weight", "-w", folder, "-f", "raw", "-j", "1"])
        process.stdin.close()
        process.wait()
        yield job(title, ours, theirs, peer, None, at_least=at_least)
