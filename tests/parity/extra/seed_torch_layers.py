"""The same as ../test_torch_layers.py, against whichever of PyTorch's own wheels runs this."""
import pathlib
import runpy
import sys

tests = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(tests))

import torch  # noqa: E402

print(f"torch {torch.__version__}")
runpy.run_path(str(tests / "test_torch_layers.py"))
