"""Results that hold what is wanted in another form: in another order, with more beside it, turned round."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from statquest_bp.exercises.given import Given

__all__ = ["form_of"]

Results = Sequence[Given]  # one for each case


def form_of(wanted: Results, given: Results, names: Sequence[str] = ()) -> str | None:
    """What to say if in every case all that is `wanted` is there, but in another form; None if something else is off.

    `names` are those of the several things that are wanted, if that is so.
    """
    if any(result.text is not None for result in [*wanted, *given]):
        return None
    return (
        _more_than_one(wanted, given)
        or _a_dictionary(wanted, given, names)
        or _turned_round(wanted, given, names)
        or _another_order(wanted, given, names)
    )


def _more_than_one(wanted: Results, given: Results) -> str | None:
    """`return p, ssr` where p is wanted, or a list of every p on the way."""
    count = min(len(result.parts()) for result in given)
    mixed = all(mine.numbers.size == right.numbers.size**2 for right, mine in zip(wanted, given, strict=True))
    if count < 2 or mixed:  # a list that met a column has the right row in it by chance
        return None
    places = {"first": 0, "last": -1} | {f"number {i + 1}": i for i in range(1, min(count, 9) - 1)}
    for words, i in places.items():
        if _all_same(wanted, [result.parts()[i] for result in given]):
            many = count if len({len(result.parts()) for result in given}) == 1 else "several"
            return f"Your function gives {many} things, and the {words} of them is all that is wanted. Give back that."
    return None


def _a_dictionary(wanted: Results, given: Results, names: Sequence[str]) -> str | None:
    """The right numbers under names, where no names are wanted."""
    if wanted[0].labels or not all(result.labels for result in given):
        return None
    flat = [Given(_in_order_of(names, result)) for result in given]
    if not _all_same([Given(result.numbers.ravel()) for result in wanted], flat):
        return None
    how = _one_by_one(names) if names else "Give back the number itself."
    return f"The numbers are right, but your function gives them in a dictionary. {how}"


def _turned_round(wanted: Results, given: Results, names: Sequence[str]) -> str | None:
    """A table whose rows are the wanted columns, or all of it in one row."""
    if not names or not all(right.has_parts() for right in wanted):
        return None
    if all(mine.numbers.ndim == 2 for mine in given) and _all_same(wanted, [Given(mine.numbers.T) for mine in given]):
        return (
            "The numbers are right, but rows and columns have changed places: your function gives an array with a row "
            f"for each point. {_one_by_one(names)}"
        )
    if _all_same([Given(right.numbers.ravel()) for right in wanted], given):
        return f"The numbers are right, but your function gives them all in one row. {_one_by_one(names)}"
    return None


def _another_order(wanted: Results, given: Results, names: Sequence[str]) -> str | None:
    """The right things, each in another's place."""
    if len(names) < 2 or not all(len(result.parts()) == len(names) for result in [*wanted, *given]):
        return None
    order, left = list[str](), dict(enumerate(names))
    for place in range(len(names)):
        mine = [result.parts()[place] for result in given]
        i = next((i for i in left if _all_same([result.parts()[i] for result in wanted], mine)), None)
        if i is None:
            return None
        order.append(left.pop(i))
    return f"All are right, but in another order. Yours: {', '.join(order)}. Wanted: {', '.join(names)}."


def _all_same(wanted: Results, given: Results) -> bool:
    return all(map(Given.same_as, wanted, given))


def _in_order_of(names: Sequence[str], result: Given) -> npt.NDArray[np.float64]:
    """The numbers of a dictionary with just these names in their order; those of another as they come."""
    if set(result.labels) != set(names):
        return result.numbers
    return np.concatenate([result.numbers[[label == name for label in result.labels]] for name in names])


def _one_by_one(names: Sequence[str]) -> str:
    return f"Wanted are {len(names)} things, one after the other: return {', '.join(names)}."
