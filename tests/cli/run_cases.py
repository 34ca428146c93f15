#!/usr/bin/env python3
"""Runs the commands of a transcript and compares what they print.

usage: run_cases.py --program PATH [--update] FILE...

In a .t file a line that begins with "$ " is a command for bash. What must come on standard output
follows it, then what must come on standard error, each line behind "! ", then, if it is not 0,
the exit status as "[2]". An output that does not end in a newline is marked by a line "(no
newline)". Blank lines and lines that begin with "#" before the first command of a block are
comment; a block ends at a line "--". Commands of one file share an empty folder; $DATA and
$TESTS are the project's data/ and tests/data/.

In a .md file the blocks are those fenced by ```console; standard error is not set apart there.

--update rewrites the files with what the program printed: read the difference before you commit.
"""
import argparse
import difflib
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(command, folder, program, merge):
    environment = dict(os.environ, DATA=str(ROOT / "data"), TESTS=str(ROOT / "tests/data"),
                       PATH=f"{pathlib.Path(program).resolve().parent}:{os.environ['PATH']}",
                       LC_ALL="C.UTF-8")
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, timeout=120,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT if merge else subprocess.PIPE)
    lines = as_lines(done.stdout)
    if not merge:
        lines += ["! " + line for line in as_lines(done.stderr)]
    if done.returncode != 0 and not merge:
        lines.append(f"[{done.returncode}]")
    return lines


def as_lines(output):
    text = output.decode(errors="backslashreplace")
    lines = text.split("\n")
    if lines[-1] == "":
        return lines[:-1]
    return lines + ["(no newline)"]


def replay(path, folder, program):
    """The lines of the file with every output replaced by what came now."""
    markdown = path.suffix == ".md"
    lines = path.read_text().split("\n")
    made, inside, commands, i = [], not markdown, 0, 0
    while i < len(lines):
        line = lines[i]
        i += 1
        made.append(line)
        if markdown and line.startswith("```"):
            inside = line == "```console"
        if not inside or not line.startswith("$ "):
            continue
        commands += 1
        command = line[2:]
        while command.endswith("\\"):
            made.append(lines[i])
            command += "\n" + lines[i]
            i += 1
        end = i
        while end < len(lines) and not lines[end].startswith(("$ ", "```")) and \
                (markdown or lines[end] != "--"):
            end += 1
        if not markdown and end == len(lines) and lines[-1] == "":
            end -= 1  # the end of the file
        made += run(command, folder, program, markdown)
        i = end
    return lines, made, commands


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    failed = total = 0
    for path in arguments.files:
        with tempfile.TemporaryDirectory() as folder:
            if path.suffix == ".md":
                os.symlink(ROOT / "data", os.path.join(folder, "data"))
                os.mkdir(os.path.join(folder, "tests"))
                os.symlink(ROOT / "tests/data", os.path.join(folder, "tests/data"))
                os.mkdir(os.path.join(folder, "build"))
                os.symlink(os.path.abspath(arguments.program), os.path.join(folder, "build/tokvec"))
            wanted, made, commands = replay(path, folder, arguments.program)
        total += commands
        if wanted == made:
            continue
        if arguments.update:
            path.write_text("\n".join(made))
            print(f"{path}: rewritten")
            continue
        failed += 1
        sys.stdout.writelines(line + "\n" for line in difflib.unified_diff(
            wanted, made, str(path), "printed now", lineterm=""))
    print(f"{total} commands, {failed} files differ")
    return failed > 0 or total == 0


sys.exit(main())
