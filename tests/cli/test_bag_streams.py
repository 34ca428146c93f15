#!/usr/bin/env python3
"""Bags that come as a stream: each answered before the next one is asked for, whatever the pieces,
and in bounded memory however long a line is.

usage: test_bag_streams.py --program PATH
"""
import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"


class Tester:
    def __init__(self, program):
        self.program = program
        self.total = self.failed = 0

    def expect(self, true, *details):
        self.total += 1
        if not true:
            self.failed += 1
            print("FAILED:", *details)

    def converse(self, words, questions, header):
        """Asks one line after the other, each after the answer to the last one."""
        tokvec = subprocess.Popen([self.program, *words], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE)
        lines = [tokvec.stdout.readline()] if header else []
        for question in questions:
            tokvec.stdin.write(question)
            tokvec.stdin.flush()
            lines.append(tokvec.stdout.readline())
        rest = tokvec.communicate(timeout=60)[0]
        whole = subprocess.run([self.program, *words], input=b"".join(questions), timeout=60,
                               capture_output=True).stdout
        self.expect(rest == b"" and b"".join(lines) == whole != b"", words, lines, whole)

    def drip(self, words, text):
        """The text in pieces of one byte and of some."""
        whole = subprocess.run([self.program, *words], input=text, timeout=60,
                               capture_output=True)
        for size in (1, 7):
            tokvec = subprocess.Popen([self.program, *words], stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            try:
                for at in range(0, len(text), size):
                    tokvec.stdin.write(text[at:at + size])
                    tokvec.stdin.flush()
            except BrokenPipeError:
                pass
            output, message = tokvec.communicate(timeout=60)
            self.expect((output, message, tokvec.returncode) ==
                        (whole.stdout, whole.stderr, whole.returncode), words, size, message)

    def long_line(self, folder):
        """A bag of two million IDs: pooled as they come, or kept to be printed."""
        path = os.path.join(folder, "long")
        with open(path, "w") as f:
            f.write("0 1\n")
            for i in range(2000):
                f.write(" ".join(str((i * j) % 50) for j in range(1000)) + " ")
            f.write("\n2\n")
        table = ["-w", os.path.join(folder, "table.npy"), "-i", path]
        subprocess.run([self.program, "weight", "-n", "50", "-d", "8", "-o",
                        os.path.join(folder, "table.npy")], check=True)
        for how in ("sum", "mean", "max"):
            words = [*table, "--bag", how]
            raw = subprocess.run([self.program, *words, "-f", "raw"], capture_output=True).stdout
            if how == "sum" and b"__asan_init" not in pathlib.Path(self.program).read_bytes():
                most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
                self.expect(most < 64 << 10, "a long line took", most, "KB")
            npy = subprocess.run([self.program, *words, "-f", "npy"], capture_output=True).stdout
            self.expect(len(raw) == 3 * 8 * 4 and npy.endswith(raw), how)
            jsonl = subprocess.run([self.program, *words, "-f", "jsonl"], capture_output=True)
            self.expect(jsonl.stdout.count(b"\n") == 3, how)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    tester = Tester(os.path.abspath(parser.parse_args().program))
    with tempfile.TemporaryDirectory(prefix="tokvec-bag-") as folder:
        tester.long_line(folder)
    words = ["-w", str(DATA / "sentences" / "words.bin"), "--bag"]
    for form, header in (("csv", True), ("tsv", True), ("jsonl", False)):
        tester.converse(["--bag", "mean", "-f", form], [b"1 2\n", b"\n", b"[3, 4, 5]\n", b"0\n"],
                        header)
        tester.converse([*words, "sum", "--tokens", "-f", form], [b"king\tqueen\n", b"\n"], header)
        tester.converse([*words, "sentence", "-f", form], [b"king queen\n", b"\n", b"x\n"], header)
    tester.drip(["--bag", "sum", "-f", "csv"], b"1 2 3\n\n[4,\n5]\n[[1], [], [2, 0]]\r\n 5,4")
    tester.drip(["--bag", "max", "--per-sample-weights", "-f", "csv"], b"")
    tester.drip(["--bag", "sum", "--per-sample-weights", "-f", "jsonl"],
                b"1:0.5 2:-1e-1\n\n[[3:1], [4:2]]\n5:x")
    tester.drip([*words, "sum", "--tokens", "-f", "csv"],
                b"king\tqueen\n\n[\"king\", \"queen\"]\n[[\"the\"], []]\n[king\n")
    tester.drip([*words, "sum", "--per-sample-weights", "--tokens", "-f", "csv"],
                b"king\t0.5\tqueen\t-1\nking\t1\tqueen\n")
    print(f"{tester.total} checks, {tester.failed} failed")
    return tester.failed > 0 or tester.total == 0


if __name__ == "__main__":
    sys.exit(main())
