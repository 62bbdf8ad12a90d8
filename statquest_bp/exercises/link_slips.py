"""The slips that any link of a chain invites, each as the formula that it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from statquest_bp.chain_rule import Chain, Link

__all__ = ["FORMULAS", "bracketed", "name_of", "slips_of", "slips_of_the_square", "written_out"]

FORMULAS = {  # what the top of each link is made of, in the lesson's network
    "SSR": "(Observed − Predicted)²",  # each point's part of it
    "Predicted": "y1 × w3 + y2 × w4 + b3",
    "y1": "log(1 + e^x1)",
    "y2": "log(1 + e^x2)",
    "x1": "Input × w1 + b1",
    "x2": "Input × w2 + b2",
}
OTHER_NODE = {"x1": "x2", "y1": "y2", "w1": "w2", "w3": "w4", "b1": "b2"}
OTHER_NODE |= {other: one for one, other in OTHER_NODE.items()}


def name_of(link: Link) -> str:
    """The link as it is written: dPredicted/dw3."""
    return f"d{link.top}/d{link.bottom}"


def bracketed(formula: str) -> str:
    """The formula as a factor: a fraction gets brackets, so that what comes next isn't taken for part of it."""
    return f"({formula})" if "/" in formula else formula


def written_out(chain: Chain, blanks: tuple[str, ...] = (), gap: str = "?") -> str:
    """dSSR/dw3 = Σ −2 × (Observed − Predicted) × y1, with a `gap` for the links that end in one of the `blanks`."""
    factors = (gap if link.bottom in blanks else bracketed(link.formula) for link in chain.links)
    return f"dSSR/d{chain.parameter} = Σ {' × '.join(factors)}"


def slips_of(link: Link, chain: Chain) -> Iterator[tuple[str, str]]:
    """What to say about each slip that is made with this link, and the formula that the slip gives.

    The first that fits is meant. Where one happens to be the right formula, that is for the caller to see first.
    """
    name, top, bottom = name_of(link), link.top, link.bottom
    if top == "SSR":
        yield from slips_of_the_square()
    if top.startswith("y"):
        yield from _slips_of_the_bend(link)
    yield (
        f"0 would mean that {top} stays as it is when {bottom} changes. But {bottom} is part of {top} = "
        f"{FORMULAS[top]}.",
        "0",
    )
    yield f"That is {bottom} itself. {name} says how much {top} grows for each 1 of {bottom}.", bottom
    if top != "SSR":
        yield f"That is {top} itself. {name} says how fast it changes when {bottom} does.", FORMULAS[top]
    yield (
        f"That still has {bottom} as a factor. In {FORMULAS[top]}, what is {bottom} multiplied by?",
        f"{bottom} * ({link.formula})",
    )
    yield "All but the sign is right. Should it be above 0 or below?", f"-({link.formula})"
    yield (
        "That belongs to the other node. Look at the numbers behind the letters.",
        re.sub(r"[xyw][1-4]", lambda found: OTHER_NODE[found[0]], link.formula),
    )
    for other in chain.links:
        if other is not link:
            yield f"That is {name_of(other)}, another link of this chain. Here it is {name}.", other.formula
    product = " * ".join(f"({other.formula})" for other in chain.links)
    yield f"That is the whole chain, every link multiplied. Here only {name} is missing.", product
    yield f"1 would mean that {top} grows by just as much as {bottom}. Is {bottom} multiplied by something?", "1"


def slips_of_the_square() -> Iterator[tuple[str, str]]:
    """The slips of dSSR/dPredicted alone, as `slips_of` has them."""
    yield "That is the residual. The derivative of its square has a 2 in front, and a minus.", "Observed - Predicted"
    yield "You forgot the 2. It comes down from the square.", "Predicted - Observed"
    yield (
        "The minus is missing: when Predicted grows, the residual Observed − Predicted shrinks.",
        "2 * (Observed - Predicted)",
    )
    yield (
        "That is the squared residual itself. How much does it change when Predicted changes a little?",
        "(Observed - Predicted)^2",
    )


def _slips_of_the_bend(link: Link) -> Iterator[tuple[str, str]]:
    x, y = link.bottom, link.top
    yield f"That is {y}, the curve. The link is its slope.", FORMULAS[y]
    yield f"That is only the top of the fraction. The logarithm divides it by 1 + e^{x}.", f"e^{x}"
    yield (
        f"That is the slope of the logarithm alone. What is in it, 1 + e^{x}, has a slope as well, and the two "
        "multiply.",
        f"1 / (1 + e^{x})",
    )
