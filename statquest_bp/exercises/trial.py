"""Trying a learner's function on a case: what it gives, or in plain words why there is nothing to compare."""

from __future__ import annotations

import copy
import inspect
import linecache
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from statquest_bp.exercises.given import NOT_WRITTEN, Given, NothingGiven, Trouble, given_in
from statquest_bp.exercises.handed_over import LONGEST_NAME, attribute_of, kind_of, text_of
from statquest_bp.exercises.patience import OutOfPatience, with_patience
from statquest_bp.exercises.trial_cases import Case, Function

__all__ = ["PATIENCE", "TooLong", "try_out"]

Part = TypeVar("Part")

PATIENCE = 10.0  # seconds of computing: the longest that the course asks for takes about one
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


class TooLong(Trouble):
    """It might have come to an end with more patience."""


def try_out(
    function: object,
    case: Case,
    outcome: Callable[[Any, Case], Any] | None = None,
    names: Sequence[str] = (),
    patience: float | None = PATIENCE,
) -> Given:
    """What `function` gives for copies of the case's arguments, or the `outcome` made of that; and what it changed.

    Trouble says in words why there is nothing to compare. `names` are those of the arguments; `patience` None is for
    functions that are known to come to an end.
    """
    if not callable(function):
        raise Trouble(f"This is no function: {kind_of(function)}. Hand over the function’s name, without brackets.")
    arguments, keywords = copy.deepcopy((case.arguments, dict(case.keywords)))
    names = _names_of_arguments(function, arguments, keywords, names)

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
        raise NothingGiven
    changed = (name for name, now, then in zip(names, arguments, case.arguments, strict=False) if _differ(now, then))
    try:
        given = run(lambda: given_in(value if outcome is None else outcome(value, case), outcome is not None))
        return given._replace(changed=text_of(next(changed, "")))
    except Trouble:
        raise
    except KeyboardInterrupt:
        raise Trouble("You stopped it, while what your function gives was read.", no_try=True) from None
    except BaseException as error:
        raise Trouble(f"Your function gives something that can’t be read: {text_of(error)}.") from None


def _names_of_arguments(
    function: Function, arguments: Sequence[Any], keywords: Mapping[str, Any], names: Sequence[str]
) -> Sequence[str]:
    """What the function itself calls its arguments, if it says so; Trouble if it can't be called with these."""
    try:
        signature = inspect.signature(function)
    except (Exception, SystemExit):  # some functions written in C don't say what they take, nor do some objects
        return names
    try:
        own = list(signature.bind(*arguments, **keywords).arguments)
        return own if len(own) == len(arguments) + len(keywords) else names
    except TypeError:
        takes = text_of(signature, LONGEST_NAME)
        raise Trouble(f"Your function takes {takes}, but it has to take ({', '.join(names)}).") from None


def _differ(now: Any, then: Any) -> bool:
    """Whether what a function was handed is another one after it: a number in it, or how many there are."""
    if isinstance(then, Mapping):
        return list(now) != list(then) or any(_differ(now[name], part) for name, part in then.items())
    if isinstance(then, np.ndarray):
        return now.shape != then.shape or not np.array_equal(now, then, equal_nan=then.dtype.kind == "f")
    if isinstance(then, list):
        return len(now) != len(then) or any(map(_differ, now, then))
    return isinstance(then, (int, float)) and not (isinstance(now, (int, float, np.number)) and now == then)


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
