"""Trying a learner's function on a case: what it gives, or in plain words why there is nothing to compare."""

from __future__ import annotations

import copy
import inspect
import linecache
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from statquest_bp.exercises.handed_over import LONGEST_NAME, attribute_of, kind_of, text_of
from statquest_bp.exercises.patience import OutOfPatience, with_patience
from statquest_bp.exercises.trial_cases import Case, Function

__all__ = ["PATIENCE", "Given", "TooLong", "Trouble", "try_out"]

Array = npt.NDArray[np.float64]
Part = TypeVar("Part")

PATIENCE = 10.0  # seconds of computing: the longest that the course asks for takes about one
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
    """Why a function gives nothing that can be compared, in words for the learner; `no_try` if it counts as no try."""

    def __init__(self, words: str, no_try: bool = False) -> None:
        super().__init__(words)
        self.no_try = no_try


class TooLong(Trouble):
    """It might have come to an end with more patience."""


def try_out(
    function: object,
    case: Case,
    outcome: Callable[[Any, Case], Any] | None = None,
    names: Sequence[str] = (),
    patience: float | None = PATIENCE,
) -> Given:
    """What `function` gives for copies of the case's arguments, or the `outcome` made of that.

    Trouble says in words why there is nothing to compare. `names` are those of the arguments; `patience` None is for
    functions that are known to come to an end.
    """
    if not callable(function):
        raise Trouble(f"This is no function: {kind_of(function)}. Hand over the function’s name, without brackets.")
    arguments, keywords = copy.deepcopy((case.arguments, dict(case.keywords)))
    _check_arguments(function, arguments, keywords, names)

    def run(part: Callable[[], Part]) -> Part:
        with np.errstate(all="ignore"):
            return part() if patience is None else with_patience(part, patience)

    try:
        value: Any = run(lambda: function(*arguments, **keywords))
    except OutOfPatience:
        raise TooLong(_too_long(case, patience or 0)) from None
    except KeyboardInterrupt:
        raise Trouble(f"You stopped it. Your function was being tried with {case.name}.", no_try=True) from None
    except BaseException as error:
        raise Trouble(*_what_stopped(function, error, case)) from None
    if value is None or value is ...:
        raise Trouble(NOT_WRITTEN, no_try=True)
    try:
        return run(lambda: _given(value if outcome is None else outcome(value, case), text_allowed=outcome is not None))
    except Trouble:
        raise
    except KeyboardInterrupt:
        raise Trouble("You stopped it, while what your function gives was read.", no_try=True) from None
    except BaseException as error:
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
        raise Trouble(NOT_WRITTEN, no_try=True)
    if raw.dtype.kind not in "biuf":
        root = " A root or a power of a number below 0 does that." if raw.dtype.kind == "c" else ""
        raise Trouble(f"Your function gives {kind_of(value)}: not a number that can be compared.{root}")
    return raw.astype(np.float64)


def _check_arguments(
    function: Function, arguments: Sequence[Any], keywords: Mapping[str, Any], names: Sequence[str]
) -> None:
    try:
        signature = inspect.signature(function)
    except (Exception, SystemExit):  # some functions written in C don't say what they take, nor do some objects
        return
    try:
        signature.bind(*arguments, **keywords)
    except TypeError:
        takes = text_of(signature, LONGEST_NAME)
        raise Trouble(f"Your function takes {takes}, but it has to take ({', '.join(names)}).") from None


def _too_long(case: Case, seconds: float) -> str:
    return (
        f"Your function has been running for {seconds:g} seconds with {case.name}: is there a way out of its loop? "
        "If it only needs longer, press Check. Then it gets twice as long."
    )


def _what_stopped(function: Function, error: BaseException, case: Case) -> tuple[str, bool]:
    """Which error stopped the function, in which line, and what that means; and whether it is only unfinished."""
    message = text_of(error)
    if isinstance(error, TypeError) and "ellipsis" in message:
        return NOT_WRITTEN, True
    meaning = next((words for kind, words in MEANING.items() if isinstance(error, kind)), "")
    stopped = f"Your function stopped{_line_of(function, error)} with {text_of(type(error).__name__)}: {message}"
    return " ".join([stopped.rstrip(": .") + ".", *filter(None, [meaning]), f"It was tried with {case.name}."]), False


def _line_of(function: Function, error: BaseException) -> str:
    """In which of the function's lines the error arose, counted from its “def”, and what stands there."""
    code = attribute_of(function, "__code__")
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_code is code:
            source = text_of(linecache.getline(code.co_filename, number))
            return f" in line {number - code.co_firstlineno + 1}" + (f", “{source}”," if source else "")
    return ""
