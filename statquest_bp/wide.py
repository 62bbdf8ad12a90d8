"""Numbers with float64's digits and an exponent of any size: for a pass on whose way something overflows.

float64 ends near 1.8e308. Beyond it, ∞ − ∞ and 0 × ∞ are no number any more, though what was asked for may well be one.
Such passes are rare, and made again with these.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from statquest_bp.layers import Layer

__all__ = ["Wide", "WidePass", "wide_pass"]

Array = npt.NDArray[np.float64]

FAR = 3000  # powers of two: beyond all that float64 can tell apart
ZERO = -(2**40)  # the power of 0, below that of every other number


class Wide(NamedTuple):
    """An array of `digits` × 2^`power`, where digits are 0 or from 0.5 up to 1 in size."""

    digits: Array
    power: npt.NDArray[np.int64]

    @classmethod
    def of(cls, values: npt.ArrayLike) -> Wide:
        """The same numbers; they are finite."""
        return _wide(np.asarray(values, dtype=np.float64), np.int64(0))

    @property
    def value(self) -> Array:
        """In float64, infinite where it is too large."""
        return _scaled(self.digits, self.power)

    @property
    def T(self) -> Wide:
        """Rows and columns exchanged."""
        return Wide(self.digits.T, self.power.T)

    def plus(self, other: Wide) -> Wide:
        """Element by element."""
        largest = np.maximum(self.power, other.power)
        parts = (_scaled(part.digits, part.power - largest) for part in (self, other))
        return _wide(np.add(*parts), largest)

    def times(self, other: Wide) -> Wide:
        """Element by element."""
        return _wide(self.digits * other.digits, self.power + other.power)

    def dot(self, other: Wide) -> Wide:
        """The product of two matrices."""
        terms = Wide(self.digits[..., np.newaxis], self.power[..., np.newaxis]).times(other)
        largest = terms.power.max(axis=1, keepdims=True)
        return _wide(_scaled(terms.digits, terms.power - largest).sum(axis=1), largest[:, 0])

    def beside(self, values: Array) -> Wide:
        """With `values` as columns more at the right."""
        return Wide(*(np.hstack(pair) for pair in zip(self, Wide.of(values), strict=True)))


class WidePass(NamedTuple):
    """One layer of a forward pass: what `arrives` (n, n_in + 1), a column of ones last, the `sums`, the `outputs`."""

    arrives: Wide
    sums: Wide
    outputs: Wide


def wide_pass(layers: Sequence[Layer], inputs: Array) -> list[WidePass]:
    """The forward pass, layer by layer. A bias counts as the weight of one more value that arrives and is always 1."""
    passes, signal, ones = list[WidePass](), Wide.of(inputs), np.ones((len(inputs), 1))
    for weights, biases, activation in layers:
        arrives = signal.beside(ones)
        sums = arrives.dot(Wide.of(np.column_stack([weights, biases]).T))
        x = sums.value
        y = activation.curve(x)
        bent = y != x  # else the bend is the sum itself, be it beyond float64
        signal = Wide(*(np.where(bent, *pair) for pair in zip(Wide.of(np.where(bent, y, 0.0)), sums, strict=True)))
        passes.append(WidePass(arrives, sums, signal))
    return passes


def _wide(digits: Array, power: npt.NDArray[np.int64] | np.int64) -> Wide:
    """`digits` × 2^`power` in the form that a `Wide` has; digits may be of any size."""
    digits, more = np.frexp(digits)
    return Wide(digits, np.where(digits == 0.0, ZERO, power + more))


def _scaled(digits: Array, power: npt.NDArray[np.int64]) -> Array:
    with np.errstate(all="ignore"):
        return np.ldexp(digits, np.clip(power, -FAR, FAR).astype(np.intc))
