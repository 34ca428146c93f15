#!/usr/bin/env python3
"""Which tensor is taken for the token embedding, by the names that models have.
SPDX-License-Identifier: MIT"""
import argparse
import json
import pathlib
import struct
import subprocess
import sys
import tempfile

LAYERS = ["model.layers.0.mlp.up_proj.weight", "model.layers.1.attn.q_proj.weight"]
DATA = pathlib.Path(__file__).parent.parent / "data" / "names" / "models.tsv"

# The name, and whether it is taken where two matrices of layers are beside it.
NAMES = {
    "0.auto_model.embeddings.word_embeddings.weight": True,
    "layers.0.wte.weight": True,
    "sequential.0.word_embeddings.weight": True,
    "conditioner.embedders.0.transformer.text_model.embeddings.token_embedding.weight": True,
    "module._orig_mod.model.embed_tokens.weight": True,
    "token_embedding_table.weight": True,
    "embed.weight": True,
    "embedder.weight": True,
    "encoder.embedding.weight": True,
    "word_embeds.weight": True,
    "params/transformer/wte/embedding": True,
    "transformer.w.weight": True,
    "base_model.model.model.embed_tokens.base_layer.weight": True,
    "lm_head.weight": True,
    "layers.3.wte.weight": False,
    "model.layers.61.embed_tokens.weight": False,
    "h.1.embedding.weight": False,
    "optimizer.exp_avg.model.embed_tokens.weight": False,
    "position.embedding.weight": False,
    "user_embedding.weight": False,
    "token_type_embeddings.weight": False,
    "transformer.wpe.weight": False,
    "embed_tokens_per_layer.weight": False,
    "vq.codebook.embed.weight": False,
    "w.weight": False,
    "decoder.weight": False,
    "model.layers.0.lm_head.out.weight": False,
}


def write(path, names, metadata=None):
    header, end = {}, 0
    if metadata:
        header["__metadata__"] = metadata
    for i, name in enumerate(names):
        header[name] = {"dtype": "F32", "shape": [3, 2], "data_offsets": [end, end + 24]}
        end += 24
    text = json.dumps(header).encode()
    rows = b"".join(struct.pack("<6f", *[i] * 6) for i in range(len(names)))
    path.write_bytes(struct.pack("<Q", len(text)) + text + rows)


class Checker:
    def __init__(self, program, folder):
        self.program, self.path, self.faults = program, folder / "m.safetensors", 0

    def run(self, *arguments):
        return subprocess.run([self.program, *arguments], capture_output=True, text=True)

    def taken(self, names, metadata=None):
        """The name of the tensor whose row is shown, or None; each is full of its own number."""
        write(self.path, names, metadata)
        done = self.run("-w", str(self.path), "-f", "csv", "1")
        if done.returncode == 2:
            return None
        return names[int(float(done.stdout.split(",")[-1]))]

    def expect(self, what, got, wanted):
        if got not in wanted:
            print(f"{what}: {got} instead of {' or '.join(map(str, wanted))}")
            self.faults += 1


def check_models(c):
    right = total = 0
    for line in DATA.read_text().splitlines()[1:]:
        model, tied, others = line.split("\t")
        good = tied.split(",")
        names = sorted(good + [n for n in others.split(",") if n] + LAYERS)
        got = c.taken(names)
        c.expect(model, got, good + [None])
        right += got in good
        total += 1
    if right < total - 2: # encoder and decoder have tables of their own
        print(f"only {right} of {total} are found")
        c.faults += 1


def check_names(c):
    for name, is_taken in NAMES.items():
        c.expect(name, c.taken(sorted([name] + LAYERS)), [name if is_taken else None])


def check_tied(c, folder):
    names = ["lm_head.weight"] + LAYERS
    alias = {"format": "pt", "model.embed_tokens.weight": LAYERS[1]}
    c.expect("alias", c.taken(names, alias), [LAYERS[1]])
    done = c.run("-w", str(c.path), "-f", "csv", "-t", "model.embed_tokens.weight", "1")
    c.expect("alias by -t", done.stdout.split(",")[-1], ["2.0\n"])
    c.expect("no alias", c.run("-w", str(c.path), "-t", "format", "1").returncode, [2])
    c.expect("adapter", c.taken(names + ["q_proj.lora_A.weight"]), [None])
    c.expect("two heads", c.taken(names + ["b.lm_head.weight"]), [None])
    (folder / "config.json").write_text('{"tie_word_embeddings": false}')
    c.expect("untied", c.taken(names), [None])
    (folder / "config.json").write_text('{"tie_word_embeddings": true}')
    c.expect("tied", c.taken(names), [names[0]])
    part = folder / "model-00002-of-00002.safetensors"
    part.write_bytes(c.path.read_bytes())
    c.expect("part", c.run("-w", str(part), "1").returncode, [2])


def check_convolution(c):
    header = {n: {"dtype": "F32", "shape": s, "data_offsets": [8 * i, 8 * i + 8]}
              for i, (n, s) in enumerate([("embed.weight", [1, 1, 2, 1]), ("a", [1, 2]), ("b", [2, 1])])}
    text = json.dumps(header).encode()
    c.path.write_bytes(struct.pack("<Q", len(text)) + text + bytes(24))
    c.expect("convolution", c.run("-w", str(c.path), "0").returncode, [2])


def check_hints(c):
    write(c.path, LAYERS + ["my_token_rows", "z.other"])
    message = c.run("-w", str(c.path), "1").stderr
    c.expect("likeliest first", message.split("'")[1], ["my_token_rows"])
    message = c.run("-w", str(c.path), "-t", "token", "1").stderr
    c.expect("part of a name", "did you mean 'my_token_rows'?" in message, [True])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = str(pathlib.Path(parser.parse_args().program).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        c = Checker(program, folder)
        check_models(c)
        check_names(c)
        check_tied(c, folder)
        check_convolution(c)
        check_hints(c)
    return c.faults > 0


if __name__ == "__main__":
    sys.exit(main())
