"""Seeded tables have the same bits on every processor: the program against others of its kind.

Each `--other COMMAND` is one that runs the program elsewhere, as by QEMU (README.md). Compared are
what each prints, its messages and its status: of tables of all generators in tests/data/seeds, at
once and in rows; of as many with other seeds and shapes; and of all else that is made of a seed.
With `--each N` only of every Nth table.
"""
import argparse
import hashlib
import os
import pathlib
import random
import shlex
import subprocess
import sys
import tempfile

SEEDS = pathlib.Path(__file__).resolve().parents[2] / "data" / "seeds"
LOWER_LEVELS = ("avx2", "baseline")


def shape_of(options):
    return [int(options[options.index(option) + 1]) for option in ("-n", "-d")]


def changed(options, **values):
    """The options with other values: n for -n, seed for --seed."""
    options = list(options)
    for name, value in values.items():
        options[options.index(("-" if len(name) == 1 else "--") + name) + 1] = str(value)
    return options


def tables(most):
    """The options of the tables in tests/data/seeds of at most so many values."""
    for path in sorted(SEEDS.glob("*.txt")):
        for line in path.read_text().splitlines():
            if not line.startswith("#"):
                yield line.split()[3:]
    for path in sorted(SEEDS.glob("*.releases")):
        for line in path.read_text().splitlines():
            if line.startswith("#"):
                continue
            releases, seed, dtype, shape, init, *rest = line.split()
            rows, dim = shape.split("x")
            options = ["--seed", seed, "-n", rows, "-d", dim, "--dtype", dtype]
            options += ["--torch", releases.split("..")[0]]
            options += ["--init", init] if init != "-" else []
            options += ["--padding-idx", rest[0]] if len(rest) == 2 and rest[0] != "-" else []
            yield options


def redrawn(options, chance):
    """Another table of the same kind."""
    options = changed(options, n=chance.randint(1, 60), d=chance.randint(1, 100))
    if "--padding-idx" in options:
        options = changed(options, **{"padding-idx": 0})
    if options[options.index("--seed") + 1].isdigit():
        options = changed(options, seed=chance.getrandbits(31))
    return options


NANS = ("--init normal:inf,inf", "--init constant:inf --times 0", "--init normal:0,1e300 --times 0",
        "--padding-idx 2 --times 1e40")
DTYPES = ("float32", "float64", "float16", "bfloat16")
AROUND = [  # of one folder, one after the other
    *(f"weight -n 5 -d 40 -f raw --dtype {dtype} {nans}" for dtype in DTYPES for nans in NANS),
    "weight -n 5 -d 40 -f raw --rng numpy --init normal:inf,inf",
    "weight -n 5 -d 40 -f raw --rng numpy-legacy --init normal:-inf,inf --as float32",
    "weight -n 700 -d 30 --save-state state.pt -f raw",
    "weight -n 7 -d 30 --state state.pt -f raw --dtype float64 --save-state next.pt",
    "weight -n 7 -d 30 --state next.pt -f raw",
    "weight -n 3 -d 5 --after 300x7,linear:70x9,init:trunc_normal:9x9,3x3:float16,skip:9 -f raw",
    "weight -n 9 -d 16 --layer linear --save-state linear.pt -f raw",
    "weight -n 9 -d 16 --layer linear.bias -f raw",
    "-n 100 -d 512 0:100 --add-positions sinusoidal -f raw",
    "-n 100 -d 33 0:100 --add-positions sinusoidal --position-offset 100000 -f raw",
    "-n 100 -d 64 0:100 --add-positions learned",
    "-n 100 -d 64 0:100 --add-positions learned:2048 --as bfloat16 -f raw",
    "-n 100 -d 64 0:100 --rng numpy --add-positions learned -f json",
    "weight -n 60 -d 20 --seed 77 -f npy -o torch.npy",
    "weight -n 60 -d 20 --seed 77 --torch 2.0 --init trunc_normal:0,0.02 -f npy -o trunc.npy",
    "weight -n 60 -d 20 --seed 77 --rng numpy -f npy -o numpy.npy",
    "weight -n 60 -d 20 --seed 77 --rng jax --init uniform -f npy -o jax.npy",
    "weight -n 60 -d 20 --seed 77 --rng gensim -f npy -o gensim.npy",
    "whence torch.npy --seeds 0:300",
    "whence trunc.npy --seeds 60:90 --torch 2.0 --init trunc_normal:0,0.02",
    "whence numpy.npy --seeds 60:90",
    "whence jax.npy --seeds 60:90 --rng jax --init uniform",
    "whence gensim.npy --seeds 60:90",
    "whence torch.npy --seeds 0:70",
    "digest torch.npy",
    "digest -n 1000 -d 100 --rng mlx",
    "digest --seed 9 -n 1000 -d 100",
    "weight -n 20 -d 20",
    "weight -n 20 -d 20 -f json --rng tensorflow",
    "stats -n 500 -d 60",
    "near -n 500 -d 60 7 8",
    "-n 500 -d 60 '[[1, 2, 3], [4, 5]]' --bag mean -f json",
]


class Machine:
    """One way to run the program, in a folder of its own."""

    def __init__(self, name, command, level=None):
        self.name, self.command = name, command
        self.folder = tempfile.TemporaryDirectory(prefix="tokvec-parity-")
        self.environment = {k: v for k, v in os.environ.items() if k != "TOKVEC_CPU"}
        if level is not None:
            self.environment["TOKVEC_CPU"] = level

    def run(self, words):
        done = subprocess.run([*self.command, *words], capture_output=True, check=False,
                              env=self.environment, cwd=self.folder.name)
        return done.stdout, done.stderr, done.returncode

    def files(self):
        return {path.name: path.read_bytes() for path in pathlib.Path(self.folder.name).iterdir()}


def shown(answer):
    output, message, status = answer
    return f"{hashlib.sha256(output).hexdigest()}, {len(output)} bytes, status {status} {message}"


def first_difference(got, wanted):
    places = [i for i, (a, b) in enumerate(zip(got, wanted)) if a != b]
    return f"{len(places)} bytes differ, the first at {places[0]}" if places else "sizes differ"


class Comparison:
    def __init__(self, machines):
        self.machines = machines
        self.total, self.refused, self.failed = 0, 0, dict.fromkeys(machines, 0)

    def compare(self, words):
        """What the first machine answers; the others ought to."""
        words = [str(word) for word in words]
        first, *others = self.machines
        wanted = first.run(words)
        self.total += 1
        self.refused += wanted[2] != 0
        for machine in others:
            got = machine.run(words)
            if got != wanted:
                self.failed[machine] += 1
                print(f"DIFFERS on {machine.name}: {shlex.join(words)}\n got    {shown(got)}\n"
                      f" wanted {shown(wanted)}\n {first_difference(got[0], wanted[0])}", flush=True)
        return wanted

    def end(self):
        wanted = self.machines[0].files()
        for machine in self.machines[1:]:
            differ = [n for n, content in machine.files().items() if wanted.get(n) != content]
            self.failed[machine] += len(differ)
            print(f"{machine.name}: {self.total} answers ({self.refused} refusals) and "
                  f"{len(wanted)} files, {self.failed[machine]} differ {' '.join(differ)}")
        sys.exit(any(self.failed.values()) or self.total == 0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--other", action="append", default=[], metavar="COMMAND")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().getrandbits(32))
    parser.add_argument("--each", type=int, default=1, metavar="N")
    parser.add_argument("--values", type=int, default=25000, help="at most, of a table")
    arguments = parser.parse_args()
    program = [os.path.abspath(arguments.program)]
    chance = random.Random(arguments.seed)
    print(f"other seeds and shapes from --seed {arguments.seed}", flush=True)
    machines = [Machine("this processor", program)]
    machines += [Machine(level, program, level) for level in LOWER_LEVELS]
    for command in arguments.other:
        words = [os.path.abspath(word) if os.path.exists(word) else word
                 for word in shlex.split(command)]
        machines.append(Machine(command, words))
    comparison = Comparison(machines)
    drawn = [options for options in tables(arguments.values)
             if shape_of(options)[0] * shape_of(options)[1] <= arguments.values]
    for options in drawn[chance.randrange(arguments.each)::arguments.each]:
        comparison.compare(["weight", "-f", "raw", *options])
        rows = [chance.randrange(shape_of(options)[0]) for _ in range(5)]
        comparison.compare(["-f", "raw", *options, *rows])
        comparison.compare(["weight", "-f", "raw", *redrawn(options, chance)])
    for line in AROUND:
        comparison.compare(shlex.split(line))
    comparison.end()


main()
