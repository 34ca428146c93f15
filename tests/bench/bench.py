#!/usr/bin/env python3
"""Runs the measurements of this folder and prints one table: what each job took tokvec, what it
took another program, the ratio, and whether that is what it should be.

usage: /usr/bin/python3 bench.py --program PATH [--only REGEX] [--output FILE]
(that Python, because it is the one that has the distribution's PyTorch and NumPy)

Jobs come from the modules bench_*.py that have a function jobs(program). All input is made in a
temporary folder; nothing is fetched. Ratios of one run can be compared, seconds cannot.
"""
import argparse
import glob
import importlib
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)


def collect(program, only):
    for file in sorted(glob.glob(os.path.join(HERE, "bench_*.py"))):
        name = os.path.splitext(os.path.basename(file))[0]
        if not re.search(only, name):
            continue
        try:
            module = importlib.import_module(name)
            if hasattr(module, "jobs"):
                yield from module.jobs(program)
        except Exception as error:  # one that fails must not hide the others
            yield {"job": f"{name}: {error}", "tokvec_s": None, "peer_s": None, "peer": "",
                   "ratio": None, "target": None, "met": False}


def figure(value, unit):
    if value is None:
        return "-"
    if unit != "s":
        return f"{value:.2f} {unit}"
    return f"{1e3 * value:.2f} ms" if value < 1 else f"{value:.2f} s"


def number(value):
    return "-" if value is None else f"{value:.4f}" if value < 0.01 else f"{value:.2f}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--only", default="", help="modules whose name this regex matches")
    parser.add_argument("--output", help="also write the table as JSON")
    options = parser.parse_args()
    row = "{:<58} {:>11} {:>11} {:>8} {:>8}  {:<4} {}"
    print(row.format("JOB", "TOKVEC", "PEER", "RATIO", "TARGET", "MET", "PEER IS"), flush=True)
    table = []
    for line in collect(os.path.abspath(options.program), options.only):
        table.append(line)
        unit = line.get("unit", "s")
        met = {True: "yes", False: "NO", None: "-"}[line["met"]]
        print(row.format(line["job"], figure(line["tokvec_s"], unit),
                         figure(line["peer_s"], unit),
                         number(line["ratio"]), number(line["target"]), met, line["peer"]),
              flush=True)
    if options.output:
        with open(options.output, "w", encoding="utf-8") as file:
            json.dump(table, file, indent=1)
            file.write("\n")


if __name__ == "__main__":
    main()
