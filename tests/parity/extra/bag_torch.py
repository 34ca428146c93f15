"""Bags of all four dtypes, against torch.nn.EmbeddingBag of one of PyTorch's own wheels.

The wheels have FBGEMM, which rounds sums of bfloat16 otherwise than builds without it. Prints the
time that both take for large tables, too, with --speed.
"""
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

speed = "--speed" in sys.argv
sys.argv = [word for word in sys.argv if word != "--speed"]

import parity  # noqa: E402

torch, numpy = parity.originals("torch", "numpy")
import bags  # noqa: E402


def processor_time(work):
    """The least of three runs, in seconds of one processor."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def of_program(run, words):
    """The same of the program, start and reading its input included."""
    import resource
    best = float("inf")
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with open(run.path("ids.txt"), "rb") as ids:
            subprocess.run([run.program, *map(str, words)], stdin=ids, check=True,
                           stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def compare_speed(run):
    torch.set_num_threads(1)
    rows, dim, count, length = 400000, 300, 100000, 20
    ids = torch.randint(rows, (count, length))
    numpy.savetxt(run.path("ids.txt"), ids.numpy(), fmt="%d")
    table = torch.randn(rows, dim)
    for dtype in bags.DTYPES:
        case = bags.Case(run.random, dtype)
        case.table, case.dim = table.to(bags.DTYPES[dtype]), dim
        words = case.write(run.path("large"))
        for mode in ("sum", "mean", "max"):
            layer = torch.nn.EmbeddingBag.from_pretrained(case.table, mode=mode)
            layer(ids[:9])
            print(f"{mode} of {dtype}: torch {processor_time(lambda: layer(ids)):.2f} s, tokvec "
                  f"{of_program(run, [*words, '--bag', mode, '-j', 1, '-f', 'raw']):.2f} s",
                  flush=True)


run = parity.Run(cases=600)
print(f"torch {torch.__version__}, {torch.backends.cpu.get_cpu_capability()}")
bags.compare(run, run.random, list(bags.DTYPES), bags.Case.by_torch)
if speed:
    compare_speed(run)
run.end()
