"""Vocabularies in the files of transformers' slow tokenizers: every ID's token, every token's ID.

Each tokenizer that transformers has in Python is made of small files, with more added and special
tokens at random, and saved beside a model's config.json and a table whose row i is [i, i / 4]. The
right answer is get_vocab(). A refusal is counted, but is no difference; nor is an ID without a
token, of which the program then warns or says why. Needs transformers before 5.
"""
import inspect
import json
import os
import re
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import parity  # noqa: E402
import labels  # noqa: E402

run = parity.Run(cases=3)
np, transformers, sentencepiece = parity.originals("numpy", "transformers", "sentencepiece")
from safetensors.numpy import save_file  # noqa: E402
from transformers.models.auto.tokenization_auto import TOKENIZER_MAPPING_NAMES  # noqa: E402

transformers.logging.set_verbosity_error()
WORDS = ("the of and to in a is that it was for on are with as his they at be this from have or by one had not but "
         "what all were when we there can an your which their said if do will each about how up out them then she "
         "many some so these would other into has more her two like him see time could no make than first been its "
         "who now people my made over did down only way find use may water long little very after words called just "
         "where most know café naïve 日本 語 я зык").split()


def write(name, text):
    path = run.path(name)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return path


def piece_model(draw, name=""):
    corpus = write("corpus", "\n".join(" ".join(draw.choices(WORDS, k=9)) for _ in range(400)))
    kind = draw.choice(("unigram", "bpe"))
    # Tokenizers that shift IDs count on the order that their models have.
    orders = ((0, 1, 2, -1), (2, -1, 1, 0), (3, 2, 1, 0))
    unk, bos, eos, pad = orders[0] if name in SHIFTED else orders[1] if "Pegasus" in name else draw.choice(orders)
    sentencepiece.SentencePieceTrainer.train(
        input=corpus, model_prefix=run.path("sp"), vocab_size=150, model_type=kind, unk_id=unk,
        bos_id=bos, eos_id=eos, pad_id=pad, hard_vocab_limit=False, minloglevel=2,
        num_threads=1)
    return run.path("sp.model")


def byte_vocabulary(draw, first=()):
    merges = [(a, b) for a, b in (("t", "h"), ("th", "e"), ("Ġ", "a"), ("Ġ", "th"), ("i", "n"), ("Ã", "©"))]
    tokens = [*first, *labels.CHARACTER_OF.values(), *(a + b for a, b in merges)]
    return tokens, merges


def ended_vocabulary(first=()):
    letters = "abcdefghijklmnopqrstuvwxyz"
    merges = [("t", "h"), ("th", "e</w>"), ("o", "f</w>"), ("i", "n</w>"), ("a", "n"), ("an", "d</w>")]
    return [*first, *letters, *(c + "</w>" for c in letters), *(a + b for a, b in merges)], merges


def word_vocabulary(draw, specials):
    words = draw.sample(WORDS, 60)
    return [*specials, *words, *("##" + w for w in draw.sample(WORDS, 10)), "##s", *"bcdfg!?"]


SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
FAIRSEQ = ["<s>", "<pad>", "</s>", "<unk>"]


def files_of(cls, draw):
    """{argument: path} for the files that a tokenizer's class asks for."""
    names, paths = cls.vocab_files_names, {}
    merges = []
    for argument, name in names.items():
        if argument == "tokenizer_file" or name.endswith("tokenizer.json"):
            continue
        if name.endswith((".model", ".spm")) or name == "prophetnet.tokenizer" and cls.__name__ == "XLMProphetNetTokenizer":
            paths[argument] = run.path(os.path.basename(name))
            shutil.copy(piece_model(draw, cls.__name__), paths[argument])
        elif cls.__name__ in COUNTED and name == "vocab.txt":
            paths[argument] = write(name, "".join(f"{w} {99 - i}\n" for i, w in enumerate(
                draw.sample(WORDS, 40))))
        elif (name.endswith(".txt") or name == "prophetnet.tokenizer") and "merges" not in name and "dict" not in name:
            special = SPECIALS if "pad_token" not in FORCED.get(cls.__name__, {}) else FAIRSEQ
            paths[argument] = write(name, "\n".join(word_vocabulary(draw, special)) + "\n")
        elif name.endswith(".json"):
            ended = cls.__name__ in ENDED
            first = FIRST.get(cls.__name__, ["<|endoftext|>"])
            tokens, merges = ended_vocabulary(first) if ended else byte_vocabulary(draw, first)
            tokens = list(dict.fromkeys(tokens))
            draw.shuffle(tokens)
            if cls.__name__ in PIECES:
                tokens = pieces(run.path(next(n for n in names.values() if n.endswith((".model", ".spm")))),
                                draw, first)
            paths[argument] = write(name, json.dumps({t: i for i, t in enumerate(tokens)},
                                                     ensure_ascii=draw.random() < 0.5))
        elif "merges" in name or "codes" in name:
            merges = merges or [("t", "h"), ("th", "e"), ("a", "n")]
            counted = cls.__name__ in ("CTRLTokenizer",)
            head = "#version: 0.2\n"
            paths[argument] = write(name, head + "".join(
                f"{a} {b}{' 1' if counted else ''}\n" for a, b in merges))
        elif "dict" in name:
            paths[argument] = write(name, "".join(f"{w} {99 - i}\n" for i, w in enumerate(
                draw.sample(WORDS, 40))))
    return paths


def pieces(model, draw, first):
    if not os.path.exists(model):
        shutil.copy(piece_model(draw), model)
    sp = sentencepiece.SentencePieceProcessor(model_file=model)
    tokens = [sp.id_to_piece(i) for i in range(sp.get_piece_size())]
    tokens = [t for t in tokens if t not in first]
    draw.shuffle(tokens)
    return [*first, *tokens]


FIRST = {"RobertaTokenizer": ["<s>", "<pad>", "</s>", "<unk>", "<mask>"], "BartTokenizer": ["<s>", "<pad>", "</s>", "<unk>", "<mask>"],
         "CLIPTokenizer": ["<|startoftext|>", "<|endoftext|>"], "OpenAIGPTTokenizer": ["<unk>"],
         "CTRLTokenizer": ["<unk>"], "Wav2Vec2CTCTokenizer": ["<pad>", "<s>", "</s>", "<unk>", "|"],
         "XLMTokenizer": ["<s>", "</s>", "<pad>", "<unk>"], "FlaubertTokenizer": ["<s>", "</s>", "<pad>", "<unk>"],
         "MarianTokenizer": ["</s>", "<unk>", "<pad>"], "M2M100Tokenizer": FAIRSEQ, "Speech2TextTokenizer": FAIRSEQ,
         "FSMTTokenizer": FAIRSEQ, "DebertaTokenizer": SPECIALS, "BlenderbotTokenizer": FAIRSEQ,
         "LongformerTokenizer": [*FAIRSEQ, "<mask>"], "LEDTokenizer": [*FAIRSEQ, "<mask>"], "MvpTokenizer": [*FAIRSEQ, "<mask>"]}
ENDED = {"CLIPTokenizer", "OpenAIGPTTokenizer", "CTRLTokenizer", "XLMTokenizer", "FlaubertTokenizer", "FSMTTokenizer"}
SHIFTED = {"XLMRobertaTokenizer", "MBartTokenizer", "MBart50Tokenizer", "NllbTokenizer", "LayoutXLMTokenizer", "XGLMTokenizer",
           "BarthezTokenizer", "CamembertTokenizer", "BartphoTokenizer", "PLBartTokenizer", "SeamlessM4TTokenizer"}
COUNTED = {"BertweetTokenizer", "PhobertTokenizer"}
PIECES = {"MarianTokenizer", "M2M100Tokenizer", "Speech2TextTokenizer"}
FORCED = {"MarianTokenizer": {"source_lang": "en", "target_lang": "de"}, "FSMTTokenizer": {"langs": ["en", "de"]},
          "XLMTokenizer": {}, "MPNetTokenizer": {"pad_token": "<pad>"}}


def make(cls, draw):
    paths = files_of(cls, draw)
    if not paths:
        raise ValueError("no files")
    extra = dict(FORCED.get(cls.__name__, {}))
    if "extra_ids" in inspect.signature(cls.__init__).parameters:
        extra["extra_ids"] = draw.choice((0, 3, 100))
    elif draw.random() < 0.5:
        extra["additional_special_tokens"] = draw.sample(["<a>", "[B]", "<|c d|>", "é", "<extra_id_9>"], 2)
    tokenizer = cls(**paths, **extra)
    if draw.random() < 0.6:
        tokenizer.add_tokens(draw.sample(["new", "Ġx", "▁y", "日本語", "<z>", "two words"], draw.randint(1, 4)))
    return tokenizer


def save(tokenizer, model_type, folder, draw):
    tokenizer.save_pretrained(folder, legacy_format=True) if "legacy_format" in inspect.signature(
        tokenizer.save_pretrained).parameters else tokenizer.save_pretrained(folder)
    # Saving may move tokens (BERT's leaves out the line of one that is repeated).
    vocab = type(tokenizer).from_pretrained(folder).get_vocab()
    rows = max(vocab.values()) + 1
    table = np.array([[i, i / 4] for i in range(rows)], np.float32)
    save_file({"model.embed_tokens.weight": table}, os.path.join(folder, "model.safetensors"))
    json.dump({"model_type": model_type, "vocab_size": rows},
              open(os.path.join(folder, "config.json"), "w"))
    return vocab


def family(folder):
    names = os.listdir(folder)
    if any(n.endswith((".model", ".spm")) for n in names):
        return "sentencepiece"
    return "bytes" if "merges.txt" in names else "plain"


def compare(name, model_type, number):
    draw = run.random
    cls = getattr(transformers, name)
    try:
        tokenizer = make(cls, draw)
    except Exception as error:
        return f"not made: {type(error).__name__}: {str(error)[:100]}"
    folder = run.path(f"{name}-{number}")
    os.mkdir(folder)
    try:
        vocab = save(tokenizer, model_type, folder, draw)
    except Exception as error:
        return f"not saved: {type(error).__name__}: {str(error)[:100]}"
    case = f"{name} ({model_type}), {len(vocab)} tokens, {sorted(os.listdir(folder))}"
    output, message, status = run.call("list", "--tokens", "--raw-tokens", "-f", "jsonl", folder)
    if status != 0:
        return f"refused: {message[:160]}"
    got = {r["id"]: r["token"] for r in map(json.loads, output.decode().splitlines()) if r["token"] is not None}
    wanted = {}
    for token, i in vocab.items():
        wanted.setdefault(i, set()).add(token)
    wrong = {i: (t, wanted.get(i)) for i, t in got.items() if t not in wanted.get(i, ())}
    less = sorted(set(wanted) - set(got))
    run.equal(dict(list(wrong.items())[:4]), {}, f"{case}: labels{', warned' if message else ''}")
    asked = {t: i for t, i in vocab.items() if t and not re.search(r"[\r\n]", t) and i not in less}
    found = labels.found(run, ("-w", folder), asked, "--raw-tokens")
    bad = found if isinstance(found, str) else labels.differences(found, asked)
    run.equal(bad, [], f"{case}: found")
    if keep and (wrong or bad):
        shutil.copytree(folder, f"{keep}/{name}-{number}", dirs_exist_ok=True)
        json.dump(vocab, open(f"{keep}/{name}-{number}.vocab.json", "w"), ensure_ascii=False)
    if less:
        return f"{len(less)} IDs without a label, as {less[0]} {wanted[less[0]]}; {message[:120]!r}"
    return "same" + (f", warned: {message[:120]}" if message else "")


keep = os.environ.get("KEEP")
print("transformers", transformers.__version__, "sentencepiece", sentencepiece.__version__)
made = {}
for model_type, (slow, _) in TOKENIZER_MAPPING_NAMES.items():
    if slow is not None and (slow, model_type) not in made and hasattr(transformers, slow):
        if only := os.environ.get("ONLY"):
            if not re.search(only, slow):
                continue
        for number in range(run.cases):
            answer = compare(slow, model_type, len(made) * 10 + number)
            made.setdefault((slow, model_type), []).append(answer)
for (slow, model_type), answers in made.items():
    for answer in dict.fromkeys(answers):
        print(f"  {slow} ({model_type}): {answers.count(answer)} x {answer}".rstrip())
run.end()
