#!/usr/bin/env python3
"""stats of small tables whose figures are known: tests/data/stats.

usage: test_stats_figures.py --program PATH

expected.json: by exact sums; of nonfinite.npy without what is not finite. Each is asked for in
several formats, with one thread and with more, at every level of instructions.
"""
import argparse
import csv
import json
import os
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "data" / "stats"
ROUNDED = ("mean", "std", "norm_min", "norm_max", "rms", "norm")  # these may be off in the last digit
REPEATED = {"a": [[3, 11, 12], [8, 13]], "fortran": [[3, 11, 12], [8, 13]],
            "big_endian": [[3, 11, 12], [8, 13]], "a64": []}


def run(program, *words, level="avx2"):
    done = subprocess.run([program, "stats", *words], timeout=60, capture_output=True,
                          env=dict(os.environ, TOKVEC_CPU=level))
    return done.stdout.decode() if done.returncode == 0 else f"failed: {done.stderr.decode()}"


def same(name, got, wanted):
    return got == wanted or name in ROUNDED and abs(got - wanted) <= 4e-16 * abs(wanted)


def differences(program, case, wanted):
    quantiles = ",".join(name[len("quantile_"):] for name in wanted if "quantile_" in name)
    words = ["-w", str(FOLDER / f"{case}.npy"), "--quantiles", quantiles, *(["--finite"] if case == "nonfinite" else [])]
    text = run(program, *words, "-f", "json")
    for threads, level in (("8", "avx2"), ("1", "baseline"), ("8", "avx512")):
        if run(program, *words, "-f", "json", "-j", threads, level=level) != text:
            yield f"-j {threads} at level {level} prints something else"
    got = json.loads(text)
    names, values = csv.reader(run(program, *words, "-f", "csv").splitlines())
    line = dict(zip(names, values))
    for name, value in wanted.items():
        if not same(name, got[name], value) or not same(name, float(line[name]), value):
            yield f"{name}: {got[name]} and {line[name]}, not {value}"
    if case in REPEATED and got["repeated_groups"] != REPEATED[case]:
        yield f"groups {got['repeated_groups']}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = os.path.abspath(parser.parse_args().program)
    cases = json.loads((FOLDER / "expected.json").read_text())
    failed = 0
    for case, wanted in cases.items():
        for difference in differences(program, case, wanted):
            print(f"{case}: {difference}")
            failed += 1
    print(f"{len(cases)} tables, {failed} differences")
    sys.exit(failed > 0 or len(cases) < 7)


if __name__ == "__main__":
    main()
