"""Tables and word vectors in text as their writers write them, read with the writers' own readers.

Each file is read with the values and words that its own reader reads, or refused, in one line that
names the number of the line which is at fault. numpy.savetxt, pandas' to_csv, gensim's
save_word2vec_format; R's write.table where Rscript is installed; and, as their formats are known,
GloVe, fastText, DeepLearning4j, Octave, Excel. Then spellings of numbers, and faults of one line,
at random places of files of every kind. --cases: of each kind.
"""
import base64
import collections
import io
import json
import os
import re
import shutil
import subprocess
import sys
import warnings

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import parity  # noqa: E402

run = parity.Run(cases=200)
np, pd, gensim = parity.originals("numpy", "pandas", "gensim")
from gensim.models import KeyedVectors  # noqa: E402

warnings.simplefilter("ignore")
draw = run.random
numbers = np.random.default_rng(run.seed)
told = collections.Counter()
WORDS = ["the", "New York", 'x"y', "a,b", "naïve", "日本", "#", "a;b", "it's", "1.5", "7", "nan",
         "[UNK]", "</s>", "back\\slash", "NA", "-", "e5", "word", "id", "'", '"', "# a", "inf"]


def matrix(rows=None, columns=None):
    shape = (rows or draw.choice((2, 3, 30)), columns or draw.choice((2, 3, 5, 40, 800)))
    table = numbers.standard_normal(shape).astype(np.float32)
    return table * np.float32(draw.choice((1, 1, 1, 1e-5, 1e6)))


def words_for(table, odd=0.5):
    words = [f"w{i}" for i in range(len(table))]
    if draw.random() < odd:
        for i, word in enumerate(draw.sample(WORDS, min(len(WORDS), len(words)))):
            words[i] = word
    draw.shuffle(words)
    return words


def is_float(word):
    try:
        return float(word) is not None
    except ValueError:
        return False


def read(path):
    """((values, words), ""), words being None if there are none; or (None, message)."""
    raw, message, status = run.call("weight", "-w", path, "-f", "raw")
    lines, message2, status2 = run.call("weight", "-w", path, "-f", "jsonl")
    if status != 0 or status2 != 0:
        return None, f"{status} {message or message2}"
    rows = [json.loads(line) for line in lines.decode().split("\n")[:-1]]
    words = [row.get("token") for row in rows]
    values = np.frombuffer(raw, np.float32).reshape(len(rows), -1)
    return (values, words if any(w is not None for w in words) else None), ""


def same(got, wanted):
    values = np.ascontiguousarray(wanted[0], np.float32)
    bits = [np.where(np.isnan(v), np.float32("nan"), v).tobytes() for v in (got[0], values)]
    return (got[0].shape == values.shape and bits[0] == bits[1] and
            (wanted[1] is None or got[1] == wanted[1]))


def show(reading):
    return f"{reading[0].shape} {reading[0][:2, :5].tolist()} {reading[1] and reading[1][:5]}"


def check(kind, name, data, wanted, must=True, line=None):
    """wanted: readings, each of which is right; without any the file is to be refused, naming the
    line. must: what has a reading may not be refused."""
    path = run.path("case." + name.rsplit(".", 1)[-1])
    with open(path, "wb") as file:
        file.write(data)
    got, message = read(path)
    if got is None:
        message = re.sub(r"tokvec: warning: .*\n", "", message)
        good = message.startswith("2 tokvec: ") and message.count("\n") == 1
        good = good and not (must and wanted)
        good = good and (line is None or f"line {line}," in message)
    else:
        good = any(same(got, reading) for reading in wanted)
    told[kind, "refused" if got is None else "read"] += 1
    run.equal(f"{name} " + ("right" if good else message if got is None else show(got)),
              f"{name} right", f"{kind} {data[:300].decode('utf-8', 'backslashreplace')!r} "
              f"{[show(w) for w in wanted]} {line or ''}")


# ---- NumPy ----------------------------------------------------------------------------------------

def savetxt():
    table = matrix()
    fmt = draw.choice(["%.18e", "%.9g", "% .4f", "%10.5f", "%+.3f", "%.3e", "%.4f", "%s", "%12.9g"])
    delimiter = draw.choice([" ", ",", "\t", ";", "  ", ", ", " , ", ",\t"])
    header = draw.choice(["", "", "x y z", "a,b", "first\nsecond", "1 2 3", "0.5 0.25",
                          f"{table.shape[0]} {table.shape[1]}", "#", "dim=3, rows=5\n\n", "é"])
    comments = draw.choice(["# ", "# ", "# ", "#", "%", "% ", "// ", "", "; "])
    footer = draw.choice(["", "", "", "end", "two\nlines", "1 2"])
    newline = draw.choice(["\n", "\n", "\r\n"])
    text = io.StringIO()
    np.savetxt(text, table, fmt=fmt, delimiter=delimiter, header=header, footer=footer,
               comments=comments, newline=newline)
    text = text.getvalue()
    wanted, plain = [], comments.startswith("#") and delimiter.strip(" ") != ",\t"
    try:
        np_delimiter = None if delimiter.isspace() else delimiter.strip()
        again = np.loadtxt(io.StringIO(text), delimiter=np_delimiter, ndmin=2,
                           comments=comments.strip() or "#")
        wanted.append((again.astype(np.float32), None))
    except (ValueError, TypeError):
        pass
    try:
        printed = [[np.float32(fmt % v) for v in row] for row in table]
        wanted.append((np.array(printed, np.float32), None))
    except ValueError:
        pass
    if comments == "" and header:
        plain = False
    name = f"savetxt {fmt!r} {delimiter!r} {header!r} {comments!r} {footer!r} {newline!r}"
    check("numpy", name + draw.choice([".txt", ".csv" if delimiter == "," else ".txt", ".dat"]),
          text.encode("latin-1" if "é" not in header else "utf-8"), wanted,
          must=plain and not footer)


def savetxt_wrong():
    table = matrix()
    text = io.StringIO()
    kind = draw.choice(["complex", "words", "carriage", "bar"])
    line = 1
    if kind == "complex":
        np.savetxt(text, table + 1j, delimiter=draw.choice([" ", ","]))
    elif kind == "words":
        np.savetxt(text, [[str(v) + "x" for v in row] for row in table], fmt="%s")
    elif kind == "carriage":
        np.savetxt(text, table, newline="\r")
        line = None
    else:
        np.savetxt(text, table, delimiter="|")
        line = None
    check("numpy", f"wrong {kind}.txt", text.getvalue().encode(), [], line=line if kind != "words"
          else None)


# ---- pandas ---------------------------------------------------------------------------------------

def to_csv():
    table = matrix()
    words = words_for(table)
    columns = draw.choice([None, "d", "x_", "mixed"])
    frame = pd.DataFrame(table, columns=None if columns is None else
                         [f"{columns}{i}" for i in range(table.shape[1])] if columns != "mixed" else
                         [chr(97 + i % 26) + "x" * (i // 26 + 1) for i in range(table.shape[1])])
    how = draw.choice(["index", "none", "column", "words"])
    if how == "words":
        frame.index = words
    if how == "column":
        frame.insert(0, draw.choice(["word", "token", "text"]), words)
    index = how in ("index", "words")
    options = dict(index=index, sep=draw.choice([",", ",", "\t", ";", " "]),
                   quoting=draw.choice([0, 0, 1, 2]), header=draw.random() < 0.8,
                   float_format=draw.choice([None, None, "%.4f", "%.9g", "%g"]),
                   lineterminator=draw.choice(["\n", "\r\n"]),
                   encoding=draw.choice(["utf-8", "utf-8", "utf-8-sig"]))
    if index and draw.random() < 0.5:
        options["index_label"] = draw.choice(["word", "id", "index", "token"] if how == "words" else
                                             ["id", "index"])
    path = run.path("out")
    frame.to_csv(path, **options)
    with open(path, "rb") as file:
        data = file.read()
    printed = table if options["float_format"] is None else np.array(
        [[np.float32(options["float_format"] % v) for v in row] for row in table], np.float32)
    right = words if how in ("words", "column") else None
    wanted = [(printed, right)]
    if how == "index" and not options["header"]:
        wanted.append((np.c_[np.arange(len(table)), printed], None))
    if right and all(map(is_float, right)) and not options["header"]:
        wanted.append((np.c_[np.array(right, float), printed], None))
    whole = not (printed[0] % 1).any()  # rows that may be names, and the other way round
    odd = right and (is_float(right[0]) or options["sep"] in " \t" and "\"" in "".join(right))
    must = (options["header"] or how == "none") and options["sep"] in "," and not whole and not odd
    if right and '"' in right and options["sep"] == " ":
        wanted.append((printed, None))  # a word of one quote is written as four, and read so
    suffix = {",": "csv", "\t": "tsv", ";": "csv", " ": "txt"}[options["sep"]]
    check("pandas", f"to_csv {how} {columns} {options}.{suffix}", data, wanted, must=must)


def to_csv_wrong():
    table = matrix(3, 2)
    frame = pd.DataFrame(table, columns=["d0", "d1"])
    kind = draw.choice(["decimal", "na", "columns", "utf-16", "semicolon", "levels"])
    options = dict(index=draw.random() < 0.5)
    line, wanted = None, []
    if kind in ("decimal", "semicolon"):
        options.update(decimal=",", sep=";" if kind == "semicolon" else draw.choice([",", "\t", " "]))
        if kind == "semicolon" or options["sep"] == "\t":
            wanted = [(table, None)]
    elif kind == "na":
        frame.iloc[2, 1] = float("nan")
        options["na_rep"] = draw.choice(["", "NA", "null", "-", "NaN", "nan"])
        line = 4 if options["na_rep"].lower() != "nan" else None
        wanted = [] if line else [(frame.values, None)]
    elif kind == "columns":
        frame.columns = pd.MultiIndex.from_product([["a"], [0, 1]])
    elif kind == "levels":
        frame.index = pd.MultiIndex.from_product([["a"], [0, 1, 2]])
        options["index"] = True
        wanted = [(table, None)]
    else:
        options["encoding"] = "utf-16"
    path = run.path("out")
    frame.to_csv(path, **options)
    with open(path, "rb") as file:
        check("pandas", f"wrong {kind} {options}.csv", file.read(), wanted, must=False, line=line)


def lists_in_cells():
    table = matrix(columns=draw.choice((2, 5)))
    words = words_for(table)
    kind = draw.choice(["list", "array", "pgvector", "tuple"])
    cells = [str(row.tolist()) if kind == "list" else np.array2string(row) if kind == "array" else
             "[" + ",".join(map(str, row.tolist())) + "]" if kind == "pgvector" else
             str(tuple(row.tolist())) for row in table]
    frame = pd.DataFrame({"text": words, "embedding": cells})
    if draw.random() < 0.3:
        frame.insert(1, "n_tokens", range(len(frame)))
    options = dict(index=draw.random() < 0.5, sep=draw.choice([",", "\t"]))
    printed = table if kind != "array" else np.array(
        [[np.float32(x) for x in cell.strip("[]").split()] for cell in cells], np.float32)
    path = run.path("out")
    frame.to_csv(path, **options)
    with open(path, "rb") as file:
        check("lists", f"{kind} {options}.csv", file.read(), [(printed, words)],
              must=kind != "tuple" and not (options["sep"] == "\t" and "\n" in "".join(cells)))


# ---- word vectors ---------------------------------------------------------------------------------

def word2vec():
    table = matrix()
    words = [w for w in words_for(table) if " " not in w]
    table = table[:len(words)]
    kv = KeyedVectors(table.shape[1])
    kv.add_vectors(words, table)
    for i, word in enumerate(words):
        kv.set_vecattr(word, "count", len(words) - i)
    path, vocab = run.path("kv"), run.path("counts")
    options = dict(binary=draw.random() < 0.2, write_header=draw.random() < 0.7,
                   prefix=draw.choice(["", "", "*dt_"]), fvocab=draw.choice([None, vocab]))
    if draw.random() < 0.1:
        options["total_vec"] = len(words) + draw.choice((-1, 5)) if len(words) > 2 else None
    if options["binary"]:
        options["write_header"] = True
    kv.save_word2vec_format(path, **options)
    try:
        again = KeyedVectors.load_word2vec_format(path, binary=options["binary"],
                                                  no_header=not options["write_header"])
        wanted = [(again.vectors, list(again.index_to_key))]
    except (EOFError, ValueError):
        wanted = []
    if all(map(is_float, words)):
        wanted.append((np.c_[np.array(words, float), table], None))
    unclear = not options["write_header"] and (is_float(words[0]) or words[0] in ("#", "# a", "id"))
    lies = unclear or options.get("total_vec") is not None and options["write_header"]
    with open(path, "rb") as file:
        check("gensim", f"{options}." + draw.choice(["vec", "txt", "bin" if options["binary"] else
                                                     "w2v"]),
              file.read(), [(table, [options["prefix"] + w for w in words])] + wanted,
              must=not lies)


def spelt(v, style):
    return {"repr": str, "g": lambda x: "%g" % x, "f": lambda x: "%f" % x, "e": lambda x: "%e" % x,
            "5g": lambda x: "%.5g" % x}[style](v)


def other_words():
    """GloVe, fastText, DeepLearning4j, and what people make of them."""
    table = matrix()
    words = words_for(table)
    style = draw.choice(["repr", "g", "f", "5g"])
    printed = np.array([[np.float32(spelt(v, style)) for v in row] for row in table], np.float32)
    kind = draw.choice(["glove", "glove header", "fasttext", "dl4j", "dl4j plain", "tabs", "tab",
                        "aligned", "mark", "crlf", "header tabs", "three"])
    between, after, end, header, mark = " ", " ", "\n", None, b""
    rows = [[spelt(v, style) for v in row] for row in table]
    if kind == "aligned":
        width = max(len(x) for row in rows for x in row) + 1
        rows = [[x.rjust(width) for x in row] for row in rows]
        after = ""
        between = ""
        words = [w.replace(" ", "_") for w in words]
    if kind in ("glove header", "fasttext", "mark", "crlf", "header tabs", "tabs", "tab", "three"):
        header = [table.shape[0], table.shape[1]]
    if kind == "three" or kind.startswith("dl4j"):
        header = [table.shape[0], table.shape[1], draw.choice((7200, 0, 12345678))]
    end = " \n" if kind == "fasttext" else "\r\n" if kind == "crlf" else "\n"
    between = after = "\t" if kind == "tabs" else between if kind == "aligned" else " "
    if kind == "tab":
        after = "\t"
    if kind == "tabs":
        words = [w.replace(" ", "_") for w in words]
    if kind == "aligned":
        between, after = "", " " * draw.choice((0, 1, 3))
    written = words
    if kind == "dl4j":
        written = ["B64:" + base64.b64encode(w.encode()).decode() for w in words]
    if kind == "mark":
        mark = b"\xef\xbb\xbf"
    text = "" if header is None else ("\t" if kind == "header tabs" else " ").join(
        map(str, header)) + end
    text += "".join(w + after + between.join(row) + end for w, row in zip(written, rows))
    if draw.random() < 0.2:
        text = text[:-1]
    if header is None and draw.random() < 0.1:
        mark = b"\xef\xbb\xbf"
    if header is None and all(is_float(w) or w[0] == "#" for w in words):
        return
    plain = not any(" " in w or w[0] in "\"'#" or is_float(w) for w in words)
    check("words", f"{kind} {style}." + draw.choice(["vec", "txt"]), mark + text.encode(),
          [(printed, words)], must=plain or header is not None)


def other_tables():
    """Octave, MATLAB, Excel, Julia, Mathematica, Fortran, UTF-16."""
    table = matrix()
    kind = draw.choice(["ascii", "octave", "excel", "sep", "utf-16", "julia", "mathematica",
                        "fortran", "matlab tabs"])
    rows, wanted, must, data = table.tolist(), [], True, None
    as_text = lambda f, sep, end="\n": "".join(sep.join(f(v) for v in row) + end for row in rows)
    if kind == "ascii":
        text = as_text(lambda v: "%16.7e" % v, "")
        values = [[np.float32("%.7e" % v) for v in row] for row in rows]
        wanted = [(np.array(values, np.float32), None)]
    elif kind == "octave":
        text = (f"# Created by Octave 8.4.0, Mon Nov 27 10:00:00 2023 UTC <u@h>\n# name: M\n"
                f"# type: matrix\n# rows: {len(rows)}\n# columns: {len(rows[0])}\n" +
                "".join("".join(f" {np.float32(v)}" for v in row) + "\n" for row in rows) + "\n\n")
        wanted = [(table, None)]
    elif kind == "excel":
        names = ";".join(["word"] + [f"d{i}" for i in range(len(rows[0]))])
        comma = draw.random() < 0.5
        text = "\ufeff" + names + "\r\n" + "".join(
            ";".join([f"w{i}"] + [str(np.float32(v)).replace(".", "," if comma else ".")
                                  for v in row]) + "\r\n" for i, row in enumerate(rows))
        wanted, kind = [(table, [f"w{i}" for i in range(len(rows))])], "excel csv.csv"
    elif kind == "sep":
        text = "sep=;\r\n" + as_text(lambda v: str(np.float32(v)), ";", "\r\n")
        wanted, must = [(table, None)], False
    elif kind == "utf-16":
        data = as_text(lambda v: str(np.float32(v)), "\t").encode(draw.choice(["utf-16", "utf-16-be"]))
    elif kind == "julia":
        text = as_text(lambda v: str(np.float32(v)), "\t")
        wanted = [(table, None)]
    elif kind == "mathematica":
        text = as_text(lambda v: f"{v:.6e}".replace("e", "*^").replace("+", ""), ",")
    elif kind == "fortran":
        text = as_text(lambda v: f"{v:.6e}".replace("e", "D"), "  ")
    else:
        text = as_text(lambda v: "%.9g" % v, "\t")
        wanted = [(table, None)]
    data = text.encode() if data is None else data
    name = kind if "." in kind else kind + draw.choice([".txt", ".csv", ".tsv", ".dat"])
    check("tables", name, data, wanted, must=must,
          line=1 if name in ("mathematica.csv", "fortran.txt") else None)


# ---- R --------------------------------------------------------------------------------------------

R_FORMS = ["write.table(M, F)", "write.table(M, F, quote=FALSE)", "write.table(M, F, sep='\\t')",
           "write.table(M, F, sep='\\t', quote=FALSE)", "write.table(M, F, sep=',')",
           "write.table(M, F, col.names=NA, sep=',')", "write.table(M, F, col.names=NA, sep='\\t')",
           "write.table(M, F, col.names=FALSE)", "write.table(M, F, col.names=FALSE, quote=FALSE)",
           "write.table(M, F, row.names=FALSE)", "write.table(M, F, row.names=FALSE, sep='\\t')",
           "write.table(M, F, row.names=FALSE, col.names=FALSE)",
           "write.table(M, F, row.names=FALSE, col.names=FALSE, sep='  ')",
           "write.csv(M, F)", "write.csv(M, F, row.names=FALSE)", "write.csv2(M, F)",
           "write.csv(M, F, quote=FALSE)", "write.table(M, F, eol='\\r\\n')",
           "write.table(format(M, digits=9), F, quote=FALSE)", "write.csv(as.data.frame(M), F)",
           "write(t(M), F, ncolumns=ncol(M))", "write(t(M), F, ncolumns=ncol(M), sep='\\t')",
           "capture.output(write.table(M), file=F)"]


def of_r():
    script, cases = [], []
    for i, form in enumerate(R_FORMS * 3):
        table = matrix()
        words = words_for(table, 0.3) if draw.random() < 0.6 else None
        words = words and [w.replace("\\", "/") for w in words]
        names = draw.random() < 0.3
        path = run.path(f"r{i}")
        body = ",".join(f"{v:.9g}" for v in table.astype(float).ravel())
        script.append(f"M <- matrix(c({body}), nrow={len(table)}, byrow=TRUE)")
        if words:
            script.append(f"rownames(M) <- c({','.join(json.dumps(w, ensure_ascii=False) for w in words)})")
        if names:
            script.append("colnames(M) <- paste0('d', seq_len(ncol(M)))")
        script.append(f"F <- '{path}'; {form}")
        cases.append((form, path, table, words, names))
    subprocess.run(["Rscript", "-"], input="\n".join(script).encode(), check=True,
                   env={**os.environ, "LC_ALL": "C.UTF-8"})
    for form, path, table, words, names in cases:
        with open(path, "rb") as file:
            data = file.read()
        if "digits" in form or form.startswith("write("):  # seven digits, as print() has
            printed = [re.findall(r"[-+]?\d[\d.]*(?:e[-+]?\d+)?", line)
                       for line in data.decode().splitlines()]
            printed = [row[-table.shape[1]:] for row in printed if len(row) >= table.shape[1]]
            printed = np.array(printed[-len(table):], np.float32)
        else:
            printed = np.array([[np.float32(f"{float(f'{v:.9g}'):.15g}") for v in row]
                                for row in table.astype(float)], np.float32)
        shown = words if words and "row.names=FALSE" not in form and "write(" not in form else None
        wanted = [(printed, shown)]
        if shown is None and "row.names=FALSE" not in form and "write(" not in form:
            numbered = [str(i + 1) for i in range(len(table))]
            wanted.append((printed, numbered))
            if "col.names=FALSE" in form:
                wanted.append((np.c_[np.arange(1, len(table) + 1), printed], None))
        suffix = ".csv" if "csv" in form or "','" in form else ".tsv" if "\\t" in form else ".txt"
        odd = words and any(not re.fullmatch(r"w\d+", w) for w in words)
        check("R", f"{form} {names}{suffix}", data, wanted, must=not odd and bool(words or "row.names=FALSE" in form))


# ---- one number, one line -------------------------------------------------------------------------

NUMBERS = {  # what each is; None: no number
    "1.": 1, ".5": .5, "+.5": .5, "-.5": -.5, "1E5": 1e5, "1e+05": 1e5, "1e05": 1e5, "-0": -0.0,
    "-0.0": -0.0, "0e0": 0, "00.5": .5, "+1": 1, "1e-50": 0, "1e39": float("inf"), "1e400":
    float("inf"), "inf": float("inf"), "-inf": float("-inf"), "Infinity": float("inf"),
    "nan": float("nan"), "NaN": float("nan"), "-nan": float("nan"), "NAN": float("nan"),
    "1.4e-45": 1.4e-45, "3.4028235e38": 3.4028235e38, "0.1000000000000000055511151231257827": .1,
    "1" * 30: 1e30 / 9, "0." + "0" * 300 + "1": 0,
    "0x1p-3": None, "0x10": None, "1_000": None, "1,5": None, "1.234,5": None, "1'000": None,
    "−1.5": None, "١": None, "½": None, "nan(0x1)": None, "1.#INF": None, "1.#QNAN": None,
    "1e": None, "1e+": None, ".": None, "-": None, "--1": None, "1..2": None, "1.2.3": None,
    "1f": None, "1.0f": None, "1L": None, "1d5": None, "1D+05": None, "True": None, "None": None,
    "NULL": None, "NA": None, "1*^5": None, "1e5.5": None, "+-1": None, "1+2j": None, "$1": None,
    "1%": None, "(1)": None, "1/2": None, "e5": None, "infin": None, "nano": None, "i": None,
    "1\0": None, "\x0c1": None, "1\xa0": None, "1\u3000": None, "\ufeff1": None, "1;": None,
    "[1": None, "1]": None, "1:2": None,
}
KINDS = {  # suffix, header, what stands between the word and the numbers, words
    "vec": ("vec", lambda r, d: f"{r} {d}\n", " ", " ", True),
    "tabs": ("vec", lambda r, d: f"{r} {d}\n", "\t", "\t", True),
    "glove": ("txt", lambda r, d: "", " ", " ", True),
    "columns": ("txt", lambda r, d: "", " ", " ", False),
    "aligned": ("txt", lambda r, d: "", "   ", "   ", False),
    "csv": ("csv", lambda r, d: ",".join(["word", *(f"d{i}" for i in range(d))]) + "\n", ",", ",",
            True),
    "bare csv": ("csv", lambda r, d: "", ",", ",", False),
    "tsv": ("tsv", lambda r, d: "\t".join(["word", *(f"d{i}" for i in range(d))]) + "\n", "\t",
            "\t", True),
    "bare tsv": ("tsv", lambda r, d: "", "\t", "\t", False),
    "semicolons": ("csv", lambda r, d: ";".join(["word", *(f"d{i}" for i in range(d))]) + "\n", ";",
                   ";", True),
}


def text_of(kind, words, rows):
    """(the lines, header lines before them)"""
    suffix, header, after, between, has_words = KINDS[kind]
    top = header(len(rows), len(rows[0]))
    lines = [(w + after if has_words else "") + between.join(row) for w, row in zip(words, rows)]
    return ([top.rstrip("\n")] if top else []) + lines, suffix, has_words


def one_number():
    kind = draw.choice(list(KINDS))
    table = matrix(draw.choice((2, 5, 40)), draw.choice((2, 3, 7)))
    rows = [[str(v) for v in row] for row in table]
    words = words_for(table, 0)
    spelling, value = draw.choice(list(NUMBERS.items()))
    r, c = draw.randrange(len(rows)), draw.randrange(len(rows[0]))
    rows[r][c] = spelling
    lines, suffix, has_words = text_of(kind, words, rows)
    values = table.copy()
    wanted, line = [], r + 1 + len(lines) - len(rows)
    comma = kind in ("bare tsv", "tsv", "semicolons")
    if comma and spelling == "1,5":
        value = 1.5
    if value is not None:
        values[r, c] = np.float32(value)
        wanted, line = [(values, words if has_words else None)], None
    elif r < 2 or "\0" in spelling or spelling in ("\x0c1",):
        line = None  # the file may be of another kind then
    if value is None and kind == "columns" and spelling.startswith("#"):
        return
    check("numbers", f"{kind} {spelling!r} at {r}, {c}.{suffix}",
          ("\n".join(lines) + "\n").encode(), wanted, must=value is not None and abs(value) != 0
          and np.isfinite(value), line=line)


def one_line():
    kind = draw.choice(list(KINDS))
    table = matrix(draw.choice((3, 5, 40)), draw.choice((2, 3, 7)))
    rows = [[str(v) for v in row] for row in table]
    words = words_for(table, 0)
    r = draw.randrange(1, len(rows))
    fault = draw.choice(["short", "long", "empty", "word", "blank", "comment", "cut", "joined",
                         "nul", "latin", "twice", "separator"])
    lines, suffix, has_words = text_of(kind, words, rows)
    between = KINDS[kind][3]
    at = r + len(lines) - len(rows)
    line, wanted, data = at + 1, [], None
    after = (table, words if has_words else None)
    if fault == "short":
        lines[at] = lines[at].rsplit(between, 1)[0]
    elif fault == "long":
        lines[at] += between + "-1.25"
    elif fault == "empty":
        lines[at] = ""
        last = r + 1 == len(rows) and "vec" not in suffix
        if kind in ("columns", "aligned") or last:
            wanted = [(np.delete(table, r, 0), None)]
    elif fault == "word":
        lines[at] = lines[at].rsplit(between, 1)[0] + between + "word"
    elif fault == "blank":
        lines.insert(at, "")
        wanted = [after] if kind in ("columns", "aligned") else []
    elif fault == "comment":
        lines.insert(at, "# 1.5 2.5")
        wanted = [after] if kind in ("columns", "aligned") else []
        if kind == "glove" and len(rows[0]) == 2:  # the word #
            wanted = [(np.insert(table, r, (1.5, 2.5), 0), words[:r] + ["#"] + words[r:])]
    elif fault == "cut":
        lines = lines[:at + 1]
        cut = lines[at] = lines[at][:draw.randrange(1, len(lines[at]))]
        whole = lines[at].split(between.strip(" ") or None)
        full = len(whole) == len(rows[0]) + has_words and not whole[-1].endswith(("e", "-", "+"))
        if full:
            return
        data = "\n".join(lines).encode()
        if cut in ("-",) and has_words:
            return
    elif fault == "joined":
        lines[at] += between + lines.pop(at + 1) if at + 1 < len(lines) else between + "1"
    elif fault == "nul":
        lines[at] = lines[at].replace(between, between + "\0", 1)
        line = None
    elif fault == "latin":
        data = "\n".join(lines).encode().replace(lines[at].encode(), b"\xe9" + lines[at].encode())
        data += b"\n"
        line = None
        if has_words:
            return
    elif fault == "twice":
        lines[at] = lines[at].replace(between, between * 2, 1)
        if between.isspace() and kind not in ("tsv", "bare tsv", "tabs"):
            wanted = [after]
        elif between.isspace():
            wanted, line = [after], None
        if KINDS[kind][2] == between and has_words:  # a word may end in a blank
            wanted.append((table, [w + between * (i == r) for i, w in enumerate(words)]))
    else:
        lines[at] += between
        if kind in ("vec", "tabs", "glove", "columns", "aligned"):
            wanted = [after]
    name = f"{kind} {fault} at {r} of {len(rows)}.{suffix}"
    near = line is not None and not wanted and (at < 2 or kind in ("vec", "tabs"))
    check("lines", name, data if data is not None else ("\n".join(lines) + "\n").encode(), wanted,
          must=False, line=None if near else line)


for make in (savetxt, savetxt_wrong, to_csv, to_csv_wrong, lists_in_cells, word2vec, other_words,
             other_tables, one_number, one_line):
    for _ in range(run.cases):
        make()
if shutil.which("Rscript"):
    of_r()
print(f"NumPy {np.__version__}, pandas {pd.__version__}, gensim {gensim.__version__}: " +
      ", ".join(f"{kind} {n} {what}" for (kind, what), n in sorted(told.items())))
run.end()
