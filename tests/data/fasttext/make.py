#!/usr/bin/env python3
"""Makes the small fastText models of this folder with the fasttext program (Debian: fasttext).

usage: make.py

They are the corpus of the fuzz target; what they hold is compared in tests/parity.
"""
import os
import pathlib
import subprocess
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
TEXT = "the cat sat on the mat\nune été à la mer\nthe été\n"
LABELLED = "__label__a the cat sat\n__label__b on the mat\n"


def train(folder, name, mode, text, *options, quantise=()):
    source = os.path.join(folder, "text")
    pathlib.Path(source).write_text(text * 3, encoding="utf-8")
    model = os.path.join(folder, name)
    quiet = dict(check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    subprocess.run(["fasttext", mode, "-input", source, "-output", model, "-thread", "1",
                    "-minCount", "1", "-dim", "2", *options], **quiet)
    if quantise:
        subprocess.run(["fasttext", "quantize", "-output", model, "-input", source, *quantise],
                       **quiet)
    made = model + (".ftz" if quantise else ".bin")
    target = FOLDER / (name + (".ftz" if quantise else ".bin"))
    target.write_bytes(pathlib.Path(made).read_bytes())
    print(target.name, target.stat().st_size)


with tempfile.TemporaryDirectory() as temporary:
    train(temporary, "skipgram", "skipgram", TEXT, "-bucket", "20")
    train(temporary, "cbow-words", "cbow", TEXT, "-maxn", "0")
    train(temporary, "supervised", "supervised", LABELLED)
    train(temporary, "supervised-ngrams", "supervised", LABELLED, "-minn", "2", "-maxn", "3",
          "-bucket", "10")
