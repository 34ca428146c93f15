"""What the comparisons of seeded tables with arrays of their originals share.

Each table is made whole and, some rows of it, in another order; values that differ are counted.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import parity  # noqa: E402


def random_shape(draw):
    most = 10 ** draw.uniform(0, 5.2)  # values
    rows = int(10 ** draw.uniform(0, 4))
    return max(1, min(rows, int(most))), max(1, int(most / rows))


def differences(got, wanted, size):
    """What is shown of bytes that ought to be equal; None if they are."""
    if got == wanted:
        return None
    if len(got) != len(wanted):
        return f"{len(got)} bytes, not {len(wanted)}: {got[:200]}"
    wrong = [i for i in range(0, len(got), size) if got[i:i + size] != wanted[i:i + size]]
    shown = [f"{i // size}: {got[i:i + size][::-1].hex()} for {wanted[i:i + size][::-1].hex()}"
             for i in wrong[:4]]
    return f"{len(wrong)} values: " + ", ".join(shown)


class Run(parity.Run):
    """Arrays are of NumPy, two-dimensional; those of bfloat16 are their bits, of uint16."""

    values = 0

    def table(self, array, options):
        options = [str(o) for o in options]
        options += ["-n", str(array.shape[0]), "-d", str(array.shape[1])]
        got = self.output("weight", "-f", "raw", *options)
        self.equal(differences(got, array.tobytes(), array.itemsize), None, options)
        self.values += array.size
        ids = [self.random.randrange(array.shape[0]) for _ in range(self.random.choice((1, 2, 9)))]
        got = self.output("-f", "raw", *options, *ids)
        self.equal(differences(got, array[ids].tobytes(), array.itemsize), None, options + ids)

    def end(self):
        print(f"{self.values} values in whole tables")
        super().end()
