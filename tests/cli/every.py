"""every.py - which of very many cases of a kind a test takes: all of them, or where the program is
slow (TOKVEC_EVERY=N: a build with sanitizers) each N-th.
"""
import os

STEP = int(os.environ.get("TOKVEC_EVERY", "1"))


def every(cases):
    return list(cases)[::STEP]
