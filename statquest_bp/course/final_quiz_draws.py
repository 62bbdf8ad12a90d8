"""What the quiz's questions are made with: readable numbers, options in any order, slips that can be told apart."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from statquest_bp.digits import bracketed, short
from statquest_bp.exercises.multiple_choice import MultipleChoice
from statquest_bp.exercises.numeric import Numeric

__all__ = ["Rng", "choice", "either", "fresh", "in_brackets", "listed", "number", "size", "sum_of_products"]

Rng = np.random.Generator
DRAWS = 1000  # far more than any question needs; one that needs more is a mistake


def fresh(draw: Callable[[Rng], Numeric]) -> Callable[[Rng], Numeric]:
    """Draw a question again until its answer and all its slips can be told from each other, and none is tiny."""

    @functools.wraps(draw)
    def make(rng: Rng) -> Numeric:
        for _ in range(DRAWS):
            question = draw(rng)
            if _clear(question):
                return question
        raise ArithmeticError("no numbers were found with which the slips can be told apart")

    return make


def _clear(question: Numeric) -> bool:
    values = [question.answer, *question.slips.values()]
    if not all(math.isfinite(value) for value in values) or abs(question.answer) < 0.05:
        return False
    return not any(
        question.near((one + other) / 2, one) and question.near((one + other) / 2, other)
        for one, other in itertools.combinations(values, 2)
    )


def number(rng: Rng, low: float, high: float, decimals: int = 1) -> float:
    """A number from `low` to `high`, rounded at once: what is shown is what is computed with."""
    return round(float(rng.uniform(low, high)), decimals) + 0.0


def size(rng: Rng, low: float, high: float, decimals: int = 1) -> float:
    """The same, with either sign."""
    return number(rng, low, high, decimals) * (1 if rng.random() < 0.5 else -1)


def either(rng: Rng, *things: str) -> str:
    """One of the `things`."""
    return things[int(rng.integers(len(things)))]


def choice(
    rng: Rng, question: str, options: Mapping[str, str], answer: str, hints: Sequence[str], why: str
) -> MultipleChoice:
    """A choice with its options in any order."""
    order = rng.permutation(len(options))
    shuffled = [list(options.items())[i] for i in order]
    return MultipleChoice(question, dict(shuffled), answer, hints, why)


def in_brackets(value: float) -> str:
    """The number as a factor or after a sign: a negative one in brackets."""
    return bracketed(short(value))


def listed(values: Sequence[float]) -> str:
    """Three numbers as "1, 2 and 3"."""
    return f"{', '.join(short(value) for value in values[:-1])} and {short(values[-1])}"


def sum_of_products(*rows: Sequence[float]) -> str:
    """How the rows multiply and add up, as a line to work out: 1 × 2 + 3 × (−4)."""
    return " + ".join(" × ".join(map(in_brackets, factors)) for factors in zip(*rows, strict=True))
