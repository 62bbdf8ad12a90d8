"""The twin of `gradient` for many networks of one shape at once, which `descend_many` runs on. A test holds it to that.

Their parameters stand in a table, one row a parameter and one column a network, so that each operation runs along
whole rows of it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from statquest_bp.data import Dataset
from statquest_bp.network import Network
from statquest_bp.parameters import nodes_of

__all__ = ["LONG", "ManyNetworks", "some_points_at_a_time"]

Array = npt.NDArray[np.float64]

LONG = 6144  # numbers in an array: enough to be worth a call, and few enough to stay in the processor's cache


class ManyNetworks:
    """The networks shaped like `like` whose parameters are the columns of `table` (parameters, networks), and `data`.

    `table` may be changed in place; `run` takes it as it stands, and fills `slopes`, just as large, with
    dSSR/dparameter.
    """

    def __init__(self, table: Array, like: Network, data: Dataset) -> None:
        self.table, self.slopes = table, np.empty_like(table)
        self._layers, self._slopes = nodes_of(table, like.sizes), nodes_of(self.slopes, like.sizes)
        self._activations = [layer.activation for layer in like.layers]
        self._parts = [
            (np.column_stack([inputs, np.ones(len(inputs))]), observed.T[..., np.newaxis])
            for inputs, observed in some_points_at_a_time(data, table.shape[1] * max(like.sizes))
        ]

    def run(self) -> Array:
        """The SSR of each network, (networks,), from one pass forward; one pass backward fills `slopes`."""
        first, *others = self._parts
        ssr = self._pass(*first)
        if others:
            slopes = self.slopes.copy()
            for part in others:
                ssr += self._pass(*part)
                slopes += self.slopes
            self.slopes[...] = slopes
        return ssr

    def _pass(self, inputs: Array, observed: Array) -> Array:
        """The SSR over some points, and its slopes.

        `inputs` end in a column of ones, so that the first layer's biases count as weights. In the names of axes, i
        stands for the values that come into a node, j for the nodes, p for the points and n for the networks.
        """
        signals: list[Array] = []  # what comes into each layer after the first
        bend_slopes: list[Array | None] = []  # of the layers before the last
        x = inputs @ self._layers[0]
        y, bend_slope = self._activations[0].curve_and_slope(x)
        for nodes, activation in zip(self._layers[1:], self._activations[1:], strict=True):
            signals.append(y)
            bend_slopes.append(bend_slope)
            x = np.einsum("jin,ipn->jpn", nodes[:, :-1], y)
            x += nodes[:, -1:]
            y, bend_slope = activation.curve_and_slope(x)
        residuals = observed - y
        handed_back = -2.0 * residuals  # d_ssr_d_output
        if bend_slope is not None:
            handed_back *= bend_slope  # d_ssr_d_sum
        for nodes, slopes in zip(self._layers[:0:-1], self._slopes[:0:-1], strict=True):
            np.einsum("jpn,ipn->jin", handed_back, signals.pop(), out=slopes[:, :-1])
            np.add.reduce(handed_back, axis=1, out=slopes[:, -1])
            handed_back = np.einsum("jin,jpn->ipn", nodes[:, :-1], handed_back)
            if (bend_slope := bend_slopes.pop()) is not None:
                handed_back *= bend_slope
        np.matmul(inputs.T, handed_back, out=self._slopes[0])
        return np.asarray(np.einsum("jpn,jpn->n", residuals, residuals))


def some_points_at_a_time(data: Dataset, each: int) -> Iterator[tuple[Array, Array]]:
    """Inputs and observed of as many points as keep an array with `each` numbers a point short."""
    count = max(1, LONG // max(1, each))
    for start in range(0, len(data), count):
        yield data.inputs[start : start + count], data.observed[start : start + count]
