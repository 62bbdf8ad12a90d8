"""What is wrong with one hand-over of a backward pass, told from the number that was handed back."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from statquest_bp.chain_rule import Link
from statquest_bp.exercises.formula import compute
from statquest_bp.exercises.link_slips import name_of, slips_of_the_square

__all__ = ["counts_as", "slip_of", "slips_of_a_handover", "what_arrives"]

Array = npt.NDArray[np.float64]

OTHER = "What you are handed times your own link: that is all there is to do."
OTHER_SUM = "Each number times its own link, and then the sum."
OTHER_FIRST = "Put the two numbers into your link, brackets first."


def what_arrives(links: Sequence[Link], arrived: Mapping[str, Array]) -> list[float]:
    """What comes over each of these links at the one data point: what the top was handed, times the link."""
    return [float(arrived[link.top][0]) * float(link.values[0]) for link in links]  # of Python: huge ones don't warn


def counts_as(given: float, number: float) -> bool:
    """Whether `given` is the number, rounded."""
    return math.isclose(given, number, rel_tol=0.005, abs_tol=0.005)


def slip_of(given: float, links: Sequence[Link], arrived: Mapping[str, Array], values: Mapping[str, Array]) -> str:
    """What to say about a number that is not what the stop before these `links` hands back."""
    for said, number in slips_of_a_handover(links, arrived, values):
        if counts_as(given, number):
            return said
    return OTHER_FIRST if links[0].top == "SSR" else OTHER if len(links) == 1 else OTHER_SUM


def slips_of_a_handover(
    links: Sequence[Link], arrived: Mapping[str, Array], values: Mapping[str, Array]
) -> Iterator[tuple[str, float]]:
    """What to say about each slip that is made there, and the number that it gives."""
    parts = what_arrives(links, arrived)
    right = sum(parts)
    if links[0].top == "SSR":
        own = {name: values[links[0].bottom.replace("Predicted", name)] for name in ("Observed", "Predicted")}
        for said, formula in slips_of_the_square():
            yield said, float(compute(formula, own)[0])
        return
    yield "The size is right, the sign isn’t.", -right
    if len(links) > 1:
        for part, link in zip(parts, links, strict=True):
            yield f"That is only what comes over {name_of(link)}. The other number counts too: they add.", part
        yield "You multiplied what comes over the two links. What comes over different ways adds.", math.prod(parts)
        yield "That is the mean of the two. They add, and nothing is divided.", right / len(parts)
        yield "You took the difference of the two. They add, each with its sign.", parts[0] - parts[1]
        yield (
            "you added what you were handed. First each number goes over its own link.",
            sum(float(arrived[link.top][0]) for link in links),
        )
        return
    handed, own_link = float(arrived[links[0].top][0]), float(links[0].values[0])
    yield "You handed on what you were handed. It passes your link first, and is multiplied by it.", handed
    yield "That is your own link alone. Multiply it by what you are handed.", own_link
    yield "You added. Along a way links multiply.", handed + own_link
    if own_link:
        yield "You divided by your link. Multiply by it.", handed / own_link
