"""A nudge of one parameter, and what moves with it at one data point, link by link, up to the SSR."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from statquest_bp.chain_rule import chain
from statquest_bp.data import Dataset
from statquest_bp.flow import flow
from statquest_bp.network import Network

__all__ = ["Rate", "Ripple", "ripple"]


class Rate(NamedTuple):
    """How far `top` moves for each 1 that `bottom` moves: `measured` with the nudge, and as the derivative says it."""

    top: str
    bottom: str
    formula: str
    measured: float
    derivative: float

    @property
    def name(self) -> str:
        """As it is written: dPredicted/db3."""
        return f"d{self.top}/d{self.bottom}"


class Ripple(NamedTuple):
    """The values that move, from the parameter on to Residual² (`path`), each `before` and `after`; and SSR.

    `rates` lead back, from Residual² to the parameter: multiplied, they give what Residual² moves for each 1 of it.
    """

    path: tuple[str, ...]
    before: Mapping[str, float]
    after: Mapping[str, float]
    rates: tuple[Rate, ...]

    def change(self, name: str) -> float:
        """How far this value has moved."""
        return self.after[name] - self.before[name]


def ripple(network: Network, data: Dataset, point: int, parameter: str, nudge: float) -> Ripple:
    """What moves when `parameter` of a network with one hidden layer is nudged, at the data point with this index.

    The first link of the chain rule is two here: Residual² moves 2 × Residual for each 1 of Residual, and Residual −1
    for each 1 of Predicted. A rate is not a number where what it is measured by doesn't move.

    Raises KeyError for an unknown parameter, ValueError for a point that isn't there.
    """
    slope = chain(network, data, parameter)
    before = flow(network, data, point)
    after = flow(network.replace(**{parameter: network.parameters[parameter] + nudge}), data, point)
    exact = [("Residual²", "Residual", "2 × Residual", 2 * before["Residual"]), ("Residual", "Predicted", "−1", -1.0)]
    exact += [(link.top, link.bottom, link.formula, float(link.values[point])) for link in slope.links[1:]]
    with np.errstate(all="ignore"):
        rates = tuple(
            Rate(
                top, bottom, formula, float(np.divide(after[top] - before[top], after[bottom] - before[bottom])), value
            )
            for top, bottom, formula, value in exact
        )
    path = (*(rate.bottom for rate in reversed(rates)), "Residual²")
    return Ripple(path, before, after, rates)
