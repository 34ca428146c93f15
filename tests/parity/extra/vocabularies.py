"""Vocabularies that tokenizers writes: every ID's label, every token's ID.

BPE, Unigram, WordPiece and WordLevel trained on random text, with the decoders and pre-tokenizers
that belong to them; added tokens before and behind. The right answers are get_vocab() and what the
decoder makes of a token that stands behind another one.
"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import parity  # noqa: E402
import labels  # noqa: E402

run = parity.Run(cases=100)
tokenizers, = parity.originals("tokenizers")
from tokenizers import (AddedToken, Regex, Tokenizer, decoders, models, normalizers,  # noqa: E402
                        pre_tokenizers, trainers)

SYLLABLES = ("ba na ti ko re lu mi so the ing ed é ü ß 日 本 語 한 글 я зы к 😀 𝔸 ' - _ 1 2 . , ! | # ## @@ "
             "</w> <0x41> <0xE3> \\ \" & \t \u00a0 \u0301 Ġ ▁ Ċ < > &lt; \u200b").split(" ")
SPECIALS = ("<pad>", "<s>", "</s>", "<unk>", "[MASK]", "<|im start|>", "<|im_end|>", "日 本", " x",
            "x ", "Ġthe", "▁the", "<0x41>", "ba", "a b▁c", "é", "\n\n", "##na", "\t", "  ")


def random_text(draw):
    words = ["".join(draw.choices(SYLLABLES, k=draw.randint(1, 5))) for _ in range(300)]
    return [" ".join(draw.choices(words, k=12)) for _ in range(200)]


def byte_level(draw):
    t = Tokenizer(models.BPE(unk_token=draw.choice((None, "<unk>"))))
    step = pre_tokenizers.ByteLevel(add_prefix_space=draw.random() < 0.5)
    split = pre_tokenizers.Split(Regex(r"\s?\p{L}+|\s+|."), "isolated")
    t.pre_tokenizer = draw.choice((step, pre_tokenizers.Sequence(
        [split, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])))
    t.decoder = draw.choice((decoders.ByteLevel(), decoders.ByteLevel(),
                             decoders.Sequence([decoders.ByteLevel()])))
    alphabet = pre_tokenizers.ByteLevel.alphabet() if draw.random() < 0.8 else []
    return t, trainers.BpeTrainer(vocab_size=700, initial_alphabet=alphabet,
                                  show_progress=False), labels.byte_level


def metaspace(draw):
    mark = draw.choice("▁▁▁_Ġ#")
    kind = draw.choice((models.Unigram, models.BPE))
    t = Tokenizer(kind())
    scheme = draw.choice(("always", "never", "first"))
    step = pre_tokenizers.Metaspace(replacement=mark, prepend_scheme=scheme)
    t.pre_tokenizer = draw.choice((step, pre_tokenizers.Sequence([step, pre_tokenizers.Digits()])))
    t.decoder = decoders.Metaspace(replacement=mark, prepend_scheme=scheme)
    if kind is models.BPE:
        trainer = trainers.BpeTrainer(vocab_size=500, show_progress=False)
    else:
        trainer = trainers.UnigramTrainer(vocab_size=300, unk_token="<unk>", special_tokens=["<unk>"],
                                          show_progress=False)
    return t, trainer, lambda token: labels.sentencepiece(token, mark, None)


def llama(draw):
    t = Tokenizer(models.BPE(byte_fallback=True, unk_token="<unk>"))
    t.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    steps = [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
    if draw.random() < 0.5:
        steps.append(decoders.Strip(" ", 1, 0))
    t.decoder = decoders.Sequence(steps)
    forms = [f"<0x{b:02X}>" for b in range(256)]
    trainer = trainers.BpeTrainer(vocab_size=700, special_tokens=["<unk>", "<s>", *forms],
                                  show_progress=False)
    return t, trainer, lambda token: labels.sentencepiece(token, forms=r"<0x[0-9A-Fa-f]{2}>")


def word_piece(draw):
    prefix = draw.choice(("##", "##", "@@"))
    t = Tokenizer(models.WordPiece(unk_token="[UNK]", continuing_subword_prefix=prefix))
    t.pre_tokenizer = draw.choice((pre_tokenizers.BertPreTokenizer(), pre_tokenizers.Whitespace()))
    t.decoder = draw.choice((decoders.WordPiece(prefix=prefix), None))
    return t, trainers.WordPieceTrainer(vocab_size=500, special_tokens=["[PAD]", "[UNK]"],
                                        continuing_subword_prefix=prefix,
                                        show_progress=False), str.encode


def word_level(draw):
    t = Tokenizer(models.WordLevel(unk_token="<unk>"))
    t.pre_tokenizer = draw.choice((pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Whitespace()))
    return t, trainers.WordLevelTrainer(special_tokens=["<unk>"], show_progress=False), str.encode


def suffixed(draw):
    """GPT-1 and the like: words end in </w>, which stays in the label."""
    t = Tokenizer(models.BPE(end_of_word_suffix="</w>", unk_token="<unk>"))
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.decoder = decoders.BPEDecoder(suffix="</w>")
    return t, trainers.BpeTrainer(vocab_size=500, end_of_word_suffix="</w>", special_tokens=["<unk>"],
                                  show_progress=False), str.encode


KINDS = (byte_level, byte_level, metaspace, metaspace, llama, word_piece, word_level, suffixed)


def behind(tokenizer, token):
    """What the decoder makes of a token that does not stand first."""
    first = "\x02"  # in no alphabet, so that it is text
    text = tokenizer.decoder.decode([first, token])
    return text[text.index(first) + 1:] if first in text else None


def compare(number):
    draw = run.random
    kind = draw.choice(KINDS)
    tokenizer, trainer, spelt = kind(draw)
    tokenizer.train_from_iterator(random_text(draw), trainer)
    added = [AddedToken(t, special=draw.random() < 0.5, normalized=draw.random() < 0.3)
             for t in draw.sample(SPECIALS, draw.randrange(len(SPECIALS)))]
    tokenizer.add_tokens(added)
    path = run.path("tokenizer.json")
    tokenizer.save(path, pretty=draw.random() < 0.5)
    plain = {t["content"] for t in json.load(open(path))["added_tokens"]}
    ids = tokenizer.get_vocab()
    stored = {i: t for t, i in ids.items()}
    # The decoder turns the mark of added tokens, too; they have it by chance if it is no U+2581.
    marked = kind is llama or (kind is metaspace and spelt("▁") == b" ")
    text = {i: t.encode() if t in plain and not marked else spelt(t) for i, t in stored.items()}
    if marked or kind is byte_level:
        for i, token in stored.items():
            if token not in plain and "\ufffd" not in (reads := behind(tokenizer, token)):
                run.equal(reads.encode(), text[i], f"case {number}, the comparison's own rule: {token}")
    # The word "ba" is the token "ba</w>"; "ba" alone goes on.
    ends = {t: ids[t + "</w>"] for t in ids if t + "</w>" in ids and kind is suffixed}
    labels.compare(run, path, stored, text, f"case {number}: {kind.__name__}, {len(ids)} tokens", ids,
                   instead=ends)


print("tokenizers", tokenizers.__version__)
for number in range(run.cases):
    compare(number)
run.end()
