"""Measured: what the SSR does when one parameter is nudged, from the forward pass alone; no derivative is asked."""

from __future__ import annotations

import math
from typing import NamedTuple

from statquest_bp.data import Dataset
from statquest_bp.digits import bracketed, exact, minus
from statquest_bp.landscape import ssr_along
from statquest_bp.network import Network

__all__ = ["Measured", "Place", "measured"]

NUDGE = 0.001  # the slope's error is some NUDGE² of it, and six decimals of the SSR still show three of the slope
CLOSE = 1e-4  # of the slope, or of 1: what no error of measuring reaches


class Place(NamedTuple):
    """Where a derivative is tried: a network on data, and where that is, to stand behind “Measured”."""

    where: str
    network: Network
    data: Dataset


class Measured(NamedTuple):
    """The SSR with `parameter` a nudge below and above `value`, and the `slope` that the two give."""

    parameter: str
    value: float
    below: float
    above: float
    slope: float

    def agrees(self, total: float) -> bool:
        """Whether this derivative is the slope, as well as can be measured."""
        return math.isclose(total, self.slope, rel_tol=CLOSE, abs_tol=CLOSE)

    def __str__(self) -> str:
        down, up = (minus(f"{self.value + nudge:.3f}") for nudge in (-NUDGE, NUDGE))
        below, above = exact(self.below, 6), exact(self.above, 6)
        return (
            f"the SSR is {below} with {self.parameter} = {down} and {above} with {up}, so its slope is "
            f"({above} − {bracketed(below)}) / {2 * NUDGE:g} = {exact(self.slope, 3)}"
        )


def measured(place: Place, parameter: str) -> Measured:
    """The slope of the SSR in this parameter, from two forward passes: a nudge below and a nudge above."""
    value = place.network.parameters[parameter]
    below, above = ssr_along(place.network, place.data, parameter, [value - NUDGE, value + NUDGE])
    return Measured(parameter, value, float(below), float(above), float(above - below) / (2 * NUDGE))
