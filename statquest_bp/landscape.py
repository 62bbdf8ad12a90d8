"""The SSR as a landscape over the parameters: its height along one of them or over two, and how sharply it curves."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from statquest_bp.activations import Activation
from statquest_bp.data import Dataset, as_finite
from statquest_bp.fit import check_match
from statquest_bp.gradient_descent import indices
from statquest_bp.layers import forward_pass, layers_of
from statquest_bp.many_networks import ManyNetworks, some_points_at_a_time
from statquest_bp.network import Network
from statquest_bp.parameters import check_names, names_of

__all__ = ["ssr_along", "ssr_surface", "stable_learning_rate"]

Array = npt.NDArray[np.float64]


def ssr_along(net: Network, data: Dataset, parameter: str, values: npt.ArrayLike) -> Array:
    """The SSR at each of `values` (any shape) of one parameter, the others staying as they are; the same shape out.

    Infinity where it, or a number on the way to it, is too large for float64.

    Raises KeyError for an unknown parameter, ValueError or TypeError for values that are not finite numbers.
    """
    check_match(net, data)
    check_names([parameter], names_of(net.sizes))
    return _ssr(net, data, {parameter: as_finite(values, f"values of {parameter}")})


def ssr_surface(
    net: Network, data: Dataset, x: str, y: str, xs: npt.ArrayLike, ys: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """The SSR over two parameters, the others staying as they are: (len(ys), len(xs)), as for a contour plot.

    `x` and `y` name the parameters, `xs` and `ys` are their values. Infinity as in `ssr_along`.

    Raises KeyError for an unknown parameter, ValueError if both names are the same, ValueError or TypeError for
    values that aren't lists of finite numbers.
    """
    check_match(net, data)
    names = names_of(net.sizes)
    check_names([x, y], names)
    if x == y:
        raise ValueError(f"a surface needs two different parameters; got {x!r} twice")
    return _ssr(net, data, {x: _list(xs, x), y: _list(ys, y)[:, np.newaxis]})


def stable_learning_rate(net: Network, data: Dataset, optimize: Iterable[str] | None = None) -> float:
    """2 / the largest curvature of the SSR at `net`, over the parameters to `optimize` (None means all).

    Above this learning rate gradient descent can't settle here: each step overshoots by more than it gained. In the
    lesson's b3 the SSR is a parabola of curvature 2 × 3 points = 6, so the limit is 1/3. Infinity where the SSR
    doesn't curve upward in any direction.

    The curvature is the largest eigenvalue of the second derivatives, found by central differences of the exact
    slopes (about 9 correct digits). Errors as in `descend`.
    """
    check_match(net, data)
    chosen = indices(names_of(net.sizes), optimize)
    with np.errstate(all="ignore"):
        nudge = np.cbrt(np.finfo(np.float64).eps) * np.maximum(1.0, np.abs(net.vector[chosen]))
        nudges = np.zeros((len(chosen), len(net.vector)))
        nudges[np.arange(len(chosen)), chosen] = nudge
        many = ManyNetworks(np.vstack([net.vector + nudges, net.vector - nudges]).T.copy(), net, data)
        many.run()
        above, below = np.split(many.slopes[chosen].T, 2)
        curvatures = (above - below) / (2.0 * nudge[:, np.newaxis])
        if not np.isfinite(curvatures).all():
            return 0.0  # too steep to measure: no rate is small enough
        largest = float(np.linalg.eigvalsh(curvatures / 2.0 + curvatures.T / 2.0)[-1])
    return 2.0 / largest if largest > 0.0 else math.inf


def _list(values: npt.ArrayLike, parameter: str) -> Array:
    checked = as_finite(values, f"values of {parameter}")
    if checked.ndim != 1:
        raise ValueError(f"the values of {parameter} must be one list of numbers; got {checked.ndim} dimensions")
    return checked


def _ssr(net: Network, data: Dataset, changes: Mapping[str, Array]) -> Array:
    """The SSR where parameters take the values in `changes`, in any shapes that broadcast; that shape out.

    The network's own forward pass, with an array in the place of each number: what depends on one parameter only is
    computed once for it, and spreads over the grid where it meets the other.
    """
    (vector,) = _row_of({**net.parameters, **changes}.values())
    layers = layers_of(vector, net.sizes, [_of_each(layer.activation) for layer in net.layers])
    heights = np.zeros(np.broadcast_shapes(*(values.shape for values in changes.values())))
    points_first = (-1, *(1,) * heights.ndim)
    with np.errstate(all="ignore"):
        for inputs, observed in some_points_at_a_time(data, heights.size):
            signal = _row_of(column.reshape(points_first) for column in inputs.T)
            (predicted,) = forward_pass(layers, signal).predicted
            for residual, column in zip(predicted, observed.T, strict=True):
                residual -= column.reshape(points_first)
                residual *= residual
                heights += residual.sum(axis=0)
    heights[np.isnan(heights)] = math.inf  # ∞ − ∞, or 0 × ∞, on the way
    return heights


def _row_of(values: Iterable[object]) -> npt.NDArray[Any]:
    """`values` as the objects in a row (1, values): NumPy itself would make a table of arrays that have one shape."""
    values = list(values)
    row = np.empty((1, len(values)), dtype=object)
    for k, value in enumerate(values):
        row[0, k] = value
    return row


def _of_each(activation: Activation) -> Activation:
    """`activation` with a curve that takes each array in a table of them by itself."""
    curve: Any = np.frompyfunc(activation.curve, 1, 1)
    return activation._replace(curve=curve)
