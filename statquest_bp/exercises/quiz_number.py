"""The quiz number: a whole number on which all the numbers of a quiz depend, and which questions a short one asks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

__all__ = ["MOST", "drawn", "one_of_each", "read"]

MOST = 999_999  # the largest quiz number: easy to read out in a classroom


def drawn() -> int:
    """Any quiz number."""
    return int(np.random.default_rng().integers(MOST + 1))


def read(typed: str) -> int | None:
    """The quiz number that was typed; None for what isn't any."""
    return int(typed) if typed.isdecimal() and len(typed) <= len(str(MOST)) else None


def one_of_each(notebooks: Sequence[str], seed: int) -> list[int]:
    """The places of one question from each notebook, in their order; the quiz number picks which."""
    rng = np.random.default_rng([seed, len(notebooks)])  # no question has this one: theirs go by their places
    places: dict[str, list[int]] = {}
    for i, notebook in enumerate(notebooks):
        places.setdefault(notebook, []).append(i)
    return sorted(int(rng.choice(of_one)) for of_one in places.values())
