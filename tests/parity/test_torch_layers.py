"""What PyTorch's generator makes after other layers or from a state, and the state it leaves."""
import warnings

import parity

run = parity.Run(cases=150)
(torch, _) = parity.originals("torch", "numpy")
import torch_layers  # noqa: E402

warnings.simplefilter("ignore")  # about layers without values
for number in range(run.cases):
    torch_layers.compare(run, number)
run.end()
