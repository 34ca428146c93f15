"""torch.nn.Embedding and torch.nn.init in all dtypes against an official wheel of PyTorch."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import parity
import seeds_torch

run = parity.Run(cases=3000)
(torch,) = parity.originals("torch")
release = torch.__version__.split("+")[0]
print(f"torch {torch.__version__}", torch.__config__.show().split("CPU capability usage: ")[-1].split()[0])
for _ in range(run.cases):
    seeds_torch.compare(run, torch, release)
run.end()
