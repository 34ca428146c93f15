#!/usr/bin/env python3
"""Codes whose scales have unusual names, lie in other files, or leave their blocks open: they are
multiplied or refused, never printed as they are.
SPDX-License-Identifier: MIT"""
import argparse
import json
import pathlib
import struct
import subprocess
import sys
import tempfile

LAYER = "model.embed_tokens"
ONE = b"\x38"  # in float8_e4m3fn
SCALES = [".scale", ".scales", ".weight.scale", ".weight_scales", ".weight_quantizer._scale",
          ".weight_descale", "_scale", ".weight.SCB", ".absmax", ".weight_amax", ".s", ".delta",
          ".weight.quant_state", ".zero_point"]


def floats(*shape, value=3.0):
    count = 1
    for n in shape:
        count *= n
    return "F32", shape, struct.pack(f"<{count}f", *[value] * count)


def write(path, tensors):
    header, data = {}, b""
    for name, (dtype, shape, content) in tensors.items():
        end = len(data) + len(content)
        header[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [len(data), end]}
        data += content
    text = json.dumps(header).encode()
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


class Checker:
    def __init__(self, program, folder):
        self.program, self.folder, self.faults = program, folder, 0

    def case(self, name, tensors, config=None, wanted=None, arguments=("0",)):
        """Wanted: the numbers of the row, or None if it is refused."""
        folder = self.folder / name.replace(" ", "_")
        write(folder / "model.safetensors", tensors)
        if config is not None:
            (folder / "config.json").write_text(json.dumps(config))
        self.look(name, folder / "model.safetensors", wanted, arguments)

    def look(self, name, path, wanted, arguments=("0",)):
        done = subprocess.run([self.program, "-w", path, "-f", "csv", *arguments],
                              capture_output=True, text=True)
        refused = (done.returncode == 2 and done.stdout == "" and done.stderr.count("\n") == 1 and
                   "; " in done.stderr)
        got = [float(x) for x in done.stdout.splitlines()[-1].split(",")[1:]] if done.stdout else []
        if not (refused if wanted is None else done.returncode == 0 and got == wanted):
            self.faults += 1
            print(f"{name}: {got} instead of {wanted or 'refusal'}: {done.stderr}")


def check_names(c):
    weight = LAYER + ".weight"
    for dtype in "F8_E4M3", "I8", "U8":
        for scale in SCALES:
            c.case(f"{dtype}{scale}", {weight: (dtype, (2, 2), ONE * 4), LAYER + scale: floats(1)})
    for scale in ".input_scale", ".output_scale", "_per_layer.weight_scale":
        c.case(f"other{scale}", {weight: ("F8_E4M3", (2, 2), ONE * 4), LAYER + scale: floats(1)},
               wanted=[1, 1])
    fp8 = {"quantization_config": {"quant_method": "fp8", "weight_block_size": [128, 128]}}
    power = {weight: ("F8_E4M3", (2, 2), ONE * 4), LAYER + ".scale": ("F8_E8M0", (1, 1), b"\x82")}
    c.case("DeepSeek", power, fp8, wanted=[8, 8])
    c.case("no config", power)
    c.case("two scales", {weight: ("F8_E4M3", (2, 2), ONE * 4), LAYER + ".weight_scale": floats(1),
                          LAYER + ".weight_scale_inv": floats(1, value=7)})


def check_blocks(c):
    scales = "F32", (2, 2), struct.pack("<4f", 1, 10, 100, 1000)
    for rows, dim, wanted in ((200, 256, [1.0] * 128 + [10.0] * 128), (200, 64, None),
                              (64, 64, [1.0] * 32 + [10.0] * 32), (65, 64, None)):
        c.case(f"blocks {rows} {dim}", {LAYER + ".weight": ("F8_E4M3", (rows, dim),
                                                            ONE * (rows * dim)),
                                        LAYER + ".weight_scale_inv": scales},
               wanted=wanted, arguments=["110" if rows == 200 else "3"])


def check_shards(c):
    folder = c.folder / "shards"
    weight, scale = LAYER + ".weight", LAYER + ".weight_scale"
    write(folder / "a.safetensors", {weight: ("F8_E4M3", (2, 2), ONE * 4)})
    write(folder / "b.safetensors", {scale: floats(1)})
    index = folder / "model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": {weight: "a.safetensors", scale: "b.safetensors"}}))
    c.look("folder", folder, [3, 3])
    c.look("one file", folder / "a.safetensors", None)
    index.write_text(json.dumps({"weight_map": {weight: "a.safetensors"}}))
    c.look("no scale", folder / "a.safetensors", [1, 1])
    (folder / "b.safetensors").unlink()
    (folder / "config.json").write_text('{"quantization_config": {"quant_method": "fp8"}}')
    c.look("scale lost", folder / "a.safetensors", None)
    c.look("scale lost, folder", folder, None)


def check_changes(c):
    prefix = "base_model.model.model.embed_tokens."
    for name in "base_layer.weight", "weight":
        c.case("PEFT " + name, {prefix + name: floats(3, 2), prefix + "lora_embedding_A": floats(1, 3),
                                prefix + "lora_embedding_B": floats(2, 1)})
    c.case("PEFT, another layer", {prefix + "weight": floats(3, 2),
                                   prefix[:-1] + "2.lora_embedding_A": floats(1, 3),
                                   "q.weight": floats(2, 2)}, wanted=[3, 3])


def check_mlx(c):
    tensors = {LAYER + ".weight": ("U32", (1, 8), bytes(32)), LAYER + ".scales": floats(1, 1),
               LAYER + ".biases": floats(1, 1, value=2)}
    numbers = {"group_size": 64, "bits": 4}
    c.case("MLX", tensors, {"quantization": numbers, "quantization_config": numbers}, [2.0] * 64)
    c.case("MLX mode", tensors, {"quantization": {**numbers, "mode": "int5"}})
    c.case("MLX other mode", tensors, {"quantization": {**numbers, "mode": "mxfp4"}})
    c.case("MLX two", tensors, {"quantization": numbers,
                                "quantization_config": {**numbers, "bits": 8}})


def check_others(c):
    """Parts that the scheme does not have: another scheme, whose values are others."""
    mlx = {".weight": ("U32", (1, 8), bytes(32)), ".scales": floats(1, 1), ".biases": floats(1, 1)}
    words = {".weight_packed": ("I32", (1, 8), bytes(32)), ".weight_scale": floats(1, 1),
             ".weight_shape": ("I32", (2,), struct.pack("<2i", 1, 64))}
    nvfp4 = {".weight_packed": ("U8", (1, 8), b"\x22" * 8), ".weight_global_scale": floats(1),
             ".weight_scale": ("F8_E4M3", (1, 1), ONE)}
    gemma = {".embedding_quantized": ("I8", (1, 2), b"\1\2"), ".embedding_scale": floats(1, 1)}
    int8 = {".weight": ("I8", (1, 2), b"\1\2"), ".SCB": floats(1, value=127)}
    state = json.dumps({"quant_type": "nf4", "blocksize": 64, "dtype": "float32",
                        "shape": [1, 4]}).encode()
    nf4 = {".weight": ("U8", (2, 1), bytes(2)), ".weight.absmax": floats(1),
           ".weight.quant_map": floats(16),
           ".weight.quant_state.bitsandbytes__nf4": ("U8", (len(state),), state)}
    kinds = {"mlx": (mlx, [3.0] * 64), "words": (words, [-24.0] * 64),
             "nvfp4": (nvfp4, [0.33333334] * 16), "gemma": (gemma, [3.0, 6.0]),
             "int8": (int8, [1.0, 2.0]), "nf4": (nf4, [9.0] * 4)}
    for kind, (parts, wanted) in kinds.items():
        tensors = {LAYER + part: tensor for part, tensor in parts.items()}
        c.case(kind, tensors, wanted=wanted)
        c.case(kind + ", model's factor", {**tensors, LAYER + ".embed_scale": floats(1)},
               wanted=wanted)
        for part in ".weight_scale_2", ".global_scale", "_zero_point", ".channel_scales":
            c.case(kind + part, {**tensors, LAYER + part: floats(1)})
    for columns in 32, 48:
        c.case(f"mx {columns}", {LAYER + ".weight_packed": ("U8", (1, columns), bytes(columns)),
                                 LAYER + ".weight_scale": ("U8", (1, 2), b"\x7f\x7f")})
    mapping = "I32", (3,), struct.pack("<3i", 1, 0, 1)
    vectors = "F32", (2, 1), struct.pack("<2f", 1, 2)
    c.case("mapped", {"embeddings": vectors, "mapping": mapping}, wanted=[2.0])
    c.case("mapped, a scale", {"embeddings": vectors, "mapping": mapping,
                               "embeddings_scale": floats(1)}, wanted=[2.0])
    c.case("mapped codes, a scale", {"embeddings": ("I8", (2, 1), b"\1\2"), "mapping": mapping,
                                     "embeddings_scale": floats(1)})
    for part, tensor in ("mapping", mapping), ("weights", floats(2)):
        c.case("either way " + part, {"embedding.weight": vectors, part: tensor})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = str(pathlib.Path(parser.parse_args().program).resolve())
    with tempfile.TemporaryDirectory() as name:
        c = Checker(program, pathlib.Path(name))
        for check in (check_names, check_blocks, check_shards, check_changes, check_mlx,
                      check_others):
            check(c)
    return c.faults > 0


if __name__ == "__main__":
    sys.exit(main())
