"""Packed matrices as MLX, transformers and compressed-tensors make them, bit for bit.

Whichever of the three the Python has is compared with: random shapes, bits, groups, modes and
dtypes. Each case is a folder with config.json and model.safetensors; the whole table, rows in
another order on several threads, and what is stored are looked at.
"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import parity  # noqa: E402

run = parity.Run(cases=150)
(np,) = parity.originals("numpy")
LAYER = "model.embed_tokens"


def optional(name):
    try:
        return __import__(name, fromlist=["_"])
    except ImportError:
        return None


def canonical(array):
    """The bytes, with one nan for all."""
    array = np.array(array)
    if array.dtype == np.float32:
        array[np.isnan(array)] = np.float32(np.nan)
    return array.tobytes()


def compare(folder, wanted, stored, case):
    """`wanted` is the table, bfloat16 as uint16; `stored` the array of codes."""
    whole = run.output("weight", "-q", "-w", folder, "-f", "raw")
    if wanted.dtype == np.float32 and len(whole) == wanted.nbytes:
        whole = canonical(np.frombuffer(whole, np.float32))
    run.equal(whole, canonical(wanted), case)
    ids = [run.random.randrange(len(wanted)) for _ in range(run.random.randrange(1, 9))]
    rows = run.output("-q", "-w", folder, "-f", "raw", "-j", 3, *ids)
    if wanted.dtype == np.float32 and len(rows) == wanted[ids].nbytes:
        rows = canonical(np.frombuffer(rows, np.float32))
    run.equal(rows, canonical(wanted[ids]), f"{case}, rows {ids}")
    run.equal(run.output("weight", "-q", "--stored", "-w", folder, "-f", "raw"), stored.tobytes(),
              f"{case}, stored")


def folder_of(kind, number, config):
    folder = run.path(f"{kind}-{number}")
    os.mkdir(folder)
    with open(os.path.join(folder, "config.json"), "w", encoding="ascii") as file:
        json.dump(config, file)
    return folder


# ---------------------------------------------------------------- MLX

def mlx_case(number, draw):
    mx, nn = optional("mlx.core"), optional("mlx.nn")
    mx.set_default_device(mx.cpu)
    mode = draw.choice(("affine",) * 6 + ("mxfp4", "mxfp8", "nvfp4"))
    group = {"affine": draw.choice((32, 64, 128)), "nvfp4": 16}.get(mode, 32)
    bits = {"affine": draw.choice((2, 3, 4, 5, 6, 8)), "mxfp8": 8}.get(mode, 4)
    dtype = getattr(mx, draw.choice(("float16", "bfloat16", "float32")))
    shape = (draw.randrange(1, 40), group * draw.randrange(1, 9) if mode == "affine"
             else 32 * draw.randrange(1, 17))
    mx.random.seed(draw.getrandbits(32))
    layer = nn.Embedding(*shape)
    weight = mx.random.normal(shape) * 10 ** draw.uniform(-4, 2)
    if draw.random() < 0.3:
        weight = weight * (mx.random.uniform(shape=shape) < 0.5)
    if draw.random() < 0.3:
        weight[0] = 0.0
    layer.weight = weight.astype(dtype)
    packed = layer.to_quantized(group_size=group, bits=bits, mode=mode)
    parts = dict(packed.parameters())
    numbers = {"group_size": group, "bits": bits, "mode": mode}
    said = draw.choice((numbers, {**numbers, LAYER: numbers, "group_size": 64, "bits": 4}))
    config = {"hidden_size": shape[1], "quantization": said, "quantization_config": said}
    folder = folder_of("mlx", number, config)
    mx.save_safetensors(os.path.join(folder, "model.safetensors"),
                        {f"{LAYER}.{name}": part for name, part in parts.items()},
                        metadata={"format": "mlx"})
    values = packed(mx.arange(shape[0]))
    bits16 = values.dtype == mx.bfloat16
    wanted = np.array(values.view(mx.uint16) if bits16 else values)
    compare(folder, wanted, np.array(parts["weight"]),
            f"MLX {number}: {mode}, {bits} bits, groups of {group}, {dtype}, {shape}")


# ---------------------------------------------------------------- torch

def numbers_of(tensor):
    torch = optional("torch")
    tensor = tensor.detach().contiguous()
    return (tensor.view(torch.uint16) if tensor.dtype == torch.bfloat16 else tensor).numpy()


def save(folder, parts):
    optional("safetensors.torch").save_file({f"{LAYER}.{name}": part.contiguous()
                                             for name, part in parts.items()},
                                            os.path.join(folder, "model.safetensors"),
                                            metadata={"format": "pt"})


def fp8_case(number, draw):
    torch = optional("torch")
    finegrained = optional("transformers.integrations.finegrained_fp8")
    torch.manual_seed(draw.getrandbits(32))
    block = draw.choice(((128, 128), (64, 128), (1, 128), None))
    grid = (draw.randrange(1, 4), draw.randrange(1, 4)) if block else (1, 1)
    shape = ((grid[0] * block[0], grid[1] * block[1]) if block
             else (draw.randrange(2, 50), draw.randrange(1, 200)))
    dtype = draw.choice((torch.float8_e4m3fn, torch.float8_e5m2))
    codes = torch.randint(0, 256, shape, dtype=torch.uint8).view(dtype)
    scales = torch.rand(grid) * 10 ** draw.uniform(-5, 3)
    kind = draw.choice(("float32", "bfloat16", "e8m0"))
    if kind == "bfloat16":
        scales = scales.bfloat16()
    if kind == "e8m0":
        scales = torch.randint(100, 150, grid, dtype=torch.uint8).view(torch.float8_e8m0fnu)
    config = {"hidden_size": shape[1], "quantization_config":
              {"quant_method": "fp8", **({"weight_block_size": block} if block else {})}}
    folder = folder_of("fp8", number, config)
    save(folder, {"weight": codes, "weight_scale_inv": scales})
    wanted = finegrained.Fp8Dequantize(None)._dequantize_one(codes, scales, torch.float32)
    compare(folder, numbers_of(wanted), codes.view(torch.uint8).numpy(),
            f"FP8 {number}: {dtype}, {shape}, scales {grid} of {kind}")


def words_case(number, draw):
    torch = optional("torch")
    forward = optional("compressed_tensors.quantization.lifecycle.forward")
    quantization = optional("compressed_tensors.quantization")
    packing = (optional("compressed_tensors.compressors.pack_quantized.helpers") or
               optional("compressed_tensors.compressors.quantized_compressors.pack_quantized"))
    torch.manual_seed(draw.getrandbits(32))
    bits = draw.choice((4, 8, 2, 4, 8, 3, 5, 6, 7))
    group = draw.choice((32, 64, 128))
    shape = (draw.randrange(1, 50), group * draw.randrange(1, 6))
    columns = draw.choice((1, shape[1] // group))
    dtype = draw.choice((torch.bfloat16, torch.float16, torch.float32))
    low, high = -(1 << (bits - 1)), 1 << (bits - 1)
    codes = torch.randint(low, high, shape, dtype=torch.int8)
    scales = (torch.rand(shape[0], columns) * 10 ** draw.uniform(-3, 1)).to(dtype)
    zeros = None
    if bits in (2, 4, 8) and draw.random() < 0.4:
        # Older packers take whole words of rows only.
        shape = (shape[0] + -shape[0] % (32 // bits), shape[1])
        codes = torch.randint(low, high, shape, dtype=torch.int8)
        scales = (torch.rand(shape[0], columns) * 10 ** draw.uniform(-3, 1)).to(dtype)
        zeros = torch.randint(low, high, scales.shape, dtype=torch.int8)
    about = {"num_bits": bits, "type": "int", "symmetric": zeros is None,
             "strategy": "group" if columns > 1 else "channel",
             "group_size": shape[1] // columns if columns > 1 else None}
    config = {"hidden_size": shape[1], "quantization_config": {
        "quant_method": "compressed-tensors", "format": "pack-quantized",
        "config_groups": {"group_0": {"targets": ["Embedding"], "weights": about}}}}
    folder = folder_of("words", number, config)
    packed = packing.pack_to_int32(codes, bits)
    parts = {"weight_packed": packed, "weight_scale": scales, "weight_shape": torch.tensor(shape)}
    if zeros is not None:
        parts["weight_zero_point"] = packing.pack_to_int32(zeros, bits, packed_dim=0)
    save(folder, parts)
    unpacked = packing.unpack_from_int32(packed, bits, torch.Size(shape))
    wanted = forward.dequantize(x_q=unpacked, scale=scales, zero_point=zeros,
                                args=quantization.QuantizationArgs(**about))
    compare(folder, numbers_of(wanted), packed.numpy(),
            f"compressed-tensors {number}: {bits} bits, {shape}, scales {tuple(scales.shape)} of "
            f"{dtype}, {'symmetric' if zeros is None else 'zero points'}")


def nvfp4_case(number, draw):
    torch = optional("torch")
    forward = optional("compressed_tensors.quantization.lifecycle.forward")
    helpers = optional("compressed_tensors.compressors.nvfp4.helpers")
    quantization = optional("compressed_tensors.quantization")
    torch.manual_seed(draw.getrandbits(32))
    shape = (draw.randrange(1, 30), 16 * draw.randrange(1, 20))
    packed = torch.randint(0, 256, (shape[0], shape[1] // 2), dtype=torch.uint8)
    scales = (torch.rand(shape[0], shape[1] // 16) * 400).to(torch.float8_e4m3fn)
    whole = torch.rand(1) * 10 ** draw.uniform(-2, 4)
    config = {"hidden_size": shape[1], "quantization_config": {
        "quant_method": "compressed-tensors", "format": "nvfp4-pack-quantized"}}
    folder = folder_of("nvfp4", number, config)
    save(folder, {"weight_packed": packed, "weight_scale": scales, "weight_global_scale": whole})
    codes = helpers.unpack_fp4_from_uint8(packed, *shape, dtype=torch.float32)
    wanted = forward.dequantize(x_q=codes, scale=scales.float(), global_scale=whole,
                                dtype=torch.float32, args=quantization.QuantizationArgs(
                                    num_bits=4, type="float", strategy="tensor_group",
                                    group_size=16))
    compare(folder, numbers_of(wanted), packed.numpy(), f"NVFP4 {number}: {shape}")


CASES = {
    "mlx.core": [mlx_case],
    "transformers.integrations.finegrained_fp8": [fp8_case],
    "compressed_tensors": [words_case],
    "compressed_tensors.compressors.nvfp4.helpers": [nvfp4_case],
}
found = [(name, case) for name, cases in CASES.items() if optional(name) for case in cases
         if not name.startswith("transformers") or hasattr(optional(name), "Fp8Dequantize")]
if not found:
    parity.skip("neither mlx, transformers 5 nor compressed-tensors is installed")
for name, case in found:
    before = run.total
    for at in range(run.cases):
        case(at, run.random)
    print(f"{name}: {run.total - before} comparisons", flush=True)
run.end()
