"""One sweep through the lesson's network, step by step: forward to the residual, then back to every parameter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from statquest_bp.chain_rule import Chain
from statquest_bp.digits import bracketed

__all__ = ["LAST", "equation", "formulas", "known", "multiplications", "newest", "tell"]

FORWARD = (("Input",), ("x1", "x2"), ("y1", "y2"), ("Predicted",), ("Observed", "Residual", "Residual²", "SSR"))
BACK = ("Predicted", "b3", "w4", "w3", "y2", "y1", "x2", "x1", "b2", "w2", "b1", "w1")
STEPS: tuple[tuple[str, ...], ...] = ((), *FORWARD, *((f"dSSR/d{bottom}",) for bottom in BACK))
LAST = len(STEPS) - 1

FORWARD_FORMULAS = {
    "x1": "Input × w1 + b1",
    "x2": "Input × w2 + b2",
    "y1": "softplus(x1)",
    "y2": "softplus(x2)",
    "Predicted": "y1 × w3 + y2 × w4 + b3",
    "Residual": "Observed − Predicted",
    "Residual²": "Residual²",
}
WAYS = {  # how a step gets there, where the names alone don't say it
    "Input": "In goes the dosage",
    "x1": "Forward into the nodes, each adding up",
    "y1": "Forward through softplus",
    "Predicted": "Forward to the prediction",
    "Observed": "How far off it is",
    "dSSR/dPredicted": "Back to the prediction, the first link of every chain",
    "dSSR/dy2": "Back through w4",
    "dSSR/dy1": "Back through w3",
    "dSSR/dx2": "Back through softplus, by its slope at x2",
    "dSSR/dx1": "Back through softplus, by its slope at x1",
}


def newest(step: int) -> tuple[str, ...]:
    """What becomes known in this step, by the names of `flow`."""
    return STEPS[step]


def known(step: int) -> tuple[str, ...]:
    """All that is known after this step."""
    return tuple(name for names in STEPS[: step + 1] for name in names)


def formulas(chains: Sequence[Chain]) -> dict[str, str]:
    """How each value comes from those before it; the derivatives' formulas are those of the chains' links."""
    back = {}
    for slope in chains:
        for link in slope.links:
            reused = "" if link.top == "SSR" else f"dSSR/d{link.top} × "
            back[f"dSSR/d{link.bottom}"] = reused + link.formula
    return FORWARD_FORMULAS | back


def equation(name: str, formula: str, values: Mapping[str, float], number: Callable[[float], str]) -> str:
    """`name` = formula = the formula with the numbers plugged in = what it comes to."""

    def plug(found: re.Match[str]) -> str:
        word = found[0].strip("()")
        if word not in values:
            return found[0]
        return f"({number(values[word])})" if found[0].startswith("(") else bracketed(number(values[word]))

    plugged = re.sub(r"\([xy]\d\)|dSSR/d\w+|[A-Za-z][A-Za-z0-9]*", plug, formula)
    return " = ".join([name, *([] if formula == name else [formula]), plugged, number(values[name])])


def multiplications(chains: Sequence[Chain]) -> tuple[int, int]:
    """How many multiplications a point these derivatives take: with what they share computed once, and without.

    A link that is 1 for every network takes none.
    """
    factors = [[link.bottom for link in slope.links if link.formula != "1"] for slope in chains]
    shared = {tuple(factor[:count]) for factor in factors for count in range(2, len(factor) + 1)}
    return len(shared), sum(len(factor) - 1 for factor in factors)


def tell(step: int, chains: Sequence[Chain], values: Mapping[str, float], number: Callable[[float], str]) -> str:
    """What this step does, in a sentence with its numbers, and what it reuses."""
    names = [name for name in newest(step) if name not in ("Observed", "SSR")]
    if not names:
        return "So far only the parameters are known. <em>Next</em> sends the dosage through, from left to right."
    how = formulas(chains)
    lead = WAYS.get(newest(step)[0], f"Back to {names[0].removeprefix('dSSR/d')}")
    if names == ["Input"]:
        return f"{lead}: Input = {number(values['Input'])}."
    told = "; ".join(equation(name, how[name], values, number) for name in names)
    reused = re.match(r"dSSR/d\w+", how[names[0]])
    end = " One point is done; the same at every point, added up, is the gradient." if step == LAST else ""
    return f"{lead}: {told}." + (f" Reused: {reused[0]}." if reused else "") + end
