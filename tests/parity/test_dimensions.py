"""Arrays of three and more dimensions, against NumPy and PyTorch.

The vectors of the last axis are the rows, numbered in row-major order, and `weight` keeps the
shape.
"""
import io
import json

import parity

run = parity.Run(30)
numpy, torch = parity.originals("numpy", "torch")


def strided(rng):
    """A view of some storage with any strides."""
    whole = torch.randn([rng.randrange(1, 6) for _ in range(rng.randrange(3, 6))])
    view = whole.permute(rng.sample(range(whole.dim()), whole.dim()))
    for axis in range(view.dim()):
        if rng.random() < 0.3:
            start = view.shape[axis] // 2
            view = view.narrow(axis, start, view.shape[axis] - start)
    if rng.random() < 0.3:
        view = view.unsqueeze(rng.randrange(view.dim() + 1))
    if rng.random() < 0.2:
        view = view.expand(rng.randrange(1, 4), *view.shape)
    if rng.random() < 0.1:
        view = view[..., :0]
    return view[::2] if rng.random() < 0.3 else view


def check(path, wanted, case, *options):
    text = run.output("weight", "-w", path, *options)
    run.equal(text, f"Parameter containing:\n{wanted}\n".encode(), f"{case} as text")
    again = numpy.load(io.BytesIO(run.output("weight", "-w", path, "-f", "npy", *options)))
    run.equal((again.shape, again.tobytes()), (tuple(wanted.shape), wanted.numpy().tobytes()),
              f"{case} as npy")
    if wanted.numel() == 0:
        return
    nested = json.loads(run.output("weight", "-w", path, "-f", "json", "-j", "3", *options))
    run.equal(torch.tensor(nested["vectors"]).tolist(), wanted.tolist(), f"{case} as JSON")
    rows = wanted.reshape(-1, wanted.shape[-1])
    ids = [run.random.randrange(len(rows)) for _ in range(5)]
    got = run.output("-w", path, "-f", "raw", *options, *ids)
    run.equal(got, rows[ids].numpy().tobytes(), f"{case} rows {ids}")


for number in range(run.cases):
    view = strided(run.random)
    case = f"{number}: {tuple(view.shape)} {view.stride()}"
    wanted = view.contiguous()
    torch.save({"x": view}, run.path("x.pt"), _use_new_zipfile_serialization=number % 2 == 0)
    check(run.path("x.pt"), wanted, f"{case} .pt")
    order = run.random.choice("CF")
    array = numpy.asarray(view.numpy(), order=order)
    numpy.save(run.path("x.npy"), array)
    check(run.path("x.npy"), wanted, f"{case} .npy {order}")
    run.random.choice((numpy.savez, numpy.savez_compressed))(run.path("x.npz"), x=array)
    check(run.path("x.npz"), wanted, f"{case} .npz {order}")
    if wanted.numel() == 0:
        continue
    for form, options in (("safetensors", ("-t", "embeddings")), ("json", ())):
        with open(run.path(f"x.{form}"), "wb") as file:
            file.write(run.output("weight", "-w", run.path("x.npy"), "-f", form))
        check(run.path(f"x.{form}"), wanted, f"{case} .{form}", *options)
run.end()
