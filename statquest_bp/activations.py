"""Activation functions, each curve beside its slope: the bends of the hidden nodes.

Both are functions of the sum that enters the node, take any shape and return the same shape in float64. They hold to
the last digits for any finite input: every exponent below is zero or negative, so nothing overflows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["ACTIVATIONS", "Activation", "activation_named"]

Array = npt.NDArray[np.float64]


def softplus(x: npt.ArrayLike) -> Array:
    """log(1 + e^x), the bend of every hidden node in the lesson (StatQuest NN Pt. 1).

    NumPy's logaddexp(x, 0) is log(e^x + e^0), computed as max(x, 0) + log1p(e^-|x|), so that no finite x overflows.
    """
    return np.asarray(np.logaddexp(np.asarray(x, dtype=np.float64), 0.0))


def softplus_slope(x: npt.ArrayLike) -> Array:
    """d softplus / dx = e^x / (1 + e^x), which is the sigmoid."""
    return sigmoid(x)


def sigmoid(x: npt.ArrayLike) -> Array:
    """e^x / (1 + e^x), written as 1 − e^-softplus(x), which is the same and overflows for no finite x."""
    return np.asarray(-np.expm1(-softplus(x)))


def sigmoid_slope(x: npt.ArrayLike) -> Array:
    """d sigmoid / dx = sigmoid(x) · sigmoid(−x) = e^-|x| / (1 + e^-|x|)²; exact far from 0 too."""
    e = np.exp(-np.abs(np.asarray(x, dtype=np.float64)))
    return np.asarray(e / (1.0 + e) ** 2)


def tanh(x: npt.ArrayLike) -> Array:
    """(e^x − e^-x) / (e^x + e^-x)."""
    return np.tanh(np.asarray(x, dtype=np.float64))


def tanh_slope(x: npt.ArrayLike) -> Array:
    """d tanh / dx = 1 − tanh(x)², written as 4 e^-2|x| / (1 + e^-2|x|)² to keep its digits far from 0."""
    # |x| is capped where the slope is 0 in float64 anyway, so that doubling it can't overflow
    return 4.0 * sigmoid_slope(2.0 * np.minimum(np.abs(np.asarray(x, dtype=np.float64)), 1e3))


def relu(x: npt.ArrayLike) -> Array:
    """max(x, 0)."""
    return np.maximum(np.asarray(x, dtype=np.float64), 0.0)


def relu_slope(x: npt.ArrayLike) -> Array:
    """d relu / dx = 1 above 0 and 0 below; at the corner itself, where there is no slope, 0 by convention."""
    return (np.asarray(x, dtype=np.float64) > 0.0).astype(np.float64)


def identity(x: npt.ArrayLike) -> Array:
    """x itself: no bend. The lesson's output node adds up and leaves it at that."""
    return np.array(x, dtype=np.float64)


def identity_slope(x: npt.ArrayLike) -> Array:
    """d identity / dx = 1."""
    return np.ones_like(np.asarray(x, dtype=np.float64))


def softplus_and_slope(x: Array) -> tuple[Array, Array]:
    """softplus and its slope, which share their exponential.

    A long array takes a third of the time with one e^x, where x is capped at 36: from there on softplus is x to the
    last digit. On a short one the number of calls counts.
    """
    if x.size < 200:
        curve = np.logaddexp(x, 0.0)
        return curve, -np.expm1(-curve)
    e = np.exp(np.minimum(x, 36.0))
    u = 1.0 + e
    curve = np.log(u)
    curve += (e - (u - 1.0)) / u  # the digits that 1 + e has rounded off
    e /= u
    return np.maximum(curve, x, out=curve), e


def sigmoid_and_slope(x: Array) -> tuple[Array, Array]:
    """sigmoid and its slope from one e^-|x|."""
    e = np.exp(-np.abs(x))
    u = 1.0 + e
    return np.where(x < 0.0, e, 1.0) / u, e / u / u


class Activation(NamedTuple):
    """A curve and its slope, with the slope's formula in terms of `x`, the sum that enters the node.

    `curve_and_slope` gives both for a float64 array at once, which may share what they need. It is for the fast passes,
    so the identity gives `x` itself, and None for its slope of 1: nothing to be done.
    """

    name: str
    curve: Callable[[npt.ArrayLike], Array]
    slope: Callable[[npt.ArrayLike], Array]
    curve_and_slope: Callable[[Array], tuple[Array, Array | None]]
    slope_formula: str


ACTIVATIONS = {
    activation.name: activation
    for activation in (
        Activation("softplus", softplus, softplus_slope, softplus_and_slope, "e^{x} / (1 + e^{x})"),
        Activation("relu", relu, relu_slope, lambda x: (relu(x), relu_slope(x)), "1 if {x} > 0, else 0"),
        Activation("sigmoid", sigmoid, sigmoid_slope, sigmoid_and_slope, "sigmoid({x}) × (1 − sigmoid({x}))"),
        Activation("tanh", tanh, tanh_slope, lambda x: (tanh(x), tanh_slope(x)), "1 − tanh({x})²"),
        Activation("identity", identity, identity_slope, lambda x: (x, None), "1"),
    )
}


def activation_named(name: str) -> Activation:
    """The activation called `name`; ValueError lists the five there are."""
    if not isinstance(name, str) or name not in ACTIVATIONS:
        raise ValueError(f"there is no activation {name!r}; choose one of {', '.join(ACTIVATIONS)}")
    return ACTIVATIONS[name]
