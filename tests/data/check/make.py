#!/usr/bin/env python3
"""Writes small models into folders: healthy ones, shaped like those that are published, and the
same with something wrong.

usage: make.py FOLDER

Rows have 40 columns, so that chance makes none of negative values only.
"""
import json
import pathlib
import random
import struct
import sys
import zipfile

DIM = 40


def rows_of(count, seed=1):
    numbers = random.Random(seed)
    return [[struct.unpack("<f", struct.pack("<f", numbers.gauss(0, 0.02)))[0]
             for _ in range(DIM)] for _ in range(count)]


def bfloat16(rows):
    return b"".join(struct.pack("<f", x)[2:] for row in rows for x in row)


def float32(rows):
    return b"".join(struct.pack("<f", x) for row in rows for x in row)


def safetensors(path, tensors):
    """tensors: {name: (dtype, shape, bytes)}"""
    header, data = {}, b""
    for name, (dtype, shape, values) in tensors.items():
        header[name] = {"dtype": dtype, "shape": shape,
                        "data_offsets": [len(data), len(data) + len(values)]}
        data += values
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def table(rows):
    return "F32", [len(rows), len(rows[0])], float32(rows)


def words(count):
    return [f"word{i}" for i in range(count)]


def tokenizer(tokens, added=(), decoder=None):
    """A tokenizer.json; added: (ID, token, special)"""
    return {"added_tokens": [{"id": i, "content": token, "special": special}
                             for i, token, special in added],
            "decoder": decoder,
            "model": {"type": "BPE", "vocab": {token: i for i, token in enumerate(tokens)}}}


class Model:
    """A folder, which is written with save()."""

    def __init__(self, rows, tokens, added=(), name="model.embed_tokens.weight", **config):
        self.rows = rows_of(rows)
        self.name = name
        self.tokenizer = tokenizer(tokens, added)
        self.config = {"vocab_size": rows, "hidden_size": DIM, **config}
        self.head = None
        self.more = {}
        self.files = {}

    def save(self, folder):
        folder.mkdir(parents=True)
        tensors = {self.name: table(self.rows)}
        if self.head is not None:
            tensors[self.head[0]] = table(self.head[1])
        tensors.update(self.more)
        safetensors(folder / "model.safetensors", tensors)
        if self.tokenizer is not None:
            self.files["tokenizer.json"] = self.tokenizer
        if self.config is not None:
            self.files["config.json"] = self.config
        for name, content in self.files.items():
            text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
            (folder / name).write_text(text)


ZERO = [0.0] * DIM

# ---------------------------------------------------------------- healthy ones


def gpt2():
    """No padding, tied without saying so, bytes that no text has: small, not zero."""
    model = Model(50, words(49) + ["<|endoftext|>"], name="wte.weight", eos_token_id=49)
    model.config["n_embd"] = model.config.pop("hidden_size")
    return model


def qwen():
    """Rows beyond the last token, all equal; special tokens that no base model has seen."""
    model = Model(64, words(46), [(46, "<|endoftext|>", True), (47, "<|im_start|>", True)],
                  tie_word_embeddings=True, architectures=["Qwen2ForCausalLM"])
    for i in range(48, 64):
        model.rows[i] = model.rows[47]
    return model


def phi():
    """Rows beyond the last token, all zero; reserved tokens; an output head of its own."""
    model = Model(64, words(50), [(i, f"<|dummy_{i - 50}|>", True) for i in range(50, 55)],
                  tie_word_embeddings=False, architectures=["PhiForCausalLM"])
    for i in range(50, 64):
        model.rows[i] = ZERO
    model.head = ("lm_head.weight", rows_of(64, seed=2))
    return model


def neox():
    """Rows beyond the last token with numbers in them; heads and tables of its own names."""
    model = Model(64, words(50), name="gpt_neox.embed_in.weight", tie_word_embeddings=False,
                  architectures=["GPTNeoXForCausalLM"], bos_token_id=0, eos_token_id=0)
    model.head = ("embed_out.weight", rows_of(64, seed=2))
    return model


def llama2():
    """<unk> and the bytes, which training never met, are zero."""
    tokens = ["<unk>", "<s>", "</s>"] + [f"<0x{i:02X}>" for i in range(16)] + words(30)
    model = Model(len(tokens), tokens, [(0, "<unk>", True), (1, "<s>", True), (2, "</s>", True)],
                  tie_word_embeddings=False, architectures=["LlamaForCausalLM"])
    model.tokenizer["decoder"] = {"type": "Sequence", "decoders": [
        {"type": "Replace", "pattern": {"String": "\u2581"}, "content": " "},
        {"type": "ByteFallback"}]}
    for i in (0, *range(3, 19)):
        model.rows[i] = ZERO
    model.head = ("lm_head.weight", rows_of(len(tokens), seed=2))
    return model


def llama3():
    """Reserved tokens with nothing in them, and some with hardly anything."""
    model = Model(60, words(48), [(i, f"<|reserved_special_token_{i - 48}|>", True)
                                  for i in range(48, 60)], tie_word_embeddings=True)
    for i in range(48, 54):
        model.rows[i] = [1e-20 if c % 2 else -1e-19 for c in range(DIM)]
    for i in range(54, 60):
        model.rows[i] = ZERO
    return model


def gemma():
    """A multimodal config; unused tokens; a picture's token that has no row."""
    tokens = ["<pad>", "<eos>", "<bos>", "<unk>"] + [f"<unused{i}>" for i in range(10)] + words(34)
    model = Model(48, tokens, [(48, "<image_soft_token>", True)], tie_word_embeddings=True)
    model.config = {"text_config": {"vocab_size": 48, "hidden_size": DIM},
                    "tie_word_embeddings": True}
    for i in (0, *range(4, 14)):
        model.rows[i] = [0.25] * DIM
    return model


def bert():
    """vocab.txt alone; [PAD] is zero."""
    tokens = ["[PAD]", "[unused0]", "[unused1]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + words(40)
    model = Model(len(tokens), [], name="bert.embeddings.word_embeddings.weight",
                  architectures=["BertModel"])
    model.tokenizer = None
    model.files["vocab.txt"] = "".join(token + "\n" for token in tokens)
    model.rows[0] = ZERO
    model.rows[1] = model.rows[2]
    return model


def nllb():
    """Names of special tokens only in special_tokens_map.json and config.json."""
    model = Model(50, words(50), name="shared.weight", pad_token_id=1, eos_token_id=[2, 3])
    model.config["d_model"] = model.config.pop("hidden_size")
    model.files["special_tokens_map.json"] = {
        "mask_token": "word7", "cls_token": {"content": "word8"},
        "additional_special_tokens": ["word9", {"content": "word10"}]}
    for i in (1, 2, 3, 7, 8, 9, 10):
        model.rows[i] = ZERO
    return model


def opt():
    """Words that fairseq has made up; the embedding is narrower than the model."""
    model = Model(50, words(47) + [f"madeupword000{i}" for i in range(3)],
                  name="decoder.embed_tokens.weight", word_embed_proj_dim=DIM)
    model.config["hidden_size"] = 2 * DIM
    for i in (47, 48, 49):
        model.rows[i] = ZERO
    return model


def e5():
    """A model without an output head, whose config comes from one with it."""
    return Model(50, words(50), tie_word_embeddings=False, architectures=["MistralModel"])


def mllama():
    """A few rows more than the config says, for pictures."""
    model = Model(58, words(50), name="language_model.model.embed_tokens.weight")
    model.config = {"model_type": "mllama", "text_config": {
        "model_type": "mllama_text_model", "vocab_size": 50, "hidden_size": DIM}}
    return model


def scaled():
    """A head that is the embedding, both in the file; a scale that the model multiplies by."""
    model = Model(50, words(50), tie_word_embeddings=True)
    model.head = ("lm_head.weight", model.rows)
    model.more["model.embed_tokens.embed_scale"] = ("F32", [1], struct.pack("<f", 8))
    return model


def byte_level():
    """Bytes that UTF-8 never has, as GPT-2 writes them."""
    tokens = words(40) + [chr(i) for i in (0xc0, 0xc1, 0xf5, 0xff)]
    model = Model(44, tokens)
    model.tokenizer["decoder"] = {"type": "ByteLevel"}
    for i in range(40, 44):
        model.rows[i] = ZERO
    return model


# ---------------------------------------------------------------- GGUF

STRING, ARRAY, UINT32, INT32 = 8, 9, 4, 5


def gguf_string(text):
    return struct.pack("<Q", len(text.encode())) + text.encode()


def gguf(path, tokens, types, tensors, offsets=None, cut=0):
    """tensors: {name: rows}; offsets: where the data are said to begin, if not where they do"""
    pairs = [
        gguf_string("general.architecture") + struct.pack("<I", STRING) + gguf_string("llama"),
        gguf_string("tokenizer.ggml.model") + struct.pack("<I", STRING) + gguf_string("llama"),
        gguf_string("tokenizer.ggml.bos_token_id") + struct.pack("<II", UINT32, 1),
        gguf_string("tokenizer.ggml.tokens") + struct.pack("<IIQ", ARRAY, STRING, len(tokens)) +
        b"".join(gguf_string(token) for token in tokens),
        gguf_string("tokenizer.ggml.token_type") +
        struct.pack("<IIQ", ARRAY, INT32, len(types)) + struct.pack(f"<{len(types)}i", *types)]
    head = struct.pack("<IIQQ", 0x46554747, 3, len(tensors), len(pairs)) + b"".join(pairs)
    data, infos = b"", b""
    for i, (name, rows) in enumerate(tensors.items()):
        data += b"\0" * (-len(data) % 32)
        offset = len(data) if offsets is None else offsets[i]
        infos += gguf_string(name) + struct.pack("<IQQIQ", 2, DIM, len(rows), 0, offset)
        data += float32(rows)
    head += infos
    whole = head + b"\0" * (-len(head) % 32) + data
    path.write_bytes(whole[:len(whole) - cut])


def write_gguf(folder):
    """A healthy one and, of two tensors, some that ggml would not read."""
    folder.mkdir()
    tokens = ["<unk>", "start", "</s>"] + words(40) + ["[PAD43]", "[PAD44]"]
    types = [2, 3, 3] + [1] * 40 + [5, 5]
    rows = rows_of(len(tokens))
    rows[0] = rows[1] = rows[43] = rows[44] = ZERO
    gguf(folder / "healthy.gguf", tokens, types, {"token_embd.weight": rows})
    two = {"a": rows_of(1, 3), "token_embd.weight": rows_of(len(tokens), 4)}
    size = 4 * DIM
    gguf(folder / "gap.gguf", tokens, types, two, [0, size + 64], cut=0)
    gguf(folder / "overlap.gguf", tokens, types, two, [0, size - 32])
    gguf(folder / "unaligned.gguf", tokens, types, two, [0, size - 8])
    gguf(folder / "nameless.gguf", tokens, types, {"a": rows_of(1, 3), "b": rows_of(2, 4)}, [0, 512])
    gguf(folder / "cut.gguf", tokens, types, two, cut=3)


# ---------------------------------------------------------------- with something wrong


def write_wrong(folder):
    def model(change, make=qwen):
        made = make()
        change(made)
        return made

    def set_rows(ids, row):
        def change(made):
            for i in ids:
                made.rows[i] = row
        return change

    def set_value(name, value):
        return lambda made: made.config.__setitem__(name, value)

    def set_head(name, rows):
        def change(made):
            made.head = (name, rows)
        return change

    def add(name, dtype, shape, values):
        return lambda made: made.more.__setitem__(name, (dtype, shape, values))

    nan, inf = rows_of(1, 5)[0], rows_of(1, 6)[0]
    nan[7] = float("nan")
    inf[0], inf[39] = float("inf"), float("-inf")
    negative = [-abs(x) - 1e-9 for x in rows_of(1, 7)[0]]
    tiny = [1e-16 if c else -3e-17 for c in range(DIM)]
    changed = [list(row) for row in qwen().rows]
    changed[5][39] += 1
    models = {
        "nan": model(set_rows([4, 63], nan)),
        "inf": model(set_rows([4], inf)),
        "zero": model(set_rows([4, 10, 11, 12, 47, 60], ZERO)),
        "negative": model(set_rows([4], negative)),
        "tiny": model(set_rows([4, 5, 47], tiny)),
        "repeated": model(set_rows([4, 9, 46], rows_of(1, 8)[0])),
        "copy-for-special": model(set_rows([46], qwen().rows[3])),
        "vocab-size": model(set_value("vocab_size", 48)),
        "hidden-size": model(set_value("hidden_size", 41)),
        "config": model(lambda made: made.files.__setitem__("config.json", "{")),
        "tied-differs": model(set_head("lm_head.weight", changed)),
        "tied-other-shape": model(set_head("lm_head.weight", rows_of(48, 9))),
        "untied-no-head": model(set_value("tie_word_embeddings", False)),
        "head-nan": model(lambda made: made.head[1].__setitem__(3, nan), phi),
        "scale": model(add("model.embed_tokens.weight_scale", "F32", [1], struct.pack("<f", 2))),
        "other-nan": model(add("model.norm.weight", "F32", [DIM], float32([nan]))),
    }
    models["config"].config = None
    missing = qwen()
    missing.tokenizer["added_tokens"] += [{"id": i, "content": f"more{i}", "special": False}
                                          for i in (64, 65, 70)]
    models["no-row"] = missing
    for name, made in models.items():
        made.save(folder / name)
    packed = qwen()
    packed.save(folder / "int8")
    codes = bytes(range(1, 1 + DIM)) * 63 + bytes(range(2, 2 + DIM))
    safetensors(folder / "int8/model.safetensors", {
        "model.embed_tokens.weight": ("I8", [64, DIM], codes),
        "model.embed_tokens.weight_scale": ("F32", [64, 1], struct.pack("<64f", *range(1, 65)))})
    (folder / "hole").mkdir()
    text = json.dumps({"wte.weight": {"dtype": "F32", "shape": [1, 1], "data_offsets": [4, 8]}})
    (folder / "hole/model.safetensors").write_bytes(
        struct.pack("<Q", len(text)) + text.encode() + bytes(8))
    with zipfile.ZipFile(folder / "evil.pt", "w") as archive:
        archive.writestr("evil/data.pkl", b"\x80\x02cos\nsystem\nX\x02\0\0\0lsR.")
        archive.writestr("evil/version", "3\n")


HEALTHY = [gpt2, qwen, phi, neox, llama2, llama3, gemma, bert, nllb, opt, e5, mllama, scaled,
           byte_level]


def main():
    folder = pathlib.Path(sys.argv[1])
    for make in HEALTHY:
        make().save(folder / "healthy" / make.__name__)
    write_gguf(folder / "gguf")
    write_wrong(folder / "wrong")


main()
