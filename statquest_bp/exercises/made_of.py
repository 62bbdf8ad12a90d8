"""What a learner's function is made of, read from its code: other functions, dots, numbers, names from outside."""

from __future__ import annotations

import dis
from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import Any

import numpy as np

from statquest_bp.digits import minus
from statquest_bp.exercises.handed_over import text_of
from statquest_bp.exercises.trial_cases import Function

__all__ = ["fixed_in", "led_to", "unwritten_in"]

VALUES = (int, float, np.number, np.ndarray, list, tuple, dict)
OF_THE_FORMULAS = (-2, -1, 0, 1, 2)  # numbers that stand in every right function, too


def led_to(function: Any) -> Iterator[Function]:
    """This function, and those of the same notebook that it leads to, each of them once."""
    waiting, seen = [function], list[Any]()
    while waiting:
        now: Any = waiting.pop(0)
        if type(now) is not FunctionType or now in seen:  # whatever else has that name may be odd
            continue
        seen.append(now)
        yield now
        called = [now.__globals__.get(name) for code in _codes(now.__code__) for name in code.co_names]
        waiting += [o for o in called if type(o) is FunctionType and o.__globals__ is now.__globals__]


def unwritten_in(function: Any) -> Function | None:
    """The first function, of this one and those of the same notebook that it leads to, with dots still in it."""
    for now in led_to(function):
        if any(Ellipsis in code.co_consts for code in _codes(now.__code__)):
            return now
    return None


def fixed_in(function: Any) -> list[str]:
    """What in a function's own code doesn't depend on what is passed in: its numbers, and outside names of numbers."""
    if type(function) is not FunctionType:
        return []
    found = dict[str, None]()
    for step in (step for code in _codes(function.__code__) for step in dis.get_instructions(code)):
        value = step.argval
        if step.opname == "LOAD_GLOBAL":
            if issubclass(type(function.__globals__.get(value)), VALUES):
                found[text_of(value)] = None
        elif type(value) in (int, float) and _is_constant(step.opname) and value not in OF_THE_FORMULAS:
            found[minus(text_of(value))] = None
    return list(found)


def _is_constant(opname: str) -> bool:
    return opname.endswith("_CONST") or opname == "LOAD_SMALL_INT"


def _codes(code: CodeType) -> Iterator[CodeType]:
    """A function's code, and that of what is defined inside it."""
    yield code
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _codes(part)
