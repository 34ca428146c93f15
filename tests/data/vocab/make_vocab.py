#!/usr/bin/env python3
"""Makes the vocabularies in this folder, small ones of every kind, and alphabet.txt.

alphabet.txt has a line for each byte: its number and the character that GPT-2's byte-level BPE
writes for it, in hexadecimal UTF-8.
"""
import json
import pathlib
import struct

HERE = pathlib.Path(__file__).resolve().parent


def alphabet():
    """As encoder.py of github.com/openai/gpt-2 defines it: visible bytes as they are, the others
    from U+0100 on in their order."""
    visible = [b for b in range(256) if 33 <= b <= 126 or 161 <= b <= 172 or 174 <= b]
    others = [b for b in range(256) if b not in visible]
    return {b: chr(b) for b in visible} | {b: chr(256 + i) for i, b in enumerate(others)}


CHARACTERS = alphabet()


def byte_level(text):
    return "".join(CHARACTERS[b] for b in (text if isinstance(text, bytes) else text.encode()))


BPE = [byte_level(t) for t in ["!", '"', "\n", "\t", "\\", ",", " ", " the", "the", " Paris", "Paris",
                               "é", " 日", b"\xe6", b"\xa5", " \"quoted\"", "42", "\0", " naïve", ":"]]
PIECES = ["<unk>", "<s>", "</s>", "<0x00>", "<0x0A>", "<0x20>", "<0x61>", "<0xE4>", "▁", "▁the", "the",
          "a", "▁▁", "é", "▁Paris", "\n", "x▁y"]
WORDS = ["[PAD]", "[UNK]", "[CLS]", "the", "##s", "paris", "Ġ", "é", ",", "##42", "cat",
         "sat", "on", "mat", "and", "##ing", "of", "to"]


def save_json(name, value, **options):
    (HERE / name).write_text(json.dumps(value, ensure_ascii=False, **options), encoding="utf-8")


def added(first, *tokens):
    return [{"id": first + i, "content": t, "single_word": False, "lstrip": False, "rstrip": False,
             "normalized": False, "special": True} for i, t in enumerate(tokens)]


def gguf(name, model, tokens, types=None):
    def text(t):
        t = t if isinstance(t, bytes) else t.encode()
        return struct.pack("<Q", len(t)) + t
    pairs = [text("general.architecture") + struct.pack("<I", 8) + text("test"),
             text("tokenizer.ggml.model") + struct.pack("<I", 8) + text(model),
             text("tokenizer.ggml.tokens") + struct.pack("<IIQ", 9, 8, len(tokens)) +
             b"".join(map(text, tokens))]
    if types is not None:
        pairs.append(text("tokenizer.ggml.token_type") +
                     struct.pack(f"<IIQ{len(types)}i", 9, 5, len(types), *types))
    rows, dim = len(tokens), 2
    header = b"GGUF" + struct.pack("<IQQ", 3, 1, len(pairs)) + b"".join(pairs)
    header += text("token_embd.weight") + struct.pack("<IQQIQ", 2, dim, rows, 0, 0)
    header += b"\0" * (-len(header) % 32)
    values = struct.pack(f"<{rows * dim}f", *(i / 4 for i in range(rows * dim)))
    (HERE / name).write_bytes(header + values)


def main():
    lines = "".join(f"{b} {c.encode().hex()}\n" for b, c in CHARACTERS.items())
    (HERE / "alphabet.txt").write_text("".join(sorted(lines.splitlines(True), key=lambda l: int(l.split()[0]))))
    bpe = {t: i for i, t in enumerate(BPE)}
    save_json("encoder.json", bpe)
    (HERE / "escaped.json").write_text(json.dumps({"\U0001f600": 3, "Ġthe": 1, "a\"\\/\b\f\n\r\t": 0,
                                                   "\x00": 7, "Ġ": 1000000007}))
    save_json("byte_level.tokenizer.json", {
        "version": "1.0", "truncation": None, "added_tokens": added(19, "<|end of text|>", "<|pad|>"),
        "normalizer": None, "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": "\\p{N}"}, "behavior": "Isolated", "invert": False},
            {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}]},
        "post_processor": None, "decoder": {"type": "ByteLevel", "add_prefix_space": True},
        "model": {"type": "BPE", "dropout": None, "vocab": dict(list(bpe.items())[:19]),
                  "merges": [["Ġ", "t"], ["h", "e"]]}}, indent=2)
    save_json("unigram.tokenizer.json", {
        "version": "1.0", "added_tokens": added(0, "<unk>", "<s>", "</s>"),
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always"},
        "model": {"type": "Unigram", "unk_id": 0, "vocab": [[p, -i / 2] for i, p in enumerate(PIECES)],
                  "byte_fallback": True}})
    save_json("llama.tokenizer.json", {
        "version": "1.0", "added_tokens": added(0, "<unk>", "<s>", "</s>"), "pre_tokenizer": None,
        "normalizer": {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "▁"}]},
        "decoder": {"type": "Sequence", "decoders": [
            {"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"},
            {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
        "model": {"type": "BPE", "vocab": {p: i for i, p in enumerate(PIECES)}, "merges": []}})
    save_json("spaces.tokenizer.json", {
        "version": "1.0", "added_tokens": added(4, "<my_token>"), "pre_tokenizer": None,
        "decoder": {"type": "Sequence", "decoders": [
            {"type": "Metaspace", "replacement": "_", "prepend_scheme": "always"},
            {"type": "Sequence", "decoders": [
                {"type": "Replace", "pattern": {"String": "+"}, "content": " "}, {"type": "ByteFallback"}]}]},
        "model": {"type": "BPE", "byte_fallback": True, "merges": [],
                  "vocab": {"_the": 0, "▁x": 1, "<0x0a>": 2, "a_b": 3}}})
    save_json("wordpiece.tokenizer.json", {
        "version": "1.0", "added_tokens": added(0, "[PAD]", "[UNK]", "[CLS]"),
        "pre_tokenizer": {"type": "BertPreTokenizer"}, "decoder": {"type": "WordPiece", "prefix": "##"},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "vocab": {w: i for i, w in enumerate(WORDS)}}})
    save_json("list.json", ["<pad>", "a", "b ", "▁c"])
    (HERE / "vocab.txt").write_text("\n".join(WORDS) + "\n", encoding="utf-8")
    (HERE / "windows.txt").write_bytes(b"\xef\xbb\xbf" + "\r\n".join(WORDS).encode())
    (HERE / "pieces.vocab").write_text("".join(f"{p}\t{-i}\n" for i, p in enumerate(PIECES) if p != "\n"),
                                       encoding="utf-8")
    gguf("gpt2.gguf", "gpt2", BPE + ["<|endoftext|>"])
    gguf("llama.gguf", "llama", PIECES)
    gguf("bytes.gguf", "none", ["a", b"\xff\xfe", "", "a"])
    # Types: 1 in the alphabet, 3 control and 4 added, which are text.
    gguf("added.gguf", "gpt2", ["Ġthe", "Ã¶", "ö", "Ġb", "«x»", "Ġb"], [1, 1, 4, 3, 4, 1])
    # Bytes in small letters: only where the type, 6, says so.
    gguf("small_bytes.gguf", "llama", ["<unk>", "<0x0a>", "<0xe4>", "<0x4a>", "<0x4B>", "▁a"], [2, 6, 6, 1, 6, 1])
    world = ["中".encode(), " é".encode(), b"\\", b"\n", b"\xe4\xb8", b"it's", b"'\"", b"\0"]
    gguf("rwkv.gguf", "rwkv", ["<s>"] + [repr(t)[2:-1] for t in world] + ["\\u", "\\xzz\\"],
         [3] + [1] * 10)
    (HERE / "ranks.tiktoken").write_text("IHdvcmxk 3\nIQ== 0\n44E= 1\n")
    (HERE / "literals.txt").write_text("1 '\\n' 1\n2 b'\\xe3\\x81' 2\n3 '\\u00e9 ' 3\n4 \"'\" 1\n")
    (HERE / "symbols.txt").write_text("<blk> 0\n 1\nthe 3\nof 2\n")
    (HERE / "marian.yml").write_text("---\n</s>: 0\n\"\\u2581the\": 1\n'it''s': 2\n\"\\\"\": 3\n")
    (HERE / "allennlp.txt").write_text("@@UNKNOWN@@\nthe\n@@NEWLINE@@\n")
    gguf("many.gguf", "gpt2", [byte_level(f" {i}" if i % 2 else str(i)) for i in range(200)])


main()
