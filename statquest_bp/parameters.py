"""Where each parameter of a network stands, and its name; and checks of the names and numbers that users give.

All parameters stand in one row, layer by layer and node by node: each node's weights, then its bias. Nobody else knows.
"""

from __future__ import annotations

import difflib
import functools
import itertools
import math
import numbers
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

__all__ = [
    "as_float",
    "check_names",
    "columns_named",
    "finite",
    "in_one_row",
    "named",
    "names_of",
    "nodes_of",
    "place_of",
]

Array = npt.NDArray[np.float64]


@functools.lru_cache(maxsize=64)
def names_of(sizes: tuple[int, ...]) -> tuple[str, ...]:
    """The parameters' names, node by node: each node's weights, then its bias."""
    names, weight, bias = [], 0, 0
    for n_in, n_out in itertools.pairwise(sizes):
        for _ in range(n_out):
            names += [f"w{weight + i}" for i in range(1, n_in + 1)]
            weight += n_in
            bias += 1
            names.append(f"b{bias}")
    return tuple(names)


def named(sizes: tuple[int, ...], vector: Array) -> Mapping[str, float]:
    """A read-only mapping from each parameter's name to its entry in `vector`."""
    return MappingProxyType(dict(zip(names_of(sizes), vector.tolist(), strict=True)))


def columns_named(sizes: tuple[int, ...], table: Array) -> Mapping[str, Array]:
    """A read-only mapping from each parameter's name to its column in `table` (rows, parameters)."""
    return MappingProxyType(dict(zip(names_of(sizes), table.T, strict=True)))


def nodes_of(parameters: Array, sizes: tuple[int, ...]) -> list[Array]:
    """Views of `parameters` (parameters, …), one a layer: (nodes, the values that come in and then the bias, …)."""
    views, start = [], 0
    for n_in, n_out in itertools.pairwise(sizes):
        stop = start + n_out * (n_in + 1)
        views.append(parameters[start:stop].reshape(n_out, n_in + 1, *parameters.shape[1:]))
        start = stop
    return views


def in_one_row(layers: Iterable[tuple[Array, Array]]) -> Array:
    """The row (parameters,) of these weights (n_out, n_in) and biases (n_out,), one pair a layer."""
    return np.concatenate([np.column_stack(weights_and_biases).ravel() for weights_and_biases in layers])


def place_of(name: str, sizes: tuple[int, ...]) -> tuple[int, int, int]:
    """The layer, the node in it, and which of the node's values: n_in stands for its bias. All count from 0."""
    position = names_of(sizes).index(name)
    for layer, nodes in enumerate(nodes_of(np.arange(len(names_of(sizes)), dtype=np.float64), sizes)):
        for node, place in np.argwhere(nodes == position):
            return layer, int(node), int(place)
    raise AssertionError("every name has its place")


def check_names(names: Iterable[str], known: Sequence[str]) -> None:
    """KeyError with the nearest names, unless all `names` are `known`."""
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(str(name).lower(), known, n=3, cutoff=0.4) or known[:8]
            raise KeyError(f"there is no parameter {name!r} in this network; the nearest are {', '.join(near)}")


def finite(name: str, value: object) -> float:
    """`value` as a finite float64; if it isn't finite or isn't a number, ValueError or TypeError, naming both."""
    number = as_float(name, value)
    if not math.isfinite(number):
        raise ValueError(f"{name} must be finite; got {value!r}")
    return number


def as_float(name: str, value: object) -> float:
    """`value` in float64, infinity if it is beyond its range; TypeError, naming both, if it isn't a number."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a number; got {value!r}")
    try:
        return float(value)
    except OverflowError:
        return math.inf
