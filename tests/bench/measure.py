"""Measuring programs against each other.

Only ratios of medians mean anything, and only of runs that took turns: so everything that is
compared is run in one call, round by round.
"""
import atexit
import os
import shutil
import statistics
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ORACLE = "/usr/bin/python3"  # the distribution's own, which has python3-torch and python3-numpy

_folder = None


def folder():
    """A temporary folder, gone when the program ends."""
    global _folder
    if _folder is None:
        _folder = tempfile.mkdtemp(prefix="tokvec-bench-")
        atexit.register(shutil.rmtree, _folder, ignore_errors=True)
    return _folder


def path(name):
    return os.path.join(folder(), name)


def compiled(name, source, *flags):
    """The path of the program that C text makes."""
    program = path(name)
    if not os.path.exists(program):
        with open(program + ".c", "w", encoding="ascii") as file:
            file.write(source)
        subprocess.run(["cc", "-O2", "-o", program, program + ".c", *flags], check=True)
    return program


def empty_program():
    return compiled("empty", "int main(void) { return 0; }\n")


def runner():
    with open(os.path.join(HERE, "runner.c"), encoding="ascii") as file:
        return compiled("runner", file.read(), "-D_GNU_SOURCE")


class Result:
    """What the runs of one command took: the median in seconds, the peak memory in kB."""

    def __init__(self, runs):
        self.seconds = statistics.median(ns for ns, _, _ in runs) / 1e9
        self.peak_kb = max(kb for _, kb, _ in runs)
        self.failed = any(status != 0 for _, _, status in runs)


def compare(*commands, rounds=15, seconds=20):
    """Runs the commands (lists of words) in turn. `<FILE` and `>FILE` before the program redirect;
    otherwise input and output are /dev/null. Returns a Result for each."""
    words = [runner(), str(rounds), str(seconds)]
    for command in commands:
        words += [":::", *command]
    printed = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout
    runs = [[] for _ in commands]
    for line in printed.splitlines():
        number, *figures = map(int, line.split())
        runs[number].append(figures)
    results = [Result(r) for r in runs]
    for command, result in zip(commands, results):
        if result.failed:
            raise RuntimeError("failed: " + " ".join(command))
    return results


def shell(text):
    """A command that is a pipeline."""
    return ["sh", "-c", text]


def has_module(name):
    return os.path.exists(ORACLE) and subprocess.run(
        [ORACLE, "-c", "import " + name], stderr=subprocess.DEVNULL, check=False).returncode == 0


def job(name, tokvec_s, peer_s, peer, target, at_least=None, unit="s"):
    """A line of the table: `target` is the largest ratio tokvec / peer that will do; or, with
    at_least, the smallest peer / tokvec."""
    ratio = tokvec_s / peer_s
    met = ratio <= target if at_least is None else 1 / ratio >= at_least
    return {"job": name, "tokvec_s": tokvec_s, "peer_s": peer_s, "peer": peer, "ratio": ratio,
            "target": target if at_least is None else 1 / at_least, "met": met, "unit": unit}


def skipped(name, peer):
    """A line for a peer that is not installed."""
    return {"job": name, "tokvec_s": None, "peer_s": None, "peer": peer + ", not installed",
            "ratio": None, "target": None, "met": None}
