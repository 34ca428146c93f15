"""Models that sentencepiece trains, changed ones, and tekken.json files: every ID's label, every token's ID.

All four types of models with random options; then the same with random bytes changed, which the
program must read as sentencepiece does, or refuse if it does. Of tekken.json the right answers are
those of mistral-common.
"""
import base64
import io
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import parity  # noqa: E402
import labels  # noqa: E402

run = parity.Run(cases=60)
sentencepiece, mistral_common = parity.originals("sentencepiece", "mistral_common")
from mistral_common.tokens.tokenizers.tekken import Tekkenizer  # noqa: E402

SYLLABLES = "ba na ti ko re lu mi so the ing é ü ß 日 本 語 한 글 я зы 😀 ' - _ 1 2 . , ! | # <".split(" ")


def text(draw):
    words = ["".join(draw.choices(SYLLABLES, k=draw.randint(1, 4))) for _ in range(200)]
    return [" ".join(draw.choices(words, k=12)) for _ in range(300)]


def train(draw):
    kind = draw.choice(("unigram", "bpe", "word", "char"))
    options = {"vocab_size": draw.randint(60, 140), "hard_vocab_limit": False}
    if draw.random() < 0.4 and kind in ("unigram", "bpe"):
        options.update(byte_fallback=True, vocab_size=draw.randint(380, 450))
    if draw.random() < 0.3:
        options.update(treat_whitespace_as_suffix=True)
    if draw.random() < 0.3:
        options.update(pad_id=0, eos_id=1, unk_id=2, bos_id=draw.choice((-1, 3)))
    if draw.random() < 0.3:
        options.update(control_symbols=["<2de>", "<sep>", "▁ctl"])
    if draw.random() < 0.3:
        options.update(user_defined_symbols=["a b", "  ", "x▁y", "<u>", "\t"])
    if draw.random() < 0.3:
        options.update(add_dummy_prefix=False)
    if draw.random() < 0.2:
        options.update(normalization_rule_name="identity", remove_extra_whitespaces=False)
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(text(draw)), model_writer=model, model_type=kind,
                                             character_coverage=1.0, minloglevel=2, **options)
    return model.getvalue(), kind


def load(data):
    processor = sentencepiece.SentencePieceProcessor()
    try:
        processor.LoadFromSerializedProto(data)
        return processor
    except (RuntimeError, TypeError) as error:
        why.append((str(error) or "no reason")[:90])
        return None


def reads(processor, i, piece):
    if processor.IsByte(i):
        return bytes([int(piece[3:5], 16)])
    special = processor.IsControl(i) or processor.IsUnknown(i)
    return piece.encode() if special else piece.replace("▁", " ").encode()


def compare_model(number):
    draw = run.random
    data, kind = train(draw)
    processor = load(data)
    path = run.path("m.model")
    with open(path, "wb") as file:
        file.write(data)
    stored = {i: processor.IdToPiece(i) for i in range(processor.get_piece_size())}
    ids = {t: processor.PieceToId(t) for t in stored.values()}
    labels.compare(run, path, stored, {i: reads(processor, i, t) for i, t in stored.items()},
                   f"case {number}: {kind}, {len(stored)} pieces", ids)
    return data


def change(draw, data):
    """Other bytes, most of them among the pieces."""
    data = bytearray(data)
    for _ in range(draw.randint(1, 2)):
        at = draw.randrange(min(len(data), draw.choice((200, 3000, len(data)))))
        how = draw.randrange(4)
        if how == 0:
            data[at] ^= 1 << draw.randrange(8)
        elif how == 1:
            data[at] = draw.randrange(256)
        elif how == 2:
            del data[at:at + draw.randint(1, 3)]
        else:
            data[at:at] = bytes(draw.randrange(256) for _ in range(draw.randint(1, 3)))
    return bytes(data)


def compare_changed(number, data):
    draw = run.random
    for i in range(20):
        changed = change(draw, data)
        processor = load(changed)
        path = run.path("changed.model")
        with open(path, "wb") as file:
            file.write(changed)
        got = labels.listed(run, path, "--tokens", "--raw-tokens")
        case = f"case {number}, change {i}"
        if processor is None:
            # sentencepiece also refuses for reasons that have nothing to do with IDs.
            if isinstance(got, str):
                run.equal(got.count("\n"), 1, case + ": one line")
            else:
                refused_there.append(why[-1])
            continue
        try:
            stored = {j: processor.IdToPiece(j) for j in range(processor.get_piece_size())}
        except UnicodeDecodeError:
            continue
        run.equal(got if isinstance(got, str) else labels.differences(got, stored), [], case)


def compare_tekken(number):
    draw = run.random
    tokens = [bytes([i]) for i in range(256)]
    for word in " ".join(text(draw)[:8]).split(" "):
        for end in range(2, len(word.encode()) + 1):
            token = word.encode()[:end]
            if token not in tokens:
                tokens.append(token)
    specials = draw.choice((None, [], ["<unk>", "<s>", "</s>", "[INST]", "日本", "<0x41>"]))
    count = draw.randint(20 if specials is None else len(specials or []), 40)
    size = count + draw.randint(256, len(tokens))
    version = draw.choice(("v3", "v7") if specials is None else ("v3", "v7", "v11"))
    data = {"config": {"pattern": r"[^ ]+| ", "num_vocab_tokens": len(tokens), "default_vocab_size": size,
                       "default_num_special_tokens": count, "version": version},
            "vocab": [{"rank": i, "token_bytes": base64.b64encode(t).decode(),
                       "token_str": t.decode(errors="replace") if draw.random() < 0.8 else None}
                      for i, t in enumerate(tokens)]}
    if specials is not None:
        data["special_tokens"] = [{"rank": i, "token_str": t, "is_control": True} for i, t in enumerate(specials)]
    path = run.path("tekken.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=draw.random() < 0.5, indent=draw.choice((None, 1)))
    original = Tekkenizer.from_file(path)
    expected = {}
    for i in range(original.n_words):
        if i < count:
            expected[i] = original.id_to_piece(i).encode()
        else:
            expected[i] = original.id_to_byte_piece(i)
    labels.compare(run, path, {i: labels.shown(t) for i, t in expected.items()}, expected,
                   f"case {number}: tekken {version}, {size} IDs", raw=False)


print("sentencepiece", sentencepiece.__version__, "mistral-common", mistral_common.__version__)
refused_there, why = [], []
for number in range(run.cases):
    compare_changed(number, compare_model(number))
    compare_tekken(number)
print("read here, refused by sentencepiece:", {r: refused_there.count(r) for r in refused_there})
run.end()
