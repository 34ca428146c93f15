#!/usr/bin/env python3
"""What fastText and gensim answer to the same queries of the same models: data/near/expected.txt."""
import argparse
import json
import pathlib
import struct
import subprocess
import sys

DATA = pathlib.Path(__file__).resolve().parents[1] / "data" / "near"


def float32(value):
    return struct.unpack("f", struct.pack("f", value))[0]


def arguments(kind, query):
    """The words of the command line, and the text on standard input."""
    if kind == "nn":
        return [query], ""
    if kind == "analogy":
        a, b, c = query.split()
        return ["--plus", a, "--minus", b, "--plus", c], ""
    if kind == "gensim vector":
        return ["--vectors"], query + "\n"
    words = []
    for term in query.split():
        words += (["--first", term.removeprefix("first=")] if term.startswith("first=")
                  else ["--plus" if term[0] == "+" else "--minus", term[1:]])
    return words, ""


def ask(program, model, k, words, text):
    done = subprocess.run([program, "near", "-w", str(DATA / model), "-k", k, "-f", "json", *words],
                          input=text, capture_output=True, text=True, timeout=60)
    return done.returncode, json.loads(done.stdout) if done.returncode == 0 else done.stderr


def close(kind, model, score, expected):
    """fastText's six digits but for the noise of its float32; gensim's float64, or its float32."""
    if not kind.startswith("gensim"):
        return "%.6g" % score == expected or abs(score - float(expected)) < 1.5e-6
    if model.endswith(".vec"):
        return float32(score) == float32(float(expected))
    return abs(score - float(expected)) < 2e-7


def in_order(kind, answer, expected):
    """The same words in the same order, but for those with one float32, which go by ID here, and
    for fastText's noise."""
    if [a["rank"] for a in answer] != list(range(1, len(expected) + 1)):
        return False
    words = [a["token"] for a in answer]
    scores = [float32(float(expected.get(word, "nan"))) for word in words]
    noise = 0 if kind.startswith("gensim") else 1.5e-6
    return set(words) == set(expected) and all(a >= b - noise for a, b in zip(scores, scores[1:]))


def check(program, line):
    kind, model, query, k, *hits = line.split("\t")
    expected = dict(hit.rsplit(" ", 1) for hit in hits)
    status, answer = ask(program, model, k, *arguments(kind, query))
    if all(float(score) == 0 for score in expected.values()):
        return status == 2 and "is zero" in answer
    return (status == 0 and in_order(kind, answer, expected) and
            all(close(kind, model, a["score"], expected[a["token"]]) for a in answer))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = parser.parse_args().program
    lines = [line for line in (DATA / "expected.txt").read_text().split("\n")
             if line and not line.startswith("#")]
    failed = [line for line in lines if not check(program, line)]
    for line in failed:
        print("differs:", line[:120])
    print(f"{len(lines)} queries, {len(failed)} differ")
    sys.exit(len(failed) > 0 or not lines)


main()
