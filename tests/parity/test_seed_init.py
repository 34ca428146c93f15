"""torch.nn.init's distributions and 16-bit tables against PyTorch, by the release that is here."""
import parity
import seeds_torch

run = parity.Run(cases=1200)
(torch,) = parity.originals("torch")
if "CPU capability usage: AVX2" not in torch.__config__.show():
    parity.skip("this processor does not run PyTorch's AVX2 path, whose bits tokvec has")
release = ".".join(torch.__version__.split("+")[0].split(".")[:2])
if run.call("--torch", release, "0")[2] != 0:
    parity.skip(f"tokvec does not know PyTorch {release}")
for _ in range(run.cases):
    seeds_torch.compare(run, torch, release)
run.end()
