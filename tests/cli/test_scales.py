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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = str(pathlib.Path(parser.parse_args().program).resolve())
    with tempfile.TemporaryDirectory() as name:
        c = Checker(program, pathlib.Path(name))
        for check in check_names, check_blocks, check_shards, check_changes, check_mlx:
            check(c)
    return c.faults > 0


if __name__ == "__main__":
    sys.exit(main())
