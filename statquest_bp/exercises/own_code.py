"""OwnCode: a function that the learner writes from an empty cell, held to the package's."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from types import CodeType, FunctionType
from typing import Any

import numpy as np

from statquest_bp.exercises.code_on_trial import CodeOnTrial
from statquest_bp.exercises.exercise import Verdict
from statquest_bp.exercises.trial import NOT_WRITTEN, Given, try_out
from statquest_bp.exercises.trial_cases import Case, Function

__all__ = ["OwnCode", "distinct", "unwritten_in"]


class OwnCode(CodeOnTrial):
    """Code on trial that is held to the `package`, while "Show me" shows `model`, as one would write it oneself.

    `parts` names what the function gives, if that is several arrays: the first that differs is told. `earlier` are the
    cards of functions that this one is made of: as long as one of those is wrong, that is all that is told.
    """

    def __init__(
        self,
        question: str,
        attempt: Any,
        package: Function,
        model: Function,
        cases: Sequence[Case],
        slips: Mapping[str, Function],
        hints: Sequence[str],
        why: str,
        *,
        parts: Sequence[str] = (),
        earlier: Sequence[OwnCode] = (),
        parameter: str | None = None,
    ) -> None:
        self.model, self.parts, self.earlier = model, tuple(parts), tuple(earlier)
        super().__init__(question, attempt, package, cases, slips, hints, why, parameter=parameter)

    def _judge(self) -> Verdict:
        verdict = super()._judge()
        off = next((card for card in self.earlier if card.is_off()), None) if verdict.mood == "slip" else None
        if off is not None:
            return Verdict(
                f"Your {off.model.__name__} isn’t right yet, so this can’t be. Look at its card first.", "note"
            )
        missing = unwritten_in(self.attempt) if verdict.text == NOT_WRITTEN else None
        if missing is None or missing is self.attempt:
            return verdict
        return Verdict(f"It needs {missing.__name__}, which isn’t written yet. Go back to that cell first.", "note")

    def is_off(self) -> bool:
        """Whether the function, as it is by now, is there and wrong."""
        return self._judge().mood == "slip"

    def _where(self, i: int, wanted: Given, given: Given) -> list[str]:
        if not self.parts or wanted.numbers.shape != given.numbers.shape:
            return super()._where(i, wanted, given)
        pairs = zip(self.parts, wanted.numbers, given.numbers, strict=True)
        name, right, mine = next(pair for pair in pairs if not Given(pair[2]).same_as(Given(pair[1])))
        return [f"The first that differs is {name}.", *super()._where(i, Given(right), Given(mine))]

    def _solution(self) -> str:
        return textwrap.dedent(inspect.getsource(self.model)).rstrip()


def unwritten_in(function: Any) -> Function | None:
    """The first function, of this one and those of the same notebook that it leads to, with dots still in it."""
    waiting, seen = [function], list[Any]()
    while waiting:
        now: Any = waiting.pop(0)
        if type(now) is not FunctionType or now in seen:  # whatever else has that name may be odd
            continue
        seen.append(now)
        codes = list(_codes(now.__code__))
        if any(Ellipsis in code.co_consts for code in codes):
            return now
        called = [now.__globals__.get(name) for code in codes for name in code.co_names]
        waiting += [o for o in called if type(o) is FunctionType and o.__globals__ is now.__globals__]
    return None


def _codes(code: CodeType) -> Iterator[CodeType]:
    """A function's code, and that of what is defined inside it."""
    yield code
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _codes(part)


def distinct(slips: Mapping[str, Function], reference: Function, cases: Sequence[Case]) -> dict[str, Function]:
    """The slips that differ from the `reference`, and from every slip before them, in at least one of the cases."""
    taken, kept = [_results(reference, cases)], {}
    for message, slip in slips.items():
        results = _results(slip, cases)
        if not any(_same(results, before) for before in taken):
            taken.append(results)
            kept[message] = slip
    return kept


def _results(function: Function, cases: Sequence[Case]) -> list[Given]:
    with np.errstate(all="ignore"):
        return [try_out(function, case, patience=None) for case in cases]


def _same(some: Sequence[Given], others: Sequence[Given]) -> bool:
    return all(one.same_as(other) for one, other in zip(some, others, strict=True))
