"""Rows that are not finite, zero, without a value above 1e-16, or repeated, in tables of each dtype,
by any number of threads and on every level of processors: what a check finds is what NumPy finds."""
import json
import os
import pathlib
import re
import struct

import parity

run = parity.Run(cases=50)
(np,) = parity.originals("numpy")

COLUMNS = [1, 2, 7, 31, 64, 100, 333]
CODES = {"F32": np.float32, "F64": np.float64, "F16": np.float16, "BF16": None, "I8": np.int8,
         "I64": np.int64}


def bfloat16(values):
    """float32 values cut to bfloat16, as bits and as float32."""
    bits = (values.astype(np.float32).view(np.uint32) >> 16).astype(np.uint16)
    return bits, (bits.astype(np.uint32) << 16).view(np.float32)


def write_safetensors(path, code, values):
    header = json.dumps({"wte.weight": {"dtype": code, "shape": list(values.shape),
                                        "data_offsets": [0, values.nbytes]}}).encode()
    path.write_bytes(struct.pack("<Q", len(header)) + header + values.tobytes())


def make(rng, chance, rows, dim):
    """Random values with flaws in some rows."""
    table = rng.normal(size=(rows, dim))
    special = [np.nan, -np.nan, np.inf, -np.inf, 0.0, -0.0, 1e-16, 1e-17, -1e-17, 2e-16, 1e-30]
    for row in range(rows):
        kind = chance.randrange(12)
        if kind == 0:
            table[row] = 0
            table[row, ::2] = -0.0
        elif kind == 1:
            table[row] = -np.abs(table[row])
        elif kind == 2:
            table[row] = chance.choice([1e-16, 1e-17, -1e-16, 1.1e-16])
        elif kind == 3:
            table[row, chance.randrange(dim)] = chance.choice(special)
        elif kind == 4:
            table[row] = table[chance.randrange(row + 1)]
        elif kind == 5:
            table[row] = -np.abs(table[row])
            table[row, chance.randrange(dim)] = chance.choice(special)
    return table


def first_few(rows):
    """As the report lists them: runs, of which ten are shown."""
    runs = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    shown = [str(a) if a == b else f"{a}, {b}" if b == a + 1 else f"{a} to {b}"
             for a, b in runs[:10]]
    return ", ".join(shown) + (", ..." if len(runs) > 10 else "")


def wanted(stored, values):
    """{finding: (rows, ...)} of the table as it is stored, and as float64 (or its own integers)."""
    found = {}
    is_float = values.dtype.kind == "f"
    nan = np.isnan(values) if is_float else np.zeros(values.shape, bool)
    inf = np.isinf(values) if is_float else np.zeros(values.shape, bool)
    zero = (values == 0).all(axis=1)
    bound = np.float64(1e-16).astype(stored.dtype) if stored.dtype.kind == "f" else None
    if stored.dtype == np.uint16:
        bound = np.array([0x24e6], np.uint32).astype(np.uint32) << 16
        bound = bound.view(np.float32)[0]  # 1e-16 as bfloat16 rounds it
    if bound is None:
        bound = 0
    untrained = (values.max(axis=1) <= bound) & ~zero & ~nan.any(axis=1)
    tiny = untrained & (np.abs(values).max(axis=1) <= bound)
    chance = len(values) * 2.0 ** -values.shape[1] > 0.1
    found["nan"] = (int(nan.sum()), np.flatnonzero(nan.any(axis=1)))
    found["inf"] = (int(inf.sum()), np.flatnonzero(inf.any(axis=1)))
    found["zero_rows"] = np.flatnonzero(zero)
    found["untrained_rows"] = np.flatnonzero(tiny if chance else untrained)
    groups = {}
    for row in np.flatnonzero(~zero):
        groups.setdefault(stored[row].tobytes(), []).append(row)
    found["repeated_rows"] = [g for g in groups.values() if len(g) > 1]
    return found


def lines_of(found):
    """The errors as (finding, id, detail)."""
    lines = []
    for kind in ("nan", "inf"):
        count, rows = found[kind]
        if count:
            lines.append((kind, rows[0], f"{count} value{'s' * (count > 1)} in {len(rows)} "
                                         f"row{'s' * (len(rows) > 1)}: {first_few(rows)}"))
    for kind in ("zero_rows", "untrained_rows"):
        rows = found[kind]
        if len(rows):
            lines.append((kind, rows[0],
                          f"{len(rows)} row{'s' * (len(rows) > 1)}: {first_few(rows)}"))
    groups = found["repeated_rows"]
    if groups:
        shown = [" = ".join(map(str, g[:5])) + (" = ..." if len(g) > 5 else "")
                 for g in groups[:5]]
        lines.append(("repeated_rows", groups[0][0],
                      f"{sum(map(len, groups))} rows in {len(groups)} "
                      f"group{'s' * (len(groups) > 1)} of equal ones: {', '.join(shown)}"
                      f"{', ...' * (len(groups) > 5)}"))
    return sorted(lines)


def check(path, threads, level):
    os.environ["TOKVEC_CPU"] = level
    output, _, status = run.call("check", "-f", "json", "-j", threads, path)
    errors = [f for f in json.loads(output) if f["level"] == "error"]
    return status == bool(errors), sorted(
        (f["finding"], f["id"], re.sub("; no vocabulary.*", "", f["detail"])) for f in errors)


for _ in range(run.cases):
    dim, code = run.random.choice(COLUMNS), run.random.choice(list(CODES))
    rng = np.random.default_rng(run.random.getrandbits(63))
    table = make(rng, run.random, run.random.choice([1, 40, 300]), dim)
    with np.errstate(all="ignore"):
        if code == "BF16":
            stored, values = bfloat16(table)
        elif code[0] == "I":
            stored = values = np.nan_to_num(table, posinf=3, neginf=-3).astype(CODES[code])
        else:
            stored = values = table.astype(CODES[code])
    path = run.path("model.safetensors")
    write_safetensors(pathlib.Path(path), code, stored)
    right = lines_of(wanted(stored, values))
    for threads, level in ((1, "baseline"), (4, "avx2"), (8, "avx512")):
        run.equal(check(path, threads, level), (True, right), (dim, code, threads, level))
run.end()
