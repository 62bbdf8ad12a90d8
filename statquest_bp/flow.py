"""Every number that flows through the lesson's network at one data point, forward and back, by its name."""

from __future__ import annotations

import numbers
from collections.abc import Sequence

import numpy as np

from statquest_bp.chain_rule import Chain, chain
from statquest_bp.data import Dataset
from statquest_bp.fit import fitted
from statquest_bp.network import Network

__all__ = ["check_point", "flow"]


def check_point(data: Dataset, point: object) -> None:
    """ValueError unless `point` is the index of a point of `data`, from 0 up."""
    if isinstance(point, bool) or not isinstance(point, numbers.Integral) or point not in range(len(data)):
        raise ValueError(f"point must be a whole number from 0 to {len(data) - 1}; got {point!r}")


def flow(network: Network, data: Dataset, point: int, chains: Sequence[Chain] | None = None) -> dict[str, float]:
    """Every number of the diagram by name, for the data point with this index; the network has one hidden layer.

    Forward: the parameters, Input, x1, x2, y1, y2, Predicted, Observed, Residual, Residual² and (of all points) SSR.
    Back: each link of a chain, such as dPredicted/dy1, and each product of links, such as dSSR/dy1.
    `chains` are those of all parameters, the last first, where they are known already.

    Raises ValueError for a point that isn't there.
    """
    check_point(data, point)
    passed = network.forward(data.inputs)
    fit = fitted(network, data)
    residual = float(fit.residuals[point, 0])
    values = dict(network.parameters)
    values |= {"Input": data.inputs[point, 0], "Observed": data.observed[point, 0]}
    values |= {f"x{i}": x for i, x in enumerate(passed.sums[0][point], start=1)}
    values |= {f"y{i}": y for i, y in enumerate(passed.outputs[0][point], start=1)}
    values |= {"Predicted": passed.predicted[point, 0], "Residual": residual}
    with np.errstate(over="ignore"):
        values |= {"Residual²": np.square(residual), "SSR": fit.ssr}
    for slope in chains or [chain(network, data, name) for name in network.backward_order]:
        for link, product in zip(slope.links, slope.products, strict=True):
            values[f"d{link.top}/d{link.bottom}"] = link.values[point]
            values[f"dSSR/d{link.bottom}"] = product[point]
    return {name: float(value) for name, value in values.items()}
