"""The SSR as a landscape over the parameters: its height along one of them or over two, and how sharply it curves."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from statquest_bp.chain_rule import backward_sweep
from statquest_bp.data import Dataset, numbers
from statquest_bp.fit import check_match
from statquest_bp.gradient_descent import indices
from statquest_bp.layers import Layer, forward_pass, layers_of
from statquest_bp.network import Network
from statquest_bp.parameters import check_names, names_of

__all__ = ["ssr_along", "ssr_surface", "stable_learning_rate"]

Array = npt.NDArray[np.float64]


def ssr_along(net: Network, data: Dataset, parameter: str, values: npt.ArrayLike) -> Array:
    """The SSR at each of `values` (any shape) of one parameter, the others staying as they are; the same shape out.

    Raises KeyError for an unknown parameter, ValueError or TypeError for values that are not finite numbers.
    """
    check_match(net, data)
    check_names([parameter], names_of(net.sizes))
    grid = numbers(values, f"values of {parameter}")
    vectors = np.tile(net.vector, (*grid.shape, 1))
    vectors[..., names_of(net.sizes).index(parameter)] = grid
    return _ssr(net, data, vectors)


def ssr_surface(
    net: Network, data: Dataset, x: str, y: str, xs: npt.ArrayLike, ys: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """The SSR over two parameters, the others staying as they are: (len(ys), len(xs)), as for a contour plot.

    `x` and `y` name the parameters, `xs` and `ys` are their values. Raises KeyError for an unknown parameter,
    ValueError where both names are the same, ValueError or TypeError for values that aren't lists of finite numbers.
    """
    check_match(net, data)
    names = names_of(net.sizes)
    check_names([x, y], names)
    if x == y:
        raise ValueError(f"a surface needs two different parameters; got {x!r} twice")
    across, up = _list(xs, x), _list(ys, y)
    vectors = np.tile(net.vector, (len(up), len(across), 1))
    vectors[..., names.index(x)] = across
    vectors[..., names.index(y)] = up[:, np.newaxis]
    return _ssr(net, data, vectors)


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
    nudge = np.cbrt(np.finfo(np.float64).eps) * np.maximum(1.0, np.abs(net.vector[chosen]))
    nudges = np.zeros((len(chosen), len(net.vector)))
    nudges[np.arange(len(chosen)), chosen] = nudge
    with np.errstate(all="ignore"):
        rise = _slopes(net, data, net.vector + nudges) - _slopes(net, data, net.vector - nudges)
        curvatures = rise[:, chosen] / (2.0 * nudge[:, np.newaxis])
    if not np.isfinite(curvatures).all():
        return 0.0  # too steep to measure: no rate is small enough
    largest = float(np.linalg.eigvalsh((curvatures + curvatures.T) / 2.0)[-1])
    return 2.0 / largest if largest > 0.0 else math.inf


def _list(values: npt.ArrayLike, parameter: str) -> Array:
    checked = numbers(values, f"values of {parameter}")
    if checked.ndim != 1:
        raise ValueError(f"the values of {parameter} must be one list of numbers; got {checked.ndim} dimensions")
    return checked


def _ssr(net: Network, data: Dataset, vectors: Array) -> Array:
    """The SSR at each of `vectors` (…, parameters), all in one forward pass; the leading axes out."""
    with np.errstate(all="ignore"):
        residuals = data.observed - forward_pass(_layers(net, vectors), data.inputs).predicted
        return np.asarray((residuals**2).sum(axis=(-2, -1)))


def _slopes(net: Network, data: Dataset, vectors: Array) -> Array:
    """The gradient at each row of `vectors`, all in one sweep."""
    slopes = np.empty_like(vectors)
    layers = _layers(net, vectors)
    forward = forward_pass(layers, data.inputs)
    backward_sweep(layers, forward, data.observed - forward.predicted, _layers(net, slopes))
    return slopes


def _layers(net: Network, vectors: Array) -> tuple[Layer, ...]:
    return layers_of(vectors, net.sizes, [layer.activation for layer in net.layers])
