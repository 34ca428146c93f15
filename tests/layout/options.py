#!/usr/bin/env python3
"""Fails when a text in the sources outside of cli/ speaks of the program's command line.

usage: options.py --program PATH

Only cli/ knows options and commands: what to do about an error on the command line is added there,
by the error's kind. Texts that quote other programs' command lines are left alone.
"""
import argparse
import pathlib
import re
import subprocess
import sys

SOURCES = pathlib.Path(__file__).resolve().parents[2] / "src"
OTHERS = r"\b(iconv|jq|xz|zstd|lz4|gzip|tar|python3|finalfusion|ulimit)\b[^;:]*"
STRING = r'"((?:[^"\\\n]|\\.)*)"'


def options(program):
    """Names and letters of all commands' options, and the commands' names."""
    def show(*words):
        return subprocess.run([program, *words, "--help"], capture_output=True, text=True,
                              check=True).stdout
    commands = re.findall(r"^  ([a-z]+)  ", show().partition("Commands:")[2].partition("\n\n")[0],
                          re.MULTILINE)
    texts = [show(command) for command in commands]
    names = {name for text in texts for name in re.findall(r"^  .{4}--([a-z-]+)", text, re.M)}
    letters = {letter for text in texts for letter in re.findall(r"^  -(.), --", text, re.M)}
    return names, letters, commands


def literals(text):
    """The number of the line and the text of each string, neighbouring ones put together."""
    def blank(match):
        return match.group(0) if match.group(0)[0] in "\"'" else re.sub(r"[^\n]", " ", match.group(0))
    text = re.sub(r"/\*.*?\*/|//[^\n]*|" + STRING + r"|'(?:[^'\\\n]|\\.)+'", blank, text, flags=re.S)
    for match in re.finditer(rf"(?:{STRING}\s*)+", text):
        yield text.count("\n", 0, match.start()) + 1, "".join(re.findall(STRING, match.group(0)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    names, letters, commands = options(parser.parse_args().program)
    if len(names) < 20 or len(letters) < 5 or len(commands) < 3:
        sys.exit("the help does not list the options as it did")
    spoken = re.compile(rf"(?<![\w-])(--({'|'.join(names)})|-[{''.join(letters)}])(?![\w-])|"
                        rf"\btokvec ({'|'.join(commands)})\b")
    bad = 0
    for path in sorted(SOURCES.rglob("*.[ch]")):
        if path.parent.name == "cli":
            continue
        for line, literal in literals(path.read_text()):
            found = spoken.search(re.sub(OTHERS, "", literal))
            if found:
                print(f"{path.relative_to(SOURCES)}:{line}: '{found.group(0)}' in \"{literal}\"")
                bad += 1
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
