"""Random bags, for what compares lookup's --bag with torch.nn.EmbeddingBag.

`by_torch` asks the torch that is there; `by_definition` is a second implementation of what PyTorch's
wheels do, for bfloat16, which torch 1.13 refuses and builds without FBGEMM round otherwise.
"""
import struct

import numpy
import torch

DTYPES = {"float32": torch.float32, "float64": torch.float64, "float16": torch.float16,
          "bfloat16": torch.bfloat16}
SPECIAL = [float("nan"), float("inf"), float("-inf"), 0.0, -0.0, 1e-40, 1e-7]


class Case:
    """A table and bags of its rows; weights and padding_idx may be None."""

    def __init__(self, rng, dtype):
        self.dtype = dtype
        self.dim = rng.choice((1, 2, 3, 4, 7, 8, 15, 16, 33, 64, 100, 129, 300, 520))
        rows = rng.randrange(1, 60)
        scale = rng.choice((0.01, 1, 1, 100))
        values = torch.tensor([[rng.gauss(0, scale) for _ in range(self.dim)]
                               for _ in range(rows)], dtype=torch.float64)
        if rng.random() < 0.3:
            for _ in range(rows):
                values[rng.randrange(rows), rng.randrange(self.dim)] = rng.choice(SPECIAL)
        self.table = values.to(DTYPES[dtype])
        self.bags = [[rng.randrange(rows) for _ in range(rng.choice((0, 1, 2, 3, 5, 17, 40, 300)))]
                     for _ in range(rng.randrange(1, 12))]
        self.mode = rng.choice(("sum", "mean", "max"))
        self.weights = None
        if self.mode == "sum" and rng.random() < 0.6:
            self.weights = [[rng.choice((rng.gauss(0, 1), rng.randrange(-3, 4), 0.1)) for _ in bag]
                            for bag in self.bags]
        self.padding_idx = rng.choice((None, rng.randrange(rows)))

    def __str__(self):
        return (f"{self.mode} of {self.dtype} {tuple(self.table.shape)}, padding "
                f"{self.padding_idx}, {'with' if self.weights else 'without'} weights, "
                f"{len(self.bags)} bags")

    def lines(self):
        """The bags as input, one a line."""
        pairs = zip(self.bags, self.weights or self.bags)
        return "".join(" ".join(f"{i}:{w!r}" if self.weights else str(i) for i, w in zip(*pair))
                       + "\n" for pair in pairs).encode()

    def nested(self):
        """The same as one list of lists."""
        return ("[" + ",\n ".join(f"[{line.replace(' ', ', ')}]"
                                  for line in self.lines().decode().split("\n")[:-1]) + "]").encode()

    def options(self):
        words = ["--bag", self.mode]
        if self.weights:
            words.append("--per-sample-weights")
        if self.padding_idx is not None:
            words += ["--padding-idx", self.padding_idx]
        return words

    def write(self, path):
        """The table as a file; returns the options that name it."""
        values = self.table.contiguous()
        if self.dtype == "bfloat16":
            values.view(torch.int16).numpy().tofile(path)
            return ["-w", path, "--dtype", "bfloat16", "--dim", self.dim]
        numpy.save(path + ".npy", values.numpy())
        return ["-w", path + ".npy"]

    def by_torch(self):
        """Bytes of the vectors, with one nan for all."""
        module = torch.nn.EmbeddingBag.from_pretrained(self.table, mode=self.mode,
                                                       padding_idx=self.padding_idx)
        ids = torch.tensor([i for bag in self.bags for i in bag], dtype=torch.int64)
        ends = numpy.cumsum([0] + [len(bag) for bag in self.bags])
        weights = None
        if self.weights:
            weights = torch.tensor([w for bag in self.weights for w in bag],
                                   dtype=self.table.dtype)
        result = module(ids, torch.tensor(ends[:-1]), per_sample_weights=weights)
        return plain(result)

    def by_definition(self):
        """The same of a bfloat16 table."""
        table = self.table.float().numpy()
        out = []
        numpy.seterr(invalid="ignore")
        for b, bag in enumerate(self.bags):
            total, n = numpy.zeros(self.dim, numpy.float32), 0
            for k, i in enumerate(bag):
                if i == self.padding_idx:
                    continue
                row = table[i]
                if self.weights:
                    row = row * torch.tensor(self.weights[b][k]).bfloat16().float().numpy()
                if self.mode == "max":
                    total = row.copy() if n == 0 else numpy.where(row > total, row, total)
                else:
                    total = total + row
                n += 1
            total = torch.from_numpy(total)
            if self.mode == "max" or self.padding_idx is not None:
                total = total.bfloat16()
            else:  # halves away from zero
                bits = total.view(torch.int32).numpy().view(numpy.uint32)
                away = ((bits + numpy.uint32(0x8000)) & numpy.uint32(0xffff0000)).view(numpy.float32)
                total = torch.where(torch.isnan(total), total, torch.from_numpy(away)).bfloat16()
            if self.mode == "mean":
                count = torch.tensor(float(max(n, 1))).bfloat16()
                total = (total.float() / count.float()).bfloat16()
            out.append(total)
        return plain(torch.stack(out))


def plain(tensor):
    """A tensor's bytes; all nan are the same."""
    tensor = torch.where(torch.isnan(tensor), torch.full_like(tensor, float("nan")), tensor)
    if tensor.dtype == torch.bfloat16:
        return tensor.contiguous().view(torch.int16).numpy().tobytes()
    return tensor.contiguous().numpy().tobytes()


def from_raw(case, raw):
    """What -f raw gave for a case, as plain() has it."""
    bytes_each = case.table.element_size()
    if len(raw) != len(case.bags) * case.dim * bytes_each:
        return raw
    if case.dtype == "bfloat16":
        values = torch.from_numpy(numpy.frombuffer(raw, numpy.int16).copy()).view(torch.bfloat16)
    else:
        values = torch.from_numpy(numpy.frombuffer(raw, case.dtype).copy())
    return plain(values)


def compare(run, rng, dtypes, wanted):
    """Random cases, each asked for in several ways; wanted(case) is the right answer."""
    for number in range(run.cases):
        case = Case(rng, rng.choice(dtypes))
        right = wanted(case)
        table = case.write(run.path(f"table{number}"))
        for how, text in (("lines", case.lines()), ("nested", case.nested())):
            raw = run.output(*table, *case.options(), "-f", "raw", "-j", rng.choice((1, 3)),
                             stdin=text)
            run.equal(struct_of(from_raw(case, raw)), struct_of(right), f"{how}: {case}")


def struct_of(raw):
    return struct.unpack(f"<{len(raw) // 2}H", raw[:len(raw) // 2 * 2])
