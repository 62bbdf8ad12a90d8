"""The SSR as a landscape over the parameters: its height along one of them or over two, and how sharply it curves."""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from statquest_bp.data import Dataset, as_finite
from statquest_bp.fit import check_match
from statquest_bp.gradient_descent import indices
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

    Raises KeyError for an unknown parameter, ValueError where both names are the same, ValueError or TypeError for
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

    Node by node, each parameter an array of its own shape: what depends on one of them only is computed once for it.
    """
    parameters = [np.asarray(values) for values in {**net.parameters, **changes}.values()]
    heights = np.zeros(np.broadcast(*changes.values()).shape)
    points_first = (-1, *(1,) * heights.ndim)
    with np.errstate(all="ignore"):
        for inputs, observed in some_points_at_a_time(data, heights.size):
            signal = [column.reshape(points_first) for column in inputs.T]
            for predicted, column in zip(_predicted(net, parameters, signal), observed.T, strict=True):
                predicted -= column.reshape(points_first)
                predicted *= predicted
                heights += predicted[0] if len(predicted) == 1 else predicted.sum(axis=0)
    heights[np.isnan(heights)] = math.inf  # ∞ − ∞, or 0 × ∞, on the way
    return heights


def _predicted(net: Network, parameters: Iterable[Array], signal: list[Array]) -> list[Array]:
    """One new array for each output, from one for each input in `signal`."""
    each = iter(parameters)
    for layer in net.layers:
        signal = [_sum([*(next(each) * value for value in signal), next(each)]) for _ in layer.biases]
        if layer.activation.name != "identity":  # which would only copy
            signal = [layer.activation.curve(x) for x in signal]
    return signal


def _sum(terms: list[Array]) -> Array:
    """The smallest come first, so that those along one side are added up before they spread over the grid."""
    *terms, largest = sorted(terms, key=operator.attrgetter("size"))
    rest = functools.reduce(operator.add, terms)
    # A product that is as large as the sum may hold it; a parameter never is, for it lacks the axis of the points.
    return np.add(largest, rest, out=largest if np.broadcast(largest, rest).shape == largest.shape else None)
