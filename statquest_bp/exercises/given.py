"""What a learner's function gives: numbers of any shape, perhaps with names, or in words why there are none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from statquest_bp.exercises.handed_over import kind_of

__all__ = ["NOT_WRITTEN", "Given", "NothingGiven", "Trouble", "given_in"]

Array = npt.NDArray[np.float64]

NOT_WRITTEN = (
    "Not written yet: fill in the dots and run the cell again. (If you have: it gives nothing back, so a “return” is "
    "missing.)"
)


class Trouble(Exception):
    """Why a function gives nothing that can be compared, in words for the learner; `no_try` if it counts as no try."""

    def __init__(self, words: str, no_try: bool = False) -> None:
        super().__init__(words)
        self.no_try = no_try


class NothingGiven(Trouble):
    """It gives nothing back, or dots."""

    def __init__(self) -> None:
        super().__init__(NOT_WRITTEN, no_try=True)


class Given(NamedTuple):
    """What a function gave: a `text`, or `numbers` of any shape, with a label for each where they have names.

    `things` are the parts of a tuple or list whose parts are of several kinds. `changed` is the name of the argument
    that is another one since, if there is such.
    """

    numbers: Array
    labels: tuple[str, ...] = ()
    text: str | None = None
    things: tuple[Given, ...] = ()
    changed: str = ""

    def same_as(self, other: Given) -> bool:
        """Whether both are the same but for the last digits; a column counts as the flat list that it holds."""
        if (self.text, sorted(self.labels)) != (other.text, sorted(other.labels)):
            return False
        if self.numbers.size != other.numbers.size:
            return False
        if self.has_parts() or other.has_parts():
            mine, theirs = self.parts(), other.parts()
            return len(mine) == len(theirs) and all(map(Given.same_as, mine, theirs))
        return bool(np.isclose(self.in_order(), other.in_order(), rtol=1e-6, atol=1e-8).all())

    def in_order(self) -> Array:
        """The numbers in one row; those with names by their names."""
        row = self.numbers.ravel()
        return row[np.argsort(self.labels, kind="stable")] if self.labels else row

    def has_parts(self) -> bool:
        """Whether it is more than one row, or one column, of numbers."""
        return bool(self.things) or sum(length > 1 for length in self.numbers.shape) > 1

    def parts(self) -> tuple[Given, ...]:
        """What it is made of: the things of a tuple or list, the rows of a table, the numbers of a row."""
        return self.things or (() if self.labels or not self.numbers.ndim else tuple(map(Given, self.numbers)))


def given_in(value: Any, text_allowed: bool = False) -> Given:
    """`value` as numbers, or as the text that an outcome may be; Trouble for what holds neither."""
    if text_allowed and isinstance(value, str):
        return Given(np.empty(0), text=value)
    if isinstance(value, Mapping):
        parts = [np.ravel(_numbers(part)) for part in value.values()]
        labels = [str(name) for name, part in zip(value, parts, strict=True) for _ in range(part.size)]
        return Given(np.concatenate([*parts, np.empty(0)]), tuple(labels))
    if isinstance(value, (tuple, list)) and _of_several_kinds(value):
        things = tuple(map(given_in, value))
        return Given(np.concatenate([np.ravel(thing.numbers) for thing in things]), things=things)
    return Given(_numbers(value))


def _of_several_kinds(parts: tuple[Any, ...] | list[Any]) -> bool:
    """Whether dictionaries are among the parts, or arrays of unequal length."""
    if any(isinstance(part, Mapping) for part in parts):
        return True
    try:
        np.asarray(parts)
    except ValueError:
        return True
    return False


def _numbers(value: Any) -> Array:
    raw = np.asarray(value)
    if raw.dtype.kind == "O" and any(part is None or part is ... for part in raw.ravel()):
        raise NothingGiven
    if raw.dtype.kind not in "biuf":
        root = " A root or a power of a number below 0 does that." if raw.dtype.kind == "c" else ""
        raise Trouble(f"Your function gives {kind_of(value)}: not a number that can be compared.{root}")
    return raw.astype(np.float64)
