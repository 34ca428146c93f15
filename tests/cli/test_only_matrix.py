#!/usr/bin/env python3
"""The only matrix of a file is taken for the token embedding, but not silently if its name is that
of another thing, and not if the model has its embedding in another file.
SPDX-License-Identifier: MIT"""
import argparse
import io
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import zipfile

OTHERS = ["lm_head.weight", "model.layers.3.self_attn.q_proj.weight", "transformer.wpe.weight",
          "position_embeddings.weight", "prompt_embeddings",
          "bert.embeddings.token_type_embeddings.weight", "output.weight", "classifier.weight"]
SURE = ["model.embed_tokens.weight", "wte.weight", "embeddings", "my_table", "arr_0"]


def write(path, tensors, values=None):
    header, data = {}, b""
    for name, shape in tensors.items():
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        header[name] = {"dtype": "F32", "shape": shape,
                        "data_offsets": [len(data), len(data) + 4 * count]}
        data += struct.pack(f"<{count}f", *[(values or {}).get(name, 1.0)] * count)
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def array(name, value):
    head = b"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), }"
    head += b" " * (-(len(head) + 11) % 64) + b"\n"
    return name, b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head + struct.pack("<f", value)


class Checker:
    def __init__(self, program, folder):
        self.program, self.folder, self.faults = program, folder, 0

    def run(self, path, *arguments):
        return subprocess.run([self.program, "-w", path, *arguments], capture_output=True, text=True)

    def expect(self, what, done, status, text):
        right = text in done.stderr if text else done.stderr == ""
        if done.returncode != status or not right or done.stderr.count("\n") > 1:
            print(f"{what}: {done.returncode} {done.stderr!r}")
            self.faults += 1


def check_only(c):
    path = c.folder / "m.safetensors"
    for others in {}, {"final.bias": [1]}:
        for name in OTHERS:
            write(path, {name: [3, 2], **others})
            c.expect(name, c.run(path, "0"), 0, "taken")
            c.expect(name, c.run(path, "-t", name, "0"), 0, "")
        for name in SURE:
            write(path, {name: [3, 2], **others})
            c.expect(name, c.run(path, "0"), 0, "")


def check_untied(c):
    path, config = c.folder / "m.safetensors", c.folder / "config.json"
    write(path, {"lm_head.weight": [3, 2]})
    for text, status, said in ('{"tie_word_embeddings": false}', 2, "does not tie"), \
            ('{"text_config": {"tie_word_embeddings": false}}', 2, "does not tie"), \
            ('{"tie_word_embeddings": true}', 0, "taken"), ("{}", 0, "taken"):
        config.write_text(text)
        c.expect(text, c.run(path, "0"), status, said)
        c.expect(text, c.run(path, "-t", "lm_head.weight", "0"), 0, "")
    config.unlink()


def check_encoder(c):
    path = c.folder / "m.safetensors"
    twin = "decoder.embed_tokens.weight"
    asked = "2 tensors may be"
    for rows, value, status, text in (3, 1, 0, ""), (4, 1, 2, asked), (3, 2, 2, asked):
        tensors = {"encoder.embed_tokens.weight": [3, 2], twin: [rows, 2]}
        write(path, tensors, {twin: value})
        c.expect("encoder", c.run(path, "0"), status, text)
        write(path, {**tensors, "shared.weight": [3, 2]}, {twin: value})
        c.expect("shared", c.run(path, "0"), 0, "")


def check_shards(c):
    write(c.folder / "a.safetensors", {"model.embed_tokens.weight": [3, 2]})
    write(c.folder / "b.safetensors", {"lm_head.weight": [3, 2]})
    write(c.folder / "c.safetensors", {"x.weight": [3, 2], "norm.weight": [2]})
    names = {"model.embed_tokens.weight": "a.safetensors", "lm_head.weight": "b.safetensors",
             "x.weight": "c.safetensors", "norm.weight": "c.safetensors"}
    index = c.folder / "model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": names}))
    c.expect("shard", c.run(c.folder / "a.safetensors", "0"), 0, "")
    for name in "b", "c":
        c.expect("shard", c.run(c.folder / f"{name}.safetensors", "0"), 2, "lies in a.safetensors")
    c.expect("by name", c.run(c.folder / "b.safetensors", "-t", "lm_head.weight", "0"), 0, "")
    index.unlink()


def check_arrays(c):
    path = c.folder / "a.npy"
    path.write_bytes(array("a", 1)[1])
    c.expect("nameless", c.run(path, "-t", "", "0"), 0, "")
    c.expect("nameless", c.run(path, "-t", "x", "0"), 2, "leave out -t")
    path = c.folder / "a.npz"
    for names, status in (["a.npy", "b.txt"], 0), (["a.npy", "a"], 2), (["a", "a.npy"], 2), \
            (["a.npy", "a.npy.npy"], 2):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for name in names:
                archive.writestr(*array(name, 1))
        path.write_bytes(content.getvalue())
        c.expect(str(names), c.run(path, "0"), status, "is repeated" if status else "")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = str(pathlib.Path(parser.parse_args().program).resolve())
    with tempfile.TemporaryDirectory() as name:
        c = Checker(program, pathlib.Path(name))
        for check in check_only, check_untied, check_encoder, check_shards, check_arrays:
            check(c)
    return c.faults > 0


if __name__ == "__main__":
    sys.exit(main())
