"""The slips that any derivative of the lesson's network invites, made from the links of its chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from statquest_bp.activations import sigmoid, softplus
from statquest_bp.chain_rule import Chain, Link, chain, gradient
from statquest_bp.data import Dataset, dosage
from statquest_bp.exercises.link_slips import OTHER_NODE, name_of
from statquest_bp.exercises.trial_cases import Columns, columns_of
from statquest_bp.network import Network
from statquest_bp.video import OPTIMAL, statquest_network

__all__ = ["slips_of_derivative"]

Array = npt.NDArray[np.float64]


class _Place(NamedTuple):
    """Where a slip is made: the right chain there, the columns of the forward pass, the network and the data."""

    chain: Chain
    columns: Columns
    net: Network
    data: Dataset

    def value(self, name: str) -> Array:
        """A column, or a parameter as one number for each point."""
        parameters = self.net.parameters
        return np.full(len(self.columns.inputs), parameters[name]) if name in parameters else self._column(name)

    def _column(self, name: str) -> Array:
        return np.asarray(getattr(self.columns, name))

    def with_link(self, place: int, values: Array) -> float:
        """The derivative with `values` where the chain's link at `place` belongs."""
        links = [link.values for link in self.chain.links]
        return float(np.prod([*links[:place], values, *links[place + 1 :]], axis=0).sum())

    def with_link_at(self, bottom: str, make: Callable[[_Place], Array]) -> float:
        """The same for the link that ends in `bottom`, with what `make` makes of this place."""
        bottoms = [link.bottom for link in self.chain.links]
        return self.with_link(bottoms.index(bottom), make(self))


Slip = Callable[[_Place], float]


def slips_of_derivative(parameter: str) -> dict[str, Callable[..., float]]:
    """What to say about each slip in dSSR/d`parameter`, and the function of (dosage, observed, p) that it makes.

    The first that fits is meant. Some may agree with the right derivative or with each other: that is for the caller.
    """
    slips = dict(_slips_of_the_whole())
    for link in chain(statquest_network(), dosage(), parameter).links[1:]:
        slips |= dict(_slips_of_a_link(link))
    slips |= {f"That is dSSR/d{other}, and not dSSR/d{parameter}.": _derivative_of(other) for other in OPTIMAL}
    return {message: partial(_made, parameter, slip) for message, slip in slips.items()}


def _derivative_of(parameter: str) -> Slip:
    return lambda at: gradient(at.net, at.data)[parameter]


def _made(parameter: str, slip: Slip, dosage: Any, observed: Any, p: Any) -> float:
    net, data = Network.from_parameters((1, 2, 1), p), Dataset(dosage, observed)
    return float(slip(_Place(chain(net, data, parameter), columns_of(net, data), net, data)))


def _slips_of_the_whole() -> Iterator[tuple[str, Slip]]:
    yield (
        "The sign is turned round: Predicted stands in the residual with a minus, hence −2.",
        lambda at: -at.chain.total,
    )
    yield "The 2 is missing: the derivative of u² is 2 × u.", lambda at: at.chain.total / 2
    yield "Both the 2 and the minus are missing: −2 × (observed − predicted).", lambda at: -at.chain.total / 2
    yield (
        "You used the squared residual itself. The first link is its derivative, −2 × residual.",
        lambda at: at.with_link(0, at.columns.residuals**2),
    )
    yield (
        "That is the mean over the points. The SSR is a sum, so its slope is one too.",
        lambda at: at.chain.terms.mean(),
    )
    yield "Only the last point counts. Add up all of them.", lambda at: at.chain.terms[-1]
    yield "Only the first point counts. Add up all of them.", lambda at: at.chain.terms[0]
    yield (
        "You added up before you multiplied. Multiply point by point, then add.",
        lambda at: float(np.prod([_summed(link) for link in at.chain.links])),
    )
    yield (
        "You added the links. Effects in a row multiply.",
        lambda at: float(sum(link.values.sum() for link in at.chain.links)),
    )


def _summed(link: Link) -> float:
    """A link added up over the points; one that is the same everywhere is written as one number, and stays that."""
    return float(link.values[0] if np.ptp(link.values) == 0 else link.values.sum())


def _slips_of_a_link(link: Link) -> Iterator[tuple[str, Slip]]:
    name, top, bottom = name_of(link), link.top, link.bottom

    def instead(make: Callable[[_Place], Array]) -> Slip:
        return lambda at: at.with_link_at(bottom, make)

    formula = link.formula.replace("Input", "the dosage")
    yield f"The link {name} is missing: {formula}.", instead(lambda at: np.ones_like(at.columns.inputs))
    if bottom.startswith("x"):
        yield from _slips_of_the_bend(name, top, bottom, instead)
    elif bottom.startswith("y"):
        yield from _slips_of_the_weight_behind(name, bottom, link.formula, instead)
    elif link.formula.startswith("y"):
        yield from _slips_of_an_output_weight(bottom, link.formula, instead)
    elif bottom.startswith("w"):
        yield (
            f"You multiplied by {bottom} itself. {top} = dosage × {bottom} + …: if {bottom} grows by 1, {top} grows by "
            "the dosage.",
            instead(lambda at: at.value(bottom)),
        )
        yield f"You multiplied by {top}. {name} is the dosage.", instead(lambda at: at.value(top))
    else:
        yield (
            f"{bottom} is simply added, so {name} is 1, and not {bottom} itself.",
            instead(lambda at: at.value(bottom)),
        )
        yield (
            f"There is a dosage too much: {name} is 1. The dosage is for the weight.",
            instead(lambda at: at.columns.inputs),
        )
        yield f"There is a y1 too much: {name} is 1.", instead(lambda at: at.columns.y1)


Instead = Callable[[Callable[[_Place], Array]], Slip]


def _slips_of_the_bend(name: str, y: str, x: str, instead: Instead) -> Iterator[tuple[str, Slip]]:
    fraction = f"e^{x} / (1 + e^{x})"
    yield f"You multiplied by {y}, the bend itself. {name} is its slope.", instead(lambda at: at.value(y))
    yield f"You multiplied by {x}. {name} is {fraction}.", instead(lambda at: at.value(x))
    yield (
        f"e^{x} is only the top of the fraction: {name} = {fraction}. Are there brackets around the bottom?",
        instead(lambda at: np.exp(at.value(x))),
    )
    yield (
        f"Without brackets around 1 + e^{x}, Python divides by 1 first and adds then: {name} = {fraction}.",
        instead(lambda at: 2 * np.exp(at.value(x))),
    )
    yield (
        f"You multiplied by 1 / (1 + e^{x}). The top of the fraction is e^{x}, too.",
        instead(lambda at: sigmoid(-at.value(x))),
    )
    yield f"You put {y} into the bend’s slope. It belongs to {x}: {fraction}.", instead(lambda at: sigmoid(at.value(y)))
    other = OTHER_NODE[x]
    yield f"That is the bend’s slope at {other}, in the other node.", instead(lambda at: sigmoid(at.value(other)))


def _slips_of_the_weight_behind(name: str, y: str, weight: str, instead: Instead) -> Iterator[tuple[str, Slip]]:
    other, before = OTHER_NODE[weight], f"w{y[1]}"
    yield (
        f"{other} is the weight of the other node. {y} is multiplied by {weight}.",
        instead(lambda at: at.value(other)),
    )
    yield (
        f"{before} is the weight into the node. On the way back from Predicted to {y} you pass {weight}, the one out "
        "of it.",
        instead(lambda at: at.value(before)),
    )
    yield f"You multiplied by {y}. {name} is what {y} is multiplied by: {weight}.", instead(lambda at: at.value(y))


def _slips_of_an_output_weight(weight: str, y: str, instead: Instead) -> Iterator[tuple[str, Slip]]:
    x, other = f"x{y[1]}", OTHER_NODE[y]
    yield (
        f"You multiplied by {x}, what goes into the bend. {weight} multiplies what comes out: {y}.",
        instead(lambda at: at.value(x)),
    )
    yield (
        f"{other} comes from the other node: that is dSSR/d{OTHER_NODE[weight]}. {weight} multiplies {y}.",
        instead(lambda at: at.value(other)),
    )
    yield (
        f"You multiplied by the bend’s slope. {weight} comes after the bend: all it needs is {y}.",
        instead(lambda at: sigmoid(at.value(x))),
    )
    yield (
        f"You multiplied by {weight} itself. If {weight} grows by 1, Predicted grows by {y}.",
        instead(lambda at: at.value(weight)),
    )
    yield f"You bent it twice: {y} has been through softplus already.", instead(lambda at: softplus(at.value(y)))
    yield f"You multiplied by the dosage. {weight} multiplies {y}.", instead(lambda at: at.columns.inputs)
