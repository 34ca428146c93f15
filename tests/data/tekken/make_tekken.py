#!/usr/bin/env python3
"""Writes tekken.json files, good and bad ones, into the folder that is named."""
import base64
import copy
import json
import pathlib
import sys

FOLDER = pathlib.Path(sys.argv[1])
MORE = [b" the", "é".encode(), "日本".encode(), b"\xe3\x81", b"<s>"]


def entry(rank, token):
    try:
        text = token.decode()
    except UnicodeDecodeError:
        text = None
    return {"rank": rank, "token_bytes": base64.b64encode(token).decode(), "token_str": text}


def special(rank, text):
    return {"rank": rank, "token_str": text, "is_control": True}


def write(name, data):
    (FOLDER / f"{name}.json").write_text(json.dumps(data))


tokens = [bytes([i]) for i in range(256)] + MORE
vocab = [entry(i, t) for i, t in enumerate(tokens)]
NEW = {"config": {"pattern": ".", "num_vocab_tokens": len(vocab), "default_vocab_size": 8 + len(vocab),
                  "default_num_special_tokens": 8, "version": "v11"},
       "vocab": vocab,
       "special_tokens": [special(i, t) for i, t in enumerate(["<unk>", "<s>", "</s>", "[INST]"])]}
write("new", NEW)


def changed(name, change, of=NEW):
    data = copy.deepcopy(of)
    change(data)
    write(name, data)
    return data


def old(data):
    del data["special_tokens"]
    data["config"].update(default_num_special_tokens=25, default_vocab_size=25 + len(vocab), version="v3")


OLD = changed("old", old)
changed("plain", lambda d: d.update(special_tokens=[]))
changed("cut", lambda d: d["config"].update(default_vocab_size=265))
write("config-last", {k: NEW[k] for k in ("special_tokens", "vocab", "config")})

changed("bad-more-specials", lambda d: d["config"].update(default_num_special_tokens=3))
changed("bad-special-twice", lambda d: d["special_tokens"].append(special(4, "<s>")))
changed("bad-special-filler", lambda d: d["special_tokens"].append(special(4, "<SPECIAL_6>")))
changed("bad-special-rank", lambda d: d["special_tokens"][1].update(rank=3))
changed("bad-rank", lambda d: d["vocab"][257].update(rank=258))
changed("bad-byte", lambda d: d["vocab"][3].update(token_bytes="AA=="))
changed("bad-twice", lambda d: d["vocab"][257].update(token_bytes=d["vocab"][256]["token_bytes"]))
changed("bad-few", lambda d: d["config"].update(default_vocab_size=9 + len(vocab)))
changed("bad-small", lambda d: d["config"].update(default_vocab_size=4))
changed("bad-huge-specials", lambda d: d["config"].update(default_num_special_tokens=16000000, default_vocab_size=16000100))
changed("bad-negative", lambda d: d["vocab"][257].update(rank=-1))
changed("bad-fraction", lambda d: d["vocab"][257].update(rank=257.0))
changed("bad-base64", lambda d: d["vocab"][257].update(token_bytes="?A=="))
changed("bad-no-bytes", lambda d: d["vocab"][257].pop("token_bytes"))
changed("bad-no-config", lambda d: d.pop("config"))
changed("bad-no-version", lambda d: d["config"].pop("version"), OLD)
changed("bad-version", lambda d: d["config"].update(version="v11"), OLD)
(FOLDER / "bad-cut.json").write_text(json.dumps(NEW)[:-400])
(FOLDER / "bad-behind.json").write_text(json.dumps(NEW) + "x")
