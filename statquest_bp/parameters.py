"""A network's parameters by name, and checks of the names and numbers that users give."""

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

__all__ = ["as_float", "check_names", "finite", "named", "names_of"]

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


def check_names(names: Iterable[str], known: Sequence[str]) -> None:
    """KeyError with the nearest names, unless all `names` are `known`."""
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(str(name).lower(), known, n=3, cutoff=0.4) or known[:8]
            raise KeyError(f"there is no parameter {name!r} in this network; the nearest are {', '.join(near)}")


def finite(name: str, value: object) -> float:
    """`value` as a finite float64; ValueError or TypeError, naming both, where it is none."""
    number = as_float(name, value)
    if not math.isfinite(number):
        raise ValueError(f"{name} must be finite; got {value!r}")
    return number


def as_float(name: str, value: object) -> float:
    """`value` in float64, infinity for a whole number beyond its range; TypeError, naming both, where it is none."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a number; got {value!r}")
    try:
        return float(value)
    except OverflowError:
        return math.inf
