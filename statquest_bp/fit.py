"""How well a network fits the data: the residuals, and the sum of their squares."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from statquest_bp.data import Dataset
from statquest_bp.network import Network
from statquest_bp.parameters import nodes_of

__all__ = ["check_match", "in_own_units", "infinite_if_lost", "level_line_ssr", "own_units", "residuals", "ssr"]

Array = npt.NDArray[np.float64]

SMALLER = 2.0**-64  # a power of two changes no digit, and many huge values have a sum


def residuals(net: Network, data: Dataset) -> Array:
    """Observed − predicted, (n, n_out): positive where the network predicts too little.

    Infinite where it is too large for float64, no number where ∞ − ∞ stands on the way.

    Raises ValueError if the network and the data have different numbers of inputs or outputs.
    """
    check_match(net, data)
    with np.errstate(all="ignore"):
        return data.observed - net.predict(data.inputs)


def ssr(net: Network, data: Dataset) -> float:
    """The sum of the squared residuals, Σ (observed − predicted)², over all points and outputs.

    Infinity where it, or a number on the way to it, is too large for float64. Errors as in `residuals`.
    """
    with np.errstate(all="ignore"):
        return float(infinite_if_lost((residuals(net, data) ** 2).sum()))


def level_line_ssr(data: Dataset) -> float:
    """The SSR of the best level line, which predicts the mean everywhere: Σ (observed − mean)², over all outputs.

    Predicting the mean needs no inputs at all, so any useful fit must beat it. Infinity where it is too large for
    float64.
    """
    with np.errstate(all="ignore"):
        mean = (data.observed * SMALLER).mean(axis=0) / SMALLER
        return float(((data.observed - mean) ** 2).sum())


def infinite_if_lost(values: npt.ArrayLike) -> Array:
    """`values`, infinite where ∞ − ∞ or 0 × ∞ on the way has left no number."""
    return np.where(np.isnan(values), np.inf, values)


def in_own_units(net: Network, data: Dataset) -> Network:
    """A network trained on `data.scaled(inputs=False, observed=True)`, made to predict in the units of `data` itself.

    From 0 to 1 back to lowest … highest is × range + lowest, and the last layer can do that: its weights and biases are
    multiplied by the range of their column, and the lowest value is added to the bias. (Equal values: range 1.)
    Raises ValueError if the network and the data don't match, or what comes out of the last layer is bent.
    """
    check_match(net, data)
    if net.output_activation != "identity":
        raise ValueError(
            f"only an output without a bend can be brought back to its units; this one is {net.output_activation}"
        )
    return net.with_vector(own_units(net.vector, net.sizes, data))


def own_units(vectors: Array, sizes: tuple[int, ...], data: Dataset) -> Array:
    """What `in_own_units` does to the parameters, in any number of rows (…, parameters)."""
    table = np.array(vectors.T, order="C")  # (parameters, …), so that the last layer is a view of it
    last = nodes_of(table, sizes)[-1]
    low, high = data.observed.min(axis=0), data.observed.max(axis=0)
    of_each_node = (-1, *(1,) * (last.ndim - 1))
    with np.errstate(over="ignore"):
        last *= np.where(low < high, high - low, 1.0).reshape(of_each_node)
        last[:, -1:] += low.reshape(of_each_node)
    return table.T


def check_match(net: Network, data: Dataset) -> None:
    """ValueError unless `net` takes the inputs of `data` and predicts its outputs; TypeError unless they are both."""
    if not isinstance(net, Network):
        raise TypeError(f"expected a Network first; got {net!r}")
    if not isinstance(data, Dataset):
        raise TypeError(f"expected a Dataset second; got {data!r}")
    for what, has, wants in (
        ("input", data.inputs.shape[1], net.sizes[0]),
        ("output", data.observed.shape[1], net.sizes[-1]),
    ):
        if has != wants:
            raise ValueError(f"the network has {wants} {what}(s) but the data has {has}")
