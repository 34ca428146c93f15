"""What the parity tests share: their arguments, the program, the count of cases.

A test that misses the original it compares with is skipped (status 77); with TOKVEC_REQUIRE_PARITY
set that is a failure.
"""
import argparse
import atexit
import os
import random
import shutil
import subprocess
import sys
import tempfile

# The contract is PyTorch's AVX2 path; has to be said before torch is loaded.
os.environ.setdefault("ATEN_CPU_CAPABILITY", "avx2")

SKIPPED = 77
FAILURES_SHOWN = 10


def skip(reason):
    required = bool(os.environ.get("TOKVEC_REQUIRE_PARITY"))
    print(f"{'missing' if required else 'skipped'}: {reason}")
    sys.exit(1 if required else SKIPPED)


def originals(*names):
    """The modules of these names; without them the test is skipped."""
    modules = []
    for name in names:
        try:
            modules.append(__import__(name))
        except ImportError:
            skip(f"python3-{name} is not installed")
    return modules


class Run:
    """One run of a test: random numbers from a printed seed, and cases that are counted."""

    def __init__(self, cases):
        parser = argparse.ArgumentParser()
        parser.add_argument("--program", required=True)
        parser.add_argument("--seed", type=int, default=random.SystemRandom().getrandbits(32))
        parser.add_argument("--cases", type=int, default=cases, help="random ones")
        arguments = parser.parse_args()
        self.program = os.path.abspath(arguments.program)
        self.cases = arguments.cases
        self.seed = arguments.seed
        self.random = random.Random(self.seed)
        self.total = self.failed = 0
        self.folder = tempfile.mkdtemp(prefix="tokvec-parity-")
        atexit.register(shutil.rmtree, self.folder)
        print(f"random cases from --seed {self.seed}", flush=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def call(self, *words, stdin=b""):
        """(standard output, standard error, exit status) of the program."""
        done = subprocess.run([self.program, *map(str, words)], input=stdin, timeout=60,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return done.stdout, done.stderr.decode(errors="replace"), done.returncode

    def output(self, *words, stdin=b""):
        """Standard output; if the program failed, its message, which equals no expectation."""
        output, message, status = self.call(*words, stdin=stdin)
        return output if status == 0 else f"failed with {status}: {message}".encode()

    def equal(self, got, wanted, case):
        self.total += 1
        if got == wanted:
            return
        self.failed += 1
        if self.failed <= FAILURES_SHOWN:
            print(f"DIFFERS: {case}\n got    {shorten(got)}\n wanted {shorten(wanted)}")

    def end(self):
        print(f"{self.total} cases, {self.failed} differ (--seed {self.seed})")
        sys.exit(self.failed > 0 or self.total == 0)


def shorten(value):
    text = value.decode(errors="backslashreplace") if isinstance(value, bytes) else repr(value)
    return text if len(text) < 2000 else text[:2000] + " ..."
