"""Trying a learner's function on a case: what it gives, or in plain words why there is nothing to compare."""

from __future__ import annotations

import copy
import inspect
import linecache
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from statquest_bp.exercises.trial_cases import Case

__all__ = ["Given", "Trouble", "text_of", "try_out"]

Array = npt.NDArray[np.float64]

NOT_WRITTEN = (
    "Not written yet: fill in the dots and run the cell again. (If you have: it gives nothing back, so a “return” is "
    "missing.)"
)
MEANING = {
    NameError: "It uses a name that has no value there: perhaps a typo.",
    TypeError: "It does something with a value that this kind of value can’t do.",
    ZeroDivisionError: "It divides by 0.",
    IndexError: "It asks for a place that isn’t there.",
    KeyError: "It asks for a name that isn’t there.",
    AttributeError: "It asks a value for something that it doesn’t have.",
    ValueError: "A value in it, or the shape of an array, doesn’t fit.",
    RecursionError: "It calls itself without end.",
}


class Given(NamedTuple):
    """What a function gave: a `text`, or `numbers` of any shape, with a label for each where they have names."""

    numbers: Array
    labels: tuple[str, ...] = ()
    text: str | None = None

    def same_as(self, other: Given) -> bool:
        """Whether both are the same but for the last digits; a column counts as the flat list that it holds."""
        if (self.text, sorted(self.labels)) != (other.text, sorted(other.labels)):
            return False
        if self.numbers.size != other.numbers.size:
            return False
        return bool(np.isclose(self.in_order(), other.in_order(), rtol=1e-6, atol=1e-8).all())

    def in_order(self) -> Array:
        """The numbers in one row; those with names by their names."""
        row = self.numbers.ravel()
        return row[np.argsort(self.labels, kind="stable")] if self.labels else row


class Trouble(Exception):
    """Why a function gives nothing that can be compared, in words for the learner; `unwritten` if it isn't written."""

    def __init__(self, words: str, unwritten: bool = False) -> None:
        super().__init__(words)
        self.unwritten = unwritten


def try_out(
    function: object, case: Case, outcome: Callable[[Any], Any] | None = None, names: Sequence[str] = ()
) -> Given:
    """What `function` gives for copies of the case's arguments, or the `outcome` made of that.

    Trouble says in words why there is nothing to compare. `names` are those of the arguments.
    """
    if not callable(function):
        raise Trouble(f"This is no function: {_kind(function)}. Hand over the function’s name, without brackets.")
    arguments, keywords = copy.deepcopy((case.arguments, dict(case.keywords)))
    _check_arguments(function, arguments, keywords, names)
    try:
        with np.errstate(all="ignore"):
            value = function(*arguments, **keywords)
    except (Exception, SystemExit) as error:
        raise Trouble(*_what_stopped(function, error, case)) from None
    if value is None or value is ...:
        raise Trouble(NOT_WRITTEN, unwritten=True)
    try:
        return _given(value if outcome is None else outcome(value), text_allowed=outcome is not None)
    except Trouble:
        raise
    except Exception as error:
        raise Trouble(f"Your function gives something that can’t be read: {text_of(error)}.") from None


def _given(value: Any, text_allowed: bool) -> Given:
    """`value` as numbers, or as the text that an outcome may be; Trouble for what holds neither."""
    if text_allowed and isinstance(value, str):
        return Given(np.empty(0), text=value)
    if isinstance(value, Mapping):
        parts = [np.ravel(_numbers(part)) for part in value.values()]
        labels = [str(name) for name, part in zip(value, parts, strict=True) for _ in range(part.size)]
        return Given(np.concatenate([*parts, np.empty(0)]), tuple(labels))
    return Given(_numbers(value))


def _numbers(value: Any) -> Array:
    try:
        raw = np.asarray(value)
    except ValueError:  # parts of unequal length: one after the other
        raw = np.concatenate([np.ravel(_numbers(part)) for part in value])
    if raw.dtype.kind == "O" and any(part is None or part is ... for part in raw.ravel()):
        raise Trouble(NOT_WRITTEN, unwritten=True)
    if raw.dtype.kind not in "biuf":
        root = " A root or a power of a number below 0 does that." if raw.dtype.kind == "c" else ""
        raise Trouble(f"Your function gives {_kind(value)}: not a number that can be compared.{root}")
    return raw.astype(np.float64)


def _kind(value: Any) -> str:
    """What `value` is, in a few words."""
    if isinstance(value, str):
        return f"the text “{text_of(value)}”"
    return f"{text_of(value)} (of the kind “{type(value).__name__}”)"


def text_of(value: object) -> str:
    """`value` as one short line of text, whatever it is."""
    try:
        one_line = " ".join(str(value).split())
    except Exception:  # a whole number of a million digits, or an object of the learner's own
        return "something that has no text"
    return one_line if len(one_line) <= 60 else f"{one_line[:59]}…"


def _check_arguments(
    function: Callable[..., Any], arguments: Sequence[Any], keywords: Mapping[str, Any], names: Sequence[str]
) -> None:
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return  # some functions written in C don't say what they take
    try:
        signature.bind(*arguments, **keywords)
    except TypeError:
        raise Trouble(f"Your function takes {signature}, but it has to take ({', '.join(names)}).") from None


def _what_stopped(function: Callable[..., Any], error: BaseException, case: Case) -> tuple[str, bool]:
    """Which error stopped the function, in which line, and what that means; and whether it is only unfinished."""
    message = text_of(error)
    if isinstance(error, TypeError) and "ellipsis" in message:
        return NOT_WRITTEN, True
    meaning = next((words for kind, words in MEANING.items() if isinstance(error, kind)), "")
    stopped = f"Your function stopped{_line_of(function, error)} with {type(error).__name__}: {message}"
    return " ".join([stopped.rstrip(": .") + ".", *filter(None, [meaning]), f"It was tried with {case.name}."]), False


def _line_of(function: Callable[..., Any], error: BaseException) -> str:
    """In which of the function's lines the error arose, counted from its “def”, and what stands there."""
    code = getattr(function, "__code__", None)
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_code is code:
            source = text_of(linecache.getline(code.co_filename, number))
            return f" in line {number - code.co_firstlineno + 1}" + (f", “{source}”," if source else "")
    return ""
