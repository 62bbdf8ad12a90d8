"""OwnCode: a function that the learner writes from an empty cell, held to the package's."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from statquest_bp.exercises.code_on_trial import CodeOnTrial
from statquest_bp.exercises.exercise import Verdict
from statquest_bp.exercises.given import NOT_WRITTEN, Given, Trouble
from statquest_bp.exercises.made_of import led_to, unwritten_in
from statquest_bp.exercises.trial import try_out
from statquest_bp.exercises.trial_cases import Case, Function

__all__ = ["OwnCode", "Wanted", "distinct"]


class Wanted(NamedTuple):
    """What a function of the learner's program is held to: the `package`'s, in these `cases`."""

    package: Function
    cases: Sequence[Case]

    def is_missed_by(self, function: Function) -> bool:
        """Whether the learner's function is there and wrong."""
        names = list(inspect.signature(self.package).parameters)
        try:
            for case in self.cases:
                given = try_out(function, case, names=names)
                if given.changed or not given.same_as(try_out(self.package, case, patience=None)):
                    return True
        except Trouble as trouble:
            return not trouble.no_try
        return False


class OwnCode(CodeOnTrial):
    """Code on trial that is held to the `package`, while "Show me" shows `model`, as one would write it oneself.

    `earlier` says what the functions that were written before are held to, by name. As long as one of those that this
    one leads to is wrong, that is all that is told.
    """

    def __init__(
        self,
        question: str,
        attempt: Any,
        wanted: Wanted,
        model: Function,
        slips: Mapping[str, Function],
        hints: Sequence[str],
        why: str,
        *,
        earlier: Mapping[str, Wanted],
        returns: Sequence[str] = (),
        recognise: Callable[[Sequence[Case], Sequence[Given]], str | None] | None = None,
        parameter: str | None = None,
    ) -> None:
        self.model, self.earlier = model, dict(earlier)
        super().__init__(
            question,
            attempt,
            wanted.package,
            wanted.cases,
            slips,
            hints,
            why,
            parameter=parameter,
            returns=returns,
            recognise=recognise,
        )

    def _judge(self) -> Verdict:
        verdict = super()._judge()
        if verdict.mood == "slip" and (off := self._off_before()):
            return Verdict(f"Your {off} isn’t right yet, so this can’t be. Look at its card first.", "note")
        missing = unwritten_in(self.attempt) if verdict.text == NOT_WRITTEN else None
        if missing is None or missing is self.attempt:
            return verdict
        return Verdict(f"It needs {missing.__name__}, which isn’t written yet. Go back to that cell first.", "note")

    def _off_before(self) -> str | None:
        """The first function on the way to this one that is wrong itself."""
        own = {function.__name__: function for function in led_to(self.attempt)}
        missed = (name for name, wanted in self.earlier.items() if name in own and wanted.is_missed_by(own[name]))
        return next(missed, None)

    def _solution(self) -> str:
        return textwrap.dedent(inspect.getsource(self.model)).rstrip()


def distinct(slips: Mapping[str, Function], wanted: Wanted) -> dict[str, Function]:
    """The slips that differ from what is wanted, and from every slip before them, in at least one of the cases."""
    taken, kept = [_results(wanted.package, wanted.cases)], {}
    for message, slip in slips.items():
        results = _results(slip, wanted.cases)
        if not any(all(map(Given.same_as, results, before)) for before in taken):
            taken.append(results)
            kept[message] = slip
    return kept


def _results(function: Function, cases: Sequence[Case]) -> list[Given]:
    with np.errstate(all="ignore"):
        return [try_out(function, case, patience=None) for case in cases]
