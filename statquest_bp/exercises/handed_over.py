"""What a learner hands over, whatever it is, looked at without letting it raise, and put into short words."""

from __future__ import annotations

import inspect
from types import FunctionType
from typing import Any

__all__ = ["attribute_of", "in_its_notebook", "kind_of", "name_of", "text_of"]

LONGEST = 60  # characters to show of what may be of any length
LONGEST_NAME = 120  # of a function with the names of all its arguments


def text_of(value: object, longest: int = LONGEST) -> str:
    """`value` as one short line of text, whatever it is."""
    try:
        one_line = " ".join(str(value).split())
    except (Exception, SystemExit):  # a whole number of a million digits, or an object of the learner's own
        return "something that has no text"
    return one_line if len(one_line) <= longest else f"{one_line[: longest - 1]}…"


def attribute_of(value: object, name: str) -> Any:
    """The value's attribute of that name; None where it has none or won't say."""
    try:
        return getattr(value, name, None)
    except (Exception, SystemExit):
        return None


def kind_of(value: object) -> str:
    """What `value` is, in a few words."""
    if issubclass(type(value), str):  # unlike isinstance, it doesn't ask the value itself
        return f"the text “{text_of(value)}”"
    return f"{text_of(value)} (of the kind “{text_of(attribute_of(type(value), '__name__'))}”)"


def name_of(attempt: object) -> str:
    """How a function is called: its name, and what stands in its brackets."""
    if attempt is None:
        return "nothing yet"
    try:
        in_brackets = text_of(inspect.signature(attempt), LONGEST_NAME)  # type: ignore[arg-type]
    except (Exception, SystemExit):
        return text_of(attempt)
    own = attribute_of(attempt, "__name__")
    name = own if type(own) is str else attribute_of(type(attempt), "__name__")
    return text_of(f"{text_of(name)}{in_brackets}", LONGEST_NAME)


def in_its_notebook(attempt: object) -> Any:
    """The function that bears the attempt's name now, where the attempt was defined: its cell may have run again."""
    if type(attempt) is not FunctionType:
        return None
    now = attempt.__globals__.get(attempt.__name__)
    return now if type(now) is FunctionType else None
