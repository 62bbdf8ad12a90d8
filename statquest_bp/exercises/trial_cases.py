"""What functions are tried on: the lesson's network at several places, and made-up ones against agreement by chance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from statquest_bp.data import Dataset, dosage
from statquest_bp.network import Network
from statquest_bp.parameters import names_of
from statquest_bp.video import DETAILS_2, statquest_network

__all__ = ["Case", "Columns", "Function", "columns_of", "lesson_and_made_up"]

Array = npt.NDArray[np.float64]

Function = Callable[..., Any]  # of a learner, or one that theirs is compared with


class Case(NamedTuple):
    """One thing to try a function on: its name, the arguments, and the network and data (if any) that they are from."""

    name: str
    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any] = MappingProxyType({})
    network: Network | None = None
    data: Dataset | None = None


class Columns(NamedTuple):
    """What stands in one forward pass of a 1-2-1 network, a flat array each: a number for every point."""

    inputs: Array
    observed: Array
    predicted: Array
    x1: Array
    x2: Array
    y1: Array
    y2: Array

    @property
    def residuals(self) -> Array:
        """Observed − predicted."""
        return self.observed - self.predicted


def columns_of(net: Network, data: Dataset) -> Columns:
    """The columns of `net`'s forward pass on `data`; ValueError for another shape than 1-2-1."""
    forward = net.forward(data.inputs)
    return Columns(
        data.inputs[:, 0], data.observed[:, 0], forward.predicted[:, 0], *forward.sums[0].T, *forward.outputs[0].T
    )


def lesson_and_made_up(arguments: Callable[[Network, Dataset], tuple[Any, ...]]) -> tuple[Case, ...]:
    """The lesson's network at three places, and two made-up ones with made-up data, so that nothing agrees by chance.

    `arguments` takes from each network and its data what the function is to be called with.
    """
    places = [("the lesson’s network and b3 = 0", statquest_network(b3=0), dosage())]
    places += [("the lesson’s network and b3 = 3", statquest_network(b3=3), dosage())]
    places += [("the start of “Details Pt. 2”", statquest_network(**DETAILS_2), dosage())]
    for seed, points in ((1, 4), (2, 2)):
        rng = np.random.default_rng(seed)
        parameters = dict(zip(names_of((1, 2, 1)), rng.normal(size=7).round(2), strict=True))
        data = Dataset(rng.uniform(0, 3, points).round(2), rng.normal(size=points).round(2))
        places += [(f"a made-up network and {points} points", Network.from_parameters((1, 2, 1), parameters), data)]
    return tuple(Case(name, arguments(net, data), network=net, data=data) for name, net, data in places)
