"""How two results differ, in words for the learner, with the numbers in them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from statquest_bp.digits import short
from statquest_bp.exercises.given import Given
from statquest_bp.exercises.handed_over import text_of
from statquest_bp.exercises.trial_cases import Case

__all__ = ["all_of", "difference", "factor", "plugged_in", "where_right"]

AT_MOST = 6  # numbers to list; of more, only the first


def all_of(cases: int) -> str:
    """The words for all of so many cases: “ in both cases”; none for a single one."""
    return "" if cases == 1 else " in both cases" if cases == 2 else f" in all {cases} cases"


def difference(wanted: Given, given: Given, names: Sequence[str] = (), points: int = 0) -> str:
    """Where `given` isn't what is `wanted`, and by how much: a part of a sentence, from “your function” on.

    `names` are for results without labels of their own; without either, and with one number a point, points are named.
    """
    if wanted.text is not None or given.text is not None:
        return f"{given.text or _listed(given)}. Wanted: {wanted.text or _listed(wanted)}."
    if given.things and len(given.things) != len(wanted.parts()):
        return f"your function gives {len(given.things)} things ({_each(given.things)}) where {_wanted(wanted)} right."
    if sorted(wanted.labels) != sorted(given.labels):
        return _other_names(wanted, given)
    if wanted.numbers.size != given.numbers.size:
        return _other_count(wanted, given)
    right, mine = wanted.in_order(), given.in_order()
    i = int(np.argmin(np.isclose(mine, right, rtol=1e-6, atol=1e-8)))
    labels = sorted(wanted.labels) or list(names)
    where = ""
    if labels:
        where = f" for {labels[i]}"
    elif right.size > 1:
        where = f" at {'point' if right.size == points else 'number'} {i + 1} of {right.size}"
    off = f": off by {_number(abs(mine[i] - right[i]))}" if math.isfinite(mine[i]) else ""
    return f"your function gives {_number(mine[i])}{where} where {_number(right[i])} is right{off}."


def factor(wanted: Sequence[Given], given: Sequence[Given]) -> float | None:
    """The one factor between all right numbers and all given ones, if there is one."""
    if any(right.numbers.size != mine.numbers.size or right.labels for right, mine in zip(wanted, given, strict=True)):
        return None
    right, mine = (np.concatenate([result.in_order() for result in results]) for results in (wanted, given))
    if not right.size or not np.isfinite(mine).all() or not right.all():
        return None
    times = float(mine[0] / right[0])
    return times if np.allclose(mine, times * right, rtol=1e-6) else None


def where_right(cases: Sequence[Case], wrong: Sequence[int], names: Sequence[str]) -> str:
    """In how many of the cases it is right, in which if they are few, and what is 0 there and nowhere else."""
    right = [case for i, case in enumerate(cases) if i not in wrong]
    which = f": with {right[0].name}" if len(right) == 1 < len(cases) - 1 else ""
    words = f"In {len(right)} of {len(cases)} cases it is right{which}."
    zeros = [_zeros(case, names) for case in right]
    elsewhere = set[str]().union(*(_zeros(cases[i], names) for i in wrong))
    special = [name for name in zeros[0] if all(name in others for others in zeros) and name not in elsewhere]
    if special:
        are, them = ("are", "them") if len(special) > 1 else ("is", "it")
        words += f" There {' and '.join(special)} {are} 0, so look at what your function does with {them}."
    return words


def _zeros(case: Case, names: Sequence[str]) -> list[str]:
    """The names of the numbers that are 0 among the arguments, and in the dictionaries among them."""
    values = {**dict(zip(names, case.arguments, strict=False)), **case.keywords}
    inside = [value.items() for value in values.values() if isinstance(value, Mapping)]
    return [name for items in [values.items(), *inside] for name, value in items if type(value) is float and value == 0]


def plugged_in(arguments: Mapping[str, Any]) -> list[str]:
    """A line with those arguments that are numbers or short lists of them; none where there are none."""
    parts = [f"{name} = {text}" for name, value in arguments.items() if (text := _plain(value))]
    return [f"Plugged in: {'; '.join(parts)}."] if parts else []


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_plain(part)}" for name, part in value.items() if _plain(part))
    if not isinstance(value, (int, float, np.ndarray, np.number, list, tuple)):
        return ""
    array = np.asarray(value)
    return _listed(Given(array.astype(np.float64))) if array.dtype.kind in "biuf" else ""


def _other_names(wanted: Given, given: Given) -> str:
    if not wanted.labels:
        return f"your function gives a dictionary where {_wanted(wanted)} right."
    if not given.labels:
        return f"your function gives {_listed(given)} where a dictionary is right, with {', '.join(wanted.labels)}."
    missing = [label for label in wanted.labels if label not in given.labels]
    if missing:
        return f"your function’s dictionary has nothing for {', '.join(missing)}."
    extra = [text_of(label) for label in dict.fromkeys(given.labels) if label not in wanted.labels]
    listed = ", ".join([*extra[:AT_MOST], *(["…"] if len(extra) > AT_MOST else [])])
    return f"your function’s dictionary has too much in it: {listed or 'several numbers for one name'}."


def _each(things: Sequence[Given]) -> str:
    more = "; …" if len(things) > AT_MOST else ""
    kinds = ["a dictionary" if thing.labels else f"{_count(thing, False)}" for thing in things[:AT_MOST]]
    return "; ".join(kinds) + more


def _wanted(result: Given) -> str:
    return "a dictionary is" if result.labels else _count(result)


def _other_count(wanted: Given, given: Given) -> str:
    words = f"your function gives {_count(given, False)} ({_listed(given)}) where {_count(wanted)} right."
    right, mine = wanted.numbers, given.numbers
    if right.size == 1 and np.isclose(mine.sum(), right.sum(), rtol=1e-6):
        return f"{words} They add up to the right one: only the adding up is missing."
    if mine.size == right.size**2 and mine.ndim == 2:
        return f"{words} A flat list and a column got mixed, so each number met every other."
    return words


def _count(result: Given, verb: bool = True) -> str:
    count = result.numbers.size
    return f"{count or 'no'} number{'s' if count != 1 else ''}{(' is' if count == 1 else ' are') if verb else ''}"


def _listed(result: Given) -> str:
    numbers = result.numbers.ravel()
    more = ", …" if numbers.size > AT_MOST else ""
    return ", ".join(_number(number) for number in numbers[:AT_MOST]) + more


def _number(value: float) -> str:
    if math.isnan(value):
        return "NaN (no number)"
    if math.isinf(value):
        return "infinity" if value > 0 else "−infinity"
    return short(value) if value == 0 or abs(value) >= 5e-5 else f"{value:.1e}".replace("-", "−")
