#!/usr/bin/env python3
"""Figures of tables compared, and how many values numpy.isclose finds apart: data/diff/expected.json,
which holds what NumPy and exact sums have."""
import argparse
import json
import math
import pathlib
import subprocess

DATA = pathlib.Path(__file__).resolve().parents[1] / "data" / "diff"


def near(got, wanted):
    """To the last digit or two: the order of the additions in a row is another."""
    return got == wanted or (None not in (got, wanted) and
                             math.isclose(got, wanted, rel_tol=1e-15))


class Test:
    def __init__(self, program):
        self.program = program
        self.failed = self.count = 0

    def diff(self, pair, *words):
        paths = [DATA / f"{name}.npy" for name in pair.split()]
        done = subprocess.run([self.program, "diff", *paths, "-f", "json", *words],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        return json.loads(done.stdout), done.returncode

    def check(self, good, case):
        self.count += 1
        self.failed += not good
        if not good:
            print(f"DIFFERS: {case}")

    def compare(self, pair, wanted):
        report, status = self.diff(pair)
        self.check(status == 1 and not report["equal"], f"{pair}: equal")
        for name in ("different", "rel_undefined", "max_abs_at", "max_abs", "max_rel", "mean_abs", "rmse",
                     "cosine", "relative_frobenius"):
            got = report[name]
            self.check(got == wanted[name] if isinstance(got, list) else near(got, wanted[name]),
                       f"{pair}: {name} is {got}, not {wanted[name]}")
        rows, _ = self.diff(pair, "--rows")
        self.check([row["id"] for row in rows] == wanted["changed_rows"], f"{pair}: rows")
        for row in rows:
            cosine = wanted["row_cosine"][row["id"]]
            self.check(near(row["cosine"], cosine), f"{pair}: cosine {row}, not {cosine}")

    def close(self, pair, rtol, atol, equal_nan, mismatched):
        words = ["--rtol", str(rtol), "--atol", str(atol)] + ["--equal-nan"] * equal_nan
        report, status = self.diff(pair, *words)
        self.check((report["different"], status) == (mismatched, int(mismatched > 0)),
                   f"{pair} {words}: {report['different']}, not {mismatched}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    test = Test(parser.parse_args().program)
    expected = json.loads((DATA / "expected.json").read_text())
    for pair, wanted in expected["compare"].items():
        test.compare(pair, wanted)
    for case in expected["closeness"]:
        test.close(*case)
    print(f"{test.count} checks, {test.failed} failed")
    raise SystemExit(test.failed > 0)


main()
