"""What the comparisons of vocabularies share: how labels read, and asking the program for them.

A vocabulary is given as stored = {ID: token as it is stored} and text = {ID: bytes that it reads as}.
"""
import json
import re

# GPT-2's encoder.py: a character for every byte.
VISIBLE = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
HIDDEN = [b for b in range(256) if b not in VISIBLE]
BYTE_OF = {chr(b): b for b in VISIBLE} | {chr(0x100 + i): b for i, b in enumerate(HIDDEN)}
CHARACTER_OF = {b: c for c, b in BYTE_OF.items()}
FORM = re.compile(r"<(?=0x[0-9A-F]{2}>)")


def byte_level(token):
    """The bytes of a byte-level token; one that is not in the alphabet is text as it is."""
    if all(c in BYTE_OF for c in token):
        return bytes(BYTE_OF[c] for c in token)
    return token.encode()


def sentencepiece(token, space="▁", forms=r"<0x[0-9A-F]{2}>"):
    if forms and re.fullmatch(forms, token):
        return bytes([int(token[3:5], 16)])
    return token.replace(space, " ").encode()


def shown(text):
    """How the program prints bytes: those that are no UTF-8 as <0xE3>, and then no < for one."""
    try:
        return text.decode()
    except UnicodeDecodeError:
        escaped = FORM.sub("<0x3C>", text.decode(errors="surrogateescape"))
        return re.sub("[\udc80-\udcff]", lambda c: f"<0x{ord(c[0]) - 0xDC00:02X}>", escaped)


def differences(got, wanted):
    """The first few of {key: value} that differ; empty: none."""
    keys = [k for k in {**wanted, **got} if got.get(k) != wanted.get(k)]
    return [(k, got.get(k), wanted.get(k)) for k in keys[:3]] + ([len(keys)] if keys else [])


def listed(run, path, *options):
    """{ID: token} of a vocabulary or a folder; a message if it is refused."""
    output, message, status = run.call("list", "-q", *options, "-f", "jsonl", path)
    if status != 0:
        return message
    rows = [json.loads(line) for line in output.splitlines()]
    return {row["id"]: row["token"] for row in rows if row["token"] is not None}


def found(run, source, tokens, *options):
    """{token: ID} by a lookup of each; tokens are without line ends."""
    left, answers = list(dict.fromkeys(tokens)), {}
    while left:
        output, message, status = run.call("-q", *source, "--tokens", "-f", "jsonl", *options,
                                           stdin="".join(t + "\n" for t in left).encode())
        if status == 0:
            ids = [json.loads(line)["id"] for line in output.splitlines()]
            return answers | dict(zip(left, ids))
        place = re.search(r"line (\d+)", message)
        if place is None or len(answers) > 50:
            return message
        bad = left.pop(int(place[1]) - 1)
        answers[bad] = message
    return answers


def compare(run, path, stored, text, case, ids=None, source=None, raw=True, instead={}):
    """Labels of all IDs, and the ID of each token, as it is stored and as it reads.

    ids: {stored: ID}, where a token has several. source: the options that name the table.
    instead: {label: ID} where a label finds another token than its own."""
    wanted = {i: shown(t) for i, t in text.items()}
    got = listed(run, path, "--tokens")
    if isinstance(got, str):
        run.equal(got, f"{len(text)} tokens", case)
        return
    run.equal(differences(got, wanted), [], f"{case}: labels")
    rows = max(stored, default=0) + 1
    source = source or ("-n", rows, "-d", 1, "--vocab", path)
    if raw:
        run.equal(differences(listed(run, path, "--tokens", "--raw-tokens"), stored), [], f"{case}: as stored")
        ids = ids if ids is not None else {t: i for i, t in stored.items()}
        ids = {t: i for t, i in ids.items() if not re.search(r"[\r\n]", t) and t}
        got = found(run, source, ids, "--raw-tokens")
        run.equal(got if isinstance(got, str) else differences(got, ids), [],
                  f"{case}: found as stored")
    # A line cannot hold a line end; the forms of bytes can.
    labels = {i: t.replace("\n", "<0x0A>").replace("\r", "<0x0D>") for i, t in wanted.items() if t}
    same = {}
    for i, label in labels.items():
        same.setdefault(label, set()).add(i)
    got = found(run, source, same)
    if not isinstance(got, str):
        got = {t: min(same[t]) if i in same[t] else i for t, i in got.items()}
    same = {t: min(s) for t, s in same.items()} | instead
    run.equal(got if isinstance(got, str) else differences(got, same), [],
              f"{case}: found as it reads")
