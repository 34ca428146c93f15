#!/usr/bin/env python3
"""Which tensor --add-positions auto takes, and which of its rows is position 0.
SPDX-License-Identifier: MIT"""
import argparse
import json
import pathlib
import struct
import subprocess
import sys
import tempfile

BERT, PLAIN = "embeddings.position_embeddings.weight", "embed_positions.weight"
# Tensors with their rows (of the first one tokens are taken), config.json, what is taken: a name
# and its row of position 0, or words of the error.
CASES = [
    # Names that say enough.
    (["transformer.wte.weight:9", "transformer.wpe.weight:7"], None, ("transformer.wpe.weight", 0)),
    (["tok_emb.weight:9", "pos_emb.weight:5", "head.weight:9"], None, ("pos_emb.weight", 0)),
    (["token_embd.weight:9", "position_embd.weight:66"], None, ("position_embd.weight", 0)),
    (["token_embedding_table.weight:9", "position_embedding_table.weight:8"], None,
     ("position_embedding_table.weight", 0)),
    (["decoder.token_embedding.weight:9", "decoder.positional_embedding:8",
      "encoder.positional_embedding:15"], None, ("decoder.positional_embedding", 0)),
    (["transformer.tokens_embed.weight:9", "transformer.positions_embed.weight:5"], None,
     ("transformer.positions_embed.weight", 0)),
    (["transformer/wte/embedding:9", "transformer/wpe/embedding:5"], None,
     ("transformer/wpe/embedding", 0)),
    # Names of several models: by the number of rows, the model's name, or its config.
    (["bert.embeddings.word_embeddings.weight:9", f"bert.{BERT}:512"], None, (f"bert.{BERT}", 0)),
    (["embeddings.word_embeddings.weight:9", f"{BERT}:514"], None, (BERT, 2)),
    (["embeddings.word_embeddings.weight:9", f"{BERT}:40"], None, "unclear which row"),
    (["embeddings.word_embeddings.weight:9", f"{BERT}:40"], {"max_position_embeddings": 40},
     (BERT, 0)),
    (["embeddings.word_embeddings.weight:9", f"{BERT}:40"], {"max_position_embeddings": 38},
     (BERT, 2)),
    (["embeddings.word_embeddings.weight:9", f"{BERT}:40"], {"max_position_embeddings": 30},
     "unclear which row"),
    (["embeddings.word_embeddings.weight:9", f"{BERT}:514"], {"max_position_embeddings": 514},
     "unclear which row"),
    (["roberta.embeddings.word_embeddings.weight:9", f"roberta.{BERT}:50"], None,
     (f"roberta.{BERT}", 2)),
    (["embeddings.word_embeddings.weight:9", f"{BERT}:50"], {"model_type": "xlm-roberta"},
     (BERT, 2)),
    (["embeddings.word_embeddings.weight:9", f"{BERT}:50"],
     {"model_type": "mpnet", "pad_token_id": 4}, (BERT, 5)),
    (["embeddings.word_embeddings.weight:9", f"{BERT}:3"],
     {"model_type": "mpnet", "pad_token_id": 4}, "no row for position 0"),
    (["embeddings.word_embeddings.weight:9", f"{BERT}:512"],
     {"position_embedding_type": "relative_key"}, "does not add"),
    (["esm.embeddings.word_embeddings.weight:9", f"esm.{BERT}:66"], None, "does not add"),
    (["visual_bert.embeddings.word_embeddings.weight:9", f"visual_bert.{BERT}:512",
      "visual_bert.embeddings.visual_position_embeddings.weight:512"], None,
     (f"visual_bert.{BERT}", 0)),
    (["yoso.embeddings.word_embeddings.weight:9", f"yoso.{BERT}:512"], None, (f"yoso.{BERT}", 2)),
    (["model.decoder.embed_tokens.weight:9", f"model.decoder.{PLAIN}:2050"], None,
     (f"model.decoder.{PLAIN}", 2)),
    (["model.decoder.embed_tokens.weight:9", f"model.decoder.{PLAIN}:20"], {"model_type": "opt"},
     (f"model.decoder.{PLAIN}", 2)),
    (["language_model.model.decoder.embed_tokens.weight:9",
      f"language_model.model.decoder.{PLAIN}:20", f"qformer.{BERT}:512"],
     {"model_type": "instructblip", "text_config": {"model_type": "opt"}},
     (f"language_model.model.decoder.{PLAIN}", 2)),
    (["model.decoder.embed_tokens.weight:9", f"model.decoder.{PLAIN}:448",
      f"model.encoder.{PLAIN}:1500"], None, (f"model.decoder.{PLAIN}", 0)),
    (["model.shared.weight:9", f"model.encoder.{PLAIN}:1026", f"model.decoder.{PLAIN}:1026"], None,
     "several tensors"),
    (["roformer.embeddings.word_embeddings.weight:9", f"roformer.encoder.{PLAIN}:512"], None,
     "does not add"),
    # None at all.
    (["model.embed_tokens.weight:9", "model.layers.0.mlp.weight:9"], None, "no tensor is a table"),
    (["model.embed_tokens.weight:9", "model.layers.0.pos_emb.weight:9"], None, "no tensor is a"),
    (["model.embed_tokens.weight:9", "model.vision_model.embeddings.position_embedding.weight:9"],
     None, "no tensor is a table"),
    (["model.embed_tokens.weight:9", "optimizer.wpe.weight:9"], None, "no tensor is a table"),
]


def write(folder, tensors, config):
    header, body = {}, b""
    for number, tensor in enumerate(tensors):
        name, rows = tensor.rsplit(":", 1)
        raw = b"".join(struct.pack("<2f", number, row) for row in range(int(rows)))
        header[name] = {"dtype": "F32", "shape": [int(rows), 2],
                        "data_offsets": [len(body), len(body) + len(raw)]}
        body += raw
    text = json.dumps(header).encode()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + body)
    (folder / "config.json").unlink(missing_ok=True)
    if config is not None:
        (folder / "config.json").write_text(json.dumps(config))


def padding_is_refused(program, folder):
    """RoBERTa's positions leave its padding out: a sequence with some has other positions."""
    write(folder, ["roberta.embeddings.word_embeddings.weight:9", f"roberta.{BERT}:50"], None)
    call = [program, "-w", folder / "model.safetensors", "--add-positions"]
    runs = [subprocess.run([*call, *words], capture_output=True, text=True)
            for words in (["auto", "0", "1", "2"], ["auto", "0", "2"],
                          [f"roberta.{BERT}", "0", "1", "2"])]
    good = [run.returncode for run in runs] == [2, 0, 0] and "padding" in runs[0].stderr
    if not good:
        print(f"padding: {[(run.returncode, run.stderr) for run in runs]}")
    return good


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = pathlib.Path(parser.parse_args().program).resolve()
    faults = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for tensors, config, wanted in CASES:
            write(folder, tensors, config)
            names = [tensor.rsplit(":", 1)[0] for tensor in tensors]
            done = subprocess.run(
                [program, "-w", folder / "model.safetensors", "-t", names[0], "--add-positions",
                 "auto", "-f", "csv", "0"], capture_output=True, text=True)
            got = done.stderr
            if done.returncode == 0:  # row 0 of the tokens is 0, 0
                values = done.stdout.split("\n")[1].split(",")
                got = (names[int(float(values[1]))], int(float(values[2])))
            good = wanted in got if isinstance(wanted, str) and done.returncode == 2 else got == wanted
            if not good:
                print(f"{tensors} with {config}: {got} instead of {wanted}")
                faults += 1
        faults += not padding_is_refused(program, folder)
    print(f"{len(CASES)} cases, {faults} faults")
    sys.exit(faults > 0)


main()
